#include "fakeengine.h"

#include <docker/dockerengine.h>

#include <QTest>

using namespace std::chrono_literals;
using namespace dockerauto;
using core::CallContext;
using core::Deadline;
using core::ErrorCode;
using core::Json;
using docker::DockerEngine;

namespace {

CallContext soon(std::chrono::milliseconds time = 10s)
{
    return {Deadline::in(time), {}};
}

FakeEngine::Handler answering(int status, const QByteArray &body = "{}")
{
    return [=](const SeenRequest &, FakeConnection &connection) { connection.answer(status, body); };
}

} // namespace

class TestEngineCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // What is asked

    void act_asksTheEngine_data()
    {
        using Act = std::function<core::Result<>(DockerEngine &)>;
        QTest::addColumn<Act>("act");
        QTest::addColumn<QByteArray>("route");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *name, const char *route, const char *query, const char *body,
                             Act act) {
            QTest::newRow(name) << act << QByteArray(route) << QByteArray(query) << QByteArray(body);
        };
        const QString web = QStringLiteral("web");
        row("start", "POST /containers/web/start", "", "",
            [=](DockerEngine &e) { return e.startContainer(web, soon()); });
        row("stop", "POST /containers/web/stop", "", "",
            [=](DockerEngine &e) { return e.stopContainer(web, {}, soon()); });
        row("stop with grace time", "POST /containers/web/stop", "t=3", "",
            [=](DockerEngine &e) { return e.stopContainer(web, 3, soon()); });
        row("restart", "POST /containers/web/restart", "", "",
            [=](DockerEngine &e) { return e.restartContainer(web, soon()); });
        row("pause", "POST /containers/web/pause", "", "",
            [=](DockerEngine &e) { return e.pauseContainer(web, soon()); });
        row("unpause", "POST /containers/web/unpause", "", "",
            [=](DockerEngine &e) { return e.unpauseContainer(web, soon()); });
        row("rename", "POST /containers/web/rename", "name=a%26b%20c", "",
            [=](DockerEngine &e) { return e.renameContainer(web, QStringLiteral("a&b c"), soon()); });
        row("remove", "DELETE /containers/web", "v=0", "", [=](DockerEngine &e) {
            return e.removeContainer(web, ports::ContainerEngine::Removal::OnlyStopped, soon());
        });
        row("remove by force", "DELETE /containers/web", "v=0&force=1", "", [=](DockerEngine &e) {
            return e.removeContainer(web, ports::ContainerEngine::Removal::Force, soon());
        });
        row("restart policy", "POST /containers/web/update", "", R"({"RestartPolicy":{"Name":"no"}})",
            [=](DockerEngine &e) {
                return e.setRestartPolicy(web, Json{{"Name", "no"}}, soon());
            });
        row("connect", "POST /networks/front/connect", "", R"({"Container":"web"})",
            [=](DockerEngine &e) { return e.connectNetwork(QStringLiteral("front"), web, Json(), soon()); });
        row("connect with settings", "POST /networks/front/connect", "",
            R"({"Container":"web","EndpointConfig":{"Aliases":["a"]}})", [=](DockerEngine &e) {
                return e.connectNetwork(QStringLiteral("front"), web, Json{{"Aliases", {"a"}}}, soon());
            });
        row("remove image", "DELETE /images/shop/web:1", "", "",
            [=](DockerEngine &e) { return e.removeImage(QStringLiteral("shop/web:1"), soon()); });
    }
    void act_asksTheEngine()
    {
        using Act = std::function<core::Result<>(DockerEngine &)>;
        QFETCH(Act, act);
        QFETCH(QByteArray, route);
        QFETCH(QByteArray, query);
        FakeEngine fake;
        fake.on(route, answering(204));
        DockerEngine engine(fake.address());
        QVERIFY(act(engine));
        const auto requests = fake.requests(route);
        QCOMPARE(requests.size(), 1U);
        QCOMPARE(requests.front().target, "/v1.41" + route.mid(route.indexOf('/')) +
                                              (query.isEmpty() ? QByteArray() : QByteArray('?' + query)));
        QTEST(requests.front().body, "body");
        const auto &headers = requests.front().headers;
        const auto type = headers.find("content-type");
        QCOMPARE(type == headers.end() ? QByteArray() : type->second,
            requests.front().body.isEmpty() ? QByteArray() : QByteArray("application/json"));
        QVERIFY(headers.find("expect") == headers.end());
    }

    void startAndStop_succeed_whenThereIsNothingToDo()
    {
        FakeEngine fake;
        fake.on("POST /containers/web/start", answering(304));
        fake.on("POST /containers/web/stop", answering(304));
        DockerEngine engine(fake.address());
        QVERIFY(engine.startContainer(QStringLiteral("web"), soon()));
        QVERIFY(engine.stopContainer(QStringLiteral("web"), 1, soon()));
    }

    void stop_isRefused_whenTheDeadlineIsShorterThanTheGraceTime()
    {
        FakeEngine fake;
        DockerEngine engine(fake.address());
        const auto stopped = engine.stopContainer(QStringLiteral("web"), 10, soon(10s));
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(fake.requests().size(), 0U);
    }

    void create_givesTheId_andSendsTheBodyUntouched()
    {
        FakeEngine fake;
        fake.on("POST /containers/create", answering(201, R"({"Id":"abc","Warnings":[]})"));
        DockerEngine engine(fake.address());
        const Json body{{"Image", "shop/web"}, {"HostConfig", {{"Future", {1, 2}}}}};
        const auto created = engine.createContainer(QStringLiteral("web"), body, soon());
        QVERIFY(created);
        QCOMPARE(created->text(), QStringLiteral("abc"));
        const auto request = fake.requests("POST /containers/create").front();
        QCOMPARE(request.query(), QByteArray("name=web"));
        QVERIFY(*core::parseJson(request.body.toStdString()) == body);
    }

    void name_isRefused_whenItWouldLeaveItsPlace_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"", ".", "..", "../images/x", "a/b", "/web"}) {
            QTest::newRow(name) << QString::fromLatin1(name);
        }
    }
    void name_isRefused_whenItWouldLeaveItsPlace()
    {
        QFETCH(QString, name);
        FakeEngine fake;
        DockerEngine engine(fake.address());
        QCOMPARE(engine.inspectContainer(name, soon()).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(engine.startContainer(name, soon()).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(
            engine.createContainer(name, Json::object(), soon()).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(fake.requests().size(), 0U);
    }

    void image_isRefused_whenItWouldLeaveItsPlace_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"", "..", "a/../../info", "a//b", "/a", "a/", "a?b", "a b", "a#b"}) {
            QTest::newRow(name) << QString::fromLatin1(name);
        }
    }
    void image_isRefused_whenItWouldLeaveItsPlace()
    {
        QFETCH(QString, name);
        FakeEngine fake;
        DockerEngine engine(fake.address());
        QCOMPARE(engine.inspectImage(name, soon()).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(engine.removeImage(name, soon()).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(fake.requests().size(), 0U);
    }

    // What is understood

    void list_readsRows_whateverIsMissing()
    {
        FakeEngine fake;
        fake.on("GET /containers/json", answering(200, R"json([
            {"Id":"a1","Names":["/other/alias","/web"],"Image":"nginx:1","ImageID":"sha256:1","State":"running",
             "Status":"Up 2 minutes (healthy)","Labels":{"k":"v"},"Created":1700000000,"Ports":[{"PrivatePort":80}]
    },
            {"Id":"b2","Names":null,"Labels":null},
            {"Id":"c3","Names":["podman"]}])json"));
        DockerEngine engine(fake.address());
        const auto list = engine.listContainers(soon());
        QVERIFY(list);
        QCOMPARE(fake.requests("GET /containers/json").front().query(), QByteArray("all=1"));
        QCOMPARE(list->size(), 3U);
        const auto &web = list->at(0);
        QCOMPARE(web.name, QStringLiteral("web"));
        QCOMPARE(web.status, QStringLiteral("Up 2 minutes (healthy)"));
        QCOMPARE(web.labels.at(QStringLiteral("k")), QStringLiteral("v"));
        QCOMPARE(web.createdAt->time_since_epoch().count(), 1700000000000LL);
        QVERIFY(web.ports.is_array());
        QCOMPARE(list->at(1).name, QString());
        QVERIFY(!list->at(1).createdAt);
        QCOMPARE(list->at(2).name, QStringLiteral("podman"));
    }

    void list_isCorrupt_whenItIsNoList()
    {
        FakeEngine fake;
        fake.on("GET /containers/json", answering(200, "{}"));
        DockerEngine engine(fake.address());
        QCOMPARE(engine.listContainers(soon()).error().code, ErrorCode::Corrupt);
    }

    void info_saysWhatWasNegotiated()
    {
        FakeEngine fake;
        DockerEngine engine(fake.address());
        const auto info = engine.info(soon());
        QVERIFY(info);
        QCOMPARE(info->id, QStringLiteral("ENGINE-1"));
        QCOMPARE(info->architecture, QStringLiteral("amd64"));
        QVERIFY((info->apiVersion == ports::ApiVersion{1, 41}));
    }

    void image_isAskedWithItsSlashes()
    {
        FakeEngine fake;
        fake.on("GET /images/127.0.0.1:5000/shop/web@sha256:ab/json", answering(200));
        DockerEngine engine(fake.address());
        QVERIFY(engine.inspectImage(QStringLiteral("127.0.0.1:5000/shop/web@sha256:ab"), soon()));
    }
};

QTEST_GUILESS_MAIN(TestEngineCalls)
#include "tst_enginecalls.moc"
