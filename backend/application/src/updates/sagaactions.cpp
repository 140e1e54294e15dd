// What an update does to containers, from the moment from which it has to be able to go back.

#include "names.h"
#include "updatesaga.h"
#include "updatetimes.h"

#include <domain/containerlinks.h>
#include <domain/recreate.h>

#include <algorithm>
#include <ranges>
#include <utility>

namespace dockerauto::application {

using core::ErrorCode;
using core::fail;
using core::Json;
using core::memberOf;
using core::Result;
using core::textOf;
using namespace std::chrono_literals;

Result<> UpdateSaga::setAside()
{
    for (const SagaMember &member : m_state.members) {
        auto renamed = act(steps::rename,
            [&] { return m_engine->renameContainer(member.oldId, member.aside, callContext(30s)); });
        if (!renamed) {
            // Whoever removed it before it was touched may have meant it.
            m_untouched = &member == &m_state.root() && renamed.error().code == ErrorCode::NotFound;
            return renamed;
        }
    }
    return {};
}

/// What the new container is made from, tied to the new ones of those that it is tied to.
Result<Json> UpdateSaga::bodyFor(std::size_t index, std::vector<domain::NetworkConnection> &connections)
{
    const SagaMember &member = m_state.members[index];
    Json body = member.again.create;
    connections = member.again.connect;
    if (index == 0 && isRollback()) {
        body = memberOf(m_restorePoint, "create");
        connections = connectionsFrom(memberOf(m_restorePoint, "connect"));
        tieLike(body, member.again.create);
        body["Image"] = m_state.imageText;
    } else if (index == 0) {
        DOCKERAUTO_TRY_ASSIGN(spec, domain::recreateSpec(member.before, m_oldImage, m_newImage,
                                        m_state.imageText, m_apiMinor, m_defaultRuntime));
        for (const QString &note : spec.notes) {
            log(steps::create, note);
        }
        body = std::move(spec.create);
        connections = std::move(spec.connect);
    } else if (const auto present = m_engine->inspectImage(textOf(body, "Image"), callContext(15s));
               !present || textOf(*present, "Id") != member.oldImageId) {
        body["Image"] = member.oldImageId;
    }
    for (std::size_t i = 0; i < index; ++i) {
        const SagaMember &earlier = m_state.members[i];
        domain::retie(body, earlier.oldId, earlier.name, earlier.aside, earlier.newId);
    }
    Json &labelMap = body["Labels"];
    if (!labelMap.is_object()) {
        labelMap = Json::object();
    }
    labelMap[labels::operation] = m_entry.update.id.text();
    labelMap[labels::epoch] = std::to_string(m_epoch);
    labelMap.erase(labels::rebuilt);
    return body;
}

Result<> UpdateSaga::make(const QString &name, const Json &body,
    const std::vector<domain::NetworkConnection> &connections, QString &id)
{
    DOCKERAUTO_TRY_ASSIGN(made, m_engine->createContainer(name, body, callContext(60s)));
    id = made.text();
    for (const domain::NetworkConnection &connection : connections) {
        DOCKERAUTO_TRY(
            m_engine->connectNetwork(connection.network, id, connection.endpoint, callContext(30s)));
    }
    return {};
}

/// The tag means the newer image by now, and the container has to name what it named before the update.
Result<> UpdateSaga::retag()
{
    const auto present = m_engine->inspectImage(m_state.imageText, callContext(15s));
    if (present && textOf(*present, "Id") == m_state.newImageId) {
        return {};
    }
    DOCKERAUTO_TRY_ASSIGN(reference, domain::ImageReference::parse(m_state.imageText));
    if (reference.digest) {
        return fail(
            ErrorCode::Conflict, QStringLiteral("%1 is not on the host any more").arg(m_state.imageText));
    }
    log(steps::create,
        QStringLiteral("%1 means the image from before the update again").arg(m_state.imageText));
    return m_engine->tagImage(m_state.newImageId, reference, callContext(30s));
}

Result<> UpdateSaga::create()
{
    if (isRollback()) {
        DOCKERAUTO_TRY(retag());
    }
    for (std::size_t index = 0; index < m_state.members.size(); ++index) {
        SagaMember &member = m_state.members[index];
        std::vector<domain::NetworkConnection> connections;
        DOCKERAUTO_TRY_ASSIGN(body, bodyFor(index, connections));
        DOCKERAUTO_TRY(act(steps::create, [&]() -> Result<> {
            DOCKERAUTO_TRY(make(member.name, body, connections, member.newId));
            return carryFiles(member);
        }));
    }
    return {};
}

/// Compose has put them into the container itself, so neither the image nor the payload knows of them.
Result<> UpdateSaga::carryFiles(const SagaMember &member)
{
    constexpr qsizetype most = 4 * 1024 * 1024;
    for (const QString &path : member.carriedFiles) {
        QByteArray archive;
        DOCKERAUTO_TRY(m_engine->readArchive(
            member.oldId, path,
            [&](QByteArrayView part) -> Result<> {
                archive.append(part);
                return archive.size() <= most
                           ? Result<>()
                           : fail(ErrorCode::Unsupported,
                                 QStringLiteral("%1 is too large to be carried over").arg(path));
            },
            callContext(60s)));
        bool given = false;
        DOCKERAUTO_TRY(m_engine->writeArchive(
            member.newId, path.left(std::max<qsizetype>(path.lastIndexOf(u'/'), 1)),
            [&]() -> Result<QByteArray> { return std::exchange(given, true) ? QByteArray() : archive; },
            callContext(60s)));
        log(steps::create, QStringLiteral("%1 carried over").arg(path));
    }
    return {};
}

Result<> UpdateSaga::stopOld()
{
    // Begun already, unless a crash lies between.
    beginBaseline();
    if (const auto probe = std::exchange(m_baseline, nullptr)) {
        m_state.baseline = probe->take(m_shutdown).toJson();
    }
    if (m_state.handsOver && !m_state.handedOver) {
        return handOver();
    }
    // Those that live in another one end before it does.
    for (const SagaMember &member : std::views::reverse(m_state.members)) {
        if (member.wasRunning) {
            DOCKERAUTO_TRY(act(steps::stop, [&] { return stopOne(member); }));
        }
    }
    return {};
}

Result<> UpdateSaga::stopOne(const SagaMember &member)
{
    DOCKERAUTO_TRY_ASSIGN(there, inspectIfThere(member.oldId));
    if (!there) {
        // It has ended by itself, or somebody has removed it: then the gate judges the new one.
        return {};
    }
    if (member.wasPaused) {
        // A frozen process can't end in peace.
        if (auto thawed = m_engine->unpauseContainer(member.oldId, callContext(30s));
            !thawed && leavesOpen(thawed.error())) {
            return thawed;
        }
    }
    const QString policy = textOf(member.restartPolicy, "Name");
    if (!member.autoRemove && !policy.isEmpty() && policy != u"no") {
        // Else the engine would start both when it is restarted now.
        DOCKERAUTO_TRY(m_engine->setRestartPolicy(member.oldId, Json{{"Name", "no"}}, callContext(30s)));
    }
    auto stopped =
        m_engine->stopContainer(member.oldId, std::nullopt, callContext(graceTime(member.before) + 30s));
    if (!stopped && stopped.error().code == ErrorCode::NotFound && member.autoRemove) {
        return {};
    }
    if (!stopped || !member.autoRemove) {
        return stopped;
    }
    // Its removal goes on after the stop has been answered, and holds on to its address meanwhile.
    for (int tries = 0; tries < 100; ++tries) {
        DOCKERAUTO_TRY_ASSIGN(still, inspectIfThere(member.oldId));
        if (!still) {
            return {};
        }
        if (!m_with.clock.sleep(50ms, m_shutdown)) {
            return fail(ErrorCode::Cancelled, QStringLiteral("The program ends"));
        }
    }
    return {};
}

Result<> UpdateSaga::handOver()
{
    m_state.handedOver = true;
    m_helperAsked = true;
    const SagaMember &root = m_state.root();
    return act(steps::stop, [&] {
        return m_with.self.handOver({.update = m_entry.update.id,
                                        .oldId = root.oldId,
                                        .newId = root.newId,
                                        .restartPolicy = root.restartPolicy,
                                        .stableFor = m_with.settings.stableFor,
                                        .healthSlack = m_with.settings.healthSlack},
            root.before, *m_engine, callContext(60s));
    });
}

Result<> UpdateSaga::backUp()
{
    const auto report = [this](const contracts::Progress &progress) {
        m_with.ledger.progress(m_entry, steps::backup, progress);
    };
    DOCKERAUTO_TRY_ASSIGN(saved,
        m_with.snapshots.take(m_state.root().before, m_entry.update, *m_engine, report, waitContext(6h)));
    for (const ports::SnapshotRecord &snapshot : saved) {
        log(steps::backup, QStringLiteral("%1 saved, %2 MB")
                               .arg(snapshot.volume)
                               .arg(static_cast<double>(snapshot.sizeBytes) / 1e6, 0, 'f', 1));
    }
    m_state.backedUp = true;
    return {};
}

Result<> UpdateSaga::restoreVolumes()
{
    const auto report = [this](const contracts::Progress &progress) {
        m_with.ledger.progress(m_entry, steps::restore, progress);
    };
    m_state.newStarted = true;
    return act(steps::restore, [&] {
        return m_with.snapshots.restore(
            m_state.root().before, m_entry.update.rollbackOf, *m_engine, report, waitContext(6h));
    });
}

Result<> UpdateSaga::startNew()
{
    m_state.newStarted = true;
    // Those tied to it are started by the health step: they need it to run.
    const SagaMember &root = m_state.root();
    if (!root.wasRunning) {
        return {};
    }
    return act(steps::start, [&] { return m_engine->startContainer(root.newId, callContext(60s)); });
}

} // namespace dockerauto::application
