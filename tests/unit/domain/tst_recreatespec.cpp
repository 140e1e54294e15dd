#include "jsontext.h"

#include <domain/recreate.h>

#include <QTest>

using namespace dockerauto;
using core::Json;

namespace {

const std::string id = "0123456789ab" + std::string(52, 'c');

/// A container with an ordinary network and nothing else, overlaid with `patch` (RFC 7396).
Json container(const char *patch)
{
    Json inspect{{"Id", id}, {"Name", "/app"},
        {"Config", {{"Image", "x:1"}, {"Hostname", "0123456789ab"}, {"Cmd", {"run"}}}},
        {"HostConfig", {{"NetworkMode", "bridge"}}}, {"Mounts", Json::array()},
        {"NetworkSettings", {{"Networks", {{"bridge", {{"IPAddress", "172.17.0.2"},
                                                          {"MacAddress", "02:42:ac:11:00:02"}}}}}}}};
    inspect.merge_patch(json(patch));
    return inspect;
}

domain::RecreateSpec specOf(const char *patch, const char *oldConfig, int apiMinor)
{
    const auto spec =
        domain::recreateSpec(container(patch), {{"Id", "sha256:old"}, {"Config", json(oldConfig)}},
            {{"Id", "sha256:new"}, {"Config", json(oldConfig)}}, QStringLiteral("x:2"), apiMinor);
    return spec ? *spec : domain::RecreateSpec{Json("failed"), {}, {}};
}

QString joined(const std::vector<QString> &notes)
{
    QString text;
    for (const QString &note : notes) {
        text += note + QLatin1Char('\n');
    }
    return text;
}

const char *const absent = "\"(absent)\"";

Json valueAt(const Json &create, const char *pointer)
{
    const Json::json_pointer where{std::string(pointer)};
    return create.contains(where) ? create.at(where) : json(absent);
}

} // namespace

class RecreateSpecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void inherited_isLeftOut_data();
    void inherited_isLeftOut();
    void host_isCopiedWhole_data();
    void host_isCopiedWhole();
    void volumes_areAttachedByName_data();
    void volumes_areAttachedByName();
    void network_isKept_data();
    void network_isKept();
    void otherNetworks_areConnected_belowApi144();
    void note_isGiven_data();
    void note_isGiven();
    void unremarkable_hasNoNotes();
    void image_isNamed_andComposeIsTold();
    void changedDefaults_areNoted();
    void runtime_isLeftOut_whereItIsTheDefault();
    void oldImageGone_isRefused();
};

void RecreateSpecTest::inherited_isLeftOut_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("image");
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *config, const char *image, const char *pointer,
                         const char *expected) {
        QTest::newRow(name) << QByteArray(config) << QByteArray(image) << QByteArray(pointer)
                            << QByteArray(expected);
    };
    row("user of the image", R"({"User":"app"})", R"({"User":"app"})", "/User", absent);
    row("own user", R"({"User":"me"})", R"({"User":"app"})", "/User", R"("me")");
    row("no user", R"({"User":""})", R"({"User":""})", "/User", absent);
    row("directory of the image", R"({"WorkingDir":"/app"})", R"({"WorkingDir":"/app/"})", "/WorkingDir",
        absent);
    row("own directory", R"({"WorkingDir":"/srv"})", R"({"WorkingDir":"/app"})", "/WorkingDir", R"("/srv")");
    row("signal of the image", R"({"StopSignal":"SIGQUIT"})", R"({"StopSignal":"SIGQUIT"})", "/StopSignal",
        absent);
    row("own signal", R"({"StopSignal":"SIGINT"})", R"({"StopSignal":"SIGQUIT"})", "/StopSignal",
        R"("SIGINT")");
    row("variables", R"({"Env":["OWN=1","PATH=/bin"]})", R"({"Env":["PATH=/bin"]})", "/Env", R"(["OWN=1"])");
    row("overridden variable", R"({"Env":["PATH=/my"]})", R"({"Env":["PATH=/bin"]})", "/Env",
        R"(["PATH=/my"])");
    row("variable without value", R"({"Env":["A","B="]})", R"({"Env":["A=1","B=1"]})", "/Env",
        R"(["A","B="])");
    row("variable with = in it", R"({"Env":["A=b=c"]})", R"({"Env":["A=b"]})", "/Env", R"(["A=b=c"])");
    row("only inherited variables", R"({"Env":["A=1"]})", R"({"Env":["A=1","B=2"]})", "/Env", absent);
    row("labels", R"({"Labels":{"a":"1","b":"2"}})", R"({"Labels":{"a":"1"}})", "/Labels", R"({"b":"2"})");
    row("overridden label", R"({"Labels":{"a":"2"}})", R"({"Labels":{"a":"1"}})", "/Labels", R"({"a":"2"})");
    row("empty label that the image lacks", R"({"Labels":{"a":""}})", R"({"Labels":{}})", "/Labels",
        R"({"a":""})");
    row("labels of compose stay", R"({"Labels":{"com.docker.compose.project":"p"}})",
        R"({"Labels":{"com.docker.compose.project":"p"}})", "/Labels",
        R"({"com.docker.compose.project":"p"})");
    row("own labels stay", R"({"Labels":{"docker-auto.policy":"p"}})",
        R"({"Labels":{"docker-auto.policy":"p"}})", "/Labels", R"({"docker-auto.policy":"p"})");
    row("ports", R"({"ExposedPorts":{"80/tcp":{},"90/tcp":{}}})", R"({"ExposedPorts":{"80/tcp":{}}})",
        "/ExposedPorts", R"({"90/tcp":{}})");
    row("volumes", R"({"Volumes":{"/a":{},"/b":{}}})", R"({"Volumes":{"/a":{}}})", "/Volumes",
        R"({"/b":{}})");
    row("command of the image", R"({"Cmd":["a"],"Entrypoint":["e"]})", R"({"Cmd":["a"],"Entrypoint":["e"]})",
        "/Cmd", absent);
    row("entrypoint of the image", R"({"Cmd":["a"],"Entrypoint":["e"]})",
        R"({"Cmd":["a"],"Entrypoint":["e"]})", "/Entrypoint", absent);
    row("own command, entrypoint of the image", R"({"Cmd":["b"],"Entrypoint":["e"]})",
        R"({"Cmd":["a"],"Entrypoint":["e"]})", "/Cmd", R"(["b"])");
    row("entrypoint of the image, own command", R"({"Cmd":["b"],"Entrypoint":["e"]})",
        R"({"Cmd":["a"],"Entrypoint":["e"]})", "/Entrypoint", absent);
    row("own entrypoint", R"({"Cmd":["a"],"Entrypoint":["f"]})", R"({"Cmd":["a"],"Entrypoint":["e"]})",
        "/Entrypoint", R"(["f"])");
    row("own entrypoint keeps an equal command", R"({"Cmd":["a"],"Entrypoint":["f"]})",
        R"({"Cmd":["a"],"Entrypoint":["e"]})", "/Cmd", R"(["a"])");
    row("own entrypoint, none in the image", R"({"Cmd":["a"],"Entrypoint":["f"]})", R"({"Cmd":["a"]})",
        "/Entrypoint", R"(["f"])");
    row("entrypoint given to have no command", R"({"Cmd":null,"Entrypoint":["e"]})",
        R"({"Cmd":["a"],"Entrypoint":["e"]})", "/Entrypoint", R"(["e"])");
    row("no command", R"({"Cmd":null,"Entrypoint":["e"]})", R"({"Cmd":["a"],"Entrypoint":["e"]})", "/Cmd",
        absent);
    row("entrypoint taken away", R"({"Cmd":["b"],"Entrypoint":null})", R"({"Cmd":["a"],"Entrypoint":["e"]})",
        "/Entrypoint", R"([""])");
    row("entrypoint taken away, command kept", R"({"Cmd":["a"],"Entrypoint":null})",
        R"({"Cmd":["a"],"Entrypoint":["e"]})", "/Cmd", R"(["a"])");
    row("no entrypoint anywhere", R"({"Cmd":["a"],"Entrypoint":null})", R"({"Cmd":["a"],"Entrypoint":null})",
        "/Entrypoint", absent);
    row("command alone of the image", R"({"Cmd":["a"]})", R"({"Cmd":["a"]})", "/Cmd", absent);
    row("check of the image", R"({"Healthcheck":{"Test":["CMD","a"],"Interval":5}})",
        R"({"Healthcheck":{"Test":["CMD","a"],"Interval":5}})", "/Healthcheck", absent);
    row("own interval only", R"({"Healthcheck":{"Test":["CMD","a"],"Interval":6,"Retries":2}})",
        R"({"Healthcheck":{"Test":["CMD","a"],"Interval":5,"Retries":2}})", "/Healthcheck",
        R"({"Interval":6})");
    row("own test", R"({"Healthcheck":{"Test":["CMD","b"],"Interval":5}})",
        R"({"Healthcheck":{"Test":["CMD","a"],"Interval":5}})", "/Healthcheck", R"({"Test":["CMD","b"]})");
    row("check switched off", R"({"Healthcheck":{"Test":["NONE"],"Interval":5}})",
        R"({"Healthcheck":{"Test":["CMD","a"],"Interval":5}})", "/Healthcheck", R"({"Test":["NONE"]})");
    row("check switched off in both", R"({"Healthcheck":{"Test":["NONE"]}})",
        R"({"Healthcheck":{"Test":["NONE"]}})", "/Healthcheck", R"({"Test":["NONE"]})");
    row("no check", R"({"Healthcheck":null})", "{}", "/Healthcheck", absent);
    row("shell is not inherited", R"({"Shell":["sh"]})", R"({"Shell":["sh"]})", "/Shell", R"(["sh"])");
    row("stop timeout is not inherited", R"({"StopTimeout":7})", R"({"StopTimeout":7})", "/StopTimeout", "7");
    row("triggers of the build", R"({"OnBuild":["RUN x"]})", "{}", "/OnBuild", absent);
    row("fields of tomorrow", R"({"Tomorrow":{"a":1}})", "{}", "/Tomorrow", R"({"a":1})");
    row("terminal", R"({"Tty":true,"OpenStdin":true})", "{}", "/Tty", "true");
    row("image without a configuration", R"({"User":"me"})", "null", "/User", R"("me")");
}

void RecreateSpecTest::inherited_isLeftOut()
{
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, image);
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, expected);
    const auto spec = specOf(QByteArray("{\"Config\":" + config + "}").constData(), image.constData(), 41);
    COMPARE_JSON(valueAt(spec.create, pointer.constData()), json(expected.constData()));
}

void RecreateSpecTest::host_isCopiedWhole_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("api");
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *host, int api, const char *pointer,
                         const char *expected) {
        QTest::newRow(name) << QByteArray(host) << api << QByteArray(pointer) << QByteArray(expected);
    };
    row("integers of 64 bits", R"({"Memory":9223372036854775807})", 41, "/Memory", "9223372036854775807");
    row("integers beyond doubles", R"({"NanoCpus":9007199254740993})", 41, "/NanoCpus", "9007199254740993");
    row("fields of tomorrow", R"({"Tomorrow":[{"a":null}]})", 41, "/Tomorrow", R"([{"a":null}])");
    row("devices", R"({"Devices":[{"PathOnHost":"/dev/kvm","CgroupPermissions":"rwm"}]})", 41,
        "/Devices/0/CgroupPermissions", R"("rwm")");
    row("GPUs", R"({"DeviceRequests":[{"Driver":"nvidia","Count":-1,"Capabilities":[["gpu"]]}]})", 41,
        "/DeviceRequests/0/Count", "-1");
    row("capabilities", R"({"CapAdd":["NET_ADMIN"]})", 41, "/CapAdd", R"(["NET_ADMIN"])");
    row("kernel settings", R"({"Sysctls":{"net.core.somaxconn":"1024"}})", 41, "/Sysctls/net.core.somaxconn",
        R"("1024")");
    row("paths, empty", R"({"MaskedPaths":[]})", 41, "/MaskedPaths", "[]");
    row("memory of other containers", R"({"ShmSize":67108864})", 41, "/ShmSize", "67108864");
    row("log driver", R"({"LogConfig":{"Type":"json-file","Config":{"max-size":"1m"}}})", 41,
        "/LogConfig/Config/max-size", R"("1m")");
    row("limits", R"({"Ulimits":[{"Name":"nofile","Soft":1,"Hard":2}]})", 41, "/Ulimits/0/Hard", "2");
    row("restart policy", R"({"RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3}})", 41,
        "/RestartPolicy/MaximumRetryCount", "3");
    row("annotations", R"({"Annotations":{"a":"b"}})", 43, "/Annotations", R"({"a":"b"})");
    row("mount options",
        R"({"Mounts":[{"Type":"volume","Source":"v","Target":"/v","VolumeOptions":{"NoCopy":true,"Subpath":"s"}}]})",
        45, "/Mounts/0/VolumeOptions/Subpath", R"("s")");
    row("size of the console", R"({"ConsoleSize":[0,0]})", 41, "/ConsoleSize", absent);
    row("file with the id", R"({"ContainerIDFile":"/x"})", 41, "/ContainerIDFile", absent);
    row("swappiness -1", R"({"MemorySwappiness":-1})", 41, "/MemorySwappiness", absent);
    row("swappiness", R"({"MemorySwappiness":60})", 41, "/MemorySwappiness", "60");
    row("swappiness 0", R"({"MemorySwappiness":0})", 41, "/MemorySwappiness", "0");
    row("kernel memory, old engine", R"({"KernelMemory":5})", 41, "/KernelMemory", "5");
    row("kernel memory, new engine", R"({"KernelMemory":5})", 42, "/KernelMemory", absent);
    row("OOM killer off, cgroup v1", R"({"OomKillDisable":true,"CgroupnsMode":"host"})", 41,
        "/OomKillDisable", "true");
    row("OOM killer off, cgroup v2", R"({"OomKillDisable":true,"CgroupnsMode":"private"})", 41,
        "/OomKillDisable", absent);
    row("processors", R"({"NanoCpus":5,"CpuQuota":0,"CpuPeriod":0})", 41, "/NanoCpus", "5");
    row("quota", R"({"NanoCpus":0,"CpuQuota":7})", 41, "/CpuQuota", "7");
    row("processors and quota", R"({"NanoCpus":5,"CpuQuota":7,"CpuPeriod":9})", 41, "/CpuQuota", absent);
    row("processors and period", R"({"NanoCpus":5,"CpuQuota":7,"CpuPeriod":9})", 41, "/CpuPeriod", absent);
    row("runtime", R"({"Runtime":"runsc"})", 41, "/Runtime", R"("runsc")");
    row("links", R"({"Links":["/db:/app/database","/a:/app/a"]})", 41, "/Links", R"(["db:database","a:a"])");
    row("ports that the engine chooses", R"({"PortBindings":{"80/tcp":[{"HostIp":"","HostPort":""}]}})", 41,
        "/PortBindings/80~1tcp/0/HostPort", R"("")");
    row("removal at the end", R"({"AutoRemove":true})", 41, "/AutoRemove", "true");
}

void RecreateSpecTest::host_isCopiedWhole()
{
    QFETCH(QByteArray, host);
    QFETCH(int, api);
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, expected);
    const auto spec = specOf(QByteArray("{\"HostConfig\":" + host + "}").constData(), "{}", api);
    COMPARE_JSON(valueAt(spec.create["HostConfig"], pointer.constData()), json(expected.constData()));
}

void RecreateSpecTest::volumes_areAttachedByName_data()
{
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *patch, const char *pointer, const char *expected) {
        QTest::newRow(name) << QByteArray(patch) << QByteArray(pointer) << QByteArray(expected);
    };
    row("declared by the image",
        R"({"Mounts":[{"Type":"volume","Name":"f00","Destination":"/data","RW":true}]})",
        "/HostConfig/Mounts", R"([{"Type":"volume","Source":"f00","Target":"/data"}])");
    row("read-only", R"({"Mounts":[{"Type":"volume","Name":"f00","Destination":"/data","RW":false}]})",
        "/HostConfig/Mounts", R"([{"Type":"volume","Source":"f00","Target":"/data","ReadOnly":true}])");
    row("beside other mounts",
        R"({"Mounts":[{"Type":"volume","Name":"f00","Destination":"/data","RW":true}],
            "HostConfig":{"Mounts":[{"Type":"tmpfs","Target":"/t"}]}})",
        "/HostConfig/Mounts/1/Source", R"("f00")");
    row("bound already", R"({"Mounts":[{"Type":"volume","Name":"v","Destination":"/data","RW":true}],
            "HostConfig":{"Binds":["v:/data:rw"]}})",
        "/HostConfig/Mounts", absent);
    row("bound already, with a slash",
        R"({"Mounts":[{"Type":"volume","Name":"v","Destination":"/data","RW":true}],
            "HostConfig":{"Binds":["v:/data/"]}})",
        "/HostConfig/Mounts", absent);
    row("bound on Windows", R"({"Mounts":[{"Type":"volume","Name":"v","Destination":"c:\\data","RW":true}],
            "HostConfig":{"Binds":["v:c:\\data"]}})",
        "/HostConfig/Mounts", absent);
    row("mounted already", R"({"Mounts":[{"Type":"volume","Name":"v","Destination":"/data","RW":true}],
            "HostConfig":{"Mounts":[{"Type":"volume","Source":"v","Target":"/data"}]}})",
        "/HostConfig/Mounts", R"([{"Type":"volume","Source":"v","Target":"/data"}])");
    row("mounted without a name", R"({"Mounts":[{"Type":"volume","Name":"v","Destination":"/data","RW":true}],
            "HostConfig":{"Mounts":[{"Type":"volume","Target":"/data"}]}})",
        "/HostConfig/Mounts", R"([{"Type":"volume","Source":"v","Target":"/data"}])");
    row("bound without a name", R"({"Mounts":[{"Type":"volume","Name":"v","Destination":"/data","RW":true}],
            "HostConfig":{"Binds":["/data"]}})",
        "/HostConfig/Binds", R"(["v:/data"])");
    row("folder of the host", R"({"Mounts":[{"Type":"bind","Source":"/srv","Destination":"/data","RW":true}],
            "HostConfig":{"Binds":["/srv:/data:ro,z"]}})",
        "/HostConfig/Binds", R"(["/srv:/data:ro,z"])");
    row("in memory",
        R"({"Mounts":[{"Type":"tmpfs","Destination":"/t","RW":true}],"HostConfig":{"Tmpfs":{"/t":"size=1m"}}})",
        "/HostConfig/Mounts", absent);
    row("another path with the same end",
        R"({"Mounts":[{"Type":"volume","Name":"f00","Destination":"/data","RW":true}],
            "HostConfig":{"Binds":["v:/other/data"]}})",
        "/HostConfig/Mounts/0/Source", R"("f00")");
}

void RecreateSpecTest::volumes_areAttachedByName()
{
    QFETCH(QByteArray, patch);
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, expected);
    COMPARE_JSON(
        valueAt(specOf(patch.constData(), R"({"Volumes":{"/data":{}}})", 41).create, pointer.constData()),
        json(expected.constData()));
}

void RecreateSpecTest::network_isKept_data()
{
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<int>("api");
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *patch, int api, const char *pointer,
                         const char *expected) {
        QTest::newRow(name) << QByteArray(patch) << api << QByteArray(pointer) << QByteArray(expected);
    };
    const char *const endpoints = "/NetworkingConfig/EndpointsConfig";
    const auto front = [](const char *endpoint, const char *more) {
        return QByteArray(
            R"({"HostConfig":{"NetworkMode":"front"},"NetworkSettings":{"Networks":{"bridge":null,"front":)")
            .append(endpoint)
            .append("}}")
            .append(more)
            .append("}");
    };
    const auto frontRow = [&](const char *name, const char *endpoint, int api, const char *pointer,
                              const char *expected, const char *more = "") {
        QTest::newRow(name) << front(endpoint, more) << api << QByteArray(endpoints).append(pointer)
                            << QByteArray(expected);
    };
    row("automatic host name", "{}", 41, "/Hostname", absent);
    row("own host name", R"({"Config":{"Hostname":"web"}})", 41, "/Hostname", R"("web")");
    row("host name of the host", R"({"Config":{"Hostname":"web"},"HostConfig":{"UTSMode":"host"}})", 41,
        "/Hostname", absent);
    row("host network",
        R"({"HostConfig":{"NetworkMode":"host"},"NetworkSettings":{"Networks":{"bridge":null,"host":{}}}})",
        44, "/NetworkingConfig", absent);
    row("no network",
        R"({"HostConfig":{"NetworkMode":"none"},"NetworkSettings":{"Networks":{"bridge":null,"none":{}}}})",
        44, "/NetworkingConfig", absent);
    row("default network says nothing", R"({"HostConfig":{"NetworkMode":"default"}})", 44,
        "/NetworkingConfig", absent);
    row("default network takes no aliases",
        R"({"NetworkSettings":{"Networks":{"bridge":{"Aliases":["a"],"IPAMConfig":{"IPv4Address":"1.2.3.4"},"DriverOpts":{"a":"b"}}}}})",
        44, endpoints, R"({"bridge":{"DriverOpts":{"a":"b"}}})");
    frontRow("assigned addresses are not copied",
        R"({"IPAddress":"172.20.0.5","Gateway":"172.20.0.1","MacAddress":"02:42:ac:14:00:05","EndpointID":"e","NetworkID":"n","DNSNames":["a"]})",
        44, "/front", "{}");
    frontRow("static address",
        R"({"IPAMConfig":{"IPv4Address":"172.20.0.9","IPv6Address":"fd00::9","LinkLocalIPs":["169.254.1.1"]},"IPAddress":"172.20.0.9"})",
        41, "/front/IPAMConfig",
        R"({"IPv4Address":"172.20.0.9","IPv6Address":"fd00::9","LinkLocalIPs":["169.254.1.1"]})");
    frontRow("no static address", R"({"IPAMConfig":null})", 41, "/front", "{}");
    frontRow("aliases without the id", R"({"Aliases":["web","0123456789ab","app"]})", 44, "/front/Aliases",
        R"(["web","app"])");
    frontRow("host name among the aliases, old API", R"({"Aliases":["web","h"]})", 44, "/front/Aliases",
        R"(["web"])", R"(,"Config":{"Hostname":"h"})");
    frontRow("host name among the aliases, new API", R"({"Aliases":["web","h"]})", 45, "/front/Aliases",
        R"(["web","h"])", R"(,"Config":{"Hostname":"h"})");
    frontRow("aliases of the engine only", R"({"Aliases":["0123456789ab"]})", 41, "/front", "{}");
    frontRow("links", R"({"Links":["db:database"]})", 41, "/front/Links", R"(["db:database"])");
    frontRow("driver options", R"({"DriverOpts":{"a":"b"}})", 41, "/front/DriverOpts", R"({"a":"b"})");
    frontRow("gateway priority", R"({"GwPriority":7})", 48, "/front/GwPriority", "7");
    frontRow("gateway priority, too old", R"({"GwPriority":7})", 47, "/front", "{}");
    frontRow("own MAC address", R"({"MacAddress":"92:d0:c6:0a:29:33"})", 44, "/front/MacAddress",
        R"("92:d0:c6:0a:29:33")", R"(,"Config":{"MacAddress":"92:d0:c6:0a:29:33"})");
    frontRow("made-up MAC address", R"({"MacAddress":"92:d0:c6:0a:29:33"})", 51, "/front", "{}");
    frontRow("MAC address of a maker, new API", R"({"MacAddress":"00:16:3e:11:22:33"})", 52,
        "/front/MacAddress", R"("00:16:3e:11:22:33")");
    frontRow("made-up MAC address, new API", R"({"MacAddress":"02:42:ac:14:00:05"})", 52, "/front", "{}");
    frontRow("MAC address in doubt, new API", R"({"MacAddress":"92:d0:c6:0a:29:33"})", 52, "/front", "{}");
    row("own MAC address, old API", R"({"Config":{"MacAddress":"92:d0:c6:0a:29:33"}})", 43, "/MacAddress",
        R"("92:d0:c6:0a:29:33")");
    row("several networks, new API",
        R"({"HostConfig":{"NetworkMode":"front"},"NetworkSettings":{"Networks":{"bridge":null,"front":{},"back":{"Aliases":["b"]}}}})",
        44, endpoints, R"({"front":{},"back":{"Aliases":["b"]}})");
    row("default network among several", R"({"NetworkSettings":{"Networks":{"back":{"Aliases":["b"]}}}})", 44,
        endpoints, R"({"bridge":{},"back":{"Aliases":["b"]}})");
    row("network by id",
        R"({"HostConfig":{"NetworkMode":"aaaaaaaaaaaaaaaa"},"NetworkSettings":{"Networks":{"bridge":null,"z":{"NetworkID":"aaaaaaaaaaaaaaaa"},"b":{}}}})",
        41, endpoints, R"({"z":{}})");
    row("left its first network",
        R"({"HostConfig":{"NetworkMode":"gone"},"NetworkSettings":{"Networks":{"bridge":null,"b":{}}}})", 41,
        "/HostConfig/NetworkMode", R"("b")");
    const char *const shared =
        R"({"Config":{"Hostname":"h","Domainname":"d","MacAddress":"m","ExposedPorts":{"1/tcp":{}}},
        "HostConfig":{"NetworkMode":"container:abc","Links":["/a:/b/c"],"Dns":["1.1.1.1"],"DnsOptions":["x"],"DnsSearch":["y"],
        "ExtraHosts":["a:b"],"PortBindings":{"1/tcp":[]},"PublishAllPorts":true,"Memory":5},
        "NetworkSettings":{"Networks":{"bridge":null}}})";
    for (const char *pointer :
        {"/Hostname", "/Domainname", "/MacAddress", "/ExposedPorts", "/NetworkingConfig", "/HostConfig/Links",
            "/HostConfig/Dns", "/HostConfig/DnsOptions", "/HostConfig/DnsSearch", "/HostConfig/ExtraHosts",
            "/HostConfig/PortBindings", "/HostConfig/PublishAllPorts"}) {
        row(QByteArray("network of another container, without ").append(pointer).constData(), shared, 44,
            pointer, absent);
    }
    row("network of another container", shared, 44, "/HostConfig/NetworkMode", R"("container:abc")");
    row("network of another container, rest kept", shared, 44, "/HostConfig/Memory", "5");
    row("published port stays exposed",
        R"({"Config":{"ExposedPorts":{"80/tcp":{},"90/tcp":{}}},"HostConfig":{"PortBindings":{"80/tcp":[{"HostPort":"8080"}]}}})",
        41, "/ExposedPorts", R"({"80/tcp":{}})");
}

void RecreateSpecTest::network_isKept()
{
    QFETCH(QByteArray, patch);
    QFETCH(int, api);
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, expected);
    const auto spec = specOf(patch.constData(), R"({"ExposedPorts":{"80/tcp":{},"90/tcp":{}}})", api);
    COMPARE_JSON(valueAt(spec.create, pointer.constData()), json(expected.constData()));
}

void RecreateSpecTest::otherNetworks_areConnected_belowApi144()
{
    const char *const patch =
        R"({"HostConfig":{"NetworkMode":"front"},"NetworkSettings":{"Networks":{"bridge":null,
        "front":{"Aliases":["f"]},"back":{"Aliases":["b","0123456789ab"],"IPAMConfig":{"IPv4Address":"10.0.0.9"}},"away":{}}}})";
    const auto spec = specOf(patch, "{}", 43);
    COMPARE_JSON(spec.create["NetworkingConfig"]["EndpointsConfig"], json(R"({"front":{"Aliases":["f"]}})"));
    QCOMPARE(spec.connect.size(), 2u);
    QCOMPARE(spec.connect[0].network, QStringLiteral("away"));
    COMPARE_JSON(spec.connect[0].endpoint, json("{}"));
    QCOMPARE(spec.connect[1].network, QStringLiteral("back"));
    COMPARE_JSON(
        spec.connect[1].endpoint, json(R"({"Aliases":["b"],"IPAMConfig":{"IPv4Address":"10.0.0.9"}})"));
    QVERIFY(specOf(patch, "{}", 44).connect.empty());
}

void RecreateSpecTest::note_isGiven_data()
{
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *patch, const char *words) {
        QTest::newRow(name) << QByteArray(patch) << QString::fromLatin1(words);
    };
    row("port that the engine chooses", R"({"HostConfig":{"PortBindings":{"80/tcp":[{"HostPort":""}]}}})",
        "host ports");
    row("all ports", R"({"HostConfig":{"PublishAllPorts":true}})", "host ports");
    row("removal at the end", R"({"HostConfig":{"AutoRemove":true}})", "as soon as it stops");
    row("network of another", R"({"HostConfig":{"NetworkMode":"container:abc"}})",
        "network of the container abc");
    row("memory of another", R"({"HostConfig":{"IpcMode":"container:abc"}})", "memory (IPC)");
    row("processes of another", R"({"HostConfig":{"PidMode":"container:abc"}})", "processes (PID)");
    row("volumes of another", R"({"HostConfig":{"VolumesFrom":["abc"]}})", "volumes from another");
    row("kernel memory", R"({"HostConfig":{"KernelMemory":5}})", "kernel memory");
    row("OOM killer", R"({"HostConfig":{"OomKillDisable":true,"CgroupnsMode":"private"}})", "cgroup v2");
    row("limit given twice", R"({"HostConfig":{"NanoCpus":5,"CpuQuota":6}})", "given twice");
    row("MAC address in doubt",
        R"({"NetworkSettings":{"Networks":{"bridge":{"MacAddress":"92:d0:c6:0a:29:33"}}}})", "MAC address");
    row("left its first network", R"({"HostConfig":{"NetworkMode":"gone"}})", "disconnected");
    row("swarm", R"({"Config":{"Labels":{"com.docker.swarm.task.id":"t"}}})", "Swarm");
}

void RecreateSpecTest::note_isGiven()
{
    QFETCH(QByteArray, patch);
    QFETCH(QString, words);
    const QString notes = joined(specOf(patch.constData(), "{}", 52).notes);
    QVERIFY2(notes.contains(words), qPrintable(notes));
}

void RecreateSpecTest::unremarkable_hasNoNotes()
{
    const auto spec = specOf(
        R"({"HostConfig":{"MemorySwappiness":null,"KernelMemory":0,"OomKillDisable":false,"PortBindings":{"80/tcp":[{"HostPort":"80"}]}}})",
        "{}", 52);
    QCOMPARE(joined(spec.notes), QString());
}

void RecreateSpecTest::image_isNamed_andComposeIsTold()
{
    const auto spec = specOf(
        R"({"Config":{"Labels":{"com.docker.compose.image":"sha256:old","com.docker.compose.config-hash":"h"}}})",
        "{}", 41);
    COMPARE_JSON(spec.create["Image"], json(R"("x:2")"));
    COMPARE_JSON(spec.create["Labels"],
        json(R"({"com.docker.compose.image":"sha256:new","com.docker.compose.config-hash":"h"})"));
    QVERIFY(!specOf(R"({"Config":{"Labels":{"a":"b"}}})", "{}", 41)
                 .create["Labels"]
                 .contains("com.docker.compose.image"));
}

void RecreateSpecTest::changedDefaults_areNoted()
{
    const Json inspect = container(R"({"Config":{"User":"app","Cmd":["a"],"StopSignal":"SIGINT"}})");
    const Json oldImage = json(R"({"Config":{"User":"app","Cmd":["a"],"StopSignal":"SIGTERM"}})");
    const Json newImage = json(R"({"Id":"n","Config":{"User":"other","Cmd":["a"],"StopSignal":"SIGKILL"}})");
    const auto spec = domain::recreateSpec(inspect, oldImage, newImage, QStringLiteral("x:2"), 44);
    QVERIFY(spec);
    QCOMPARE(joined(spec->notes),
        QStringLiteral("The user was that of the old image, so that of the new image is used.\n"));
}

void RecreateSpecTest::runtime_isLeftOut_whereItIsTheDefault()
{
    const Json inspect = container(R"({"HostConfig":{"Runtime":"runc"}})");
    const auto kept = domain::recreateSpec(inspect, Json::object(), Json(), QStringLiteral("x"), 44);
    COMPARE_JSON(kept->create["HostConfig"]["Runtime"], json(R"("runc")"));
    const auto dropped = domain::recreateSpec(
        inspect, Json::object(), Json(), QStringLiteral("x"), 44, QStringLiteral("runc"));
    QVERIFY(!dropped->create["HostConfig"].contains("Runtime"));
}

void RecreateSpecTest::oldImageGone_isRefused()
{
    const auto spec = domain::recreateSpec(container("{}"), Json(), Json::object(), QStringLiteral("x"), 44);
    QVERIFY(!spec);
    QCOMPARE(spec.error().code, core::ErrorCode::InvalidArgument);
    QVERIFY(!domain::recreateSpec(Json::object(), Json::object(), Json::object(), QStringLiteral("x"), 44));
}

QTEST_APPLESS_MAIN(RecreateSpecTest)
#include "tst_recreatespec.moc"
