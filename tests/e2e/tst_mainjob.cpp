#include "support/stage.h"

#include <QNetworkReply>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace dockerauto;
using namespace dockerauto::e2e;
using core::Json;
using core::memberOf;
using core::textOf;
using testsupport::ImageOptions;
using testsupport::TestImages;

namespace {

ImageOptions shop(const QString &repository, const QString &marker)
{
    return {.repository = repository,
        .marker = marker,
        .command = TestImages::webServer(),
        .entrypoint = {},
        .environment = {QStringLiteral("FROM_IMAGE=") + marker},
        .labels = {{QStringLiteral("image.version"), marker}},
        .health = testsupport::ImageHealth::AlwaysHealthy,
        .changes = {QStringLiteral("EXPOSE 80")}};
}

QString at(const Json &json, const char *pointer)
{
    const Json::json_pointer path(pointer);
    if (!json.contains(path)) {
        return QStringLiteral("absent");
    }
    const Json &value = json[path];
    return value.is_string() ? value.get<QString>() : QString::fromStdString(value.dump());
}

} // namespace

/// What the program exists for: it finds a newer image and replaces the container, which stays what it was.
class MainJobTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        E2E_GET(stage, Stage::make());
        m_stage = std::move(stage);
        E2E_VERIFY(m_stage->startServer());
    }
    void cleanupTestCase() { m_stage.reset(); }

    void update_replacesImage_andKeepsEverythingElse_data();
    void update_replacesImage_andKeepsEverythingElse();
    void events_tellTheUpdate_inOrder();
    void stopped_staysStopped_afterUpdate();
    void several_areUpdatedAtOnce();
    void start_isRefused_whenUpToDate();

private:
    [[nodiscard]] QByteArray pageOf(int port) const
    {
        QNetworkAccessManager network;
        const std::unique_ptr<QNetworkReply> reply(
            network.get(QNetworkRequest(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(port)))));
        const bool answered = QTest::qWaitFor([&] { return reply->isFinished(); }, 5000);
        return answered ? reply->readAll().trimmed() : QByteArray("no answer");
    }
    /// A network whose addresses can be chosen; the value is its name.
    core::Result<QString> makeNetwork(QString &staticAddress);

    std::unique_ptr<Stage> m_stage;
};

core::Result<QString> MainJobTest::makeNetwork(QString &staticAddress)
{
    DOCKERAUTO_TRY_ASSIGN(bridge, m_stage->inspect(QStringLiteral("bridge")));
    const QString subnet = at(bridge, "/IPAM/Config/0/Subnet");
    const QString base = subnet.section(u'.', 0, 1) + QStringLiteral(".100.");
    const QString name = testsupport::TestLab::uniqueName(QStringLiteral("net"));
    DOCKERAUTO_TRY(m_stage->lab.dockerCli({QStringLiteral("network"), QStringLiteral("create"),
        QStringLiteral("--subnet"), base + QStringLiteral("0/24"), name}));
    m_stage->forgetNetwork(name);
    staticAddress = base + QStringLiteral("77");
    return name;
}

void MainJobTest::update_replacesImage_andKeepsEverythingElse_data()
{
    QTest::addColumn<bool>("network");
    QTest::newRow("published port on the bridge") << false;
    QTest::newRow("own network, alias, static address") << true;
}

void MainJobTest::update_replacesImage_andKeepsEverythingElse()
{
    QFETCH(bool, network);
    const QString repository = network ? QStringLiteral("main/net") : QStringLiteral("main/demo");
    E2E_GET(first, m_stage->images.publishAndPull(shop(repository, QStringLiteral("one"))));
    const int port = freePort();
    QStringList arguments{QStringLiteral("-e"), QStringLiteral("MINE=kept value"), QStringLiteral("--label"),
        QStringLiteral("my.label=kept"), QStringLiteral("--restart"), QStringLiteral("unless-stopped"),
        QStringLiteral("-v"), QStringLiteral("/data"), QStringLiteral("--memory"), QStringLiteral("64m"),
        QStringLiteral("-p"), QStringLiteral("127.0.0.1:%1:80").arg(port)};
    QString address;
    if (network) {
        E2E_GET(name, makeNetwork(address));
        arguments << QStringLiteral("--network") << name << QStringLiteral("--network-alias")
                  << QStringLiteral("shop-alias") << QStringLiteral("--ip") << address;
    }
    E2E_GET(name, m_stage->run(QStringLiteral("shop"), first.reference, arguments));
    E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("exec"), name, QStringLiteral("sh"),
        QStringLiteral("-c"), QStringLiteral("echo precious > /data/file")}));
    E2E_GET(before, m_stage->inspect(name));
    E2E_GET(fresh, m_stage->checked(name));
    QCOMPARE(at(fresh, "/update/decision"), QStringLiteral("up_to_date"));
    E2E_GET(known, m_stage->described(name));

    E2E_GET(second, m_stage->images.publish(shop(repository, QStringLiteral("two"))));
    E2E_GET(found, m_stage->checked(name));
    QCOMPARE(at(found, "/update/decision"), QStringLiteral("update_available"));
    QCOMPARE(at(found, "/update/candidate/digest"), second.digest);
    E2E_GET(id, m_stage->beginUpdate(name));
    E2E_GET(update, m_stage->ended(id));

    QVERIFY2(at(update, "/status") == QStringLiteral("succeeded"), update.dump(1).c_str());
    QVERIFY(update["proof"]["faithful"] == true);
    QVERIFY(update["proof"]["fieldsCompared"].get<int>() > 50);
    QCOMPARE(at(update, "/from/digest"), first.digest);
    QCOMPARE(at(update, "/to/digest"), second.digest);
    QStringList steps;
    QString last;
    for (const Json &step : update["steps"]) {
        steps << textOf(step, "name");
        QVERIFY2(textOf(step, "status") == QStringLiteral("succeeded"), step.dump().c_str());
        QVERIFY2(textOf(step, "startedAt") >= last, step.dump().c_str());
        last = textOf(step, "completedAt");
    }
    QCOMPARE(steps.join(u' '),
        QStringLiteral("preflight pull rename create stop start health verify commit cleanup"));

    E2E_GET(all, m_stage->containers(name));
    QCOMPARE(all.size(), std::size_t(1));
    QCOMPARE(all.front().name, name);
    QCOMPARE(all.front().state, QStringLiteral("running"));
    QVERIFY(all.front().id != at(before, "/Id"));
    E2E_GET(after, m_stage->inspect(name));
    QCOMPARE(at(after, "/Image"), second.imageId);
    for (const char *pointer : {"/HostConfig/RestartPolicy", "/HostConfig/PortBindings", "/HostConfig/Memory",
             "/HostConfig/NetworkMode", "/Config/Image", "/Config/Cmd", "/Config/ExposedPorts",
             "/Mounts/0/Name", "/Mounts/0/Destination"}) {
        QCOMPARE(at(after, pointer), at(before, pointer));
    }
    const std::string environment = after["Config"]["Env"].dump();
    QVERIFY2(environment.find("MINE=kept value") != std::string::npos, environment.c_str());
    QVERIFY2(environment.find("FROM_IMAGE=two") != std::string::npos, environment.c_str());
    QVERIFY2(environment.find("FROM_IMAGE=one") == std::string::npos, environment.c_str());
    QCOMPARE(at(after, "/Config/Labels/my.label"), QStringLiteral("kept"));
    QCOMPARE(at(after, "/Config/Labels/image.version"), QStringLiteral("two"));
    if (network) {
        const QString mode = at(after, "/HostConfig/NetworkMode");
        const Json &endpoint = after["NetworkSettings"]["Networks"][mode.toStdString()];
        QCOMPARE(textOf(endpoint, "IPAddress"), address);
        QVERIFY2(endpoint["Aliases"].dump().find("shop-alias") != std::string::npos, endpoint.dump().c_str());
    }
    E2E_GET(file, m_stage->lab.dockerCli(
                      {QStringLiteral("exec"), name, QStringLiteral("cat"), QStringLiteral("/data/file")}));
    QCOMPARE(file.trimmed(), QByteArray("precious"));
    QTRY_COMPARE(pageOf(port), QByteArray("two"));

    E2E_GET(now, m_stage->described(name));
    QCOMPARE(at(now, "/id"), at(known, "/id"));
    QCOMPARE(at(now, "/engineId"), at(after, "/Id"));
    QCOMPARE(at(now, "/digest"), second.digest);
    QCOMPARE(at(now, "/update/decision"), QStringLiteral("up_to_date"));
    E2E_GET(again, m_stage->checked(name));
    QCOMPARE(at(again, "/update/decision"), QStringLiteral("up_to_date"));
    const Reply history = m_stage->api.get(QStringLiteral("/updates/history?container=") + at(known, "/id"));
    QCOMPARE(history.body["items"].size(), std::size_t(1));
    QCOMPARE(at(history.body, "/items/0/id"), id);
    QCOMPARE(at(history.body, "/items/0/requestedBy"), QStringLiteral("admin@example.org"));
    const Reply open = m_stage->api.get(QStringLiteral("/updates?container=") + at(known, "/id"));
    QCOMPARE(open.body["items"].size(), std::size_t(0));
}

void MainJobTest::events_tellTheUpdate_inOrder()
{
    E2E_GET(
        first, m_stage->images.publishAndPull(shop(QStringLiteral("main/events"), QStringLiteral("one"))));
    E2E_GET(name, m_stage->run(QStringLiteral("events"), first.reference));
    // Large enough that its pull can be watched, and not there from an earlier run.
    QByteArray bytes(4'000'000, '\0');
    QRandomGenerator::system()->fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
    ImageOptions newer = shop(QStringLiteral("main/events"), QString::fromLatin1(bytes.toHex()));
    newer.labels.clear();
    newer.environment.clear();
    E2E_GET(second, m_stage->images.publish(newer));
    EventStream stream;
    E2E_VERIFY(stream.open(m_stage->server.url(), m_stage->api.token(), QStringLiteral("updates")));
    E2E_GET(id, m_stage->beginUpdate(name));
    const auto ended = [&](const Json &event) {
        return textOf(event, "type") == QStringLiteral("update.changed") && at(event, "/payload/id") == id &&
               at(event, "/payload/status") == QStringLiteral("succeeded");
    };
    QVERIFY(stream.waitFor(ended, 40'000));

    quint64 seq = 0;
    QStringList statuses;
    QStringList finishedSteps;
    qint64 mostBytes = 0;
    for (const Json &event : stream.events()) {
        QVERIFY2(event["seq"].get<quint64>() > seq, event.dump().c_str());
        seq = event["seq"].get<quint64>();
        QCOMPARE(textOf(event, "topic"), QStringLiteral("updates"));
        if (at(event, "/payload/id") != id) {
            continue;
        }
        if (textOf(event, "type") == QStringLiteral("update.changed")) {
            const QString status = at(event, "/payload/status");
            if (statuses.isEmpty() || statuses.last() != status) {
                statuses << status;
            }
        } else if (textOf(event, "type") == QStringLiteral("update.step")) {
            const Json &step = event["payload"]["step"];
            if (textOf(step, "status") == QStringLiteral("succeeded")) {
                finishedSteps << textOf(step, "name");
            } else if (textOf(step, "name") == QStringLiteral("pull") &&
                       memberOf(step, "progress").is_object()) {
                QCOMPARE(textOf(step["progress"], "unit"), QStringLiteral("bytes"));
                mostBytes = std::max(mostBytes, step["progress"]["done"].get<qint64>());
            }
        }
    }
    QCOMPARE(statuses,
        QStringList({QStringLiteral("pending"), QStringLiteral("running"), QStringLiteral("succeeded")}));
    QCOMPARE(finishedSteps.join(u' '),
        QStringLiteral("preflight pull rename create stop start health verify commit cleanup"));
    QVERIFY2(mostBytes > 0, "no progress in bytes was told");
    qInfo() << stream.events().size() << "events;" << mostBytes << "bytes told of the pull";
}

void MainJobTest::stopped_staysStopped_afterUpdate()
{
    E2E_GET(
        first, m_stage->images.publishAndPull(shop(QStringLiteral("main/stopped"), QStringLiteral("one"))));
    E2E_GET(name, m_stage->run(QStringLiteral("stopped"), first.reference));
    E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("stop"), name}));
    E2E_GET(second, m_stage->images.publish(shop(QStringLiteral("main/stopped"), QStringLiteral("two"))));
    E2E_GET(id, m_stage->beginUpdate(name));
    E2E_GET(update, m_stage->ended(id));
    QCOMPARE(at(update, "/status"), QStringLiteral("succeeded"));
    E2E_GET(after, m_stage->inspect(name));
    QCOMPARE(at(after, "/Image"), second.imageId);
    QCOMPARE(at(after, "/State/Running"), QStringLiteral("false"));
    QCOMPARE(at(after, "/State/StartedAt"), QStringLiteral("0001-01-01T00:00:00Z"));
}

void MainJobTest::several_areUpdatedAtOnce()
{
    E2E_GET(first, m_stage->images.publishAndPull(shop(QStringLiteral("main/many"), QStringLiteral("one"))));
    QStringList names;
    Json ids = Json::array();
    for (int i = 0; i < 3; ++i) {
        E2E_GET(name, m_stage->run(QStringLiteral("many"), first.reference));
        names << name;
    }
    E2E_GET(second, m_stage->images.publish(shop(QStringLiteral("main/many"), QStringLiteral("two"))));
    for (const QString &name : std::as_const(names)) {
        E2E_GET(found, m_stage->checked(name));
        ids.push_back(found["id"]);
    }
    const Reply started = m_stage->api.post(QStringLiteral("/updates"), Json{{"containers", ids}});
    QCOMPARE(started.status, 202);
    QCOMPARE(started.location, QByteArray("/api/v1/updates"));
    QCOMPARE(started.body["items"].size(), std::size_t(3));
    const Reply twice = m_stage->api.post(QStringLiteral("/updates"), Json{{"containers", ids}});
    QVERIFY2(twice.status == 409, twice.text().constData());
    for (const Json &item : started.body["items"]) {
        E2E_GET(update, m_stage->ended(textOf(item, "id")));
        QCOMPARE(at(update, "/status"), QStringLiteral("succeeded"));
    }
    for (const QString &name : std::as_const(names)) {
        E2E_GET(after, m_stage->inspect(name));
        QCOMPARE(at(after, "/Image"), second.imageId);
        E2E_GET(all, m_stage->containers(name));
        QCOMPARE(all.size(), std::size_t(1));
    }
}

void MainJobTest::start_isRefused_whenUpToDate()
{
    E2E_GET(
        first, m_stage->images.publishAndPull(shop(QStringLiteral("main/current"), QStringLiteral("one"))));
    E2E_GET(name, m_stage->run(QStringLiteral("current"), first.reference));
    E2E_GET(found, m_stage->checked(name));
    const Reply reply =
        m_stage->api.post(QStringLiteral("/updates"), Json{{"containers", Json::array({found["id"]})}});
    QCOMPARE(reply.status, 409);
    QVERIFY2(reply.contentType.startsWith("application/problem+json"), reply.contentType.constData());
    QVERIFY2(textOf(reply.body, "detail").contains(QStringLiteral("up to date")), reply.text().constData());
}

QTEST_GUILESS_MAIN(MainJobTest)
#include "tst_mainjob.moc"
