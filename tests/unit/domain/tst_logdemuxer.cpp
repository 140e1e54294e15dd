#include <domain/logdemuxer.h>

#include <QTest>
#include <QtEndian>

using namespace dockerauto;
using domain::LogDemuxer;
using domain::LogRecord;
using Format = LogDemuxer::Format;
using Timestamps = LogDemuxer::Timestamps;
using Records = LogDemuxer::Records;

namespace {

QByteArray frame(int stream, const QByteArray &payload)
{
    QByteArray header(8, '\0');
    header[0] = static_cast<char>(stream);
    qToBigEndian(static_cast<quint32>(payload.size()), header.data() + 4);
    return header.append(payload);
}

QStringList shown(const std::vector<LogRecord> &records)
{
    QStringList list;
    for (const LogRecord &record : records) {
        const QString stream =
            record.stream == LogRecord::Stream::Stderr ? QStringLiteral("err|") : QStringLiteral("out|");
        list << stream + record.text;
    }
    return list;
}

/// Feeds `bytes` in pieces of `step`.
QStringList read(LogDemuxer demuxer, const QByteArray &bytes, qsizetype step)
{
    std::vector<LogRecord> records;
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        if (!demuxer.feed(bytes.mid(at, step), records)) {
            return shown(records) << QStringLiteral("failed");
        }
    }
    demuxer.finish(records);
    return shown(records);
}

} // namespace

class LogDemuxerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stream_isReadAlike_howeverItIsCut_data();
    void stream_isReadAlike_howeverItIsCut();
    void frame_cutByTheEnd_isNone();
    void streamThree_failsWithItsText_afterTheRecordsBefore();
    void unknownStream_isCorrupt();
    void timestamps_areTakenFromEachLine();
    void timestamps_areTakenFromEachFrame_ofALongLine();
    void line_withoutEnd_isCutAtAMebibyte();
    void frame_beyondTheLimit_isRefused();
};

void LogDemuxerTest::stream_isReadAlike_howeverItIsCut_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("tty");
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QStringList>("pieces");
    const auto list = [](std::initializer_list<const char *> texts) {
        QStringList result;
        for (const char *text : texts) {
            result << QString::fromUtf8(text);
        }
        return result;
    };
    QTest::newRow("one line") << frame(1, "a\n") << false << list({"out|a"}) << list({"out|a\n"});
    QTest::newRow("both streams") << frame(1, "a\n") + frame(2, "b\n") << false << list({"out|a", "err|b"})
                                  << list({"out|a\n", "err|b\n"});
    QTest::newRow("stream 0 is output") << frame(0, "a\n") << false << list({"out|a"}) << list({"out|a\n"});
    QTest::newRow("empty frame") << frame(1, "") + frame(1, "a\n") << false << list({"out|a"})
                                 << list({"out|a\n"});
    QTest::newRow("two lines in a frame")
        << frame(1, "a\nb\n") << false << list({"out|a", "out|b"}) << list({"out|a\nb\n"});
    QTest::newRow("line over two frames")
        << frame(1, "a") + frame(2, "x\n") + frame(1, "b\n") << false << list({"err|x", "out|ab"})
        << list({"out|a", "err|x\n", "out|b\n"});
    QTest::newRow("no line end") << frame(1, "a") << false << list({"out|a"}) << list({"out|a"});
    QTest::newRow("empty line") << frame(1, "\n") << false << list({"out|"}) << list({"out|\n"});
    QTest::newRow("character over two frames")
        << frame(1, "\xE2\x82") + frame(2, "!") + frame(1, "\xAC\n") << false << list({"out|€", "err|!"})
        << list({"err|!", "out|€\n"});
    QTest::newRow("bytes that are no UTF-8")
        << frame(1, "a\xFFz\n") << false << list({"out|a\uFFFDz"}) << list({"out|a\uFFFDz\n"});
    QTest::newRow("padding is not looked at") << QByteArray::fromHex("0101020300000002").append("a\n")
                                              << false << list({"out|a"}) << list({"out|a\n"});
    QTest::newRow("nothing") << QByteArray() << false << QStringList() << QStringList();
    QTest::newRow("terminal") << QByteArray("a\r\nb") << true << list({"out|a", "out|b"}) << QStringList();
    QTest::newRow("terminal that looks like a frame")
        << frame(1, "a\n") << true
        << QStringList{QStringLiteral("out|") + QString::fromLatin1(frame(1, "a\n").chopped(1))}
        << QStringList();
}

void LogDemuxerTest::stream_isReadAlike_howeverItIsCut()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, tty);
    QFETCH(QStringList, lines);
    QFETCH(QStringList, pieces);
    const Format format = tty ? Format::Raw : Format::Multiplexed;
    for (qsizetype step = 1; step <= std::max<qsizetype>(1, bytes.size()); ++step) {
        QCOMPARE(read(LogDemuxer(format), bytes, step), lines);
        if (tty) {
            const QStringList raw =
                read(LogDemuxer(format, Timestamps::Absent, Records::Pieces), bytes, step);
            QCOMPARE(QString(raw.join(QString())).remove(QStringLiteral("out|")), QString::fromLatin1(bytes));
        } else {
            QCOMPARE(read(LogDemuxer(format, Timestamps::Absent, Records::Pieces), bytes, step), pieces);
        }
    }
}

void LogDemuxerTest::frame_cutByTheEnd_isNone()
{
    const QByteArray bytes = frame(1, "whole\n") + frame(1, "cut\n");
    const qsizetype first = frame(1, "whole\n").size();
    for (qsizetype size = first; size < bytes.size(); ++size) {
        QCOMPARE(read(LogDemuxer(Format::Multiplexed), bytes.first(size), 7), {QStringLiteral("out|whole")});
    }
}

void LogDemuxerTest::streamThree_failsWithItsText_afterTheRecordsBefore()
{
    LogDemuxer demuxer(Format::Multiplexed);
    std::vector<LogRecord> records;
    const auto fed = demuxer.feed(QByteArray(frame(1, "a\n") + frame(3, "the log is damaged\n")), records);
    QVERIFY(!fed);
    QCOMPARE(fed.error().code, core::ErrorCode::Internal);
    QVERIFY(fed.error().message.contains(QStringLiteral("the log is damaged")));
    QCOMPARE(shown(records), {QStringLiteral("out|a")});
}

void LogDemuxerTest::unknownStream_isCorrupt()
{
    for (const int stream : {4, 72, 255}) {
        LogDemuxer demuxer(Format::Multiplexed);
        std::vector<LogRecord> records;
        const auto fed = demuxer.feed(frame(stream, "a\n"), records);
        QVERIFY(!fed);
        QCOMPARE(fed.error().code, core::ErrorCode::Corrupt);
        QVERIFY(records.empty());
    }
}

void LogDemuxerTest::timestamps_areTakenFromEachLine()
{
    for (const Format format : {Format::Multiplexed, Format::Raw}) {
        const auto wrap = [format](const QByteArray &line) {
            return format == Format::Raw ? line : frame(1, line);
        };
        LogDemuxer demuxer(format, Timestamps::Present);
        std::vector<LogRecord> records;
        QVERIFY(demuxer.feed(QByteArray(wrap("2025-03-01T10:00:00.123456789Z first line\n") +
                                        wrap("2025-03-01T12:00:01+02:00 \n") + wrap("no time here\n")),
            records));
        QCOMPARE(shown(records), (QStringList{QStringLiteral("out|first line"), QStringLiteral("out|"),
                                     QStringLiteral("out|no time here")}));
        QVERIFY(records[0].time);
        QCOMPARE(core::toRfc3339(*records[0].time), QStringLiteral("2025-03-01T10:00:00.123Z"));
        QCOMPARE(core::toRfc3339(*records[1].time), QStringLiteral("2025-03-01T10:00:01.000Z"));
        QVERIFY(!records[2].time);
    }
}

void LogDemuxerTest::timestamps_areTakenFromEachFrame_ofALongLine()
{
    LogDemuxer demuxer(Format::Multiplexed, Timestamps::Present);
    std::vector<LogRecord> records;
    QVERIFY(demuxer.feed(
        QByteArray(frame(1, "2025-03-01T10:00:00Z one ") + frame(1, "2025-03-01T10:00:01Z line\n")),
        records));
    QCOMPARE(shown(records), {QStringLiteral("out|one line")});
    QCOMPARE(core::toRfc3339(*records[0].time), QStringLiteral("2025-03-01T10:00:00.000Z"));
}

void LogDemuxerTest::line_withoutEnd_isCutAtAMebibyte()
{
    LogDemuxer demuxer(Format::Raw);
    std::vector<LogRecord> records;
    const QByteArray piece(300'000, 'x');
    for (int i = 0; i < 10; ++i) {
        QVERIFY(demuxer.feed(piece, records));
    }
    QVERIFY(records.size() >= 2);
    qsizetype size = 0;
    demuxer.finish(records);
    for (const LogRecord &record : records) {
        size += record.text.size();
    }
    QCOMPARE(size, 3'000'000);
}

void LogDemuxerTest::frame_beyondTheLimit_isRefused()
{
    LogDemuxer demuxer(Format::Multiplexed);
    std::vector<LogRecord> records;
    QVERIFY(demuxer.feed(QByteArray::fromHex("01000000FFFFFFFF"), records));
    const QByteArray piece(4 * 1024 * 1024, 'x');
    bool refused = false;
    for (int i = 0; i < 6 && !refused; ++i) {
        refused = !demuxer.feed(piece, records);
    }
    QVERIFY(refused);
    QVERIFY(records.empty());
}

QTEST_APPLESS_MAIN(LogDemuxerTest)
#include "tst_logdemuxer.moc"
