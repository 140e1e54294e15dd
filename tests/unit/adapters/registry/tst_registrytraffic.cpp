#include "registryfixture.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace dockerauto;
using namespace dockerauto::registrytests;
using namespace std::chrono_literals;
using core::ErrorCode;
using State = ports::RegistryTraffic::State;

class RegistryTrafficTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tooManyRequests_namesTheTime_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("says");
        // The clock of the tests stands at 22:13:20 UTC.
        const auto row = [](const char *name, const char *field, const char *body, const char *says) {
            QTest::newRow(name) << QByteArray(field) << QByteArray(body) << QString::fromLatin1(says);
        };
        row("seconds", "Retry-After: 600", "", "before 22:24 UTC.");
        row("soon", "Retry-After: 60", "", "before 22:14:20 UTC.");
        row("date", "Retry-After: Tue, 14 Nov 2023 23:13:00 GMT", "", "before 23:13 UTC.");
        row("tomorrow", "Retry-After: 100000", "", "before 15 November, 22:14 UTC.");
        row("huge", "Retry-After: 99999999999999999999", "", "before 15 November, 22:14 UTC.");
        row("GitHub", "X: y", R"({"errors":[{"code":"TOOMANYREQUESTS","message":"retry-after: 10m1s"}]})",
            "before 22:24 UTC.");
    }
    void tooManyRequests_namesTheTime()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const QByteArray, body);
        QFETCH(const QString, says);
        ScriptedHttpServer server([&](const Request &) { return answer(429, {field}, body); });
        const testsupport::ManualClock clock;
        HttpImageRegistry registry({}, clock);
        const auto found = registry.get(image(server.host()), within(10s));
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(ErrorCode::RateLimited));
        QVERIFY2(found.error().message.endsWith(says), qPrintable(found.error().message));
        // Others are not even asked.
        QVERIFY(!registry.head(image(server.host(), QStringLiteral("2")), within(10s)));
        QCOMPARE(server.requests().size(), 1U);
        const auto traffic = registry.traffic();
        QCOMPARE(traffic.size(), 1U);
        QCOMPARE(int(traffic.front().state), int(State::Paused));
        QCOMPARE(traffic.front().registry, server.host());
        QCOMPARE(traffic.front().requests, qint64(1));
        QVERIFY(traffic.front().pausedUntil > clock.now());
    }

    void tooManyRequests_isWaitedFor_whenThatIsShort()
    {
        std::atomic<int> count = 0;
        ScriptedHttpServer server([&](const Request &request) {
            return ++count == 1 ? answer(429, {"Retry-After: 5"}) : goodManifest(request);
        });
        const testsupport::ManualClock clock;
        const auto before = clock.now();
        QVERIFY(HttpImageRegistry({}, clock).head(image(server.host()), within(10s)));
        QVERIFY(clock.now() - before >= 5s);
        QCOMPARE(server.requests().size(), 2U);
    }

    void tooManyRequests_isWaitedFor_lessAndLessOften()
    {
        ScriptedHttpServer server([](const Request &) { return answer(429); });
        const testsupport::ManualClock clock;
        const auto before = clock.now();
        const auto found = HttpImageRegistry({}, clock).head(image(server.host()), within(100s));
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(ErrorCode::RateLimited));
        // 1, 2, 4, 8 and 16 s, each shortened by chance; the next would be too long.
        QVERIFY(clock.now() - before > 15s);
        QVERIFY2(server.requests().size() <= 7, qPrintable(QString::number(server.requests().size())));
    }

    void waiting_ends_whenItIsStopped()
    {
        ScriptedHttpServer server([](const Request &) { return answer(429, {"Retry-After: 20"}); });
        const core::SystemClock clock;
        HttpImageRegistry registry({}, clock);
        std::stop_source stop;
        std::jthread stopper([&] {
            while (registry.traffic().empty() || registry.traffic().front().state != State::Paused) {
                std::this_thread::sleep_for(1ms);
            }
            stop.request_stop();
        });
        QElapsedTimer timer;
        timer.start();
        const auto found = registry.head(image(server.host()), {core::Deadline::in(60s), stop.get_token()});
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(ErrorCode::Cancelled));
        QVERIFY(timer.elapsed() < 5000);
    }

    void pulls_areCounted_andRefusedWhenUsedUp()
    {
        std::atomic<int> left = 1;
        ScriptedHttpServer server([&](const Request &request) {
            const QByteArray count = QByteArray::number(request.method == "GET" ? --left : left.load());
            Reply reply = goodManifest(request);
            const QByteArray fields = "\r\nRateLimit-Limit: 100;w=21600\r\nRateLimit-Remaining: " + count +
                                      ";w=21600\r\nDocker-RateLimit-Source: 192.0.2.1\r\nContent-Type";
            reply.bytes.replace("\r\nContent-Type", fields);
            return reply;
        });
        const testsupport::ManualClock clock;
        HttpImageRegistry registry({}, clock);
        QVERIFY(registry.head(image(server.host()), within(10s)));
        auto traffic = registry.traffic().front();
        QCOMPARE(int(traffic.state), int(State::Open));
        QCOMPARE(traffic.limit.value_or(-1), qint64(100));
        QCOMPARE(traffic.remaining.value_or(-1), qint64(1));
        QCOMPARE(traffic.windowSeconds.value_or(-1), qint64(21600));
        QVERIFY(traffic.measuredAt == clock.now());
        QVERIFY(traffic.resetsAt == clock.now() + 6h);
        QVERIFY(registry.get(image(server.host()), within(10s)));
        const auto refused = registry.get(image(server.host()), within(10s));
        QVERIFY(!refused);
        QCOMPARE(int(refused.error().code), int(ErrorCode::RateLimited));
        QVERIFY2(refused.error().message.contains(QStringLiteral("04:14 UTC")),
            qPrintable(refused.error().message));
        QCOMPARE(int(registry.traffic().front().state), int(State::Paused));
        QCOMPARE(server.requests().size(), 2U);
        // Looking costs nothing there and goes on.
        QVERIFY(registry.head(image(server.host()), within(10s)));
    }

    void brokenRegistry_isLeftAlone_andFoundAgain()
    {
        std::atomic<bool> works = false;
        ScriptedHttpServer server(
            [&](const Request &request) { return works ? goodManifest(request) : answer(503); });
        ScriptedHttpServer other(goodManifest);
        const testsupport::ManualClock clock;
        HttpImageRegistry registry({}, clock);
        for (int i = 0; i < 5; ++i) {
            QVERIFY(!registry.head(image(server.host()), within(10s)));
        }
        const auto refused = registry.head(image(server.host()), within(10s));
        QCOMPARE(int(refused.error().code), int(ErrorCode::Unavailable));
        QVERIFY2(refused.error().message.contains(QStringLiteral("since 22:13:20 UTC and is tried again at "
                                                                 "22:13:50 UTC")),
            qPrintable(refused.error().message));
        QVERIFY2(
            refused.error().message.contains(QStringLiteral("503")), qPrintable(refused.error().message));
        QCOMPARE(server.requests().size(), 5U);
        QVERIFY(registry.head(image(other.host()), within(10s)));
        works = true;
        QVERIFY(!registry.head(image(server.host()), within(10s)));
        clock.advance(31s);
        QVERIFY(registry.head(image(server.host()), within(10s)));
        QCOMPARE(int(registry.traffic().front().state), int(State::Open));
    }

    void silentRegistry_delaysNoOther_andNotForLong()
    {
        ScriptedHttpServer silent([](const Request &) { return Reply{{}, Reply::Then::Hang}; });
        ScriptedHttpServer good(goodManifest);
        const core::SystemClock clock;
        HttpImageRegistry registry({}, clock);
        std::atomic<int> failed = 0;
        std::vector<std::jthread> threads;
        for (int i = 0; i < 16; ++i) {
            threads.emplace_back(
                [&] { failed += registry.head(image(silent.host()), within(1500ms)) ? 0 : 1; });
        }
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 20; ++i) {
            QVERIFY(registry.head(image(good.host()), within(1s)));
        }
        QVERIFY(timer.elapsed() < 1000);
        threads.clear();
        QCOMPARE(failed.load(), 16);
        // As many as may be under way, and who found their places empty in the last moment.
        QVERIFY(silent.requests().size() < 16);
    }
};

QTEST_GUILESS_MAIN(RegistryTrafficTest)
#include "tst_registrytraffic.moc"
