#pragma once

#include <delegates/containerdelegate.h>
#include <ui/preferences.h>

#include <QSet>
#include <QTreeView>

class QSettings;

namespace dockerauto::ui {

class ContainerFilter;
class ContainerModel;
class TableColumns;

/// The table of containers: groups over the whole width, rows with check boxes, columns that give way to the
/// name. Shows what its filter shows; all groups are open until one is closed by hand.
class ContainerTable : public QTreeView
{
    Q_OBJECT

public:
    ContainerTable(
        ContainerModel &model, ContainerFilter &filter, QSettings &settings, QWidget *parent = nullptr);

    void setDensity(Density density);
    [[nodiscard]] TableColumns &columns() const { return *m_columns; }
    /// The container of the current row; empty on a group or without one.
    [[nodiscard]] QString currentContainer() const;
    void showContainer(const QString &id);

    void dataChanged(
        const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles) override;

Q_SIGNALS:
    void currentContainerChanged();
    /// Enter or a double click on a container.
    void containerActivated();
    void menuRequested(const QPoint &globalPosition);

protected:
    void drawRow(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void changeEvent(QEvent *event) override;

private:
    void openGroups();
    void toggleCheck(const QModelIndex &index);
    void toggleGroup(const QModelIndex &index);
    void onChecked();

    ContainerModel &m_containers;
    ContainerFilter &m_filter;
    ContainerDelegate *m_delegate;
    TableColumns *m_columns = nullptr;
    /// Keys of groups closed by hand.
    QSet<QString> m_closed;
};

} // namespace dockerauto::ui
