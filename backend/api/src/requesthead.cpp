#include "api/requesthead.h"

#include <QList>

#include <algorithm>
#include <array>

namespace dockerauto::api {
namespace {

using State = RequestHeadReader::State;

bool isAlphaNumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// RFC 9110, section 5.6.2.
bool isTokenChar(char c)
{
    return isAlphaNumeric(c) ||
           (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), &isTokenChar);
}

/// unreserved and sub-delims of RFC 3986.
bool isPlainUriChar(char c)
{
    return isAlphaNumeric(c) ||
           (c != '\0' && std::string_view("-._~!$&'()*+,;=").find(c) != std::string_view::npos);
}

/// Checks characters and percent encodings; an encoded NUL has no honest use.
bool isEncodedText(QByteArrayView text, std::string_view also)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size() || !isHex(text[i + 1]) || !isHex(text[i + 2])) {
                return false;
            }
            if (text[i + 1] == '0' && text[i + 2] == '0') {
                return false;
            }
            i += 2;
        } else if (!isPlainUriChar(c) && (c == '\0' || also.find(c) == std::string_view::npos)) {
            return false;
        }
    }
    return true;
}

bool isPort(QByteArrayView text)
{
    return text.size() <= 5 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// uri-host [ ":" port ] with a host that is not empty (RFC 9110, section 4.2).
bool isAuthority(QByteArrayView text)
{
    QByteArrayView host = text;
    if (text.startsWith('[')) {
        const qsizetype end = text.indexOf(']');
        if (end < 3) {
            return false;
        }
        const QByteArrayView address = text.sliced(1, end - 1);
        const bool valid = std::all_of(
            address.begin(), address.end(), [](char c) { return isHex(c) || c == ':' || c == '.'; });
        const QByteArrayView rest = text.sliced(end + 1);
        return valid && (rest.isEmpty() || (rest.startsWith(':') && isPort(rest.sliced(1))));
    }
    if (const qsizetype colon = text.indexOf(':'); colon >= 0) {
        if (!isPort(text.sliced(colon + 1))) {
            return false;
        }
        host = text.first(colon);
    }
    return !host.isEmpty() && isEncodedText(host, {});
}

bool equalIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

/// The parts of a comma-separated list, trimmed and in lower case, of all fields of that name.
QList<QByteArray> listOf(const RequestHead &head, QByteArrayView name)
{
    QList<QByteArray> parts;
    for (const HeaderField &field : head.fields) {
        if (equalIgnoringCase(field.name, name)) {
            for (const QByteArray &part : field.value.split(',')) {
                parts.append(part.trimmed().toLower());
            }
        }
    }
    return parts;
}

std::size_t countOf(const RequestHead &head, QByteArrayView name)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        head.fields, [name](const HeaderField &field) { return equalIgnoringCase(field.name, name); }));
}

constexpr std::array<std::string_view, 7> knownMethods{
    "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"};

} // namespace

std::optional<QByteArray> RequestHead::field(QByteArrayView name) const
{
    const auto found = std::ranges::find_if(
        fields, [name](const HeaderField &candidate) { return equalIgnoringCase(candidate.name, name); });
    return found == fields.end() ? std::nullopt : std::optional(found->value);
}

State RequestHeadReader::refuse(int status, const QString &message)
{
    m_problem = {status, message};
    m_state = State::Refused;
    return m_state;
}

State RequestHeadReader::read(QByteArrayView bytes)
{
    while (m_state == State::Incomplete) {
        const qsizetype end = bytes.indexOf('\n', m_searched);
        const qsizetype lineSize = (end < 0 ? bytes.size() : end) - m_position;
        if (!m_requestLineRead && lineSize > m_limits.requestLine + 1) {
            return refuse(
                414, QStringLiteral("The request line is longer than %1 bytes").arg(m_limits.requestLine));
        }
        if (m_requestLineRead && m_position + lineSize - m_headerStart > m_limits.headers) {
            return refuse(431, QStringLiteral("The header is larger than %1 bytes").arg(m_limits.headers));
        }
        if (end < 0) {
            m_searched = bytes.size();
            return m_state;
        }
        // RFC 9112, section 2.2, lets a server take a bare LF as a line end; others on the way may not, and
        // then two readers see two different requests.
        if (lineSize == 0 || bytes[end - 1] != '\r') {
            return refuse(400, QStringLiteral("A line ends without a carriage return"));
        }
        const QByteArrayView line = bytes.sliced(m_position, lineSize - 1);
        m_position = end + 1;
        m_searched = m_position;
        readLine(line);
    }
    return m_state;
}

State RequestHeadReader::readLine(QByteArrayView line)
{
    const bool hasControl = std::any_of(line.begin(), line.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7f;
    });
    if (hasControl) {
        return refuse(400, QStringLiteral("The head contains a control character"));
    }
    if (m_requestLineRead) {
        return line.isEmpty() ? finish() : readField(line);
    }
    if (line.isEmpty()) {
        // RFC 9112, section 2.2: one empty line before a request is to be ignored.
        if (m_blankLineSkipped) {
            return refuse(400, QStringLiteral("Empty lines stand where a request should begin"));
        }
        m_blankLineSkipped = true;
        return m_state;
    }
    m_requestLineRead = true;
    m_headerStart = m_position;
    return readRequestLine(line);
}

State RequestHeadReader::readRequestLine(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first <= 0 || last == first) {
        return refuse(400, QStringLiteral("The request line is not “method target version”"));
    }
    const QByteArrayView method = line.first(first);
    const QByteArrayView version = line.sliced(last + 1);
    if (!isToken(method)) {
        return refuse(400, QStringLiteral("The method is not a word"));
    }
    if (version != QByteArrayView("HTTP/1.1") && version != QByteArrayView("HTTP/1.0")) {
        return refuse(400, QStringLiteral("Only HTTP/1.1 and HTTP/1.0 are spoken here"));
    }
    m_minorVersion = version.back() - '0';
    m_head.method = method.toByteArray();
    return readTarget(line.sliced(first + 1, last - first - 1));
}

State RequestHeadReader::readTarget(QByteArrayView target)
{
    if (target == QByteArrayView("*") && m_head.method == "OPTIONS") {
        m_head.target = m_head.path = "*";
        return m_state;
    }
    QByteArrayView origin = target;
    for (const QByteArrayView scheme : {QByteArrayView("http://"), QByteArrayView("https://")}) {
        if (target.size() > scheme.size() && equalIgnoringCase(target.first(scheme.size()), scheme)) {
            const QByteArrayView rest = target.sliced(scheme.size());
            const qsizetype end =
                std::min({rest.size(), rest.indexOf('/') < 0 ? rest.size() : rest.indexOf('/'),
                    rest.indexOf('?') < 0 ? rest.size() : rest.indexOf('?')});
            m_targetAuthority = rest.first(end).toByteArray();
            origin = rest.sliced(end);
            if (!isAuthority(m_targetAuthority)) {
                return refuse(400, QStringLiteral("The target names no valid host"));
            }
        }
    }
    QByteArray normal = origin.toByteArray();
    if (!m_targetAuthority.isEmpty() && !normal.startsWith('/')) {
        normal.prepend('/');
    }
    // CONNECT has a target of its own form; it is answered by its method, when the head is known to be sound.
    if (m_head.method == "CONNECT" && isAuthority(target)) {
        m_head.target = target.toByteArray();
        return m_state;
    }
    const qsizetype mark = normal.indexOf('?');
    m_head.path = mark < 0 ? normal : normal.left(mark);
    m_head.query = mark < 0 ? QByteArray() : normal.mid(mark + 1);
    if (!m_head.path.startsWith('/') || !isEncodedText(m_head.path, ":@/") ||
        !isEncodedText(m_head.query, ":@/?")) {
        return refuse(400, QStringLiteral("The target is not a valid path and query"));
    }
    m_head.target = normal;
    return m_state;
}

State RequestHeadReader::readField(QByteArrayView line)
{
    if (m_head.fields.size() >= m_limits.fields) {
        return refuse(431, QStringLiteral("The header has more than %1 fields").arg(m_limits.fields));
    }
    if (line.front() == ' ' || line.front() == '\t') {
        return refuse(400, QStringLiteral("A header line is folded"));
    }
    const qsizetype colon = line.indexOf(':');
    if (colon < 0 || !isToken(line.first(colon))) {
        return refuse(400, QStringLiteral("A header line is not “name: value”"));
    }
    m_head.fields.push_back(
        {line.first(colon).toByteArray(), line.sliced(colon + 1).trimmed().toByteArray()});
    return m_state;
}

State RequestHeadReader::finish()
{
    const std::size_t hosts = countOf(m_head, "host");
    if (hosts > 1 || (hosts == 0 && m_minorVersion == 1)) {
        return refuse(400, QStringLiteral("A request needs exactly one Host"));
    }
    m_head.host = m_head.field("host").value_or(QByteArray());
    if (hosts == 1 && !isAuthority(m_head.host)) {
        return refuse(400, QStringLiteral("The Host is not valid"));
    }
    if (!m_targetAuthority.isEmpty() && hosts == 1 && !equalIgnoringCase(m_targetAuthority, m_head.host)) {
        return refuse(400, QStringLiteral("Target and Host name different servers"));
    }
    for (const char *single : {"content-type", "authorization", "expect", "origin", "if-none-match",
             "upgrade", "sec-websocket-key", "sec-websocket-version"}) {
        if (countOf(m_head, single) > 1) {
            return refuse(400, QStringLiteral("The header “%1” stands twice").arg(QLatin1String(single)));
        }
    }
    if (readFraming() == State::Refused || readConnection() == State::Refused) {
        return m_state;
    }
    if (std::ranges::find(knownMethods,
            std::string_view(m_head.method.constData(), static_cast<std::size_t>(m_head.method.size()))) ==
        knownMethods.end()) {
        return refuse(501, QStringLiteral("This method is not known here"));
    }
    m_state = State::Complete;
    return m_state;
}

State RequestHeadReader::readFraming()
{
    const std::size_t lengths = countOf(m_head, "content-length");
    if (countOf(m_head, "transfer-encoding") > 0) {
        const auto codings = listOf(m_head, "transfer-encoding");
        if (lengths > 0 || m_minorVersion == 0) {
            return refuse(400, QStringLiteral("The length of the body is given in two ways"));
        }
        if (codings.size() == 1 && codings.front() == "chunked") {
            return refuse(411, QStringLiteral("Send the body with a Content-Length; chunks are not taken"));
        }
        return refuse(codings.contains("chunked") || codings.contains("") ? 400 : 501,
            QStringLiteral("This transfer coding is not taken"));
    }
    if (lengths == 0) {
        return m_state;
    }
    const QByteArray length = m_head.field("content-length").value_or(QByteArray());
    const bool digits =
        std::all_of(length.begin(), length.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (lengths > 1 || length.isEmpty() || !digits) {
        return refuse(400, QStringLiteral("A request may have one Content-Length, a whole number"));
    }
    bool fits = false;
    m_head.contentLength = length.toLongLong(&fits);
    if (!fits || m_head.contentLength > m_limits.body) {
        return refuse(413, QStringLiteral("The body is larger than %1 bytes").arg(m_limits.body));
    }
    return m_state;
}

State RequestHeadReader::readConnection()
{
    const auto options = listOf(m_head, "connection");
    m_head.keepAlive = m_minorVersion == 1 ? !options.contains("close")
                                           : options.contains("keep-alive") && !options.contains("close");
    if (const auto expect = m_head.field("expect")) {
        if (!equalIgnoringCase(*expect, "100-continue")) {
            return refuse(417, QStringLiteral("Only “Expect: 100-continue” can be met"));
        }
        m_head.expectsContinue = m_minorVersion == 1 && m_head.contentLength > 0;
    }
    m_head.webSocket = m_head.method == "GET" && m_minorVersion == 1 && m_head.contentLength == 0 &&
                       options.contains("upgrade") && listOf(m_head, "upgrade").contains("websocket");
    return m_state;
}

} // namespace dockerauto::api
