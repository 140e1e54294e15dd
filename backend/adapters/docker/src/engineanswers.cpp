#include "engineanswers.h"

namespace dockerauto::docker {

using core::Json;
using core::memberOf;
using core::textOf;

namespace {

qint64 numberOf(const Json &object, const char *key)
{
    const Json &member = memberOf(object, key);
    return member.is_number_integer() ? member.get<qint64>() : 0;
}

/// A container that others link to has their names for it too: `/other/alias`. Its own is `/name`.
QString ownName(const Json &names)
{
    if (!names.is_array()) {
        return {};
    }
    for (const Json &entry : names) {
        QString name = entry.is_string() ? entry.get<QString>() : QString();
        if (name.startsWith(u'/')) {
            name.remove(0, 1);
        }
        if (!name.isEmpty() && !name.contains(u'/')) {
            return name;
        }
    }
    return {};
}

} // namespace

ports::EngineInfo readInfo(const Json &info, const Json &version, ports::ApiVersion spoken)
{
    ports::EngineInfo read;
    read.id = textOf(info, "ID");
    read.name = textOf(info, "Name");
    read.version = textOf(version, "Version", textOf(info, "ServerVersion"));
    read.apiVersion = spoken;
    read.operatingSystem = textOf(info, "OperatingSystem");
    // /info has the machine's own word for the architecture (x86_64), /version that of image manifests
    // (amd64).
    read.os = textOf(version, "Os", textOf(info, "OSType"));
    read.architecture = textOf(version, "Arch", textOf(info, "Architecture"));
    read.defaultRuntime = textOf(info, "DefaultRuntime");
    read.memoryBytes = numberOf(info, "MemTotal");
    read.cpus = int(numberOf(info, "NCPU"));
    read.rootDirectory = textOf(info, "DockerRootDir");
    return read;
}

ports::ContainerSummary readSummary(const Json &row)
{
    ports::ContainerSummary read;
    read.id = core::EngineContainerId(textOf(row, "Id"));
    read.name = ownName(memberOf(row, "Names"));
    read.image = textOf(row, "Image");
    read.imageId = textOf(row, "ImageID");
    read.state = textOf(row, "State");
    read.status = textOf(row, "Status");
    if (const Json &labels = memberOf(row, "Labels"); labels.is_object()) {
        for (const auto &[key, value] : labels.items()) {
            read.labels[QString::fromStdString(key)] = value.is_string() ? value.get<QString>() : QString();
        }
    }
    read.ports = memberOf(row, "Ports");
    if (const qint64 seconds = numberOf(row, "Created"); seconds > 0) {
        read.createdAt = core::Timestamp(std::chrono::seconds(seconds));
    }
    return read;
}

ports::EngineEvent readEvent(const Json &event)
{
    const Json &actor = memberOf(event, "Actor");
    const QString action = textOf(event, "Action", textOf(event, "status"));
    const qsizetype colon = action.indexOf(u':');
    ports::EngineEvent read;
    read.type = textOf(event, "Type", QStringLiteral("container"));
    read.action = action.left(colon);
    read.detail = colon < 0 ? QString() : action.mid(colon + 1).trimmed();
    read.container = core::EngineContainerId(textOf(actor, "ID", textOf(event, "id")));
    read.name = textOf(memberOf(actor, "Attributes"), "name");
    read.timeNano = numberOf(event, "timeNano");
    if (read.timeNano == 0) {
        read.timeNano = numberOf(event, "time") * 1'000'000'000;
    }
    return read;
}

core::Result<ports::PathStat> readPathStat(const QByteArray &header)
{
    const QByteArray text = QByteArray::fromBase64(header);
    const auto json = core::parsePeerJson({text.constData(), size_t(text.size())});
    if (!json || !json->is_object()) {
        return core::fail(core::ErrorCode::Corrupt,
            QStringLiteral("What the Docker Engine says of a file cannot be read."));
    }
    ports::PathStat stat;
    stat.name = textOf(*json, "name");
    stat.sizeBytes = numberOf(*json, "size");
    stat.mode = quint32(numberOf(*json, "mode"));
    stat.linkTarget = textOf(*json, "linkTarget");
    if (const auto time = core::fromRfc3339(textOf(*json, "mtime"))) {
        stat.modifiedAt = *time;
    }
    return stat;
}

std::map<QString, qint64> readVolumeSizes(const Json &usage)
{
    const Json &listed = memberOf(usage, "Volumes");
    const Json &rows = listed.is_array() ? listed : memberOf(memberOf(usage, "VolumeUsage"), "Items");
    std::map<QString, qint64> sizes;
    if (!rows.is_array()) {
        return sizes;
    }
    for (const Json &row : rows) {
        const Json &size = memberOf(memberOf(row, "UsageData"), "Size");
        // -1 is the engine's word for "not known".
        if (size.is_number_integer() && size.get<qint64>() >= 0) {
            sizes[textOf(row, "Name")] = size.get<qint64>();
        }
    }
    return sizes;
}

} // namespace dockerauto::docker
