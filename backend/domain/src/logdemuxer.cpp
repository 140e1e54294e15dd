#include "domain/logdemuxer.h"

#include <QtEndian>

#include <algorithm>

namespace dockerauto::domain {
namespace {

constexpr qsizetype headerSize = 8;
/// Engines send frames of some kilobytes; one this large would only fill the memory.
constexpr qsizetype maxFrame = 16 * 1024 * 1024;
/// A container may write without ever ending a line.
constexpr qsizetype maxLine = 1024 * 1024;

/// Takes `2025-03-01T10:00:00.123456789Z ` off the front, if it is there.
std::optional<core::Timestamp> takeTimestamp(QByteArrayView &bytes)
{
    constexpr qsizetype longest = 40;
    const qsizetype blank = bytes.first(std::min(bytes.size(), longest)).indexOf(' ');
    if (blank <= 0) {
        return std::nullopt;
    }
    const auto time = core::fromRfc3339(QString::fromLatin1(bytes.first(blank)));
    if (!time) {
        return std::nullopt;
    }
    bytes = bytes.sliced(blank + 1);
    return *time;
}

/// How many bytes at the end begin a UTF-8 sequence that is not complete.
qsizetype incompleteTail(QByteArrayView bytes)
{
    for (qsizetype back = 1; back <= std::min<qsizetype>(3, bytes.size()); ++back) {
        const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
        if ((byte & 0xC0) == 0x80) {
            continue;
        }
        const qsizetype length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        return length > back ? back : 0;
    }
    return 0;
}

} // namespace

LogDemuxer::LogDemuxer(Format format, Timestamps timestamps, Records records)
    : m_format(format), m_timestamps(timestamps), m_records(records)
{
}

core::Result<> LogDemuxer::feed(QByteArrayView bytes, std::vector<LogRecord> &records)
{
    if (m_format == Format::Raw) {
        take(LogRecord::Stream::Stdout, bytes, records);
        return {};
    }
    m_frame.append(bytes.data(), bytes.size());
    QByteArrayView rest(m_frame);
    while (rest.size() >= headerSize) {
        const int stream = static_cast<unsigned char>(rest[0]);
        if (stream > 3) {
            return core::fail(core::ErrorCode::Corrupt,
                QStringLiteral("The log stream of the engine names stream %1, which does not exist")
                    .arg(stream));
        }
        const qsizetype length = qFromBigEndian<quint32>(rest.data() + 4);
        if (rest.size() - headerSize < length) {
            break;
        }
        DOCKERAUTO_TRY(feedFrame(stream, rest.sliced(headerSize, length), records));
        rest = rest.sliced(headerSize + length);
    }
    if (rest.size() > maxFrame) {
        return core::fail(core::ErrorCode::Corrupt,
            QStringLiteral("The log stream of the engine has a frame of more than 16 MiB"));
    }
    m_frame.remove(0, m_frame.size() - rest.size());
    return {};
}

void LogDemuxer::finish(std::vector<LogRecord> &records)
{
    m_frame.clear();
    for (const auto stream : {LogRecord::Stream::Stdout, LogRecord::Stream::Stderr}) {
        if (!pending(stream).bytes.isEmpty()) {
            endLine(stream, records);
        }
    }
}

core::Result<> LogDemuxer::feedFrame(int stream, QByteArrayView payload, std::vector<LogRecord> &records)
{
    if (stream == 3) {
        return core::fail(
            core::ErrorCode::Internal, QStringLiteral("The engine could not go on reading the log: %1")
                                           .arg(QString::fromUtf8(payload).trimmed()));
    }
    // 0 is standard input, which engines use for what they write to the output themselves.
    take(stream == 2 ? LogRecord::Stream::Stderr : LogRecord::Stream::Stdout, payload, records);
    return {};
}

void LogDemuxer::take(LogRecord::Stream stream, QByteArrayView bytes, std::vector<LogRecord> &records)
{
    if (m_records == Records::Lines) {
        takeLines(stream, bytes, records);
    } else {
        takePiece(stream, bytes, records);
    }
}

void LogDemuxer::takePiece(LogRecord::Stream stream, QByteArrayView bytes, std::vector<LogRecord> &records)
{
    std::optional<core::Timestamp> time;
    if (m_timestamps == Timestamps::Present) {
        time = takeTimestamp(bytes);
    }
    // A character may be cut between two frames of one stream.
    QByteArray &held = pending(stream).bytes;
    held.append(bytes.data(), bytes.size());
    const qsizetype whole = held.size() - incompleteTail(held);
    if (whole > 0) {
        records.push_back({stream, time, QString::fromUtf8(held.first(whole))});
        held.remove(0, whole);
    }
}

void LogDemuxer::takeLines(LogRecord::Stream stream, QByteArrayView bytes, std::vector<LogRecord> &records)
{
    Pending &line = pending(stream);
    // Each frame of a long line carries the time; without frames only the start of a line does.
    if (m_timestamps == Timestamps::Present && m_format == Format::Multiplexed) {
        const auto time = takeTimestamp(bytes);
        line.time = line.time ? line.time : time;
    }
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        const qsizetype length = end < 0 ? bytes.size() : end;
        line.bytes.append(bytes.data(), length);
        if (end >= 0 || line.bytes.size() > maxLine) {
            endLine(stream, records);
        }
        bytes = bytes.sliced(end < 0 ? length : length + 1);
    }
}

void LogDemuxer::endLine(LogRecord::Stream stream, std::vector<LogRecord> &records)
{
    Pending &line = pending(stream);
    QByteArrayView text(line.bytes);
    if (m_timestamps == Timestamps::Present && m_format == Format::Raw) {
        line.time = takeTimestamp(text);
    }
    if (text.endsWith('\r') && m_records == Records::Lines) {
        text.chop(1);
    }
    records.push_back({stream, line.time, QString::fromUtf8(text)});
    line = {};
}

} // namespace dockerauto::domain
