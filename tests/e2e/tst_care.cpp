#include "support/stage.h"

#include <QTest>

#include <algorithm>

using namespace dockerauto;
using namespace dockerauto::e2e;
using core::Json;
using core::textOf;
using testsupport::ImageOptions;
using namespace std::chrono_literals;

namespace {

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

} // namespace

/// What people rely on around an update: going back with their data, hooks, containers that live in others,
/// and that what was stopped stays stopped.
class CareTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        E2E_GET(stage, Stage::make());
        m_stage = std::move(stage);
        m_stage->more = words("--stable-seconds 1");
        E2E_VERIFY(m_stage->startServer());
    }
    void cleanupTestCase() { m_stage.reset(); }

    void rollback_bringsBack_imageAndData();
    void hook_isRun_onceAllowed();
    void tiedContainers_areMadeAgain();
    void state_isKept_data();
    void state_isKept();
    void oldPlan_isRefused();

private:
    /// A container with a newer image in the registry.
    void prepare(const QStringList &arguments);
    core::Result<Json> update(const Json &choices = Json::object());
    core::Result<Json> request(const Json &choices);

    std::unique_ptr<Stage> m_stage;
    int m_count = 0;
    QString m_name;
    testsupport::PublishedImage m_old;
    testsupport::PublishedImage m_new;
};

void CareTest::prepare(const QStringList &arguments)
{
    ImageOptions options{
        .repository = QStringLiteral("care/%1").arg(++m_count), .marker = QStringLiteral("old")};
    E2E_GET(first, m_stage->images.publishAndPull(options));
    m_old = first;
    E2E_GET(name,
        m_stage->run(QStringLiteral("care"), first.reference, words("--restart unless-stopped") + arguments));
    m_name = name;
    options.marker = QStringLiteral("new");
    E2E_GET(second, m_stage->images.publish(options));
    m_new = second;
}

core::Result<Json> CareTest::request(const Json &choices)
{
    DOCKERAUTO_TRY_ASSIGN(container, m_stage->checked(m_name));
    Json body = choices;
    body["containers"] = Json::array({container["id"]});
    const Reply started = m_stage->api.post(QStringLiteral("/updates"), body);
    return started.status == 202 ? core::Result<Json>(started.body)
                                 : core::fail(core::ErrorCode::Conflict, QString::fromUtf8(started.text()));
}

core::Result<Json> CareTest::update(const Json &choices)
{
    DOCKERAUTO_TRY_ASSIGN(started, request(choices));
    return m_stage->ended(textOf(started["items"][0], "id"));
}

void CareTest::rollback_bringsBack_imageAndData()
{
    prepare(words("-v /data"));
    const auto write = [&](const char *text) {
        return m_stage->lab.dockerCli({QStringLiteral("exec"), m_name, QStringLiteral("sh"),
            QStringLiteral("-c"), QStringLiteral("echo %1 > /data/file").arg(QString::fromLatin1(text))});
    };
    const auto content = [&] {
        const auto read = m_stage->lab.dockerCli(
            {QStringLiteral("exec"), m_name, QStringLiteral("cat"), QStringLiteral("/data/file")});
        return read ? read->trimmed() : QByteArray();
    };
    E2E_VERIFY(write("before"));
    E2E_GET(before, m_stage->inspect(m_name));
    E2E_GET(done, update({{"backupVolumes", true}}));
    QVERIFY2(textOf(done, "status") == QStringLiteral("succeeded"), done.dump(1).c_str());
    QCOMPARE(done["savedVolumes"].size(), std::size_t(1));
    QVERIFY(done["canRollBack"] == true);
    E2E_VERIFY(write("after"));

    const Reply begun =
        m_stage->api.post(QStringLiteral("/updates/%1/rollback").arg(textOf(done, "id")), Json::object());
    QVERIFY2(begun.status == 202, begun.text().constData());
    E2E_GET(back, m_stage->ended(textOf(begun.body, "id")));
    QVERIFY2(textOf(back, "status") == QStringLiteral("succeeded"), back.dump(1).c_str());
    QVERIFY(back["proof"]["faithful"] == true);
    QCOMPARE(content(), QByteArray("before"));
    E2E_GET(after, m_stage->inspect(m_name));
    QCOMPARE(textOf(after, "Image"), m_old.imageId);
    // The volume had no name; since the first recreation it is named by its id.
    for (Json *inspect : {&before, &after}) {
        (*inspect)["HostConfig"].erase("Binds");
        (*inspect)["HostConfig"].erase("Mounts");
    }
    QCOMPARE(after["HostConfig"].dump(), before["HostConfig"].dump());
    QCOMPARE(textOf(after["Mounts"][0], "Name"), textOf(before["Mounts"][0], "Name"));
    const Json undone = m_stage->api.get(QStringLiteral("/updates/") + textOf(done, "id")).body;
    QCOMPARE(textOf(undone, "status"), QStringLiteral("rolled_back"));
    QCOMPARE(textOf(undone, "rolledBackBy"), textOf(back, "id"));
}

void CareTest::hook_isRun_onceAllowed()
{
    prepare({QStringLiteral("--label"),
        QStringLiteral("docker-auto.hook.before=[\"/bin/sh\",\"-c\",\"echo said by the hook; exit 75\"]")});
    const Reply on = m_stage->api.send("PUT", QStringLiteral("/settings"), Json{{"hooksEnabled", true}});
    QVERIFY2(on.status == 200, on.text().constData());
    E2E_GET(putOff, update());
    QVERIFY2(textOf(putOff, "status") == QStringLiteral("skipped"), putOff.dump(1).c_str());
    QVERIFY2(putOff["log"].dump().find("said by the hook") != std::string::npos, putOff.dump(1).c_str());
    E2E_GET(still, m_stage->inspect(m_name));
    QCOMPARE(textOf(still, "Image"), m_old.imageId);

    const Reply off = m_stage->api.send("PUT", QStringLiteral("/settings"), Json{{"hooksEnabled", false}});
    QVERIFY2(off.status == 200, off.text().constData());
    E2E_GET(done, update());
    QVERIFY2(textOf(done, "status") == QStringLiteral("succeeded"), done.dump(1).c_str());
    QVERIFY2(done["log"].dump().find("not turned hooks on") != std::string::npos, done.dump(1).c_str());
}

void CareTest::tiedContainers_areMadeAgain()
{
    prepare({});
    E2E_GET(root, m_stage->inspect(m_name));
    E2E_GET(side, m_stage->run(QStringLiteral("side"), m_old.reference,
                      {QStringLiteral("--network"), QStringLiteral("container:") + m_name}));
    E2E_GET(before, m_stage->inspect(side));
    E2E_GET(done, update());
    QVERIFY2(textOf(done, "status") == QStringLiteral("succeeded"), done.dump(1).c_str());
    E2E_GET(after, m_stage->inspect(side));
    E2E_GET(renewed, m_stage->inspect(m_name));
    QVERIFY(textOf(after, "Id") != textOf(before, "Id"));
    QCOMPARE(textOf(after, "Image"), m_old.imageId);
    QCOMPARE(textOf(after["State"], "Status"), QStringLiteral("running"));
    QCOMPARE(
        textOf(after["HostConfig"], "NetworkMode"), QStringLiteral("container:") + textOf(renewed, "Id"));
    QVERIFY(textOf(renewed, "Id") != textOf(root, "Id"));
}

void CareTest::state_isKept_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::newRow("exited") << QStringList{QStringLiteral("stop")};
    QTest::newRow("paused") << QStringList{QStringLiteral("pause")};
    QTest::newRow("running") << QStringList();
}

void CareTest::state_isKept()
{
    QFETCH(QStringList, command);
    prepare({});
    if (!command.isEmpty()) {
        E2E_VERIFY(m_stage->lab.dockerCli(command + QStringList{m_name}));
    }
    E2E_GET(done, update());
    QVERIFY2(textOf(done, "status") == QStringLiteral("succeeded"), done.dump(1).c_str());
    E2E_GET(after, m_stage->inspect(m_name));
    QCOMPARE(textOf(after, "Image"), m_new.imageId);
    const QString status = textOf(after["State"], "Status");
    const QString wanted = QString::fromLatin1(QTest::currentDataTag());
    QVERIFY2(status == wanted || (wanted == QStringLiteral("exited") && status == QStringLiteral("created")),
        qPrintable(status));
}

void CareTest::oldPlan_isRefused()
{
    prepare({});
    E2E_GET(container, m_stage->checked(m_name));
    const QString path = QStringLiteral("/containers/%1/plan").arg(textOf(container, "id"));
    const Reply plan = m_stage->api.get(path);
    QVERIFY2(plan.status == 200, plan.text().constData());
    E2E_VERIFY(m_stage->lab.dockerCli(
        {QStringLiteral("update"), QStringLiteral("--restart"), QStringLiteral("always"), m_name}));
    const auto refused = request({{"planHash", plan.body["hash"]}});
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(QStringLiteral("409")) &&
                 refused.error().message.contains(QStringLiteral("planHash")),
        qPrintable(refused.error().message));
    E2E_GET(untouched, m_stage->inspect(m_name));
    QCOMPARE(textOf(untouched, "Image"), m_old.imageId);
    const Reply now = m_stage->api.get(path);
    E2E_GET(done, update({{"planHash", now.body["hash"]}}));
    QVERIFY2(textOf(done, "status") == QStringLiteral("succeeded"), done.dump(1).c_str());
}

QTEST_GUILESS_MAIN(CareTest)
#include "tst_care.moc"
