#include "domain/proof.h"

#include "domain/recreate.h"
#include "imageinheritance.h"
#include "jsonfield.h"
#include "proofnetwork.h"
#include "proofreport.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace dockerauto::domain {
namespace {

using core::Json;
using core::memberOf;

/// What an update changes by itself, so that a difference there says nothing.
constexpr std::array<const char *, 8> madeByEngine{
    "Id", "Created", "ResolvConfPath", "HostnamePath", "HostsPath", "LogPath", "MountLabel", "ProcessLabel"};

/// Members of Config that come from the image where the container has none.
const std::set<std::string> inherited{"User", "WorkingDir", "StopSignal", "Cmd", "Entrypoint"};
/// Members where nothing and empty or zero are two things.
const std::set<std::string> exact{"MaskedPaths", "ReadonlyPaths", "Init", "MemorySwappiness", "StopTimeout"};
/// Members of HostConfig that only an engine writes, or that it completes where a request names none.
const std::set<std::string> completed{"ContainerIDFile", "ConsoleSize", "Runtime"};
/// Labels by which this program knows what it has made.
const std::set<std::string> ownMarks{
    "docker-auto.operation", "docker-auto.epoch", "docker-auto.rebuilt", "docker-auto.helper"};

/// Engines write −1 or nothing where no swappiness was given.
Json withoutDefault(const std::string &key, const Json &value)
{
    return key == "MemorySwappiness" && value == Json(-1) ? Json() : value;
}

/// Engines keep links in no order.
Json sorted(Json list)
{
    if (list.is_array()) {
        std::sort(list.begin(), list.end());
    }
    return list;
}

/// The members of an array of `NAME=value` by name. Values may be secrets: reports show only whether they
/// differ.
std::map<std::string, Json> byVariable(const Json &environment)
{
    std::map<std::string, Json> result;
    for (const Json &entry : items(environment)) {
        const std::string text = entry.is_string() ? entry.get<std::string>() : std::string();
        result[text.substr(0, text.find('='))] = entry;
    }
    return result;
}

class Prover
{
public:
    Prover(const Json &before, const Json &after, const Json &oldImage, const Json &newImage)
        : m_before(before), m_after(after), m_newImage(newImage)
    {
        // The same rules as for the request: what the new container is expected to be.
        if (const auto spec = recreateSpec(before, oldImage, newImage, {}, latestApi)) {
            m_expected = spec->create;
        } else {
            m_expected = memberOf(before, "Config");
            m_expected["HostConfig"] = memberOf(before, "HostConfig");
        }
        mergeImage(m_expected, memberOf(newImage, "Config"));
    }

    FaithfulnessReport prove()
    {
        compareTop();
        compareConfig();
        compareHost();
        compareMounts();
        compareNetworks(m_report, m_before, m_after, m_newImage);
        return m_report.take();
    }

private:
    /// The newest rules do not carry on what older engines wrote; the comparison allows for both.
    static constexpr int latestApi = 44;

    void compareTop()
    {
        for (const char *key : {"Name", "Driver", "Platform", "AppArmorProfile"}) {
            m_report.compare(path({key}), memberOf(m_before, key), memberOf(m_after, key));
        }
        for (const char *key : madeByEngine) {
            m_report.compare(path({key}), memberOf(m_before, key), memberOf(m_after, key),
                QStringLiteral("The engine makes a new one for each container."));
        }
        if (const Json &id = memberOf(m_newImage, "Id"); id.is_string()) {
            m_report.expect(path({"Image"}), memberOf(m_before, "Image"), id, memberOf(m_after, "Image"),
                QStringLiteral("This is the update."));
        }
        Json words = items(memberOf(m_expected, "Entrypoint"));
        for (const Json &word : items(memberOf(m_expected, "Cmd"))) {
            words.push_back(word);
        }
        const Json program = words.empty() ? Json("") : words.front();
        if (!words.empty()) {
            words.erase(words.begin());
        }
        m_report.expect(
            path({"Path"}), memberOf(m_before, "Path"), program, memberOf(m_after, "Path"), broughtByImage());
        m_report.expect(
            path({"Args"}), memberOf(m_before, "Args"), words, memberOf(m_after, "Args"), broughtByImage());
    }

    void compareConfig()
    {
        const Json &before = members(memberOf(m_before, "Config"));
        const Json &after = members(memberOf(m_after, "Config"));
        for (const std::string &key : keysOf({before, after, m_expected})) {
            const Json &old = memberOf(before, key.c_str());
            const Json &now = memberOf(after, key.c_str());
            if (key == "HostConfig" || key == "NetworkingConfig" || key == "OnBuild") {
                continue;
            }
            if (key == "Env") {
                compareEnvironment(old, now);
            } else if (key == "Labels") {
                compareLabels(old, now);
            } else if (key == "Image") {
                m_report.compare(
                    path({"Config", key}), old, now, QStringLiteral("The update names another image."));
            } else if (key == "Hostname") {
                compareHostname(old, now);
            } else if (key == "ExposedPorts" || key == "Volumes" || key == "Healthcheck") {
                compareMembers(key, old, now);
            } else if (key == "MacAddress") {
                m_report.compareUnset(path({"Config", key}), old, now);
            } else if (exact.count(key) > 0) {
                m_report.compare(path({"Config", key}), old, now);
            } else if (m_expected.contains(key) || inherited.count(key) > 0) {
                m_report.expect(
                    path({"Config", key}), old, memberOf(m_expected, key.c_str()), now, broughtByImage());
            } else {
                m_report.compareUnset(
                    path({"Config", key}), old, now, key == "ArgsEscaped" ? broughtByImage() : QString());
            }
        }
    }

    void compareEnvironment(const Json &before, const Json &after)
    {
        const auto old = byVariable(before);
        const auto now = byVariable(after);
        const auto expected = byVariable(memberOf(m_expected, "Env"));
        std::set<std::string> names;
        for (const auto *variables : {&old, &now, &expected}) {
            for (const auto &[name, entry] : *variables) {
                names.insert(name);
            }
        }
        const auto valueOf = [](const auto &variables, const std::string &name) {
            const auto found = variables.find(name);
            return found == variables.end() ? Json() : found->second;
        };
        for (const std::string &name : names) {
            m_report.expectSecret(path({"Config", "Env", name}), valueOf(old, name), valueOf(expected, name),
                valueOf(now, name), broughtByImage());
        }
    }

    void compareLabels(const Json &before, const Json &after)
    {
        const Json &expected = memberOf(m_expected, "Labels");
        for (const std::string &label : keysOf({members(before), members(after), members(expected)})) {
            const QString where = path({"Config", "Labels", label});
            const Json &old = memberOf(before, label.c_str());
            const Json &now = memberOf(after, label.c_str());
            if (ownMarks.count(label) > 0) {
                m_report.compare(
                    where, old, now, QStringLiteral("This program marks the containers that it makes."));
            } else {
                m_report.expectExactly(where, old, memberOf(expected, label.c_str()), now,
                    label == "com.docker.compose.image"
                        ? QStringLiteral("Compose is told which image runs now.")
                        : broughtByImage());
            }
        }
    }

    void compareHostname(const Json &before, const Json &after)
    {
        const auto isOwn = [](const Json &inspect, const Json &name) {
            return name.is_string() && name.get<QString>() == core::textOf(inspect, "Id").left(12);
        };
        const QString mode = core::textOf(memberOf(m_before, "HostConfig"), "NetworkMode");
        QString explanation;
        if (isOwn(m_before, before) && isOwn(m_after, after)) {
            explanation = QStringLiteral("The engine makes the host name from the container's id.");
        } else if (mode.startsWith(QLatin1String("container:"))) {
            explanation = QStringLiteral("The host name is that of the container whose network it shares.");
        }
        m_report.compareUnset(path({"Config", "Hostname"}), before, after, explanation);
    }

    void compareMembers(const std::string &key, const Json &before, const Json &after)
    {
        const Json &expected = memberOf(m_expected, key.c_str());
        for (const std::string &name : keysOf({members(before), members(after), members(expected)})) {
            const QString where = path({"Config", key, name});
            const Json &old = memberOf(before, name.c_str());
            const Json &wanted = memberOf(expected, name.c_str());
            const Json &now = memberOf(after, name.c_str());
            if (key == "Healthcheck") {
                m_report.expect(where, old, wanted, now, broughtByImage());
            } else {
                // Ports and volumes are named by keys whose values are empty.
                m_report.expectExactly(where, old, wanted, now, broughtByImage());
            }
        }
    }

    void compareHost()
    {
        const Json &before = members(memberOf(m_before, "HostConfig"));
        const Json &after = members(memberOf(m_after, "HostConfig"));
        const Json &expected = memberOf(m_expected, "HostConfig");
        for (const std::string &key : keysOf({before, after})) {
            const QString where = path({"HostConfig", key});
            const Json old = withoutDefault(key, memberOf(before, key.c_str()));
            const Json now = withoutDefault(key, memberOf(after, key.c_str()));
            const bool carriedOn = members(expected).contains(key);
            if (key == "NetworkMode") {
                m_report.compareUnset(where, old, now, explainMode(old, now));
            } else if (key == "Links") {
                m_report.compareUnset(where, sorted(old), sorted(now));
            } else if (key == "Mounts" || key == "Binds") {
                m_report.compareUnset(where, old, now,
                    now == memberOf(expected, key.c_str())
                        ? QStringLiteral("Volumes without a name are attached again by name.")
                        : QString());
            } else if (exact.count(key) > 0) {
                m_report.compare(where, old, now);
            } else if (!carriedOn && (completed.count(key) > 0 || isUnset(now))) {
                m_report.compareUnset(where, old, now,
                    QStringLiteral("A create request does not carry this on; the engine sets it."));
            } else {
                m_report.compareUnset(where, old, now);
            }
        }
    }

    QString explainMode(const Json &before, const Json &after) const
    {
        if (before == Json("default") && after == Json("bridge")) {
            return QStringLiteral("Both names mean the same network.");
        }
        return after == memberOf(memberOf(m_expected, "HostConfig"), "NetworkMode")
                   ? QStringLiteral("It had been disconnected from its first network.")
                   : QString();
    }

    void compareMounts()
    {
        const auto byDestination = [](const Json &mounts) {
            std::map<std::string, Json> result;
            for (const Json &mount : items(mounts)) {
                result[core::textOf(mount, "Destination").toStdString()] = mount;
            }
            return result;
        };
        const auto before = byDestination(memberOf(m_before, "Mounts"));
        const auto after = byDestination(memberOf(m_after, "Mounts"));
        for (const auto &[destination, mount] : before) {
            const auto found = after.find(destination);
            if (found == after.end()) {
                m_report.compare(path({"Mounts", destination}), mount, Json());
                continue;
            }
            for (const std::string &key : keysOf({mount, found->second})) {
                m_report.compareUnset(path({"Mounts", destination, key}), memberOf(mount, key.c_str()),
                    memberOf(found->second, key.c_str()),
                    key == "Mode" ? explainMountMode(mount) : QString());
            }
        }
        for (const auto &[destination, mount] : after) {
            if (before.count(destination) == 0) {
                m_report.compare(
                    path({"Mounts", destination}), Json(), mount, explainNewMount(destination, mount));
            }
        }
    }

    QString explainNewMount(const std::string &destination, const Json &mount) const
    {
        const Json &declared = memberOf(memberOf(m_newImage, "Config"), "Volumes");
        const bool isVolume = memberOf(mount, "Type") == Json("volume");
        if (isVolume && flag(mount, "RW") && members(declared).contains(destination)) {
            return QStringLiteral("The new image declares this volume.");
        }
        return isUnset(memberOf(memberOf(m_before, "HostConfig"), "VolumesFrom"))
                   ? QString()
                   : QStringLiteral("The container whose volumes it takes has got one more.");
    }

    /// A volume that had no name is now mounted by name, for which the engine writes a mode.
    QString explainMountMode(const Json &mount) const
    {
        const bool volume = core::textOf(mount, "Type") == QLatin1String("volume");
        return volume && core::textOf(mount, "Mode").isEmpty()
                   ? QStringLiteral("The engine writes a mode where a volume is named; access is the same.")
                   : QString();
    }

    static QString broughtByImage() { return QStringLiteral("The new image brought it."); }

    const Json &m_before;
    const Json &m_after;
    const Json &m_newImage;
    Json m_expected;
    ProofReport m_report;
};

} // namespace

bool FaithfulnessReport::faithful() const
{
    return std::none_of(differences.begin(), differences.end(),
        [](const FieldDifference &difference) { return difference.explanation.isEmpty(); });
}

FaithfulnessReport proveFaithful(
    const Json &before, const Json &after, const Json &oldImage, const Json &newImage)
{
    return Prover(before, after, oldImage, newImage).prove();
}

} // namespace dockerauto::domain
