#include <ui/icons.h>
#include <ui/searchfield.h>

#include <QAction>
#include <QKeyEvent>
#include <QPainter>

namespace dockerauto::ui {

SearchField::SearchField(const QString &label, QWidget *parent) : QLineEdit(parent)
{
    setPlaceholderText(label);
    setAccessibleName(label);
    setFixedHeight(32);
    setMinimumWidth(220);
    // Room for the magnifying glass.
    setTextMargins(24, 0, 0, 0);
    auto *clearing = new QAction(icons::icon(QStringLiteral("x")), tr("Clear"), this);
    addAction(clearing, QLineEdit::TrailingPosition);
    clearing->setVisible(false);
    connect(clearing, &QAction::triggered, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, clearing,
        [clearing](const QString &text) { clearing->setVisible(!text.isEmpty()); });
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    icons::paint(painter, QRectF(9, (height() - 16) / 2.0, 16, 16), QStringLiteral("search"),
        hasFocus() ? theme.text : theme.text2);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace dockerauto::ui
