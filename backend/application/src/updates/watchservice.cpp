#include "application/updates/watchservice.h"

#include "../policies/rulesmapping.h"
#include "baselineprobe.h"
#include "updateledger.h"

#include <core/logging.h>

#include <pthread.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace dockerauto::application {

using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::memberOf;
using core::Result;
using core::textOf;
using core::Timestamp;
using core::UpdateId;
using core::WatchState;
using namespace std::chrono_literals;

namespace {

/// How often in the first minute.
constexpr auto firstMinute = 60s;
constexpr int moreOften = 3;
/// How long after the end of its time a watch waits for an engine, and an undo is tried.
constexpr auto grace = 10min;
constexpr std::chrono::milliseconds firstPause = 5s;
constexpr std::chrono::milliseconds longestPause = 2min;
/// Nobody can be woken from a pause, so that none is long.
constexpr std::chrono::milliseconds longestSleep = 1s;
constexpr int mostTakenUp = 500;

std::string text(WatchState state)
{
    return std::string(core::toText(state));
}

} // namespace

/// What the thread knows of one watch beside its row.
struct WatchService::Watched
{
    UpdateId id;
    Timestamp since{};
    Timestamp due{};
    std::optional<domain::Observer> observer = {};
    /// The undo that has to be done.
    QString undo = {};
    std::chrono::milliseconds pause = firstPause;
};

struct WatchService::Row
{
    ports::UpdateRecord update;
    /// Another update of the container is under way.
    bool busy = false;

    static Result<Row> of(ports::UnitOfWork &work, const UpdateId &id);

    [[nodiscard]] bool isWatching() const
    {
        return update.status == core::UpdateStatus::Succeeded &&
               textOf(update.observation, "state") == core::toQString(WatchState::Watching);
    }
    [[nodiscard]] Timestamp until() const
    {
        return core::fromRfc3339(textOf(update.observation, "until")).value_or(Timestamp{});
    }
};

WatchService::WatchService(ports::Storage &storage, HostService &hosts, Prober &prober, EventFeed &feed,
    const core::Clock &clock, const Settings &settings, Undo undo)
    : m_storage(storage)
    , m_hosts(hosts)
    , m_prober(prober)
    , m_clock(clock)
    , m_settings(settings)
    , m_undo(std::move(undo))
    , m_ledger(std::make_unique<UpdateLedger>(storage, feed, clock))
{
}

WatchService::~WatchService()
{
    stop();
}

void WatchService::whenEnded(std::function<void(const UpdateId &)> ended)
{
    m_ended = std::move(ended);
}

void WatchService::start()
{
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
}

void WatchService::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void WatchService::begin(const UpdateId &id)
{
    const auto now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    m_watched.try_emplace(id, std::make_unique<Watched>(Watched{.id = id, .since = now, .due = now}));
    m_wake.notify_all();
}

/// What was watched, and what was still to be undone, when the program ended.
Result<> WatchService::takeUp(const CallContext &context)
{
    std::vector<ports::UpdateRecord> watching;
    std::vector<ports::UpdateRecord> latest;
    ports::UpdateFilter marks;
    marks.watching = true;
    ports::UpdateFilter successes;
    successes.status = core::UpdateStatus::Succeeded;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(marked, work.updates().list(marks, std::nullopt, mostTakenUp));
            DOCKERAUTO_TRY_ASSIGN(done, work.updates().list(successes, std::nullopt, mostTakenUp));
            watching = std::move(marked);
            latest = std::move(done);
            return {};
        },
        context));
    const auto now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    for (const auto &update : watching) {
        m_watched.try_emplace(
            update.id, std::make_unique<Watched>(Watched{.id = update.id, .since = now, .due = now}));
    }
    for (const auto &update : latest) {
        if (memberOf(update.observation, "undo") == Json(true)) {
            m_watched.try_emplace(update.id, std::make_unique<Watched>(Watched{.id = update.id,
                                                 .since = now,
                                                 .due = now,
                                                 .undo = textOf(update.observation, "reason")}));
        }
    }
    return {};
}

void WatchService::run(const std::stop_token &stop)
{
    pthread_setname_np(pthread_self(), "watch");
    while (!stop.stop_requested()) {
        const auto taken = takeUp({core::Deadline::in(30s), stop});
        if (taken) {
            break;
        }
        qCWarning(core::logUpdate).noquote() << "what was watched can't be read yet:" << taken.error().text();
        m_clock.sleep(longestSleep, stop);
    }
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, stop, [this] { return !m_watched.empty(); });
        }
        const auto pause = visitAll(stop);
        m_clock.sleep(std::clamp<std::chrono::milliseconds>(pause, 1ms, longestSleep), stop);
    }
}

/// Returns how long nothing is to be done.
std::chrono::milliseconds WatchService::visitAll(const std::stop_token &stop)
{
    std::vector<Watched *> all;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[id, watched] : m_watched) {
            all.push_back(watched.get());
        }
    }
    auto pause = longestSleep;
    for (Watched *watched : all) {
        if (stop.stop_requested()) {
            return pause;
        }
        if (m_clock.now() >= watched->due) {
            const core::LogScope scope("update", watched->id.text());
            const auto next = visit(*watched, {core::Deadline::in(30s), stop});
            if (next == Next::Drop) {
                const std::lock_guard lock(m_mutex);
                m_watched.erase(UpdateId(watched->id));
                continue;
            }
            if (watched->undo.isEmpty()) {
                watched->due = m_clock.now() + intervalOf(*watched);
            }
        }
        pause = std::min(
            pause, std::chrono::duration_cast<std::chrono::milliseconds>(watched->due - m_clock.now()));
    }
    return pause;
}

std::chrono::milliseconds WatchService::intervalOf(const Watched &watched) const
{
    const bool fresh = m_clock.now() < watched.since + firstMinute;
    return fresh ? m_settings.interval / moreOften : m_settings.interval;
}

Result<WatchService::Row> WatchService::Row::of(ports::UnitOfWork &work, const UpdateId &id)
{
    Row row;
    DOCKERAUTO_TRY_ASSIGN(update, work.updates().find(id));
    ports::UpdateFilter open;
    open.state = ports::UpdateFilter::State::Unfinished;
    open.container = update.container;
    DOCKERAUTO_TRY_ASSIGN(others, work.updates().list(open, std::nullopt, 1));
    row.busy = std::ranges::any_of(others, [](const ports::UpdateRecord &other) {
        return other.status != core::UpdateStatus::AwaitingApproval &&
               other.status != core::UpdateStatus::Scheduled;
    });
    row.update = std::move(update);
    return row;
}

Result<WatchService::Row> WatchService::read(const UpdateId &id, const CallContext &context)
{
    Row found;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(row, Row::of(work, id));
            found = std::move(row);
            return {};
        },
        context));
    return found;
}

/// Sets fields of the observation, if that may be done to what is in the row now.
Result<bool> WatchService::change(const UpdateId &id, const Json &fields,
    const std::function<bool(const Row &)> &may, const CallContext &context)
{
    bool changed = false;
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(row, Row::of(work, id));
            changed = row.update.observation.is_object() && may(row);
            if (!changed) {
                return {};
            }
            row.update.observation.update(fields);
            return work.updates().save(row.update);
        },
        context));
    return changed;
}

WatchService::Next WatchService::visit(Watched &watched, const CallContext &context)
{
    if (!watched.undo.isEmpty()) {
        return undo(watched, context);
    }
    const auto row = read(watched.id, context);
    if (!row) {
        return row.error().code == ErrorCode::NotFound ? Next::Drop : Next::GoOn;
    }
    if (!row->isWatching()) {
        return Next::Drop;
    }
    if (row->busy) {
        return unseen(watched, *row, context);
    }
    return judge(watched, *row, context);
}

/// NotFound when the container that was updated is not there any more.
Result<Json> WatchService::inspect(
    Watched &watched, const Row &row, ports::ContainerEngine &engine, const CallContext &context)
{
    const Json &observation = row.update.observation;
    const QString &name = row.update.containerName;
    const QString known = textOf(observation, "engineId");
    DOCKERAUTO_TRY_ASSIGN(found, engine.inspectContainer(known.isEmpty() ? name : known, context.within(5s)));
    const QString &image = row.update.to.imageId;
    const bool another = known.isEmpty() && !image.isEmpty() && textOf(found, "Image") != image;
    if (another || textOf(found, "Name") != u'/' % name) {
        return fail(ErrorCode::NotFound, QStringLiteral("Another container has its name"));
    }
    if (!watched.observer) {
        // What the watch began with outlives the program, so that what happens meanwhile is noticed. It began
        // with a container that had just been started.
        domain::Vitals first;
        first.restartCount = domain::vitalsOf(found).restartCount;
        if (known.isEmpty()) {
            DOCKERAUTO_TRY(change(
                watched.id, Json{{"engineId", textOf(found, "Id")}, {"restartCount", first.restartCount}},
                [](const Row &now) { return now.isWatching(); }, context));
        } else if (const Json &count = memberOf(observation, "restartCount"); count.is_number_integer()) {
            first.restartCount = count.get<int>();
        }
        watched.observer.emplace(domain::Baseline::fromJson(memberOf(observation, "baseline")), first);
    }
    return found;
}

/// Nothing could be seen. A watch does not end well like that, and does not last forever either.
WatchService::Next WatchService::unseen(const Watched &watched, const Row &row, const CallContext &context)
{
    if (m_clock.now() < std::max(row.until(), watched.since) + grace) {
        return Next::GoOn;
    }
    return finish(watched.id, WatchState::Ended,
        QStringLiteral("It could not be looked at when the watch came to its end"), context);
}

/// Asks the probe, if there is one and it can be asked.
void WatchService::probe(domain::Vitals &vitals, const Row &row, const Json &found,
    ports::ContainerEngine &engine, const CallContext &context)
{
    const auto probe = domain::parseProbe(careFromJson(row.update.care).probe);
    const auto info = m_hosts.info(row.update.host);
    if (!probe || !info || probe->kind == domain::Probe::Kind::None) {
        return;
    }
    const auto asked = m_prober.ask(*probe, found, *info, engine, context);
    const bool viaEngine = probe->kind == domain::Probe::Kind::Command;
    const bool silent =
        !asked && !viaEngine &&
        (asked.error().code == ErrorCode::Timeout || asked.error().code == ErrorCode::Unavailable);
    // Anything else says that it could not be asked.
    if (asked || silent || asked.error().code == ErrorCode::Conflict) {
        vitals.probePassed = asked.has_value();
        vitals.probeDetail = asked ? QString() : asked.error().message;
    }
}

WatchService::Next WatchService::judge(Watched &watched, const Row &row, const CallContext &context)
{
    const auto engine = m_hosts.engine(row.update.host);
    if (!engine) {
        return unseen(watched, row, context);
    }
    const auto connection = m_hosts.connection(row.update.host);
    if (connection && connection->isSettling(m_clock.now())) {
        return Next::GoOn;
    }
    const auto found = inspect(watched, row, **engine, context);
    if (!found && found.error().code == ErrorCode::NotFound) {
        return finish(watched.id, WatchState::Ended,
            QStringLiteral("The container was removed, renamed or made again by somebody else"), context);
    }
    if (!found) {
        return unseen(watched, row, context);
    }
    auto vitals = domain::vitalsOf(*found);
    const bool paused = memberOf(memberOf(*found, "State"), "Paused") == Json(true);
    if (vitals.running && !paused) {
        measureUsage(vitals, **engine, textOf(*found, "Id"), context.within(5s));
        probe(vitals, row, *found, **engine, context);
    }
    if (context.stop.stop_requested()) {
        return Next::GoOn;
    }
    if (const auto alarm = watched.observer->add(vitals)) {
        return regress(watched, row, *alarm, context);
    }
    if (!vitals.running) {
        return finish(watched.id, WatchState::Ended,
            QStringLiteral("The container was stopped, or has done its work"), context);
    }
    return m_clock.now() >= row.until() ? finish(watched.id, WatchState::Passed, {}, context) : Next::GoOn;
}

WatchService::Next WatchService::finish(
    const UpdateId &id, WatchState state, const QString &reason, const CallContext &context)
{
    const auto changed = change(
        id, Json{{"state", text(state)}, {"reason", reason}}, [](const Row &row) { return row.isWatching(); },
        context);
    if (!changed) {
        // Said again with the next sample.
        qCWarning(core::logUpdate).noquote() << changed.error().text();
        return Next::GoOn;
    }
    if (*changed) {
        qCInfo(core::logUpdate).noquote() << "watch" << core::toQString(state) << reason;
        announce(id, context);
        if (m_ended) {
            m_ended(id);
        }
        return Next::Drop;
    }
    return Next::GoOn;
}

WatchService::Next WatchService::regress(
    Watched &watched, const Row &row, const QString &reason, const CallContext &context)
{
    const bool rollback = careFromJson(row.update.care).rollback;
    const auto changed = change(
        watched.id, Json{{"state", text(WatchState::Regressed)}, {"reason", reason}, {"undo", rollback}},
        // Whoever updates the container meanwhile stops it on purpose.
        [](const Row &now) { return now.isWatching() && !now.busy; }, context);
    if (!changed || !*changed) {
        // Judged anew from now on.
        watched.observer.reset();
        return Next::GoOn;
    }
    qCWarning(core::logUpdate).noquote()
        << row.update.containerName << "is worse since its update:" << reason;
    announce(watched.id, context);
    if (!rollback) {
        return Next::Drop;
    }
    watched.undo = reason;
    return undo(watched, context);
}

WatchService::Next WatchService::undo(Watched &watched, const CallContext &context)
{
    const auto row = read(watched.id, context);
    const bool gone = !row && row.error().code == ErrorCode::NotFound;
    if (gone || (row && row->update.status != core::UpdateStatus::Succeeded)) {
        return Next::Drop;
    }
    const auto always = [](const Row &) { return true; };
    const auto undone = row ? m_undo(watched.id, watched.undo) : Result<>(fail(row.error()));
    if (undone) {
        (void)change(watched.id, Json{{"undo", false}}, always, context);
        return Next::Drop;
    }
    const auto until = std::max(row ? row->until() : watched.since, watched.since);
    if (m_clock.now() < until + grace) {
        watched.due = m_clock.now() + watched.pause;
        watched.pause = std::min(watched.pause * 2, longestPause);
        return Next::GoOn;
    }
    qCWarning(core::logUpdate).noquote() << "the update could not be rolled back:" << undone.error().text();
    (void)change(watched.id,
        Json{{"undo", false}, {"reason", QStringLiteral("%1. It could not be rolled back by itself: %2")
                                             .arg(watched.undo, undone.error().text())}},
        always, context);
    announce(watched.id, context);
    return Next::Drop;
}

void WatchService::announce(const UpdateId &id, const CallContext &context)
{
    if (const auto entry = m_ledger->load(id, context)) {
        m_ledger->announce(*entry);
    }
}

} // namespace dockerauto::application
