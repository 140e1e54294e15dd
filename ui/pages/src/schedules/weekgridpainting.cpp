#include "weekgrid.h"

#include <ui/chip.h>
#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>
#include <ui/theme.h>

#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace dockerauto::ui {

namespace {

constexpr qreal barWidth = 3;
constexpr qreal cornerRadius = 5;

ChipKind kindOf(const WeekItem &item)
{
    switch (item.kind) {
    case WeekItem::Kind::Window:
    case WeekItem::Kind::Update:
        return ChipKind::Update;
    case WeekItem::Kind::Done:
        return ChipKind::Ok;
    case WeekItem::Kind::Freeze:
    case WeekItem::Kind::Check:
        return ChipKind::Neutral;
    }
    return ChipKind::Neutral;
}

QString iconOf(const WeekItem &item)
{
    switch (item.kind) {
    case WeekItem::Kind::Window:
        return QStringLiteral("calendar-days");
    case WeekItem::Kind::Freeze:
        return QStringLiteral("snowflake");
    case WeekItem::Kind::Update:
        return QStringLiteral("circle-arrow-up");
    case WeekItem::Kind::Done:
        return QStringLiteral("circle-check");
    case WeekItem::Kind::Check:
        return QStringLiteral("search");
    }
    return {};
}

/// The bar at the left that names the colour strongly, cut by the round corners of the box.
void paintBar(QPainter &painter, const QRectF &box, const QColor &color)
{
    QPainterPath corners;
    corners.addRoundedRect(box, cornerRadius, cornerRadius);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(corners, Qt::IntersectClip);
    painter.fillRect(QRectF(box.left(), box.top(), barWidth, box.height()), color);
    painter.restore();
}

} // namespace

void WeekGrid::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    paintGrid(painter, theme);
    for (const WeekItem::Kind kind : {WeekItem::Kind::Freeze, WeekItem::Kind::Window}) {
        for (std::size_t index = 0; index < m_items.size(); ++index) {
            if (m_items.at(index).kind == kind) {
                paintBand(painter, theme, index);
            }
        }
    }
    paintNow(painter, theme);
    for (std::size_t index = 0; index < m_items.size(); ++index) {
        if (!m_items.at(index).isBand()) {
            paintRun(painter, theme, index);
        }
    }
    if (m_current >= 0) {
        painting::focusRing(painter, m_places.at(static_cast<std::size_t>(m_current)).adjusted(-2, -2, 2, 2),
            cornerRadius + 1, theme);
    } else if (painting::showsFocus(*this)) {
        painting::focusRing(painter, rect(), 8, theme);
    }
}

void WeekGrid::paintGrid(QPainter &painter, const Theme &theme) const
{
    const QLocale locale;
    const qreal left = dayRect(0).left();
    for (int day = 0; day < 7; ++day) {
        const QRectF column = dayRect(day);
        const QDate date = m_first.addDays(day);
        const bool today = day == m_now.day;
        if (today) {
            QColor tint = theme.selected;
            tint.setAlphaF(0.45F);
            painter.fillRect(column, tint);
        }
        const QString name = locale.standaloneDayName(date.dayOfWeek(), QLocale::ShortFormat) +
                             QLatin1Char(' ') + QString::number(date.day());
        painting::elidedText(painter, QRectF(column.left(), 0, column.width(), column.top() - 4), name,
            ui::font(today ? TextStyle::SmallStrong : TextStyle::SmallMedium),
            today ? theme.accent : theme.text2, Qt::ElideRight, Qt::AlignCenter);
        painter.fillRect(QRectF(qRound(column.left()), column.top(), 1, column.height()), theme.grid);
    }
    for (int hour = 0; hour <= 24; hour += 2) {
        const int y = qRound(yOf(hour));
        painter.fillRect(QRectF(left, y, width() - left, 1), theme.grid);
        if (hour < 24) {
            painting::elidedText(painter, QRectF(0, y - 8, left - 9, 16), hourText(hour),
                ui::font(TextStyle::Axis), theme.muted, Qt::ElideRight, Qt::AlignRight | Qt::AlignVCenter);
        }
    }
}

void WeekGrid::paintNow(QPainter &painter, const Theme &theme) const
{
    if (m_now.day < 0 || m_now.day > 6) {
        return;
    }
    const QRectF column = dayRect(m_now.day);
    const qreal y = qRound(yOf(m_now.hour));
    painter.fillRect(QRectF(column.left(), y - 1, column.width(), 2), theme.err);
    painting::roundedBox(painter, QRectF(column.left() - 4, y - 4, 8, 8), 4, theme.err);
}

void WeekGrid::paintBand(QPainter &painter, const Theme &theme, std::size_t index) const
{
    const WeekItem &item = m_items.at(index);
    const QRectF &box = m_places.at(index);
    const ChipColors colors = chipColors(theme, kindOf(item));
    painting::roundedBox(painter, box, cornerRadius, colors.background);
    if (item.kind == WeekItem::Kind::Freeze) {
        QColor stripes = colors.fill;
        stripes.setAlphaF(theme.dark ? 0.45F : 0.30F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(stripes, Qt::BDiagPattern));
        painter.drawRect(box.adjusted(barWidth, 1, -1, -1));
    }
    paintBar(painter, box, colors.fill);
    const qreal room = box.bottom() - m_titles.at(index);
    if (room < 14) {
        return;
    }
    const QRectF text(
        box.left() + barWidth + 6, m_titles.at(index) + 2, box.width() - barWidth - 10, room - 2);
    const qreal lineHeight = std::min(17.0, room - 2);
    qreal left = 0;
    if (item.kind == WeekItem::Kind::Freeze) {
        icons::paint(painter, QRectF(text.left(), text.top() + (lineHeight - 13) / 2, 13, 13), iconOf(item),
            colors.text);
        left = 18;
    }
    painting::elidedText(painter, QRectF(text.left() + left, text.top(), text.width() - left, lineHeight),
        item.name, ui::font(TextStyle::SmallStrong), colors.text);
    if (room >= 36) {
        painting::elidedText(painter, QRectF(text.left(), text.top() + 17, text.width(), 16), item.detail,
            ui::font(TextStyle::Small), colors.text);
    }
}

void WeekGrid::paintRun(QPainter &painter, const Theme &theme, std::size_t index) const
{
    const WeekItem &item = m_items.at(index);
    const QRectF &box = m_places.at(index);
    const ChipColors colors = chipColors(theme, kindOf(item));
    const qreal left = dayRect(item.day).left() + 2;
    // At the exact time, also when the name had to give way.
    const std::vector<double> times = item.times.empty() ? std::vector<double>{item.from} : item.times;
    for (const double time : times) {
        const qreal y = qRound(yOf(time));
        painting::roundedBox(painter, QRectF(left, y - 1, 8, 3), 1.5, colors.fill);
    }
    painting::roundedBox(painter, box, cornerRadius, theme.surface, colors.fill);
    icons::paint(painter, QRectF(box.left() + 5, box.center().y() - 6.5, 13, 13), iconOf(item), colors.text);
    const QRectF text = box.adjusted(23, 0, -5, 0);
    const QFont nameFont = ui::font(TextStyle::SmallMedium);
    const QFont small = ui::font(TextStyle::Axis);
    const QString aside = item.times.empty() ? hourText(item.from)
                                             : QStringLiteral("×%1").arg(static_cast<int>(item.times.size()));
    const qreal nameWidth = QFontMetricsF(nameFont).horizontalAdvance(item.name) + 1;
    const qreal asideWidth = QFontMetricsF(small).horizontalAdvance(aside) + 2;
    // The time can be read at the axis, the name nowhere else.
    const bool both = nameWidth + 6 + asideWidth <= text.width() || !item.times.empty();
    painting::elidedText(
        painter, text.adjusted(0, 0, both ? -asideWidth - 6 : 0, 0), item.name, nameFont, colors.text);
    if (both) {
        painting::elidedText(painter,
            QRectF(text.right() - asideWidth, text.top(), asideWidth, text.height()), aside, small,
            theme.text2, Qt::ElideRight, Qt::AlignRight | Qt::AlignVCenter);
    }
}

} // namespace dockerauto::ui
