#pragma once

#include <core/callcontext.h>
#include <ports/storage.h>

#include <QString>

/// Records with a value of their own in every field, and their text for comparison.
namespace dockerauto::samples {

inline core::CallContext context(std::chrono::milliseconds time = std::chrono::seconds(20))
{
    return {core::Deadline::in(time), {}};
}

inline core::Timestamp at(qint64 milliseconds)
{
    return core::Timestamp(std::chrono::milliseconds(1'700'000'000'000 + milliseconds));
}

inline QString numbered(const char *prefix, int number)
{
    return QStringLiteral("%1%2").arg(QString::fromUtf8(prefix)).arg(number, 5, 10, QLatin1Char('0'));
}

inline ports::HostRecord host(const QString &id = QStringLiteral("host-1"))
{
    return {.id = core::HostId(id),
        .name = QStringLiteral("Büro"),
        .address = QStringLiteral("unix:///var/run/docker.sock"),
        .engineId = QStringLiteral("ENG:INE"),
        .createdAt = at(1)};
}

inline ports::ContainerRecord container(const QString &id, const QString &name)
{
    const QString project = QStringLiteral("shop");
    return {.id = core::ContainerId(id),
        .host = core::HostId(QStringLiteral("host-1")),
        .engineId = core::EngineContainerId(QStringLiteral("engine-") + id),
        .name = name,
        .image = QStringLiteral("docker.io/library/nginx"),
        .tag = QStringLiteral("1.25"),
        .digest = QStringLiteral("sha256:aa"),
        .imageId = QStringLiteral("sha256:bb"),
        .status = QStringLiteral("running"),
        .health = QStringLiteral("healthy"),
        .policy = core::UpdatePolicy::Approval,
        .strategy = core::UpdateStrategy::BlueGreen,
        .policySource = QStringLiteral("policy “Büro”"),
        .ownRules = core::Json{{"strategy", "blue-green"}, {"minimumAgeSeconds", 3600}},
        .configuration = core::Json{{"project", project},
            {"labels", {{"com.docker.compose.project", project}, {"text", QStringLiteral("„ü“ \"'\n")}}},
            {"ports", core::Json::array({1, 2.5, nullptr})}},
        .decision = {.decision = core::Decision::UpdateAvailable,
            .reason = QStringLiteral("1.26 is there"),
            .possibleAt = at(2),
            .checkedAt = at(3),
            .candidateTag = QStringLiteral("1.26"),
            .candidateDigest = QStringLiteral("sha256:cc"),
            .bump = core::Bump::Minor,
            .heldBy = core::Hold::MinimumAge,
            .detail = core::Json{{"refused", {{{"tag", "2.0"}, {"why", "a larger step"}}}}}},
        .createdBy = QStringLiteral("user-1"),
        .createdAt = at(4),
        .updatedAt = at(5)};
}

inline ports::UpdateRecord update(const QString &id, const QString &containerId, core::UpdateStatus status)
{
    return {.id = core::UpdateId(id),
        .container = core::ContainerId(containerId),
        .containerName = QStringLiteral("web"),
        .host = core::HostId(QStringLiteral("host-1")),
        .status = status,
        .strategy = core::UpdateStrategy::Canary,
        .from = {QStringLiteral("nginx"), QStringLiteral("1"), QStringLiteral("sha256:1"),
            QStringLiteral("i1")},
        .to = {QStringLiteral("caddy"), QStringLiteral("2"), QStringLiteral("sha256:2"),
            QStringLiteral("i2")},
        .requestedBy = QStringLiteral("user-1"),
        .approvedBy = QStringLiteral("user-2"),
        .error = QStringLiteral("none"),
        .proof = core::Json{{"fields", 81}},
        .createdAt = at(10),
        .startedAt = at(11),
        .completedAt = std::nullopt,
        .kind = core::UpdateKind::Rollback,
        .rollbackOf = core::UpdateId(QStringLiteral("u-before")),
        .rolledBackBy = core::UpdateId(QStringLiteral("u-after")),
        .planHash = QStringLiteral("sha256:9"),
        .care = core::Json{{"keepVersions", 3}},
        .restorePoint = core::Json{{"inspect", {{"Name", "/wéb"}}}},
        .hasRestorePoint = true,
        .observation = core::Json{{"state", "passed"}},
        .lastWords = core::Json{{"before", {"“one”", "two\n"}}, {"after", core::Json::array()}}};
}

inline ports::SnapshotRecord snapshot(const QString &id, const QString &updateId)
{
    return {.id = id,
        .update = core::UpdateId(updateId),
        .container = core::ContainerId(QStringLiteral("c1")),
        .host = core::HostId(QStringLiteral("host-1")),
        .volume = QStringLiteral("/srv/“data”"),
        .mountedAt = QStringLiteral("/var/lib"),
        .method = core::SnapshotMethod::Btrfs,
        .reference = QStringLiteral("ref-") + id,
        .sizeBytes = 5'000'000'000'000,
        .milliseconds = 4'321,
        .createdAt = at(15)};
}

inline ports::ImageConfigRecord imageConfig(const QString &imageId)
{
    return {.imageId = imageId,
        .image = core::Json{{"Id", imageId.toStdString()}, {"Config", {{"Env", {"A=„1“"}}}}},
        .firstSeenAt = at(16)};
}

inline ports::UserRecord user(const QString &id, const QString &email)
{
    return {.id = core::UserId(id),
        .email = email,
        .passwordHash = QStringLiteral("$argon2id$v=19$…"),
        .role = core::Role::Operator,
        .disabled = true,
        .createdAt = at(20),
        .updatedAt = at(21)};
}

inline ports::SessionRecord session(const QString &id, const QString &userId)
{
    return {.id = core::SessionId(id),
        .user = core::UserId(userId),
        .refreshHash = QByteArray("\x00\xff\x01", 3),
        .previousRefreshHash = {},
        .rotatedAt = std::nullopt,
        .remoteAddress = QStringLiteral("::1"),
        .createdAt = at(30),
        .lastUsedAt = at(31),
        .expiresAt = at(32),
        .revokedAt = at(33)};
}

inline core::Json text(core::Timestamp time)
{
    return core::toRfc3339(time);
}

inline core::Json text(const std::optional<core::Timestamp> &time)
{
    return time ? text(*time) : core::Json();
}

inline core::Json text(const ports::HostRecord &host)
{
    return {host.id.text(), host.name, host.address, host.engineId, text(host.createdAt)};
}

inline core::Json text(const ports::DecisionRecord &decision)
{
    return {core::toText(decision.decision), decision.reason, text(decision.possibleAt),
        text(decision.checkedAt), decision.candidateTag, decision.candidateDigest,
        core::toText(decision.bump),
        decision.heldBy ? core::Json(core::toText(*decision.heldBy)) : core::Json(), decision.detail};
}

inline core::Json text(const ports::ContainerRecord &row)
{
    return {row.id.text(), row.host.text(), row.engineId.text(), row.name, row.image, row.tag, row.digest,
        row.imageId, row.status, row.health, core::toText(row.policy), core::toText(row.strategy),
        row.policySource, row.ownRules, row.configuration, text(row.decision), row.createdBy,
        text(row.createdAt), text(row.updatedAt)};
}

inline core::Json text(const ports::ImageVersionRecord &version)
{
    return {version.image, version.tag, version.digest, version.imageId};
}

inline core::Json text(const ports::UpdateRecord &row)
{
    return {row.id.text(), row.container.text(), row.containerName, row.host.text(), core::toText(row.status),
        core::toText(row.strategy), text(row.from), text(row.to), row.requestedBy, row.approvedBy, row.error,
        row.proof, text(row.createdAt), text(row.startedAt), text(row.completedAt), core::toText(row.kind),
        row.rollbackOf.text(), row.rolledBackBy.text(), row.planHash, row.care, row.restorePoint,
        row.hasRestorePoint, row.observation, row.lastWords};
}

inline core::Json text(const ports::SnapshotRecord &row)
{
    return {row.id, row.update.text(), row.container.text(), row.host.text(), row.volume, row.mountedAt,
        core::toText(row.method), row.reference, row.sizeBytes, row.milliseconds, text(row.createdAt)};
}

inline core::Json text(const ports::ImageConfigRecord &row)
{
    return {row.imageId, row.image, text(row.firstSeenAt)};
}

inline core::Json text(const ports::StepRecord &step)
{
    return {step.position, step.name, core::toText(step.status), text(step.startedAt), text(step.completedAt),
        step.detail};
}

inline core::Json text(const ports::UserRecord &user)
{
    return {user.id.text(), user.email, user.passwordHash, core::toText(user.role), user.disabled,
        text(user.createdAt), text(user.updatedAt)};
}

inline core::Json text(const ports::SessionRecord &row)
{
    const auto bytes = [](const QByteArray &hash) { return QString::fromLatin1(hash.toHex()); };
    return {row.id.text(), row.user.text(), bytes(row.refreshHash), bytes(row.previousRefreshHash),
        text(row.rotatedAt), row.remoteAddress, text(row.createdAt), text(row.lastUsedAt),
        text(row.expiresAt), text(row.revokedAt)};
}

} // namespace dockerauto::samples
