#include "networkspec.h"

#include "jsonfield.h"

#include <QStringList>

#include <array>
#include <optional>

namespace dockerauto::domain {
namespace {

using core::Json;
using core::memberOf;

/// From here on a create request may name several networks, and the MAC address belongs to the network.
constexpr int apiSeveralEndpoints = 44;
/// From here on Aliases hold only what the user gave.
constexpr int apiOwnAliases = 45;
constexpr int apiGatewayPriority = 48;
/// From here on Config.MacAddress is gone.
constexpr int apiNoConfigMac = 52;

QString shortId(const Json &inspect)
{
    return core::textOf(inspect, "Id").left(12);
}

/// The engine's own default network takes neither aliases nor addresses.
bool isDefaultNetwork(const QString &name)
{
    return name == QLatin1String("bridge") || name == QLatin1String("default") ||
           name == QLatin1String("nat");
}

/// What inspect writes as `/target:/self/alias`, as the create request wants it.
QString linkOf(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    if (!text.startsWith(u'/') || colon < 0) {
        return text;
    }
    const QString alias = text.mid(colon + 1).section(u'/', -1);
    return text.mid(1, colon - 1) + QLatin1Char(':') + alias;
}

Json linksOf(const Json &links)
{
    Json result = Json::array();
    for (const Json &link : items(links)) {
        if (link.is_string()) {
            result.push_back(linkOf(link.get<QString>()));
        }
    }
    return result;
}

std::optional<std::array<int, 6>> macBytes(const QString &mac)
{
    const QStringList parts = mac.split(u':');
    if (parts.size() != 6) {
        return std::nullopt;
    }
    std::array<int, 6> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bool ok = false;
        bytes[i] = parts[static_cast<qsizetype>(i)].toInt(&ok, 16);
        if (!ok) {
            return std::nullopt;
        }
    }
    return bytes;
}

enum class MacOrigin
{
    Engine,
    User,
    Unclear
};

/// Engines make addresses up: 02:42 and the IPv4 address or random bytes, or random ones with the bit of
/// local administration. An address without that bit can only have been given.
MacOrigin macOrigin(const QString &mac)
{
    const auto bytes = macBytes(mac);
    if (!bytes || ((*bytes)[0] == 0x02 && (*bytes)[1] == 0x42)) {
        return MacOrigin::Engine;
    }
    return ((*bytes)[0] & 0x02) == 0 ? MacOrigin::User : MacOrigin::Unclear;
}

class NetworkWriter
{
public:
    NetworkWriter(RecreateSpec &spec, const Json &inspect, int apiMinor)
        : m_spec(spec)
        , m_inspect(inspect)
        , m_apiMinor(apiMinor)
        , m_networks(members(memberOf(memberOf(inspect, "NetworkSettings"), "Networks")))
        , m_mode(core::textOf(memberOf(inspect, "HostConfig"), "NetworkMode"))
    {
    }

    void write()
    {
        tidyNames();
        if (m_mode.startsWith(QLatin1String("container:"))) {
            leaveToOther();
            return;
        }
        if (m_mode == QLatin1String("host") || m_mode == QLatin1String("none") || m_networks.empty()) {
            return;
        }
        const QString primary = primaryNetwork();
        Json endpoints = Json::object();
        for (const auto &[name, settings] : m_networks.items()) {
            const QString network = QString::fromStdString(name);
            Json endpoint = endpointOf(network, settings, network == primary);
            if (network == primary || m_apiMinor >= apiSeveralEndpoints) {
                endpoints[name] = std::move(endpoint);
            } else {
                m_spec.connect.push_back({network, std::move(endpoint)});
            }
        }
        if (m_apiMinor >= apiSeveralEndpoints) {
            m_spec.create.erase("MacAddress");
        }
        // Naming the default network without saying anything about it is what no client does.
        const bool nothingToSay =
            endpoints.size() == 1 && isDefaultNetwork(primary) && endpoints.front().empty();
        if (!nothingToSay) {
            m_spec.create["NetworkingConfig"]["EndpointsConfig"] = std::move(endpoints);
        }
    }

private:
    Json &host() { return m_spec.create["HostConfig"]; }
    void note(const QString &text) { m_spec.notes.push_back(text); }

    /// Host names that the engine made up, and links in the form of inspect.
    void tidyNames()
    {
        Json &create = m_spec.create;
        const QString hostname = core::textOf(create, "Hostname");
        const bool sharesName = core::textOf(host(), "UTSMode") == QLatin1String("host");
        if (hostname.isEmpty() || hostname == shortId(m_inspect) || sharesName) {
            create.erase("Hostname");
        }
        if (core::textOf(create, "Domainname").isEmpty()) {
            create.erase("Domainname");
        }
        if (core::textOf(create, "MacAddress").isEmpty()) {
            create.erase("MacAddress");
        }
        if (!isUnset(memberOf(host(), "Links"))) {
            host()["Links"] = linksOf(memberOf(host(), "Links"));
        }
    }

    /// Who shares the network of another container may say nothing about it.
    void leaveToOther()
    {
        for (const char *key : {"Hostname", "Domainname", "MacAddress", "ExposedPorts"}) {
            m_spec.create.erase(key);
        }
        for (const char *key :
            {"Links", "Dns", "DnsOptions", "DnsSearch", "ExtraHosts", "PortBindings", "PublishAllPorts"}) {
            host().erase(key);
        }
        note(QStringLiteral(
            "It shares the network of the container %1 and must be made again whenever that one is.")
                 .arg(m_mode.section(u':', 1).left(12)));
    }

    /// The network that NetworkMode names, by name or by id.
    QString primaryNetwork()
    {
        const std::string mode = m_mode.toStdString();
        if (m_networks.contains(mode)) {
            return m_mode;
        }
        for (const auto &[name, settings] : m_networks.items()) {
            const QString network = QString::fromStdString(name);
            const bool isDefault = m_mode.isEmpty() || m_mode == QLatin1String("default");
            const bool isId = m_mode.size() >= 12 && core::textOf(settings, "NetworkID").startsWith(m_mode);
            if (isId || (isDefault && isDefaultNetwork(network))) {
                return network;
            }
        }
        const QString first = QString::fromStdString(m_networks.begin().key());
        if (!m_mode.isEmpty() && m_mode != QLatin1String("default")) {
            host()["NetworkMode"] = first;
            note(QStringLiteral("It has been disconnected from the network %1, so it starts in %2.")
                     .arg(m_mode, first));
        }
        return first;
    }

    Json endpointOf(const QString &network, const Json &settings, bool isPrimary)
    {
        Json endpoint = Json::object();
        if (!isDefaultNetwork(network)) {
            setOrErase(endpoint, "IPAMConfig", members(memberOf(settings, "IPAMConfig")));
            setOrErase(endpoint, "Aliases", aliasesOf(settings));
        }
        setOrErase(endpoint, "Links", linksOf(memberOf(settings, "Links")));
        setOrErase(endpoint, "DriverOpts", members(memberOf(settings, "DriverOpts")));
        if (m_apiMinor >= apiGatewayPriority && !isUnset(memberOf(settings, "GwPriority"))) {
            endpoint["GwPriority"] = memberOf(settings, "GwPriority");
        }
        if (m_apiMinor >= apiSeveralEndpoints) {
            if (const QString mac = userMac(network, settings, isPrimary); !mac.isEmpty()) {
                endpoint["MacAddress"] = mac;
            }
        }
        return endpoint;
    }

    Json aliasesOf(const Json &settings)
    {
        const QString hostname = core::textOf(memberOf(m_inspect, "Config"), "Hostname");
        Json own = Json::array();
        for (const Json &alias : items(memberOf(settings, "Aliases"))) {
            const QString text = alias.is_string() ? alias.get<QString>() : QString();
            const bool engines =
                text == shortId(m_inspect) || (m_apiMinor < apiOwnAliases && text == hostname);
            if (!text.isEmpty() && !engines && !contains(own, alias)) {
                own.push_back(alias);
            }
        }
        return own;
    }

    QString userMac(const QString &network, const Json &settings, bool isPrimary)
    {
        const QString given = core::textOf(memberOf(m_inspect, "Config"), "MacAddress");
        if (isPrimary && (!given.isEmpty() || m_apiMinor < apiNoConfigMac)) {
            return given;
        }
        const QString mac = core::textOf(settings, "MacAddress");
        if (mac.isEmpty()) {
            return {};
        }
        switch (macOrigin(mac)) {
        case MacOrigin::User:
            return mac;
        case MacOrigin::Engine:
            return {};
        case MacOrigin::Unclear:
            break;
        }
        note(QStringLiteral(
            "Nobody can tell whether its MAC address %1 in the network %2 was given or made up, so it "
            "gets a new one.")
                 .arg(mac, network));
        return {};
    }

    RecreateSpec &m_spec;
    const Json &m_inspect;
    int m_apiMinor;
    const Json &m_networks;
    QString m_mode;
};

} // namespace

void specifyNetworks(RecreateSpec &spec, const Json &inspect, int apiMinor)
{
    NetworkWriter(spec, inspect, apiMinor).write();
}

} // namespace dockerauto::domain
