#include "updates/preflightchecks.h"

#include <QTest>

using namespace dockerauto;
using namespace dockerauto::application;
using core::ErrorCode;
using core::Finding;
using core::Json;

Q_DECLARE_METATYPE(dockerauto::contracts::PreflightFinding)

namespace {

constexpr qint64 mega = qint64(1) << 20;

ports::ContainerSummary summary(const QString &id, const QString &name, Json published = Json::array())
{
    ports::ContainerSummary container;
    container.id = core::EngineContainerId(id);
    container.name = name;
    container.ports = std::move(published);
    return container;
}

Json published(int port, const char *address = "0.0.0.0", const char *protocol = "tcp")
{
    return Json::array({{{"IP", address}, {"PrivatePort", 80}, {"PublicPort", port}, {"Type", protocol}}});
}

Json withPort(bool running, const char *address = "", const char *inside = "80/tcp")
{
    return {{"Id", "own"}, {"State", {{"Running", running}}},
        {"HostConfig", {{"PortBindings", {{inside, {{{"HostIp", address}, {"HostPort", "8080"}}}}}}}}};
}

core::Result<> failure(ErrorCode code)
{
    return core::fail(code, QStringLiteral("It says why."));
}

void row(const char *name, const contracts::PreflightFinding &found, Finding expected, const char *part)
{
    QTest::newRow(name) << found << static_cast<int>(expected) << QString::fromUtf8(part);
}

} // namespace

class TestPreflightChecks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finding_saysWhatIsFound_data();
    void finding_saysWhatIsFound();
    void sources_areOnlyBindMounts();
};

void TestPreflightChecks::finding_saysWhatIsFound_data()
{
    QTest::addColumn<contracts::PreflightFinding>("found");
    QTest::addColumn<int>("expected");
    QTest::addColumn<QString>("part");
    const QString folder = QStringLiteral("/var/lib/docker");

    row("disk, enough", checkDisk({100 * mega, 2000 * mega, folder}), Finding::Ok, "/var/lib/docker");
    row("disk, little when unpacked", checkDisk({500 * mega, 600 * mega, folder}), Finding::Warning,
        "when unpacked");
    row("disk, less than the download", checkDisk({700 * mega, 600 * mega, folder}), Finding::Failed,
        "Remove images");
    row("disk, full", checkDisk({{}, 10 * mega, folder}), Finding::Failed, "Remove images");
    row("disk, size not known", checkDisk({{}, 900 * mega, folder}), Finding::Unknown, "how large");
    row("disk, not seen", checkDisk({700 * mega, {}, {}}), Finding::Unknown, "can't be seen");

    const QString amd = QStringLiteral("linux/amd64");
    row("platform, the same", checkPlatform(amd, amd), Finding::Ok, "linux/amd64");
    row("platform, another", checkPlatform(amd, QStringLiteral("linux/arm64")), Finding::Failed,
        "linux/arm64");
    row("platform, not told", checkPlatform(amd, {}), Finding::Unknown, "does not tell");

    const auto other = QStringLiteral("other");
    row("ports, none", checkPorts(Json::object(), {summary(other, other, published(8080))}), Finding::Ok,
        "no port");
    row("ports, its own",
        checkPorts(withPort(true), {summary(QStringLiteral("own"), other, published(8080))}), Finding::Ok,
        "8080");
    row("ports, taken", checkPorts(withPort(true), {summary(other, other, published(8080))}), Finding::Failed,
        "“other”");
    row("ports, taken while it does not run",
        checkPorts(withPort(false), {summary(other, other, published(8080))}), Finding::Warning, "“other”");
    row("ports, another number", checkPorts(withPort(true), {summary(other, other, published(8081))}),
        Finding::Ok, "8080");
    row("ports, another address",
        checkPorts(withPort(true, "10.0.0.1"), {summary(other, other, published(8080, "10.0.0.2"))}),
        Finding::Ok, "8080");
    row("ports, another protocol",
        checkPorts(withPort(true, "", "80/udp"), {summary(other, other, published(8080))}), Finding::Ok,
        "8080");

    const std::vector<QString> folders{QStringLiteral("/srv/a"), QStringLiteral("/srv/b")};
    const std::vector<QString> none;
    row("binds, none", checkBinds({}, {}), Finding::Ok, "No folder");
    row("binds, there", checkBinds(folders, none), Finding::Ok, "/srv/a, /srv/b");
    row("binds, gone", checkBinds(folders, std::vector{folders[1]}), Finding::Failed, "/srv/b is not");
    row("binds, not seen", checkBinds(folders, {}), Finding::Unknown, "/srv/a");

    const std::vector<QString> names{QStringLiteral("own")};
    row("networks, none", checkNetworks({}, {}, {}), Finding::Ok, "no network");
    row("networks, there", checkNetworks(names, {}, {}), Finding::Ok, "own is there");
    row("networks, gone", checkNetworks(names, names, {}), Finding::Failed, "Make it again");
    row("networks, not asked", checkNetworks(names, {}, failure(ErrorCode::Timeout)), Finding::Unknown,
        "It says why.");
    row("volumes, there", checkVolumes(names, {}, {}), Finding::Ok, "own is there");
    row("volumes, gone", checkVolumes(names, names, {}), Finding::Failed, "empty one");
    row("volumes, not asked", checkVolumes(names, {}, failure(ErrorCode::Timeout)), Finding::Unknown,
        "It says why.");

    const QString hub = QStringLiteral("docker.io");
    row("registry, answers", checkRegistry(hub, {}), Finding::Ok, "docker.io");
    row("registry, wants credentials", checkRegistry(hub, failure(ErrorCode::Unauthenticated)),
        Finding::Failed, "sign in");
    row("registry, has it not", checkRegistry(hub, failure(ErrorCode::NotFound)), Finding::Failed, "Check");
    row("registry, limits", checkRegistry(hub, failure(ErrorCode::RateLimited)), Finding::Warning,
        "It says why.");
    row("registry, is away", checkRegistry(hub, failure(ErrorCode::Unavailable)), Finding::Unknown,
        "It says why.");
    row("registry, is slow", checkRegistry(hub, failure(ErrorCode::Timeout)), Finding::Unknown,
        "It says why.");

    ports::EngineInfo info;
    info.version = QStringLiteral("20.10.24");
    row("engine", checkEngine(info), Finding::Ok, "20.10.24");

    row("names, free",
        checkNames(other, {summary(QStringLiteral("1"), QStringLiteral("other.old-fashioned"))}), Finding::Ok,
        "free");
    row("names, left behind",
        checkNames(other, {summary(QStringLiteral("1"), QStringLiteral("other.old-01m83yypns"))}),
        Finding::Warning, "other.old-01m83yypns");
    row("names, left behind by another one",
        checkNames(other, {summary(QStringLiteral("1"), QStringLiteral("other.one.old-01m83yypns"))}),
        Finding::Ok, "free");

    row("dependants, none", checkDependants({}, {}), Finding::Ok, "No other");
    row("dependants, some", checkDependants({other}, {}), Finding::Ok, "other");
    row("dependants, this program", checkDependants({other}, failure(ErrorCode::Unsupported)),
        Finding::Failed, "It says why.");
}

void TestPreflightChecks::finding_saysWhatIsFound()
{
    QFETCH(contracts::PreflightFinding, found);
    QFETCH(int, expected);
    QFETCH(QString, part);
    QCOMPARE(core::toQString(found.finding), core::toQString(static_cast<Finding>(expected)));
    QVERIFY2(found.detail.contains(part), qPrintable(found.detail));
    QVERIFY2(found.detail.endsWith(u'.') || found.detail.endsWith(u')'), qPrintable(found.detail));
    QVERIFY(QLatin1String(QTest::currentDataTag()).startsWith(found.name));
}

void TestPreflightChecks::sources_areOnlyBindMounts()
{
    const Json inspect{{"Mounts", {{{"Type", "bind"}, {"Source", "/srv/a"}, {"Destination", "/a"}},
                                      {{"Type", "volume"}, {"Name", "data"}, {"Source", "/x/data"}},
                                      {{"Type", "bind"}, {"Source", "/srv/a"}, {"Destination", "/again"}},
                                      {{"Type", "tmpfs"}, {"Destination", "/tmp"}}}},
        {"NetworkSettings", {{"Networks", {{"bridge", nullptr}, {"own", nullptr}}}}}};
    QCOMPARE(boundSources(inspect), std::vector{QStringLiteral("/srv/a")});
    QCOMPARE(ownVolumes(inspect), std::vector{QStringLiteral("data")});
    QCOMPARE(ownNetworks(inspect), std::vector{QStringLiteral("own")});
    QVERIFY(boundSources(Json()).empty());
    QVERIFY(ownVolumes(Json()).empty());
    QVERIFY(ownNetworks(Json()).empty());
}

QTEST_GUILESS_MAIN(TestPreflightChecks)
#include "tst_preflightchecks.moc"
