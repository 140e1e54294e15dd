#pragma once

#include <core/result.h>
#include <domain/enginestream.h>

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <vector>

namespace dockerauto::domain {

/// Reads the log stream of an engine, fed in pieces of any size (Docker Engine API, "Attach to a container",
/// section "Stream format"). Not thread-safe.
class LogDemuxer
{
public:
    enum class Format
    {
        /// Frames with a header of eight bytes: a container without a terminal.
        Multiplexed,
        /// The bytes themselves, all of them standard output: a container with a terminal.
        Raw,
    };
    /// Whether the engine was asked to put the time in front of each message.
    enum class Timestamps
    {
        Absent,
        Present
    };
    enum class Records
    {
        /// One record a line, without its line end.
        Lines,
        /// The text as it comes, a frame at a time, line ends included.
        Pieces,
    };

    explicit LogDemuxer(
        Format format, Timestamps timestamps = Timestamps::Absent, Records records = Records::Lines);

    /// Appends to `records` what is complete now. Fails with Corrupt when the bytes are no log stream, with
    /// Internal and the engine's own words when it reports an error inside the stream; records that came
    /// before are there. After a failure nothing more can be read.
    core::Result<> feed(QByteArrayView bytes, std::vector<LogRecord> &records);
    /// The stream has ended: appends lines that have no line end. A frame that was cut is dropped.
    void finish(std::vector<LogRecord> &records);

private:
    struct Pending
    {
        QByteArray bytes;
        std::optional<core::Timestamp> time;
    };

    core::Result<> feedFrame(int stream, QByteArrayView payload, std::vector<LogRecord> &records);
    void take(LogRecord::Stream stream, QByteArrayView bytes, std::vector<LogRecord> &records);
    void takePiece(LogRecord::Stream stream, QByteArrayView bytes, std::vector<LogRecord> &records);
    void takeLines(LogRecord::Stream stream, QByteArrayView bytes, std::vector<LogRecord> &records);
    void endLine(LogRecord::Stream stream, std::vector<LogRecord> &records);
    Pending &pending(LogRecord::Stream stream) { return m_pending[static_cast<std::size_t>(stream)]; }

    Format m_format;
    Timestamps m_timestamps;
    Records m_records;
    /// Bytes of a frame that is not complete yet.
    QByteArray m_frame;
    std::array<Pending, 2> m_pending;
};

} // namespace dockerauto::domain
