#include <core/callcontext.h>
#include <core/clock.h>
#include <core/time.h>

#include <QTest>

#include <thread>

using namespace dockerauto::core;

class TimeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void text_isRead_data();
    void text_isRead();
    void text_isRefused_data();
    void text_isRefused();
    void time_isWritten_inUtc();
    void engineTime_zero_isNone();
    void sleep_ends_whenAskedToStop();
    void context_check_tellsWhy();
    void context_within_isNeverLater();
};

void TimeTest::text_isRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("milliseconds");
    QTest::newRow("UTC") << QStringLiteral("1970-01-01T00:00:01Z") << qint64(1'000);
    QTest::newRow("lower case") << QStringLiteral("1970-01-01t00:00:01z") << qint64(1'000);
    QTest::newRow("fraction") << QStringLiteral("1970-01-01T00:00:00.5Z") << qint64(500);
    QTest::newRow("nanoseconds are cut") << QStringLiteral("1970-01-01T00:00:00.999999999Z") << qint64(999);
    QTest::newRow("twelve digits") << QStringLiteral("1970-01-01T00:00:00.123456789012Z") << qint64(123);
    QTest::newRow("east") << QStringLiteral("1970-01-01T01:30:00+01:30") << qint64(0);
    QTest::newRow("west") << QStringLiteral("1969-12-31T19:00:00-05:00") << qint64(0);
    QTest::newRow("leap day") << QStringLiteral("2024-02-29T00:00:00Z") << qint64(1'709'164'800'000);
}

void TimeTest::text_isRead()
{
    QFETCH(QString, text);
    QFETCH(qint64, milliseconds);
    const auto time = fromRfc3339(text);
    QVERIFY(time);
    QCOMPARE(time->time_since_epoch().count(), milliseconds);
}

void TimeTest::text_isRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "now", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01T00:00Z",
             "1970-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z",
             "1970-01-01T00:00:00+1:00", "1970-01-01T00:00:00.Z", " 1970-01-01T00:00:00Z",
             "1970-01-01T00:00:00Z ", "70-01-01T00:00:00Z", "1970-01-01T00:00:00+25:00"}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void TimeTest::text_isRefused()
{
    QFETCH(QString, text);
    const auto time = fromRfc3339(text);
    QVERIFY(!time);
    QCOMPARE(time.error().code, ErrorCode::InvalidArgument);
}

void TimeTest::time_isWritten_inUtc()
{
    QCOMPARE(toRfc3339(Timestamp(std::chrono::milliseconds(1'709'164'800'007))),
        QStringLiteral("2024-02-29T00:00:00.007Z"));
    QCOMPARE(toRfc3339(Timestamp(std::chrono::milliseconds(-1))), QStringLiteral("1969-12-31T23:59:59.999Z"));
}

void TimeTest::engineTime_zero_isNone()
{
    QVERIFY(!fromEngineTime(QStringLiteral("0001-01-01T00:00:00Z")));
    QVERIFY(!fromEngineTime(QString()));
    QVERIFY(fromEngineTime(QStringLiteral("2024-02-29T00:00:00.123456789Z")).has_value());
}

void TimeTest::sleep_ends_whenAskedToStop()
{
    std::stop_source source;
    const SystemClock clock;
    bool sleptOut = true;
    {
        const std::jthread sleeper(
            [&] { sleptOut = clock.sleep(std::chrono::minutes(10), source.get_token()); });
        source.request_stop();
    }
    QVERIFY(!sleptOut);
    QVERIFY(clock.sleep(std::chrono::milliseconds(1), {}));
}

void TimeTest::context_check_tellsWhy()
{
    std::stop_source source;
    CallContext context{Deadline::in(std::chrono::minutes(1)), source.get_token()};
    QVERIFY(context.check());
    source.request_stop();
    QCOMPARE(context.check().error().code, ErrorCode::Cancelled);
    const CallContext late{Deadline::in(std::chrono::milliseconds(0)), {}};
    QCOMPARE(late.check().error().code, ErrorCode::Timeout);
    QCOMPARE(late.deadline.remaining(), std::chrono::milliseconds(0));
}

void TimeTest::context_within_isNeverLater()
{
    const CallContext context{Deadline::in(std::chrono::seconds(10)), {}};
    QCOMPARE(context.within(std::chrono::hours(1)).deadline.at(), context.deadline.at());
    QVERIFY(context.within(std::chrono::seconds(1)).deadline.at() < context.deadline.at());
    QVERIFY(context.withDeadline(std::chrono::hours(1)).deadline.at() > context.deadline.at());
}

QTEST_APPLESS_MAIN(TimeTest)
#include "tst_time.moc"
