#include "fakeengine.h"

#include <docker/dockerengine.h>

#include <QTest>

using namespace std::chrono_literals;
using namespace dockerauto;
using docker::DockerEngine;
using docker::DockerSettings;

namespace {

const QByteArray eventsRoute = "GET /events";

QByteArray engineEvent(const QByteArray &action, qint64 nano, const QByteArray &name = "web")
{
    return R"({"Type":"container","Action":")" + action + R"(","Actor":{"ID":"abc","Attributes":{"name":")" +
           name + R"("}},"timeNano":)" + QByteArray::number(nano) + "}\n";
}

/// Follows in a thread of its own and writes down what is told.
class Follower
{
public:
    explicit Follower(const docker::EngineAddress &address, DockerSettings settings = quick())
        : m_engine(address, settings)
    {
        m_thread = std::jthread([this](const std::stop_token &stop) {
            m_engine.followEvents({[this](const ports::EngineInfo &info) { note(u"connected " % info.id); },
                                      [this](const ports::EngineEvent &told) { noteEvent(told); },
                                      [this](const core::Error &error) { note(u"lost " % text(error)); }},
                stop);
        });
    }

    static DockerSettings quick()
    {
        DockerSettings settings;
        settings.firstRetryPause = 20ms;
        settings.longestRetryPause = 50ms;
        return settings;
    }

    bool waitFor(int count)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 10s, [&] { return m_told.size() >= count; });
    }
    QStringList told()
    {
        const std::scoped_lock lock(m_mutex);
        return m_told;
    }
    void stop()
    {
        m_thread.request_stop();
        m_thread.join();
    }
    DockerEngine &engine() { return m_engine; }

private:
    static QString text(const core::Error &error)
    {
        const std::string_view code = core::toText(error.code);
        return QString::fromUtf8(code.data(), qsizetype(code.size()));
    }
    void noteEvent(const ports::EngineEvent &told)
    {
        note(told.action % u'|' % told.detail % u'|' % told.name % u'|' % told.container.text());
    }
    void note(const QString &line)
    {
        const std::scoped_lock lock(m_mutex);
        m_told += line;
        m_changed.notify_all();
    }

    DockerEngine m_engine;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    QStringList m_told;
    std::jthread m_thread;
};

} // namespace

class TestEngineEvents : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void events_areTold_whereverTheStreamIsCut_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {1, 5, 10'000}) {
            QTest::newRow(qPrintable(QString::number(size))) << size;
        }
    }
    void events_areTold_whereverTheStreamIsCut()
    {
        QFETCH(int, size);
        FakeEngine fake;
        fake.on(eventsRoute, [size](const SeenRequest &, FakeConnection &connection) {
            connection.beginChunks();
            connection.chunks(
                "no json\n\n" + engineEvent("start", 1) + "\x1e" + engineEvent("health_status: healthy", 2),
                size);
            connection.waitForEnd();
        });
        Follower follower(fake.address());
        QVERIFY(follower.waitFor(3));
        follower.stop();
        QCOMPARE(follower.told(),
            (QStringList{QStringLiteral("connected ENGINE-1"), QStringLiteral("start||web|abc"),
                QStringLiteral("health_status|healthy|web|abc")}));
        QCOMPARE(fake.requests(eventsRoute).front().query(),
            QByteArray("filters=%7B%22type%22%3A%5B%22container%22%5D%7D"));
    }

    void connected_isTold_beforeAnyEventCame()
    {
        FakeEngine fake;
        fake.on(eventsRoute, [](const SeenRequest &, FakeConnection &connection) {
            connection.beginChunks();
            connection.waitForEnd();
        });
        Follower follower(fake.address());
        QVERIFY(follower.waitFor(1));
        QCOMPARE(follower.told(), QStringList{QStringLiteral("connected ENGINE-1")});
    }

    void events_areToldOnce_whenTheEngineRepeatsThem()
    {
        FakeEngine fake;
        fake.on(eventsRoute, [count = 0](const SeenRequest &, FakeConnection &connection) mutable {
            connection.beginChunks();
            connection.chunks(engineEvent("die", 1'000'000'005) + engineEvent("stop", 1'000'000'006));
            if (++count == 1) {
                connection.drop();
                return;
            }
            connection.chunks(engineEvent("start", 2'000'000'000));
            connection.waitForEnd();
        });
        Follower follower(fake.address());
        QVERIFY(follower.waitFor(6));
        follower.stop();
        QCOMPARE(follower.told(),
            (QStringList{QStringLiteral("connected ENGINE-1"), QStringLiteral("die||web|abc"),
                QStringLiteral("stop||web|abc"), QStringLiteral("lost Unavailable"),
                QStringLiteral("connected ENGINE-1"), QStringLiteral("start||web|abc")}));
        QVERIFY(fake.requests(eventsRoute).at(1).query().endsWith("&since=1.000000006"));
    }

    void events_startAnew_whenAnotherEngineAnswers()
    {
        FakeEngine fake;
        fake.on(eventsRoute, [count = 0](const SeenRequest &, FakeConnection &connection) mutable {
            connection.beginChunks();
            if (++count == 1) {
                connection.chunks(engineEvent("die", 5));
                connection.drop();
                return;
            }
            connection.waitForEnd();
        });
        fake.on("GET /info", [count = 0](const SeenRequest &, FakeConnection &connection) mutable {
            connection.answer(200, ++count == 1 ? R"({"ID":"ENGINE-1"})" : R"({"ID":"ENGINE-2"})");
        });
        Follower follower(fake.address());
        QVERIFY(follower.waitFor(4));
        QCOMPARE(follower.told().last(), QStringLiteral("connected ENGINE-2"));
        QVERIFY(!fake.requests(eventsRoute).back().query().contains("since"));
    }

    void lost_isTold_whenTheEngineStops_andConnectedWhenItIsBack()
    {
        FakeEngine fake;
        fake.on(eventsRoute, [](const SeenRequest &, FakeConnection &connection) {
            connection.beginChunks();
            connection.waitForEnd();
        });
        Follower follower(fake.address());
        QVERIFY(follower.waitFor(1));
        fake.stop();
        QVERIFY(follower.waitFor(3));
        QCOMPARE(follower.told().at(1), QStringLiteral("lost Unavailable"));
        fake.start();
        QTRY_COMPARE(follower.told().last(), QStringLiteral("connected ENGINE-1"));
    }

    void retryNow_endsThePause()
    {
        FakeEngine fake;
        fake.stop();
        DockerSettings settings;
        settings.firstRetryPause = 10min;
        settings.longestRetryPause = 10min;
        Follower follower(fake.address(), settings);
        QVERIFY(follower.waitFor(1));
        fake.on(eventsRoute, [](const SeenRequest &, FakeConnection &connection) {
            connection.beginChunks();
            connection.waitForEnd();
        });
        fake.start();
        // The pause may not have begun when the loss is told.
        for (int i = 0; i < 100 && follower.told().size() < 2; ++i) {
            follower.engine().retryNow();
            QTest::qWait(20);
        }
        QCOMPARE(follower.told().last(), QStringLiteral("connected ENGINE-1"));
    }

    void following_endsAtOnce_whenStopped_data()
    {
        QTest::addColumn<bool>("answering");
        QTest::newRow("in the stream") << true;
        QTest::newRow("in a pause") << false;
    }
    void following_endsAtOnce_whenStopped()
    {
        QFETCH(bool, answering);
        FakeEngine fake;
        fake.on(eventsRoute, [](const SeenRequest &, FakeConnection &connection) {
            connection.beginChunks();
            connection.waitForEnd();
        });
        if (!answering) {
            fake.stop();
        }
        DockerSettings settings;
        settings.firstRetryPause = 10min;
        settings.longestRetryPause = 10min;
        Follower follower(fake.address(), settings);
        QVERIFY(follower.waitFor(1));
        const auto asked = std::chrono::steady_clock::now();
        follower.stop();
        QVERIFY(std::chrono::steady_clock::now() - asked < 500ms);
        QCOMPARE(follower.told().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestEngineEvents)
#include "tst_engineevents.moc"
