#include "jsontext.h"

#include <domain/proof.h>

#include <QTest>

using namespace dockerauto;
using core::Json;

namespace {

const char *const oldImage =
    R"({"Id":"sha256:old","Config":{"Env":["PATH=/bin","VERSION=1"],"Cmd":["serve"],"User":"app",
    "Labels":{"version":"1"},"ExposedPorts":{"80/tcp":{}},"Volumes":{"/data":{}},"WorkingDir":"/srv"}})";
const char *const newImage =
    R"({"Id":"sha256:new","Config":{"Env":["PATH=/bin","VERSION=2"],"Cmd":["serve","-v2"],"User":"",
    "Labels":{"version":"2"},"ExposedPorts":{"80/tcp":{},"90/tcp":{}},"Volumes":{"/data":{},"/cache":{}},"WorkingDir":"/srv"}})";

Json containerBefore()
{
    return json(
        R"({"Id":"aaaaaaaaaaaa1111","Name":"/app","Created":"2025-01-01T00:00:00Z","Image":"sha256:old",
        "Path":"serve","Args":[],"ResolvConfPath":"/a/resolv.conf","Driver":"overlay2","State":{"Running":true},
        "Config":{"Hostname":"aaaaaaaaaaaa","Image":"x:1","User":"app","Env":["SECRET=hush","PATH=/bin","VERSION=1"],
            "Cmd":["serve"],"Entrypoint":null,"Labels":{"own":"1","version":"1"},"ExposedPorts":{"80/tcp":{}},
            "Volumes":{"/data":{}},"WorkingDir":"/srv","Tty":false},
        "HostConfig":{"NetworkMode":"front","Memory":9007199254740993,"Binds":["conf:/conf"],"MaskedPaths":["/proc/x"],
            "PortBindings":{"80/tcp":[{"HostPort":""}],"443/tcp":[{"HostPort":"443"}]},"MemorySwappiness":null},
        "Mounts":[{"Type":"volume","Name":"f00","Source":"/v/f00","Destination":"/data","Mode":"","RW":true},
            {"Type":"volume","Name":"conf","Source":"/v/conf","Destination":"/conf","Mode":"z","RW":true}],
        "NetworkSettings":{"SandboxID":"s1","Ports":{"80/tcp":[{"HostPort":"32768"}],"443/tcp":[{"HostPort":"443"}]},
            "Networks":{"front":{"IPAMConfig":{"IPv4Address":"10.0.0.9"},"IPAddress":"10.0.0.9","Aliases":["web","aaaaaaaaaaaa"],
                "EndpointID":"e1","MacAddress":"02:42:0a:00:00:09","NetworkID":"n"},
                "back":{"IPAddress":"10.1.0.2","Aliases":null,"EndpointID":"e2","NetworkID":"m"}}}})");
}

/// What a faithful update makes of it.
Json containerAfter()
{
    Json after = containerBefore();
    after.merge_patch(json(R"({"Id":"bbbbbbbbbbbb2222","Created":"2025-02-01T00:00:00Z","Image":"sha256:new",
        "Args":["-v2"],"ResolvConfPath":"/b/resolv.conf",
        "Config":{"Hostname":"bbbbbbbbbbbb","Image":"x:2","User":"","Env":["SECRET=hush","PATH=/bin","VERSION=2"],
            "Cmd":["serve","-v2"],"Labels":{"version":"2","docker-auto.operation":"u1"},"ExposedPorts":{"90/tcp":{}},
            "Volumes":{"/cache":{}}},
        "HostConfig":{"Mounts":[{"Type":"volume","Source":"f00","Target":"/data"}]},
        "Mounts":[{"Type":"volume","Name":"c4c","Source":"/v/c4c","Destination":"/cache","Mode":"","RW":true},
            {"Type":"volume","Name":"conf","Source":"/v/conf","Destination":"/conf","Mode":"z","RW":true},
            {"Type":"volume","Name":"f00","Source":"/v/f00","Destination":"/data","Mode":"z","RW":true}],
        "NetworkSettings":{"SandboxID":"s2","Ports":{"80/tcp":[{"HostPort":"32769"}],"90/tcp":null},
            "Networks":{"front":{"Aliases":["web","bbbbbbbbbbbb"],"EndpointID":"e3","MacAddress":"02:42:0a:00:00:10"},
                "back":{"IPAddress":"10.1.0.7","EndpointID":"e4"}}}})"));
    return after;
}

domain::FaithfulnessReport prove(const Json &after, const Json &before = containerBefore())
{
    return domain::proveFaithful(before, after, json(oldImage), json(newImage));
}

QString unexplained(const domain::FaithfulnessReport &report)
{
    QStringList paths;
    for (const auto &difference : report.differences) {
        if (difference.explanation.isEmpty()) {
            paths << difference.path;
        }
    }
    return paths.join(u' ');
}

} // namespace

class ProofTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void faithfulUpdate_isFaithful_andExplainsWhatDiffers();
    void difference_isFound_whereNothingExplainsIt_data();
    void difference_isFound_whereNothingExplainsIt();
    void sameContainer_hasNoDifferences();
    void order_ofMountsAndAliases_doesNotMatter();
    void secrets_doNotReachTheReport();
    void stoppedContainer_hasNoPortsOrAddresses();
    void sharedNetwork_hasTheNameOfTheOther();
    void network_madeAnewByTheEngine_isExplained();
    void engineDefaults_areExplained();
    void order_ofLinks_doesNotMatter();
    void volumesOfAnother_mayBecomeMore();
};

void ProofTest::faithfulUpdate_isFaithful_andExplainsWhatDiffers()
{
    const auto report = prove(containerAfter());
    QCOMPARE(unexplained(report), QString());
    QVERIFY(report.faithful());
    QVERIFY(report.fieldsCompared > 50);
    QStringList explained;
    for (const auto &difference : report.differences) {
        explained << difference.path;
    }
    for (const char *path :
        {"/Image", "/Args", "/Config/Hostname", "/Config/User", "/Config/Env/VERSION", "/Config/Cmd",
            "/Config/Labels/version", "/Config/Labels/docker-auto.operation", "/Config/ExposedPorts/90~1tcp",
            "/Config/Volumes/~1cache", "/HostConfig/Mounts", "/Mounts/~1cache", "/Mounts/~1data/Mode",
            "/NetworkSettings/SandboxID", "/NetworkSettings/Ports/80~1tcp",
            "/NetworkSettings/Networks/front/MacAddress", "/NetworkSettings/Networks/back/IPAddress"}) {
        QVERIFY2(explained.contains(QString::fromLatin1(path)), path);
    }
}

void ProofTest::difference_isFound_whereNothingExplainsIt_data()
{
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *name, const char *patch, const char *path) {
        QTest::newRow(name) << QByteArray(patch) << QString::fromLatin1(path);
    };
    row("name", R"({"Name":"/app-1"})", "/Name");
    row("another image than the new one", R"({"Image":"sha256:third"})", "/Image");
    row("still the old image", R"({"Image":"sha256:old"})", "/Image");
    row("arguments", R"({"Args":["-v3"]})", "/Args");
    row("own variable lost", R"({"Config":{"Env":["PATH=/bin","VERSION=2"]}})", "/Config/Env/SECRET");
    row("own variable changed", R"({"Config":{"Env":["SECRET=x","PATH=/bin","VERSION=2"]}})",
        "/Config/Env/SECRET");
    row("variable of the old image stays", R"({"Config":{"Env":["SECRET=hush","PATH=/bin","VERSION=1"]}})",
        "/Config/Env/VERSION");
    row("foreign variable", R"({"Config":{"Env":["SECRET=hush","PATH=/bin","VERSION=2","NEW=1"]}})",
        "/Config/Env/NEW");
    row("command of the old image stays", R"({"Config":{"Cmd":["serve"]}})", "/Config/Cmd");
    row("user of the old image stays", R"({"Config":{"User":"app"}})", "/Config/User");
    row("label lost", R"({"Config":{"Labels":{"own":null}}})", "/Config/Labels/own");
    row("host name", R"({"Config":{"Hostname":"other"}})", "/Config/Hostname");
    row("terminal", R"({"Config":{"Tty":true}})", "/Config/Tty");
    row("memory limit lost", R"({"HostConfig":{"Memory":0}})", "/HostConfig/Memory");
    row("memory limit, last digit", R"({"HostConfig":{"Memory":9007199254740992}})", "/HostConfig/Memory");
    row("privileges", R"({"HostConfig":{"Privileged":true}})", "/HostConfig/Privileged");
    row("empty is not null", R"({"HostConfig":{"MaskedPaths":[]}})", "/HostConfig/MaskedPaths");
    row("unknown field", R"({"HostConfig":{"Tomorrow":1}})", "/HostConfig/Tomorrow");
    row("quota", R"({"HostConfig":{"CpuQuota":5}})", "/HostConfig/CpuQuota");
    row("network mode", R"({"HostConfig":{"NetworkMode":"back"}})", "/HostConfig/NetworkMode");
    row("other mount", R"({"HostConfig":{"Mounts":[{"Type":"volume","Source":"other","Target":"/data"}]}})",
        "/HostConfig/Mounts");
    row("static address", R"({"NetworkSettings":{"Networks":{"front":{"IPAddress":"10.0.0.8"}}}})",
        "/NetworkSettings/Networks/front/IPAddress");
    row("static address lost", R"({"NetworkSettings":{"Networks":{"front":{"IPAMConfig":null}}}})",
        "/NetworkSettings/Networks/front/IPAMConfig");
    row("alias lost", R"({"NetworkSettings":{"Networks":{"front":{"Aliases":["bbbbbbbbbbbb"]}}}})",
        "/NetworkSettings/Networks/front/Aliases");
    row("network lost", R"({"NetworkSettings":{"Networks":{"back":null}}})",
        "/NetworkSettings/Networks/back");
    row("network gained", R"({"NetworkSettings":{"Networks":{"third":{}}}})",
        "/NetworkSettings/Networks/third");
    row("fixed port", R"({"NetworkSettings":{"Ports":{"443/tcp":[{"HostPort":"444"}]}}})",
        "/NetworkSettings/Ports/443~1tcp");
    row("no grace time is not the default one", R"({"Config":{"StopTimeout":0}})", "/Config/StopTimeout");
    row("no swapping is not the default", R"({"HostConfig":{"MemorySwappiness":0}})",
        "/HostConfig/MemorySwappiness");
    row("memory cannot run out any more", R"({"HostConfig":{"OomKillDisable":true}})",
        "/HostConfig/OomKillDisable");
    row("unknown field of an endpoint", R"({"NetworkSettings":{"Networks":{"front":{"Tomorrow":"x"}}}})",
        "/NetworkSettings/Networks/front/Tomorrow");
    row("foreign mount", R"({"Mounts":[
        {"Type":"volume","Name":"conf","Source":"/v/conf","Destination":"/conf","Mode":"z","RW":true},
        {"Type":"volume","Name":"f00","Source":"/v/f00","Destination":"/data","Mode":"z","RW":true},
        {"Type":"bind","Source":"/","Destination":"/host","Mode":"","RW":true}]})",
        "/Mounts/~1host");
    row("own label of a policy", R"({"Config":{"Labels":{"docker-auto.policy":"x"}}})",
        "/Config/Labels/docker-auto.policy");
    row("foreign port", R"({"NetworkSettings":{"Ports":{"22/tcp":[{"HostPort":"22"}]}}})",
        "/NetworkSettings/Ports/22~1tcp");
    row("volume lost",
        R"({"Mounts":[{"Type":"volume","Name":"conf","Source":"/v/conf","Destination":"/conf","Mode":"z","RW":true}]})",
        "/Mounts/~1data");
}

void ProofTest::difference_isFound_whereNothingExplainsIt()
{
    QFETCH(QByteArray, patch);
    Json after = containerAfter();
    after.merge_patch(json(patch.constData()));
    const auto report = prove(after);
    QVERIFY(!report.faithful());
    QTEST(unexplained(report), "path");
}

void ProofTest::sameContainer_hasNoDifferences()
{
    const auto report =
        domain::proveFaithful(containerBefore(), containerBefore(), json(oldImage), json(oldImage));
    QVERIFY(report.differences.empty());
}

void ProofTest::order_ofMountsAndAliases_doesNotMatter()
{
    Json before = containerBefore();
    before["NetworkSettings"]["Networks"]["front"]["Aliases"] = {"a", "b", "aaaaaaaaaaaa"};
    Json after = containerAfter();
    after["NetworkSettings"]["Networks"]["front"]["Aliases"] = {"bbbbbbbbbbbb", "b", "a"};
    std::reverse(after["Mounts"].begin(), after["Mounts"].end());
    QCOMPARE(unexplained(prove(after, before)), QString());
}

void ProofTest::secrets_doNotReachTheReport()
{
    Json after = containerAfter();
    after["Config"]["Env"] = {"SECRET=loud", "PATH=/bin", "VERSION=2"};
    for (const auto &difference : prove(after).differences) {
        const QString text = difference.expected + difference.actual + difference.explanation;
        QVERIFY(!text.contains(QStringLiteral("hush")) && !text.contains(QStringLiteral("loud")));
    }
}

void ProofTest::stoppedContainer_hasNoPortsOrAddresses()
{
    Json after = containerAfter();
    after.merge_patch(json(R"({"State":{"Running":false},"NetworkSettings":{"Ports":null,
        "Networks":{"front":{"IPAddress":"","EndpointID":"","MacAddress":""}}}})"));
    QCOMPARE(unexplained(prove(after)), QString());
}

void ProofTest::sharedNetwork_hasTheNameOfTheOther()
{
    Json before = containerBefore();
    Json after = containerAfter();
    for (Json *inspect : {&before, &after}) {
        (*inspect)["HostConfig"]["NetworkMode"] = "container:new";
        (*inspect)["HostConfig"]["IpcMode"] = "container:new";
    }
    before["Config"]["Hostname"] = "of-the-old";
    after["Config"]["Hostname"] = "of-the-new";
    QCOMPARE(unexplained(prove(after, before)), QString());
    after["HostConfig"]["NetworkMode"] = "container:third";
    after["HostConfig"]["IpcMode"] = "container:third";
    QCOMPARE(
        unexplained(prove(after, before)), QStringLiteral("/HostConfig/IpcMode /HostConfig/NetworkMode"));
}

void ProofTest::network_madeAnewByTheEngine_isExplained()
{
    Json before = containerBefore();
    Json after = containerAfter();
    before["NetworkSettings"]["Networks"]["bridge"] = Json{{"NetworkID", "before the engine was restarted"}};
    after["NetworkSettings"]["Networks"]["bridge"] = Json{{"NetworkID", "after"}};
    QCOMPARE(unexplained(prove(after, before)), QString());

    after["NetworkSettings"]["Networks"]["back"]["NetworkID"] = "another";
    QCOMPARE(unexplained(prove(after, before)), QStringLiteral("/NetworkSettings/Networks/back/NetworkID"));
    before["State"]["Running"] = false;
    after["State"]["Running"] = false;
    QCOMPARE(unexplained(prove(after, before)), QString());
}

/// What engines fill in when a container starts, or leave out by their version.
void ProofTest::engineDefaults_areExplained()
{
    Json before = containerBefore();
    Json after = containerAfter();
    before["HostConfig"].merge_patch(
        json(R"({"MemorySwappiness":-1,"OomKillDisable":null,"KernelMemory":0,"ContainerIDFile":"/x",
            "ConsoleSize":[40,120]})"));
    after["HostConfig"].merge_patch(json(R"({"MemorySwappiness":null,"OomKillDisable":false,"Runtime":"runc",
            "ContainerIDFile":"","ConsoleSize":[0,0]})"));
    QCOMPARE(unexplained(prove(after, before)), QString());
    before["HostConfig"]["Runtime"] = "runsc";
    QCOMPARE(unexplained(prove(after, before)), QStringLiteral("/HostConfig/Runtime"));
}

void ProofTest::order_ofLinks_doesNotMatter()
{
    Json before = containerBefore();
    Json after = containerAfter();
    before["HostConfig"]["Links"] = {"/db:/app/a", "/db:/app/b"};
    after["HostConfig"]["Links"] = {"/db:/app/b", "/db:/app/a"};
    QCOMPARE(unexplained(prove(after, before)), QString());
    after["HostConfig"]["Links"] = {"/db:/app/b", "/other:/app/a"};
    QCOMPARE(unexplained(prove(after, before)), QStringLiteral("/HostConfig/Links"));
}

void ProofTest::volumesOfAnother_mayBecomeMore()
{
    Json before = containerBefore();
    Json after = containerAfter();
    before["HostConfig"]["VolumesFrom"] = after["HostConfig"]["VolumesFrom"] = {"other"};
    after["Mounts"].push_back({{"Type", "volume"}, {"Name", "v"}, {"Destination", "/more"}});
    QCOMPARE(unexplained(prove(after, before)), QString());
}

QTEST_APPLESS_MAIN(ProofTest)
#include "tst_proof.moc"
