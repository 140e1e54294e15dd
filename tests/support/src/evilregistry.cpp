#include <testsupport/evilregistry.h>

#include <QCryptographicHash>
#include <QDateTime>
#include <QLocale>

namespace dockerauto::testsupport {

namespace {

using Reply = ScriptedHttpServer::Reply;
using Request = ScriptedHttpServer::Request;

const QByteArray manifestType = QByteArrayLiteral("Content-Type: application/vnd.oci.image.manifest.v1+json");

Reply answer(int status, const QByteArrayList &fields = {}, const QByteArray &body = {})
{
    return ScriptedHttpServer::answer(status, fields, body);
}

/// With the length of a body that is not sent when only the head was asked for.
Reply headOf(const Request &request, const QByteArrayList &fields, const QByteArray &body)
{
    Reply whole = answer(200, fields, body);
    if (request.method == "HEAD") {
        whole.bytes.chop(body.size());
    }
    return whole;
}

Reply goodReply(const Request &request)
{
    if (request.target.contains("/tags/list")) {
        return answer(200, {}, R"({"name":"good/app","tags":["1","2"]})");
    }
    return headOf(request, {manifestType, "Docker-Content-Digest: " + EvilRegistry::goodDigest()},
        EvilRegistry::goodManifest());
}

QByteArray httpDateIn(qint64 seconds)
{
    const auto time = QDateTime::currentDateTimeUtc().addSecs(seconds);
    return QLocale::c().toString(time, QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'")).toLatin1();
}

/// 8 MiB of blanks in 8 KB, as gzip writes it but for the checksum at the end.
QByteArray makeGzipBomb()
{
    constexpr qsizetype size = 8 * 1024 * 1024;
    constexpr int best = 9;
    // qCompress puts four bytes of length before, zlib two of its own before and four after what is the same.
    constexpr qsizetype before = 6;
    constexpr qsizetype after = 4;
    const QByteArray packed = qCompress(QByteArray(size, ' '), best);
    const QByteArray head("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    return head + packed.mid(before, packed.size() - before - after) + QByteArray(8, '\0');
}

const QByteArray &gzipBomb()
{
    static const QByteArray bomb = makeGzipBomb();
    return bomb;
}

QByteArray manyTags()
{
    constexpr int count = 100'000;
    QByteArray body = R"({"name":"evil/many-tags","tags":["v0")";
    for (int i = 1; i < count; ++i) {
        body += ",\"v" + QByteArray::number(i) + '"';
    }
    return body + "]}";
}

Reply limitTrick(const QByteArray &trick)
{
    if (trick == "limit-seconds") {
        return answer(429, {"Retry-After: 3600"});
    }
    if (trick == "limit-date") {
        return answer(429, {"Retry-After: " + httpDateIn(3600)});
    }
    if (trick == "limit-text") {
        return answer(429, {},
            R"({"errors":[{"code":"TOOMANYREQUESTS","message":"retry-after: 1h0m0.5s, allowed: 1/hour"}]})");
    }
    return answer(429, {}, R"({"errors":[{"code":"TOOMANYREQUESTS","message":"too many requests"}]})");
}

Reply tagTrick(const QByteArray &trick, const QByteArray &otherAddress)
{
    if (trick == "many-tags") {
        return answer(200, {}, manyTags());
    }
    if (trick == "null-tags") {
        return answer(200, {}, R"({"name":"evil/null-tags","tags":null})");
    }
    const QByteArray next = trick == "link-loop" ? QByteArray("/v2/evil/link-loop/tags/list?last=a")
                                                 : otherAddress + "/v2/evil/link-elsewhere/tags/list";
    return answer(200, {"Link: <" + next + ">; rel=\"next\""}, R"({"name":"x","tags":["a"]})");
}

Reply bodyTrick(const QByteArray &trick, const Request &request)
{
    if (trick == "truncated") {
        return {"HTTP/1.1 200 OK\r\n" + manifestType + "\r\nConnection: close\r\n\r\n" +
                    (request.method == "HEAD" ? "" : "{\"schemaVersion\":2,\"conf"),
            Reply::Then::Close};
    }
    if (trick == "no-json") {
        return headOf(request, {"Content-Type: text/html"}, "<html>Please sign in</html>");
    }
    if (trick == "wrong-digest") {
        const QByteArray wrong = "Docker-Content-Digest: sha256:" + QByteArray(64, '0');
        return headOf(request, {manifestType, request.method == "HEAD" ? QByteArray("X: y") : wrong},
            EvilRegistry::goodManifest());
    }
    return headOf(request, {manifestType, "Content-Encoding: gzip"}, gzipBomb());
}

} // namespace

EvilRegistry::EvilRegistry(int port)
    : m_other([](const Request &request) {
        return request.target.startsWith("/token") ? answer(200, {}, R"({"token":"stolen"})")
                                                   : goodReply(request);
    })
    , m_server([this](const Request &request) { return reply(request); }, port)
{
    // Takes a while, which is not to be the first client's time.
    gzipBomb();
}

QByteArray EvilRegistry::goodManifest()
{
    return QByteArrayLiteral(R"({"schemaVersion":2,"config":{},"layers":[]})");
}

QByteArray EvilRegistry::goodDigest()
{
    return "sha256:" + QCryptographicHash::hash(goodManifest(), QCryptographicHash::Sha256).toHex();
}

QByteArray EvilRegistry::otherAddress() const
{
    return "http://localhost:" + QByteArray::number(m_other.port());
}

Reply EvilRegistry::reply(const Request &request) const
{
    if (request.target == "/v2/") {
        return answer(200, {}, "{}");
    }
    if (request.target.startsWith("/token")) {
        return answer(200, {}, R"({"token":"useless","expires_in":300})");
    }
    const QByteArrayList parts = request.target.split('/');
    if (parts.value(2) == "good") {
        return goodReply(request);
    }
    return parts.value(2) == "evil" ? misbehave(parts.value(3), request) : answer(404);
}

Reply EvilRegistry::signInTrick(const QByteArray &trick, const Request &request) const
{
    if (trick == "foreign-redirect") {
        return request.field("Authorization").isEmpty()
                   ? answer(401, {"WWW-Authenticate: Basic realm=\"evil\""})
                   : answer(307, {"Location: " + otherAddress() + request.target});
    }
    const QByteArray realm = trick == "foreign-realm"
                                 ? QByteArray(otherAddress() + "/token")
                                 : QByteArray("http://" + request.field("Host") + "/token");
    return answer(401, {"WWW-Authenticate: Bearer realm=\"" + realm + "\",service=\"evil\""});
}

Reply EvilRegistry::misbehave(const QByteArray &trick, const Request &request) const
{
    if (trick == "endless-401" || trick.startsWith("foreign-")) {
        return signInTrick(trick, request);
    }
    if (trick.startsWith("limit-")) {
        return limitTrick(trick);
    }
    if (trick.startsWith("status-")) {
        return answer(trick.mid(7).toInt());
    }
    if (trick == "hang") {
        return {{}, Reply::Then::Hang};
    }
    if (trick == "drip") {
        return {
            "HTTP/1.1 200 OK\r\n" + manifestType + "\r\nContent-Length: 1000000\r\nX: ", Reply::Then::Drip};
    }
    if (trick.endsWith("-tags") || trick.startsWith("link-")) {
        return request.target.contains("/tags/list") ? tagTrick(trick, otherAddress()) : goodReply(request);
    }
    if (trick == "huge-headers") {
        const QByteArray line = "X-Evil: " + QByteArray(1000, 'x') + "\r\n";
        return {"HTTP/1.1 200 OK\r\n" + line.repeated(100) + "Content-Length: 0\r\n\r\n"};
    }
    if (trick == "truncated" || trick == "no-json" || trick == "wrong-digest" || trick == "gzip-bomb") {
        return bodyTrick(trick, request);
    }
    return answer(404);
}

} // namespace dockerauto::testsupport
