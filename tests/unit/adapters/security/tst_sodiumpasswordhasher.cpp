#include <security/sodiumpasswordhasher.h>

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace dockerauto;
using namespace std::chrono_literals;
using core::CallContext;
using core::Deadline;
using core::ErrorCode;
using core::Secret;

namespace {

CallContext soon()
{
    return {Deadline::in(30s), {}};
}

} // namespace

class SodiumPasswordHasherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hash_saysItsParameters()
    {
        const auto encoded = m_hasher.hash(Secret("correct horse battery"), soon());
        QVERIFY(encoded);
        QVERIFY2(
            encoded->startsWith(QStringLiteral("$argon2id$v=19$m=65536,t=2,p=1$")), qPrintable(*encoded));
    }

    void verify_takesTheExactPassword_only()
    {
        const auto encoded = m_hasher.hash(Secret("correct horse battery"), soon());
        QVERIFY(encoded);
        QCOMPARE(m_hasher.verify(*encoded, Secret("correct horse battery"), soon()).value(), true);
        QCOMPARE(m_hasher.verify(*encoded, Secret("Correct horse battery"), soon()).value(), false);
        QCOMPARE(m_hasher.verify(*encoded, Secret("correct horse battery "), soon()).value(), false);
        QCOMPARE(m_hasher.verify(*encoded, Secret(), soon()).value(), false);
    }

    // The vectors of the reference implementation, github.com/P-H-C/phc-winner-argon2, src/test.c.
    void verify_agrees_withTheReferenceImplementation()
    {
        const QString encoded = QStringLiteral(
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
        QCOMPARE(m_hasher.verify(encoded, Secret("password"), soon()).value(), true);
        QCOMPARE(m_hasher.verify(encoded, Secret("Password"), soon()).value(), false);
    }

    void verify_refuses_whatIsBeyondTheLimits_data()
    {
        QTest::addColumn<QString>("encoded");
        const auto with = [](const char *parameters) {
            return QStringLiteral("$argon2id$v=19$%1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
                .arg(QLatin1String(parameters));
        };
        QTest::newRow("more memory") << with("m=65537,t=2,p=1");
        QTest::newRow("all memory") << with("m=4294967295,t=2,p=1");
        QTest::newRow("more passes") << with("m=65536,t=5,p=1");
        QTest::newRow("endless") << with("m=65536,t=4294967295,p=1");
        QTest::newRow("more lanes") << with("m=65536,t=2,p=16777215");
        QTest::newRow("overflow") << with("m=18446744073709551617,t=2,p=1");
        QTest::newRow("leading zero") << with("m=065536,t=2,p=1");
        QTest::newRow("other order") << with("t=2,m=65536,p=1");
        QTest::newRow("argon2i") << QStringLiteral("$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
                                                   "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
        QTest::newRow("end of line") << with("m=65536,t=2,p=1") + QLatin1Char('\n');
        QTest::newRow("bcrypt") << QStringLiteral(
            "$2b$12$abcdefghijklmnopqrstuuMNTsqPTE1zjuCSZUiDOEhVGUeQHAEoS");
        QTest::newRow("empty") << QString();
    }
    void verify_refuses_whatIsBeyondTheLimits()
    {
        QFETCH(const QString, encoded);
        const auto match = m_hasher.verify(encoded, Secret("password"), soon());
        QVERIFY(!match);
        QCOMPARE(match.error().code, ErrorCode::Corrupt);
    }

    void hash_endsInTime_whenTheDeadlineHasPassed()
    {
        const auto encoded = m_hasher.hash(Secret("x"), {Deadline::in(0ms), {}});
        QVERIFY(!encoded);
        QCOMPARE(encoded.error().code, ErrorCode::Timeout);
    }

    void hash_isRefusedOrServed_whenManyAskAtOnce()
    {
        std::atomic<int> served = 0;
        std::atomic<int> tooMany = 0;
        std::atomic<int> others = 0;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 48; ++i) {
                threads.emplace_back([&] {
                    const auto encoded = m_hasher.hash(Secret("x"), {Deadline::in(400ms), {}});
                    if (encoded) {
                        ++served;
                    } else if (encoded.error().code == ErrorCode::RateLimited) {
                        ++tooMany;
                    } else {
                        others += encoded.error().code == ErrorCode::Timeout ? 0 : 1;
                    }
                });
            }
        }
        QVERIFY(served > 0);
        QVERIFY(tooMany > 0);
        QCOMPARE(others.load(), 0);
        // Every place was given back.
        QVERIFY(m_hasher.hash(Secret("x"), soon()));
    }

    void hash_isCancelled_whileItWaits()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto encoded = m_hasher.hash(Secret("x"), {Deadline::in(30s), stop.get_token()});
        QVERIFY(!encoded);
        QCOMPARE(encoded.error().code, ErrorCode::Cancelled);
    }

private:
    security::SodiumPasswordHasher m_hasher;
};

QTEST_APPLESS_MAIN(SodiumPasswordHasherTest)
#include "tst_sodiumpasswordhasher.moc"
