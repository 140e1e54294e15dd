#include "support/selfimage.h"
#include "support/stage.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <algorithm>

using namespace dockerauto;
using namespace dockerauto::e2e;
using core::Json;
using core::memberOf;
using core::textOf;
using testsupport::TestLab;

/// The program in a container, which is updated by itself.
class SelfUpdateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        E2E_GET(stage, Stage::make());
        m_stage = std::move(stage);
        if (!m_image) {
            m_image = std::make_unique<SelfImage>(m_stage->lab);
        }
    }
    void cleanup();

    void helper_isRefused_withOtherOptions();
    void helper_exchangesTwoContainers_data();
    void helper_exchangesTwoContainers();
    void update_replacesTheProgram_andKeepsItsData();
    void update_isRolledBack_whenTheNewProgramDoesNotStart();
    void update_goesOn_whenTheHelperIsKilled();

private:
    /// The program in a container of this name, signed in.
    void runProgram(const QString &name, const QString &reference);
    core::Result<> signIn(const QString &url);
    /// Publishes both versions, runs the first and starts its update.
    void beginUpdate(const SelfImage::Version &next);
    [[nodiscard]] bool isAlone() const;

    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<SelfImage> m_image;
    QString m_name;
    QString m_update;
    QString m_oldId;
};

void SelfUpdateTest::cleanup()
{
    if (QTest::currentTestFailed() && !m_name.isEmpty()) {
        const auto found = m_stage->containers(m_name);
        for (const Seen &seen : found.value_or(std::vector<Seen>())) {
            QProcess logs;
            logs.setProcessChannelMode(QProcess::MergedChannels);
            logs.start(QStringLiteral("docker"),
                {QStringLiteral("-H"), m_stage->lab.engineUrl(), QStringLiteral("logs"), seen.id});
            logs.waitForFinished();
            qInfo().noquote() << seen.name << seen.state << '\n' << logs.readAll();
        }
    }
    m_stage.reset();
    m_name.clear();
}

void SelfUpdateTest::helper_isRefused_withOtherOptions()
{
    E2E_GET(
        code, m_stage->server.runToEnd({QStringLiteral("--replace-container"), QStringLiteral("--server")},
                  std::chrono::seconds(10)));
    QCOMPARE(code, 2);
    QVERIFY2(m_stage->server.log().contains(QStringLiteral("alone")), qPrintable(m_stage->server.log()));
    E2E_GET(
        alone, m_stage->server.runToEnd({QStringLiteral("--replace-container")}, std::chrono::seconds(10)));
    QCOMPARE(alone, 2);
}

void SelfUpdateTest::helper_exchangesTwoContainers_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<bool>("works");
    const QString shell = QStringLiteral("/bin/sh");
    const QString option = QStringLiteral("-c");
    QTest::newRow("works") << QStringList() << true;
    QTest::newRow("fails at once") << QStringList{shell, option, QStringLiteral("exit 3")} << false;
    QTest::newRow("ends without an error") << QStringList{shell, option, QStringLiteral("exit 0")} << false;
    QTest::newRow("no such program") << QStringList{QStringLiteral("/no/such/program")} << false;
}

/// The program as the engine would call it, but outside of a container.
void SelfUpdateTest::helper_exchangesTwoContainers()
{
    QFETCH(QStringList, command);
    QFETCH(bool, works);
    E2E_GET(image, m_stage->images.publishAndPull({.repository = QStringLiteral("self/pair")}));
    const QStringList always{QStringLiteral("--restart"), QStringLiteral("always")};
    E2E_GET(name, m_stage->run(QStringLiteral("pair"), image.reference, always));
    const QString newName = name + QStringLiteral("-new");
    E2E_GET(created,
        m_stage->lab.dockerCli(QStringList{QStringLiteral("create"), QStringLiteral("--name"), newName} +
                               always + QStringList{image.reference} + command));
    E2E_GET(old, m_stage->inspect(name));

    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DOCKER_HOST"), m_stage->lab.engineUrl());
    const Json replacement{{"update", "01hzy8k3vq5w7x9y1z2a3b4c5d"}, {"oldId", textOf(old, "Id")},
        {"newId", QString::fromLatin1(created).trimmed()}, {"stableForMs", 500}, {"healthSlackMs", 500},
        {"restartPolicy", {{"Name", "always"}, {"MaximumRetryCount", 0}}}};
    environment.insert(
        QStringLiteral("DOCKER_AUTO_REPLACEMENT"), QString::fromStdString(core::writeJson(replacement)));
    for (int again = 0; again < 2; ++again) {
        // A second helper finds the work done.
        QProcess helper;
        helper.setProcessEnvironment(environment);
        helper.setProcessChannelMode(QProcess::MergedChannels);
        helper.start(QStringLiteral(DOCKERAUTO_SERVER), {QStringLiteral("--replace-container")});
        QVERIFY(helper.waitForFinished(30'000));
        const QByteArray said = helper.readAll();
        QVERIFY2(helper.exitCode() == 0, said.constData());
        E2E_GET(first, m_stage->inspect(name));
        E2E_GET(second, m_stage->inspect(newName));
        QCOMPARE(first["State"]["Running"].get<bool>(), !works);
        QCOMPARE(second["State"]["Running"].get<bool>(), works);
        QCOMPARE(textOf(first["HostConfig"]["RestartPolicy"], "Name"),
            works ? QStringLiteral("no") : QStringLiteral("always"));
        QCOMPARE(textOf(second["HostConfig"]["RestartPolicy"], "Name"),
            works ? QStringLiteral("always") : QStringLiteral("no"));
    }
}

void SelfUpdateTest::runProgram(const QString &name, const QString &reference)
{
    const int port = freePort();
    m_stage->forget(name);
    E2E_GET(made,
        m_stage->lab.runContainer({.name = name,
            .image = reference,
            .arguments = {QStringLiteral("--network"), QStringLiteral("host"), QStringLiteral("--restart"),
                QStringLiteral("unless-stopped"), QStringLiteral("-v"),
                m_stage->lab.socketPath() + QStringLiteral(":/var/run/docker.sock"), QStringLiteral("-v"),
                m_stage->data.path() + QStringLiteral(":/data"), QStringLiteral("-e"),
                QStringLiteral("DOCKER_AUTO_ADMIN_EMAIL=") + m_stage->options().adminEmail,
                QStringLiteral("-e"), QStringLiteral("DOCKER_AUTO_ADMIN_PASSWORD_FILE=/data/password")},
            .command = {QStringLiteral("--data-dir"), QStringLiteral("/data/kept"),
                QStringLiteral("--listen"), QStringLiteral("127.0.0.1:%1").arg(port),
                QStringLiteral("--check-interval"), QStringLiteral("0"), QStringLiteral("--stable-seconds"),
                QStringLiteral("1"), QStringLiteral("--health-slack-seconds"), QStringLiteral("3")}}));
    E2E_VERIFY(signIn(QStringLiteral("http://127.0.0.1:%1").arg(port)));
}

core::Result<> SelfUpdateTest::signIn(const QString &url)
{
    RestClient &api = m_stage->api;
    api.setServer(url);
    QFile file(m_stage->data.filePath(QStringLiteral("password")));
    if (!file.open(QIODevice::ReadOnly) ||
        !QTest::qWaitFor(
            [&] { return api.get(QStringLiteral("/monitoring/health")).status == 200; }, 20'000)) {
        return core::fail(core::ErrorCode::Unavailable, QStringLiteral("Nothing answers on ") + url);
    }
    DOCKERAUTO_TRY(api.logIn(m_stage->options().adminEmail, QString::fromUtf8(file.readAll()).trimmed()));
    Reply hosts;
    const bool connected = QTest::qWaitFor(
        [&] {
            hosts = api.get(QStringLiteral("/hosts"));
            return hosts.bytes.contains("\"connected\"");
        },
        15'000);
    return connected ? core::Result<>()
                     : core::fail(core::ErrorCode::Unavailable, QString::fromUtf8(hosts.text()));
}

void SelfUpdateTest::beginUpdate(const SelfImage::Version &next)
{
    m_name = TestLab::uniqueName(QStringLiteral("auto"));
    const QString reference =
        QStringLiteral("%1/self/%2:latest").arg(m_stage->lab.registry(), m_name.toLower());
    E2E_VERIFY(m_image->publish(reference, {.version = QStringLiteral("one")}));
    E2E_VERIFY(m_stage->images.pull(reference));
    runProgram(m_name, reference);
    if (QTest::currentTestFailed()) {
        return;
    }
    E2E_GET(before, m_stage->inspect(m_name));
    m_oldId = textOf(before, "Id");
    E2E_VERIFY(m_image->publish(reference, next));
    E2E_GET(update, m_stage->beginUpdate(m_name));
    m_update = update;
}

/// Whether nothing is left of the update: neither the helper nor the other container.
bool SelfUpdateTest::isAlone() const
{
    const auto all = m_stage->containers(m_name);
    return all && all->size() == 1 && all->front().name == m_name;
}

void SelfUpdateTest::update_replacesTheProgram_andKeepsItsData()
{
    beginUpdate({.version = QStringLiteral("two")});
    if (QTest::currentTestFailed()) {
        return;
    }
    E2E_GET(update, m_stage->ended(m_update, 90'000));
    QVERIFY2(textOf(update, "status") == QStringLiteral("succeeded"), core::writeJson(update).c_str());
    QTRY_VERIFY_WITH_TIMEOUT(isAlone(), 20'000);
    E2E_GET(after, m_stage->inspect(m_name));
    QVERIFY(textOf(after, "Id") != m_oldId);
    QVERIFY(after["State"]["Running"].get<bool>());
    QCOMPARE(textOf(after["Config"]["Labels"], "version"), QStringLiteral("two"));
    QCOMPARE(textOf(after["HostConfig"]["RestartPolicy"], "Name"), QStringLiteral("unless-stopped"));
    // The session is of before, so the data folder is the same.
    QCOMPARE(m_stage->api.get(QStringLiteral("/auth/me")).status, 200);
}

void SelfUpdateTest::update_isRolledBack_whenTheNewProgramDoesNotStart()
{
    beginUpdate({.version = QStringLiteral("broken"), .options = {QStringLiteral("--no-such-option")}});
    if (QTest::currentTestFailed()) {
        return;
    }
    E2E_GET(update, m_stage->ended(m_update, 90'000));
    QVERIFY2(textOf(update, "status") == QStringLiteral("rolled_back"), core::writeJson(update).c_str());
    QTRY_VERIFY_WITH_TIMEOUT(isAlone(), 20'000);
    E2E_GET(after, m_stage->inspect(m_name));
    QCOMPARE(textOf(after, "Id"), m_oldId);
    QVERIFY(after["State"]["Running"].get<bool>());
    QCOMPARE(textOf(after["HostConfig"]["RestartPolicy"], "Name"), QStringLiteral("unless-stopped"));
    QCOMPARE(m_stage->api.get(QStringLiteral("/auth/me")).status, 200);
}

void SelfUpdateTest::update_goesOn_whenTheHelperIsKilled()
{
    beginUpdate({.version = QStringLiteral("two")});
    if (QTest::currentTestFailed()) {
        return;
    }
    const auto helper = [this] {
        const auto all = m_stage->containers(m_name + QStringLiteral(".helper-"));
        return all && !all->empty() && all->front().state == QStringLiteral("running") ? all->front().id
                                                                                       : QString();
    };
    QTRY_VERIFY_WITH_TIMEOUT(!helper().isEmpty(), 30'000);
    // From inside of it, as a crash would: the engine does not take that for the wish of a person.
    E2E_GET(inspect, m_stage->inspect(helper()));
    QProcess::execute(QStringLiteral("kill"),
        {QStringLiteral("-KILL"), QString::number(inspect["State"]["Pid"].get<int>())});
    E2E_GET(update, m_stage->ended(m_update, 90'000));
    QVERIFY2(textOf(update, "status") == QStringLiteral("succeeded"), core::writeJson(update).c_str());
    QTRY_VERIFY_WITH_TIMEOUT(isAlone(), 20'000);
}

QTEST_GUILESS_MAIN(SelfUpdateTest)
#include "tst_selfupdate.moc"
