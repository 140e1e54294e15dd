// Files, networks and volumes: what containers hold and hang on.

#include "dockerengineparts.h"
#include "engineanswers.h"

#include <algorithm>

namespace dockerauto::docker {

using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::Result;

namespace {

core::Result<ApiRequest> archiveRequest(const char *method, const QString &id, const QString &path)
{
    DOCKERAUTO_TRY_ASSIGN(segment, pathSegment(id));
    return ApiRequest{method, "/containers/" + segment + "/archive", queryItem("path", path), {}, {}};
}

/// Notices an archive that ends too early. The engine ends its answer in good order when it fails half way,
/// so only the two blocks of zeros at the end of every archive tell (POSIX.1-2017, pax, "ustar Interchange
/// Format").
class ArchiveEnd
{
public:
    void add(std::string_view bytes)
    {
        m_total += bytes.size();
        const std::size_t other = bytes.find_last_not_of('\0');
        m_zeros = other == std::string_view::npos ? m_zeros + bytes.size() : bytes.size() - 1 - other;
    }
    [[nodiscard]] bool isThere() const { return m_total % block == 0 && m_zeros >= 2 * block; }

private:
    static constexpr std::size_t block = 512;
    std::size_t m_total = 0;
    std::size_t m_zeros = 0;
};

} // namespace

Result<Json> DockerEngine::listChanges(const QString &id, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(segment, pathSegment(id));
    DOCKERAUTO_TRY_ASSIGN(changes, m_parts->getJson("/containers/" + segment + "/changes", {}, context));
    if (changes.is_null()) {
        return Json::array();
    }
    if (!changes.is_array()) {
        return fail(ErrorCode::Corrupt,
            QStringLiteral(
                "The Docker Engine answered the question for a container's changes with no list."));
    }
    return changes;
}

Result<ports::PathStat> DockerEngine::statPath(
    const QString &id, const QString &path, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(request, archiveRequest("HEAD", id, path));
    const auto response = m_parts->client.call(request, context);
    if (!response && response.error().code == ErrorCode::NotFound) {
        // An answer to HEAD has no room for the engine's own words.
        return fail(ErrorCode::NotFound, QStringLiteral("There is no “%1” in the container.").arg(path));
    }
    if (!response) {
        return fail(response.error());
    }
    return readPathStat(response->header("x-docker-container-path-stat"));
}

Result<> DockerEngine::readArchive(
    const QString &id, const QString &path, const ports::ByteSink &sink, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(request, archiveRequest("GET", id, path));
    ArchiveEnd end;
    HttpStream stream;
    stream.received = [&](std::string_view bytes) {
        end.add(bytes);
        return sink({bytes.data(), qsizetype(bytes.size())});
    };
    DOCKERAUTO_TRY(m_parts->client.call(request, context, &stream));
    if (!end.isThere()) {
        return fail(ErrorCode::Corrupt,
            QStringLiteral(
                "The Docker Engine broke off while it read “%1” from the container. Its log may say why.")
                .arg(path));
    }
    return {};
}

Result<> DockerEngine::writeArchive(
    const QString &id, const QString &folder, const ports::ByteSource &source, const CallContext &context)
{
    // Asked first: tells about a wrong folder before anything is sent, and finds out the version to speak,
    // which cannot be corrected once the source has begun to give.
    DOCKERAUTO_TRY(statPath(id, folder, context));
    DOCKERAUTO_TRY_ASSIGN(request, archiveRequest("PUT", id, folder));
    request.upload = &source;
    DOCKERAUTO_TRY(m_parts->client.call(request, context));
    return {};
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
    DOCKERAUTO_TRY_ASSIGN(spoken, m_parts->client.version(context));
    QByteArray query = spoken >= ports::ApiVersion{1, 42} ? "type=volume" : "";
    // Since then single volumes are told only on request.
    query += spoken >= ports::ApiVersion{1, 52} ? "&verbose=1" : "";
    DOCKERAUTO_TRY_ASSIGN(usage, m_parts->getJson("/system/df", query, context));
    return readVolumeSizes(usage);
}

} // namespace dockerauto::docker
