#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>
#include <vector>

namespace dockerauto::api {

/// How much of a request head is read before it is refused.
struct HeadLimits
{
    /// Without its line end; more is 414.
    qsizetype requestLine = 8 * 1024;
    /// All header lines together; more is 431.
    qsizetype headers = 32 * 1024;
    /// More is 431.
    std::size_t fields = 100;
    /// Announced by Content-Length; more is 413.
    qint64 body = 1024 * 1024;
};

struct HeaderField
{
    QByteArray name;
    /// Without blanks around it.
    QByteArray value;
};

/// Line and header of a request that has been found valid.
struct RequestHead
{
    QByteArray method;
    /// Origin form: what stands after the authority of an absolute one; `*` for OPTIONS of the whole server.
    QByteArray target;
    /// `target` up to the `?`, still percent-encoded.
    QByteArray path;
    /// `target` after the `?`, still percent-encoded.
    QByteArray query;
    QByteArray host;
    std::vector<HeaderField> fields;
    qint64 contentLength = 0;
    bool keepAlive = true;
    bool expectsContinue = false;
    /// A GET that asks for a WebSocket.
    bool webSocket = false;

    /// The value of the first field of that name, in any case.
    [[nodiscard]] std::optional<QByteArray> field(QByteArrayView name) const;
};

/// Reads the head of one HTTP/1 request as RFC 9112 and RFC 9110 define it, and nothing else: what could be
/// read in two ways is refused. Needs no socket and no thread.
class RequestHeadReader
{
public:
    enum class State
    {
        Incomplete,
        Complete,
        Refused
    };
    struct Problem
    {
        /// 400, 411, 413, 414, 417, 431 or 501. The connection cannot go on after any of them.
        int status = 400;
        /// One sentence for the developer of the client.
        QString message;
    };

    explicit RequestHeadReader(HeadLimits limits = {}) : m_limits(limits) {}

    /// `bytes` is everything of this request that has come so far, from its first byte; earlier bytes stay as
    /// they were. Looks only at what is new.
    State read(QByteArrayView bytes);

    /// When complete.
    [[nodiscard]] const RequestHead &head() const { return m_head; }
    /// When complete: how many bytes the head takes, its empty line included.
    [[nodiscard]] qsizetype size() const { return m_position; }
    /// When refused.
    [[nodiscard]] const Problem &problem() const { return m_problem; }

private:
    State refuse(int status, const QString &message);
    State readLine(QByteArrayView line);
    State readRequestLine(QByteArrayView line);
    State readTarget(QByteArrayView target);
    State readField(QByteArrayView line);
    State finish();
    State readFraming();
    State readConnection();

    HeadLimits m_limits;
    RequestHead m_head;
    Problem m_problem;
    /// Start of the line that is being read.
    qsizetype m_position = 0;
    /// Up to here no line end was found.
    qsizetype m_searched = 0;
    qsizetype m_headerStart = 0;
    QByteArray m_targetAuthority;
    int m_minorVersion = 1;
    bool m_requestLineRead = false;
    bool m_blankLineSkipped = false;
    State m_state = State::Incomplete;
};

} // namespace dockerauto::api
