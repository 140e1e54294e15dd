#include <core/threadpool.h>

#include <QTest>

#include <atomic>
#include <future>
#include <latch>
#include <stdexcept>

using namespace dockerauto::core;

class ThreadPoolTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void work_isDone_all();
    void queue_isBounded();
    void exception_doesNotEndTheThread();
    void stop_endsWhatRuns_andDropsTheRest();
    void post_isRefused_afterStop();
};

void ThreadPoolTest::work_isDone_all()
{
    std::atomic<int> done = 0;
    std::latch all(100);
    ThreadPool pool(QStringLiteral("a name that is too long"), 4, 100);
    for (int i = 0; i < 100; ++i) {
        QVERIFY(pool.post([&](const std::stop_token &) {
            ++done;
            all.count_down();
        }));
    }
    all.wait();
    QCOMPARE(done.load(), 100);
}

void ThreadPoolTest::queue_isBounded()
{
    std::latch started(1);
    std::latch release(1);
    ThreadPool pool(QStringLiteral("test"), 1, 2);
    const auto wait = [&](const std::stop_token &) {
        started.count_down();
        release.wait();
    };
    QVERIFY(pool.post(wait));
    started.wait();
    QVERIFY(pool.post([](const std::stop_token &) {}));
    QVERIFY(pool.post([](const std::stop_token &) {}));
    const auto refused = pool.post([](const std::stop_token &) {});
    release.count_down();
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unavailable);
}

void ThreadPoolTest::exception_doesNotEndTheThread()
{
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("ended with an exception: oops")));
    ThreadPool pool(QStringLiteral("test"), 1, 10);
    QVERIFY(pool.post([](const std::stop_token &) { throw std::runtime_error("oops"); }));
    std::promise<void> next;
    QVERIFY(pool.post([&](const std::stop_token &) { next.set_value(); }));
    QCOMPARE(next.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

void ThreadPoolTest::stop_endsWhatRuns_andDropsTheRest()
{
    std::atomic<bool> ended = false;
    std::atomic<bool> second = false;
    std::latch started(1);
    ThreadPool pool(QStringLiteral("test"), 1, 10);
    QVERIFY(pool.post([&](const std::stop_token &stop) {
        started.count_down();
        while (!stop.stop_requested()) {
            std::this_thread::yield();
        }
        ended = true;
    }));
    QVERIFY(pool.post([&](const std::stop_token &) { second = true; }));
    started.wait();
    pool.stop();
    QVERIFY(ended);
    QVERIFY(!second);
    pool.stop();
}

void ThreadPoolTest::post_isRefused_afterStop()
{
    ThreadPool pool(QStringLiteral("test"), 2, 10);
    pool.stop();
    const auto refused = pool.post([](const std::stop_token &) {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unavailable);
}

QTEST_APPLESS_MAIN(ThreadPoolTest)
#include "tst_threadpool.moc"
