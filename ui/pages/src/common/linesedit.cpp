#include "linesedit.h"

#include <ui/fonts.h>

#include <QStringList>

namespace dockerauto::ui {

LinesEdit::LinesEdit(int height, const QString &placeholder, QWidget *parent) : QPlainTextEdit(parent)
{
    setFont(ui::font(TextStyle::Mono));
    setPlaceholderText(placeholder);
    setTabChangesFocus(true);
    setFixedHeight(height);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    // The frame with its round corners paints the ground.
    viewport()->setAutoFillBackground(false);
    setViewportMargins(4, 3, 4, 3);
}

std::vector<QString> LinesEdit::lines() const
{
    std::vector<QString> filled;
    const QStringList all = toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : all) {
        if (const QString text = line.trimmed(); !text.isEmpty()) {
            filled.push_back(text);
        }
    }
    return filled;
}

void LinesEdit::setLines(const std::vector<QString> &lines)
{
    setPlainText(QStringList(lines.begin(), lines.end()).join(QLatin1Char('\n')));
}

void LinesEdit::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    update();
}

void LinesEdit::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    update();
}

} // namespace dockerauto::ui
