#include "exportparts.h"

#include "jsonfield.h"

#include <QDir>

#include <array>

namespace dockerauto::domain {

using core::Json;
using core::memberOf;
using core::textOf;

const Json &FieldReader::take(const char *key)
{
    m_taken.insert(key);
    return memberOf(m_object, key);
}

QString FieldReader::text(const char *key)
{
    take(key);
    return textOf(m_object, key);
}

std::vector<QString> FieldReader::texts(const char *key)
{
    return textsOf(take(key));
}

std::vector<QString> FieldReader::pairs(const char *key)
{
    std::vector<QString> pairs;
    for (const auto &[name, value] : members(take(key)).items()) {
        if (value.is_string()) {
            pairs.push_back(QString::fromStdString(name) + u'=' + value.get<QString>());
        }
    }
    return pairs;
}

qint64 FieldReader::number(const char *key)
{
    take(key);
    return integer(m_object, key);
}

bool FieldReader::flag(const char *key)
{
    return take(key) == Json(true);
}

void FieldReader::ignore(std::initializer_list<const char *> keys)
{
    for (const char *key : keys) {
        m_taken.insert(key);
    }
}

std::vector<QString> FieldReader::rest() const
{
    std::vector<QString> names;
    for (const auto &[name, value] : members(m_object).items()) {
        if (!m_taken.contains(name) && !isUnset(value)) {
            names.push_back(QString::fromStdString(name));
        }
    }
    return names;
}

std::vector<QString> textsOf(const Json &array)
{
    std::vector<QString> texts;
    for (const Json &value : items(array)) {
        if (value.is_string()) {
            texts.push_back(value.get<QString>());
        }
    }
    return texts;
}

QString PublishedPort::text() const
{
    if (hostIp.isEmpty()) {
        return hostPort.isEmpty() ? port : hostPort + u':' + port;
    }
    const QString address = hostIp.contains(u':') ? u'[' + hostIp + u']' : hostIp;
    return address + u':' + hostPort + u':' + port;
}

std::vector<PublishedPort> publishedPorts(const Json &bindings)
{
    std::vector<PublishedPort> ports;
    for (const auto &[port, list] : members(bindings).items()) {
        for (const Json &binding : items(list)) {
            const QString hostPort = textOf(binding, "HostPort");
            ports.push_back({QString::fromStdString(port), textOf(binding, "HostIp"),
                hostPort == QLatin1String("0") ? QString() : hostPort});
        }
    }
    return ports;
}

std::vector<QString> exposedPorts(const Json &exposed, const Json &bindings)
{
    std::vector<QString> ports;
    for (const auto &[port, nothing] : members(exposed).items()) {
        if (items(memberOf(bindings, port.c_str())).empty()) {
            ports.push_back(QString::fromStdString(port));
        }
    }
    return ports;
}

ExportedNetworks networksOf(const Json &inspect, const RecreateSpec &spec)
{
    ExportedNetworks networks;
    const QString mode = textOf(memberOf(spec.create, "HostConfig"), "NetworkMode");
    const Json &known = memberOf(memberOf(inspect, "NetworkSettings"), "Networks");
    const bool isDefault = mode.isEmpty() || mode == QLatin1String("default") ||
                           mode == QLatin1String("bridge") || mode == QLatin1String("nat");
    const bool isAlone = mode == QLatin1String("host") || mode == QLatin1String("none") ||
                         mode.startsWith(QLatin1String("container:"));
    std::vector<NetworkConnection> others;
    const auto sort = [&](const QString &name, const Json &endpoint) {
        const QString id = textOf(memberOf(known, name.toStdString().c_str()), "NetworkID");
        const bool isPrimary = name == mode || (mode.size() >= 12 && id.startsWith(mode));
        const bool isDefaultOne = isDefault && (name == QLatin1String("bridge") ||
                                                   name == QLatin1String("default") || name == mode);
        if (isPrimary || isDefaultOne) {
            networks.joined.insert(networks.joined.begin(), {name, endpoint});
        } else {
            others.push_back({name, endpoint});
        }
    };
    const Json &endpoints = memberOf(memberOf(spec.create, "NetworkingConfig"), "EndpointsConfig");
    for (const auto &[name, endpoint] : members(endpoints).items()) {
        sort(QString::fromStdString(name), endpoint);
    }
    for (const NetworkConnection &connection : spec.connect) {
        sort(connection.network, connection.endpoint);
    }
    if (isAlone || isDefault) {
        networks.mode = isDefault ? QStringLiteral("bridge") : mode;
        networks.later = std::move(others);
    } else if (networks.joined.empty() && others.empty()) {
        networks.joined.push_back({mode, Json::object()});
    } else {
        networks.joined.insert(networks.joined.end(), others.begin(), others.end());
    }
    return networks;
}

QString durationText(qint64 nanoseconds)
{
    constexpr std::array<std::pair<qint64, const char *>, 3> units{
        std::pair{qint64{1'000'000'000}, "s"}, {1'000'000, "ms"}, {1'000, "us"}};
    for (const auto &[length, unit] : units) {
        if (nanoseconds % length == 0) {
            return QString::number(nanoseconds / length) + QLatin1String(unit);
        }
    }
    return QString::number(nanoseconds) + QLatin1String("ns");
}

QString cpusText(qint64 nanoCpus)
{
    constexpr qint64 one = 1'000'000'000;
    QString fraction = QStringLiteral("%1").arg(nanoCpus % one, 9, 10, QLatin1Char('0'));
    while (fraction.endsWith(u'0')) {
        fraction.chop(1);
    }
    const QString whole = QString::number(nanoCpus / one);
    return fraction.isEmpty() ? whole : whole + u'.' + fraction;
}

QString restartText(const Json &policy)
{
    const QString name = textOf(policy, "Name");
    if (name.isEmpty() || name == QLatin1String("no")) {
        return {};
    }
    const qint64 most = integer(policy, "MaximumRetryCount");
    return most > 0 ? name + u':' + QString::number(most) : name;
}

std::vector<QString> labelsOf(const Json &labels)
{
    static const std::set<std::string> passing{
        "docker-auto.operation", "docker-auto.epoch", "docker-auto.rebuilt", "docker-auto.helper"};
    std::vector<QString> all;
    for (const auto &[name, value] : members(labels).items()) {
        if (value.is_string() && !passing.contains(name)) {
            all.push_back(QString::fromStdString(name) + u'=' + value.get<QString>());
        }
    }
    return all;
}

QString platformOption(const Json &inspect)
{
    const Json &platform = memberOf(memberOf(inspect, "ImageManifestDescriptor"), "platform");
    QString text = textOf(platform, "os");
    for (const char *part : {"architecture", "variant"}) {
        if (const QString value = textOf(platform, part); !text.isEmpty() && !value.isEmpty()) {
            text += u'/' + value;
        }
    }
    return text;
}

QString containerNameOf(const Json &inspect)
{
    const QString name = textOf(inspect, "Name");
    return name.startsWith(u'/') ? name.mid(1) : name;
}

std::vector<QString> throttlesOf(const Json &list, const char *value)
{
    std::vector<QString> all;
    for (const Json &device : items(list)) {
        all.push_back(textOf(device, "Path") + u':' + QString::number(integer(device, value)));
    }
    return all;
}

std::vector<QString> devicesOf(const Json &list)
{
    std::vector<QString> all;
    for (const Json &device : items(list)) {
        const QString inside = textOf(device, "PathInContainer");
        QString text =
            textOf(device, "PathOnHost") + u':' + (inside.isEmpty() ? textOf(device, "PathOnHost") : inside);
        if (const QString permissions = textOf(device, "CgroupPermissions"); !permissions.isEmpty()) {
            text += u':' + permissions;
        }
        all.push_back(text);
    }
    return all;
}

std::vector<QString> anonymousVolumes(const Json &volumes, const Json &host)
{
    std::vector<QString> paths;
    for (const auto &[name, nothing] : members(volumes).items()) {
        const QString path = QDir::cleanPath(QString::fromStdString(name));
        const auto isMounted = [&](const Json &mount) {
            return QDir::cleanPath(textOf(mount, "Target")) == path;
        };
        const Json &mounts = items(memberOf(host, "Mounts"));
        const auto binds = textsOf(memberOf(host, "Binds"));
        const bool isBound = std::ranges::any_of(binds, [&](const QString &bind) {
            return QDir::cleanPath(bind.section(u':', 1, 1)) == path || QDir::cleanPath(bind) == path;
        });
        if (!isBound && std::none_of(mounts.begin(), mounts.end(), isMounted)) {
            paths.push_back(QString::fromStdString(name));
        }
    }
    return paths;
}

bool hidesNoPaths(const Json &host)
{
    const Json &masked = memberOf(host, "MaskedPaths");
    const Json &readOnly = memberOf(host, "ReadonlyPaths");
    return masked.is_array() && masked.empty() && readOnly.is_array() && readOnly.empty() &&
           !flag(host, "Privileged");
}

std::vector<QString> commonNotes(const Json &inspect, const RecreateSpec &spec)
{
    std::vector<QString> notes = spec.notes;
    const QString image = textOf(spec.create, "Image");
    if (image.startsWith(QLatin1String("sha256:"))) {
        notes.push_back(
            QStringLiteral("Its image has no name any more, only an id: it can be made on this host alone."));
    }
    for (const QString &option : textsOf(memberOf(memberOf(spec.create, "HostConfig"), "SecurityOpt"))) {
        if (option.startsWith(QLatin1String("seccomp={")) || option.startsWith(QLatin1String("seccomp:{"))) {
            notes.push_back(QStringLiteral(
                "It has a seccomp profile of its own, which must be a file: save what docker inspect shows "
                "under SecurityOpt, and name the file as seccomp=FILE under the security options."));
        }
    }
    const Json &anonymous = memberOf(inspect, "Mounts");
    for (const Json &mount : items(anonymous)) {
        const QString name = textOf(mount, "Name");
        const bool isMadeUp = name.size() == 64 && std::ranges::all_of(name, [](QChar c) {
            return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
        });
        if (textOf(mount, "Type") == QLatin1String("volume") && isMadeUp) {
            notes.push_back(
                QStringLiteral("The volume at %1 has no name that a person gave; it is meant by its id, "
                               "which is there on this host alone.")
                    .arg(textOf(mount, "Destination")));
        }
    }
    return notes;
}

} // namespace dockerauto::domain
