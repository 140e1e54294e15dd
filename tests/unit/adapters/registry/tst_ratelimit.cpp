#include <registry/ratelimit.h>

#include <QTest>

using namespace dockerauto;
using namespace std::chrono_literals;
using registry::parseHttpDate;
using registry::parseRateLimit;
using registry::RateLimit;

class RateLimitTest : public QObject
{
    Q_OBJECT

private:
    /// Tue, 14 Nov 2023 22:13:20 GMT
    const core::Timestamp m_now{1'700'000'000s};

    RateLimit read(const QByteArray &name, const QByteArray &value, const QByteArray &body = {}) const
    {
        return parseRateLimit({{name, value}}, body, m_now);
    }

private Q_SLOTS:
    void quota_isRead_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("limit");
        QTest::addColumn<qint64>("window");
        QTest::newRow("Docker Hub") << QByteArray("100;w=21600") << qint64(100) << qint64(21600);
        QTest::newRow("blanks") << QByteArray(" 200 ; w=3600 ") << qint64(200) << qint64(3600);
        QTest::newRow("no window") << QByteArray("500") << qint64(500) << qint64(-1);
        QTest::newRow("nothing left") << QByteArray("0;w=21600") << qint64(0) << qint64(21600);
        QTest::newRow("other parameters") << QByteArray("10;burst=5;w=60") << qint64(10) << qint64(60);
        QTest::newRow("several") << QByteArray("10;w=1, 50;w=60") << qint64(10) << qint64(1);
        QTest::newRow("bad window") << QByteArray("10;w=x") << qint64(10) << qint64(-1);
        QTest::newRow("negative window") << QByteArray("10;w=-5") << qint64(10) << qint64(-1);
        QTest::newRow("negative") << QByteArray("-1;w=60") << qint64(-1) << qint64(-1);
        QTest::newRow("sign") << QByteArray("+1;w=60") << qint64(-1) << qint64(-1);
        QTest::newRow("fraction") << QByteArray("1.5;w=60") << qint64(-1) << qint64(-1);
        QTest::newRow("words") << QByteArray("many;w=60") << qint64(-1) << qint64(-1);
        QTest::newRow("nothing") << QByteArray("") << qint64(-1) << qint64(-1);
        QTest::newRow("too large") << QByteArray("99999999999999999999;w=60") << qint64(-1) << qint64(-1);
    }
    void quota_isRead()
    {
        QFETCH(const QByteArray, value);
        QFETCH(const qint64, limit);
        QFETCH(const qint64, window);
        const auto found = read("ratelimit-limit", value);
        QCOMPARE(found.limit.value_or(-1), limit);
        QCOMPARE(found.windowSeconds.value_or(-1), window);
        QVERIFY(!found.remaining);
        const auto remaining = read("ratelimit-remaining", value);
        QCOMPARE(remaining.remaining.value_or(-1), limit);
        QCOMPARE(remaining.windowSeconds.value_or(-1), window);
    }

    void nothing_isSaid_byOrdinaryHeaders()
    {
        QVERIFY(parseRateLimit({{"docker-ratelimit-source", "192.0.2.1"}, {"content-type", "x"}}, {},
                    m_now) == RateLimit());
    }

    void retryAfter_isRead_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("seconds") << QByteArray("120") << qint64(120);
        QTest::newRow("zero") << QByteArray("0") << qint64(0);
        QTest::newRow("huge") << QByteArray("99999999999999999999") << qint64(2147483647);
        QTest::newRow("date") << QByteArray("Tue, 14 Nov 2023 22:14:20 GMT") << qint64(60);
        QTest::newRow("date of RFC 850") << QByteArray("Tuesday, 14-Nov-23 22:14:20 GMT") << qint64(60);
        QTest::newRow("date of C") << QByteArray("Tue Nov 14 22:14:20 2023") << qint64(60);
        QTest::newRow("past") << QByteArray("Tue, 14 Nov 2023 22:12:20 GMT") << qint64(0);
        QTest::newRow("words") << QByteArray("soon") << qint64(-1);
        QTest::newRow("negative") << QByteArray("-5") << qint64(-1);
        QTest::newRow("fraction") << QByteArray("1.5") << qint64(-1);
        QTest::newRow("no date of HTTP") << QByteArray("2023-11-14T22:14:20Z") << qint64(-1);
        QTest::newRow("nothing") << QByteArray("") << qint64(-1);
    }
    void retryAfter_isRead()
    {
        QFETCH(const QByteArray, value);
        QFETCH(const qint64, seconds);
        QCOMPARE(read("retry-after", value).retryAfter.value_or(-1s).count(), seconds);
    }

    void retryAfter_isRead_inTheText_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("GitHub") << QByteArray("retry-after: 536.818\xc2\xb5s, allowed: 44000/minute")
                                << qint64(1);
        QTest::newRow("ms") << QByteArray("retry-after: 250ms, allowed") << qint64(1);
        QTest::newRow("s") << QByteArray("Retry-After: 2.25s") << qint64(3);
        QTest::newRow("m") << QByteArray("retry-after: 1.5m, allowed") << qint64(90);
        QTest::newRow("parts") << QByteArray("retry-after: 1h2m3.5s, allowed") << qint64(3724);
        QTest::newRow("no unit") << QByteArray("retry-after: 5") << qint64(-1);
        QTest::newRow("nothing") << QByteArray("too many requests") << qint64(-1);
    }
    void retryAfter_isRead_inTheText()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const qint64, seconds);
        const QByteArray body = "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"" + text + "\"}]}";
        QCOMPARE(read("x", "y", body).retryAfter.value_or(-1s).count(), seconds);
        // What the header says comes first.
        QCOMPARE(read("retry-after", "7", body).retryAfter.value_or(-1s).count(), qint64(7));
    }

    void date_isOnlyWhatHttpSends()
    {
        QCOMPARE(parseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT")->time_since_epoch(), 784111777s);
        QVERIFY(!parseHttpDate("784111777"));
        QVERIFY(!parseHttpDate("06 Nov 1994"));
        QVERIFY(!parseHttpDate("Sun, 99 Nov 1994 08:49:37 GMT"));
    }
};

QTEST_APPLESS_MAIN(RateLimitTest)
#include "tst_ratelimit.moc"
