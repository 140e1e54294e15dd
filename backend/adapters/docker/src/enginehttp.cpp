#include "enginehttp.h"

#include "engineerrors.h"

#include <QFile>

#include <curl/curl.h>

#include <algorithm>

namespace dockerauto::docker {

using namespace std::chrono_literals;

/// One easy handle in a multi handle of its own: the multi handle keeps the connection between calls and can
/// be woken from other threads.
class CurlSlot
{
public:
    CurlSlot() : m_multi(curl_multi_init()), m_easy(curl_easy_init())
    {
        curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, 1L);
    }
    ~CurlSlot()
    {
        curl_easy_cleanup(m_easy);
        curl_multi_cleanup(m_multi);
    }
    CurlSlot(const CurlSlot &) = delete;
    CurlSlot &operator=(const CurlSlot &) = delete;

    [[nodiscard]] CURLM *multi() const { return m_multi; }
    [[nodiscard]] CURL *easy() const { return m_easy; }

private:
    CURLM *m_multi;
    CURL *m_easy;
};

namespace {

/// The lines that are sent before the body; overwritten when done with, as one may hold credentials.
class HeaderLines
{
public:
    HeaderLines() = default;
    ~HeaderLines()
    {
        for (curl_slist *line = m_lines; line; line = line->next) {
            volatile char *byte = line->data;
            while (*byte != '\0') {
                *byte = '\0';
                ++byte;
            }
        }
        curl_slist_free_all(m_lines);
    }
    HeaderLines(const HeaderLines &) = delete;
    HeaderLines &operator=(const HeaderLines &) = delete;

    void add(const QByteArray &line) { m_lines = curl_slist_append(m_lines, line.constData()); }
    [[nodiscard]] curl_slist *get() const { return m_lines; }

private:
    curl_slist *m_lines = nullptr;
};

/// One request and its answer.
class Transfer
{
public:
    Transfer(CurlSlot &slot, const EngineAddress &address, const HttpRequest &request, qint64 maxAnswerBytes,
        const HttpStream *stream);
    ~Transfer();
    Transfer(const Transfer &) = delete;
    Transfer &operator=(const Transfer &) = delete;

    core::Result<HttpResponse> run(const core::CallContext &context);

private:
    void configure();
    void configureAddress();
    void configureBody();

    static size_t onHeader(char *data, size_t, size_t size, void *self);
    static size_t onBody(char *data, size_t, size_t size, void *self);
    static size_t onUpload(char *buffer, size_t, size_t size, void *self);
    void takeHeader(QByteArray line);
    bool takeBody(std::string_view bytes);
    size_t giveUpload(char *buffer, size_t size);

    /// Hands out what has arrived. Outside of libcurl's callbacks, so that the receiver may take its time.
    core::Result<> deliver();
    /// Empty while the transfer is under way.
    std::optional<CURLcode> finished();
    core::Result<> check(const core::CallContext &context) const;
    [[nodiscard]] int waitMilliseconds(const core::CallContext &context) const;
    [[nodiscard]] core::Failure failure(CURLcode code) const;
    /// An engine that has answered need not take the rest of what is sent to it.
    [[nodiscard]] bool answeredEarly(CURLcode code) const
    {
        return m_request.upload && m_headersDone && code == CURLE_SEND_ERROR;
    }
    [[nodiscard]] bool streams() const { return m_stream && m_response.status / 100 == 2; }

    CurlSlot &m_slot;
    const EngineAddress &m_address;
    const HttpRequest &m_request;
    qint64 m_maxAnswerBytes;
    const HttpStream *m_stream;
    HeaderLines m_lines;

    HttpResponse m_response;
    bool m_headersDone = false;
    bool m_opened = false;
    bool m_tooLong = false;
    QByteArray m_outgoing;
    qsizetype m_outgoingDone = 0;
    bool m_uploadEnded = false;
    std::optional<core::Error> m_uploadError;
    core::Deadline::Clock::time_point m_lastByte = core::Deadline::Clock::now();
};

Transfer::Transfer(CurlSlot &slot, const EngineAddress &address, const HttpRequest &request,
    qint64 maxAnswerBytes, const HttpStream *stream)
    : m_slot(slot), m_address(address), m_request(request), m_maxAnswerBytes(maxAnswerBytes), m_stream(stream)
{
    curl_easy_reset(m_slot.easy());
    configure();
    configureAddress();
    configureBody();
    curl_multi_add_handle(m_slot.multi(), m_slot.easy());
}

Transfer::~Transfer()
{
    // Ends the transfer; libcurl closes a connection whose answer was not read to its end.
    curl_multi_remove_handle(m_slot.multi(), m_slot.easy());
    curl_easy_reset(m_slot.easy());
}

void Transfer::configure()
{
    CURL *easy = m_slot.easy();
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    // A name that is looked up in vain must not hold up a cancelled call.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    const bool repeatable = m_request.method == "GET" || m_request.method == "HEAD";
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, repeatable ? 0L : 1L);
}

void Transfer::configureAddress()
{
    CURL *easy = m_slot.easy();
    QByteArray url = "http://localhost";
    if (m_address.transport == EngineAddress::Transport::UnixSocket) {
        curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, QFile::encodeName(m_address.socketPath).constData());
    } else {
        const QByteArray host = m_address.host.toUtf8();
        url = m_address.tls ? "https://" : "http://";
        url += host.contains(':') ? QByteArray('[' + host + ']') : host;
        url += ':' + QByteArray::number(m_address.port);
    }
    if (m_address.tls) {
        curl_easy_setopt(easy, CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
        curl_easy_setopt(easy, CURLOPT_CAINFO, QFile::encodeName(m_address.tls->authority).constData());
        curl_easy_setopt(easy, CURLOPT_SSLCERT, QFile::encodeName(m_address.tls->certificate).constData());
        curl_easy_setopt(easy, CURLOPT_SSLKEY, QFile::encodeName(m_address.tls->key).constData());
    }
    url += m_request.target;
    curl_easy_setopt(easy, CURLOPT_URL, url.constData());
}

void Transfer::configureBody()
{
    CURL *easy = m_slot.easy();
    m_lines.add("Expect:");
    m_lines.add("User-Agent: docker-auto/" DOCKERAUTO_VERSION);
    if (m_request.method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else if (m_request.method == "POST") {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, m_request.body ? m_request.body->c_str() : "");
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
            m_request.body ? curl_off_t(m_request.body->size()) : curl_off_t(0));
        // Without a line of ours libcurl would call the body a form.
        m_lines.add(m_request.body ? "Content-Type: application/json" : "Content-Type:");
    } else if (m_request.upload) {
        curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, 128L * 1024);
        curl_easy_setopt(easy, CURLOPT_READFUNCTION, &Transfer::onUpload);
        curl_easy_setopt(easy, CURLOPT_READDATA, this);
        m_lines.add("Transfer-Encoding: chunked");
        m_lines.add("Content-Type: application/x-tar");
    } else if (m_request.method != "GET") {
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, m_request.method.constData());
    }
    for (const QByteArray &line : m_request.headers) {
        m_lines.add(line);
    }
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, m_lines.get());
}

size_t Transfer::onHeader(char *data, size_t, size_t size, void *self)
{
    static_cast<Transfer *>(self)->takeHeader(QByteArray(data, qsizetype(size)));
    return size;
}

size_t Transfer::onBody(char *data, size_t, size_t size, void *self)
{
    return static_cast<Transfer *>(self)->takeBody({data, size}) ? size : 0;
}

size_t Transfer::onUpload(char *buffer, size_t, size_t size, void *self)
{
    return static_cast<Transfer *>(self)->giveUpload(buffer, size);
}

size_t Transfer::giveUpload(char *buffer, size_t size)
{
    if (m_outgoingDone == m_outgoing.size() && !m_uploadEnded) {
        auto next = (*m_request.upload)();
        if (!next) {
            m_uploadError = std::move(next.error());
            return CURL_READFUNC_ABORT;
        }
        m_outgoing = std::move(*next);
        m_outgoingDone = 0;
        m_uploadEnded = m_outgoing.isEmpty();
    }
    const size_t count = std::min(size, size_t(m_outgoing.size() - m_outgoingDone));
    std::copy_n(m_outgoing.constData() + m_outgoingDone, count, buffer);
    m_outgoingDone += qsizetype(count);
    return count;
}

void Transfer::takeHeader(QByteArray line)
{
    m_lastByte = core::Deadline::Clock::now();
    if (line.startsWith("HTTP/")) {
        // An answer 100 is followed by the real one.
        m_response.headers.clear();
        m_headersDone = false;
        return;
    }
    line = line.trimmed();
    if (!line.isEmpty()) {
        const qsizetype colon = line.indexOf(':');
        m_response.headers[line.left(colon).toLower()] = line.mid(colon + 1).trimmed();
        return;
    }
    long status = 0;
    curl_easy_getinfo(m_slot.easy(), CURLINFO_RESPONSE_CODE, &status);
    m_response.status = int(status);
    m_headersDone = status >= 200;
}

bool Transfer::takeBody(std::string_view bytes)
{
    m_lastByte = core::Deadline::Clock::now();
    m_tooLong = !streams() && m_response.body.size() + qsizetype(bytes.size()) > m_maxAnswerBytes;
    if (!m_tooLong) {
        m_response.body.append(bytes.data(), qsizetype(bytes.size()));
    }
    return !m_tooLong;
}

core::Result<> Transfer::deliver()
{
    if (!m_headersDone || !streams()) {
        return {};
    }
    if (!m_opened) {
        m_opened = true;
        if (m_stream->opened) {
            m_stream->opened(m_response);
        }
    }
    if (m_response.body.isEmpty()) {
        return {};
    }
    const QByteArray bytes = std::exchange(m_response.body, {});
    return m_stream->received({bytes.constData(), size_t(bytes.size())});
}

std::optional<CURLcode> Transfer::finished()
{
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_slot.multi(), &left)) {
        if (message->msg == CURLMSG_DONE) {
            return message->data.result;
        }
    }
    return std::nullopt;
}

core::Result<> Transfer::check(const core::CallContext &context) const
{
    if (context.stop.stop_requested()) {
        return core::fail(core::ErrorCode::Cancelled, QStringLiteral("The work was cancelled"));
    }
    const bool silent = m_stream && m_stream->maxSilence &&
                        core::Deadline::Clock::now() - m_lastByte >= *m_stream->maxSilence;
    if (context.deadline.passed() || silent) {
        return core::fail(timeoutError(m_address));
    }
    return {};
}

int Transfer::waitMilliseconds(const core::CallContext &context) const
{
    // Rounded up by one, for else the last part of a millisecond would be spent in a spin.
    auto wait = std::min<std::chrono::milliseconds>(context.deadline.remaining() + 1ms, 60s);
    if (m_stream && m_stream->maxSilence) {
        const auto silence = core::Deadline::Clock::now() - m_lastByte;
        wait = std::min(wait,
            std::chrono::duration_cast<std::chrono::milliseconds>(*m_stream->maxSilence - silence) + 1ms);
    }
    return int(std::max<std::chrono::milliseconds>(wait, 0ms).count());
}

core::Failure Transfer::failure(CURLcode code) const
{
    if (m_uploadError) {
        return core::fail(*m_uploadError);
    }
    if (m_tooLong) {
        return core::fail(core::ErrorCode::Corrupt,
            QStringLiteral("The Docker Engine at %1 answered with more than %2 MiB.")
                .arg(m_address.display())
                .arg(m_maxAnswerBytes / (1024 * 1024)));
    }
    long systemError = 0;
    curl_easy_getinfo(m_slot.easy(), CURLINFO_OS_ERRNO, &systemError);
    return core::fail(transportError(m_address, code, int(systemError)));
}

core::Result<HttpResponse> Transfer::run(const core::CallContext &context)
{
    const std::stop_callback wake(context.stop, [this] { curl_multi_wakeup(m_slot.multi()); });
    for (;;) {
        DOCKERAUTO_TRY(check(context));
        int running = 0;
        curl_multi_perform(m_slot.multi(), &running);
        DOCKERAUTO_TRY(deliver());
        if (const auto code = finished()) {
            if (*code != CURLE_OK && !answeredEarly(*code)) {
                return failure(*code);
            }
            return std::move(m_response);
        }
        curl_multi_poll(m_slot.multi(), nullptr, 0, waitMilliseconds(context), nullptr);
    }
}

} // namespace

QByteArray HttpResponse::header(const QByteArray &name) const
{
    const auto found = headers.find(name);
    return found == headers.end() ? QByteArray() : found->second;
}

EngineHttp::EngineHttp(EngineAddress address, HttpLimits limits)
    : m_address(std::move(address)), m_limits(limits)
{
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    Q_UNUSED(started)
}

EngineHttp::~EngineHttp() = default;

core::Result<HttpResponse> EngineHttp::send(
    const HttpRequest &request, const core::CallContext &context, const HttpStream *stream)
{
    auto slot = takeSlot();
    auto response = Transfer(*slot, m_address, request, m_limits.maxAnswerBytes, stream).run(context);
    giveBack(std::move(slot));
    return response;
}

std::unique_ptr<CurlSlot> EngineHttp::takeSlot()
{
    const std::scoped_lock lock(m_mutex);
    if (m_idle.empty()) {
        return std::make_unique<CurlSlot>();
    }
    // The one used last, so that the others grow old and none is kept without need.
    auto slot = std::move(m_idle.back());
    m_idle.pop_back();
    return slot;
}

void EngineHttp::giveBack(std::unique_ptr<CurlSlot> slot)
{
    const std::scoped_lock lock(m_mutex);
    if (int(m_idle.size()) < m_limits.maxIdleConnections) {
        m_idle.push_back(std::move(slot));
    }
}

} // namespace dockerauto::docker
