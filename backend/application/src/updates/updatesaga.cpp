#include "updatesaga.h"

#include "../policies/rulesmapping.h"
#include "names.h"

#include <core/failpoint.h>
#include <core/logging.h>
#include <domain/updaterules.h>

#include <algorithm>
#include <array>

namespace dockerauto::application {

using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::memberOf;
using core::Result;
using core::StepStatus;
using core::textOf;
using core::UpdateStatus;
using ports::JournalRecord;
using namespace std::chrono_literals;

namespace {

QString shortDigest(const QString &digest)
{
    return digest.mid(digest.indexOf(u':') + 1, 12);
}

QByteArray pointOf(const QString &step, const char *moment)
{
    return step.toLatin1() + moment;
}

} // namespace

UpdateSaga::UpdateSaga(const Collaborators &collaborators, LedgerEntry entry, EnginePointer engine,
    std::stop_token shutdown, std::stop_token cancel, std::function<bool()> cancelled)
    : m_with(collaborators)
    , m_entry(std::move(entry))
    , m_engine(std::move(engine))
    , m_shutdown(std::move(shutdown))
    , m_cancel(std::move(cancel))
    , m_cancelled(std::move(cancelled))
    , m_care(careFromJson(m_entry.update.care))
{
    const auto connection = m_with.hosts.connection(m_entry.update.host);
    m_connection = connection ? connection->number : 0;
}

CallContext UpdateSaga::callContext(std::chrono::milliseconds duration) const
{
    return {core::Deadline::in(duration), m_shutdown};
}

CallContext UpdateSaga::waitContext(std::chrono::milliseconds duration) const
{
    return {core::Deadline::in(duration), m_cancel};
}

CallContext UpdateSaga::storeContext() const
{
    // What has happened is written down also while the program ends.
    return {core::Deadline::in(10s), {}};
}

bool UpdateSaga::leavesOpen(const core::Error &error)
{
    return error.code == ErrorCode::Unavailable || error.code == ErrorCode::Timeout ||
           error.code == ErrorCode::Cancelled;
}

/// An engine that is started again ends its containers and starts them anew: what is seen of one meanwhile
/// is no fault of its image.
bool UpdateSaga::engineWasAway() const
{
    const auto connection = m_with.hosts.connection(m_entry.update.host);
    return !connection || connection->number != m_connection;
}

Result<> UpdateSaga::sameEngine() const
{
    return engineWasAway() ? fail(ErrorCode::Unavailable,
                                 QStringLiteral("The Docker Engine was restarted during the update"))
                           : Result<>();
}

/// A container that the engine has not started again yet was not stopped by anybody, and must not be taken
/// for one that is to stay stopped.
Result<> UpdateSaga::awaitSettledEngine(const QString &engineContainerId)
{
    while (true) {
        const auto connection = m_with.hosts.connection(m_entry.update.host);
        if (!connection || !connection->isSettling(m_with.clock.now())) {
            return {};
        }
        DOCKERAUTO_TRY_ASSIGN(inspect, m_engine->inspectContainer(engineContainerId, callContext(15s)));
        const QString policy = textOf(memberOf(memberOf(inspect, "HostConfig"), "RestartPolicy"), "Name");
        const bool comesBack = policy == u"always" || policy == u"unless-stopped";
        if (!comesBack || memberOf(memberOf(inspect, "State"), "Running") == true) {
            return {};
        }
        if (!m_with.clock.sleep(1s, m_cancel)) {
            return fail(ErrorCode::Cancelled, QStringLiteral("The update was cancelled"));
        }
    }
}

Result<> UpdateSaga::act(const QString &step, const std::function<Result<>()> &call)
{
    const auto extent = m_groundWritten ? SagaState::Extent::Changing : SagaState::Extent::Whole;
    DOCKERAUTO_TRY(m_with.ledger.intend(m_entry, step, m_state.toJson(extent), storeContext()));
    m_groundWritten = true;
    core::failpoint(pointOf(step, ".intended"));
    auto done = call();
    core::failpoint(pointOf(step, ".called"));
    m_with.ledger.result(m_entry, step, done ? JournalRecord::Kind::Done : JournalRecord::Kind::Failed,
        done ? m_state.toJson(SagaState::Extent::Changing) : Json{{"error", done.error().text()}});
    return done;
}

Result<std::optional<Json>> UpdateSaga::inspectIfThere(const QString &idOrName)
{
    if (idOrName.isEmpty()) {
        return std::nullopt;
    }
    auto inspect = m_engine->inspectContainer(idOrName, callContext(15s));
    if (!inspect && inspect.error().code == ErrorCode::NotFound) {
        return std::nullopt;
    }
    if (!inspect) {
        return fail(std::move(inspect.error()));
    }
    return std::optional(std::move(*inspect));
}

Result<> UpdateSaga::removeContainer(const QString &id, ports::ContainerEngine::Removal removal)
{
    constexpr int tries = 4;
    for (int attempt = 1;; ++attempt) {
        auto removed = m_engine->removeContainer(id, removal, callContext(60s));
        if (removed || removed.error().code == ErrorCode::NotFound) {
            return {};
        }
        if (attempt == tries || leavesOpen(removed.error()) || !m_with.clock.sleep(1s, m_shutdown)) {
            return removed;
        }
    }
}

UpdateSaga::End UpdateSaga::run()
{
    if (auto begun = m_with.ledger.setStatus(m_entry, UpdateStatus::Running, {}, storeContext()); !begun) {
        return End::Interrupted;
    }
    static constexpr auto stations = std::to_array<Station>({{&steps::preflight, &UpdateSaga::preflight},
        {&steps::pull, &UpdateSaga::pull}, {&steps::hookBefore, &UpdateSaga::hookBefore},
        {&steps::rename, &UpdateSaga::setAside}, {&steps::create, &UpdateSaga::create},
        {&steps::stop, &UpdateSaga::stopOld}, {&steps::backup, &UpdateSaga::backUp},
        {&steps::restore, &UpdateSaga::restoreVolumes}, {&steps::start, &UpdateSaga::startNew},
        {&steps::health, &UpdateSaga::awaitHealth}, {&steps::hookAfter, &UpdateSaga::hookAfter},
        {&steps::verify, &UpdateSaga::verify}, {&steps::commit, &UpdateSaga::commit}});
    return forward(stations);
}

bool UpdateSaga::applies(const QString &step) const
{
    const Json &care = m_entry.update.care;
    if (step == steps::hookBefore) {
        const SagaMember &root = m_state.root();
        return !isRollback() && root.wasRunning && !root.wasPaused && !m_care.hookBefore.empty();
    }
    if (step == steps::hookAfter) {
        return !isRollback() && m_state.root().wasRunning && !m_care.hookAfter.empty();
    }
    if (step == steps::backup) {
        return memberOf(care, "saveVolumes") == true && !m_state.backedUp && !m_state.handsOver;
    }
    if (step == steps::restore) {
        return memberOf(care, "restoreVolumes") == true;
    }
    if (step == steps::stop || step == steps::start || step == steps::health) {
        return m_state.anyRan();
    }
    return true;
}

UpdateSaga::End UpdateSaga::forward(std::span<const Station> stations)
{
    // Steps that begin with a line of the journal of their own are written down with it.
    static const std::array lazy{steps::rename, steps::create, steps::stop, steps::start, steps::commit};
    for (const auto &[name, step] : stations) {
        if (!applies(*name)) {
            continue;
        }
        if (m_cancel.stop_requested()) {
            return failed({ErrorCode::Cancelled, QStringLiteral("The update was cancelled"), {}, {}}, *name);
        }
        m_with.ledger.beginStep(m_entry, *name);
        if (std::ranges::find(lazy, *name) == lazy.end()) {
            if (auto written = m_with.ledger.flush(m_entry, storeContext()); !written) {
                return failed(written.error(), *name);
            }
        }
        core::failpoint(pointOf(*name, ".begun"));
        if (auto done = (this->*step)(); !done) {
            return failed(done.error(), *name);
        }
        if (core::isFinal(m_entry.update.status)) {
            return End::Settled;
        }
        if (m_helperAsked) {
            // Either this program ends now, or it looks again when the helper is done.
            (void)m_with.ledger.flush(m_entry, storeContext());
            return End::Interrupted;
        }
        m_with.ledger.endStep(m_entry, *name, StepStatus::Succeeded);
    }
    return cleanUp();
}

Result<> UpdateSaga::preflight()
{
    if (isRollback()) {
        DOCKERAUTO_TRY(readRestorePoint());
    }
    while (true) {
        DOCKERAUTO_TRY(layGround());
        std::vector<QString> names;
        for (const SagaMember &member : m_state.members) {
            names.push_back(m_entry.update.host.text() % u'/' % member.name);
        }
        if (auto hold = m_with.locks.tryHold(names)) {
            m_hold = std::move(*hold);
            beginBaseline();
            return checkSelf();
        }
        log(steps::preflight,
            QStringLiteral("waits for another update that touches one of the same containers"));
        DOCKERAUTO_TRY(m_with.ledger.flush(m_entry, storeContext()));
        if (!m_with.clock.sleep(1s, m_cancel)) {
            return fail(ErrorCode::Cancelled, QStringLiteral("The update was cancelled"));
        }
    }
}

bool UpdateSaga::isToBeWatched() const
{
    const SagaMember &root = m_state.root();
    return !isRollback() && root.wasRunning && !root.wasPaused && m_care.watch > 0s;
}

void UpdateSaga::beginBaseline()
{
    if (!isToBeWatched() || m_baseline || !m_state.baseline.is_null()) {
        return;
    }
    const QString &id = m_state.root().oldId;
    if (const auto known = m_with.memory.usage(id); !known.empty()) {
        m_state.baseline = domain::baselineOf(known).toJson();
    } else {
        m_baseline = std::make_unique<BaselineProbe>(*m_engine, id);
    }
}

Result<> UpdateSaga::layGround()
{
    ports::ContainerRecord record;
    DOCKERAUTO_TRY(m_with.storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, work.containers().find(m_entry.update.container));
            record = std::move(found);
            return {};
        },
        storeContext()));
    DOCKERAUTO_TRY(awaitSettledEngine(record.engineId.text()));
    const auto known = m_with.hosts.info(m_entry.update.host);
    DOCKERAUTO_TRY_ASSIGN(ground, layGroundwork(*m_engine, m_with.images, m_with.memory, m_with.storage,
                                      {.engineContainerId = record.engineId.text(),
                                          .imageText = textOf(m_restorePoint, "imageText"),
                                          .candidateTag = m_entry.update.to.tag,
                                          .candidateDigest = m_entry.update.to.digest,
                                          .strategy = m_entry.update.strategy,
                                          .engine = known ? std::optional(*known) : std::nullopt},
                                      callContext(60s)));
    const QString &approved = m_entry.update.planHash;
    if (!approved.isEmpty() && approved != ground.hash) {
        return fail(ErrorCode::Conflict,
            QStringLiteral("The container or what is tied to it has changed since the plan was approved. "
                           "Look at the plan again."));
    }
    return adopt(std::move(ground));
}

Result<> UpdateSaga::adopt(Groundwork ground)
{
    m_apiMinor = ground.engine.apiVersion.minor;
    m_defaultRuntime = ground.engine.defaultRuntime;
    m_info = ground.engine;
    m_groundWritten = false;
    m_state.members.clear();
    for (GroundworkMember &laid : ground.members) {
        SagaMember member;
        const Json &inspect = laid.inspect;
        member.oldId = textOf(inspect, "Id");
        member.oldImageId = textOf(inspect, "Image");
        member.name = textOf(inspect, "Name").mid(1);
        member.aside = asideName(member.name, m_entry.update.id);
        const Json &state = memberOf(inspect, "State");
        member.wasRunning = memberOf(state, "Running") == true;
        member.wasPaused = memberOf(state, "Paused") == true;
        const Json &host = memberOf(inspect, "HostConfig");
        member.autoRemove = memberOf(host, "AutoRemove") == true;
        member.restartPolicy = memberOf(host, "RestartPolicy");
        DOCKERAUTO_TRY_ASSIGN(
            again, domain::recreateSpec(inspect, laid.oldImage, laid.oldImage,
                       textOf(memberOf(inspect, "Config"), "Image"), m_apiMinor, m_defaultRuntime));
        member.again = std::move(again);
        member.carriedFiles = std::move(laid.carriedFiles);
        if (m_state.members.empty()) {
            m_oldImage = std::move(laid.oldImage);
        }
        member.before = std::move(laid.inspect);
        m_state.members.push_back(std::move(member));
    }
    m_state.imageText = textOf(ground.members.front().spec.create, "Image");
    for (std::size_t i = 1; i < m_state.members.size(); ++i) {
        log(steps::preflight,
            QStringLiteral("“%1” is made again with it, since it lives in its network, processes or volumes")
                .arg(m_state.members[i].name));
    }
    return {};
}

/// Whether this program would cut off the branch it sits on, and can hand over.
Result<> UpdateSaga::checkSelf()
{
    std::vector<const Json *> inspects;
    for (const SagaMember &member : m_state.members) {
        inspects.push_back(&member.before);
    }
    DOCKERAUTO_TRY_ASSIGN(handsOver, m_with.self.mustHandOver(inspects, *m_engine, m_info, callContext(15s)));
    m_state.handsOver = handsOver;
    if (!m_state.handsOver) {
        return {};
    }
    if (memberOf(m_entry.update.care, "restoreVolumes") == true) {
        return fail(ErrorCode::Unsupported,
            QStringLiteral("This program can't put back its own volumes. Roll back without them."));
    }
    if (memberOf(m_entry.update.care, "saveVolumes") == true) {
        log(steps::preflight,
            QStringLiteral("the volumes are not saved: this program can't stop itself and go on"));
    }
    return m_with.self.check(m_state.root().before, *m_engine, callContext(30s));
}

Result<> UpdateSaga::readRestorePoint()
{
    DOCKERAUTO_TRY(m_with.storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(undone, work.updates().find(m_entry.update.rollbackOf));
            m_restorePoint = std::move(undone.restorePoint);
            return {};
        },
        storeContext()));
    return m_restorePoint.is_object()
               ? Result<>()
               : fail(ErrorCode::Conflict,
                     QStringLiteral("What is needed to go back is not kept any more; it was too long ago"));
}

/// The engine does not know the credentials of this program, nor those of Docker's own client.
Result<ports::RegistryAuth> UpdateSaga::pullAuth(const domain::ImageReference &image)
{
    const QString registry = image.domain.value_or(QStringLiteral("docker.io"));
    DOCKERAUTO_TRY_ASSIGN(found, m_with.credentials.find(registry, callContext(30s)));
    ports::RegistryAuth auth;
    if (found) {
        // Docker Hub goes by an address of old among engines and clients.
        auth = {.username = found->username,
            .password = found->password,
            .identityToken = found->identityToken,
            .registryToken = found->registryToken,
            .serverAddress = registry == QStringLiteral("docker.io")
                                 ? QStringLiteral("https://index.docker.io/v1/")
                                 : registry};
    }
    return auth;
}

Result<> UpdateSaga::pull()
{
    if (isRollback()) {
        return findKeptImage();
    }
    DOCKERAUTO_TRY_ASSIGN(target, domain::ImageReference::parse(m_state.imageText));
    DOCKERAUTO_TRY(pullImage(target));
    m_with.images.forget(m_state.root().oldImageId);
    DOCKERAUTO_TRY_ASSIGN(image, m_engine->inspectImage(target.familiar(), callContext(15s)));
    m_state.newImageId = textOf(image, "Id");
    const QString wanted = m_entry.update.to.digest;
    const auto digests = repoDigestsOf(image);
    const bool asApproved = wanted.isEmpty() || std::ranges::any_of(digests, [&](const QString &digest) {
        return digest.endsWith(u'@' % wanted);
    });
    if (!asApproved) {
        return fail(ErrorCode::Conflict,
            QStringLiteral(
                "The tag has moved on since the check: %1 was expected. Check again and start the update "
                "anew.")
                .arg(shortDigest(wanted)));
    }
    m_newImage = std::move(image);
    if (m_state.newImageId == m_state.root().oldImageId) {
        settle(UpdateStatus::Skipped, QStringLiteral("The container runs this image already"));
    }
    return {};
}

Result<> UpdateSaga::pullImage(const domain::ImageReference &target)
{
    DOCKERAUTO_TRY_ASSIGN(auth, pullAuth(target));
    log(steps::pull, QStringLiteral("pulling %1").arg(target.familiar()));
    const auto report = [this](const ports::PullProgress &progress) {
        m_with.ledger.progress(m_entry, steps::pull,
            {.done = progress.bytesDone,
                .total = progress.bytesTotal > 0 ? std::optional(progress.bytesTotal) : std::nullopt,
                .unit = QStringLiteral("bytes")});
    };
    if (auto pulled = m_engine->pullImage(target, auth, report, waitContext(m_with.settings.pullTimeout));
        !pulled) {
        // What a registry says ("unknown blob") tells nobody what it is about.
        return fail(pulled.error().within(QStringLiteral("%1 could not be pulled").arg(target.familiar())));
    }
    return {};
}

/// The image of before the update is on the host, or the registry still has its digest.
Result<> UpdateSaga::findKeptImage()
{
    const QString id = textOf(m_restorePoint, "imageId");
    auto image = m_engine->inspectImage(id, callContext(15s));
    if (!image && image.error().code == ErrorCode::NotFound && !m_entry.update.to.digest.isEmpty()) {
        DOCKERAUTO_TRY_ASSIGN(reference, domain::ImageReference::parse(m_state.imageText));
        DOCKERAUTO_TRY(pullImage(reference.withDigest(m_entry.update.to.digest)));
        image = m_engine->inspectImage(id, callContext(15s));
    }
    if (!image) {
        return fail(image.error().within(
            QStringLiteral("The image from before the update is neither on the host nor in the registry")));
    }
    m_state.newImageId = id;
    m_newImage = std::move(*image);
    return {};
}

} // namespace dockerauto::application
