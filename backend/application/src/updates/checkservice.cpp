#include "application/updates/checkservice.h"

#include "baselineprobe.h"
#include "checkrun.h"
#include "decisionmaker.h"

#include <contracts/codec.h>
#include <contracts/events.h>
#include <core/logging.h>
#include <core/uniqueid.h>

#include <algorithm>

namespace dockerauto::application {

using contracts::CheckStarted;
using core::CallContext;
using core::Deadline;
using core::Decision;
using core::Result;
using ports::ContainerRecord;
using namespace std::chrono_literals;

namespace {

/// How many containers are written in one transaction: each costs a sync of the disk.
constexpr std::size_t batch = 64;
/// Answers that are used again when only rules have changed.
constexpr auto recent = 15min;
/// Nearly all that they do is wait for an engine.
constexpr int mostLookers = 8;

} // namespace

CheckService::CheckService(ports::Storage &storage, HostService &hosts, ports::ImageRegistry &registry,
    ImageCache &images, ContainerMemory &memory, ContainerSync &sync, UpdateService &updates,
    const ports::CalendarReader &calendars, EventFeed &feed, const core::Clock &clock,
    const CheckSettings &settings)
    : m_storage(storage)
    , m_hosts(hosts)
    , m_images(images)
    , m_memory(memory)
    , m_sync(sync)
    , m_updates(updates)
    , m_calendars(calendars)
    , m_feed(feed)
    , m_clock(clock)
    , m_settings(settings)
    , m_answers(std::make_unique<RegistryAnswers>(registry, clock))
    , m_finder(std::make_unique<CandidateFinder>(*m_answers))
    , m_pool(QStringLiteral("checks"), settings.parallel, 100'000)
    , m_lookers(QStringLiteral("usage"), mostLookers, 10'000)
{
}

CheckService::~CheckService()
{
    stop();
}

void CheckService::stop()
{
    m_pool.stop();
    m_lookers.stop();
}

std::optional<core::Timestamp> CheckService::lastFullCheck() const
{
    const std::lock_guard lock(m_mutex);
    return m_lastFullCheck;
}

std::optional<ports::RegistryTraffic> CheckService::trafficFor(const QString &image) const
{
    const auto reference = domain::ImageReference::parse(image);
    return reference ? m_answers->traffic(*reference) : std::nullopt;
}

Result<std::vector<ContainerRecord>> CheckService::select(
    const std::optional<std::vector<QString>> &containers, const CallContext &context)
{
    std::vector<ContainerRecord> selected;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            selected.clear();
            if (containers) {
                for (const QString &id : *containers) {
                    DOCKERAUTO_TRY_ASSIGN(container, work.containers().find(core::ContainerId(id)));
                    selected.push_back(std::move(container));
                }
                return {};
            }
            for (const core::HostId &host : m_hosts.ids()) {
                DOCKERAUTO_TRY_ASSIGN(all, work.containers().ofHost(host));
                std::ranges::move(all, std::back_inserter(selected));
            }
            return {};
        },
        context));
    return selected;
}

/// One registry after the other, so that one that does not answer does not hold all threads at once.
void CheckService::takeTurns(std::vector<Group> &groups)
{
    std::map<QString, int> seen;
    std::vector<std::pair<int, Group>> placed;
    placed.reserve(groups.size());
    for (Group &group : groups) {
        const int turn = seen[group.reference.section(u'/', 0, 0)]++;
        placed.emplace_back(turn, std::move(group));
    }
    std::ranges::stable_sort(placed, {}, &std::pair<int, Group>::first);
    groups.clear();
    for (auto &[turn, group] : placed) {
        groups.push_back(std::move(group));
    }
}

/// Puts containers together that one answer serves.
Result<> CheckService::arrange(Run &run, std::vector<ContainerRecord> containers, const CallContext &context)
{
    return m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            run.groups.clear();
            run.total = 0;
            DOCKERAUTO_TRY_ASSIGN(maker, DecisionMaker::load(work, m_calendars, m_clock.now()));
            std::map<GroupKey, std::size_t> places;
            for (ContainerRecord &container : containers) {
                DOCKERAUTO_TRY_ASSIGN(wanted, maker.wanted(work, container));
                Group group{.host = container.host,
                    .reference = referenceOf(container),
                    .imageId = container.imageId,
                    .rules = std::move(wanted.rules),
                    .notWatched = std::move(wanted.notWatched),
                    .containers = {}};
                const auto [place, added] = places.emplace(group.key(), run.groups.size());
                if (added) {
                    run.groups.push_back(std::move(group));
                }
                run.groups[place->second].containers.push_back(std::move(container));
                ++run.total;
            }
            takeTurns(run.groups);
            return {};
        },
        context);
}

Result<CheckStarted> CheckService::start(const std::optional<std::vector<QString>> &containers,
    const CallContext &context, core::ScheduleAction running)
{
    m_answers->tidy();
    DOCKERAUTO_TRY_ASSIGN(selected, select(containers, context));
    const auto run = std::make_shared<Run>();
    run->id = core::newUniqueId();
    run->everything = !containers;
    run->running = running;
    run->notBefore = m_clock.steadyNow();
    DOCKERAUTO_TRY(arrange(*run, std::move(selected), context));
    const CheckStarted started{run->id, run->total};
    DOCKERAUTO_TRY(post(run));
    return started;
}

Result<> CheckService::post(const std::shared_ptr<Run> &run)
{
    publish(*run, run->total == 0);
    if (run->total == 0) {
        end(*run, {});
    }
    for (std::size_t i = 0; i < run->groups.size(); ++i) {
        DOCKERAUTO_TRY(m_pool.post(
            [this, run, i](const std::stop_token &stop) { checkGroup(*run, run->groups[i], stop); }));
    }
    return {};
}

void CheckService::checkGroup(Run &run, const Group &group, const std::stop_token &stop)
{
    const core::LogScope scope("check", run.id);
    std::optional<KeptFinding> found;
    if (group.notWatched.isEmpty()) {
        const CallContext context{Deadline::in(m_settings.timeout), stop};
        found = KeptFinding{look(run, group, context), group.rules, group.imageId};
    }
    if (stop.stop_requested()) {
        return;
    }
    std::vector<Outcome> outcomes;
    for (const ContainerRecord &container : group.containers) {
        outcomes.push_back({.container = container,
            .kept = found,
            .notWatched = group.notWatched,
            .checkedAt = m_clock.now(),
            .made = {},
            .superseded = false});
    }
    finishGroup(run, std::move(outcomes), stop);
}

FindingReport CheckService::look(const Run &run, const Group &group, const CallContext &context)
{
    const auto unknown = [](const QString &why) {
        FindingReport report;
        report.finding.why = why;
        return report;
    };
    const auto reference = domain::ImageReference::parse(group.reference);
    if (!reference) {
        return unknown(QStringLiteral("The container was made from an image id, so there is no name under "
                                      "which a newer one could be found"));
    }
    const auto engine = m_hosts.engine(group.host);
    if (!engine) {
        return unknown(engine.error().text());
    }
    const auto image = m_images.inspectAs(**engine, group.imageId, group.reference, context);
    if (!image) {
        return unknown(
            QStringLiteral("The image of the container can't be looked at: ") % image.error().text());
    }
    return m_finder->find({.reference = *reference,
                              .imageId = group.imageId,
                              .repoDigests = repoDigestsOf(*image),
                              .platform = {core::textOf(*image, "Os"), core::textOf(*image, "Architecture"),
                                  core::textOf(*image, "Variant")},
                              .rules = group.rules},
        run.notBefore, context);
}

/// Whoever brings the last outcome, or enough of them, writes them down.
void CheckService::finishGroup(Run &run, std::vector<Outcome> outcomes, const std::stop_token &stop)
{
    std::vector<Outcome> writing;
    bool last = false;
    {
        const std::lock_guard lock(run.mutex);
        run.found += static_cast<int>(outcomes.size());
        std::ranges::move(outcomes, std::back_inserter(run.waiting));
        last = run.found == run.total;
        if (!last && (run.waiting.size() < batch || run.writing)) {
            return;
        }
        writing.swap(run.waiting);
        run.writing = true;
    }
    if (auto recorded = record(run, writing, {Deadline::in(30s), stop}); !recorded) {
        qCWarning(core::logRegistry).noquote()
            << "decisions could not be written down:" << recorded.error().text();
        for (Outcome &outcome : writing) {
            outcome.superseded = true;
        }
    }
    bool finished = false;
    {
        const std::lock_guard lock(run.mutex);
        run.writing = false;
        run.done += static_cast<int>(writing.size());
        run.failed += static_cast<int>(std::ranges::count_if(writing, [](const Outcome &outcome) {
            return outcome.notWatched.isEmpty() && outcome.made.record.decision == Decision::NotChecked;
        }));
        std::ranges::move(writing, std::back_inserter(run.written));
        finished = run.done == run.total;
    }
    publish(run, finished);
    if (finished) {
        end(run, stop);
    }
}

Result<> CheckService::record(Run &run, std::vector<Outcome> &outcomes, const CallContext &context)
{
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(maker, DecisionMaker::load(work, m_calendars, m_clock.now()));
            for (Outcome &outcome : outcomes) {
                DOCKERAUTO_TRY(recordOne(run, outcome, work, maker));
            }
            return {};
        },
        context));
    for (const Outcome &outcome : outcomes) {
        if (!outcome.superseded) {
            m_sync.announce(outcome.container);
            lookAtUsage(outcome.container);
        }
    }
    return {};
}

/// What is about to be updated is measured while nobody waits for it: an engine takes a second or two.
void CheckService::lookAtUsage(const ports::ContainerRecord &container)
{
    if (container.status != u"running" || container.decision.decision != core::Decision::UpdateAvailable) {
        return;
    }
    const auto look = [this, host = container.host, id = container.engineId.text()](
                          const std::stop_token &stop) {
        const auto engine = m_hosts.engine(host);
        domain::Vitals vitals;
        if (engine) {
            measureUsage(vitals, **engine, id, {core::Deadline::in(5s), stop});
        }
        if (vitals.memoryBytes) {
            m_memory.rememberUsage(id, vitals);
        }
    };
    if (!m_lookers.post(look)) {
        qCDebug(core::logUpdate) << "the use of" << container.name << "is not measured: too many wait";
    }
}

Result<> CheckService::recordOne(
    const Run &run, Outcome &outcome, ports::UnitOfWork &work, const DecisionMaker &maker)
{
    auto now = work.containers().find(outcome.container.id);
    // Removed, or updated, while the registry was asked: the answer is about an image that does not run any
    // more.
    outcome.superseded = !now || now->imageId != outcome.container.imageId;
    if (!now && now.error().code != core::ErrorCode::NotFound) {
        return core::fail(std::move(now.error()));
    }
    if (outcome.superseded) {
        return {};
    }
    outcome.container = std::move(*now);
    if (outcome.kept) {
        DOCKERAUTO_TRY_ASSIGN(
            made, maker.decide(work, outcome.container, *outcome.kept, outcome.checkedAt, run.running));
        outcome.made = std::move(made);
        waitForBudget(outcome.made, outcome.container);
    } else {
        outcome.made = maker.notWatched(outcome.notWatched);
    }
    outcome.container.decision = outcome.made.record;
    return work.containers().saveDecision(outcome.container.id, outcome.made.record);
}

/// A pull that the registry would refuse is not begun by itself.
void CheckService::waitForBudget(MadeDecision &made, const ContainerRecord &container) const
{
    if (!made.begin) {
        return;
    }
    const auto traffic = trafficFor(container.image);
    if (!traffic || !traffic->remaining || *traffic->remaining > 0 || !traffic->resetsAt ||
        *traffic->resetsAt <= m_clock.now()) {
        return;
    }
    made.begin = false;
    made.record.decision = Decision::HeldBack;
    made.record.heldBy = core::Hold::RateBudget;
    made.record.possibleAt = traffic->resetsAt;
    made.record.reason = QStringLiteral("%1 allows no more pulls for now").arg(traffic->registry);
}

void CheckService::end(Run &run, const std::stop_token &stop)
{
    if (run.everything) {
        const std::lock_guard lock(m_mutex);
        m_lastFullCheck = m_clock.now();
    }
    std::vector<core::ContainerId> ask;
    std::vector<core::ContainerId> settled;
    std::vector<core::ContainerId> begin;
    for (const Outcome &outcome : run.written) {
        if (outcome.superseded) {
            continue;
        }
        if (outcome.made.ask) {
            ask.push_back(outcome.container.id);
        } else if (outcome.made.record.decision != Decision::NotChecked) {
            // What could not be looked at takes nothing back.
            settled.push_back(outcome.container.id);
        }
        if (outcome.made.begin) {
            begin.push_back(outcome.container.id);
        }
    }
    const CallContext context{Deadline::in(30s), stop};
    const auto tell = [](const Result<> &result) {
        if (!result) {
            qCInfo(core::logUpdate).noquote() << result.error().text();
        }
    };
    tell(m_updates.withdraw(settled, context));
    tell(m_updates.propose(ask, context));
    // One by one: one that can't be updated now must not keep the others from it.
    for (const core::ContainerId &id : begin) {
        if (auto updating = m_updates.start({id}, {}, run.requester(), context); !updating) {
            qCInfo(core::logUpdate).noquote() << updating.error().text();
        }
    }
}

void CheckService::publish(Run &run, bool finished)
{
    if (run.silent) {
        return;
    }
    contracts::CheckProgress progress;
    {
        const std::lock_guard lock(run.mutex);
        progress = {run.id, run.done, run.total, run.failed, finished};
    }
    m_feed.publish(contracts::topics::updates, contracts::events::checkChanged, contracts::encode(progress));
}

void CheckService::reconsider(const std::vector<core::ContainerId> &containers)
{
    if (containers.empty()) {
        return;
    }
    // A stopping program decides nothing anew; the next start does.
    (void)m_pool.post([this, containers](const std::stop_token &stop) {
        if (auto done = reconsiderNow(containers, {Deadline::in(60s), stop}); !done) {
            qCWarning(core::logUpdate).noquote()
                << "decisions could not be made anew:" << done.error().text();
        }
    });
}

Result<> CheckService::reconsiderNow(
    const std::vector<core::ContainerId> &containers, const CallContext &context)
{
    const auto run = std::make_shared<Run>();
    run->id = core::newUniqueId();
    run->silent = true;
    run->notBefore = m_clock.steadyNow() - recent;
    std::vector<Outcome> known;
    std::vector<ContainerRecord> again;
    const bool firstCheckIsOver = lastFullCheck().has_value();
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            known.clear();
            again.clear();
            DOCKERAUTO_TRY_ASSIGN(maker, DecisionMaker::load(work, m_calendars, m_clock.now()));
            for (const core::ContainerId &id : containers) {
                auto container = work.containers().find(id);
                if (!container || (!container->decision.checkedAt && !firstCheckIsOver)) {
                    // The first check of everything will see it.
                    continue;
                }
                DOCKERAUTO_TRY_ASSIGN(wanted, maker.wanted(work, *container));
                auto kept = KeptFinding::fromJson(container->decision.detail);
                const bool usable =
                    kept && kept->imageId == container->imageId && kept->rules == wanted.rules;
                if (!usable && wanted.notWatched.isEmpty()) {
                    again.push_back(std::move(*container));
                    continue;
                }
                const auto checkedAt = container->decision.checkedAt.value_or(m_clock.now());
                known.push_back({.container = std::move(*container),
                    .kept = wanted.notWatched.isEmpty() ? std::move(kept) : std::nullopt,
                    .notWatched = wanted.notWatched,
                    .checkedAt = checkedAt,
                    .made = {},
                    .superseded = false});
            }
            return {};
        },
        context));
    DOCKERAUTO_TRY(arrange(*run, std::move(again), context));
    run->total += static_cast<int>(known.size());
    DOCKERAUTO_TRY(post(run));
    if (!known.empty()) {
        finishGroup(*run, std::move(known), context.stop);
    }
    return {};
}

void CheckService::registerOperations(OperationBus &bus)
{
    bus.handle<contracts::CheckContainers>(
        [this](const contracts::CheckRequest &request, const CallEnvironment &environment) {
            return start(request.containers, environment.context);
        });
    bus.handle<contracts::CheckContainer>(
        [this](const contracts::ContainerRef &request, const CallEnvironment &environment) {
            return start(std::vector{request.id}, environment.context);
        });
}

} // namespace dockerauto::application
