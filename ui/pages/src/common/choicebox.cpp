#include "choicebox.h"

#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>
#include <ui/theme.h>

#include <QAbstractItemView>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QWheelEvent>

namespace dockerauto::ui {

namespace {

constexpr int meaningRole = Qt::UserRole + 1;
constexpr int iconRole = Qt::UserRole + 2;
constexpr int rowHeight = 46;
constexpr int side = 12;
constexpr int iconSize = 16;

class ChoiceDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {200, rowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = themeOf(option.widget);
        const QRectF row(option.rect);
        const bool current = option.state.testFlag(QStyle::State_Selected);
        const bool enabled = option.state.testFlag(QStyle::State_Enabled);
        painter->save();
        painter->fillRect(row, current ? theme.selected : theme.surface);
        const QString icon = index.data(iconRole).toString();
        QRectF text = row.adjusted(side, 4, -side, 0);
        if (!icon.isEmpty()) {
            icons::paint(*painter, QRectF(row.left() + side, row.top() + 7, iconSize, iconSize), icon,
                enabled ? theme.text2 : theme.muted);
            text.setLeft(text.left() + iconSize + 8);
        }
        painting::elidedText(*painter, QRectF(text.left(), text.top(), text.width(), 20),
            index.data(Qt::DisplayRole).toString(), ui::font(TextStyle::Strong),
            enabled ? theme.text : theme.muted);
        painting::elidedText(*painter, QRectF(text.left(), text.top() + 19, text.width(), 18),
            index.data(meaningRole).toString(), ui::font(TextStyle::Small), theme.text2);
        painter->restore();
    }
};

} // namespace

ChoiceBox::ChoiceBox(QWidget *parent) : QComboBox(parent)
{
    setFixedHeight(32);
    // A wheel that was to scroll the sheet must not change what it passes over.
    setFocusPolicy(Qt::StrongFocus);
    setMaxVisibleItems(8);
    setItemDelegate(new ChoiceDelegate(this));
}

void ChoiceBox::addUnset(const QString &text)
{
    addItem(text);
}

void ChoiceBox::setUnsetMeaning(const QString &meaning)
{
    setItemData(0, meaning, meaningRole);
    setItemData(0, meaning, Qt::AccessibleDescriptionRole);
}

void ChoiceBox::addRow(int value, const Choice &choice, const QString &icon, Availability availability)
{
    addItem(choice.text, value);
    const int row = count() - 1;
    setItemData(row, choice.meaning, meaningRole);
    setItemData(row, choice.meaning, Qt::AccessibleDescriptionRole);
    setItemData(row, icon, iconRole);
    if (auto *items = qobject_cast<QStandardItemModel *>(model()); items != nullptr) {
        items->item(row)->setEnabled(availability == Availability::Available);
    }
}

QString ChoiceBox::meaning() const
{
    return currentData(meaningRole).toString();
}

void ChoiceBox::wheelEvent(QWheelEvent *event)
{
    if (hasFocus()) {
        QComboBox::wheelEvent(event);
    } else {
        event->ignore();
    }
}

} // namespace dockerauto::ui
