#pragma once

#include <QStyledItemDelegate>

namespace dockerauto::ui {

/// Paints headings and updates of UpdateModel: an icon in a circle, name, where it goes, what happens now,
/// and a line with the progress of what runs.
class UpdateDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace dockerauto::ui
