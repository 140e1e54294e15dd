#include "schedulerunner.h"

#include <application/policies/rulebook.h>
#include <contracts/events.h>
#include <core/logging.h>
#include <domain/localtime.h>

#include <algorithm>

#include <pthread.h>

namespace dockerauto::application {

using core::CallContext;
using core::Deadline;
using core::Result;
using core::Timestamp;
using Kind = SlotDecision::Kind;
using ports::ScheduleRecord;

using namespace std::chrono_literals;

namespace {

/// So long at most between two looks: then a wall clock that was set, and plans that another process changed,
/// are noticed.
constexpr auto longestPause = 30s;
/// A decision that did not change although its moment has come is not asked for again and again.
constexpr auto betweenReconsiderations = 10min;

QString localText(Timestamp time, const QTimeZone &zone)
{
    return domain::toLocal(time, zone).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString skippedText(Timestamp slot, const ParsedSchedule &parsed)
{
    return QStringLiteral("Runs from %1 (%2) on were left out, because the program did not run then.")
        .arg(localText(slot, parsed.zone), QString::fromUtf8(parsed.zone.id()));
}

void earlier(std::optional<Timestamp> &first, const std::optional<Timestamp> &other)
{
    if (other && (!first || *other < *first)) {
        first = other;
    }
}

} // namespace

ScheduleRunner::ScheduleRunner(ports::Storage &storage, const ports::CalendarReader &calendars,
    EventFeed &feed, const core::Clock &clock, ScheduleService::Actions actions)
    : m_storage(storage), m_calendars(calendars), m_feed(feed), m_clock(clock), m_actions(std::move(actions))
{
}

ScheduleRunner::~ScheduleRunner()
{
    stop();
}

void ScheduleRunner::start()
{
    m_thread = std::jthread([this](const std::stop_token &stop) { loop(stop); });
}

void ScheduleRunner::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void ScheduleRunner::runSoon(const QString &id)
{
    const std::scoped_lock lock(m_mutex);
    if (m_running != id) {
        m_requested.insert(id);
    }
    m_woken = true;
    m_sleep.request_stop();
}

void ScheduleRunner::plansChanged(const std::vector<core::ContainerId> &containers)
{
    const std::scoped_lock lock(m_mutex);
    m_concerned.insert(containers.begin(), containers.end());
    m_woken = true;
    m_sleep.request_stop();
}

std::optional<Timestamp> ScheduleRunner::nextCheck() const
{
    return m_actions.nextCheck ? m_actions.nextCheck() : std::nullopt;
}

void ScheduleRunner::loop(const std::stop_token &stop)
{
    pthread_setname_np(pthread_self(), "schedules");
    while (!stop.stop_requested()) {
        const Timestamp next = tick({Deadline::in(60s), stop});
        std::stop_source sleep;
        {
            const std::scoped_lock lock(m_mutex);
            if (std::exchange(m_woken, false)) {
                continue;
            }
            m_sleep = sleep;
        }
        const std::stop_callback wake(stop, [&sleep] { sleep.request_stop(); });
        const auto pause = std::clamp<std::chrono::milliseconds>(next - m_clock.now(), 10ms, longestPause);
        m_clock.sleep(pause, sleep.get_token());
    }
}

Timestamp ScheduleRunner::tick(const CallContext &context)
{
    const auto next = look(context);
    if (next) {
        return *next;
    }
    if (!context.stop.stop_requested()) {
        qCWarning(core::logUpdate).noquote() << "schedules could not be followed:" << next.error().text();
    }
    return m_clock.now() + longestPause;
}

Result<ScheduleRunner::Plans> ScheduleRunner::load(Timestamp now, const CallContext &context) const
{
    Plans plans;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            plans = {};
            DOCKERAUTO_TRY_ASSIGN(schedules, work.schedules().all());
            plans.schedules = std::move(schedules);
            DOCKERAUTO_TRY_ASSIGN(windows, work.windows().all());
            for (auto &record : windows) {
                if (record.enabled) {
                    plans.windows.push_back({std::move(record), {}});
                }
            }
            return {};
        },
        context));
    for (Window &window : plans.windows) {
        window.times = timesOf(window.record, m_calendars, now);
    }
    return plans;
}

Result<Containers> ScheduleRunner::containers(
    const ports::ContainerFilter &filter, const CallContext &context) const
{
    Containers result;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, everyContainer(work, filter));
            result = std::move(found);
            return {};
        },
        context));
    return result;
}

Result<Timestamp> ScheduleRunner::look(const CallContext &context)
{
    const Timestamp begun = m_clock.now();
    DOCKERAUTO_TRY_ASSIGN(plans, load(begun, context));
    Ids concerned;
    std::optional<Timestamp> next = begun + longestPause;
    DOCKERAUTO_TRY_ASSIGN(edge, followWindows(plans, begun, concerned, context));
    earlier(next, edge);
    DOCKERAUTO_TRY(followDecisions(begun, concerned, context));
    {
        const std::scoped_lock lock(m_mutex);
        concerned.merge(m_concerned);
        m_concerned.clear();
    }
    reconsider(concerned);
    DOCKERAUTO_TRY(runRequested(context));
    for (const ScheduleRecord &record : plans.schedules) {
        DOCKERAUTO_TRY(context.check());
        if (record.enabled) {
            DOCKERAUTO_TRY_ASSIGN(again, serve(record, context));
            earlier(next, again);
        }
    }
    return *next;
}

Result<std::optional<Timestamp>> ScheduleRunner::serve(ScheduleRecord record, const CallContext &context)
{
    const auto parsed = parse(record.cron, record.zone);
    if (!parsed) {
        qCWarning(core::logUpdate).noquote()
            << "the schedule" << record.name << "cannot be followed:" << parsed.error().text();
        return std::nullopt;
    }
    auto decision = decideSlot(record, *parsed, m_clock.now());
    if (decision.kind == Kind::Skip) {
        const QString note = decision.missed ? skippedText(*decision.missed, *parsed) : QString();
        DOCKERAUTO_TRY_ASSIGN(slot, take(record, decision.taken, note, context));
        if (slot == Slot::Lost) {
            return m_clock.now();
        }
        announce();
        decision = decideSlot(record, *parsed, m_clock.now());
    }
    if (decision.kind == Kind::Wait) {
        return decision.at;
    }
    if (decision.kind == Kind::Run) {
        DOCKERAUTO_TRY_ASSIGN(slot, take(record, decision.taken, {}, context));
        if (slot == Slot::Taken) {
            DOCKERAUTO_TRY(run(record, context));
        }
    }
    return m_clock.now();
}

/// Moves the schedule on to the slot, if nobody else has done so. From then on nobody runs it again.
Result<ScheduleRunner::Slot> ScheduleRunner::take(
    ScheduleRecord &record, Timestamp slot, const QString &note, const CallContext &context)
{
    auto outcome = Slot::Lost;
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            outcome = Slot::Lost;
            auto stored = work.schedules().find(record.id);
            if (!stored && stored.error().code == core::ErrorCode::NotFound) {
                return {};
            }
            DOCKERAUTO_TRY(stored);
            if (!stored->enabled || stored->lastSlot != record.lastSlot || stored->cron != record.cron ||
                stored->zone != record.zone) {
                return {};
            }
            stored->lastSlot = slot;
            if (!note.isEmpty()) {
                stored->lastResult = note;
            }
            DOCKERAUTO_TRY(work.schedules().save(*stored));
            outcome = Slot::Taken;
            return {};
        },
        context));
    if (outcome == Slot::Taken) {
        record.lastSlot = slot;
    }
    return outcome;
}

Result<> ScheduleRunner::run(const ScheduleRecord &record, const CallContext &context)
{
    const Timestamp begun = m_clock.now();
    DOCKERAUTO_TRY_ASSIGN(all, containers({}, context));
    const auto covered = coveredBy(record.scope, record.scopeValue, all);
    QString sentence = QStringLiteral("It covers no container, so nothing was done.");
    {
        const std::scoped_lock lock(m_mutex);
        m_running = record.id;
    }
    if (!covered.empty()) {
        qCInfo(core::logUpdate).noquote() << "the schedule" << record.name << "begins";
        const auto begunRun = m_actions.run(record.action, record.name, covered, context.withDeadline(60s));
        sentence = begunRun ? *begunRun : begunRun.error().text();
        if (!begunRun) {
            qCWarning(core::logUpdate).noquote() << "the schedule" << record.name << "failed:" << sentence;
        }
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_running.clear();
    }
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            auto stored = work.schedules().find(record.id);
            if (!stored && stored.error().code == core::ErrorCode::NotFound) {
                return {};
            }
            DOCKERAUTO_TRY(stored);
            stored->lastRunAt = begun;
            stored->lastResult = sentence;
            return work.schedules().save(*stored);
        },
        context.withDeadline(30s)));
    announce();
    return {};
}

Result<> ScheduleRunner::runRequested(const CallContext &context)
{
    for (;;) {
        QString id;
        {
            const std::scoped_lock lock(m_mutex);
            if (m_requested.empty()) {
                return {};
            }
            id = m_requested.extract(m_requested.begin()).value();
        }
        std::optional<ScheduleRecord> record;
        DOCKERAUTO_TRY(m_storage.read(
            [&](ports::UnitOfWork &work) -> Result<> {
                if (auto found = work.schedules().find(id)) {
                    record = std::move(*found);
                }
                return {};
            },
            context));
        if (record) {
            DOCKERAUTO_TRY(run(*record, context));
        }
    }
}

Result<std::optional<Timestamp>> ScheduleRunner::followWindows(
    const Plans &plans, Timestamp now, Ids &concerned, const CallContext &context)
{
    std::optional<Timestamp> next;
    std::vector<const Window *> changed;
    for (const Window &window : plans.windows) {
        const auto state = domain::stateAt(window.times, now);
        earlier(next, state.inside ? state.closesAt : state.opensNext);
        if (!m_windowsSeenAt) {
            changed.push_back(&window);
            continue;
        }
        const auto before = domain::stateAt(window.times, *m_windowsSeenAt);
        const auto edge = before.inside ? before.closesAt : before.opensNext;
        if (before.inside != state.inside || (edge && *edge <= now)) {
            changed.push_back(&window);
        }
    }
    if (!changed.empty()) {
        DOCKERAUTO_TRY_ASSIGN(all, containers({}, context));
        for (const Window *window : changed) {
            const auto ids = coveredBy(window->record.scope, window->record.scopeValue, all);
            concerned.insert(ids.begin(), ids.end());
        }
    }
    m_windowsSeenAt = now;
    return next;
}

Result<> ScheduleRunner::followDecisions(Timestamp now, Ids &concerned, const CallContext &context)
{
    const auto steadyNow = m_clock.steadyNow();
    if (m_decisionsSeenAt && steadyNow - *m_decisionsSeenAt < longestPause) {
        return {};
    }
    ports::ContainerFilter filter;
    filter.decision = core::Decision::HeldBack;
    DOCKERAUTO_TRY_ASSIGN(held, containers(filter, context));
    m_decisionsSeenAt = steadyNow;
    std::map<core::ContainerId, Reconsidered> kept;
    for (const auto &container : held) {
        const auto &possibleAt = container.decision.possibleAt;
        if (!possibleAt || *possibleAt > now) {
            continue;
        }
        const auto known = m_reconsidered.find(container.id);
        if (known != m_reconsidered.end() && known->second.possibleAt == *possibleAt &&
            now >= known->second.at && now - known->second.at < betweenReconsiderations) {
            kept.insert(*known);
            continue;
        }
        kept.insert({container.id, {*possibleAt, now}});
        concerned.insert(container.id);
    }
    m_reconsidered = std::move(kept);
    return {};
}

void ScheduleRunner::reconsider(const Ids &ids)
{
    if (!ids.empty() && m_actions.reconsider) {
        m_actions.reconsider({ids.begin(), ids.end()});
    }
}

void ScheduleRunner::announce()
{
    m_feed.publish(contracts::topics::updates, contracts::events::planningChanged, core::Json::object());
}

} // namespace dockerauto::application
