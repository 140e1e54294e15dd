#include "application/containers/containersync.h"

#include "../updates/names.h"
#include "containermapping.h"

#include <application/policies/rulebook.h>

#include <contracts/codec.h>
#include <contracts/events.h>
#include <core/logging.h>
#include <core/uniqueid.h>

#include <pthread.h>

#include <algorithm>
#include <set>

namespace dockerauto::application {

using core::CallContext;
using core::ContainerId;
using core::Deadline;
using core::ErrorCode;
using core::HostId;
using core::Result;
using namespace std::chrono_literals;

namespace {

bool isAboutState(const QString &action)
{
    // attach, exec_*, top and the like happen all the time and change nothing that is shown.
    static const std::set<QString> actions{QStringLiteral("create"), QStringLiteral("start"),
        QStringLiteral("die"), QStringLiteral("stop"), QStringLiteral("pause"), QStringLiteral("unpause"),
        QStringLiteral("rename"), QStringLiteral("health_status"), QStringLiteral("destroy"),
        QStringLiteral("update"), QStringLiteral("restart"), QStringLiteral("oom")};
    return actions.contains(action);
}

/// What of an image decides what its containers inherit.
core::Json inheritedPart(const core::Json &image)
{
    core::Json kept = core::Json::object();
    for (const char *field : {"Id", "Config", "Os", "Architecture", "Variant", "RepoDigests", "RepoTags"}) {
        if (const core::Json &value = core::memberOf(image, field); !value.is_null()) {
            kept[field] = value;
        }
    }
    return kept;
}

} // namespace

ContainerSync::ContainerSync(ports::Storage &storage, HostService &hosts, ImageCache &images, EventFeed &feed,
    const core::Clock &clock, const Settings &settings)
    : m_storage(storage), m_hosts(hosts), m_images(images), m_feed(feed), m_clock(clock), m_settings(settings)
{
}

ContainerSync::~ContainerSync()
{
    stop();
}

void ContainerSync::whenRulesChange(std::function<void(const std::vector<ContainerId> &)> changed)
{
    m_rulesChanged = std::move(changed);
}

void ContainerSync::whenUndecided(std::function<void(const std::vector<ContainerId> &)> undecided)
{
    m_undecided = std::move(undecided);
}

HostService::Observer ContainerSync::observer()
{
    const auto enqueue = [this](const HostId &host, const QString &engineId) {
        {
            const std::lock_guard lock(m_queueMutex);
            const bool queued = std::ranges::any_of(m_queue, [&](const Task &task) {
                return task.host == host && (task.engineId.isEmpty() || task.engineId == engineId);
            });
            if (queued) {
                return;
            }
            m_queue.push_back({host, engineId});
        }
        m_wake.notify_one();
    };
    return {.connected = [enqueue](const HostId &host, ports::ContainerEngine &,
                             const std::stop_token &) { enqueue(host, {}); },
        .event =
            [enqueue](const HostId &host, ports::ContainerEngine &, const ports::EngineEvent &event,
                const std::stop_token &) {
                if (event.type == QStringLiteral("container") && isAboutState(event.action)) {
                    enqueue(host, event.container.text());
                }
            }};
}

void ContainerSync::start()
{
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
}

void ContainerSync::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void ContainerSync::run(const std::stop_token &stop)
{
    pthread_setname_np(pthread_self(), "container-sync");
    auto nextFull = m_clock.steadyNow() + m_settings.fullSyncEvery;
    while (!stop.stop_requested()) {
        std::optional<Task> task;
        {
            std::unique_lock lock(m_queueMutex);
            m_wake.wait_for(lock, stop, 1s, [this] { return !m_queue.empty(); });
            if (!m_queue.empty()) {
                task = std::move(m_queue.front());
                m_queue.pop_front();
            }
        }
        if (task) {
            carryOut(*task, stop);
            // An engine was found (again): seldom enough for this.
            if (task->engineId.isEmpty()) {
                forgetUnusedImages({Deadline::in(10s), stop});
            }
        }
        removeVanished(stop);
        if (m_clock.steadyNow() >= nextFull) {
            nextFull = m_clock.steadyNow() + m_settings.fullSyncEvery;
            for (const HostId &host : m_hosts.ids()) {
                carryOut({host, {}}, stop);
            }
        }
    }
}

void ContainerSync::carryOut(const Task &task, const std::stop_token &stop)
{
    const CallContext context{Deadline::in(60s), stop};
    const auto done =
        task.engineId.isEmpty() ? resync(task.host, context) : refresh(task.host, task.engineId, context);
    if (!done && done.error().code != ErrorCode::Cancelled && done.error().code != ErrorCode::Unavailable) {
        qCWarning(core::logEngine).noquote()
            << "containers of" << task.host.text() << "could not be compared:" << done.error().text();
    }
}

Result<ContainerSync::Observed> ContainerSync::look(
    const HostId &host, ports::ContainerEngine &engine, const QString &idOrName, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(inspect, engine.inspectContainer(idOrName, context));
    // An image can be gone while its container runs; then there is no digest to show, and that is all.
    auto image = m_images.inspectAs(engine, core::textOf(inspect, "Image"), imageTextOf(inspect), context)
                     .value_or(core::Json());
    auto record = observe(host, inspect, image);
    return Observed{std::move(record), std::move(image)};
}

Result<> ContainerSync::refresh(const HostId &host, const QString &idOrName, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(engine, m_hosts.engine(host));
    auto seen = look(host, *engine, idOrName, context);
    if (!seen) {
        if (seen.error().code == ErrorCode::NotFound) {
            vanished(host, idOrName);
            return {};
        }
        return core::fail(std::move(seen.error()));
    }
    std::vector<Observed> observed;
    observed.push_back(std::move(*seen));
    DOCKERAUTO_TRY_ASSIGN(stored, store(host, observed, context));
    keepImages(observed, context);
    tell(stored);
    return {};
}

Result<> ContainerSync::resync(const HostId &host, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(engine, m_hosts.engine(host));
    DOCKERAUTO_TRY_ASSIGN(summaries, engine->listContainers(context));
    std::vector<Observed> observed;
    std::set<QString> present;
    for (const ports::ContainerSummary &summary : summaries) {
        auto seen = look(host, *engine, summary.id.text(), context);
        if (!seen && seen.error().code == ErrorCode::NotFound) {
            continue;
        }
        if (!seen) {
            return core::fail(std::move(seen.error()));
        }
        present.insert(summary.id.text());
        observed.push_back(std::move(*seen));
    }
    DOCKERAUTO_TRY_ASSIGN(stored, store(host, observed, context));
    keepImages(observed, context);
    tell(stored);
    std::vector<QString> gone;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[name, known] : m_known[host]) {
            if (!present.contains(known.engineId)) {
                gone.push_back(known.engineId);
            }
        }
    }
    for (const QString &engineId : gone) {
        vanished(host, engineId);
    }
    return {};
}

Result<> ContainerSync::announce(const ContainerId &id, const CallContext &context)
{
    std::optional<ports::ContainerRecord> container;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(record, work.containers().find(id));
            container = std::move(record);
            return {};
        },
        context));
    announce(*container);
    return {};
}

void ContainerSync::announce(const ports::ContainerRecord &stored)
{
    m_feed.publish(contracts::topics::containers, contracts::events::containerChanged,
        contracts::encode(toContract(stored)));
}

Result<> ContainerSync::load(ports::UnitOfWork &work, const HostId &host)
{
    if (m_known.contains(host)) {
        return {};
    }
    DOCKERAUTO_TRY_ASSIGN(records, work.containers().ofHost(host));
    KnownByName known;
    for (const auto &record : records) {
        known.emplace(record.name, Known{record.id, record.engineId.text()});
    }
    m_known.emplace(host, std::move(known));
    return {};
}

void ContainerSync::tell(const Stored &stored)
{
    for (const contracts::Container &container : stored.changed) {
        m_feed.publish(
            contracts::topics::containers, contracts::events::containerChanged, contracts::encode(container));
    }
    if (!stored.otherRules.empty() && m_rulesChanged) {
        m_rulesChanged(stored.otherRules);
    }
    if (!stored.undecided.empty() && m_undecided) {
        m_undecided(stored.undecided);
    }
}

Result<ContainerSync::Stored> ContainerSync::store(
    const HostId &host, std::vector<Observed> &observed, const CallContext &context)
{
    const std::lock_guard lock(m_mutex);
    Stored stored;
    KnownByName known;
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY(load(work, host));
            DOCKERAUTO_TRY_ASSIGN(rules, RuleBook::load(work));
            known = m_known[host];
            stored = {};
            for (Observed &one : observed) {
                DOCKERAUTO_TRY(storeOne(work, known, rules, one.record, stored));
            }
            return {};
        },
        context));
    m_known[host] = std::move(known);
    return stored;
}

/// In a transaction of its own: containers are known whether or not this works.
void ContainerSync::keepImages(const std::vector<Observed> &observed, const CallContext &context)
{
    const std::lock_guard lock(m_mutex);
    std::map<QString, const core::Json *> unsure;
    for (const Observed &one : observed) {
        if (!one.image.is_null() && !m_keptImages.contains(one.record.imageId)) {
            unsure.emplace(one.record.imageId, &one.image);
        }
    }
    if (unsure.empty()) {
        return;
    }
    std::vector<QString> ids;
    for (const auto &[id, image] : unsure) {
        ids.push_back(id);
    }
    std::vector<QString> missing;
    auto kept = m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, work.imageConfigs().missing(ids));
            missing = std::move(found);
            return {};
        },
        context);
    if (kept && !missing.empty()) {
        kept = m_storage.write(
            [&](ports::UnitOfWork &work) -> Result<> {
                for (const QString &id : missing) {
                    DOCKERAUTO_TRY(
                        work.imageConfigs().save({id, inheritedPart(*unsure.at(id)), m_clock.now()}));
                }
                return {};
            },
            context);
    }
    if (!kept) {
        qCWarning(core::logEngine).noquote()
            << "what containers inherit from their images could not be kept:" << kept.error().text();
        return;
    }
    m_keptImages.insert(ids.begin(), ids.end());
}

void ContainerSync::forgetUnusedImages(const CallContext &context)
{
    const std::lock_guard lock(m_mutex);
    m_keptImages.clear();
    const auto removed =
        m_storage.write([](ports::UnitOfWork &work) { return work.imageConfigs().removeUnused(); }, context);
    if (!removed) {
        qCWarning(core::logEngine).noquote()
            << "configs of images that nothing uses could not be forgotten:" << removed.error().text();
    }
}

ContainerId ContainerSync::identify(
    KnownByName &known, const ports::ContainerRecord &record, std::vector<ContainerId> &superseded) const
{
    const QString engineId = record.engineId.text();
    const auto byName = known.find(record.name);
    const auto byEngine =
        std::ranges::find_if(known, [&](const auto &entry) { return entry.second.engineId == engineId; });
    ContainerId id;
    if (byName != known.end()) {
        // Made anew under its old name. `compose up` makes it under another name first: that one is
        // forgotten.
        id = byName->second.id;
        if (byEngine != known.end() && byEngine != byName) {
            superseded.push_back(byEngine->second.id);
            known.erase(byEngine);
        }
    } else if (byEngine != known.end()) {
        id = byEngine->second.id;
        known.erase(byEngine);
    } else {
        id = ContainerId(core::newUniqueId());
    }
    known[record.name] = Known{id, engineId};
    return id;
}

Result<> ContainerSync::storeOne(ports::UnitOfWork &work, KnownByName &known, const RuleBook &rules,
    ports::ContainerRecord &record, Stored &stored)
{
    // What an update has set aside is still known under its own name.
    if (isTemporaryName(record.name)) {
        return {};
    }
    std::vector<ContainerId> superseded;
    record.id = identify(known, record, superseded);
    for (const ContainerId &id : superseded) {
        DOCKERAUTO_TRY(work.containers().remove(id));
        m_feed.publish(contracts::topics::containers, contracts::events::containerRemoved,
            contracts::encode(contracts::ContainerRemoved{id.text()}));
    }
    const auto before = work.containers().find(record.id);
    if (!before && before.error().code != ErrorCode::NotFound) {
        return core::fail(before.error());
    }
    record.createdAt = before ? before->createdAt : m_clock.now();
    record.updatedAt = m_clock.now();
    if (!before) {
        record.decision.reason = QStringLiteral("Not checked yet");
    }
    DOCKERAUTO_TRY(work.containers().saveObserved(record));
    if (before && before->imageId != record.imageId) {
        ports::DecisionRecord decision;
        decision.reason = QStringLiteral("Its image has changed since the last check");
        DOCKERAUTO_TRY(work.containers().saveDecision(record.id, decision));
    }
    if (!before || before->imageId != record.imageId) {
        stored.undecided.push_back(record.id);
    }
    DOCKERAUTO_TRY_ASSIGN(after, work.containers().find(record.id));
    // Its labels may say something else now.
    if (rules.apply(after)) {
        DOCKERAUTO_TRY(
            work.containers().saveResolved(after.id, after.policy, after.strategy, after.policySource));
    }
    contracts::Container container = toContract(after);
    if (before && container.labels != toContract(*before).labels &&
        rules.rulesFor(*before).rules != rules.rulesFor(after).rules) {
        stored.otherRules.push_back(after.id);
    }
    if (!before || contracts::encode(toContract(*before)) != contracts::encode(container)) {
        stored.changed.push_back(std::move(container));
    }
    return {};
}

void ContainerSync::vanished(const HostId &host, const QString &engineId)
{
    const std::lock_guard lock(m_mutex);
    for (const auto &[name, known] : m_known[host]) {
        const bool waiting = std::ranges::any_of(m_vanished,
            [&](const Vanished &entry) { return entry.host == host && entry.engineId == engineId; });
        if (known.engineId == engineId && !waiting) {
            m_vanished.push_back({host, name, engineId, m_clock.steadyNow() + m_settings.removalGrace});
        }
    }
}

void ContainerSync::removeVanished(const std::stop_token &stop)
{
    std::vector<Vanished> due;
    {
        const std::lock_guard lock(m_mutex);
        const auto now = m_clock.steadyNow();
        const auto rest = std::stable_partition(
            m_vanished.begin(), m_vanished.end(), [now](const Vanished &entry) { return entry.due > now; });
        due.assign(rest, m_vanished.end());
        m_vanished.erase(rest, m_vanished.end());
    }
    for (const Vanished &entry : due) {
        const std::lock_guard lock(m_mutex);
        const auto known = m_known[entry.host].find(entry.name);
        // Came back under the same name in the meantime.
        if (known == m_known[entry.host].end() || known->second.engineId != entry.engineId) {
            continue;
        }
        if (auto removed = removeOne(entry.host, entry.name, {Deadline::in(10s), stop}); !removed) {
            m_vanished.push_back(
                {entry.host, entry.name, entry.engineId, m_clock.steadyNow() + m_settings.removalGrace});
        }
    }
}

Result<> ContainerSync::removeOne(const HostId &host, const QString &name, const CallContext &context)
{
    const ContainerId id = m_known[host][name].id;
    DOCKERAUTO_TRY(m_storage.write(
        [&id](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(unfinished,
                work.updates().list(
                    {.state = ports::UpdateFilter::State::Unfinished, .status = {}, .container = id},
                    std::nullopt, 1));
            if (!unfinished.empty()) {
                return core::fail(
                    ErrorCode::Conflict, QStringLiteral("An update of the container is not finished"));
            }
            return work.containers().remove(id);
        },
        context));
    m_known[host].erase(name);
    m_feed.publish(contracts::topics::containers, contracts::events::containerRemoved,
        contracts::encode(contracts::ContainerRemoved{id.text()}));
    return {};
}

} // namespace dockerauto::application
