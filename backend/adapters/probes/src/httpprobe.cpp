#include "httpprobe.h"

#include <QByteArray>

#include <curl/curl.h>

#include <memory>

namespace dockerauto::probes {

using core::ErrorCode;
using core::fail;
using core::Result;
using namespace std::chrono_literals;

namespace {

/// More than a probe ever has to say; the rest is not read.
constexpr std::size_t maxBody = 64 * 1024;
constexpr std::size_t maxHeaders = 64 * 1024;

struct FreeEasy
{
    void operator()(CURL *easy) const { curl_easy_cleanup(easy); }
};
struct FreeMulti
{
    void operator()(CURLM *multi) const { curl_multi_cleanup(multi); }
};

/// Counts and throws away; ends the transfer when there is too much.
struct Counter
{
    std::size_t bytes = 0;
    std::size_t most = 0;

    static std::size_t take(char *, std::size_t size, std::size_t count, void *to)
    {
        auto &counter = *static_cast<Counter *>(to);
        counter.bytes += size * count;
        return counter.bytes > counter.most ? 0 : size * count;
    }
};

QByteArray addressOf(const QString &scheme, const QString &host, int port, const QString &path)
{
    const QString bracketed = host.contains(u':') ? u'[' + host + u']' : host;
    return QStringLiteral("%1://%2:%3").arg(scheme, bracketed).arg(port).toUtf8() + path.toUtf8();
}

void prepare(
    CURL *easy, const QByteArray &address, Counter &headers, Counter &body, const core::CallContext &context)
{
    curl_easy_setopt(easy, CURLOPT_URL, address.constData());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    // A proxy of the environment is for the outside; a container is not asked through it.
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    // The certificate of a service is made for its public name, hardly ever for a container's address. What
    // is asked is whether the service answers, nothing secret is sent and nothing of the answer is used but
    // its status.
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    const auto milliseconds = static_cast<long>(context.deadline.remaining().count());
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, std::max(milliseconds, 1L));
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, std::max(milliseconds, 1L));
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "docker-auto/" DOCKERAUTO_VERSION);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, Counter::take);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &headers);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, Counter::take);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
}

/// Drives the transfer until it is done, the deadline passes or a stop is asked for.
Result<CURLcode> drive(CURLM *multi, const core::CallContext &context)
{
    const std::stop_callback wake(context.stop, [multi] { curl_multi_wakeup(multi); });
    for (;;) {
        int running = 0;
        if (curl_multi_perform(multi, &running) != CURLM_OK) {
            return CURLE_FAILED_INIT;
        }
        int left = 0;
        while (const CURLMsg *message = curl_multi_info_read(multi, &left)) {
            if (message->msg == CURLMSG_DONE) {
                return message->data.result;
            }
        }
        DOCKERAUTO_TRY(context.check());
        const auto wait = std::min<std::chrono::milliseconds>(context.deadline.remaining() + 1ms, 1min);
        curl_multi_poll(multi, nullptr, 0, static_cast<int>(wait.count()), nullptr);
    }
}

Result<> judge(CURLcode code, long status, const QString &where)
{
    // An answer that is cut off because it is long is an answer.
    const bool answered = code == CURLE_OK || (code == CURLE_WRITE_ERROR && status > 0);
    if (answered && status >= 200 && status < 400) {
        return {};
    }
    if (answered) {
        return fail(ErrorCode::Conflict, QStringLiteral("%1 answered with status %2").arg(where).arg(status));
    }
    switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
        return fail(ErrorCode::Timeout, QStringLiteral("%1 did not answer in time").arg(where));
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
        return fail(ErrorCode::Unavailable, QStringLiteral("Nothing answers at %1").arg(where));
    case CURLE_SSL_CONNECT_ERROR:
        return fail(ErrorCode::Conflict, QStringLiteral("%1 does not speak TLS").arg(where));
    default:
        return fail(ErrorCode::Conflict, QStringLiteral("%1 answered with something that is no HTTP: %2")
                                             .arg(where, QString::fromUtf8(curl_easy_strerror(code))));
    }
}

} // namespace

Result<> askHttp(const QString &scheme, const QString &host, int port, const QString &path,
    const core::CallContext &context)
{
    const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
    const std::unique_ptr<CURLM, FreeMulti> multi(curl_multi_init());
    if (!easy || !multi) {
        return fail(ErrorCode::Internal, QStringLiteral("There is not enough memory to ask the container"));
    }
    Counter headers{.bytes = 0, .most = maxHeaders};
    Counter body{.bytes = 0, .most = maxBody};
    const QByteArray address = addressOf(scheme, host, port, path);
    prepare(easy.get(), address, headers, body, context);
    curl_multi_add_handle(multi.get(), easy.get());
    const auto code = drive(multi.get(), context);
    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_multi_remove_handle(multi.get(), easy.get());
    const QString where = QStringLiteral("%1:%2").arg(host).arg(port);
    if (!code && code.error().code == ErrorCode::Timeout) {
        return judge(CURLE_OPERATION_TIMEDOUT, 0, where);
    }
    return code ? judge(*code, status, where) : fail(code.error());
}

} // namespace dockerauto::probes
