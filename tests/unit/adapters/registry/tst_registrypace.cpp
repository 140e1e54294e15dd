#include "registryfixture.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace dockerauto;
using namespace dockerauto::registrytests;
using namespace std::chrono_literals;

namespace {

/// Allows so many requests per second, and a burst; beyond that it says 429.
class TokenBucket
{
public:
    TokenBucket(double perSecond, double burst) : m_rate(perSecond), m_burst(burst), m_tokens(burst) {}

    bool take()
    {
        const std::scoped_lock lock(m_mutex);
        const auto now = std::chrono::steady_clock::now();
        m_tokens =
            std::min(m_burst, m_tokens + std::chrono::duration<double>(now - m_filled).count() * m_rate);
        m_filled = now;
        if (m_tokens < 1) {
            ++m_refused;
            return false;
        }
        m_tokens -= 1;
        return true;
    }
    int refused() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_refused;
    }

private:
    double m_rate;
    double m_burst;
    mutable std::mutex m_mutex;
    double m_tokens;
    int m_refused = 0;
    std::chrono::steady_clock::time_point m_filled = std::chrono::steady_clock::now();
};

} // namespace

// A registry that counts: how often it must say no before it is asked as often as it allows.
class RegistryPaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void busyRegistry_isAskedAsOftenAsItAllows_data()
    {
        QTest::addColumn<int>("threads");
        QTest::addColumn<QByteArray>("field");
        QTest::newRow("32, named") << 32 << QByteArray("Retry-After: 1");
        QTest::newRow("16, not named") << 16 << QByteArray("X: y");
    }
    void busyRegistry_isAskedAsOftenAsItAllows()
    {
        QFETCH(const int, threads);
        QFETCH(const QByteArray, field);
        TokenBucket bucket(40, 100);
        ScriptedHttpServer server([&](const Request &request) {
            return bucket.take() ? goodManifest(request) : answer(429, {field});
        });
        const core::SystemClock clock;
        HttpImageRegistry registry({}, clock);
        std::atomic<int> next = 0;
        std::atomic<int> right = 0;
        QElapsedTimer timer;
        timer.start();
        {
            std::vector<std::jthread> callers;
            for (int i = 0; i < threads; ++i) {
                callers.emplace_back([&] {
                    for (int n = next++; n < 200; n = next++) {
                        right += registry.head(image(server.host(), QString::number(n)), within(20s)) ? 1 : 0;
                    }
                });
            }
        }
        qInfo("%lld ms, %d refused", static_cast<long long>(timer.elapsed()), bucket.refused());
        QCOMPARE(right.load(), 200);
        QVERIFY2(bucket.refused() <= 20, qPrintable(QString::number(bucket.refused())));
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
        // Nothing is asked more often than it must be.
        QCOMPARE(int(server.requests().size()), 200 + bucket.refused());
    }
};

QTEST_GUILESS_MAIN(RegistryPaceTest)
#include "tst_registrypace.moc"
