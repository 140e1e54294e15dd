#include "shapecomparison.h"

#include <algorithm>
#include <map>
#include <set>

namespace dockerauto::shapes {
namespace {

using core::Json;
using core::memberOf;

std::string textAt(const Json &object, const char *key)
{
    return core::textOf(object, key).toStdString();
}

std::string shortId(const Json &inspect)
{
    return textAt(inspect, "Id").substr(0, 12);
}

bool isEmpty(const Json &value)
{
    return value.is_null() || value == Json("") || (value.is_structured() && value.empty());
}

const Json &members(const Json &value)
{
    static const Json none = Json::object();
    return value.is_object() ? value : none;
}

class Comparison
{
public:
    Comparison(const Shape &shape, const Inspects &inspects) : m_shape(shape), m_inspects(inspects) {}

    QStringList take()
    {
        compareConfig();
        compareHost();
        compareMounts();
        compareNetworks();
        comparePorts();
        compareRest();
        return m_differences;
    }

private:
    void same(const std::string &path, const Json &was, const Json &is)
    {
        if (was != is && !(isEmpty(was) && isEmpty(is))) {
            m_differences += QString::fromStdString(path + ": " + core::writeJson(was).substr(0, 300) +
                                                    " → " + core::writeJson(is).substr(0, 300));
        }
    }

    void sameMembers(
        const std::string &path, const Json &was, const Json &is, const std::set<std::string> &but = {})
    {
        std::set<std::string> keys;
        for (const Json *object : {&was, &is}) {
            for (const auto &[key, value] : members(*object).items()) {
                keys.insert(key);
            }
        }
        for (const std::string &key : keys) {
            if (but.count(key) == 0) {
                same(path + "/" + key, memberOf(was, key.c_str()), memberOf(is, key.c_str()));
            }
        }
    }

    /// Lists of variables become objects, so that single ones can be named.
    static Json configOf(const Json &inspect)
    {
        Json config = memberOf(inspect, "Config");
        Json variables = Json::object();
        for (const Json &entry : memberOf(config, "Env")) {
            const std::string text = entry;
            variables[text.substr(0, text.find('='))] = text;
        }
        config["Env"] = variables;
        if (memberOf(config, "Hostname") == Json(shortId(inspect))) {
            config["Hostname"] = "(id)";
        }
        return config;
    }

    void compareConfig()
    {
        Json expected = configOf(m_inspects.byHand);
        Json is = configOf(m_inspects.after);
        const Json image = configOf(m_inspects.newImage);
        for (const std::string &text : m_shape.sameAsImage) {
            const Json::json_pointer pointer(text);
            if (image.contains(pointer)) {
                expected[pointer] = image.at(pointer);
            } else if (expected.contains(pointer)) {
                expected.at(pointer.parent_pointer()).erase(pointer.back());
            }
        }
        if (!memberOf(memberOf(expected, "Labels"), "com.docker.compose.image").is_null()) {
            expected["Labels"]["com.docker.compose.image"] = m_inspects.newImage.at("Id");
        }
        for (const char *key : {"Env", "Labels", "ExposedPorts", "Volumes", "Healthcheck"}) {
            sameMembers(std::string("Config/") + key, memberOf(expected, key), memberOf(is, key));
        }
        std::set<std::string> compared{"Env", "Labels", "ExposedPorts", "Volumes", "Healthcheck"};
        if (textAt(m_inspects.after["HostConfig"], "NetworkMode").starts_with("container:")) {
            // That of the other, written when it starts.
            compared.insert("Hostname");
        }
        sameMembers("Config", expected, is, compared);
        Json words = is["Entrypoint"].is_array() ? is["Entrypoint"] : Json::array();
        for (const Json &word : is["Cmd"]) {
            words.push_back(word);
        }
        same("Path", words.at(0), m_inspects.after["Path"]);
        words.erase(0);
        same("Args", words, m_inspects.after["Args"]);
    }

    /// Binds and Mounts, with the names of the volumes that had none and are attached again.
    Json expectedHost() const
    {
        Json host = memberOf(m_inspects.before, "HostConfig");
        Json &binds = host["Binds"];
        Json &mounts = host["Mounts"];
        const Json &declared = memberOf(memberOf(m_inspects.before, "Config"), "Volumes");
        for (const Json &mount : m_inspects.before["Mounts"]) {
            const std::string target = textAt(mount, "Destination");
            if (textAt(mount, "Type") != "volume") {
                continue;
            }
            bool known = false;
            for (Json &bind : binds) {
                const std::string text = bind;
                known = known || text == target || (text + ":").find(":" + target + ":") != std::string::npos;
                if (text == target) {
                    bind = textAt(mount, "Name") + ":" + target;
                }
            }
            for (Json &own : mounts) {
                if (textAt(own, "Target") == target) {
                    known = true;
                    own["Source"] = mount["Name"];
                }
            }
            if (!known && !memberOf(declared, target.c_str()).is_null()) {
                Json own{{"Type", "volume"}, {"Source", mount["Name"]}, {"Target", target}};
                if (mount["RW"] == Json(false)) {
                    own["ReadOnly"] = true;
                }
                mounts.push_back(own);
            }
        }
        return host;
    }

    void compareHost()
    {
        Json was = expectedHost();
        Json is = memberOf(m_inspects.after, "HostConfig");
        for (Json *host : {&was, &is}) {
            Json &links = (*host)["Links"];
            std::sort(links.begin(), links.end());
        }
        // The engine writes its default only when it has started a container, and sizes come with a request
        // to attach.
        std::set<std::string> volatileFields{"ConsoleSize"};
        if (isEmpty(was["Runtime"])) {
            volatileFields.insert("Runtime");
        }
        sameMembers("HostConfig", was, is, volatileFields);
        volatileFields.insert({"Runtime", "Links", "Mounts", "Binds"});
        sameMembers("HostConfig by hand", memberOf(m_inspects.byHand, "HostConfig"), is, volatileFields);
    }

    static std::map<std::string, Json> mountsOf(const Json &inspect)
    {
        std::map<std::string, Json> mounts;
        for (const Json &mount : inspect.at("Mounts")) {
            mounts[textAt(mount, "Destination")] = mount;
        }
        return mounts;
    }

    void compareMounts()
    {
        auto is = mountsOf(m_inspects.after);
        for (auto [target, was] : mountsOf(m_inspects.before)) {
            Json &now = is[target];
            // Written for volumes that are named, and they all are by now.
            if (was["Type"] == Json("volume") && now.is_object()) {
                was.erase("Mode");
                now.erase("Mode");
            }
            sameMembers("Mounts " + target, was, now);
            is.erase(target);
        }
        const Json &declared = memberOf(memberOf(m_inspects.newImage, "Config"), "Volumes");
        for (const auto &[target, mount] : is) {
            if (memberOf(declared, target.c_str()).is_null()) {
                same("Mounts " + target, Json(), mount);
            }
        }
    }

    static Json ownAliases(const Json &inspect, const Json &endpoint)
    {
        Json own = Json::array();
        for (const Json &alias : memberOf(endpoint, "Aliases")) {
            if (alias != Json(shortId(inspect))) {
                own.push_back(alias);
            }
        }
        return own;
    }

    void compareNetworks()
    {
        const Json &was = m_inspects.before["NetworkSettings"]["Networks"];
        const Json &is = m_inspects.after["NetworkSettings"]["Networks"];
        std::set<std::string> names;
        for (const auto &[name, endpoint] : was.items()) {
            const Json &now = memberOf(is, name.c_str());
            std::set<std::string> volatileFields{"EndpointID", "Aliases"};
            const Json &ipam = memberOf(endpoint, "IPAMConfig");
            if (textAt(ipam, "IPv4Address").empty()) {
                volatileFields.insert({"IPAddress", "MacAddress"});
            }
            if (textAt(ipam, "IPv6Address").empty()) {
                volatileFields.insert("GlobalIPv6Address");
            }
            if (m_inspects.before["State"]["Running"] != Json(true)) {
                // Of the time when it ran.
                volatileFields.insert("NetworkID");
            }
            if (!textAt(m_inspects.before["Config"], "MacAddress").empty()) {
                volatileFields.erase("MacAddress");
            }
            sameMembers("Networks/" + name, endpoint, now, volatileFields);
            same("Networks/" + name + "/Aliases", ownAliases(m_inspects.before, endpoint),
                ownAliases(m_inspects.after, now));
            names.insert(name);
        }
        for (const auto &[name, endpoint] : is.items()) {
            if (names.count(name) == 0) {
                same("Networks/" + name, Json(), endpoint);
            }
        }
    }

    void comparePorts()
    {
        const Json &was = m_inspects.before["NetworkSettings"]["Ports"];
        const Json &is = m_inspects.after["NetworkSettings"]["Ports"];
        const Json &bindings = memberOf(m_inspects.before["HostConfig"], "PortBindings");
        for (const auto &[port, wanted] : members(bindings).items()) {
            const std::string hostPort = wanted.empty() ? std::string() : textAt(wanted[0], "HostPort");
            if (hostPort.empty() || hostPort == "0") {
                const bool published = !isEmpty(memberOf(is, port.c_str()));
                same("Ports/" + port, Json(!isEmpty(memberOf(was, port.c_str()))), Json(published));
            } else {
                same("Ports/" + port, memberOf(was, port.c_str()), memberOf(is, port.c_str()));
            }
        }
    }

    void compareRest()
    {
        for (const char *key :
            {"Name", "Driver", "Platform", "AppArmorProfile", "MountLabel", "ProcessLabel", "RestartCount"}) {
            same(key, m_inspects.before[key], m_inspects.after[key]);
        }
        for (const char *key : {"Running", "Paused"}) {
            same(
                std::string("State/") + key, m_inspects.before["State"][key], m_inspects.after["State"][key]);
        }
        same("Image", m_inspects.newImage["Id"], m_inspects.after["Image"]);
    }

    const Shape &m_shape;
    Inspects m_inspects;
    QStringList m_differences;
};

} // namespace

QStringList differences(const Shape &shape, const Inspects &inspects)
{
    return Comparison(shape, inspects).take();
}

} // namespace dockerauto::shapes
