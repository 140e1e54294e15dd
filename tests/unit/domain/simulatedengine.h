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

/// Volumes that must be mounted: those that are named, and one without a name for each declared path that is
/// free.
inline Json mounts(const Json &config, const Json &host, const std::string &id)
{
    std::map<std::string, Json> byPath;
    for (const auto &bind : isNothing(at(host, "Binds")) ? Json::array() : at(host, "Binds")) {
        const std::string text = bind.get<std::string>();
        const std::string target = text.substr(text.find(':') + 1);
        byPath[target] = {{"Type", text.starts_with('/') ? "bind" : "volume"},
            {"Name", text.substr(0, text.find(':'))}, {"Destination", target}, {"RW", true}};
    }
    for (const auto &mount : isNothing(at(host, "Mounts")) ? Json::array() : at(host, "Mounts")) {
        const std::string target = mount.at("Target");
        byPath[target] = {{"Type", mount.at("Type")}, {"Name", mount.at("Source")}, {"Destination", target},
            {"RW", !mount.value("ReadOnly", false)}};
    }
    const Json declared = at(config, "Volumes");
    for (const auto &[target, nothing] : declared.items()) {
        if (byPath.count(target) == 0) {
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

/// The inspect of what `request` makes.
inline Json create(const Json &request, const Json &image, const std::string &id)
{
    Json inspect{{"Id", id}, {"Name", "/app"}, {"Config", config(request, at(image, "Config"))},
        {"HostConfig", at(request, "HostConfig")}};
    if (isNothing(at(inspect["Config"], "Hostname"))) {
        inspect["Config"]["Hostname"] = id.substr(0, 12);
    }
    inspect["Mounts"] = mounts(inspect["Config"], inspect["HostConfig"], id);
    Json networks = Json::object();
    const Json endpoints = at(at(request, "NetworkingConfig"), "EndpointsConfig");
    for (const auto &[name, endpoint] : endpoints.items()) {
        networks[name] = endpoint;
        networks[name]["IPAddress"] = "172.20.0." + std::to_string(id.size());
        if (name != "bridge") {
            networks[name]["Aliases"] =
                isNothing(at(endpoint, "Aliases")) ? Json::array() : at(endpoint, "Aliases");
            networks[name]["Aliases"].push_back(id.substr(0, 12));
        }
    }
    if (networks.empty()) {
        networks["bridge"] = {{"IPAddress", "172.17.0.2"}, {"Aliases", nullptr}, {"IPAMConfig", nullptr}};
    }
    inspect["NetworkSettings"]["Networks"] = networks;
    return inspect;
}

} // namespace simulatedengine
