#include <docker/dockerengine.h>
#include <testsupport/testimages.h>
#include <testsupport/testlab.h>

#include <QTest>

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace std::chrono_literals;
using namespace dockerauto;
using core::CallContext;
using core::Deadline;
using core::ErrorCode;
using core::Json;
using docker::DockerEngine;
using ports::ContainerEngine;
using testsupport::ImageOptions;
using testsupport::PublishedImage;
using testsupport::TestImages;
using testsupport::TestLab;

namespace {

CallContext soon(std::chrono::milliseconds time = 60s)
{
    return {Deadline::in(time), {}};
}

QString why(const core::Error &error)
{
    return QString::fromLatin1(core::toText(error.code).data()) % QStringLiteral(": ") % error.text();
}

/// What a listener is told, to be waited for.
class Notes
{
public:
    void add(const QString &line)
    {
        const std::scoped_lock lock(m_mutex);
        m_lines += line;
        m_changed.notify_all();
    }
    bool waitFor(const QString &line)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 30s, [&] { return m_lines.contains(line); });
    }
    QStringList lines()
    {
        const std::scoped_lock lock(m_mutex);
        return m_lines;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    QStringList m_lines;
};

} // namespace

/// With a real Docker Engine and a real registry; see tests/support/lab.sh.
class TestDockerEngine : public QObject
{
    Q_OBJECT

private:
    std::optional<TestLab> m_lab;
    std::unique_ptr<TestImages> m_images;
    std::unique_ptr<DockerEngine> m_engine;
    PublishedImage m_web;
    QStringList m_made;

    /// A container from the image, not started. Its id, or empty.
    QString make(const QString &stem, const Json &more = Json::object())
    {
        Json body{{"Image", m_web.reference}};
        body.update(more);
        const QString name = TestLab::uniqueName(stem);
        const auto created = m_engine->createContainer(name, body, soon());
        if (!created) {
            qWarning("create: %s", qPrintable(why(created.error())));
            return {};
        }
        m_made += created->text();
        return created->text();
    }
    QString stateOf(const QString &id)
    {
        const auto inspected = m_engine->inspectContainer(id, soon());
        return inspected ? core::textOf(core::memberOf(*inspected, "State"), "Status")
                         : why(inspected.error());
    }
    domain::ImageReference reference(const QString &path, const QString &tag) const
    {
        domain::ImageReference image;
        image.domain = m_lab->registry();
        image.path = path;
        image.tag = tag;
        return image;
    }

private Q_SLOTS:
    void initTestCase()
    {
        auto lab = TestLab::fromEnvironment();
        QVERIFY2(lab, lab ? "" : qPrintable(lab.error().text()));
        m_lab = *lab;
        const auto address = docker::EngineAddress::parse(m_lab->engineUrl());
        QVERIFY(address);
        m_engine = std::make_unique<DockerEngine>(*address);
        m_images = std::make_unique<TestImages>(*m_lab);
        ImageOptions options;
        options.repository = QStringLiteral("engine/web");
        options.labels.insert(QStringLiteral("made.by"), QStringLiteral("test"));
        const auto web = m_images->publishAndPull(options);
        QVERIFY2(web, web ? "" : qPrintable(web.error().text()));
        m_web = *web;
    }

    void cleanup()
    {
        for (const QString &id : std::exchange(m_made, {})) {
            m_engine->removeContainer(id, ContainerEngine::Removal::Force, soon());
        }
    }

    void info_describesTheEngine()
    {
        const auto info = m_engine->info(soon());
        QVERIFY2(info, info ? "" : qPrintable(why(info.error())));
        QVERIFY(!info->id.isEmpty());
        QVERIFY(!info->version.isEmpty());
        QVERIFY((info->apiVersion >= ports::ApiVersion{1, 40}));
        QCOMPARE(info->os, QStringLiteral("linux"));
        QVERIFY(!info->architecture.isEmpty() && info->architecture != QStringLiteral("x86_64"));
        QVERIFY(info->cpus > 0);
        QVERIFY(info->memoryBytes > 0);
        QCOMPARE(info->defaultRuntime, QStringLiteral("runc"));
    }

    void container_livesItsLife()
    {
        const QString id = make(QStringLiteral("life"), Json{{"Labels", {{"k", "v"}}}});
        QVERIFY(!id.isEmpty());
        QCOMPARE(stateOf(id), QStringLiteral("created"));
        QVERIFY(m_engine->startContainer(id, soon()));
        QVERIFY(m_engine->startContainer(id, soon()));
        QCOMPARE(stateOf(id), QStringLiteral("running"));
        QVERIFY(m_engine->pauseContainer(id, soon()));
        QCOMPARE(stateOf(id), QStringLiteral("paused"));
        QVERIFY(m_engine->unpauseContainer(id, soon()));
        QVERIFY(m_engine->restartContainer(id, soon()));
        QCOMPARE(stateOf(id), QStringLiteral("running"));

        const QString name = TestLab::uniqueName(QStringLiteral("renamed"));
        QVERIFY(m_engine->renameContainer(id, name, soon()));
        QVERIFY(m_engine->setRestartPolicy(id, Json{{"Name", "unless-stopped"}}, soon()));
        const auto inspected = m_engine->inspectContainer(name, soon());
        QVERIFY(inspected);
        QCOMPARE(core::textOf(*inspected, "Id"), id);
        QCOMPARE(
            core::textOf(core::memberOf(core::memberOf(*inspected, "HostConfig"), "RestartPolicy"), "Name"),
            QStringLiteral("unless-stopped"));

        const auto refused = m_engine->removeContainer(id, ContainerEngine::Removal::OnlyStopped, soon());
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Conflict);
        QVERIFY(m_engine->stopContainer(id, 5, soon()));
        QVERIFY(m_engine->stopContainer(id, {}, soon()));
        QCOMPARE(stateOf(id), QStringLiteral("exited"));
        QVERIFY(m_engine->removeContainer(id, ContainerEngine::Removal::OnlyStopped, soon()));
        QCOMPARE(m_engine->inspectContainer(id, soon()).error().code, ErrorCode::NotFound);
    }

    void list_showsContainers_alsoStoppedOnes()
    {
        const QString stopped = make(QStringLiteral("list"), Json{{"Labels", {{"k", "v"}}}});
        const QString running = make(QStringLiteral("list"));
        QVERIFY(m_engine->startContainer(running, soon()));
        const auto list = m_engine->listContainers(soon());
        QVERIFY(list);
        const auto find = [&](const QString &id) {
            return std::find_if(
                list->begin(), list->end(), [&](const auto &row) { return row.id.text() == id; });
        };
        QVERIFY(find(stopped) != list->end() && find(running) != list->end());
        QCOMPARE(find(stopped)->state, QStringLiteral("created"));
        QCOMPARE(find(stopped)->labels.at(QStringLiteral("k")), QStringLiteral("v"));
        QCOMPARE(find(stopped)->labels.at(QStringLiteral("made.by")), QStringLiteral("test"));
        QCOMPARE(find(running)->state, QStringLiteral("running"));
        QCOMPARE(find(running)->image, m_web.reference);
        QCOMPARE(find(running)->imageId, m_web.imageId);
        QVERIFY(find(running)->name.startsWith(QStringLiteral("list")));
        QVERIFY(find(running)->createdAt);
    }

    void create_isConflict_whenTheNameIsTaken()
    {
        const QString id = make(QStringLiteral("taken"));
        const auto inspected = m_engine->inspectContainer(id, soon());
        const QString name = core::textOf(*inspected, "Name").mid(1);
        const auto again = m_engine->createContainer(name, Json{{"Image", m_web.reference}}, soon());
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::Conflict);
        QVERIFY(again.error().message.contains(name));
    }

    void create_isNotFound_whenThereIsNoImage()
    {
        const auto created = m_engine->createContainer(
            TestLab::uniqueName(QStringLiteral("none")), Json{{"Image", "engine/none:1"}}, soon());
        QVERIFY(!created);
        QCOMPARE(created.error().code, ErrorCode::NotFound);
    }

    void network_isConnected_withAliases()
    {
        const QString network = TestLab::uniqueName(QStringLiteral("net"));
        QVERIFY(m_lab->dockerCli({QStringLiteral("network"), QStringLiteral("create"), network}));
        const QString id = make(QStringLiteral("net"));
        const auto connected = m_engine->connectNetwork(network, id, Json{{"Aliases", {"front"}}}, soon());
        const auto inspected = m_engine->inspectContainer(id, soon());
        m_engine->removeContainer(id, ContainerEngine::Removal::Force, soon());
        QVERIFY(m_lab->dockerCli({QStringLiteral("network"), QStringLiteral("rm"), network}));
        QVERIFY2(connected, connected ? "" : qPrintable(why(connected.error())));
        const Json &networks = core::memberOf(core::memberOf(*inspected, "NetworkSettings"), "Networks");
        const Json &aliases = core::memberOf(core::memberOf(networks, qPrintable(network)), "Aliases");
        QVERIFY2(aliases.dump().find("front") != std::string::npos, aliases.dump().c_str());
    }

    void logs_haveBothStreams_orTheTerminal_data()
    {
        QTest::addColumn<bool>("terminal");
        QTest::newRow("frames") << false;
        QTest::newRow("terminal") << true;
    }
    void logs_haveBothStreams_orTheTerminal()
    {
        QFETCH(bool, terminal);
        const QString id = make(QStringLiteral("logs"),
            Json{{"Tty", terminal}, {"Cmd", {"sh", "-c", "echo one; sleep 0.2; echo two >&2"}}});
        QVERIFY(m_engine->startContainer(id, soon()));
        QTRY_COMPARE_WITH_TIMEOUT(stateOf(id), QStringLiteral("exited"), 20000);
        const auto records = m_engine->readLogs(id, {}, soon());
        QVERIFY2(records, records ? "" : qPrintable(why(records.error())));
        QCOMPARE(records->size(), 2U);
        QCOMPARE(records->at(0).text, QStringLiteral("one"));
        QCOMPARE(records->at(1).text, QStringLiteral("two"));
        QVERIFY(records->at(0).time && records->at(0).time < records->at(1).time);
        using Stream = domain::LogRecord::Stream;
        QVERIFY(records->at(1).stream == (terminal ? Stream::Stdout : Stream::Stderr));

        ports::LogOptions last;
        last.tail = 1;
        last.timestamps = false;
        const auto tail = m_engine->readLogs(id, last, soon());
        QVERIFY(tail);
        QCOMPARE(tail->size(), 1U);
        QVERIFY(!tail->front().time);
    }

    void stats_measureTheProcessor_fromTheFirstSampleOn()
    {
        const QString id = make(QStringLiteral("busy"), Json{{"Cmd", {"sh", "-c", "while :; do :; done"}}});
        QVERIFY(m_engine->startContainer(id, soon()));
        const auto first = m_engine->readStats(id, soon());
        QVERIFY2(first, first ? "" : qPrintable(why(first.error())));
        // Nothing was measured before, so the engine takes the time for it.
        QVERIFY(first->cpuPercent > 0);
        QVERIFY(first->memoryLimit > 0);
        // The kernel's figures advance a tick at a time.
        double percent = 0;
        for (int i = 0; i < 50 && percent <= 0; ++i) {
            QTest::qWait(100);
            const auto next = m_engine->readStats(id, soon());
            QVERIFY(next);
            percent = next->cpuPercent;
        }
        QVERIFY(percent > 0);
        m_engine->removeContainer(id, ContainerEngine::Removal::Force, soon());
    }

    void pull_fetchesTheImage_andTellsProgress()
    {
        ImageOptions options;
        options.repository =
            QStringLiteral("engine/") + TestLab::uniqueName(QStringLiteral("pull")).toLower();
        options.marker = options.repository;
        const auto published = m_images->publish(options);
        QVERIFY2(published, published ? "" : qPrintable(published.error().text()));
        QVERIFY(!m_engine->inspectImage(published->reference, soon()));
        std::vector<ports::PullProgress> told;
        const auto image = reference(options.repository, QStringLiteral("latest"));
        const auto pulled = m_engine->pullImage(
            image, {}, [&](const ports::PullProgress &progress) { told.push_back(progress); }, soon());
        QVERIFY2(pulled, pulled ? "" : qPrintable(why(pulled.error())));
        QVERIFY(told.size() > 2);
        QCOMPARE(told.back().bytesDone, told.back().bytesTotal);
        QVERIFY(told.back().layers > 0);
        const auto inspected = m_engine->inspectImage(published->reference, soon());
        QVERIFY(inspected);
        QCOMPARE(core::textOf(*inspected, "Id"), published->imageId);

        // And once more by its digest, which then is all that is left of it.
        QVERIFY(m_engine->removeImage(published->reference, soon()));
        const auto byDigest = m_engine->pullImage(image.withDigest(published->digest), {}, {}, soon());
        QVERIFY2(byDigest, byDigest ? "" : qPrintable(why(byDigest.error())));
        QVERIFY(m_engine->inspectImage(published->imageId, soon()));
        QVERIFY(m_engine->removeImage(published->imageId, soon()));
    }

    void pull_fails_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("host");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("no such tag") << QStringLiteral("engine/web") << QString() << ErrorCode::NotFound;
        QTest::newRow("no such repository")
            << QStringLiteral("engine/none") << QString() << ErrorCode::NotFound;
        QTest::newRow("no such registry")
            << QStringLiteral("engine/web") << QStringLiteral("127.0.0.1:1") << ErrorCode::Unavailable;
    }
    void pull_fails()
    {
        QFETCH(QString, path);
        QFETCH(QString, host);
        auto image = reference(path, QStringLiteral("missing"));
        if (!host.isEmpty()) {
            image.domain = host;
        }
        const auto pulled = m_engine->pullImage(image, {}, {}, soon());
        QVERIFY(!pulled);
        qInfo("%s", qPrintable(why(pulled.error())));
        QTEST(pulled.error().code, "code");
    }

    void events_areTold_asTheyHappen()
    {
        Notes notes;
        std::jthread thread([&](const std::stop_token &stop) {
            m_engine->followEvents(
                {[&](const ports::EngineInfo &info) { notes.add(u"connected " % info.id); },
                    [&](const ports::EngineEvent &event) {
                        notes.add(event.action % u' ' % event.detail % u' ' % event.container.text());
                    },
                    [&](const core::Error &error) { notes.add(u"lost " % error.text()); }},
                stop);
        });
        QVERIFY(notes.waitFor(u"connected " % m_engine->info(soon())->id));
        const QString id = make(QStringLiteral("event"),
            Json{{"Healthcheck", {{"Test", {"CMD-SHELL", "true"}}, {"Interval", 1'000'000'000}}}});
        QVERIFY(m_engine->startContainer(id, soon()));
        QVERIFY(notes.waitFor(QStringLiteral("create  ") % id));
        QVERIFY(notes.waitFor(QStringLiteral("start  ") % id));
        QVERIFY2(notes.waitFor(QStringLiteral("health_status healthy ") % id),
            qPrintable(notes.lines().join(u'\n')));
        QVERIFY(m_engine->removeContainer(id, ContainerEngine::Removal::Force, soon()));
        QVERIFY(notes.waitFor(QStringLiteral("destroy  ") % id));
    }

    void call_endsInTime_whenTheContainerTakesLonger()
    {
        // sh as the first process takes no notice of SIGTERM.
        const QString id = make(QStringLiteral("slow"),
            Json{{"Cmd", {"sh", "-c", "trap '' TERM; echo deaf; sleep 60 & wait; sleep 60"}}});
        QVERIFY(m_engine->startContainer(id, soon()));
        // Before that a signal still ends it.
        QTRY_VERIFY(!m_engine->readLogs(id, {.tail = 1, .since = {}, .timestamps = false}, soon())->empty());
        const auto begin = std::chrono::steady_clock::now();
        const auto stopped = m_engine->stopContainer(id, {}, soon(500ms));
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Timeout);
        QVERIFY(std::chrono::steady_clock::now() - begin < 5s);
        QVERIFY(m_engine->removeContainer(id, ContainerEngine::Removal::Force, soon()));
    }

    void call_saysNothingAnswers_whenThereIsNoEngine()
    {
        DockerEngine none(*docker::EngineAddress::parse(
            QStringLiteral("unix://") % m_lab->folder() % QStringLiteral("/no.sock")));
        const auto info = none.info(soon());
        QVERIFY(!info);
        QCOMPARE(info.error().code, ErrorCode::Unavailable);
        QVERIFY(info.error().message.startsWith(QStringLiteral("Nothing answers on ")));
    }
};

QTEST_GUILESS_MAIN(TestDockerEngine)
#include "tst_dockerengine.moc"
