#include "shape.h"

namespace dockerauto::shapes {
namespace {

const std::string waits = R"("trap 'exit 0' TERM INT; sleep 86400 & wait")";

std::string manyVariables(int count)
{
    std::string text = "{\"Env\":[";
    for (int i = 0; i < count; ++i) {
        text += (i == 0 ? "\"" : ",\"") + ("VARIABLE_" + std::to_string(i) + "=value " + std::to_string(i)) +
                "\"";
    }
    return text + "]}";
}

} // namespace

std::vector<Shape> configurationShapes()
{
    return {
        {.name = "nothing said", .body = "{}"},
        {.name = "own command", .body = R"({"Cmd":["/bin/sh","-c","echo own; )" + waits.substr(1) + "]}"},
        {.name = "command of the image written out",
            .body = R"({"Cmd":["/bin/sh","-c",)" + waits + "]}",
            .sameAsImage = {"/Cmd"}},
        {.name = "entrypoint and command of the image", .body = "{}", .images = Images::Entry},
        {.name = "own command with the entrypoint of the image",
            .body = R"({"Cmd":["echo own; )" + waits.substr(1) + "]}",
            .images = Images::Entry},
        {.name = "own entrypoint",
            .body = R"({"Entrypoint":["/bin/sh","-c",)" + waits + "]}",
            .images = Images::Entry},
        {.name = "own entrypoint and command",
            .body = R"({"Entrypoint":["/bin/sh"],"Cmd":["-c",)" + waits + "]}",
            .images = Images::Entry},
        {.name = "entrypoint taken away",
            .body = R"({"Entrypoint":[""],"Cmd":["/bin/sh","-c",)" + waits + "]}",
            .images = Images::Entry},
        {.name = "entrypoint of the image, written out, without a command",
            .body = R"({"Entrypoint":["/bin/sh","-c"],"Cmd":[]})",
            .state = State::Created,
            .images = Images::Entry},
        {.name = "command as of a shell", .body = R"({"Shell":["/bin/sh","-c"]})"},
        {.name = "own variables", .body = R"({"Env":["OWN=1","EMPTY=","EQUALS=a=b=c","QUOTES=\"'$x\\"]})"},
        {.name = "variables of the image overridden",
            .body = R"({"Env":["SHARED=mine","OLD=","PATH=/bin:/sbin"]})"},
        {.name = "variable of the image written out",
            .body = R"({"Env":["SHARED=old"]})",
            .sameAsImage = {"/Env/SHARED"}},
        {.name = "variable without value", .body = R"({"Env":["NOVALUE","OWN=1"]})"},
        {.name = "variable of 64 KiB", .body = R"({"Env":["LONG=)" + std::string(65536, 'x') + R"("]})"},
        {.name = "variables and labels in all scripts",
            .body = R"({"Env":["ÜBER=größe","日本=東京 🐳"],"Labels":{"имя":"значение","emoji":"🐳\u0001"}})"},
        {.name = "200 variables", .body = manyVariables(200)},
        {.name = "variable in several lines",
            .body = R"({"Env":["KEY=-----BEGIN-----\nabc\n-----END-----\n"]})"},
        {.name = "own labels", .body = R"({"Labels":{"own":"1","empty":"","shared.label":"mine"}})"},
        {.name = "label of the image written out",
            .body = R"({"Labels":{"shared.label":"old","own":"1"}})",
            .sameAsImage = {"/Labels/shared.label"}},
        {.name = "labels of compose",
            .body = R"({"Labels":{"com.docker.compose.project":"p","com.docker.compose.service":"s",
            "com.docker.compose.container-number":"1","com.docker.compose.oneoff":"False",
            "com.docker.compose.config-hash":"aaaa","com.docker.compose.project.working_dir":"/srv/p",
            "com.docker.compose.image":"@OLDIMAGE","com.docker.compose.depends_on":"db:service_healthy:true"}})"},
        {.name = "labels of reverse proxies",
            .body =
                R"({"Labels":{"traefik.http.routers.a.rule":"Host(`a.example`) && PathPrefix(`/x`) && !Path(`/y`) ",
            "caddy":"{$DOMAIN}","homepage.group":"{{ .Name }}"}})"},
        {.name = "own user by number", .body = R"({"User":"1000:1000"})"},
        {.name = "own user by name", .body = R"({"User":"root"})", .images = Images::Entry},
        {.name = "own working directory", .body = R"({"WorkingDir":"/tmp"})"},
        {.name = "check switched off", .body = R"({"Healthcheck":{"Test":["NONE"]}})"},
        {.name = "only the interval of the check changed",
            .body = R"({"Healthcheck":{"Interval":77000000000}})"},
        {.name = "own check",
            .body = R"({"Healthcheck":{"Test":["CMD","/bin/true"],"Interval":60000000000,"Timeout":3000000000,
            "StartPeriod":1000000000,"Retries":7}})"},
        {.name = "own check by a shell",
            .body = R"({"Healthcheck":{"Test":["CMD-SHELL","true || exit 1"],"Interval":60000000000}})"},
        {.name = "stop signal and grace time", .body = R"({"StopSignal":"SIGINT","StopTimeout":3})"},
        {.name = "no grace time", .body = R"({"StopTimeout":0})"},
        {.name = "terminal and input", .body = R"({"Tty":true,"OpenStdin":true,"StdinOnce":false})"},
        {.name = "attached once",
            .body =
                R"({"AttachStdin":true,"AttachStdout":true,"AttachStderr":true,"OpenStdin":true,"StdinOnce":true})",
            .state = State::Created},
        {.name = "host and domain name", .body = R"({"Hostname":"mail","Domainname":"example.org"})"},
        {.name = "host name with dots", .body = R"({"Hostname":"mail.example.org"})"},
        {.name = "exposed ports only", .body = R"({"ExposedPorts":{"5353/udp":{},"9000/tcp":{}}})"},
        {.name = "port of the image written out",
            .body = R"({"ExposedPorts":{"81/tcp":{}}})",
            .sameAsImage = {"/ExposedPorts/81~1tcp"}},
        {.name = "created, never started",
            .body = R"({"Env":["OWN=1"],"Labels":{"own":"1"}})",
            .state = State::Created},
        {.name = "stopped", .body = R"({"Env":["OWN=1"]})", .state = State::Stopped},
        {.name = "stopped, would be restarted",
            .body = R"({"HostConfig":{"RestartPolicy":{"Name":"unless-stopped"}}})",
            .state = State::Stopped},
        {.name = "paused", .body = R"({"Env":["OWN=1"]})", .state = State::Paused},
        {.name = "removed when it stops", .body = R"({"HostConfig":{"AutoRemove":true}})"},
        {.name = "removed when it stops, never started",
            .body = R"({"HostConfig":{"AutoRemove":true}})",
            .state = State::Created},
        {.name = "no network by configuration", .body = R"({"NetworkDisabled":true})"},
    };
}

} // namespace dockerauto::shapes
