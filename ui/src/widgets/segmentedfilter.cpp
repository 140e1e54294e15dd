#include <ui/fonts.h>
#include <ui/painting.h>
#include <ui/segmentedfilter.h>
#include <ui/theme.h>

#include <QEvent>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

namespace dockerauto::ui {

namespace {

constexpr int trackHeight = 32;
constexpr int inset = 2;
constexpr int padding = 11;
constexpr int countGap = 7;

QString countText(int count)
{
    return QLocale().toString(count);
}

} // namespace

SegmentedFilter::SegmentedFilter(QWidget *parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFont(ui::font(TextStyle::Medium));
}

int SegmentedFilter::addSegment(const QString &text, std::optional<int> count)
{
    m_segments.push_back({text, count});
    if (m_current < 0)
        m_current = 0;
    describe();
    updateGeometry();
    update();
    return static_cast<int>(m_segments.size()) - 1;
}

void SegmentedFilter::setCount(int segment, std::optional<int> count)
{
    if (segment < 0 || segment >= this->count())
        return;
    Segment &changed = m_segments[static_cast<std::size_t>(segment)];
    if (changed.count == count)
        return;
    changed.count = count;
    describe();
    updateGeometry();
    update();
}

void SegmentedFilter::setCurrent(int segment)
{
    if (segment < 0 || segment >= count() || segment == m_current)
        return;
    m_current = segment;
    describe();
    update();
    Q_EMIT currentChanged(segment);
}

QString SegmentedFilter::segmentText(int segment) const
{
    if (segment < 0 || segment >= count())
        return {};
    const Segment &shown = m_segments[static_cast<std::size_t>(segment)];
    return shown.count ? shown.text + QLatin1Char(' ') + countText(*shown.count) : shown.text;
}

QSize SegmentedFilter::sizeHint() const
{
    int width = 2 * inset;
    for (const Segment &segment : m_segments)
        width += widthOf(segment);
    return {width, trackHeight};
}

int SegmentedFilter::widthOf(const Segment &segment) const
{
    // Measured semi-bold, so that nothing moves when the choice does.
    const QFontMetrics metrics(ui::font(TextStyle::Strong));
    int width = 2 * padding + metrics.horizontalAdvance(segment.text);
    if (segment.count)
        width += countGap + metrics.horizontalAdvance(countText(*segment.count));
    return width;
}

QRect SegmentedFilter::rectOf(int segment) const
{
    int left = inset;
    for (int index = 0; index < segment; ++index)
        left += widthOf(m_segments[static_cast<std::size_t>(index)]);
    return {left, inset, widthOf(m_segments[static_cast<std::size_t>(segment)]), trackHeight - 2 * inset};
}

int SegmentedFilter::segmentAt(const QPoint &position) const
{
    for (int index = 0; index < count(); ++index) {
        if (rectOf(index).contains(position))
            return index;
    }
    return -1;
}

void SegmentedFilter::describe()
{
    QStringList texts;
    for (int index = 0; index < count(); ++index)
        texts << (index == m_current ? tr("%1 (chosen)").arg(segmentText(index)) : segmentText(index));
    setAccessibleDescription(texts.join(QStringLiteral(", ")));
    if (accessibleName().isEmpty())
        setAccessibleName(tr("Filter"));
}

void SegmentedFilter::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painting::roundedBox(painter, QRectF(0, 0, width(), trackHeight), 8,
        theme.dark ? theme.surface : theme.grid, theme.dark ? theme.border : QColor());
    for (int index = 0; index < count(); ++index) {
        const Segment &segment = m_segments[static_cast<std::size_t>(index)];
        const bool current = index == m_current;
        const QRect box = rectOf(index);
        if (current)
            painting::roundedBox(painter, box, 6, theme.dark ? theme.hover : theme.surface,
                theme.dark ? theme.buttonBorder : theme.border);
        const QFont font = ui::font(current ? TextStyle::Strong : TextStyle::Medium);
        const QFontMetrics metrics(font);
        const QString number = segment.count ? countText(*segment.count) : QString();
        const int textWidth = metrics.horizontalAdvance(segment.text);
        const int content = textWidth + (segment.count ? countGap + metrics.horizontalAdvance(number) : 0);
        QRect text = box;
        text.setLeft(box.left() + (box.width() - content) / 2);
        painter.setFont(font);
        painter.setPen(current || index == m_hovered ? theme.text : theme.text2);
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, segment.text);
        if (segment.count) {
            painter.setPen(current ? theme.accent : theme.muted);
            painter.drawText(text.adjusted(textWidth + countGap, 0, 0, 0),
                Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, number);
        }
        if (current && painting::showsFocus(*this))
            painting::focusRing(painter, box, 6, theme);
    }
}

void SegmentedFilter::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        setCurrent(segmentAt(event->position().toPoint()));
}

void SegmentedFilter::mouseMoveEvent(QMouseEvent *event)
{
    const int hovered = segmentAt(event->position().toPoint());
    if (hovered != m_hovered) {
        m_hovered = hovered;
        update();
    }
}

void SegmentedFilter::leaveEvent(QEvent *event)
{
    m_hovered = -1;
    update();
    QWidget::leaveEvent(event);
}

void SegmentedFilter::keyPressEvent(QKeyEvent *event)
{
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    switch (event->key()) {
    case Qt::Key_Left:
        setCurrent(m_current + (mirrored ? 1 : -1));
        return;
    case Qt::Key_Right:
        setCurrent(m_current + (mirrored ? -1 : 1));
        return;
    case Qt::Key_Home:
        setCurrent(0);
        return;
    case Qt::Key_End:
        setCurrent(count() - 1);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void SegmentedFilter::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace dockerauto::ui
