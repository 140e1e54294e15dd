#include "shape.h"

namespace dockerauto::shapes {

std::vector<Shape> networkShapes()
{
    const auto front = [](const char *name, const char *endpoint, const char *more = "",
                           State state = State::Running) {
        return Shape{.name = name,
            .body =
                std::string(
                    R"({"HostConfig":{"NetworkMode":"@FRONT"},"NetworkingConfig":{"EndpointsConfig":{"@FRONT":)") +
                endpoint + "}}" + more + "}",
            .state = state};
    };
    const auto host = [](const char *name, const char *config) {
        return Shape{.name = name, .body = std::string(R"({"HostConfig":)") + config + "}"};
    };
    return {
        host("default network by name", R"({"NetworkMode":"bridge"})"),
        host("default network", R"({"NetworkMode":"default"})"),
        host("network of the host", R"({"NetworkMode":"host"})"),
        host("no network", R"({"NetworkMode":"none"})"),
        host("network of another by id", R"({"NetworkMode":"container:@OTHER"})"),
        host("network of another by name", R"({"NetworkMode":"container:@PARTNER"})"),
        host("own network, nothing said", R"({"NetworkMode":"@FRONT"})"),
        host("own network by id", R"({"NetworkMode":"@FRONTID"})"),
        front("static address", R"({"IPAMConfig":{"IPv4Address":"@IP.@N"}})"),
        front("static address, stopped", R"({"IPAMConfig":{"IPv4Address":"@IP.@N"}})", "", State::Stopped),
        front("static address, never started", R"({"IPAMConfig":{"IPv4Address":"@IP.@N"}})", "",
            State::Created),
        {.name = "static IPv6 address",
            .body = R"({"HostConfig":{"NetworkMode":"@SIX"},"NetworkingConfig":{"EndpointsConfig":{"@SIX":
            {"IPAMConfig":{"IPv6Address":"fd00:d0c:@SIXNUMBER::@N"}}}}})"},
        {.name = "static addresses of both kinds",
            .body = R"({"HostConfig":{"NetworkMode":"@SIX"},"NetworkingConfig":{"EndpointsConfig":{"@SIX":
            {"IPAMConfig":{"IPv4Address":"@SIXIP.@N","IPv6Address":"fd00:d0c:@SIXNUMBER::@N"}}}}})"},
        front("link-local address", R"({"IPAMConfig":{"LinkLocalIPs":["169.254.34.@N"]}})"),
        front("aliases", R"({"Aliases":["web","www","web.example.org"]})"),
        front("alias equal to the host name", R"({"Aliases":["mail"]})", R"(,"Hostname":"mail")"),
        front("links in a network", R"({"Links":["@PARTNER:db"]})"),
        front("options of the network driver", R"({"DriverOpts":{"com.example.option":"1"}})"),
        front("own MAC address", "{}", R"(,"MacAddress":"92:d0:c6:0a:29:@HEX")"),
        {.name = "own MAC address on the default network", .body = R"({"MacAddress":"92:d0:c6:0a:2a:@HEX"})"},
        front("own MAC address that looks made up", "{}", R"(,"MacAddress":"02:42:c6:0a:29:@HEX")"),
        {.name = "two networks with aliases and addresses",
            .body = R"({"HostConfig":{"NetworkMode":"@FRONT"},"NetworkingConfig":{"EndpointsConfig":{"@FRONT":
            {"Aliases":["web"],"IPAMConfig":{"IPv4Address":"@IP.@N"}}}}})",
            .connect = {{"@BACK", R"({"Aliases":["api","web"],"IPAMConfig":{"IPv4Address":"@BACKIP.@N"}})"}}},
        {.name = "default network and another one",
            .body = "{}",
            .connect = {{"@BACK", R"({"Aliases":["api"]})"}}},
        {.name = "three networks",
            .body = R"({"HostConfig":{"NetworkMode":"@BACK"}})",
            .connect = {{"@FRONT", R"({"IPAMConfig":{"IPv4Address":"@IP.@N"}})"}, {"@SIX", "{}"}}},
        {.name = "three networks, stopped",
            .body = R"({"HostConfig":{"NetworkMode":"@BACK"}})",
            .state = State::Stopped,
            .connect = {{"@FRONT", R"({"IPAMConfig":{"IPv4Address":"@IP.@N"}})"}, {"@SIX", "{}"}}},
        host("link", R"({"NetworkMode":"default","Links":["@PARTNER:db"]})"),
        host("links with several names", R"({"Links":["@PARTNER:db","@PARTNER:database"]})"),
        host("published port", R"({"PortBindings":{"80/tcp":[{"HostPort":"@PORT"}]}})"),
        host("published on one address",
            R"({"PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"@PORT"}]}})"),
        host("published UDP port", R"({"PortBindings":{"53/udp":[{"HostPort":"@PORT"}]}})"),
        host("port published twice",
            R"({"PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"@PORT"},{"HostIp":"127.0.0.2","HostPort":"@PORT"}]}})"),
        host("port out of a range", R"({"PortBindings":{"80/tcp":[{"HostPort":"@PORT-@PORT"}]}})"),
        host("port that the engine chooses", R"({"PortBindings":{"80/tcp":[{"HostPort":""}]}})"),
        host("port that the engine chooses, as 0",
            R"({"PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"0"}]}})"),
        host("all ports published", R"({"PublishAllPorts":true})"),
        host("name servers",
            R"({"Dns":["1.1.1.1","9.9.9.9"],"DnsOptions":["ndots:1"],"DnsSearch":["example.org"]})"),
        host("hosts", R"({"ExtraHosts":["db:10.0.0.9","gateway:host-gateway"]})"),
    };
}

} // namespace dockerauto::shapes
