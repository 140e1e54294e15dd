#pragma once

#include <models/planmodel.h>
#include <ui/preferences.h>

#include <QTreeView>

namespace dockerauto::ui {

class PlanDelegate;

/// The rows of a PlanModel. Enter and a double click open one, Del asks to remove it, Space turns its switch.
class PlanTable : public QTreeView
{
    Q_OBJECT

public:
    /// `widths`: of the columns after the name, 0 for one that takes what is left beside the name; when there
    /// is little room columns are hidden in the order of `leastWanted`.
    PlanTable(
        PlanModel &model, std::vector<int> widths, std::vector<int> leastWanted, QWidget *parent = nullptr);

    void setDensity(Density density);
    /// Null while none is chosen.
    [[nodiscard]] const PlanRow *currentRow() const;
    void choose(const QString &id);

Q_SIGNALS:
    void chosenChanged();
    void opened(const QString &id);
    void removeWanted(const QString &id);
    void menuWanted(const QString &id, const QPoint &globalPosition);

protected:
    void drawRow(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void fitColumns();

    PlanModel &m_plans;
    PlanDelegate *m_delegate = nullptr;
    std::vector<int> m_widths;
    std::vector<int> m_leastWanted;
    QString m_chosen;
};

} // namespace dockerauto::ui
