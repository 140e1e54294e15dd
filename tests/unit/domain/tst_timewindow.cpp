#include <domain/localtime.h>
#include <domain/timewindow.h>

#include <QTest>

using namespace dockerauto;
using domain::TimeRange;
using domain::WeeklyWindow;
using domain::WindowTimes;

class TestTimeWindow : public QObject
{
    Q_OBJECT

private:
    static core::Timestamp at(const QString &text) { return *core::fromRfc3339(text); }
    static WindowTimes weekly(
        const QString &days, const QString &start, const QString &end, const QString &zone)
    {
        std::vector<QString> names;
        for (const QString &day : days.split(u' ', Qt::SkipEmptyParts)) {
            names.push_back(day);
        }
        const auto window = WeeklyWindow::parse(names, start, end, zone);
        if (!window) {
            qFatal("%s", qPrintable(window.error().message));
        }
        return {.weekly = *window, .ranges = {}};
    }
    static QString shown(const std::optional<core::Timestamp> &time)
    {
        return time ? domain::toRfc3339(*time, QTimeZone::utc()) : QStringLiteral("-");
    }
    /// `inside closesAt opensNext`
    static QString shown(const domain::WindowState &state)
    {
        return QStringLiteral("%1 %2 %3")
            .arg(state.inside ? QStringLiteral("in") : QStringLiteral("out"), shown(state.closesAt),
                shown(state.opensNext));
    }
    static TimeRange range(const char *from, const char *until)
    {
        return {at(QString::fromUtf8(from)), at(QString::fromUtf8(until))};
    }

private Q_SLOTS:
    void weekly_isOpenFromStartToEnd_data();
    void weekly_isOpenFromStartToEnd();
    void ranges_countAsOne_whenTheyTouch();
    void ranges_andWeeks_areAddedUp();
    void state_hasNoEnd_whenTheWindowNeverCloses();
    void state_isClosed_whenThereIsNothing();
    void rangesBetween_givesWholeRanges();
    void parse_namesTheField_data();
    void parse_namesTheField();
};

void TestTimeWindow::weekly_isOpenFromStartToEnd_data()
{
    QTest::addColumn<QString>("days");
    QTest::addColumn<QString>("times");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("moment");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *days, const char *times, const char *zone,
                         const char *moment, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(days) << QString::fromUtf8(times) << QString::fromUtf8(zone)
                            << QString::fromUtf8(moment) << QString::fromUtf8(expected);
    };
    // 2025-06-02 is a Monday.
    row("before", "mon", "22:00-23:00", "UTC", "2025-06-02T21:59:59Z", "out - 2025-06-02T22:00:00Z");
    row("at the start", "mon", "22:00-23:00", "UTC", "2025-06-02T22:00:00Z",
        "in 2025-06-02T23:00:00Z 2025-06-09T22:00:00Z");
    row("at the end", "mon", "22:00-23:00", "UTC", "2025-06-02T23:00:00Z", "out - 2025-06-09T22:00:00Z");
    row("over midnight, the evening", "mon", "22:00-04:00", "UTC", "2025-06-02T23:00:00Z",
        "in 2025-06-03T04:00:00Z 2025-06-09T22:00:00Z");
    row("over midnight, the morning after", "mon", "22:00-04:00", "UTC", "2025-06-03T03:59:59.999Z",
        "in 2025-06-03T04:00:00Z 2025-06-09T22:00:00Z");
    row("over midnight, the morning of the day", "mon", "22:00-04:00", "UTC", "2025-06-02T03:00:00Z",
        "out - 2025-06-02T22:00:00Z");
    row("over midnight from Sunday", "sun", "22:00-04:00", "UTC", "2025-06-02T03:00:00Z",
        "in 2025-06-02T04:00:00Z 2025-06-08T22:00:00Z");
    row("every day", "", "02:00-04:00", "UTC", "2025-06-02T05:00:00Z", "out - 2025-06-03T02:00:00Z");
    row("to the end of the day", "mon", "20:00-24:00", "UTC", "2025-06-02T23:59:00Z",
        "in 2025-06-03T00:00:00Z 2025-06-09T20:00:00Z");
    row("a whole day", "sat", "00:00-24:00", "UTC", "2025-06-07T12:00:00Z",
        "in 2025-06-08T00:00:00Z 2025-06-14T00:00:00Z");
    row("two days that touch", "sat sun", "00:00-24:00", "UTC", "2025-06-07T12:00:00Z",
        "in 2025-06-09T00:00:00Z 2025-06-14T00:00:00Z");
    row("equal times are a whole day", "sat", "06:00-06:00", "UTC", "2025-06-08T05:00:00Z",
        "in 2025-06-08T06:00:00Z 2025-06-14T06:00:00Z");
    row("six whole days", "mon tue wed thu fri sat", "00:00-00:00", "UTC", "2025-06-02T12:00:00Z",
        "in 2025-06-08T00:00:00Z 2025-06-09T00:00:00Z");
    row("in a zone", "mon", "22:00-04:00", "Europe/Berlin", "2025-06-02T20:00:00Z",
        "in 2025-06-03T02:00:00Z 2025-06-09T20:00:00Z");
    row("the day is the zone's", "tue", "01:00-02:00", "Pacific/Auckland", "2025-06-02T13:30:00Z",
        "in 2025-06-02T14:00:00Z 2025-06-09T13:00:00Z");
    row("spring, start in the gap", "sun", "02:30-05:00", "Europe/Berlin", "2025-03-30T00:30:00Z",
        "out - 2025-03-30T01:00:00Z");
    row("spring, an hour shorter", "sat", "22:00-04:00", "Europe/Berlin", "2025-03-29T22:00:00Z",
        "in 2025-03-30T02:00:00Z 2025-04-05T20:00:00Z");
    row("spring, all of it in the gap", "sun", "02:10-02:50", "Europe/Berlin", "2025-03-30T00:00:00Z",
        "out - 2025-04-06T00:10:00Z");
    row("autumn, an hour longer", "sat", "22:00-04:00", "Europe/Berlin", "2025-10-25T22:00:00Z",
        "in 2025-10-26T03:00:00Z 2025-11-01T21:00:00Z");
    row("autumn, ends the first time", "sun", "01:00-02:30", "Europe/Berlin", "2025-10-26T00:45:00Z",
        "out - 2025-11-02T00:00:00Z");
    row("Apia, a day that never was", "fri", "08:00-10:00", "Pacific/Apia", "2011-12-30T09:00:00Z",
        "out - 2012-01-05T18:00:00Z");
}

void TestTimeWindow::weekly_isOpenFromStartToEnd()
{
    QFETCH(QString, days);
    QFETCH(QString, times);
    QFETCH(QString, zone);
    QFETCH(QString, moment);
    QFETCH(QString, expected);
    const auto window = weekly(days, times.section(u'-', 0, 0), times.section(u'-', 1), zone);
    QCOMPARE(shown(domain::stateAt(window, at(moment))), expected);
}

void TestTimeWindow::ranges_countAsOne_whenTheyTouch()
{
    const WindowTimes times{.weekly = std::nullopt,
        .ranges = {range("2025-06-01T00:00:00Z", "2025-06-02T00:00:00Z"),
            range("2025-06-02T00:00:00Z", "2025-06-03T00:00:00Z"),
            range("2025-06-02T12:00:00Z", "2025-06-02T13:00:00Z"),
            range("2025-07-01T00:00:00Z", "2025-07-02T00:00:00Z")}};
    QCOMPARE(shown(domain::stateAt(times, at(QStringLiteral("2025-06-01T10:00:00Z")))),
        QStringLiteral("in 2025-06-03T00:00:00Z 2025-07-01T00:00:00Z"));
    QCOMPARE(shown(domain::stateAt(times, at(QStringLiteral("2025-06-02T12:30:00Z")))),
        QStringLiteral("in 2025-06-03T00:00:00Z 2025-07-01T00:00:00Z"));
    QCOMPARE(
        shown(domain::stateAt(times, at(QStringLiteral("2025-07-02T00:00:00Z")))), QStringLiteral("out - -"));
}

void TestTimeWindow::ranges_andWeeks_areAddedUp()
{
    auto times = weekly(
        QStringLiteral("mon"), QStringLiteral("00:00"), QStringLiteral("06:00"), QStringLiteral("UTC"));
    // Three weeks, which end within a Monday's window.
    times.ranges = {range("2025-06-01T00:00:00Z", "2025-06-23T03:00:00Z")};
    QCOMPARE(shown(domain::stateAt(times, at(QStringLiteral("2025-06-01T10:00:00Z")))),
        QStringLiteral("in 2025-06-23T06:00:00Z 2025-06-30T00:00:00Z"));
}

void TestTimeWindow::state_hasNoEnd_whenTheWindowNeverCloses()
{
    const auto times =
        weekly({}, QStringLiteral("00:00"), QStringLiteral("24:00"), QStringLiteral("Europe/Berlin"));
    QCOMPARE(
        shown(domain::stateAt(times, at(QStringLiteral("2025-03-29T10:00:00Z")))), QStringLiteral("in - -"));
    QCOMPARE(domain::rangesBetween(times, at(QStringLiteral("2025-03-29T10:00:00Z")),
                 at(QStringLiteral("2025-04-12T10:00:00Z")))
                 .size(),
        1u);
}

void TestTimeWindow::state_isClosed_whenThereIsNothing()
{
    QCOMPARE(
        shown(domain::stateAt({}, at(QStringLiteral("2025-03-29T10:00:00Z")))), QStringLiteral("out - -"));
}

void TestTimeWindow::rangesBetween_givesWholeRanges()
{
    const auto times = weekly(
        QStringLiteral("mon thu"), QStringLiteral("22:00"), QStringLiteral("02:00"), QStringLiteral("UTC"));
    const auto ranges = domain::rangesBetween(
        times, at(QStringLiteral("2025-06-03T01:00:00Z")), at(QStringLiteral("2025-06-09T22:00:00Z")));
    const std::vector<TimeRange> expected{range("2025-06-02T22:00:00Z", "2025-06-03T02:00:00Z"),
        range("2025-06-05T22:00:00Z", "2025-06-06T02:00:00Z")};
    QCOMPARE(ranges.size(), expected.size());
    QVERIFY(ranges == expected);
}

void TestTimeWindow::parse_namesTheField_data()
{
    QTest::addColumn<QString>("day");
    QTest::addColumn<QString>("start");
    QTest::addColumn<QString>("end");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *name, const char *day, const char *start, const char *end,
                         const char *zone, const char *path) {
        QTest::newRow(name) << QString::fromUtf8(day) << QString::fromUtf8(start) << QString::fromUtf8(end)
                            << QString::fromUtf8(zone) << QString::fromUtf8(path);
    };
    row("day", "monday", "01:00", "02:00", "UTC", "days");
    row("no day", "", "01:00", "02:00", "UTC", "days");
    row("hour", "mon", "24:00", "02:00", "UTC", "start");
    row("minute", "mon", "01:60", "02:00", "UTC", "start");
    row("one digit", "mon", "1:00", "02:00", "UTC", "start");
    row("beyond the day", "mon", "01:00", "24:01", "UTC", "end");
    row("no end", "mon", "01:00", "", "UTC", "end");
    row("zone", "mon", "01:00", "02:00", "Mars/Olympus", "zone");
}

void TestTimeWindow::parse_namesTheField()
{
    QFETCH(QString, day);
    QFETCH(QString, start);
    QFETCH(QString, end);
    QFETCH(QString, zone);
    QFETCH(QString, path);
    const auto window = WeeklyWindow::parse({day}, start, end, zone);
    QVERIFY(!window);
    QVERIFY(window.error().code == core::ErrorCode::InvalidArgument);
    QCOMPARE(window.error().path, path);
}

QTEST_APPLESS_MAIN(TestTimeWindow)
#include "tst_timewindow.moc"
