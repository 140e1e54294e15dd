#include <ui/card.h>
#include <ui/painting.h>
#include <ui/theme.h>

#include <QPainter>

namespace dockerauto::ui {

Card::Card(QWidget *parent) : QFrame(parent)
{
    setFrameShape(QFrame::NoFrame);
}

void Card::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painting::roundedBox(painter, rect(), 10, theme.surface, theme.border);
}

} // namespace dockerauto::ui
