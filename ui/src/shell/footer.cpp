#include "footer.h"

#include "backendstatus.h"

#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>

#include <QAbstractButton>
#include <QDateTime>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>

#include <optional>

namespace dockerauto::ui {

namespace {

constexpr int barWidth = 120;
constexpr int longestName = 40;

/// The step that runs, counted from one, and how many there are.
struct Position
{
    int step = 0;
    int count = 0;
    QString name;
};

Position positionOf(const contracts::Update &update)
{
    Position position;
    for (const contracts::Step &step : update.steps) {
        if (step.status == core::StepStatus::Skipped)
            continue;
        ++position.count;
        if (step.status != core::StepStatus::Pending) {
            position.step = position.count;
            position.name = step.name;
        }
    }
    return position;
}

QString timeText(core::Timestamp moment)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(moment.time_since_epoch()).count());
    // The C locale writes seconds.
    const QLocale locale = QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale();
    const QString time = locale.toString(local.time(), QLocale::ShortFormat);
    const qint64 days = QDate::currentDate().daysTo(local.date());
    if (days == 0)
        return time;
    if (days > 0 && days < 7)
        return locale.dayName(local.date().dayOfWeek(), QLocale::ShortFormat) + QLatin1Char(' ') + time;
    return locale.toString(local, QLocale::ShortFormat);
}

} // namespace

/// The job of the moment; a click goes to it.
class Footer::Job : public QAbstractButton
{
public:
    explicit Job(QWidget *parent) : QAbstractButton(parent)
    {
        setAttribute(Qt::WA_Hover);
        setFixedHeight(29);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    }

    void show(const QString &text, std::optional<Position> position)
    {
        setText(text);
        m_position = std::move(position);
        setAccessibleName(
            m_position
                ? Footer::tr("%1, step %2 of %3").arg(text).arg(m_position->step).arg(m_position->count)
                : text);
        setFocusPolicy(m_position ? Qt::StrongFocus : Qt::NoFocus);
        setCursor(m_position ? Qt::PointingHandCursor : Qt::ArrowCursor);
        setToolTip(m_position ? Footer::tr("Show this update") : QString());
        updateGeometry();
        update();
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        int width = 16 + 22 + QFontMetrics(ui::font(TextStyle::Small)).horizontalAdvance(text()) + 8;
        if (m_position)
            width += barWidth + 64;
        return {width, 29};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 29}; }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        if (m_position && underMouse())
            painting::roundedBox(painter, QRectF(rect()).adjusted(6, 3, 0, -3), 6, theme.hover);
        const QFont font = ui::font(TextStyle::Small);
        const QRectF picture(16, (height() - 14) / 2.0, 14, 14);
        icons::paint(painter, picture,
            m_position ? QStringLiteral("refresh-cw") : QStringLiteral("circle-check"),
            m_position ? theme.upd : theme.muted);
        const qreal trailing = m_position ? barWidth + 64 : 0;
        const qreal room = width() - 37 - trailing;
        const qreal textWidth = qMin<qreal>(room, QFontMetrics(font).horizontalAdvance(text()) + 1);
        painting::elidedText(painter, QRectF(37, 0, textWidth, height()), text(), font,
            m_position ? theme.text2 : theme.muted);
        if (m_position) {
            const qreal left = 37 + textWidth + 9;
            painting::bar(painter, QRectF(left, (height() - 6) / 2.0, barWidth, 6),
                static_cast<double>(m_position->step) / qMax(1, m_position->count), theme.accentFill,
                theme.border);
            painting::elidedText(painter, QRectF(left + barWidth + 9, 0, 60, height()),
                Footer::tr("%1 / %2").arg(m_position->step).arg(m_position->count), font, theme.text2);
        }
        if (painting::showsFocus(*this))
            painting::focusRing(painter, QRectF(rect()).adjusted(6, 2, -2, -2), 6, theme);
    }

private:
    std::optional<Position> m_position;
};

class Footer::Note : public QWidget
{
public:
    explicit Note(QWidget *parent) : QWidget(parent)
    {
        setFixedHeight(29);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

    void show(const QString &icon, ThemeColor color, const QString &text, const QString &tip = {})
    {
        m_icon = icon;
        m_color = color;
        m_text = text;
        setAccessibleName(text);
        setToolTip(tip);
        setVisible(!text.isEmpty());
        updateGeometry();
        update();
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        return {22 + QFontMetrics(ui::font(TextStyle::Small)).horizontalAdvance(m_text) + 1, 29};
    }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        icons::paint(painter, QRectF(0, (height() - 14) / 2.0, 14, 14), m_icon, theme.*m_color);
        painting::elidedText(
            painter, QRectF(21, 0, width() - 21, height()), m_text, ui::font(TextStyle::Small), theme.text2);
    }

private:
    QString m_icon;
    QString m_text;
    ThemeColor m_color = &Theme::muted;
};

Footer::Footer(BackendStatus &status, QWidget *parent)
    : QWidget(parent)
    , m_status(status)
    , m_job(new Job(this))
    , m_next(new Note(this))
    , m_connection(new Note(this))
{
    setFixedHeight(30);
    m_job->setObjectName(QStringLiteral("runningJob"));
    m_next->setObjectName(QStringLiteral("nextRun"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 1, 16, 0);
    row->setSpacing(18);
    row->addWidget(m_job);
    row->addStretch(1);
    row->addWidget(m_next);
    row->addWidget(m_connection);
    connect(m_job, &QAbstractButton::clicked, this, [this] {
        if (m_status.runningUpdate() != nullptr)
            Q_EMIT jobActivated();
    });
    connect(&status, &BackendStatus::changed, this, &Footer::showStatus);
    showStatus();
}

void Footer::showStatus()
{
    if (const contracts::Update *update = m_status.runningUpdate()) {
        const Position position = positionOf(*update);
        QString text = position.name.isEmpty()
                           ? tr("Updating %1").arg(update->containerName)
                           : tr("Updating %1 · %2").arg(update->containerName, stepWords(position.name));
        if (m_status.runningCount() > 1)
            text += QLatin1Char(' ') + tr("and %n more", nullptr, m_status.runningCount() - 1);
        m_job->show(text, position);
    } else {
        m_job->show(tr("No update is running"), {});
    }

    showNext();

    switch (m_status.connection()) {
    case BackendStatus::Connection::Connecting:
        m_connection->show(QStringLiteral("loader-circle"), &Theme::muted, tr("Connecting"));
        return;
    case BackendStatus::Connection::Disconnected:
        m_connection->show(
            QStringLiteral("wifi-off"), &Theme::warn, tr("Not connected"), m_status.connectionDetail());
        return;
    case BackendStatus::Connection::Connected:
        break;
    }
    if (const contracts::Host *host = m_status.unreachableHost())
        m_connection->show(
            QStringLiteral("plug-zap"), &Theme::warn, tr("Docker does not answer"), host->detail);
    else
        m_connection->show(QStringLiteral("circle-check"), &Theme::ok, tr("Connected"));
}

void Footer::showNext()
{
    const auto check = m_status.nextCheckAt();
    const auto &run = m_status.nextRun();
    QString text;
    QString tip;
    // Whatever comes first.
    if (run && (!check || run->at <= *check)) {
        text = tr("Next: %1, %2", "name of a schedule, time")
                   .arg(run->name.simplified().left(longestName), timeText(run->at));
        tip = run->reason;
    } else if (check) {
        text = tr("Next check: %1").arg(timeText(*check));
    }
    m_next->show(QStringLiteral("calendar-clock"), &Theme::muted, text, tip);
}

void Footer::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.sidebar);
    painter.fillRect(QRect(0, 0, width(), 1), theme.border);
}

} // namespace dockerauto::ui
