#include "registrytransport.h"

#include "registryaddress.h"

namespace dockerauto::registry {

using core::CallContext;
using core::ErrorCode;
using Method = HttpRequest::Method;
using Reach = HttpRequest::Reach;
using Kind = TransportError::Kind;

namespace {

constexpr int maxRedirects = 5;
/// How often one request is sent again after 429.
constexpr int mostRepeats = 6;
/// A registry that takes longer for an answer keeps others from their turn.
constexpr std::chrono::seconds longestAttempt{25};
/// Who gives a host less time than that learns nothing about it.
constexpr std::chrono::seconds fairTime{1};
constexpr int tooManyRequests = 429;
constexpr int serverErrors = 500;

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

QUrl urlOf(const char *scheme, const QString &host, const QString &path = {})
{
    return QUrl(QLatin1String(scheme) + host + path, QUrl::StrictMode);
}

/// Host and port, also where the URL leaves the port out.
QString authorityOf(const QUrl &url)
{
    return QStringLiteral("%1:%2").arg(url.host().toLower()).arg(portOf(url));
}

TransportError unsafe(const QString &sentence, const QUrl &url)
{
    return {core::Error{ErrorCode::Unavailable, sentence, {}, nullptr}, Kind::Other, url};
}

} // namespace

RegistryTransport::RegistryTransport(ports::RegistryOptionsSource options, const core::Clock &clock)
    : m_options(std::move(options)), m_clock(clock), m_traffic(clock)
{
}

ports::RegistryOptions RegistryTransport::optionsOf(const QString &registry) const
{
    return m_options ? m_options(registry) : ports::RegistryOptions();
}

bool RegistryTransport::isPlainAllowed(const QString &registry) const
{
    return isLoopback(apiHost(registry)) || optionsOf(registry).insecure;
}

bool RegistryTransport::isOwn(const QString &registry, const HttpResponse &response)
{
    const QUrl own =
        urlOf(response.url.scheme() == QLatin1String("http") ? "http://" : "https://", apiHost(registry));
    return authorityOf(own) == authorityOf(response.url);
}

/// The registry's own authorities vouch also for those that it refers to; that its certificate does not
/// matter is said of itself alone.
Trust RegistryTransport::trustFor(const QString &registry, const QUrl &url) const
{
    const auto own = optionsOf(registry);
    const bool isOwnHost = url.host() == urlOf("https://", apiHost(registry)).host();
    const bool insecure = isOwnHost ? own.insecure : optionsOf(url.authority()).insecure;
    return {!insecure, own.caCertificates};
}

/// Points the request at where the response sends it.
std::optional<core::Error> RegistryTransport::redirect(
    HttpRequest &request, const HttpResponse &response, bool plainAllowed) const
{
    const QUrl from = request.url;
    const QUrl to = from.resolved(QUrl::fromEncoded(response.header("location"), QUrl::StrictMode));
    const bool secure = to.scheme() == QLatin1String("https");
    const bool stillPlain = to.scheme() == QLatin1String("http") && from.scheme() == QLatin1String("http") &&
                            plainAllowed && isPlainAllowed(to.authority());
    if (!to.isValid() || to.host().isEmpty() || !to.userInfo().isEmpty() || (!secure && !stillPlain)) {
        return core::Error{ErrorCode::Unavailable,
            QStringLiteral("%1 redirects to an address that is not safe to follow.").arg(from.host()), {},
            nullptr};
    }
    if (originOf(to) != originOf(from)) {
        request.authorization.clear();
        request.reach = response.peerIsPublic ? Reach::PublicOnly : request.reach;
    }
    request.url = to;
    return std::nullopt;
}

RegistryTransport::Reply RegistryTransport::follow(
    HttpRequest request, const QString &registry, bool plainAllowed, const CallContext &context)
{
    for (int hop = 0;; ++hop) {
        request.trust = trustFor(registry, request.url);
        auto response = m_client.send(request, context);
        // A form holds a secret and goes nowhere else.
        if (!response || !isRedirect(response->status) || request.method == Method::Post) {
            return response;
        }
        if (hop == maxRedirects) {
            return tl::unexpected(
                unsafe(QStringLiteral("%1 redirects again and again.").arg(request.url.host()), request.url));
        }
        if (auto error = redirect(request, *response, plainAllowed)) {
            return tl::unexpected(TransportError{std::move(*error), Kind::Other, request.url});
        }
    }
}

RegistryTransport::Reply RegistryTransport::secureOrPlain(const QString &registry, const QString &host,
    const QString &path, HttpRequest &request, const CallContext &context)
{
    const bool plainAllowed = isPlainAllowed(registry);
    bool usePlain = false;
    {
        const std::scoped_lock lock(m_mutex);
        usePlain = plainAllowed && m_plain.contains(host);
    }
    const auto attempt = [&](const char *scheme) {
        request.url = urlOf(scheme, host, path);
        return follow(request, registry, plainAllowed, context);
    };
    auto response = attempt(usePlain ? "http://" : "https://");
    if (!response && !usePlain && plainAllowed) {
        const auto kind = response.error().kind;
        const bool hasPort = urlOf("https://", host).port() != -1;
        if (kind == Kind::NoTls || (kind == Kind::Refused && !hasPort)) {
            response = attempt("http://");
            usePlain = response.has_value();
        }
    } else if (!response) {
        usePlain = false;
    }
    const std::scoped_lock lock(m_mutex);
    if (usePlain) {
        m_plain.insert(host);
    } else {
        m_plain.erase(host);
    }
    return response;
}

HostGate::Outcome RegistryTransport::outcomeOf(
    const Reply &reply, const QString &authority, std::chrono::milliseconds took) const
{
    HostGate::Outcome outcome;
    using Ended = HostGate::Outcome::Kind;
    if (!reply) {
        const TransportError &error = reply.error();
        const bool unfair = error.error.code == ErrorCode::Timeout && took < fairTime;
        const bool says = error.kind != Kind::Other && !unfair && authorityOf(error.url) == authority;
        outcome.kind = says ? Ended::Failed : Ended::Unknown;
        return outcome;
    }
    if (authorityOf(reply->url) != authority) {
        return outcome;
    }
    outcome.kind = reply->status >= serverErrors ? Ended::Failed : Ended::Answered;
    outcome.status = reply->status;
    outcome.latency = reply->latency;
    outcome.limit = parseRateLimit(
        reply->headers, reply->status == tooManyRequests ? reply->body : QByteArray(), m_clock.now());
    return outcome;
}

core::Result<HttpResponse> RegistryTransport::paced(const QString &registry, Purpose purpose,
    const CallContext &context, const Attempt &attempt, const QString &authority)
{
    const QString host = apiHost(registry);
    for (int repeats = 0;; ++repeats) {
        DOCKERAUTO_TRY_ASSIGN(generation, m_traffic.enter(host, registry, purpose, context));
        const auto started = std::chrono::steady_clock::now();
        auto reply = attempt(context.within(longestAttempt));
        const auto took =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
        auto outcome = outcomeOf(reply, authority, took);
        outcome.generation = generation;
        m_traffic.leave(host, outcome,
            reply ? QStringLiteral("It answered with status %1.").arg(outcome.status)
                  : reply.error().error.message);
        if (!reply) {
            return core::fail(std::move(reply.error().error));
        }
        if (outcome.status != tooManyRequests) {
            return std::move(*reply);
        }
        if (repeats == mostRepeats) {
            return core::fail(m_traffic.limitError(host, registry));
        }
    }
}

core::Result<HttpResponse> RegistryTransport::ask(const QString &registry, const QString &path,
    HttpRequest request, Purpose purpose, const CallContext &context)
{
    const QString host = apiHost(registry);
    const QUrl own = urlOf("https://", host);
    if (!own.isValid() || own.host().isEmpty()) {
        return core::fail(
            ErrorCode::InvalidArgument, QStringLiteral("%1 is no address of a registry.").arg(registry));
    }
    // Without a port in its name the registry has another one by plain HTTP.
    QString authority = authorityOf(own);
    const Attempt attempt = [&](const CallContext &limited) {
        auto reply = secureOrPlain(registry, host, path, request, limited);
        authority =
            authorityOf(urlOf(request.url.scheme() == QLatin1String("http") ? "http://" : "https://", host));
        return reply;
    };
    return paced(registry, purpose, context, attempt, authority);
}

core::Result<HttpResponse> RegistryTransport::askOnBehalf(
    const QString &registry, HttpRequest request, bool plainAllowed, const CallContext &context)
{
    const Attempt attempt = [&](const CallContext &limited) {
        return follow(request, registry, plainAllowed, limited);
    };
    return paced(registry, Purpose::Look, context, attempt, authorityOf(request.url));
}

} // namespace dockerauto::registry
