#include "runpreview.h"

#include <models/planwords.h>
#include <ui/card.h>
#include <ui/label.h>

#include <QDateTime>
#include <QGridLayout>
#include <QTimeZone>
#include <QTimerEvent>

namespace dockerauto::ui {

namespace {

constexpr int delayMs = 250;
constexpr int lineHeight = 18;

/// `20:00 in America/New_York`; empty where the clocks are the same.
QString elsewhere(core::Timestamp time, const QString &zone)
{
    const QDateTime here = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
    const QTimeZone there(zone.toUtf8());
    if (!there.isValid()) {
        return {};
    }
    const QDateTime moment = here.toTimeZone(there);
    return moment.offsetFromUtc() == here.offsetFromUtc()
               ? QString()
               : RunPreview::tr("%1 in %2", "time in a zone")
                     .arg(moment.toString(QStringLiteral("HH:mm")), harmless(zone, 40));
}

} // namespace

RunPreview::RunPreview(contracts::Backend &backend, TimeSource now, QWidget *parent)
    : QWidget(parent), m_backend(backend), m_now(std::move(now))
{
    setAccessibleName(tr("Next runs"));
    auto *card = new Card;
    auto *grid = new QGridLayout(card);
    grid->setContentsMargins(14, 10, 14, 10);
    grid->setHorizontalSpacing(20);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(1, 1);
    m_nothing = new Label(LabelRole::Secondary);
    grid->addWidget(m_nothing, runCount, 0, 1, 2);
    for (int row = 0; row < runCount; ++row) {
        const auto at = static_cast<std::size_t>(row);
        m_moments.at(at) = new Label(LabelRole::Body);
        m_details.at(at) = new Label(LabelRole::Secondary);
        for (Label *label : {m_moments.at(at), m_details.at(at)}) {
            label->setFixedHeight(lineHeight);
        }
        grid->addWidget(m_moments.at(at), row, 0);
        grid->addWidget(m_details.at(at), row, 1);
    }
    // What stands below must not jump when an answer comes.
    card->setMinimumHeight(runCount * lineHeight + (runCount - 1) * 3 + 20);
    grid->setRowStretch(runCount + 1, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
    showRuns({});
    m_nothing->setText(tr("Asking when it would run…"));
}

void RunPreview::preview(const QString &cron, const QString &zone)
{
    if (cron == m_cron && zone == m_zone) {
        return;
    }
    m_cron = cron;
    m_zone = zone;
    // An answer to the old question is of no use any more.
    ++m_turn;
    m_soon.start(delayMs, this);
}

void RunPreview::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_soon.timerId()) {
        QWidget::timerEvent(event);
        return;
    }
    m_soon.stop();
    ask();
}

void RunPreview::ask()
{
    contracts::SchedulePreviewRequest request;
    request.cron = m_cron;
    request.zone = m_zone.isEmpty() ? std::nullopt : std::optional(m_zone);
    request.count = runCount;
    m_backend.call<contracts::PreviewSchedule>(
        request, this, [this, turn = m_turn](core::Result<contracts::SchedulePreview> reply) {
            if (turn != m_turn) {
                return;
            }
            if (reply) {
                showRuns(reply->runs);
                Q_EMIT accepted();
            } else {
                showRuns({});
                m_nothing->setText(tr("Not known until this is put right."));
                Q_EMIT refused(reply.error());
            }
        });
}

void RunPreview::showRuns(const std::vector<core::Timestamp> &runs)
{
    const core::Timestamp now = m_now();
    for (std::size_t row = 0; row < runCount; ++row) {
        const bool there = row < runs.size();
        m_moments.at(row)->setVisible(there);
        m_details.at(row)->setVisible(there);
        if (!there) {
            continue;
        }
        QString detail = untilText(runs.at(row), now);
        if (const QString other = elsewhere(runs.at(row), m_zone); !other.isEmpty()) {
            detail += QStringLiteral(" · ") + other;
        }
        m_moments.at(row)->setText(dayMomentText(runs.at(row), now));
        m_details.at(row)->setText(detail);
    }
    m_nothing->setVisible(runs.empty());
    m_nothing->setText(tr("It would never run."));
    setAccessibleDescription(lines().join(QStringLiteral("; ")));
}

QStringList RunPreview::lines() const
{
    QStringList shown;
    for (std::size_t row = 0; row < runCount; ++row) {
        if (m_moments.at(row)->isVisibleTo(this)) {
            shown << m_moments.at(row)->text() + QStringLiteral(", ") + m_details.at(row)->text();
        }
    }
    return shown.isEmpty() ? QStringList{m_nothing->text()} : shown;
}

} // namespace dockerauto::ui
