#include "dockerengineparts.h"

namespace dockerauto::docker {

using core::CallContext;
using core::Json;
using core::Result;

namespace {

core::Failure unsupported()
{
    return core::fail(core::ErrorCode::Unsupported, QStringLiteral("This program cannot do that yet."));
}

} // namespace

Result<ports::ExecResult> DockerEngine::runCommand(
    const QString &, const std::vector<QString> &, const CallContext &)
{
    return unsupported();
}

Result<Json> DockerEngine::listChanges(const QString &id, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(segment, pathSegment(id));
    DOCKERAUTO_TRY_ASSIGN(changes, m_parts->getJson("/containers/" + segment + "/changes", {}, context));
    return changes.is_array() ? std::move(changes) : Json::array();
}

Result<ports::PathStat> DockerEngine::statPath(const QString &, const QString &, const CallContext &)
{
    return unsupported();
}

Result<> DockerEngine::readArchive(
    const QString &, const QString &, const ports::ByteSink &, const CallContext &)
{
    return unsupported();
}

Result<> DockerEngine::writeArchive(
    const QString &, const QString &, const ports::ByteSource &, const CallContext &)
{
    return unsupported();
}

Result<Json> DockerEngine::inspectNetwork(const QString &idOrName, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(segment, pathSegment(idOrName));
    return m_parts->getJson("/networks/" + segment, {}, context);
}

Result<Json> DockerEngine::inspectVolume(const QString &name, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(segment, pathSegment(name));
    return m_parts->getJson("/volumes/" + segment, {}, context);
}

Result<std::map<QString, qint64>> DockerEngine::volumeSizes(const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(usage, m_parts->getJson("/system/df", {}, context));
    std::map<QString, qint64> sizes;
    return sizes;
}

} // namespace dockerauto::docker
