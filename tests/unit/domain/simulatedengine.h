#pragma once

#include <core/json.h>

#include <map>
#include <string>

/// What an engine makes of a create request: an independent model, written from moby's daemon/commit.go
/// (merge) and daemon/create.go, of what the inspect of the new container says.
namespace simulatedengine {

using Json = dockerauto::core::Json;

inline bool isNothing(const Json &value)
{
    return value.is_null() || value == Json("") || value == Json(0) || value == Json(false) ||
           (value.is_structured() && value.empty());
}

inline Json at(const Json &object, const char *key)
{
    return object.is_object() && object.contains(key) ? object.at(key) : Json();
}

inline Json mergeEnvironment(const Json &own, const Json &image)
{
    Json merged = isNothing(own) ? Json::array() : own;
    for (const auto &entry : isNothing(image) ? Json::array() : image) {
        const std::string text = entry.get<std::string>();
        const std::string name = text.substr(0, text.find('=') + 1);
        bool given = false;
        for (const auto &candidate : isNothing(own) ? Json::array() : own) {
            given = given || candidate.get<std::string>().rfind(name, 0) == 0;
        }
        if (!given) {
            merged.push_back(entry);
        }
    }
    return merged;
}

/// The Config of the container that `request` makes from an image.
inline Json config(const Json &request, const Json &image)
{
    Json result = request;
    result.erase("HostConfig");
    result.erase("NetworkingConfig");
    for (const char *key : {"User", "WorkingDir", "StopSignal"}) {
        result[key] = isNothing(at(request, key)) ? (isNothing(at(image, key)) ? Json("") : at(image, key))
                                                  : at(request, key);
    }
    result["Env"] = mergeEnvironment(at(request, "Env"), at(image, "Env"));
    for (const char *key : {"Labels", "ExposedPorts", "Volumes"}) {
        Json merged = isNothing(at(image, key)) ? Json::object() : at(image, key);
        if (!isNothing(at(request, key))) {
            merged.update(at(request, key));
        }
        result[key] = merged;
    }
    const bool hasEntrypoint = !isNothing(at(request, "Entrypoint"));
    if (!hasEntrypoint && isNothing(at(request, "Cmd"))) {
        result["Cmd"] = at(image, "Cmd");
    }
    if (at(request, "Entrypoint").is_null()) {
        result["Entrypoint"] = at(image, "Entrypoint");
    }
    if (at(result, "Entrypoint") == Json::array({""})) {
        result["Entrypoint"] = Json();
    }
    Json check = isNothing(at(request, "Healthcheck")) ? Json::object() : at(request, "Healthcheck");
    if (!isNothing(at(image, "Healthcheck"))) {
        const Json imageCheck = at(image, "Healthcheck");
        for (const auto &[key, value] : imageCheck.items()) {
            if (isNothing(at(check, key.c_str()))) {
                check[key] = value;
            }
        }
    }
    if (check.empty()) {
        result.erase("Healthcheck");
    } else {
        result["Healthcheck"] = check;
    }
    return result;
}

/// Volumes that must be mounted: those that are named, those of the container that VolumesFrom names, and one
/// without a name for each declared path that is free.
inline Json mounts(const Json &config, const Json &host, const std::string &id)
{
    std::map<std::string, Json> byPath;
    if (!isNothing(at(host, "VolumesFrom"))) {
        byPath["/from"] = {{"Type", "volume"}, {"Name", "shared"}, {"Destination", "/from"}, {"RW", true}};
    }
    for (const auto &bind : isNothing(at(host, "Binds")) ? Json::array() : at(host, "Binds")) {
        const std::string text = bind.get<std::string>();
        const std::size_t colon = text.find(':');
        const std::string target = text.substr(colon + 1, text.find(':', colon + 1) - colon - 1);
        byPath[target] = {{"Type", text.starts_with('/') ? "bind" : "volume"},
            {"Name", text.substr(0, colon)}, {"Destination", target}, {"RW", !text.ends_with(":ro")}};
    }
    for (const auto &mount : isNothing(at(host, "Mounts")) ? Json::array() : at(host, "Mounts")) {
        const std::string target = mount.at("Target");
        byPath[target] = {{"Type", mount.at("Type")},
            {"Name", mount.value("Source", "anonymous-" + id + target)}, {"Destination", target},
            {"RW", !mount.value("ReadOnly", false)}};
    }
    const Json tmpfs = at(host, "Tmpfs");
    const Json declared = at(config, "Volumes");
    for (const auto &[target, nothing] : declared.items()) {
        if (byPath.count(target) == 0 && at(tmpfs, target.c_str()).is_null()) {
            byPath[target] = {{"Type", "volume"}, {"Name", "anonymous-" + id + target},
                {"Destination", target}, {"RW", true}};
        }
    }
    Json result = Json::array();
    for (const auto &[target, mount] : byPath) {
        result.push_back(mount);
    }
    return result;
}

/// Adds a network, as create does for each that it is told and connect for one more.
inline void connect(Json &inspect, const std::string &network, const Json &endpoint, int apiMinor)
{
    const std::string id = inspect["Id"];
    Json settings = isNothing(endpoint) ? Json::object() : endpoint;
    settings["IPAddress"] = "172.20.0." + std::to_string(static_cast<int>(id.front()));
    settings["NetworkID"] = "id of " + network;
    if (isNothing(at(settings, "MacAddress"))) {
        settings["MacAddress"] = "02:42:ac:14:00:" + std::to_string(static_cast<int>(id.front()));
    }
    if (network != "bridge") {
        Json names = isNothing(at(endpoint, "Aliases")) ? Json::array() : at(endpoint, "Aliases");
        if (apiMinor < 45) {
            names.push_back(id.substr(0, 12));
        }
        settings["Aliases"] = names;
    }
    inspect["NetworkSettings"]["Networks"][network] = settings;
}

/// `target:alias` as inspect shows it.
inline Json shownLinks(const Json &links)
{
    Json shown = Json::array();
    for (const auto &link : isNothing(links) ? Json::array() : links) {
        const std::string text = link.get<std::string>();
        shown.push_back("/" + text.substr(0, text.find(':')) + ":/app/" + text.substr(text.find(':') + 1));
    }
    return shown;
}

/// The inspect of what `request` makes.
inline Json create(const Json &request, const Json &image, const std::string &id, int apiMinor = 44)
{
    Json inspect{{"Id", id}, {"Name", "/app"}, {"Config", config(request, at(image, "Config"))},
        {"HostConfig", at(request, "HostConfig")}, {"Image", at(image, "Id")}};
    if (isNothing(at(inspect["Config"], "Hostname"))) {
        inspect["Config"]["Hostname"] = id.substr(0, 12);
    }
    inspect["Mounts"] = mounts(inspect["Config"], inspect["HostConfig"], id);
    Json &host = inspect["HostConfig"];
    if (!isNothing(at(host, "Links"))) {
        host["Links"] = shownLinks(at(host, "Links"));
    }
    host["Runtime"] = isNothing(at(host, "Runtime")) ? Json("runc") : at(host, "Runtime");
    inspect["NetworkSettings"]["Networks"] = Json::object();
    const std::string mode = at(host, "NetworkMode").get<std::string>();
    if (mode.starts_with("container:")) {
        return inspect;
    }
    const std::string primary = mode == "default" ? "bridge" : mode;
    Json endpoints = at(at(request, "NetworkingConfig"), "EndpointsConfig");
    if (at(endpoints, primary.c_str()).is_null()) {
        endpoints[primary] = Json::object();
    }
    const Json given = at(request, "MacAddress");
    if (!isNothing(given)) {
        endpoints[primary]["MacAddress"] = given;
    }
    if (apiMinor < 52 && !isNothing(at(endpoints[primary], "MacAddress"))) {
        inspect["Config"]["MacAddress"] = endpoints[primary]["MacAddress"];
    } else {
        inspect["Config"].erase("MacAddress");
    }
    for (const auto &[name, endpoint] : endpoints.items()) {
        connect(inspect, name, endpoint, apiMinor);
    }
    return inspect;
}

} // namespace simulatedengine
