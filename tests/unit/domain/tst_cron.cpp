#include <domain/cron.h>
#include <domain/localtime.h>

#include <QStringList>
#include <QTest>

#include <ctime>

using namespace dockerauto;
using domain::CronPattern;

class TestCron : public QObject
{
    Q_OBJECT

private:
    static core::Timestamp at(const QString &text)
    {
        const auto time = core::fromRfc3339(text);
        if (!time) {
            qFatal("%s is no time", qPrintable(text));
        }
        return *time;
    }
    /// The next runs, as one line.
    static QString runs(const QString &cron, const QString &zoneName, const QString &from, int count)
    {
        const auto pattern = CronPattern::parse(cron);
        if (!pattern) {
            return pattern.error().message;
        }
        const auto zone = domain::timeZoneNamed(zoneName);
        if (!zone) {
            return zone.error().message;
        }
        QStringList texts;
        for (const auto run : pattern->next(at(from), *zone, count)) {
            texts.append(domain::toRfc3339(run, *zone));
        }
        return texts.join(u' ');
    }

private Q_SLOTS:
    void next_followsThePattern_data();
    void next_followsThePattern();
    void next_keepsTheRuleOfVixieCron_whenClocksChange_data();
    void next_keepsTheRuleOfVixieCron_whenClocksChange();
    void next_runsDailyJobsOncePerDay_throughYearsOfChanges_data();
    void next_runsDailyJobsOncePerDay_throughYearsOfChanges();
    void next_neverGoesBack_nearChanges_data();
    void next_neverGoesBack_nearChanges();
    void next_endsSoon_whenThePatternIsImpossible_data();
    void next_endsSoon_whenThePatternIsImpossible();
    void next_isExclusive_ofPartsOfSeconds();
    void parse_namesTheFieldAndAnExample_data();
    void parse_namesTheFieldAndAnExample();
    void timeZone_isAnIanaName_data();
    void timeZone_isAnIanaName();
};

void TestCron::next_followsThePattern_data()
{
    QTest::addColumn<QString>("cron");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *cron, const char *from, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(cron) << QString::fromUtf8(from)
                            << QString::fromUtf8(expected);
    };
    row("five fields", "15 10 * * *", "2025-03-10T10:14:00Z", "2025-03-10T10:15:00Z 2025-03-11T10:15:00Z");
    row("six fields", "30 15 10 * * *", "2025-03-10T10:15:29Z", "2025-03-10T10:15:30Z 2025-03-11T10:15:30Z");
    row("seven fields", "0 15 10 1 1 * 2026", "2025-03-10T00:00:00Z", "2026-01-01T10:15:00Z");
    row("blanks and tabs", "  15\t 10  * * *\n", "2025-03-10T00:00:00Z",
        "2025-03-10T10:15:00Z 2025-03-11T10:15:00Z");
    row("names of any case", "30 8 * jan Mon", "2025-01-01T00:00:00Z",
        "2025-01-06T08:30:00Z 2025-01-13T08:30:00Z");
    row("range with step", "5-59/15 9 * * *", "2025-03-10T09:20:00Z",
        "2025-03-10T09:35:00Z 2025-03-10T09:50:00Z");
    row("list", "0,30 9 * * *", "2025-03-10T09:00:00Z", "2025-03-10T09:30:00Z 2025-03-11T09:00:00Z");
    row("step of years", "0 0 0 1 1 * 1970-2199/2", "2025-01-01T00:00:00Z",
        "2026-01-01T00:00:00Z 2028-01-01T00:00:00Z");
    row("either day", "0 12 1 * MON", "2025-09-30T13:00:00Z", "2025-10-01T12:00:00Z 2025-10-06T12:00:00Z");
    row("a whole range of days is still restricted", "0 12 1-31 * MON", "2025-10-06T12:00:00Z",
        "2025-10-07T12:00:00Z 2025-10-08T12:00:00Z");
    row("a step of all days is restricted", "0 12 */31 * MON", "2025-10-02T00:00:00Z",
        "2025-10-06T12:00:00Z 2025-10-13T12:00:00Z");
    row("a list that begins with all is not", "0 12 *,1 * MON", "2025-10-01T00:00:00Z",
        "2025-10-06T12:00:00Z 2025-10-13T12:00:00Z");
    row("both days", "0 12 1 * +MON", "2025-09-01T12:00:00Z", "2025-12-01T12:00:00Z 2026-06-01T12:00:00Z");
    row("both days, by place", "0 12 13 * +FRI#2", "2025-01-01T00:00:00Z",
        "2025-06-13T12:00:00Z 2026-02-13T12:00:00Z");
    row("question mark", "0 12 ? * MON", "2025-10-06T12:00:00Z", "2025-10-13T12:00:00Z 2025-10-20T12:00:00Z");
    row("question mark for the weekday", "0 12 15 * ?", "2025-10-06T12:00:00Z",
        "2025-10-15T12:00:00Z 2025-11-15T12:00:00Z");
    row("seven is Sunday", "0 0 * * 7", "2025-10-01T00:00:00Z", "2025-10-05T00:00:00Z 2025-10-12T00:00:00Z");
    row("Friday to Sunday", "0 0 * * FRI-SUN", "2025-10-03T00:00:00Z",
        "2025-10-04T00:00:00Z 2025-10-05T00:00:00Z");
    row("Sunday to Monday", "0 0 * * SUN-MON", "2025-10-03T00:00:00Z",
        "2025-10-05T00:00:00Z 2025-10-06T00:00:00Z");
    row("leap day", "0 0 29 2 *", "2025-01-01T00:00:00Z", "2028-02-29T00:00:00Z 2032-02-29T00:00:00Z");
    row("no leap year in 2100", "0 0 29 2 *", "2096-03-01T00:00:00Z",
        "2104-02-29T00:00:00Z 2108-02-29T00:00:00Z");
    row("last day", "0 0 L * *", "2024-02-01T00:00:00Z", "2024-02-29T00:00:00Z 2024-03-31T00:00:00Z");
    row("last day or the 15th", "0 0 15,L * *", "2025-02-01T00:00:00Z",
        "2025-02-15T00:00:00Z 2025-02-28T00:00:00Z");
    row("last Friday", "0 0 * * FRI#L", "2025-02-21T00:00:00Z", "2025-02-28T00:00:00Z 2025-03-28T00:00:00Z");
    row("last Friday, short", "0 0 * * 5L", "2025-02-21T00:00:00Z",
        "2025-02-28T00:00:00Z 2025-03-28T00:00:00Z");
    row("last Friday, named", "0 0 * * FRIL", "2025-02-21T00:00:00Z",
        "2025-02-28T00:00:00Z 2025-03-28T00:00:00Z");
    row("third Tuesday", "0 0 * * TUE#3", "2025-06-01T00:00:00Z",
        "2025-06-17T00:00:00Z 2025-07-15T00:00:00Z");
    row("fifth Monday", "0 0 * * MON#5", "2025-01-01T00:00:00Z", "2025-03-31T00:00:00Z 2025-06-30T00:00:00Z");
    row("first and third Monday", "0 0 * * 1#1,1#3", "2025-06-01T00:00:00Z",
        "2025-06-02T00:00:00Z 2025-06-16T00:00:00Z");
    row("nearest workday after Sunday", "0 12 15W * *", "2025-06-01T00:00:00Z",
        "2025-06-16T12:00:00Z 2025-07-15T12:00:00Z");
    row("nearest workday before Saturday", "0 12 15W 2 *", "2025-01-01T00:00:00Z",
        "2025-02-14T12:00:00Z 2026-02-16T12:00:00Z");
    row("nearest workday stays in its month", "0 12 1W * *", "2025-02-01T00:00:00Z",
        "2025-02-03T12:00:00Z 2025-03-03T12:00:00Z");
    row("nearest workday stays in its month at the end", "0 12 31W * *", "2025-08-01T00:00:00Z",
        "2025-08-29T12:00:00Z 2025-10-31T12:00:00Z");
    row("last workday", "0 12 LW * *", "2025-08-01T00:00:00Z", "2025-08-29T12:00:00Z 2025-09-30T12:00:00Z");
    row("yearly", "@yearly", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z 2027-01-01T00:00:00Z");
    row("annually", "@annually", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z 2027-01-01T00:00:00Z");
    row("monthly", "@monthly", "2026-01-15T00:00:00Z", "2026-02-01T00:00:00Z 2026-03-01T00:00:00Z");
    row("weekly", "@weekly", "2025-10-01T00:00:00Z", "2025-10-05T00:00:00Z 2025-10-12T00:00:00Z");
    row("daily", " @daily ", "2025-10-01T00:00:00Z", "2025-10-02T00:00:00Z 2025-10-03T00:00:00Z");
    row("midnight", "@midnight", "2025-10-01T00:00:00Z", "2025-10-02T00:00:00Z 2025-10-03T00:00:00Z");
    row("hourly", "@hourly", "2025-10-01T22:30:00Z", "2025-10-01T23:00:00Z 2025-10-02T00:00:00Z");
    row("every second over midnight", "* * * * * *", "2025-12-31T23:59:58Z",
        "2025-12-31T23:59:59Z 2026-01-01T00:00:00Z");
    row("from before all years", "@yearly", "1950-06-01T00:00:00Z",
        "1970-01-01T00:00:00Z 1971-01-01T00:00:00Z");
    row("the last year", "@yearly", "2197-06-01T00:00:00Z", "2198-01-01T00:00:00Z 2199-01-01T00:00:00Z");
    row("over", "0 0 0 1 1 * 2024", "2025-01-01T00:00:00Z", "");
}

void TestCron::next_followsThePattern()
{
    QFETCH(QString, cron);
    QFETCH(QString, from);
    QFETCH(QString, expected);
    QCOMPARE(runs(cron, QStringLiteral("UTC"), from, 2), expected);
}

void TestCron::next_keepsTheRuleOfVixieCron_whenClocksChange_data()
{
    QTest::addColumn<QString>("cron");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *cron, const char *zone, const char *from,
                         const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(cron) << QString::fromUtf8(zone) << QString::fromUtf8(from)
                            << QString::fromUtf8(expected);
    };
    row("Berlin, fixed time in the gap", "30 2 * * *", "Europe/Berlin", "2025-03-29T03:00:00+01:00",
        "2025-03-30T03:30:00+02:00 2025-03-31T02:30:00+02:00");
    row("Berlin, fixed time at the gap's beginning", "0 2 * * *", "Europe/Berlin",
        "2025-03-29T03:00:00+01:00", "2025-03-30T03:00:00+02:00 2025-03-31T02:00:00+02:00");
    row("Berlin, two fixed times that become one", "30 2,3 * * *", "Europe/Berlin",
        "2025-03-29T04:00:00+01:00", "2025-03-30T03:30:00+02:00 2025-03-31T02:30:00+02:00");
    row("Berlin, order of fixed times after the gap", "50,10 2,3 * * *", "Europe/Berlin",
        "2025-03-30T01:59:00+01:00",
        "2025-03-30T03:10:00+02:00 2025-03-30T03:50:00+02:00 2025-03-31T02:10:00+02:00");
    row("Berlin, a time of the gap alone on its day", "30 2 30 3 *", "Europe/Berlin",
        "2025-03-30T03:29:59+02:00", "2025-03-30T03:30:00+02:00 2026-03-30T02:30:00+02:00");
    row("Berlin, wildcard over the gap", "*/30 * * * *", "Europe/Berlin", "2025-03-30T01:00:00+01:00",
        "2025-03-30T01:30:00+01:00 2025-03-30T03:00:00+02:00 2025-03-30T03:30:00+02:00");
    row("Berlin, hourly over the gap", "30 * * * *", "Europe/Berlin", "2025-03-30T01:00:00+01:00",
        "2025-03-30T01:30:00+01:00 2025-03-30T03:30:00+02:00 2025-03-30T04:30:00+02:00");
    row("Berlin, wildcard within the gap is left out", "*/20 2 * * *", "Europe/Berlin",
        "2025-03-30T00:00:00+01:00", "2025-03-31T02:00:00+02:00 2025-03-31T02:20:00+02:00");
    row("Berlin, fixed time that comes twice", "30 2 * * *", "Europe/Berlin", "2025-10-26T00:00:00+02:00",
        "2025-10-26T02:30:00+02:00 2025-10-27T02:30:00+01:00");
    row("Berlin, asked in the second hour", "30 2 * * *", "Europe/Berlin", "2025-10-26T02:10:00+01:00",
        "2025-10-27T02:30:00+01:00");
    row("Berlin, three o'clock after the overlap", "0 3 * * *", "Europe/Berlin", "2025-10-26T02:10:00+01:00",
        "2025-10-26T03:00:00+01:00");
    row("Berlin, wildcard through the overlap", "*/30 2-3 * * *", "Europe/Berlin",
        "2025-10-26T01:59:00+02:00",
        "2025-10-26T02:00:00+02:00 2025-10-26T02:30:00+02:00 2025-10-26T02:00:00+01:00 "
        "2025-10-26T02:30:00+01:00 "
        "2025-10-26T03:00:00+01:00");
    row("New York, gap", "30 2 * * *", "America/New_York", "2025-03-09T00:00:00-05:00",
        "2025-03-09T03:30:00-04:00 2025-03-10T02:30:00-04:00");
    row("New York, overlap", "30 1 * * *", "America/New_York", "2025-11-02T00:00:00-04:00",
        "2025-11-02T01:30:00-04:00 2025-11-03T01:30:00-05:00");
    row("Lord Howe, gap of half an hour", "15 2 * * *", "Australia/Lord_Howe", "2025-10-05T00:00:00+10:30",
        "2025-10-05T02:45:00+11:00 2025-10-06T02:15:00+11:00");
    row("Lord Howe, overlap of half an hour", "45 1 * * *", "Australia/Lord_Howe",
        "2025-04-06T00:00:00+11:00", "2025-04-06T01:45:00+11:00 2025-04-07T01:45:00+10:30");
    row("Kathmandu, quarter of an hour", "0 4 * * *", "Asia/Kathmandu", "2025-03-09T00:00:00Z",
        "2025-03-10T04:00:00+05:45 2025-03-11T04:00:00+05:45");
    row("Apia, a whole day is left out", "0 12 * * *", "Pacific/Apia", "2011-12-28T13:00:00-10:00",
        "2011-12-29T12:00:00-10:00 2011-12-31T12:00:00+14:00 2012-01-01T12:00:00+14:00");
    row("Apia, the day that never was", "0 6 30 12 *", "Pacific/Apia", "2011-12-29T00:00:00-10:00",
        "2011-12-31T06:00:00+14:00 2012-12-30T06:00:00+14:00");
    row("Sao Paulo, no midnight", "@daily", "America/Sao_Paulo", "2018-11-03T12:00:00-03:00",
        "2018-11-04T01:00:00-02:00 2018-11-05T00:00:00-02:00");
    row("Sao Paulo, midnight comes once", "@daily", "America/Sao_Paulo", "2018-02-17T12:00:00-02:00",
        "2018-02-18T00:00:00-03:00 2018-02-19T00:00:00-03:00");
    row("Sao Paulo, half past eleven comes twice", "30 23 * * *", "America/Sao_Paulo",
        "2018-02-17T12:00:00-02:00", "2018-02-17T23:30:00-02:00 2018-02-18T23:30:00-03:00");
    row("Berlin, beyond the years that files list", "30 2 * * *", "Europe/Berlin",
        "2041-03-30T12:00:00+01:00", "2041-03-31T03:30:00+02:00 2041-04-01T02:30:00+02:00");
    row("Berlin, from the last change that files list", "0 12 1 * *", "Europe/Berlin", "2037-10-25T01:00:00Z",
        "2037-11-01T12:00:00+01:00 2037-12-01T12:00:00+01:00 2038-01-01T12:00:00+01:00 "
        "2038-02-01T12:00:00+01:00 "
        "2038-03-01T12:00:00+01:00 2038-04-01T12:00:00+02:00");
}

void TestCron::next_keepsTheRuleOfVixieCron_whenClocksChange()
{
    QFETCH(QString, cron);
    QFETCH(QString, zone);
    QFETCH(QString, from);
    QFETCH(QString, expected);
    QCOMPARE(runs(cron, zone, from, static_cast<int>(expected.count(u' ')) + 1), expected);
}

void TestCron::next_runsDailyJobsOncePerDay_throughYearsOfChanges_data()
{
    QTest::addColumn<QString>("zone");
    for (const char *zone : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
             "UTC", "Pacific/Apia", "America/Sao_Paulo"}) {
        QTest::newRow(zone) << QString::fromUtf8(zone);
    }
}

void TestCron::next_runsDailyJobsOncePerDay_throughYearsOfChanges()
{
    QFETCH(QString, zone);
    const auto timeZone = domain::timeZoneNamed(zone);
    for (const char *cron : {"0 0 * * *", "30 0 * * *", "30 1 * * *", "15 2 * * *", "59 59 23 * * *"}) {
        const auto pattern = CronPattern::parse(QString::fromUtf8(cron));
        QVERIFY(pattern);
        const auto times = pattern->next(at(QStringLiteral("2012-06-01T12:00:00Z")), *timeZone, 1200);
        QCOMPARE(times.size(), 1200u);
        QDate date = domain::toLocal(times.front(), *timeZone).date();
        for (std::size_t i = 1; i < times.size(); ++i) {
            date = date.addDays(1);
            QCOMPARE(domain::toLocal(times[i], *timeZone).date(), date);
        }
    }
}

void TestCron::next_neverGoesBack_nearChanges_data()
{
    next_runsDailyJobsOncePerDay_throughYearsOfChanges_data();
}

/// Whatever the moment that is asked from, the answer is the first later one of those that a walk through the
/// year finds.
void TestCron::next_neverGoesBack_nearChanges()
{
    QFETCH(QString, zone);
    const auto timeZone = domain::timeZoneNamed(zone);
    for (const char *cron :
        {"10,40 1,2,3 * * *", "*/40 * * * *", "0 */5 * * *", "30 2 * * SUN", "0 0 * 3-11 *"}) {
        const auto pattern = CronPattern::parse(QString::fromUtf8(cron));
        QVERIFY(pattern);
        auto expected = pattern->next(at(QStringLiteral("2010-12-20T00:00:00Z")), *timeZone);
        const auto end = at(QStringLiteral("2012-01-10T00:00:00Z"));
        for (auto moment = at(QStringLiteral("2010-12-20T00:00:00Z")); moment < end;
             moment += std::chrono::minutes(41)) {
            const auto next = pattern->next(moment, *timeZone);
            QVERIFY(next && *next > moment);
            while (*expected <= moment) {
                expected = pattern->next(*expected, *timeZone);
            }
            QCOMPARE(core::toRfc3339(*next), core::toRfc3339(*expected));
        }
    }
}

void TestCron::next_endsSoon_whenThePatternIsImpossible_data()
{
    QTest::addColumn<QString>("cron");
    QTest::newRow("31 February") << QStringLiteral("0 0 31 2 *");
    QTest::newRow("every second of 30 February") << QStringLiteral("* * * 30 2 *");
    QTest::newRow("31st of short months") << QStringLiteral("0 0 31 2,4,6,9,11 *");
    QTest::newRow("both, never together") << QStringLiteral("0 0 1 * +MON#2");
    QTest::newRow("a year that is over") << QStringLiteral("* * * * * * 1999");
}

void TestCron::next_endsSoon_whenThePatternIsImpossible()
{
    QFETCH(QString, cron);
    // Work, not time: others may be busy on the machine.
    const auto begun = std::clock();
    QCOMPARE(
        runs(cron, QStringLiteral("Europe/Berlin"), QStringLiteral("2025-01-01T00:00:00Z"), 5), QString());
    const auto used = static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    QVERIFY2(used < 0.5, qPrintable(QString::number(used)));
}

void TestCron::next_isExclusive_ofPartsOfSeconds()
{
    const QString every = QStringLiteral("* * * * * *");
    const QString utc = QStringLiteral("UTC");
    QCOMPARE(runs(every, utc, QStringLiteral("2025-01-01T00:00:00.999Z"), 1),
        QStringLiteral("2025-01-01T00:00:01Z"));
    QCOMPARE(runs(every, utc, QStringLiteral("2025-01-01T00:00:00.000Z"), 1),
        QStringLiteral("2025-01-01T00:00:01Z"));
}

void TestCron::parse_namesTheFieldAndAnExample_data()
{
    QTest::addColumn<QString>("cron");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *cron, const char *part) {
        QTest::newRow(cron) << QString::fromUtf8(cron) << QString::fromUtf8(part);
    };
    row("60 0 * * *", "The minute “60” is out of range. Allowed are 0 to 59");
    row("0 24 * * *", "The hour “24” is out of range. Allowed are 0 to 23");
    row("0 0 32 * *", "The day of month “32” is out of range. Allowed are 1 to 31");
    row("0 0 0 * *", "The day of month “0”");
    row("0 0 * 13 *", "The month “13” is out of range. Allowed are 1 to 12 or JAN to DEC");
    row("0 0 * * 8", "The day of week “8” is out of range. Allowed are 0 to 7 or SUN to SAT");
    row("60 0 0 * * *", "The second “60”");
    row("0 0 0 1 1 * 1969", "The year “1969” is out of range. Allowed are 1970 to 2199");
    row("0 0 10-5 * *", "runs backwards");
    row("0 0 * * 5-0", "runs backwards");
    row("0 0 /30 * *", "The day of month “/30”");
    row("0/15 * * * *", "write “*/N” or “0-59/N”");
    row("*/0 * * * *", "step");
    row("*/x * * * *", "step");
    row("*/ * * * *", "step");
    row("*,*,61 * * * *", "The minute “61”");
    row("1,,2 * * * *", "empty part");
    row("1- * * * *", "not complete");
    row("-1 * * * *", "The minute “-1”");
    row("? 12 * * *", "The minute “?” is not understood");
    row("0 12 +1 * MON", "The day of month “+1”");
    row("0 12 1 * +", "day of week");
    row("0 +12 * * *", "The hour “+12”");
    row("0 12 1-15W * *", "The day of month “1-15W”");
    row("0 12 1W,15 * *", "W in a list");
    row("0 12 32W * *", "out of range");
    row("0 12 W * *", "day of month");
    row("0 12 * * 1W", "day of week");
    row("0 12 L-3 * *", "The day of month “L-3”");
    row("0 12 * L *", "The month “L”");
    row("0 12 * * L", "The day of week “L”");
    row("0 12 * * MON#6", "1 to 5 or L");
    row("0 12 * * MON#0", "1 to 5 or L");
    row("0 12 * * #2", "day of week");
    row("0 12 1#2 * *", "The day of month “1#2”");
    row("0 12 * * MON-FRI#1", "day of week");
    row("JAN 12 * * *", "The minute “JAN”");
    row("0 0 * FOO *", "The month “FOO”");
    row("5 4 * *", "this one has 4");
    row("", "this one has 0");
    row("0 0 0 1 1 * 2030 5", "this one has 8");
    row("@reboot", "names no time");
    row("@Daily", "no nickname");
    row("@daily 0 0 * * *", "no nickname");
    row("@fortnightly", "no nickname");
    row("٣ 0 * * *", "The minute “٣”");
    row("99999999999999999999 0 * * *", "The minute");
}

void TestCron::parse_namesTheFieldAndAnExample()
{
    QFETCH(QString, cron);
    QFETCH(QString, part);
    const auto pattern = CronPattern::parse(cron);
    QVERIFY(!pattern);
    QVERIFY(pattern.error().code == core::ErrorCode::InvalidArgument);
    QCOMPARE(pattern.error().path, QStringLiteral("cron"));
    QVERIFY2(pattern.error().message.contains(part), qPrintable(pattern.error().message));
    QVERIFY2(pattern.error().message.contains(u'“'), qPrintable(pattern.error().message));
}

void TestCron::timeZone_isAnIanaName_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("valid");
    for (const char *name : {"UTC", "Europe/Berlin", "America/Argentina/Salta", "Etc/GMT+5", "US/Eastern",
             "Asia/Calcutta", "GMT", "EST5EDT", "America/Port-au-Prince"}) {
        QTest::newRow(name) << QString::fromUtf8(name) << true;
    }
    for (const char *name : {"", "Europe", "Berlin", "europe/berlin", "UTC+01:00", "CET-1CEST", "Foo/Bar",
             "localtime", "posixrules", "posix/Europe/Berlin", "../../etc/passwd", "/etc/localtime",
             "Europe/Berlin ", "Abc"}) {
        QTest::newRow(name) << QString::fromUtf8(name) << false;
    }
}

void TestCron::timeZone_isAnIanaName()
{
    QFETCH(QString, name);
    QFETCH(bool, valid);
    const auto zone = domain::timeZoneNamed(name);
    QCOMPARE(zone.has_value(), valid);
    if (!zone) {
        QCOMPARE(zone.error().path, QStringLiteral("zone"));
        QVERIFY(zone.error().message.contains(QStringLiteral("Europe/Berlin")));
    }
}

QTEST_APPLESS_MAIN(TestCron)
#include "tst_cron.moc"
