#include <application/updates/prober.h>
#include <testsupport/fakeengine.h>

#include <QTest>

using namespace dockerauto;
using namespace std::chrono_literals;
using core::ErrorCode;
using core::Json;
using domain::Probe;

namespace {

core::CallContext soon()
{
    return {core::Deadline::in(10s), {}};
}

/// Notes where it was asked; places in `silent` do not answer.
class NotingProbes final : public ports::NetworkProbes
{
public:
    core::Result<> ask(
        const Probe &, const QString &host, int port, const core::CallContext &context) override
    {
        const QString place = QStringLiteral("%1:%2").arg(host).arg(port);
        asked.append(place);
        longest = std::max(longest, context.deadline.remaining());
        if (silent.contains(place)) {
            return core::fail(ErrorCode::Unavailable, QStringLiteral("Nothing answers at %1").arg(place));
        }
        return bad ? core::fail(ErrorCode::Conflict, QStringLiteral("status 500")) : core::Result<>();
    }
    QStringList asked;
    QStringList silent;
    bool bad = false;
    std::chrono::milliseconds longest{0};
};

Json inspectOf(const char *mode, const Json &networks, const Json &ports = Json::object())
{
    return Json{{"Id", "abc"}, {"HostConfig", {{"NetworkMode", mode}}},
        {"NetworkSettings", {{"Networks", networks}, {"Ports", ports}}}};
}

Json published(const char *address, const char *port)
{
    return Json{{"80/tcp", Json::array({{{"HostIp", address}, {"HostPort", port}}})}};
}

} // namespace

class TestProber : public QObject
{
    Q_OBJECT

private:
    testsupport::Crash m_crash;
    const Probe m_http{Probe::Kind::Http, 80, QStringLiteral("/"), {}};
    const Json m_networks{{"bridge", {{"IPAddress", "172.17.0.2"}}}};

private Q_SLOTS:
    void ask_choosesThePlace_data()
    {
        QTest::addColumn<QByteArray>("inspect");
        QTest::addColumn<bool>("local");
        QTest::addColumn<QString>("addressHost");
        QTest::addColumn<QString>("place");
        const auto row = [](const char *name, const Json &inspect, bool local, const char *host,
                             const char *place) {
            QTest::newRow(name) << QByteArray::fromStdString(inspect.dump()) << local
                                << QString::fromLatin1(host) << QString::fromLatin1(place);
        };
        const Json none = Json::object();
        row("own address", inspectOf("bridge", m_networks), true, "", "172.17.0.2:80");
        row("own address before a published one", inspectOf("bridge", m_networks, published("", "8080")),
            true, "", "172.17.0.2:80");
        row("own IPv6 address",
            inspectOf("six", {{"six", {{"IPAddress", ""}, {"GlobalIPv6Address", "fd00::2"}}}}), true, "",
            "fd00::2:80");
        row("host network here", inspectOf("host", {{"host", {{"IPAddress", ""}}}}), true, "",
            "127.0.0.1:80");
        row("host network elsewhere", inspectOf("host", none), false, "nas.lan", "nas.lan:80");
        row("published elsewhere", inspectOf("bridge", m_networks, published("0.0.0.0", "8080")), false,
            "nas.lan", "nas.lan:8080");
        row("published at an address", inspectOf("bridge", m_networks, published("10.0.0.5", "8080")), false,
            "nas.lan", "10.0.0.5:8080");
        row("published here alone", inspectOf("bridge", none, published("127.0.0.1", "8080")), true, "",
            "127.0.0.1:8080");
        row("loopback of another machine", inspectOf("bridge", none, published("127.0.0.1", "8080")), false,
            "nas.lan", "");
        row("not published elsewhere", inspectOf("bridge", m_networks), false, "nas.lan", "");
        row("another port published",
            inspectOf("bridge", m_networks,
                Json{{"81/tcp", Json::array({{{"HostIp", ""}, {"HostPort", "81"}}})}, {"80/tcp", nullptr}}),
            false, "nas.lan", "");
        row("engine without a host in its address", inspectOf("bridge", m_networks, published("", "8080")),
            false, "", "");
        row("no network", inspectOf("none", {{"none", {{"IPAddress", ""}}}}), true, "", "");
        row("nothing known", none, true, "", "");
    }
    void ask_choosesThePlace()
    {
        QFETCH(QByteArray, inspect);
        QFETCH(bool, local);
        QFETCH(QString, addressHost);
        QFETCH(QString, place);
        ports::EngineInfo info;
        info.local = local;
        info.addressHost = addressHost;
        NotingProbes network;
        testsupport::FakeEngine engine(m_crash);
        const auto asked = application::Prober(network).ask(
            m_http, Json::parse(inspect.toStdString()), info, engine, soon());
        QCOMPARE(network.asked.join(u' '), place);
        QCOMPARE(asked.has_value(), !place.isEmpty());
        if (!asked) {
            QCOMPARE(asked.error().code, ErrorCode::Unsupported);
            QVERIFY(asked.error().message.contains(QStringLiteral("80")));
        }
    }

    void ask_goesToTheContainerWhoseNetworkIsShared()
    {
        testsupport::FakeEngine engine(m_crash);
        engine.publish(QStringLiteral("vpn:1"), {.id = QStringLiteral("sha256:v"), .digest = {}});
        const QString vpn = engine.run(QStringLiteral("vpn"), QStringLiteral("vpn:1"));
        engine.alterInspect([this](Json &inspect) -> core::Result<> {
            inspect["NetworkSettings"]["Networks"] = m_networks;
            return {};
        });
        NotingProbes network;
        ports::EngineInfo info;
        info.local = true;
        const QByteArray mode = "container:" + vpn.toLatin1();
        QVERIFY(application::Prober(network).ask(
            m_http, inspectOf(mode.constData(), Json::object()), info, engine, soon()));
        QCOMPARE(network.asked, QStringList{QStringLiteral("172.17.0.2:80")});
        const auto gone = application::Prober(network).ask(
            m_http, inspectOf("container:gone", Json::object()), info, engine, soon());
        QVERIFY(!gone);
        QCOMPARE(gone.error().code, ErrorCode::NotFound);
    }

    /// Containers of a rootless engine or of a virtual machine have addresses that lead nowhere.
    void ask_triesThePublishedPort_whenTheOwnAddressIsSilent()
    {
        testsupport::FakeEngine engine(m_crash);
        NotingProbes network;
        network.silent = QStringList{QStringLiteral("172.17.0.2:80")};
        ports::EngineInfo info;
        info.local = true;
        const Json inspect = inspectOf("bridge", m_networks, published("0.0.0.0", "8080"));
        QVERIFY(application::Prober(network).ask(m_http, inspect, info, engine, soon()));
        QCOMPARE(network.asked.join(u' '), QStringLiteral("172.17.0.2:80 127.0.0.1:8080"));
        QVERIFY(network.longest <= 10s);
        network.asked.clear();
        network.silent.clear();
        network.bad = true;
        const auto bad = application::Prober(network).ask(m_http, inspect, info, engine, soon());
        QVERIFY(!bad);
        QCOMPARE(bad.error().message, QStringLiteral("status 500"));
        QCOMPARE(network.asked.size(), 1);
    }

    void command_isJudgedByItsExitCode_data()
    {
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("output");
        QTest::addColumn<QString>("message");
        QTest::newRow("good") << 0 << QStringLiteral("noise") << QString();
        QTest::newRow("bad") << 2 << QStringLiteral("one\nno response\n\n")
                             << QStringLiteral("The command ended with 2: no response");
        QTest::newRow("bad and silent") << 1 << QString() << QStringLiteral("The command ended with 1");
    }
    void command_isJudgedByItsExitCode()
    {
        QFETCH(int, exitCode);
        QFETCH(QString, output);
        QFETCH(QString, message);
        testsupport::FakeEngine engine(m_crash);
        engine.publish(QStringLiteral("db:1"), {.id = QStringLiteral("sha256:d"), .digest = {}});
        const QString id = engine.run(QStringLiteral("db"), QStringLiteral("db:1"));
        std::vector<QString> ran;
        engine.answerCommands([&](const std::vector<QString> &argv) -> core::Result<ports::ExecResult> {
            ran = argv;
            return ports::ExecResult{.exitCode = exitCode, .output = output};
        });
        NotingProbes network;
        const Probe probe{Probe::Kind::Command, 0, {}, {QStringLiteral("pg_isready"), QStringLiteral("-q")}};
        const auto asked = application::Prober(network).ask(probe, Json{{"Id", id}}, {}, engine, soon());
        QCOMPARE(asked ? QString() : asked.error().message, message);
        QCOMPARE(ran, probe.argv);
        QVERIFY(network.asked.isEmpty());
    }

    void command_thatDoesNotEnd_fails()
    {
        testsupport::FakeEngine engine(m_crash);
        engine.failOnce(QStringLiteral("exec"), {ErrorCode::Timeout, QStringLiteral("late"), {}, nullptr});
        NotingProbes network;
        const auto asked = application::Prober(network).ask(
            {Probe::Kind::Command, 0, {}, {QStringLiteral("sleep")}}, Json{{"Id", "x"}}, {}, engine, soon());
        QVERIFY(!asked);
        QCOMPARE(asked.error().code, ErrorCode::Conflict);
    }
};

QTEST_APPLESS_MAIN(TestProber)
#include "tst_prober.moc"
