#include "updatesaga.h"

#include "names.h"

#include <contracts/codec.h>
#include <core/logging.h>
#include <domain/healthgate.h>
#include <domain/proof.h>

#include <algorithm>

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

bool hasLabel(const Json &inspect, const char *name)
{
    return memberOf(memberOf(inspect, "Config"), "Labels").is_object() &&
           memberOf(memberOf(inspect, "Config"), "Labels").contains(name);
}

/// Whether the container lives in a namespace, or with volumes, of the one with this id.
bool dependsOn(const Json &inspect, const QString &id, const QString &name)
{
    const Json &host = memberOf(inspect, "HostConfig");
    for (const char *mode : {"NetworkMode", "IpcMode", "PidMode"}) {
        const QString text = textOf(host, mode);
        if (text == QStringLiteral("container:") % id || text == QStringLiteral("container:") % name) {
            return true;
        }
    }
    const Json &from = memberOf(host, "VolumesFrom");
    return from.is_array() && std::ranges::any_of(from, [&](const Json &entry) {
        const QString source = entry.is_string() ? entry.get<QString>().section(u':', 0, 0) : QString();
        return source == id || source == name;
    });
}

std::chrono::seconds graceTime(const Json &inspect)
{
    const Json &timeout = memberOf(memberOf(inspect, "Config"), "StopTimeout");
    return std::chrono::seconds(timeout.is_number_integer() ? std::clamp(timeout.get<int>(), 0, 3600) : 10);
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
{
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

Result<> UpdateSaga::act(const QString &step, const std::function<Result<>()> &call)
{
    const auto context = storeContext();
    DOCKERAUTO_TRY(
        m_with.ledger.appendJournal(m_entry, step, JournalRecord::Kind::Intent, m_state.toJson(), context));
    auto done = call();
    const Json result = done ? m_state.toJson() : Json{{"error", done.error().text()}};
    DOCKERAUTO_TRY(m_with.ledger.appendJournal(
        m_entry, step, done ? JournalRecord::Kind::Done : JournalRecord::Kind::Failed, result, context));
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

UpdateSaga::End UpdateSaga::run()
{
    if (auto begun = m_with.ledger.setStatus(m_entry, UpdateStatus::Running, {}, storeContext()); !begun) {
        return End::Interrupted;
    }
    return forward({{&steps::preflight, &UpdateSaga::preflight}, {&steps::pull, &UpdateSaga::pull},
        {&steps::rename, &UpdateSaga::setAside}, {&steps::create, &UpdateSaga::create},
        {&steps::stop, &UpdateSaga::stopOld}, {&steps::start, &UpdateSaga::startNew},
        {&steps::health, &UpdateSaga::awaitHealth}, {&steps::verify, &UpdateSaga::verify},
        {&steps::commit, &UpdateSaga::commit}});
}

UpdateSaga::End UpdateSaga::forward(std::initializer_list<std::pair<const QString *, Step>> sequence)
{
    for (const auto &[name, step] : sequence) {
        const bool needsRun = *name == steps::stop || *name == steps::start || *name == steps::health;
        if (needsRun && !m_state.wasRunning) {
            continue;
        }
        if (m_cancel.stop_requested()) {
            return failed({ErrorCode::Cancelled, QStringLiteral("The update was cancelled"), {}, {}}, *name);
        }
        if (auto begun = m_with.ledger.beginStep(m_entry, *name, {}, storeContext()); !begun) {
            return failed(begun.error(), *name);
        }
        if (auto done = (this->*step)(); !done) {
            return failed(done.error(), *name);
        }
        if (auto ended = m_with.ledger.endStep(m_entry, *name, StepStatus::Succeeded, {}, storeContext());
            !ended) {
            return failed(ended.error(), *name);
        }
        if (core::isFinal(m_entry.update.status)) {
            return End::Settled;
        }
    }
    return cleanUp();
}

Result<> UpdateSaga::refuseWhatCannotBeKept(const Json &inspect)
{
    const auto refuse = [](const QString &why) { return fail(ErrorCode::Unsupported, why); };
    if (memberOf(memberOf(inspect, "HostConfig"), "AutoRemove") == true) {
        return refuse(QStringLiteral("The container was started with --rm, so it and its anonymous volumes "
                                     "vanish when it stops. It can't be "
                                     "updated without risk. Start it without --rm."));
    }
    if (hasLabel(inspect, "com.docker.swarm.task.id") || hasLabel(inspect, "com.docker.swarm.task")) {
        return refuse(
            QStringLiteral("The container is a task of a swarm service. Update the service instead."));
    }
    if (hasLabel(inspect, "io.kubernetes.pod.name")) {
        return refuse(QStringLiteral("The container is managed by Kubernetes. Update it there."));
    }
    const QString state = textOf(memberOf(inspect, "State"), "Status");
    if (state == QStringLiteral("removing") || state == QStringLiteral("dead")) {
        return refuse(QStringLiteral("The container is being removed."));
    }
    return refuseDependants(textOf(inspect, "Id"));
}

Result<> UpdateSaga::refuseDependants(const QString &id)
{
    DOCKERAUTO_TRY_ASSIGN(all, m_engine->listContainers(callContext(30s)));
    for (const ports::ContainerSummary &other : all) {
        if (other.id.text() == id) {
            continue;
        }
        DOCKERAUTO_TRY_ASSIGN(inspect, inspectIfThere(other.id.text()));
        if (inspect && dependsOn(*inspect, id, m_state.name)) {
            return fail(ErrorCode::Unsupported,
                QStringLiteral(
                    "“%1” lives in the network, processes or volumes of this container and would lose them. "
                    "It can't be updated alone.")
                    .arg(other.name));
        }
    }
    return {};
}

Result<> UpdateSaga::preflight()
{
    DOCKERAUTO_TRY_ASSIGN(info, m_with.hosts.info(m_entry.update.host));
    m_apiMinor = info.apiVersion.minor;
    m_defaultRuntime = info.defaultRuntime;
    ports::ContainerRecord record;
    DOCKERAUTO_TRY(m_with.storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, work.containers().find(m_entry.update.container));
            record = std::move(found);
            return {};
        },
        storeContext()));
    DOCKERAUTO_TRY_ASSIGN(inspect, m_engine->inspectContainer(record.engineId.text(), callContext(15s)));
    m_state.oldId = textOf(inspect, "Id");
    m_state.oldImageId = textOf(inspect, "Image");
    m_state.name = textOf(inspect, "Name").mid(1);
    m_state.aside = asideName(m_state.name, m_entry.update.id);
    m_state.imageText = textOf(memberOf(inspect, "Config"), "Image");
    const Json &state = memberOf(inspect, "State");
    m_state.wasRunning = memberOf(state, "Running") == true;
    m_state.wasPaused = memberOf(state, "Paused") == true;
    m_state.restartPolicy = memberOf(memberOf(inspect, "HostConfig"), "RestartPolicy");
    m_state.before = inspect;
    DOCKERAUTO_TRY(refuseWhatCannotBeKept(inspect));
    auto image = m_with.images.inspect(*m_engine, m_state.oldImageId, callContext(15s));
    if (!image) {
        return fail(
            image.error().within(QStringLiteral("The image that the container was made from is not on the "
                                                "host any more, so nobody can tell what the "
                                                "container's owner set from what the image brought")));
    }
    m_oldImage = std::move(*image);
    return {};
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
    DOCKERAUTO_TRY_ASSIGN(reference, domain::ImageReference::parse(m_state.imageText));
    const QString tag = m_entry.update.to.tag;
    const bool otherTag = !tag.isEmpty() && tag != reference.tag.value_or(QStringLiteral("latest"));
    domain::ImageReference target = otherTag ? reference.withTag(tag) : reference;
    if (otherTag && reference.digest) {
        // Who fixed the image to a digest has the next one fixed as well.
        target = target.withDigest(m_entry.update.to.digest);
    }
    DOCKERAUTO_TRY_ASSIGN(auth, pullAuth(target));
    m_with.ledger.log(
        m_entry, steps::pull, QStringLiteral("pulling %1").arg(target.familiar()), storeContext());
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
    m_with.images.forget(m_state.oldImageId);
    DOCKERAUTO_TRY_ASSIGN(image, m_engine->inspectImage(target.familiar(), callContext(15s)));
    m_state.newImageId = textOf(image, "Id");
    if (otherTag) {
        m_state.imageText = target.familiar();
    }
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
    if (m_state.newImageId == m_state.oldImageId) {
        settle(UpdateStatus::Skipped, QStringLiteral("The container runs this image already"));
    }
    return {};
}

Result<> UpdateSaga::setAside()
{
    return act(steps::rename,
        [this] { return m_engine->renameContainer(m_state.oldId, m_state.aside, callContext(30s)); });
}

Result<> UpdateSaga::create()
{
    DOCKERAUTO_TRY_ASSIGN(spec, domain::recreateSpec(m_state.before, m_oldImage, m_newImage,
                                    m_state.imageText, m_apiMinor, m_defaultRuntime));
    for (const QString &note : spec.notes) {
        m_with.ledger.log(m_entry, steps::create, note, storeContext());
    }
    m_state.createBody = spec.create;
    Json &labelMap = m_state.createBody["Labels"];
    if (!labelMap.is_object()) {
        labelMap = Json::object();
    }
    labelMap[labels::operation] = m_entry.update.id.text();
    labelMap[labels::epoch] = std::to_string(m_epoch);
    return act(steps::create, [&]() -> Result<> {
        DOCKERAUTO_TRY_ASSIGN(
            id, m_engine->createContainer(m_state.name, m_state.createBody, callContext(60s)));
        m_state.newId = id.text();
        return connectNetworks(spec);
    });
}

Result<> UpdateSaga::connectNetworks(const domain::RecreateSpec &spec)
{
    for (const domain::NetworkConnection &connection : spec.connect) {
        DOCKERAUTO_TRY(m_engine->connectNetwork(
            connection.network, m_state.newId, connection.endpoint, callContext(30s)));
    }
    return {};
}

Result<> UpdateSaga::stopOld()
{
    const auto grace = graceTime(m_state.before);
    return act(steps::stop, [&]() -> Result<> {
        if (m_state.wasPaused) {
            // A frozen process can't end in peace.
            if (auto thawed = m_engine->unpauseContainer(m_state.oldId, callContext(30s));
                !thawed && leavesOpen(thawed.error())) {
                return thawed;
            }
        }
        // Else the engine would start both when it is restarted now.
        DOCKERAUTO_TRY(m_engine->setRestartPolicy(m_state.oldId, Json{{"Name", "no"}}, callContext(30s)));
        return m_engine->stopContainer(m_state.oldId, std::nullopt, callContext(grace + 30s));
    });
}

Result<> UpdateSaga::startNew()
{
    return act(steps::start, [this] { return m_engine->startContainer(m_state.newId, callContext(60s)); });
}

Result<> UpdateSaga::awaitHealth()
{
    const auto begin = m_with.clock.steadyNow();
    DOCKERAUTO_TRY_ASSIGN(first, m_engine->inspectContainer(m_state.newId, callContext(15s)));
    const domain::HealthGate gate(
        first, {.stableFor = m_with.settings.stableFor, .slack = m_with.settings.healthSlack});
    const auto context = waitContext(gate.budget() + 60s);
    auto pause = 100ms;
    while (true) {
        DOCKERAUTO_TRY_ASSIGN(inspect, m_engine->inspectContainer(m_state.newId, context.within(15s)));
        const auto elapsed =
            std::chrono::duration_cast<std::chrono::milliseconds>(m_with.clock.steadyNow() - begin);
        const auto judgement = gate.judge(inspect, elapsed);
        if (judgement.verdict == domain::HealthGate::Verdict::Failed) {
            return fail(ErrorCode::Conflict, judgement.reason);
        }
        m_with.ledger.progress(m_entry, steps::health,
            {.done = std::chrono::duration_cast<std::chrono::seconds>(elapsed).count(),
                .total = std::chrono::duration_cast<std::chrono::seconds>(gate.budget()).count(),
                .unit = QStringLiteral("seconds")});
        if (judgement.verdict == domain::HealthGate::Verdict::Passed) {
            m_with.ledger.log(m_entry, steps::health, judgement.reason, storeContext());
            return {};
        }
        // Not past the end of the time in which a container without a health check has to run.
        const auto left = gate.budget() - elapsed;
        if (!m_with.clock.sleep(left > 0ms ? std::min(pause, left) : pause, m_cancel)) {
            return fail(ErrorCode::Cancelled, QStringLiteral("The update was cancelled"));
        }
        pause = std::min(pause * 2, 1000ms);
    }
}

Result<> UpdateSaga::verify()
{
    DOCKERAUTO_TRY_ASSIGN(after, m_engine->inspectContainer(m_state.newId, callContext(15s)));
    if (m_oldImage.is_null()) {
        DOCKERAUTO_TRY_ASSIGN(image, m_with.images.inspect(*m_engine, m_state.oldImageId, callContext(15s)));
        m_oldImage = std::move(image);
    }
    if (m_newImage.is_null()) {
        DOCKERAUTO_TRY_ASSIGN(image, m_with.images.inspect(*m_engine, m_state.newImageId, callContext(15s)));
        m_newImage = std::move(image);
    }
    if (textOf(after, "Image") != m_state.newImageId) {
        return fail(ErrorCode::Conflict,
            QStringLiteral(
                "The new container runs another image than the one that was pulled. The tag was moved "
                "meanwhile; check again."));
    }
    const auto report = domain::proveFaithful(m_state.before, after, m_oldImage, m_newImage);
    contracts::Proof proof{
        .faithful = report.faithful(), .fieldsCompared = report.fieldsCompared, .differences = {}};
    QString unexplained;
    for (const auto &difference : report.differences) {
        proof.differences.push_back(
            {difference.path, difference.expected, difference.actual, difference.explanation});
        if (difference.explanation.isEmpty() && unexplained.isEmpty()) {
            unexplained =
                QStringLiteral("%1 was %2 and is %3")
                    .arg(difference.path, difference.expected.left(200), difference.actual.left(200));
        }
    }
    m_entry.update.proof = contracts::encode(proof);
    m_entry.update.to.imageId = m_state.newImageId;
    if (!proof.faithful) {
        return fail(ErrorCode::Conflict,
            QStringLiteral("The new container is not the old one with a new image: %1").arg(unexplained));
    }
    m_with.ledger.log(m_entry, steps::verify,
        QStringLiteral("%1 fields compared, nothing but the image changed").arg(proof.fieldsCompared),
        storeContext());
    return {};
}

Result<> UpdateSaga::commit()
{
    if (m_state.wasPaused) {
        DOCKERAUTO_TRY(m_engine->pauseContainer(m_state.newId, callContext(30s)));
    }
    DOCKERAUTO_TRY(act(steps::commit, [] { return Result<>(); }));
    return {};
}

UpdateSaga::End UpdateSaga::cleanUp()
{
    const auto begun = m_with.ledger.beginStep(m_entry, steps::cleanup, {}, storeContext());
    const auto removed = !begun ? begun : act(steps::cleanup, [this]() -> Result<> {
        auto gone = m_engine->removeContainer(
            m_state.oldId, ports::ContainerEngine::Removal::OnlyStopped, callContext(60s));
        return !gone && gone.error().code == ErrorCode::NotFound ? Result<>() : gone;
    });
    if (!removed && leavesOpen(removed.error())) {
        return End::Interrupted;
    }
    const auto status = removed ? StepStatus::Succeeded : StepStatus::Failed;
    const QString detail = removed ? QString()
                                   : QStringLiteral("The old container is still there as “%1”: %2")
                                         .arg(m_state.aside, removed.error().text());
    if (auto ended = m_with.ledger.endStep(m_entry, steps::cleanup, status, detail, storeContext()); !ended) {
        return End::Interrupted;
    }
    return settle(UpdateStatus::Succeeded, {});
}

} // namespace dockerauto::application
