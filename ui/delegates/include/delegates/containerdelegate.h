#pragma once

#include <ui/preferences.h>

#include <QStyledItemDelegate>

namespace dockerauto::ui {

struct ContainerEntry;
struct GroupEntry;
struct Theme;

/// Paints the cells of the container table from ContainerModel::EntryRole and GroupRole. Backgrounds and
/// lines of the rows are the view's.
class ContainerDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// Where names begin: left of it are the check box of a container and the arrow of a group.
    static constexpr int nameLeft = 48;
    static constexpr int cellPadding = 8;

    enum class CheckBoxes
    {
        OnHover,
        Always
    };

    using QStyledItemDelegate::QStyledItemDelegate;

    void setDensity(Density density) { m_density = density; }
    /// Whether check boxes are shown on all rows or only under the pointer and on the chosen row.
    void setCheckBoxes(CheckBoxes boxes) { m_checkBoxes = boxes; }

    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// A whole row of the width of the table.
    enum class Expansion
    {
        Collapsed,
        Expanded
    };
    static void paintGroup(QPainter &painter, const QRect &row, const GroupEntry &group, Expansion expansion,
        const Theme &theme);
    /// Of a row whose left edge is 0.
    [[nodiscard]] static QRect checkBoxRect(const QRect &row);

private:
    void paintName(QPainter &painter, const QStyleOptionViewItem &option, const ContainerEntry &entry,
        const Theme &theme) const;
    void paintCpu(
        QPainter &painter, const QRect &cell, const ContainerEntry &entry, const Theme &theme) const;
    void paintMemory(
        QPainter &painter, const QRect &cell, const ContainerEntry &entry, const Theme &theme) const;

    Density m_density = Density::Comfortable;
    CheckBoxes m_checkBoxes = CheckBoxes::OnHover;
};

} // namespace dockerauto::ui
