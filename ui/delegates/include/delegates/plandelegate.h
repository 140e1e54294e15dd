#pragma once

#include <ui/preferences.h>

#include <QStyledItemDelegate>

namespace dockerauto::ui {

/// Paints rows of PlanModel: name with what it is about, texts and chips, and a switch that a click or Space
/// turns.
class PlanDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setDensity(Density density) { m_density = density; }

    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;

    /// Of a cell: where its switch is.
    [[nodiscard]] static QRect switchRect(const QRect &cell);

private:
    Density m_density = Density::Comfortable;
};

} // namespace dockerauto::ui
