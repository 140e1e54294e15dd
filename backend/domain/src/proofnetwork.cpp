#include "proofnetwork.h"

#include "jsonfield.h"

namespace dockerauto::domain {
namespace {

using core::Json;
using core::memberOf;

/// What the engine gives to an endpoint; all else its owner said.
const std::set<std::string> givenFields{"EndpointID", "Gateway", "IPAddress", "IPPrefixLen", "IPv6Gateway",
    "GlobalIPv6Address", "GlobalIPv6PrefixLen"};
const std::set<std::string> nameFields{"Aliases", "DNSNames"};

bool isRunning(const Json &inspect)
{
    return flag(memberOf(inspect, "State"), "Running");
}

/// The names without those that the engine makes from the container's id.
std::set<std::string> ownNames(const Json &inspect, const Json &names)
{
    const std::string id = core::textOf(inspect, "Id").left(12).toStdString();
    std::set<std::string> result;
    for (const Json &name : items(names)) {
        if (name.is_string() && name.get_ref<const std::string &>() != id) {
            result.insert(name.get<std::string>());
        }
    }
    return result;
}

bool hasStaticAddress(const Json &endpoint, const std::string &field)
{
    const Json &ipam = memberOf(endpoint, "IPAMConfig");
    return (field == "IPAddress" && !isUnset(memberOf(ipam, "IPv4Address"))) ||
           (field == "GlobalIPv6Address" && !isUnset(memberOf(ipam, "IPv6Address")));
}

class NetworkProver
{
public:
    NetworkProver(ProofReport &report, const Json &before, const Json &after, const Json &newImage)
        : m_report(report), m_before(before), m_after(after), m_newImage(newImage)
    {
    }

    void compare()
    {
        const Json &old = members(memberOf(m_before, "NetworkSettings"));
        const Json &now = members(memberOf(m_after, "NetworkSettings"));
        for (const std::string &key : keysOf({old, now})) {
            const Json &a = memberOf(old, key.c_str());
            const Json &b = memberOf(now, key.c_str());
            if (key == "Networks") {
                compareEndpoints(a, b);
            } else if (key == "Ports") {
                comparePorts(a, b);
            } else {
                m_report.compareUnset(path({"NetworkSettings", key}), a, b, madeByEngine());
            }
        }
    }

private:
    static QString madeByEngine() { return QStringLiteral("The engine gives a new one each time."); }

    void compareEndpoints(const Json &before, const Json &after)
    {
        for (const std::string &network : keysOf({before, after})) {
            const bool both = members(before).contains(network) && members(after).contains(network);
            const Json &old = memberOf(before, network.c_str());
            const Json &now = memberOf(after, network.c_str());
            if (!both) {
                m_report.compare(path({"NetworkSettings", "Networks", network}),
                    old.is_null() ? Json() : Json("connected"), now.is_null() ? Json() : Json("connected"));
                continue;
            }
            for (const std::string &field : keysOf({old, now})) {
                compareField(network, field, old, now);
            }
        }
    }

    void compareField(
        const std::string &network, const std::string &field, const Json &before, const Json &after)
    {
        const QString where = path({"NetworkSettings", "Networks", network, field});
        const Json &old = memberOf(before, field.c_str());
        const Json &now = memberOf(after, field.c_str());
        if (nameFields.count(field) > 0) {
            const bool same = ownNames(m_before, old) == ownNames(m_after, now);
            m_report.compareUnset(where, old, now,
                same ? QStringLiteral("One of the names is made from the container's id.") : QString());
        } else if (field == "MacAddress") {
            m_report.compareUnset(where, old, now, macIsGiven(old) ? QString() : madeByEngine());
        } else if (field == "NetworkID") {
            // The engine makes its default bridge anew whenever it starts, and a container that does not run
            // still names the network of the time when it ran. The name is what its owner chose.
            const bool remade = network == "bridge" || !isRunning(m_before);
            const bool unknown = (isUnset(old) || isUnset(now)) && !isRunning(m_after);
            m_report.compareUnset(where, old, now, remade || unknown ? madeByEngine() : QString());
        } else if (givenFields.count(field) == 0) {
            m_report.compareUnset(where, old, now);
        } else {
            const bool fixed = hasStaticAddress(before, field) && isRunning(m_before) && isRunning(m_after);
            m_report.compareUnset(where, old, now, fixed ? QString() : madeByEngine());
        }
    }

    bool macIsGiven(const Json &mac) const
    {
        const Json &given = memberOf(memberOf(m_before, "Config"), "MacAddress");
        return !isUnset(given) && given == mac && isRunning(m_after);
    }

    void comparePorts(const Json &before, const Json &after)
    {
        for (const std::string &port : keysOf({before, after})) {
            m_report.compareUnset(path({"NetworkSettings", "Ports", port}), memberOf(before, port.c_str()),
                memberOf(after, port.c_str()), explainPort(port));
        }
    }

    QString explainPort(const std::string &port) const
    {
        if (!isRunning(m_after) || !isRunning(m_before)) {
            return QStringLiteral("Ports are only published while it runs.");
        }
        const Json &host = memberOf(m_before, "HostConfig");
        const Json &bindings = items(memberOf(memberOf(host, "PortBindings"), port.c_str()));
        const Json &exposed = memberOf(memberOf(m_newImage, "Config"), "ExposedPorts");
        const Json &own = memberOf(memberOf(m_before, "Config"), "ExposedPorts");
        const bool known = members(exposed).contains(port) || members(own).contains(port);
        bool chosen = bindings.empty() && known && flag(host, "PublishAllPorts");
        for (const Json &binding : bindings) {
            const QString hostPort = core::textOf(binding, "HostPort");
            chosen =
                chosen || hostPort.isEmpty() || hostPort == QLatin1String("0") || hostPort.contains(u'-');
        }
        if (chosen) {
            return QStringLiteral("The engine chooses this host port each time.");
        }
        return members(exposed).contains(port) && bindings.empty()
                   ? QStringLiteral("The new image brought it.")
                   : QString();
    }

    ProofReport &m_report;
    const Json &m_before;
    const Json &m_after;
    const Json &m_newImage;
};

} // namespace

void compareNetworks(ProofReport &report, const Json &before, const Json &after, const Json &newImage)
{
    NetworkProver(report, before, after, newImage).compare();
}

} // namespace dockerauto::domain
