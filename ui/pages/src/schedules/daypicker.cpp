#include "daypicker.h"

#include <models/timing.h>
#include <ui/fonts.h>
#include <ui/painting.h>
#include <ui/theme.h>

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace dockerauto::ui {

namespace {

class DayButton : public QAbstractButton
{
public:
    explicit DayButton(int day)
    {
        setCheckable(true);
        setText(shortDay(day));
        setAccessibleName(QLocale().standaloneDayName(day, QLocale::LongFormat));
        setToolTip(accessibleName());
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::StrongFocus);
        setFixedSize(
            std::max(46, QFontMetrics(ui::font(TextStyle::Medium)).horizontalAdvance(text()) + 16), 32);
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        const QColor fill = isChecked()    ? (underMouse() ? theme.accentHover : theme.accentFill)
                            : underMouse() ? theme.hover
                                           : theme.surface;
        painting::roundedBox(painter, rect(), 6, fill, isChecked() ? QColor() : theme.buttonBorder);
        painter.setFont(ui::font(TextStyle::Medium));
        painter.setPen(isChecked() ? theme.onAccent : theme.text);
        painter.drawText(rect(), Qt::AlignCenter, text());
        if (painting::showsFocus(*this)) {
            painting::focusRing(painter, rect(), 6, theme);
            if (isChecked()) {
                // The ring has the colour of the fill: a gap makes it visible.
                painting::roundedBox(painter, QRectF(rect()).adjusted(2, 2, -2, -2), 4, {}, theme.onAccent);
            }
        }
    }
};

} // namespace

DayPicker::DayPicker(QWidget *parent) : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    for (int day = 1; day <= 7; ++day) {
        auto *button = new DayButton(day);
        row->addWidget(button);
        connect(button, &QAbstractButton::clicked, this, &DayPicker::edited);
        m_buttons.at(static_cast<std::size_t>(day - 1)) = button;
    }
    row->addStretch(1);
}

std::vector<int> DayPicker::days() const
{
    std::vector<int> chosen;
    for (int day = 1; day <= 7; ++day) {
        if (m_buttons.at(static_cast<std::size_t>(day - 1))->isChecked()) {
            chosen.push_back(day);
        }
    }
    return chosen;
}

void DayPicker::setDays(const std::vector<int> &days)
{
    for (int day = 1; day <= 7; ++day) {
        m_buttons.at(static_cast<std::size_t>(day - 1))->setChecked(std::ranges::count(days, day) > 0);
    }
}

} // namespace dockerauto::ui
