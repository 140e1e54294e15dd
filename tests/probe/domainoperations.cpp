#include "operations.h"

#include <domain/containerstats.h>
#include <domain/digestcomparison.h>
#include <domain/imagereference.h>
#include <domain/logdemuxer.h>
#include <domain/pullprogress.h>
#include <domain/recreate.h>

#include <QStringList>

namespace dockerauto::probe {
namespace {

using core::ErrorCode;
using core::Json;
using core::memberOf;
using core::Result;
using domain::ImageReference;

Json orNull(const std::optional<QString> &text)
{
    return text ? Json(*text) : Json();
}

Result<Json> parseReference(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(text, textIn(in, "text"));
    const auto naming =
        flagIn(in, "normalize") ? ImageReference::Naming::Familiar : ImageReference::Naming::Exact;
    DOCKERAUTO_TRY_ASSIGN(reference, ImageReference::parse(text, naming));
    return Json{{"domain", orNull(reference.domain)}, {"path", reference.path},
        {"tag", orNull(reference.tag)}, {"digest", orNull(reference.digest)},
        {"familiar", reference.familiar()}};
}

/// `1.44` as the number after the point.
Result<int> apiMinorIn(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(version, textIn(in, "apiVersion"));
    bool isNumber = false;
    const int minor = version.section(u'.', 1).toInt(&isNumber);
    if (!isNumber || !version.startsWith(QLatin1String("1."))) {
        return core::fail(ErrorCode::InvalidArgument, QStringLiteral("“%1” is no API version").arg(version));
    }
    return minor;
}

Result<Json> recreate(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(minor, apiMinorIn(in));
    const Json &inspect = memberOf(in, "inspect");
    const QString image = core::textOf(memberOf(inspect, "Config"), "Image");
    DOCKERAUTO_TRY_ASSIGN(spec,
        domain::recreateSpec(inspect, memberOf(in, "oldImage"), memberOf(in, "newImage"), image, minor));
    Json connect = Json::array();
    for (const auto &connection : spec.connect) {
        connect.push_back({{"network", connection.network}, {"endpoint", connection.endpoint}});
    }
    return Json{{"create", spec.create}, {"connect", connect}, {"notes", spec.notes}};
}

Result<Json> demuxLogs(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(bytes, bytesIn(in, "base64"));
    using Demuxer = domain::LogDemuxer;
    Demuxer demuxer(flagIn(in, "tty") ? Demuxer::Format::Raw : Demuxer::Format::Multiplexed,
        Demuxer::Timestamps::Absent, Demuxer::Records::Pieces);
    std::vector<domain::LogRecord> records;
    DOCKERAUTO_TRY(demuxer.feed(bytes, records));
    demuxer.finish(records);
    Json list = Json::array();
    for (const auto &record : records) {
        const bool isError = record.stream == domain::LogRecord::Stream::Stderr;
        list.push_back({{"stream", isError ? "stderr" : "stdout"}, {"text", record.text}});
    }
    return Json{{"records", list}};
}

Result<Json> computeStats(const Json &in)
{
    const Json &stats = memberOf(in, "stats");
    if (!stats.is_object()) {
        return core::fail(ErrorCode::InvalidArgument, QStringLiteral("“stats” must be an object"));
    }
    const domain::ContainerStats result = domain::computeStats(stats);
    return Json{{"cpuPercent", result.cpuPercent}, {"memoryUsage", result.memoryUsage},
        {"memoryLimit", result.memoryLimit}, {"memoryPercent", result.memoryPercent},
        {"rxBytes", result.rxBytes}, {"txBytes", result.txBytes}, {"readBytes", result.readBytes},
        {"writeBytes", result.writeBytes}, {"pids", result.pids}};
}

Result<Json> readPull(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(lines, textsIn(in, "lines"));
    domain::PullProgressReader reader;
    for (const QString &line : lines) {
        if (!reader.feed(line.toUtf8().append('\n'))) {
            break;
        }
    }
    const auto end = reader.finish();
    return Json{{"layers", reader.layers()}, {"bytesDone", reader.bytesDone()},
        {"bytesTotal", reader.bytesTotal()}, {"failed", end ? Json() : Json(end.error().message)}};
}

/// An object of `os`, `architecture` and `variant`, or `os/architecture/variant`.
domain::Platform platformIn(const Json &in)
{
    const Json &platform = memberOf(in, "platform");
    if (platform.is_string()) {
        const QStringList parts = platform.get<QString>().split(u'/');
        return {parts.value(0), parts.value(1), parts.value(2)};
    }
    return {core::textOf(platform, "os"), core::textOf(platform, "architecture"),
        core::textOf(platform, "variant")};
}

const char *wordOf(domain::DigestVerdict verdict)
{
    switch (verdict) {
    case domain::DigestVerdict::Current:
        return "current";
    case domain::DigestVerdict::Newer:
        return "newer";
    case domain::DigestVerdict::Local:
        return "local";
    case domain::DigestVerdict::Unknown:
        break;
    }
    return "unknown";
}

Result<Json> compareDigest(const Json &in)
{
    DOCKERAUTO_TRY_ASSIGN(text, textIn(in, "image"));
    DOCKERAUTO_TRY_ASSIGN(image, ImageReference::parse(text));
    DOCKERAUTO_TRY_ASSIGN(repoDigests, textsIn(in, "repoDigests"));
    const Json &remoteIn = memberOf(in, "remote");
    domain::RemoteImage remote{core::textOf(remoteIn, "digest"), core::textOf(remoteIn, "mediaType"), {}};
    if (memberOf(remoteIn, "body").is_string()) {
        remote.body = core::textOf(remoteIn, "body").toUtf8();
    }
    const auto result =
        domain::compareDigests(image, repoDigests, core::textOf(in, "imageId"), remote, platformIn(in));
    return Json{{"verdict", wordOf(result.verdict)}, {"why", result.why}};
}

} // namespace

std::vector<Operation> domainOperations()
{
    return {
        {"digest.compare", compareDigest},
        {"logs.demux", demuxLogs},
        {"pull.progress", readPull},
        {"ref.parse", parseReference},
        {"spec.recreate", recreate},
        {"stats.compute", computeStats},
    };
}

} // namespace dockerauto::probe
