#include <ui/chip.h>
#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>
#include <ui/stepper.h>
#include <ui/style.h>

#include <QFontMetrics>
#include <QHelpEvent>
#include <QPainter>
#include <QTimerEvent>
#include <QToolTip>

#include <algorithm>

namespace dockerauto::ui {

namespace {

constexpr qreal circleSize = 26;
constexpr qreal circleTop = 2;
constexpr qreal lineGap = 4;
constexpr int textTop = 33;

QString stateText(StepState state)
{
    switch (state) {
    case StepState::Pending:
        return Stepper::tr("not yet");
    case StepState::Done:
        return Stepper::tr("done");
    case StepState::Current:
        return Stepper::tr("running");
    case StepState::Failed:
        return Stepper::tr("failed");
    case StepState::PutBack:
        return Stepper::tr("put back");
    }
    return {};
}

void paintCircle(QPainter &painter, const QRectF &circle, const StepItem &step, std::size_t number,
    qreal angle, const Theme &theme)
{
    const qreal radius = circle.width() / 2;
    const QRectF mark = circle.adjusted(6, 6, -6, -6);
    switch (step.state) {
    case StepState::Done:
        painting::roundedBox(painter, circle, radius, theme.okFill);
        icons::paint(painter, mark, QStringLiteral("check"), theme.dark ? theme.window : theme.onAccent);
        return;
    case StepState::Failed:
        painting::roundedBox(painter, circle, radius, theme.errFill);
        icons::paint(painter, mark, QStringLiteral("x"), theme.onErrFill);
        return;
    case StepState::PutBack:
        painting::roundedBox(painter, circle, radius, theme.warnBg, theme.warnFill);
        icons::paint(painter, mark, QStringLiteral("undo-2"), theme.warn);
        return;
    case StepState::Current: {
        painting::roundedBox(painter, circle, radius, theme.updBg);
        QColor track = theme.updFill;
        track.setAlphaF(theme.dark ? 0.40F : 0.30F);
        painting::progressRing(painter, circle, 3, step.fraction, angle, theme.updFill, track);
        break;
    }
    case StepState::Pending:
        painting::roundedBox(painter, circle, radius, theme.surface, theme.borderStrong);
        break;
    }
    painter.setFont(font(TextStyle::Axis));
    painter.setPen(step.state == StepState::Current ? theme.upd : theme.muted);
    painter.drawText(circle, Qt::AlignCenter, QString::number(number));
}

/// The line that leads from one step to the next says how the next one went.
QPen linePen(const StepItem &next, const Theme &theme)
{
    QPen pen(theme.okFill, 2, Qt::SolidLine, Qt::FlatCap);
    switch (next.state) {
    case StepState::Pending:
        pen.setColor(theme.buttonBorder);
        pen.setDashPattern({3, 2});
        break;
    case StepState::PutBack:
        pen.setColor(theme.warnFill);
        break;
    default:
        break;
    }
    return pen;
}

} // namespace

Stepper::Stepper(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Steps of the update"));
}

void Stepper::setSteps(std::vector<StepItem> steps)
{
    m_steps = std::move(steps);
    describe();
    updateTimer();
    updateGeometry();
    update();
}

QSize Stepper::sizeHint() const
{
    const int lines = QFontMetrics(ui::font(TextStyle::Medium)).height() +
                      QFontMetrics(ui::font(TextStyle::Small)).height();
    return {static_cast<int>(m_steps.size()) * 104, textTop + qMax(lines, 32) + 2};
}

QSize Stepper::minimumSizeHint() const
{
    return {static_cast<int>(m_steps.size()) * 64, sizeHint().height()};
}

QRectF Stepper::circleOf(std::size_t step) const
{
    const qreal column =
        static_cast<qreal>(width()) / static_cast<qreal>(std::max<std::size_t>(1, m_steps.size()));
    qreal centre = column * (static_cast<qreal>(step) + 0.5);
    if (layoutDirection() == Qt::RightToLeft)
        centre = width() - centre;
    return {qRound(centre) - circleSize / 2, circleTop, circleSize, circleSize};
}

void Stepper::paintEvent(QPaintEvent * /*event*/)
{
    if (m_steps.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = themeOf(this);
    const qreal column = static_cast<qreal>(width()) / static_cast<qreal>(m_steps.size());
    for (std::size_t index = 0; index < m_steps.size(); ++index) {
        const StepItem &step = m_steps[index];
        const QRectF circle = circleOf(index);
        if (index + 1 < m_steps.size()) {
            const QRectF next = circleOf(index + 1);
            QPen pen = linePen(m_steps[index + 1], theme);
            if (step.state == StepState::Failed && m_steps[index + 1].state != StepState::Pending)
                pen = QPen(theme.errFill, 2);
            else if (step.state == StepState::PutBack && m_steps[index + 1].state != StepState::Pending)
                pen = QPen(theme.warnFill, 2);
            painter.setPen(pen);
            const qreal middle = circle.center().y();
            if (next.left() > circle.right())
                painter.drawLine(
                    QPointF(circle.right() + lineGap, middle), QPointF(next.left() - lineGap, middle));
            else
                painter.drawLine(
                    QPointF(circle.left() - lineGap, middle), QPointF(next.right() + lineGap, middle));
        }
        paintCircle(painter, circle, step, index + 1, m_angle, theme);

        const bool pending = step.state == StepState::Pending;
        const QFont title =
            ui::font(step.state == StepState::Current ? TextStyle::Strong : TextStyle::Medium);
        const QFont detail = ui::font(TextStyle::Small);
        const int titleHeight = QFontMetrics(title).height();
        const QRectF textBox(circle.center().x() - column / 2 + 3, textTop, column - 6, titleHeight);
        painting::elidedText(painter, textBox, step.title, title, pending ? theme.muted : theme.text,
            Qt::ElideRight, Qt::AlignCenter);
        QColor detailColor = theme.muted;
        if (step.state == StepState::Current)
            detailColor = theme.upd;
        else if (step.state == StepState::Failed)
            detailColor = theme.err;
        painting::elidedText(painter,
            QRectF(textBox.left(), textTop + titleHeight, textBox.width(), QFontMetrics(detail).height()),
            step.detail, detail, detailColor, Qt::ElideRight, Qt::AlignCenter);
    }
}

bool Stepper::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    if (m_steps.empty() || width() <= 0)
        return true;
    for (std::size_t index = 0; index < m_steps.size(); ++index) {
        const qreal column = static_cast<qreal>(width()) / static_cast<qreal>(m_steps.size());
        if (std::abs(circleOf(index).center().x() - help->pos().x()) > column / 2)
            continue;
        const StepItem &step = m_steps[index];
        QToolTip::showText(help->globalPos(),
            step.detail.isEmpty() ? tr("%1: %2").arg(step.title, stateText(step.state))
                                  : tr("%1: %2, %3").arg(step.title, stateText(step.state), step.detail),
            this);
        return true;
    }
    return true;
}

void Stepper::describe()
{
    QStringList texts;
    for (const StepItem &step : m_steps) {
        texts << (step.detail.isEmpty()
                      ? tr("%1: %2").arg(step.title, stateText(step.state))
                      : tr("%1: %2, %3").arg(step.title, stateText(step.state), step.detail));
    }
    setAccessibleDescription(texts.join(QStringLiteral("; ")));
}

void Stepper::updateTimer()
{
    const auto *ours = qobject_cast<const DockerAutoStyle *>(style());
    const bool turns = isVisible() && (ours == nullptr || ours->animated()) &&
                       std::any_of(m_steps.begin(), m_steps.end(), [](const StepItem &step) {
                           return step.state == StepState::Current && !step.fraction;
                       });
    if (turns && !m_timer.isActive())
        m_timer.start(50, this);
    else if (!turns)
        m_timer.stop();
}

void Stepper::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_angle = (m_angle + 18) % 360;
    for (std::size_t index = 0; index < m_steps.size(); ++index) {
        if (m_steps[index].state == StepState::Current)
            update(circleOf(index).toAlignedRect().adjusted(-1, -1, 1, 1));
    }
}

void Stepper::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateTimer();
}

void Stepper::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

} // namespace dockerauto::ui
