#include "application/updates/checkservice.h"

#include "names.h"

#include <contracts/codec.h>
#include <contracts/events.h>
#include <core/logging.h>
#include <core/uniqueid.h>
#include <domain/digestcomparison.h>
#include <domain/imagereference.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace dockerauto::application {

using contracts::CheckStarted;
using core::CallContext;
using core::Deadline;
using core::Decision;
using core::ErrorCode;
using core::fail;
using core::Result;
using domain::DigestVerdict;
using ports::ContainerRecord;
using ports::DecisionRecord;
using namespace std::chrono_literals;

/// Containers that run the same image under the same reference on the same host: one question answers for
/// all.
struct CheckService::Group
{
    core::HostId host;
    QString imageText;
    QString imageId;
    std::vector<ContainerRecord> containers;
};

/// One check, shared by the pieces of work that it is made of.
struct CheckService::Run
{
    QString id;
    int total = 0;
    bool everything = false;
    std::vector<Group> groups;
    std::mutex mutex;
    int done = 0;
    int failed = 0;
    /// What the policy "automatic" will start at the end.
    std::vector<core::ContainerId> automatic;
};

CheckService::CheckService(ports::Storage &storage, HostService &hosts, ports::ImageRegistry &registry,
    ImageCache &images, ContainerSync &sync, UpdateService &updates, EventFeed &feed,
    const core::Clock &clock, const CheckSettings &settings)
    : m_storage(storage)
    , m_hosts(hosts)
    , m_registry(registry)
    , m_images(images)
    , m_sync(sync)
    , m_updates(updates)
    , m_feed(feed)
    , m_clock(clock)
    , m_settings(settings)
    , m_pool(QStringLiteral("checks"), settings.parallel, 100'000)
{
}

CheckService::~CheckService()
{
    stop();
}

void CheckService::stop()
{
    m_pool.stop();
}

std::optional<core::Timestamp> CheckService::lastFullCheck() const
{
    const std::lock_guard lock(m_mutex);
    return m_lastFullCheck;
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

Result<CheckStarted> CheckService::start(
    const std::optional<std::vector<QString>> &containers, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(selected, select(containers, context));
    const auto run = std::make_shared<Run>();
    run->id = core::newUniqueId();
    run->total = static_cast<int>(selected.size());
    run->everything = !containers;
    std::map<std::tuple<QString, QString, QString>, std::size_t> places;
    for (ContainerRecord &container : selected) {
        const QString text =
            container.tag.isEmpty() ? container.image : QString(container.image % u':' % container.tag);
        const auto key = std::tuple(container.host.text(), text, container.imageId);
        const auto [place, added] = places.emplace(key, run->groups.size());
        if (added) {
            run->groups.push_back({container.host, text, container.imageId, {}});
        }
        run->groups[place->second].containers.push_back(std::move(container));
    }
    const CheckStarted started{run->id, run->total};
    publish(*run, run->total == 0);
    for (std::size_t i = 0; i < run->groups.size(); ++i) {
        DOCKERAUTO_TRY(m_pool.post(
            [this, run, i](const std::stop_token &stop) { checkGroup(*run, run->groups[i], stop); }));
    }
    return started;
}

void CheckService::checkGroup(Run &run, const Group &group, const std::stop_token &stop)
{
    const core::LogScope scope("check", run.id);
    const CallContext context{Deadline::in(m_settings.timeout), stop};
    const DecisionRecord decision = decide(group, context);
    if (stop.stop_requested()) {
        return;
    }
    const CallContext storing{Deadline::in(30s), stop};
    std::vector<core::ContainerId> wanted;
    for (const ContainerRecord &container : group.containers) {
        const auto recorded = record(container, decision, storing);
        if (!recorded) {
            qCWarning(core::logRegistry).noquote() << container.name << "-" << recorded.error().text();
        } else if (container.policy == core::UpdatePolicy::Automatic &&
                   *recorded == Decision::UpdateAvailable) {
            wanted.push_back(container.id);
        }
    }
    std::vector<core::ContainerId> automatic;
    bool finished = false;
    {
        const std::lock_guard lock(run.mutex);
        run.done += static_cast<int>(group.containers.size());
        run.failed +=
            decision.decision == Decision::NotChecked ? static_cast<int>(group.containers.size()) : 0;
        run.automatic.insert(run.automatic.end(), wanted.begin(), wanted.end());
        finished = run.done == run.total;
        if (finished) {
            automatic.swap(run.automatic);
        }
    }
    publish(run, finished);
    if (!finished) {
        return;
    }
    if (run.everything) {
        const std::lock_guard lock(m_mutex);
        m_lastFullCheck = m_clock.now();
    }
    // One by one: one that can't be updated now must not keep the others from it.
    for (const core::ContainerId &id : automatic) {
        if (auto updating = m_updates.start({id}, {}, QStringLiteral("policy automatic"), storing);
            !updating) {
            qCInfo(core::logUpdate).noquote() << updating.error().text();
        }
    }
}

DecisionRecord CheckService::decide(const Group &group, const CallContext &context)
{
    DecisionRecord decision = compare(group, context);
    decision.checkedAt = m_clock.now();
    return decision;
}

DecisionRecord CheckService::compare(const Group &group, const CallContext &context)
{
    DecisionRecord decision;
    const auto notChecked = [&decision](const QString &why) {
        decision.decision = Decision::NotChecked;
        decision.reason = why;
        return decision;
    };
    const auto reference = domain::ImageReference::parse(group.imageText);
    if (!reference) {
        return notChecked(QStringLiteral("The container was made from an image id, so there is no name under "
                                         "which a newer one could be found"));
    }
    const auto engine = m_hosts.engine(group.host);
    if (!engine) {
        return notChecked(engine.error().text());
    }
    const auto image = m_images.inspect(**engine, group.imageId, context);
    if (!image) {
        return notChecked(
            QStringLiteral("The image of the container can't be looked at: ") % image.error().text());
    }
    const auto digests = repoDigestsOf(*image);
    const domain::Platform platform{
        core::textOf(*image, "Os"), core::textOf(*image, "Architecture"), core::textOf(*image, "Variant")};
    if (digests.empty()) {
        decision.decision = Decision::LocalImage;
        decision.reason = QStringLiteral("The image was made on this host and is in no registry");
        return decision;
    }
    auto remote = m_registry.head(*reference, context);
    if (!remote) {
        return notChecked(remote.error().text());
    }
    const auto judge = [&](const ports::RemoteManifest &manifest) {
        return domain::compareDigests(*reference, digests, group.imageId,
            {.digest = manifest.digest,
                .mediaType = manifest.mediaType,
                .body = manifest.body.isEmpty() ? std::nullopt : std::optional(manifest.body)},
            platform);
    };
    auto comparison = judge(*remote);
    if (comparison.wantsBody && remote->body.isEmpty()) {
        auto manifest = m_registry.get(reference->withDigest(remote->digest), context);
        if (!manifest) {
            return notChecked(manifest.error().text());
        }
        comparison = judge(*manifest);
    }
    if (!comparison.wantsManifest.isEmpty()) {
        // Only the index is known to differ; what it means for this platform may be what runs already.
        auto manifest = m_registry.get(reference->withDigest(comparison.wantsManifest), context);
        if (!manifest) {
            return notChecked(manifest.error().text());
        }
        comparison = judge(*manifest);
    }
    decision.reason = comparison.why;
    switch (comparison.verdict) {
    case DigestVerdict::Current:
        decision.decision = Decision::UpToDate;
        break;
    case DigestVerdict::Local:
        decision.decision = Decision::LocalImage;
        break;
    case DigestVerdict::Unknown:
        decision.decision = Decision::NotChecked;
        break;
    case DigestVerdict::Newer:
        decision.decision = Decision::UpdateAvailable;
        decision.candidateTag = reference->tag.value_or(QStringLiteral("latest"));
        decision.candidateDigest = remote->digest;
        decision.bump = core::Bump::Build;
        break;
    }
    return decision;
}

Result<QString> CheckService::reasonToHold(
    const ContainerRecord &container, const DecisionRecord &decision, const CallContext &context)
{
    if (container.policy != core::UpdatePolicy::Automatic) {
        return QString();
    }
    QString reason;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(last,
                work.updates().list(
                    {.state = ports::UpdateFilter::State::Finished, .status = {}, .container = container.id},
                    std::nullopt, 1));
            const bool failedBefore = !last.empty() && last.front().to.digest == decision.candidateDigest &&
                                      (last.front().status == core::UpdateStatus::RolledBack ||
                                          last.front().status == core::UpdateStatus::Failed);
            if (failedBefore) {
                reason = QStringLiteral(
                             "This version did not work when it was tried, so a newer one is waited for: ") %
                         last.front().error;
            }
            return {};
        },
        context));
    return reason;
}

Result<Decision> CheckService::record(
    const ContainerRecord &container, DecisionRecord decision, const CallContext &context)
{
    if (decision.decision == Decision::UpdateAvailable) {
        if (container.policy == core::UpdatePolicy::Pinned) {
            decision.decision = Decision::Pinned;
            decision.reason = QStringLiteral("Pinned: a newer image is there, and is left alone");
        } else {
            DOCKERAUTO_TRY_ASSIGN(hold, reasonToHold(container, decision, context));
            if (!hold.isEmpty()) {
                decision.decision = Decision::HeldBack;
                decision.reason = hold;
            }
        }
    } else if (decision.decision == Decision::NotChecked) {
        // A registry that fails takes nothing back: what was found before is still there.
        decision.candidateTag = container.decision.candidateTag;
        decision.candidateDigest = container.decision.candidateDigest;
        decision.bump = container.decision.bump;
    }
    bool superseded = false;
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(now, work.containers().find(container.id));
            // Updated while the registry was asked: the answer is about an image that does not run any more.
            superseded = now.imageId != container.imageId;
            return superseded ? Result<>() : work.containers().saveDecision(container.id, decision);
        },
        context));
    if (superseded) {
        return Decision::NotChecked;
    }
    DOCKERAUTO_TRY(m_sync.announce(container.id, context));
    return decision.decision;
}

void CheckService::publish(const Run &run, bool finished)
{
    m_feed.publish(contracts::topics::updates, contracts::events::checkChanged,
        contracts::encode(contracts::CheckProgress{run.id, run.done, run.total, run.failed, finished}));
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
