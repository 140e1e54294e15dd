#include <calendar/icalendarreader.h>

#include <domain/localtime.h>

#include <QStringList>
#include <QTest>

#include <ctime>

using namespace dockerauto;

class TestICalendarReader : public QObject
{
    Q_OBJECT

private:
    static core::Timestamp at(const QString &text) { return *core::fromRfc3339(text); }
    static QByteArray calendar(const QByteArray &content)
    {
        QByteArray text =
            "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n" + content + "\nEND:VCALENDAR\n";
        return text.replace("\n", "\r\n");
    }
    static QByteArray event(const QByteArray &lines)
    {
        return "BEGIN:VEVENT\nUID:one\nDTSTAMP:20250101T000000Z\n" + lines + "\nEND:VEVENT";
    }
    static QString shown(const core::Result<std::vector<domain::TimeRange>> &ranges)
    {
        if (!ranges) {
            return ranges.error().message;
        }
        QStringList texts;
        for (const auto &range : *ranges) {
            texts.append(domain::toRfc3339(range.from, QTimeZone::utc()) + u'/' +
                         domain::toRfc3339(range.until, QTimeZone::utc()));
        }
        return texts.join(u' ');
    }
    /// What lies in the year 2025.
    core::Result<std::vector<domain::TimeRange>> ranges(const QByteArray &text) const
    {
        return m_reader.ranges(
            text, at(QStringLiteral("2025-01-01T00:00:00Z")), at(QStringLiteral("2026-01-01T00:00:00Z")));
    }

    calendar::ICalendarReader m_reader;

private Q_SLOTS:
    void event_takesPlace_asItSays_data();
    void event_takesPlace_asItSays();
    void zone_isFollowed_whenTheCalendarDescribesIt();
    void zone_isRefused_whenNobodyKnowsIt();
    void override_replacesItsOccurrence();
    void span_limitsTheAnswer();
    void calendars_areAddedUp_inOneText();
    void text_isRefused_whenItIsNoCalendar_data();
    void text_isRefused_whenItIsNoCalendar();
    void work_isBounded_whateverTheCalendarAsks_data();
    void work_isBounded_whateverTheCalendarAsks();
    void answer_isTheSame_whenAskedAgain();
};

void TestICalendarReader::event_takesPlace_asItSays_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *lines, const char *expected) {
        QTest::newRow(name) << QByteArray(lines) << QString::fromUtf8(expected);
    };
    row("start and end", "DTSTART:20250602T220000Z\nDTEND:20250603T040000Z",
        "2025-06-02T22:00:00Z/2025-06-03T04:00:00Z");
    row("duration", "DTSTART:20250602T220000Z\nDURATION:PT6H30M",
        "2025-06-02T22:00:00Z/2025-06-03T04:30:00Z");
    row("a day that is no 24 hours", "DTSTART;TZID=Europe/Berlin:20250329T120000\nDURATION:P1D",
        "2025-03-29T11:00:00Z/2025-03-30T10:00:00Z");
    row("zone", "DTSTART;TZID=Europe/Berlin:20250602T220000\nDTEND;TZID=Europe/Berlin:20250603T040000",
        "2025-06-02T20:00:00Z/2025-06-03T02:00:00Z");
    row("zone behind a prefix",
        "DTSTART;TZID=/example.org/20200101/Europe/Berlin:20250602T220000\nDURATION:PT1H",
        "2025-06-02T20:00:00Z/2025-06-02T21:00:00Z");
    row("zone of Windows", "DTSTART;TZID=W. Europe Standard Time:20250602T220000\nDURATION:PT1H",
        "2025-06-02T20:00:00Z/2025-06-02T21:00:00Z");
    row("no zone", "DTSTART:20250602T220000\nDURATION:PT1H", "2025-06-02T22:00:00Z/2025-06-02T23:00:00Z");
    row("whole days", "DTSTART;VALUE=DATE:20251224\nDTEND;VALUE=DATE:20251227",
        "2025-12-24T00:00:00Z/2025-12-27T00:00:00Z");
    row("one whole day", "DTSTART;VALUE=DATE:20251224", "2025-12-24T00:00:00Z/2025-12-25T00:00:00Z");
    row("no length", "DTSTART:20250602T220000Z", "");
    row("cancelled", "DTSTART:20250602T220000Z\nDURATION:PT1H\nSTATUS:CANCELLED", "");
    row("weekly, counted", "DTSTART:20250602T220000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3",
        "2025-06-02T22:00:00Z/2025-06-02T23:00:00Z 2025-06-09T22:00:00Z/2025-06-09T23:00:00Z "
        "2025-06-16T22:00:00Z/2025-06-16T23:00:00Z");
    row("over a change of the clocks",
        "DTSTART;TZID=Europe/Berlin:20250329T220000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2",
        "2025-03-29T21:00:00Z/2025-03-29T22:00:00Z 2025-03-30T20:00:00Z/2025-03-30T21:00:00Z");
    row("until a moment in UTC",
        "DTSTART;TZID=Europe/Berlin:20250601T003000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20250601T223000Z",
        "2025-05-31T22:30:00Z/2025-05-31T23:30:00Z 2025-06-01T22:30:00Z/2025-06-01T23:30:00Z");
    row("until a day", "DTSTART:20250601T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20250602",
        "2025-06-01T10:00:00Z/2025-06-01T11:00:00Z 2025-06-02T10:00:00Z/2025-06-02T11:00:00Z");
    row("exceptions",
        "DTSTART:20250601T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4\n"
        "EXDATE:20250602T100000Z,20250603T100000Z",
        "2025-06-01T10:00:00Z/2025-06-01T11:00:00Z 2025-06-04T10:00:00Z/2025-06-04T11:00:00Z");
    row("exception in the zone",
        "DTSTART;TZID=Europe/Berlin:20250601T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\n"
        "EXDATE;TZID=Europe/Berlin:20250602T100000",
        "2025-06-01T08:00:00Z/2025-06-01T09:00:00Z");
    row("exception of a day",
        "DTSTART:20250601T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\n"
        "EXDATE;VALUE=DATE:20250601",
        "2025-06-02T10:00:00Z/2025-06-02T11:00:00Z");
    row("additions", "DTSTART:20250601T100000Z\nDURATION:PT1H\nRDATE:20250605T100000Z,20250607T120000Z",
        "2025-06-01T10:00:00Z/2025-06-01T11:00:00Z 2025-06-05T10:00:00Z/2025-06-05T11:00:00Z "
        "2025-06-07T12:00:00Z/2025-06-07T13:00:00Z");
    row("addition with a length",
        "DTSTART:20250601T100000Z\nDURATION:PT1H\n"
        "RDATE;VALUE=PERIOD:20250605T100000Z/PT3H,20250606T100000Z/20250606T103000Z",
        "2025-06-01T10:00:00Z/2025-06-01T11:00:00Z 2025-06-05T10:00:00Z/2025-06-05T13:00:00Z "
        "2025-06-06T10:00:00Z/2025-06-06T10:30:00Z");
    row("last Friday of the month", "DTSTART:20251031T100000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=-1FR",
        "2025-10-31T10:00:00Z/2025-10-31T11:00:00Z 2025-11-28T10:00:00Z/2025-11-28T11:00:00Z "
        "2025-12-26T10:00:00Z/2025-12-26T11:00:00Z");
    row("whole days every year", "DTSTART;VALUE=DATE:20001224\nDTEND;VALUE=DATE:20001226\nRRULE:FREQ=YEARLY",
        "2025-12-24T00:00:00Z/2025-12-26T00:00:00Z");
    row("in the gap of spring", "DTSTART;TZID=Europe/Berlin:20250330T023000\nDURATION:PT1H",
        "2025-03-30T01:30:00Z/2025-03-30T02:30:00Z");
    row("folded lines", "DTSTART:202506\n 02T220000Z\nDURA\n TION:PT1H",
        "2025-06-02T22:00:00Z/2025-06-02T23:00:00Z");
}

void TestICalendarReader::event_takesPlace_asItSays()
{
    QFETCH(QByteArray, lines);
    QFETCH(QString, expected);
    QCOMPARE(shown(ranges(calendar(event(lines)))), expected);
}

void TestICalendarReader::zone_isFollowed_whenTheCalendarDescribesIt()
{
    const QByteArray zone = "BEGIN:VTIMEZONE\nTZID:Our Office\n"
                            "BEGIN:STANDARD\nDTSTART:19701025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
                            "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nEND:STANDARD\n"
                            "BEGIN:DAYLIGHT\nDTSTART:19700329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
                            "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nEND:DAYLIGHT\nEND:VTIMEZONE\n";
    QCOMPARE(shown(ranges(calendar(zone + event("DTSTART;TZID=Our Office:20250602T220000\nDURATION:PT1H")))),
        QStringLiteral("2025-06-02T20:00:00Z/2025-06-02T21:00:00Z"));
    QCOMPARE(shown(ranges(calendar(zone + event("DTSTART;TZID=Our Office:20251202T220000\nDURATION:PT1H")))),
        QStringLiteral("2025-12-02T21:00:00Z/2025-12-02T22:00:00Z"));
    QCOMPARE(shown(ranges(calendar("X-WR-TIMEZONE:Europe/Berlin\n" +
                                   event("DTSTART;VALUE=DATE:20250602\nDTEND;VALUE=DATE:20250603")))),
        QStringLiteral("2025-06-01T22:00:00Z/2025-06-02T22:00:00Z"));
}

void TestICalendarReader::zone_isRefused_whenNobodyKnowsIt()
{
    const auto answer = ranges(calendar(event("DTSTART;TZID=Mars/Olympus:20250602T220000\nDURATION:PT1H")));
    QVERIFY(!answer);
    QVERIFY(answer.error().code == core::ErrorCode::InvalidArgument);
    QCOMPARE(answer.error().path, QStringLiteral("calendar"));
    QVERIFY(answer.error().message.contains(QStringLiteral("Mars/Olympus")));
}

void TestICalendarReader::override_replacesItsOccurrence()
{
    const QByteArray series = event("DTSTART:20250601T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3");
    QCOMPARE(shown(ranges(calendar(
                 series + "\n" +
                 event("RECURRENCE-ID:20250602T100000Z\nDTSTART:20250602T180000Z\nDURATION:PT2H") + "\n" +
                 event("RECURRENCE-ID:20250603T100000Z\nDTSTART:20250603T100000Z\nDURATION:PT1H\nSTATUS:"
                       "CANCELLED")))),
        QStringLiteral(
            "2025-06-01T10:00:00Z/2025-06-01T11:00:00Z 2025-06-02T18:00:00Z/2025-06-02T20:00:00Z"));
}

void TestICalendarReader::span_limitsTheAnswer()
{
    const QByteArray text = calendar(event("DTSTART:20240101T220000Z\nDURATION:PT4H\nRRULE:FREQ=DAILY"));
    QCOMPARE(shown(m_reader.ranges(text, at(QStringLiteral("2025-06-02T01:00:00Z")),
                 at(QStringLiteral("2025-06-03T22:00:00Z")))),
        QStringLiteral(
            "2025-06-01T22:00:00Z/2025-06-02T02:00:00Z 2025-06-02T22:00:00Z/2025-06-03T02:00:00Z"));
}

void TestICalendarReader::calendars_areAddedUp_inOneText()
{
    QCOMPARE(shown(ranges(calendar(event("DTSTART:20250602T220000Z\nDURATION:PT1H")) +
                          calendar(event("DTSTART:20250601T220000Z\nDURATION:PT1H")))),
        QStringLiteral(
            "2025-06-01T22:00:00Z/2025-06-01T23:00:00Z 2025-06-02T22:00:00Z/2025-06-02T23:00:00Z"));
    QCOMPARE(shown(ranges(calendar("X-NOTHING:1"))), QString());
}

void TestICalendarReader::text_isRefused_whenItIsNoCalendar_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("words") << QByteArray("Hello, this is no calendar.");
    QTest::newRow("a page") << QByteArray("<!DOCTYPE html><html><body>BEGIN:VCALENDAR</body></html>");
    QTest::newRow("cut off") << calendar(event("DTSTART:20250602T220000Z")).chopped(20);
    QTest::newRow("an event alone") << event("DTSTART:20250602T220000Z\nDURATION:PT1H");
    QTest::newRow("too large") << calendar(
        event("DTSTART:20250602T220000Z\nDESCRIPTION:" + QByteArray(1'100'000, 'x')));
    QTest::newRow("a zero byte")
        << calendar(event("DTSTART:20250602T220000Z")).append('\0').append("END:VCALENDAR");
    QTest::newRow("a tower of components") << calendar(
        QByteArray("BEGIN:VEVENT\n").repeated(20'000) + QByteArray("END:VEVENT\n").repeated(20'000));
    QTest::newRow("a tower in folded lines") << calendar(
        QByteArray("B\n EGIN:VEVENT\n").repeated(20'000) + QByteArray("E\n ND:VEVENT\n").repeated(20'000));
    QTest::newRow("a rule that is none")
        << calendar(event("DTSTART:20250602T220000Z\nDURATION:PT1H\nRRULE:FREQ=NEVER"));
    QTest::newRow("a beginning that is none") << calendar(event("DTSTART:yesterday\nDURATION:PT1H"));
    QTest::newRow("an impossible day") << calendar(event("DTSTART:20250230T220000Z\nDURATION:PT1H"));
}

void TestICalendarReader::text_isRefused_whenItIsNoCalendar()
{
    QFETCH(QByteArray, text);
    const auto answer = ranges(text);
    QVERIFY2(!answer, qPrintable(shown(answer)));
    QVERIFY(answer.error().code == core::ErrorCode::InvalidArgument);
    QCOMPARE(answer.error().path, QStringLiteral("calendar"));
}

void TestICalendarReader::work_isBounded_whateverTheCalendarAsks_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("every second") << calendar(
        event("DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY"));
    QTest::newRow("every minute") << calendar(
        event("DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ=MINUTELY"));
    QTest::newRow("every hour that never is") << calendar(
        event("DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"));
    QTest::newRow("a day that never is") << calendar(
        event("DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"));
    QTest::newRow("every second of a day that never is")
        << calendar(event("DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;"
                          "BYHOUR=0,1,2,3,4,5,6,7,"
                          "8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,1,2,3,4,5,6,7,8,9;"
                          "BYSECOND=0,1,2,3,4,5,6,7,8,9"));
    QTest::newRow("many times of a day that never is")
        << calendar(event("DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;"
                          "BYHOUR=0,1,2,3,4,5"));
    QTest::newRow("many times of a month that never is")
        << calendar(event("DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY="
                          "31;BYHOUR=0,1,2,3,4,5"));
    QTest::newRow("a year that never is") << calendar(
        event("DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1"));
    QTest::newRow("a day of every 32000 years")
        << calendar(event("DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ=YEARLY;INTERVAL=32000"));
    QTest::newRow("many such days") << calendar(
        event("DTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31\n")
            .repeated(4000));
    QTest::newRow("the year 9999") << calendar(
        event("DTSTART:99990101T000000Z\nDURATION:PT1S\nRRULE:FREQ=DAILY"));
    QTest::newRow("an endless length")
        << calendar(event("DTSTART:20250101T000000Z\nDURATION:P4000000000W\nRRULE:FREQ=DAILY"));
    QTest::newRow("every 0 days") << calendar(
        event("DTSTART:20250101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=0"));
    QTest::newRow("a zone that changes every second")
        << calendar("BEGIN:VTIMEZONE\nTZID:Mad\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0200\n"
                    "TZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n" +
                    event("DTSTART;TZID=Mad:20250602T220000\nDURATION:PT1H"));
    QTest::newRow("many exceptions") << calendar(
        event("DTSTART:20250101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\n" +
              QByteArray("EXDATE:20250601T100000Z\n").repeated(20'000).chopped(1)));
}

void TestICalendarReader::work_isBounded_whateverTheCalendarAsks()
{
    QFETCH(QByteArray, text);
    // Work, not time: others may be busy on the machine.
    const auto begun = std::clock();
    const auto answer = ranges(text);
    const auto used = static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    QVERIFY2(used < 4, qPrintable(QString::number(used)));
    QVERIFY(!answer || answer->size() <= 10'000);
}

void TestICalendarReader::answer_isTheSame_whenAskedAgain()
{
    const QByteArray text =
        calendar(event("DTSTART:20250602T220000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2"));
    const auto first = shown(ranges(text));
    QVERIFY(!first.isEmpty());
    QCOMPARE(shown(ranges(text)), first);
    QCOMPARE(shown(ranges(calendar(event("DTSTART:20250602T220000Z\nDURATION:PT2H")))),
        QStringLiteral("2025-06-02T22:00:00Z/2025-06-03T00:00:00Z"));
}

QTEST_APPLESS_MAIN(TestICalendarReader)
#include "tst_icalendarreader.moc"
