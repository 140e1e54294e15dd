#include "application/updates/volumesnapshots.h"

#include "backupestimate.h"
#include "names.h"
#include "savedmounts.h"
#include "volumehelper.h"

#include <core/logging.h>
#include <core/uniqueid.h>

#include <algorithm>
#include <numeric>

namespace dockerauto::application {

using contracts::PlannedBackup;
using contracts::PlannedVolume;
using contracts::Progress;
using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::Result;
using core::SnapshotMethod;
using core::textOf;
using ports::SnapshotRecord;
using namespace std::chrono_literals;

namespace {

/// More volumes than any container has; see removeStrays.
constexpr int strayNames = 64;

QString archiveName(const core::UpdateId &update, int position)
{
    return QStringLiteral("%1-%2").arg(update.text()).arg(position);
}

/// Reports bytes, but not more often than a person can follow.
class ByteCount
{
public:
    ByteCount(const std::function<void(const Progress &)> &report, std::optional<qint64> total)
        : m_report(report), m_total(total)
    {
    }
    void add(qint64 bytes)
    {
        constexpr qint64 step = qint64(1) << 20;
        m_done += bytes;
        if (m_report && m_done - m_reported >= step) {
            tell();
        }
    }
    void tell()
    {
        m_reported = m_done;
        if (m_report) {
            // An archive is somewhat larger than what it holds.
            m_report({m_done, m_total ? std::optional(std::max(*m_total, m_done)) : std::nullopt,
                QStringLiteral("bytes")});
        }
    }

private:
    const std::function<void(const Progress &)> &m_report;
    std::optional<qint64> m_total;
    qint64 m_done = 0;
    qint64 m_reported = 0;
};

} // namespace

VolumeSnapshots::VolumeSnapshots(ports::Storage &storage, ports::ArchiveStore &archives,
    ports::FileSystemSnapshots &fileSystems, const core::Clock &clock, ports::EmptyingProgram program)
    : m_storage(storage)
    , m_archives(archives)
    , m_fileSystems(fileSystems)
    , m_clock(clock)
    , m_program(std::move(program))
{
}

Result<PlannedBackup> VolumeSnapshots::plan(const Json &inspect, const core::ContainerId &container,
    ports::ContainerEngine &engine, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(info, engine.info(context));
    DOCKERAUTO_TRY_ASSIGN(mounts, mountsToSave(inspect, info, engine, context));
    PlannedBackup backup;
    if (mounts.empty()) {
        backup.reason =
            core::memberOf(inspect, "Mounts").empty()
                ? QStringLiteral("It has no volumes")
                : QStringLiteral("It has nothing to save: its volumes are read-only, of the system, "
                                 "or on drivers that are not local");
        return backup;
    }
    DOCKERAUTO_TRY_ASSIGN(users, runningUsers(textOf(inspect, "Id"), engine, context));
    QString shared;
    std::erase_if(mounts, [&](const SavedMount &mount) {
        const QString user = userOf(mount.volume, users);
        shared = user.isEmpty() ? shared : QStringLiteral("%1 is used by %2 as well").arg(mount.volume, user);
        return !user.isEmpty();
    });
    if (mounts.empty()) {
        backup.reason =
            shared % QStringLiteral(", which runs: going back would undo what that one has written");
        return backup;
    }
    // Engines with large volumes take long to add them up; the plan does not wait for that.
    const auto sizes = engine.volumeSizes(context.within(3s));
    for (const SavedMount &mount : mounts) {
        PlannedVolume volume{mount.volume, mount.mountedAt, std::nullopt, SnapshotMethod::Archive};
        if (sizes && sizes->contains(mount.volume) && sizes->at(mount.volume) >= 0) {
            volume.sizeBytes = sizes->at(mount.volume);
        }
        if (info.local && !mount.source.isEmpty()) {
            volume.method =
                m_fileSystems.methodFor(mount.source, context.within(5s)).value_or(SnapshotMethod::Archive);
        }
        backup.volumes.push_back(std::move(volume));
    }
    backup.sizeBytes = sumOf(backup.volumes, Summed::Everything);
    std::vector<SnapshotRecord> earlier;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(rows, work.snapshots().ofContainer(container));
            earlier = std::move(rows);
            return {};
        },
        context));
    backup.expectedSeconds = secondsFor(backup.volumes, earlier);
    backup.reason = obstacle(backup, info);
    return backup;
}

QString VolumeSnapshots::obstacle(const PlannedBackup &backup, const ports::EngineInfo &info) const
{
    if (!hasArchives(backup.volumes)) {
        return {};
    }
    if (auto runs = programRuns(info); !runs) {
        return runs.error().message;
    }
    const auto size = sumOf(backup.volumes, Summed::OnlyArchives);
    const auto free = m_archives.freeBytes();
    if (!free) {
        return free.error().message;
    }
    if (size && *free < *size) {
        return QStringLiteral(
            "There is not enough space: %1 to save, %2 free. Free some space, or delete old "
            "versions.")
            .arg(inWords(*size), inWords(*free));
    }
    return {};
}

Result<> VolumeSnapshots::programRuns(const ports::EngineInfo &info) const
{
    if (!m_program.content.isEmpty() && info.os == QLatin1String("linux") &&
        info.architecture == m_program.architecture) {
        return {};
    }
    return fail(ErrorCode::Unsupported,
        QStringLiteral(
            "Volumes on %1 %2 can't be put back by this program, which is made for %3. Nothing was "
            "deleted.")
            .arg(info.os, info.architecture,
                m_program.content.isEmpty() ? QStringLiteral("none") : m_program.architecture));
}

Result<std::vector<SnapshotRecord>> VolumeSnapshots::take(const Json &inspect,
    const ports::UpdateRecord &update, ports::ContainerEngine &engine,
    const std::function<void(const Progress &)> &progress, const CallContext &context)
{
    DOCKERAUTO_TRY(removeHelpers(update.id, engine, context));
    // Of an earlier try, which was interrupted.
    DOCKERAUTO_TRY(remove(update.id, context));
    DOCKERAUTO_TRY_ASSIGN(backup, plan(inspect, update.container, engine, context));
    if (backup.volumes.empty()) {
        return std::vector<SnapshotRecord>();
    }
    if (!backup.reason.isEmpty()) {
        return fail(ErrorCode::Unavailable, backup.reason);
    }
    auto taken = takeAll(inspect, update, backup, engine, progress, context);
    if (!taken) {
        // Cancelled work may have no time left for it.
        const CallContext afterwards{core::Deadline::in(60s), {}};
        if (auto gone = remove(update.id, afterwards); !gone) {
            qCWarning(core::logUpdate).noquote()
                << "What was saved is not needed and stays:" << gone.error().text();
        }
    }
    return taken;
}

Result<std::vector<SnapshotRecord>> VolumeSnapshots::takeAll(const Json &inspect,
    const ports::UpdateRecord &update, const PlannedBackup &backup, ports::ContainerEngine &engine,
    const std::function<void(const Progress &)> &progress, const CallContext &context)
{
    std::vector<SnapshotRecord> records;
    std::vector<HelperMount> archived;
    DOCKERAUTO_TRY_ASSIGN(sources, sourcesOf(inspect, engine, context));
    int position = 0;
    for (const PlannedVolume &volume : backup.volumes) {
        SnapshotRecord record{.id = core::newUniqueId(),
            .update = update.id,
            .container = update.container,
            .host = update.host,
            .volume = volume.volume,
            .mountedAt = volume.mountedAt,
            .method = volume.method,
            .reference = archiveName(update.id, position++),
            .sizeBytes = volume.sizeBytes.value_or(0),
            .milliseconds = 0,
            .createdAt = m_clock.now()};
        if (record.method != SnapshotMethod::Archive && !takeByFileSystem(record, sources, context)) {
            DOCKERAUTO_TRY(context.check());
            record.method = SnapshotMethod::Archive;
        }
        if (record.method == SnapshotMethod::Archive) {
            archived.push_back({record.id, record.volume});
        } else {
            DOCKERAUTO_TRY(keep(record, context));
        }
        records.push_back(std::move(record));
    }
    if (archived.empty()) {
        return records;
    }
    DOCKERAUTO_TRY_ASSIGN(helper,
        VolumeHelper::create(inspect, update.id, archived, VolumeHelper::Purpose::Saving, engine, context));
    ByteCount count(progress, sumOf(backup.volumes, Summed::OnlyArchives));
    for (SnapshotRecord &record : records) {
        if (record.method != SnapshotMethod::Archive) {
            continue;
        }
        const auto begin = m_clock.steadyNow();
        record.sizeBytes = 0;
        auto written = m_archives.write(record.reference, [&](const ports::ByteSink &sink) {
            return helper->read(
                record.id,
                [&](QByteArrayView bytes) -> Result<> {
                    DOCKERAUTO_TRY(context.check());
                    record.sizeBytes += bytes.size();
                    count.add(bytes.size());
                    return sink(bytes);
                },
                context);
        });
        if (!written) {
            return fail(written.error().within(QStringLiteral("%1 can't be saved").arg(record.volume)));
        }
        record.milliseconds =
            std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.steadyNow() - begin).count();
        DOCKERAUTO_TRY(keep(record, context));
    }
    count.tell();
    return records;
}

Result<std::map<QString, QString>> VolumeSnapshots::sourcesOf(
    const Json &inspect, ports::ContainerEngine &engine, const CallContext &context) const
{
    DOCKERAUTO_TRY_ASSIGN(info, engine.info(context));
    DOCKERAUTO_TRY_ASSIGN(mounts, mountsToSave(inspect, info, engine, context));
    std::map<QString, QString> sources;
    for (const SavedMount &mount : mounts) {
        sources[mount.volume] = mount.source;
    }
    return sources;
}

bool VolumeSnapshots::takeByFileSystem(
    SnapshotRecord &record, const std::map<QString, QString> &sources, const CallContext &context)
{
    const auto begin = m_clock.steadyNow();
    auto reference = m_fileSystems.take(record.method, sources.at(record.volume), record.reference, context);
    if (!reference) {
        qCWarning(core::logUpdate).noquote()
            << record.volume
            << "is saved as an archive, since its file system took no snapshot:" << reference.error().text();
        return false;
    }
    record.reference = *reference;
    record.milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.steadyNow() - begin).count();
    return true;
}

Result<> VolumeSnapshots::keep(const SnapshotRecord &record, const CallContext &context)
{
    return m_storage.write([&](ports::UnitOfWork &work) { return work.snapshots().save(record); }, context);
}

Result<std::vector<SnapshotRecord>> VolumeSnapshots::recordsOf(
    const core::UpdateId &update, const CallContext &context)
{
    std::vector<SnapshotRecord> records;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(rows, work.snapshots().ofUpdate(update));
            records = std::move(rows);
            return {};
        },
        context));
    return records;
}

Result<> VolumeSnapshots::restore(const Json &inspect, const core::UpdateId &update,
    ports::ContainerEngine &engine, const std::function<void(const Progress &)> &progress,
    const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(records, recordsOf(update, context));
    if (records.empty()) {
        return {};
    }
    DOCKERAUTO_TRY(removeHelpers(update, engine, context));
    std::vector<SnapshotRecord> archived;
    std::ranges::copy_if(records, std::back_inserter(archived),
        [](const SnapshotRecord &record) { return record.method == SnapshotMethod::Archive; });
    DOCKERAUTO_TRY(checkBeforeDeleting(records, archived, engine, context));
    // An archive of an outer folder holds what a snapshot of an inner one has, so archives come last.
    for (const SnapshotRecord &record : records) {
        if (record.method != SnapshotMethod::Archive) {
            DOCKERAUTO_TRY_ASSIGN(source, placeOf(record, engine, context));
            DOCKERAUTO_TRY(m_fileSystems.restore(record.method, source, record.reference, context));
        }
    }
    return archived.empty() ? Result<>() : unpack(inspect, archived, engine, progress, context);
}

Result<> VolumeSnapshots::checkBeforeDeleting(const std::vector<SnapshotRecord> &records,
    const std::vector<SnapshotRecord> &archived, ports::ContainerEngine &engine, const CallContext &context)
{
    if (!archived.empty()) {
        DOCKERAUTO_TRY_ASSIGN(info, engine.info(context));
        DOCKERAUTO_TRY(programRuns(info));
    }
    DOCKERAUTO_TRY_ASSIGN(users, runningUsers({}, engine, context));
    for (const SnapshotRecord &record : records) {
        if (const QString user = userOf(record.volume, users); !user.isEmpty()) {
            return fail(ErrorCode::Conflict,
                QStringLiteral("%1 can't be put back while %2 runs, which uses it. Stop %2 and try again.")
                    .arg(record.volume, user));
        }
    }
    for (const SnapshotRecord &record : archived) {
        auto whole = m_archives.read(record.reference, [&](const ports::ByteSource &source) -> Result<> {
            for (;;) {
                DOCKERAUTO_TRY(context.check());
                DOCKERAUTO_TRY_ASSIGN(part, source());
                if (part.isEmpty()) {
                    return {};
                }
            }
        });
        if (!whole) {
            return fail(whole.error().within(
                QStringLiteral("%1 can't be put back, and was left as it is").arg(record.volume)));
        }
    }
    return {};
}

Result<> VolumeSnapshots::unpack(const Json &inspect, const std::vector<SnapshotRecord> &archived,
    ports::ContainerEngine &engine, const std::function<void(const Progress &)> &progress,
    const CallContext &context)
{
    std::vector<HelperMount> mounts;
    qint64 total = 0;
    for (const SnapshotRecord &record : archived) {
        mounts.push_back({record.id, record.volume});
        total += record.sizeBytes;
    }
    DOCKERAUTO_TRY_ASSIGN(helper, VolumeHelper::create(inspect, archived.front().update, mounts,
                                      VolumeHelper::Purpose::Restoring, engine, context));
    DOCKERAUTO_TRY(helper->empty(m_program, m_clock, context));
    ByteCount count(progress, total);
    for (const SnapshotRecord &record : archived) {
        auto unpacked = m_archives.read(record.reference, [&](const ports::ByteSource &source) {
            return helper->write(
                [&]() -> Result<QByteArray> {
                    DOCKERAUTO_TRY_ASSIGN(part, source());
                    count.add(part.size());
                    return part;
                },
                context);
        });
        if (!unpacked) {
            return fail(unpacked.error().within(
                QStringLiteral("%1 could not be put back whole; its saved content is kept, try again")
                    .arg(record.volume)));
        }
    }
    count.tell();
    return {};
}

Result<QString> VolumeSnapshots::placeOf(
    const SnapshotRecord &record, ports::ContainerEngine &engine, const CallContext &context) const
{
    if (isBoundFolder(record.volume)) {
        return record.volume;
    }
    DOCKERAUTO_TRY_ASSIGN(volume, engine.inspectVolume(record.volume, context));
    return textOf(volume, "Mountpoint");
}

Result<> VolumeSnapshots::remove(const core::UpdateId &update, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(records, recordsOf(update, context));
    Result<> outcome;
    for (const SnapshotRecord &record : records) {
        auto gone = record.method == SnapshotMethod::Archive
                        ? m_archives.remove(record.reference)
                        : m_fileSystems.remove(record.method, record.reference, context);
        if (gone) {
            gone = m_storage.write(
                [&](ports::UnitOfWork &work) { return work.snapshots().remove(record.id); }, context);
        }
        if (!gone && outcome) {
            outcome = fail(gone.error());
        }
    }
    DOCKERAUTO_TRY(outcome);
    // An interruption between an archive and its record leaves one that only its name tells.
    for (int position = 0; position < strayNames; ++position) {
        DOCKERAUTO_TRY(m_archives.remove(archiveName(update, position)));
    }
    return {};
}

Result<> VolumeSnapshots::removeHelpers(
    const core::UpdateId &update, ports::ContainerEngine &engine, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(all, engine.listContainers(context));
    for (const ports::ContainerSummary &container : all) {
        const auto labelOf = [&](const char *name) {
            const auto found = container.labels.find(QString::fromLatin1(name));
            return found == container.labels.end() ? QString() : found->second;
        };
        if (labelOf(labels::operation) != update.text() ||
            labelOf(labels::helper) != QLatin1String("backup")) {
            continue;
        }
        auto gone = engine.removeContainer(
            container.id.text(), ports::ContainerEngine::Removal::Force, context.within(30s));
        if (!gone && gone.error().code != ErrorCode::NotFound) {
            return gone;
        }
    }
    return {};
}

} // namespace dockerauto::application
