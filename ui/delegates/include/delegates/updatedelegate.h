#pragma once

#include <QStyledItemDelegate>

namespace dockerauto::ui {

/// Paints headings, updates and held-back containers of UpdateModel: an icon in a circle, name, where it
/// goes, what happens now, and a line with the progress of what runs. What can be checked shows a box in
/// place of the circle when it is checked or pointed at; a click there or Space checks it.
class UpdateDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
        const QModelIndex &index) override;
};

} // namespace dockerauto::ui
