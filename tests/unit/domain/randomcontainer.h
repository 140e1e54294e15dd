#pragma once

#include <core/json.h>

#include <map>
#include <random>
#include <string>

/// Random requests and images out of a few values, so that they meet often.
namespace randomcontainer {

using Json = dockerauto::core::Json;

/// Where an image takes its values from.
enum class Family
{
    /// Has the values that requests have.
    Common,
    /// Has none of them, so that everything in a container can be told apart.
    Apart
};

class Chance
{
public:
    explicit Chance(unsigned seed) : m_random(seed) {}

    bool coin(int of = 2) { return number(of) == 0; }
    int number(int below) { return static_cast<int>(m_random() % static_cast<unsigned>(below)); }

    Json words(const std::string &prefix, int atLeast = 0)
    {
        Json list = Json::array();
        for (int i = atLeast + number(3); i > 0; --i) {
            list.push_back(prefix + value());
        }
        return list;
    }
    Json set(const char *prefix, const char *suffix)
    {
        Json object = Json::object();
        for (int i = number(3); i > 0; --i) {
            const int key = number(3) + (m_family == Family::Apart ? 10 : 0);
            object[prefix + std::to_string(key) + suffix] = Json::object();
        }
        return object;
    }
    Json environment()
    {
        std::map<std::string, std::string> variables;
        for (int i = number(4); i > 0; --i) {
            variables["V" + std::to_string(number(4))] = coin(5) ? "a=" + value() : value();
        }
        Json list = Json::array();
        for (const auto &[name, text] : variables) {
            list.push_back(name + "=" + text);
        }
        return list;
    }
    Json labels()
    {
        Json object = Json::object();
        const char *const names[] = {"a", "b", "com.docker.compose.service", "docker-auto.policy"};
        for (int i = number(4); i > 0; --i) {
            // The last two are always their owner's, also where an image has brought them.
            object[names[number(m_family == Family::Apart ? 2 : 4)]] = value();
        }
        return object;
    }
    Json healthcheck()
    {
        Json check = Json::object();
        if (coin()) {
            check["Test"] =
                m_family == Family::Common && coin(3) ? Json::array({"NONE"}) : Json::array({"CMD", value()});
        }
        for (const char *key : {"Interval", "Timeout", "StartPeriod", "StartInterval", "Retries"}) {
            if (coin()) {
                check[key] = (m_family == Family::Apart ? 10 : 1) + number(2);
            }
        }
        return check;
    }
    /// What requests and images have in common.
    Json configuration()
    {
        Json config{{"Env", environment()}, {"Labels", labels()}, {"ExposedPorts", set("", "/tcp")},
            {"Volumes", set("/v", "")}};
        for (const char *key : {"User", "WorkingDir", "StopSignal"}) {
            if (coin()) {
                config[key] = (key[0] == 'W' ? "/w" : "x") + value();
            }
        }
        if (const Json check = healthcheck(); !check.empty()) {
            config["Healthcheck"] = check;
        }
        return config;
    }
    Json image(const char *id, Family family = Family::Common)
    {
        m_family = family;
        Json config = configuration();
        const int atLeast = family == Family::Apart ? 1 : 0;
        if (coin() || family == Family::Apart) {
            config["Entrypoint"] = words("e", atLeast);
        }
        config["Cmd"] = words("c", atLeast);
        // An image whose check has no test has no check.
        if (config.contains("Healthcheck") && !config["Healthcheck"].contains("Test")) {
            config.erase("Healthcheck");
        }
        m_family = Family::Common;
        return {{"Id", id}, {"Config", config}};
    }
    Json request(int apiMinor)
    {
        Json request = configuration();
        request["Image"] = "x:1";
        addCommand(request);
        request["HostConfig"] = host();
        if (coin(4)) {
            request["StopTimeout"] = number(2);
        }
        if (coin(4)) {
            request["Tty"] = true;
        }
        addNetwork(request, apiMinor);
        return request;
    }

private:
    std::string value() { return (m_family == Family::Apart ? "new" : "") + std::to_string(number(2)); }

    void addCommand(Json &request)
    {
        switch (number(4)) {
        case 0:
            request["Entrypoint"] = Json::array({""});
            break;
        case 1:
            request["Entrypoint"] = words("e");
            break;
        case 2:
            request["Entrypoint"] = Json::array({"e0"});
            break;
        default:
            break;
        }
        request["Cmd"] = words("c");
    }

    Json host()
    {
        Json host{{"Memory", 9007199254740993 + number(3)}, {"Unknown", {{"Deep", number(9)}}},
            {"Binds", coin() ? Json() : Json::array({coin() ? "data:/v0" : "/srv:/v1:ro"})},
            {"MaskedPaths", coin() ? Json() : Json::array()},
            {"ReadonlyPaths", coin() ? Json() : Json::array()}};
        const auto sometimes = [&](const char *key, const Json &value) {
            if (coin(3)) {
                host[key] = value;
            }
        };
        sometimes("Runtime", "runc");
        sometimes("AutoRemove", true);
        sometimes("Privileged", true);
        sometimes("Init", coin());
        sometimes("MemorySwappiness", number(2) * 60);
        sometimes("NanoCpus", 1500000000);
        sometimes("RestartPolicy", {{"Name", "on-failure"}, {"MaximumRetryCount", number(3)}});
        sometimes("VolumesFrom", Json::array({"other:ro"}));
        sometimes("IpcMode", "container:other");
        sometimes("Tmpfs", {{"/v2", "size=1m"}});
        sometimes("Mounts", Json::array({Json{{"Type", "volume"}, {"Target", "/m"}}}));
        sometimes("DeviceRequests", Json::array({Json{{"Count", -1}, {"Capabilities", {{"gpu"}}}}}));
        sometimes("Ulimits", Json::array({Json{{"Name", "nofile"}, {"Soft", 1}, {"Hard", 2}}}));
        return host;
    }

    void addNetwork(Json &request, int apiMinor)
    {
        Json &host = request["HostConfig"];
        const char *const modes[] = {
            "bridge", "default", "host", "none", "container:other", "front", "front"};
        const std::string mode = modes[number(7)];
        host["NetworkMode"] = mode;
        if (mode == "container:other") {
            // Nobody may say more of a network that is another's.
            request.erase("ExposedPorts");
            return;
        }
        host["PortBindings"] = {{"1/tcp", {{{"HostPort", "80"}}}}};
        if (coin()) {
            request["Hostname"] = "named";
        }
        if (mode == "bridge" && coin()) {
            host["Links"] = {"db:database"};
        }
        const bool hasMac = coin(4) && mode != "host" && mode != "none";
        if (mode == "front") {
            Json endpoint{{"Aliases", {"web"}}, {"IPAMConfig", {{"IPv4Address", "172.20.0.9"}}}};
            if (coin()) {
                endpoint["DriverOpts"] = {{"a", "b"}};
            }
            request["NetworkingConfig"]["EndpointsConfig"]["front"] = endpoint;
        }
        if (hasMac && apiMinor < 44) {
            request["MacAddress"] = "00:16:3e:00:00:01";
        } else if (hasMac) {
            const std::string network = mode == "default" ? "bridge" : mode;
            request["NetworkingConfig"]["EndpointsConfig"][network]["MacAddress"] = "00:16:3e:00:00:01";
        }
    }

    std::mt19937 m_random;
    Family m_family = Family::Common;
};

} // namespace randomcontainer
