#include "updates/selfhelper.h"

#include <application/updates/selfupdate.h>
#include <testsupport/carefakes.h>
#include <testsupport/fakeclock.h>
#include <testsupport/fakeengine.h>
#include <testsupport/jsontext.h>

#include <QTest>

#include <algorithm>

using namespace dockerauto;
using application::helperBody;
using application::helperNetworks;
using application::Replacement;
using application::SelfUpdate;
using core::ErrorCode;
using core::Json;
using core::memberOf;
using core::textOf;
using testsupport::Crash;
using testsupport::FakeEngine;
using testsupport::FixedIdentity;
using Fate = FakeEngine::Fate;
using Role = SelfUpdate::Role;
using namespace std::chrono_literals;

namespace {

const auto ownId = QStringLiteral("4f1c0de5a7b8932641d0e9c3b5a7f8e2d1c0b9a8f7e6d5c4b3a2918070605040");
const auto otherId = QStringLiteral("99887766554433221100ffeeddccbbaa99887766554433221100ffeeddccbbaa");
const Json unlessStopped{{"Name", "unless-stopped"}, {"MaximumRetryCount", 0}};
const Json no{{"Name", "no"}};

core::CallContext context()
{
    return {core::Deadline::in(20s), {}};
}

/// In the network `shared`, with an alias and an address.
Json proxy()
{
    return Json{{"Id", otherId}, {"Name", "/socket-proxy"}, {"Path", "/entrypoint.sh"},
        {"Config", {{"Hostname", "guard"}, {"User", ""}, {"Image", "tecnativa/docker-socket-proxy"}}},
        {"HostConfig", {{"NetworkMode", "shared"}}},
        {"Mounts", {{{"Type", "bind"}, {"Source", "/run/docker.sock"},
                       {"Destination", "/var/run/docker.sock"}, {"RW", false}}}},
        {"NetworkSettings",
            {{"Networks", {{"shared", {{"Aliases", {"docker-proxy"}}, {"IPAddress", "172.20.0.5"}}}}}}}};
}

Json ourselves()
{
    return Json{{"Id", ownId}, {"Name", "/auto"}, {"Image", "sha256:0a"},
        {"Path", "/usr/bin/docker-auto-server"},
        {"Config",
            {{"Hostname", "4f1c0de5a7b8"}, {"User", "1000:1000"},
                {"Env", {"PATH=/bin", "QT_PLUGIN_PATH=/plugins", "DOCKER_AUTO_ADMIN_EMAIL=a@example.org"}},
                {"Volumes", {{"/data", Json::object()}}}}},
        {"HostConfig", {{"NetworkMode", "shared"}, {"GroupAdd", {"998"}}, {"SecurityOpt", {"label=disable"}},
                           {"PortBindings", {{"8484/tcp", {{{"HostPort", "8484"}}}}}}}},
        {"Mounts", {{{"Type", "bind"}, {"Source", "/run/user/1000/docker.sock"},
                        {"Destination", "/var/run/docker.sock"}, {"RW", true}},
                       {{"Type", "volume"}, {"Name", "kept"}, {"Destination", "/data"}, {"RW", true}}}},
        {"NetworkSettings",
            {{"Networks", {{"shared", {{"NetworkID", "n1"}}}, {"second", {{"NetworkID", "n2"}}}}}}}};
}

/// What the helper has to do in most tests.
Replacement replacementOf(const QString &oldId, const QString &newId)
{
    return {.update = core::UpdateId(QStringLiteral("01hzy8k3vq5w7x9y1z2a3b4c5d")),
        .oldId = oldId,
        .newId = newId,
        .restartPolicy = unlessStopped,
        .stableFor = 2s,
        .healthSlack = 2s};
}

/// Time that ends the program when it is dead anyway, so that nobody waits for the deadline.
class MortalClock final : public core::Clock
{
public:
    explicit MortalClock(const Crash &crash) : m_crash(crash) {}
    [[nodiscard]] core::Timestamp now() const override { return m_clock.now(); }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return m_clock.steadyNow();
    }
    bool sleep(std::chrono::milliseconds duration, const std::stop_token &stop) const override
    {
        if (m_crash.dead()) {
            m_end.request_stop();
        }
        return m_clock.sleep(duration, stop);
    }
    [[nodiscard]] core::CallContext context() const { return {core::Deadline::in(20s), m_end.get_token()}; }

private:
    const Crash &m_crash;
    testsupport::FakeClock m_clock;
    mutable std::stop_source m_end;
};

/// An old container that runs and a new one that was made beside it.
struct Pair
{
    explicit Pair(Fate fate)
    {
        engine.publish(reference, {.id = QStringLiteral("sha256:01"), .digest = QStringLiteral("sha256:d1")});
        oldId = engine.run(
            QStringLiteral("auto"), reference, Json{{"HostConfig", {{"RestartPolicy", unlessStopped}}}});
        FakeEngine::Image next{.id = QStringLiteral("sha256:02"), .digest = QStringLiteral("sha256:d2")};
        next.fate = fate;
        engine.publish(reference, next);
        const auto pulled = engine.pullImage(
            *domain::ImageReference::parse(reference), {}, [](const auto &) {}, context());
        const auto made = engine.createContainer(QStringLiteral("auto.new"),
            Json{{"Image", "sha256:02"}, {"HostConfig", {{"RestartPolicy", unlessStopped}}}}, context());
        newId = pulled && made ? made->text() : QStringLiteral("the new one could not be made");
    }

    core::Result<> replace()
    {
        const MortalClock clock(crash);
        return application::replaceContainer(replacementOf(oldId, newId), engine, clock, clock.context());
    }
    [[nodiscard]] std::vector<QString> running() const
    {
        std::vector<QString> ids;
        for (const FakeEngine::Container &container : engine.containers()) {
            if (container.status == QStringLiteral("running")) {
                ids.push_back(container.id);
            }
        }
        return ids;
    }
    [[nodiscard]] Json policyOf(const QString &id) const
    {
        const auto all = engine.containers();
        const auto found = std::ranges::find(all, id, &FakeEngine::Container::id);
        return found == all.end() ? Json() : memberOf(found->hostConfig, "RestartPolicy");
    }

    const QString reference = QStringLiteral("example/auto:latest");
    Crash crash;
    FakeEngine engine{crash};
    QString oldId;
    QString newId;
};

} // namespace

/// An update of the program itself, and what the helper does that carries it out.
class ReplacementTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void role_isFound_inWhatTheEngineSays_data();
    void role_isFound_inWhatTheEngineSays();
    void replacement_comesBack_asItWas();
    void replacement_isRefused_withoutWhatItNeeds_data();
    void replacement_isRefused_withoutWhatItNeeds();

    void helper_isGivenTheSocket_asTheProgramHasIt();
    void helper_isGivenTheNetworks_whenTheProgramSpeaksToAProxy();
    void helper_isGivenTheSocketOfTheProxy_whenThatIsReplaced();
    void helper_isRefused_whenNothingLeadsToTheEngine_data();
    void helper_isRefused_whenNothingLeadsToTheEngine();
    void handOver_isASuccess_theSecondTimeToo();
    void handOver_refuses_aContainerThatVanishes();

    void replace_endsWithTheRightOne_data();
    void replace_endsWithTheRightOne();
    void replace_endsWithTheRightOne_whereverItIsKilled_data();
    void replace_endsWithTheRightOne_whereverItIsKilled();
    void replace_asksAgain_whenTheEngineIsAway_data();
    void replace_asksAgain_whenTheEngineIsAway();
    void replace_putsTheOldBack_whenTheNewCanNotBeStarted();
    void replace_leavesTheOneThatIsThere_whenTheOtherIsGone();
};

void ReplacementTest::role_isFound_inWhatTheEngineSays_data()
{
    QTest::addColumn<QString>("identity");
    QTest::addColumn<QString>("host");
    QTest::addColumn<Json>("inspect");
    QTest::addColumn<Json>("own");
    QTest::addColumn<Role>("role");
    const QString none;
    QTest::newRow("our id") << ownId << none << ourselves() << Json() << Role::Self;
    QTest::newRow("our id by its host name") << ownId.left(12) << none << ourselves() << Json() << Role::Self;
    QTest::newRow("another id") << ownId << none << proxy() << ourselves() << Role::Other;
    QTest::newRow("outside of containers") << none << none << ourselves() << Json() << Role::Other;
    Json guest = ourselves();
    guest["Id"] = otherId;
    guest["HostConfig"]["NetworkMode"] = QString(QStringLiteral("container:") + ownId);
    QTest::newRow("we live in the network of the one that the files name")
        << ownId << none << guest << Json() << Role::Self;
    guest["Path"] = "/usr/bin/other";
    QTest::newRow("another guest in that network") << ownId << none << guest << Json() << Role::Other;

    for (const char *host :
        {"socket-proxy", "docker-proxy", "guard", "172.20.0.5", "Docker-Proxy", "998877665544"}) {
        QTest::addRow("proxy as %s", host)
            << ownId << QString::fromLatin1(host) << proxy() << ourselves() << Role::Proxy;
    }
    QTest::newRow("proxy, the program on the host")
        << none << QStringLiteral("172.20.0.5") << proxy() << Json() << Role::Proxy;
    QTest::newRow("the name of its image")
        << ownId << QStringLiteral("docker-socket-proxy") << proxy() << ourselves() << Role::Other;
    QTest::newRow("another host") << ownId << QStringLiteral("engine.example.org") << proxy() << ourselves()
                                  << Role::Other;
    Json elsewhere = ourselves();
    elsewhere["NetworkSettings"]["Networks"] = {{"own_default", Json::object()}};
    QTest::newRow("the same alias in another network")
        << ownId << QStringLiteral("docker-proxy") << proxy() << elsewhere << Role::Other;
    elsewhere["NetworkSettings"]["Networks"] = {{"host", Json::object()}};
    QTest::newRow("the program in the network of the host")
        << ownId << QStringLiteral("172.20.0.5") << proxy() << elsewhere << Role::Proxy;
    elsewhere["HostConfig"]["NetworkMode"] = QString(QStringLiteral("container:") + otherId);
    QTest::newRow("the program in the network of the proxy")
        << ownId << QStringLiteral("localhost") << proxy() << elsewhere << Role::Proxy;
    QTest::newRow("this computer") << ownId << QStringLiteral("127.0.0.1") << proxy() << ourselves()
                                   << Role::Other;
}

void ReplacementTest::role_isFound_inWhatTheEngineSays()
{
    QFETCH(QString, identity);
    QFETCH(QString, host);
    QFETCH(Json, inspect);
    QFETCH(Json, own);
    QFETCH(Role, role);
    const FixedIdentity fixed(identity.isEmpty() ? std::nullopt : std::optional(identity));
    ports::EngineInfo engine;
    engine.addressHost = host;
    QCOMPARE(SelfUpdate(fixed).roleOf(inspect, engine, own), role);
}

void ReplacementTest::replacement_comesBack_asItWas()
{
    const Json json = replacementOf(ownId, otherId).toJson();
    const auto read = Replacement::fromJson(json);
    QVERIFY(read);
    COMPARE_JSON(read->toJson(), json);
    QCOMPARE(read->stableFor, std::chrono::milliseconds(2s));
    COMPARE_JSON(read->restartPolicy, unlessStopped);
}

void ReplacementTest::replacement_isRefused_withoutWhatItNeeds_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<Json>("value");
    QTest::newRow("no old one") << QStringLiteral("oldId") << Json();
    QTest::newRow("no new one") << QStringLiteral("newId") << Json("");
    QTest::newRow("no update") << QStringLiteral("update") << Json(5);
    QTest::newRow("a time that is none") << QStringLiteral("stableForMs") << Json("soon");
    QTest::newRow("a time below zero") << QStringLiteral("healthSlackMs") << Json(-1);
    QTest::newRow("a time without end") << QStringLiteral("healthSlackMs") << Json(std::int64_t(1) << 60);
}

void ReplacementTest::replacement_isRefused_withoutWhatItNeeds()
{
    QFETCH(QString, pointer);
    QFETCH(Json, value);
    Json json = replacementOf(ownId, otherId).toJson();
    json[pointer.toStdString()] = value;
    const auto read = Replacement::fromJson(json);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(read.error().path, pointer);
}

void ReplacementTest::helper_isGivenTheSocket_asTheProgramHasIt()
{
    const Replacement replacement = replacementOf(ownId, otherId);
    const Json own = ourselves();
    ports::EngineInfo engine;
    engine.address = QStringLiteral("unix:///run/docker.sock");
    const auto body = helperBody({.replacement = replacement,
        .role = Role::Self,
        .own = own,
        .target = own,
        .engine = engine,
        .executable = QStringLiteral("/usr/bin/docker-auto-server")});
    QVERIFY(body);
    COMPARE_JSON((*body)["Image"], Json("sha256:0a"));
    COMPARE_JSON((*body)["Entrypoint"], Json::array({"/usr/bin/docker-auto-server"}));
    COMPARE_JSON((*body)["Cmd"], Json::array({"--replace-container"}));
    COMPARE_JSON((*body)["User"], Json("1000:1000"));
    COMPARE_JSON((*body)["Labels"]["docker-auto.helper"], Json("replace"));
    COMPARE_JSON((*body)["Labels"]["docker-auto.operation"], Json(replacement.update.text()));
    COMPARE_JSON(
        (*body)["Env"], Json::array({"QT_PLUGIN_PATH=/plugins", "DOCKER_HOST=unix:///run/docker.sock",
                            "DOCKER_AUTO_REPLACEMENT=" + core::writeJson(replacement.toJson())}));
    const Json &host = (*body)["HostConfig"];
    // The program's own data is not for it, and no volume is made that nobody would remove.
    COMPARE_JSON(host["Mounts"], Json::array({{{"Type", "bind"}, {"Source", "/run/user/1000/docker.sock"},
                                                  {"Target", "/var/run/docker.sock"}, {"ReadOnly", false}},
                                     {{"Type", "tmpfs"}, {"Target", "/data"}}}));
    COMPARE_JSON(host["NetworkMode"], Json("none"));
    COMPARE_JSON(host["RestartPolicy"]["Name"], Json("on-failure"));
    COMPARE_JSON(host["GroupAdd"], Json::array({"998"}));
    COMPARE_JSON(host["SecurityOpt"], Json::array({"label=disable"}));
    QVERIFY(!host.contains("PortBindings"));
    QVERIFY(!body->contains("ExposedPorts"));
}

void ReplacementTest::helper_isGivenTheNetworks_whenTheProgramSpeaksToAProxy()
{
    const Replacement replacement = replacementOf(ownId, otherId);
    Json own = ourselves();
    own["Config"]["Env"].push_back("DOCKER_CERT_PATH=/certs");
    own["Mounts"].push_back(
        {{"Type", "volume"}, {"Name", "certs"}, {"Destination", "/certs"}, {"RW", false}});
    ports::EngineInfo engine;
    engine.address = QStringLiteral("tcp://docker-proxy:2376");
    engine.addressHost = QStringLiteral("docker-proxy");
    const application::HelperNeeds needs{.replacement = replacement,
        .role = Role::Self,
        .own = own,
        .target = own,
        .engine = engine,
        .executable = QStringLiteral("/usr/bin/docker-auto-server")};
    const auto body = helperBody(needs);
    QVERIFY(body);
    COMPARE_JSON((*body)["HostConfig"]["NetworkMode"], Json("shared"));
    QCOMPARE(helperNetworks(needs), std::vector{QStringLiteral("second")});
    COMPARE_JSON((*body)["HostConfig"]["Mounts"],
        Json::array({{{"Type", "volume"}, {"Source", "certs"}, {"Target", "/certs"}, {"ReadOnly", true}},
            {{"Type", "tmpfs"}, {"Target", "/data"}}}));
    const Json &variables = (*body)["Env"];
    QVERIFY(std::ranges::find(variables, Json("DOCKER_HOST=tcp://docker-proxy:2376")) != variables.end());
}

void ReplacementTest::helper_isGivenTheSocketOfTheProxy_whenThatIsReplaced()
{
    const Replacement replacement = replacementOf(otherId, ownId);
    const Json own = ourselves();
    const Json target = proxy();
    ports::EngineInfo engine;
    engine.address = QStringLiteral("tcp://docker-proxy:2375");
    const application::HelperNeeds needs{.replacement = replacement,
        .role = Role::Proxy,
        .own = own,
        .target = target,
        .engine = engine,
        .executable = QStringLiteral("/usr/bin/docker-auto-server")};
    const auto body = helperBody(needs);
    QVERIFY(body);
    // Our program, with the rights and the socket of the other one.
    COMPARE_JSON((*body)["Image"], Json("sha256:0a"));
    COMPARE_JSON((*body)["User"], Json("0:0"));
    COMPARE_JSON((*body)["HostConfig"]["NetworkMode"], Json("none"));
    COMPARE_JSON(
        (*body)["HostConfig"]["Mounts"][0], (Json{{"Type", "bind"}, {"Source", "/run/docker.sock"},
                                                {"Target", "/var/run/docker.sock"}, {"ReadOnly", true}}));
    QVERIFY(!(*body)["HostConfig"].contains("GroupAdd"));
    QVERIFY(helperNetworks(needs).empty());
}

void ReplacementTest::helper_isRefused_whenNothingLeadsToTheEngine_data()
{
    QTest::addColumn<Role>("role");
    QTest::addColumn<QString>("word");
    QTest::newRow("the program's socket is no mount") << Role::Self << "/run/elsewhere.sock";
    QTest::newRow("the proxy has no socket") << Role::Proxy << "socket-proxy";
}

void ReplacementTest::helper_isRefused_whenNothingLeadsToTheEngine()
{
    QFETCH(Role, role);
    QFETCH(QString, word);
    const Json own = ourselves();
    Json target = proxy();
    target["Mounts"] = Json::array();
    ports::EngineInfo engine;
    engine.address = QStringLiteral("unix:///run/elsewhere.sock");
    const Replacement replacement;
    const auto body = helperBody({.replacement = replacement,
        .role = role,
        .own = own,
        .target = target,
        .engine = engine,
        .executable = QStringLiteral("/usr/bin/docker-auto-server")});
    QVERIFY(!body);
    QCOMPARE(body.error().code, ErrorCode::Unsupported);
    QVERIFY2(body.error().message.contains(word), qPrintable(body.error().message));
}

void ReplacementTest::handOver_isASuccess_theSecondTimeToo()
{
    Pair pair(Fate::Runs);
    auto inspect = pair.engine.inspectContainer(pair.oldId, context());
    QVERIFY(inspect);
    (*inspect)["Mounts"] = ourselves()["Mounts"];
    const FixedIdentity identity(pair.oldId);
    const SelfUpdate self(identity);
    const Replacement replacement = replacementOf(pair.oldId, pair.newId);
    QVERIFY(self.check(*inspect, pair.engine, context()));
    QCOMPARE(pair.engine.containers().size(), std::size_t(2));
    for (int again = 0; again < 2; ++again) {
        const auto handed = self.handOver(replacement, *inspect, pair.engine, context());
        QVERIFY2(handed, handed ? "" : qPrintable(handed.error().text()));
        const auto all = pair.engine.containers();
        QCOMPARE(all.size(), std::size_t(3));
        const auto helper =
            std::ranges::find(all, QStringLiteral("auto.helper-1z2a3b4c5d"), &FakeEngine::Container::name);
        QVERIFY(helper != all.end());
        QCOMPARE(helper->status, QStringLiteral("running"));
    }
    for (int again = 0; again < 2; ++again) {
        QVERIFY(self.removeHelper(replacement.update, pair.engine, context()));
        QCOMPARE(pair.engine.containers().size(), std::size_t(2));
    }
}

void ReplacementTest::handOver_refuses_aContainerThatVanishes()
{
    Pair pair(Fate::Runs);
    auto inspect = pair.engine.inspectContainer(pair.oldId, context());
    QVERIFY(inspect);
    (*inspect)["HostConfig"]["AutoRemove"] = true;
    const FixedIdentity identity(pair.oldId);
    const auto handed = SelfUpdate(identity).handOver(
        replacementOf(pair.oldId, pair.newId), *inspect, pair.engine, context());
    QVERIFY(!handed);
    QCOMPARE(handed.error().code, ErrorCode::Unsupported);
    QVERIFY(handed.error().message.contains(QStringLiteral("--rm")));
    QCOMPARE(pair.engine.containers().size(), std::size_t(2));
}

void ReplacementTest::replace_endsWithTheRightOne_data()
{
    QTest::addColumn<Fate>("fate");
    QTest::addColumn<bool>("works");
    QTest::newRow("runs") << Fate::Runs << true;
    QTest::newRow("healthy") << Fate::Healthy << true;
    QTest::newRow("unhealthy") << Fate::Unhealthy << false;
    QTest::newRow("ends") << Fate::Exits << false;
}

void ReplacementTest::replace_endsWithTheRightOne()
{
    QFETCH(Fate, fate);
    QFETCH(bool, works);
    Pair pair(fate);
    const auto replaced = pair.replace();
    QVERIFY2(replaced, replaced ? "" : qPrintable(replaced.error().text()));
    const QString &winner = works ? pair.newId : pair.oldId;
    QCOMPARE(pair.running(), std::vector{winner});
    COMPARE_JSON(pair.policyOf(winner), unlessStopped);
    COMPARE_JSON(pair.policyOf(works ? pair.oldId : pair.newId), no);
    QCOMPARE(pair.engine.containers().size(), std::size_t(2));
}

void ReplacementTest::replace_endsWithTheRightOne_whereverItIsKilled_data()
{
    replace_endsWithTheRightOne_data();
}

void ReplacementTest::replace_endsWithTheRightOne_whereverItIsKilled()
{
    QFETCH(Fate, fate);
    QFETCH(bool, works);
    int moments = 0;
    for (const auto when : {Crash::When::BeforeEffect, Crash::When::AfterEffect}) {
        for (int moment = 1;; ++moment) {
            Pair pair(fate);
            pair.crash.arm(moment, when);
            const bool survived = pair.replace().has_value();
            // At no moment may both run.
            QVERIFY(pair.running().size() <= 1);
            pair.crash.disarm();
            if (survived) {
                break;
            }
            ++moments;
            const auto replaced = pair.replace();
            QVERIFY2(replaced, replaced ? "" : qPrintable(replaced.error().text()));
            const QString &winner = works ? pair.newId : pair.oldId;
            QVERIFY2(pair.running() == std::vector{winner},
                qPrintable(QStringLiteral("killed at %1").arg(moment)));
            COMPARE_JSON(pair.policyOf(winner), unlessStopped);
        }
    }
    QVERIFY(moments >= (works ? 6 : 14));
}

void ReplacementTest::replace_asksAgain_whenTheEngineIsAway_data()
{
    QTest::addColumn<QString>("call");
    for (const char *call : {"update", "stop", "start"}) {
        QTest::newRow(call) << QString::fromLatin1(call);
    }
}

void ReplacementTest::replace_asksAgain_whenTheEngineIsAway()
{
    QFETCH(QString, call);
    Pair pair(Fate::Runs);
    pair.engine.failOnce(call, {ErrorCode::Unavailable, QStringLiteral("the engine restarts"), {}, {}});
    QVERIFY(pair.replace());
    QCOMPARE(pair.running(), std::vector{pair.newId});
}

void ReplacementTest::replace_putsTheOldBack_whenTheNewCanNotBeStarted()
{
    Pair pair(Fate::Runs);
    pair.engine.failOnce(
        QStringLiteral("start"), {ErrorCode::Internal, QStringLiteral("port is already allocated"), {}, {}});
    QVERIFY(pair.replace());
    QCOMPARE(pair.running(), std::vector{pair.oldId});
    COMPARE_JSON(pair.policyOf(pair.oldId), unlessStopped);
}

void ReplacementTest::replace_leavesTheOneThatIsThere_whenTheOtherIsGone()
{
    Pair withoutNew(Fate::Runs);
    withoutNew.engine.removeBehindTheBack(withoutNew.newId);
    QVERIFY(withoutNew.replace());
    QCOMPARE(withoutNew.running(), std::vector{withoutNew.oldId});

    Pair withoutOld(Fate::Unhealthy);
    withoutOld.engine.removeBehindTheBack(withoutOld.oldId);
    const auto replaced = withoutOld.replace();
    QVERIFY(!replaced);
    QCOMPARE(replaced.error().code, ErrorCode::NotFound);
    QCOMPARE(withoutOld.running(), std::vector{withoutOld.newId});
}

QTEST_GUILESS_MAIN(ReplacementTest)
#include "tst_replacement.moc"
