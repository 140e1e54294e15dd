#include "application/updates/versionkeeper.h"

#include <core/logging.h>
#include <domain/updaterules.h>

#include <algorithm>
#include <set>

namespace dockerauto::application {

using core::CallContext;
using core::ContainerId;
using core::ErrorCode;
using core::Result;
using core::UpdateStatus;
using ports::UpdateRecord;

namespace {

constexpr int pageSize = 200;

Result<std::vector<UpdateRecord>> listAll(ports::UnitOfWork &work, const ports::UpdateFilter &filter)
{
    std::vector<UpdateRecord> all;
    std::optional<ports::PageKey> after;
    while (true) {
        DOCKERAUTO_TRY_ASSIGN(page, work.updates().list(filter, after, pageSize));
        const bool isLast = page.size() < static_cast<std::size_t>(pageSize);
        std::ranges::move(page, std::back_inserter(all));
        if (isLast) {
            return all;
        }
        after = ports::PageKey{core::toRfc3339(all.back().createdAt), all.back().id.text()};
    }
}

bool isWatched(const UpdateRecord &update)
{
    return core::textOf(update.observation, "state") == core::toQString(core::WatchState::Watching);
}

/// What the newest update of the container was decided to keep.
std::size_t versionsToKeep(const UpdateRecord &newest)
{
    const core::Json &kept = core::memberOf(newest.care, "keepVersions");
    const int count = kept.is_number_integer() ? kept.get<int>() : domain::UpdateCare{}.keepVersions;
    return static_cast<std::size_t>(std::max(count, 0));
}

/// Restore points that are left behind, and the images that must stay whatever happens to those.
struct Leftovers
{
    /// Oldest first.
    std::vector<UpdateRecord> updates;
    std::set<QString> neededImages;
};

Result<Leftovers> findLeftovers(ports::UnitOfWork &work, const ContainerId &container)
{
    ports::UpdateFilter ofContainer;
    ofContainer.container = container;
    DOCKERAUTO_TRY_ASSIGN(newest, work.updates().list(ofContainer, {}, 1));
    if (newest.empty()) {
        return Leftovers{};
    }
    ports::UpdateFilter restorable;
    restorable.restorable = true;
    DOCKERAUTO_TRY_ASSIGN(points, listAll(work, restorable));
    ports::UpdateFilter unfinished;
    unfinished.state = ports::UpdateFilter::State::Unfinished;
    DOCKERAUTO_TRY_ASSIGN(running, listAll(work, unfinished));
    const auto isInUse = [&running](const UpdateRecord &point) {
        return isWatched(point) || !core::isFinal(point.status) ||
               std::ranges::any_of(
                   running, [&](const UpdateRecord &update) { return update.rollbackOf == point.id; });
    };
    Leftovers leftovers;
    const std::size_t wanted = versionsToKeep(newest.front());
    std::size_t kept = 0;
    const core::HostId host = newest.front().host;
    const auto need = [&](const UpdateRecord &update) {
        if (update.host == host) {
            leftovers.neededImages.insert(update.from.imageId);
        }
    };
    for (UpdateRecord &point : points) {
        if (point.container != container || isInUse(point)) {
            need(point);
            kept += point.container == container ? 1U : 0U;
        } else if (point.status == UpdateStatus::Succeeded && point.rolledBackBy.isEmpty() && kept < wanted) {
            need(point);
            ++kept;
        } else {
            leftovers.updates.push_back(std::move(point));
        }
    }
    std::ranges::reverse(leftovers.updates);
    for (const UpdateRecord &update : running) {
        need(update);
        if (update.host == host) {
            leftovers.neededImages.insert(update.to.imageId);
        }
    }
    return leftovers;
}

Result<> forget(ports::Storage &storage, const core::UpdateId &id, const CallContext &context)
{
    return storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(update, work.updates().find(id));
            update.restorePoint = nullptr;
            update.hasRestorePoint = false;
            return work.updates().save(update);
        },
        context);
}

/// Removes the image that the update has left behind, unless it is used. Conflict when the engine knows a
/// reason to keep it.
Result<> removeImage(ports::ContainerEngine &engine, const QString &imageId, const Leftovers &leftovers,
    const CallContext &context)
{
    if (imageId.isEmpty() || leftovers.neededImages.contains(imageId)) {
        return {};
    }
    DOCKERAUTO_TRY_ASSIGN(containers, engine.listContainers(context));
    if (std::ranges::any_of(containers, [&](const auto &one) { return one.imageId == imageId; })) {
        return {};
    }
    auto removed = engine.removeImage(imageId, context);
    if (!removed && removed.error().code == ErrorCode::NotFound) {
        return {};
    }
    return removed;
}

} // namespace

VersionKeeper::VersionKeeper(ports::Storage &storage, HostService &hosts, VolumeSnapshots &snapshots)
    : m_storage(storage), m_hosts(hosts), m_snapshots(snapshots)
{
}

Result<> VersionKeeper::tidy(const ContainerId &container, const CallContext &context)
{
    Leftovers leftovers;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, findLeftovers(work, container));
            leftovers = std::move(found);
            return {};
        },
        context));
    for (const UpdateRecord &update : leftovers.updates) {
        DOCKERAUTO_TRY_ASSIGN(engine, m_hosts.engine(update.host));
        DOCKERAUTO_TRY(m_snapshots.remove(update.id, context));
        const auto removed = removeImage(*engine, update.from.imageId, leftovers, context);
        if (!removed && removed.error().code == ErrorCode::Conflict) {
            // The restore point stays, so that the next time finds the image again.
            qCInfo(core::logUpdate).noquote()
                << "image" << update.from.imageId << "stays for now:" << removed.error().text();
            continue;
        }
        DOCKERAUTO_TRY(removed);
        DOCKERAUTO_TRY(forget(m_storage, update.id, context));
    }
    return {};
}

} // namespace dockerauto::application
