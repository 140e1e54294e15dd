#include "connectiontest.h"

#include "responseerrors.h"

#include <algorithm>

namespace dockerauto::registry {

using core::CallContext;
using core::ErrorCode;
using ports::RegistryTest;

namespace {

constexpr int ok = 200;
constexpr int unauthorized = 401;
constexpr int forbidden = 403;
constexpr int notFound = 404;

/// One test; each step adds its sentence or ends it.
class ConnectionTest
{
public:
    ConnectionTest(RegistryClient &client, QString registry, QString repository, const CallContext &context)
        : m_client(client)
        , m_registry(std::move(registry))
        , m_repository(std::move(repository))
        , m_context(context)
    {
    }

    core::Result<RegistryTest> run()
    {
        auto found = m_client.freshCredentials(m_registry, m_context);
        if (!found) {
            return ended(std::move(found.error()));
        }
        m_credentials = std::move(*found);
        auto answered = ask({}, QStringLiteral("/v2/"), HttpRequest::Method::Get, Purpose::Trial);
        if (!answered) {
            return ended(std::move(answered.error()));
        }
        if (!readAnswer(*answered)) {
            return std::move(m_result);
        }
        if (!m_repository.isEmpty()) {
            DOCKERAUTO_TRY(readRepository());
        }
        if (m_result.usable && m_registry == QLatin1String("docker.io")) {
            DOCKERAUTO_TRY(readPulls());
        }
        return std::move(m_result);
    }

private:
    core::Result<HttpResponse> ask(
        const QString &repository, const QString &path, HttpRequest::Method method, Purpose purpose)
    {
        HttpRequest request;
        request.method = method;
        request.accept = "application/json, */*;q=0.5";
        constexpr qsizetype enough = 1024 * 1024;
        request.maxBody = enough;
        return m_client.ask(m_registry, repository, path, std::move(request), purpose, m_context);
    }

    void say(const QString &sentence)
    {
        m_result.detail += (m_result.detail.isEmpty() ? QString() : QStringLiteral(" ")) + sentence;
    }

    /// What goes wrong is the answer to the question; that somebody stopped it is not.
    core::Result<RegistryTest> ended(core::Error error)
    {
        if (error.code == ErrorCode::Cancelled) {
            return core::fail(std::move(error));
        }
        m_result = {};
        say(error.text());
        return std::move(m_result);
    }

    QString who() const
    {
        if (!m_credentials) {
            return {};
        }
        const QString source = m_credentials->source.isEmpty()
                                   ? QString()
                                   : QStringLiteral(" (from %1)").arg(m_credentials->source);
        return (m_credentials->username.isEmpty() ? QStringLiteral("with a token")
                                                  : m_credentials->username) +
               source;
    }

    /// Whether it makes sense to go on.
    bool readAnswer(const HttpResponse &response)
    {
        const QString name = nameForPeople(m_registry);
        if (response.status == notFound) {
            say(QStringLiteral("%1 answers, but not as a registry. Is the address right?").arg(name));
            return false;
        }
        const bool refused = response.status == unauthorized || response.status == forbidden;
        if (refused && m_credentials) {
            say(QStringLiteral("%1 does not accept the credentials of %2.").arg(name, who()));
            return false;
        }
        if (refused) {
            // Some give tokens to strangers only for a repository that these may read.
            m_result.usable = !m_repository.isEmpty();
            say(QStringLiteral("%1 answers. It lets nobody in without credentials as a whole; public "
                               "repositories may still be readable.")
                    .arg(name));
            return true;
        }
        if (response.status != ok) {
            say(errorOf(response, m_registry, QStringLiteral("its interface"), m_client.clock().now())
                    .text());
            return false;
        }
        m_result.usable = true;
        m_result.signedIn = m_credentials.has_value();
        say(m_credentials ? QStringLiteral("%1 answers, signed in as %2.").arg(name, who())
                          : QStringLiteral("%1 answers. No credentials are stored, so only what is public "
                                           "there can be read.")
                                .arg(name));
        return true;
    }

    core::Result<> readRepository()
    {
        const QString path = QStringLiteral("/v2/%1/tags/list?n=1").arg(m_repository);
        auto response = ask(m_repository, path, HttpRequest::Method::Get, Purpose::Look);
        if (!response) {
            return unreadable(std::move(response.error()));
        }
        if (response->status == ok) {
            m_result.usable = true;
            say(QStringLiteral("%1 can be read.").arg(m_repository));
            return {};
        }
        m_result.usable = false;
        const bool hidden =
            response->status == unauthorized || response->status == forbidden || response->status == notFound;
        say(hidden ? QStringLiteral("There is no repository %1 there, or it may not be read with these "
                                    "credentials.")
                         .arg(m_repository)
                   : errorOf(*response, m_registry, m_repository, m_client.clock().now()).text());
        return {};
    }

    core::Result<> unreadable(core::Error error)
    {
        if (error.code == ErrorCode::Cancelled) {
            return core::fail(std::move(error));
        }
        m_result.usable = false;
        say(error.code == ErrorCode::Unauthenticated
                ? QStringLiteral("There is no repository %1 there, or it may not be read with these "
                                 "credentials.")
                      .arg(m_repository)
                : error.text());
        return {};
    }

    /// Docker names this repository for looking at the limit; a HEAD of it costs no pull.
    core::Result<> readPulls()
    {
        const QString repository = QStringLiteral("ratelimitpreview/test");
        auto response = ask(repository, QStringLiteral("/v2/%1/manifests/latest").arg(repository),
            HttpRequest::Method::Head, Purpose::Look);
        if (!response) {
            return response.error().code == ErrorCode::Cancelled
                       ? core::Result<>(core::fail(response.error()))
                       : core::Result<>();
        }
        const RateLimit limit = parseRateLimit(response->headers, {}, m_client.clock().now());
        if (limit.limit && limit.remaining && limit.windowSeconds) {
            constexpr double secondsPerHour = 3600;
            const double hours = static_cast<double>(*limit.windowSeconds) / secondsPerHour;
            say(QStringLiteral("%1 of %2 pulls in %3 hours are left.")
                    .arg(*limit.remaining)
                    .arg(*limit.limit)
                    .arg(hours, 0, 'g', 3));
        }
        return {};
    }

    RegistryClient &m_client;
    QString m_registry;
    QString m_repository;
    const CallContext &m_context;
    CredentialCache::Found m_credentials;
    RegistryTest m_result;
};

} // namespace

core::Result<RegistryTest> testConnection(
    RegistryClient &client, const QString &registry, const QString &repository, const CallContext &context)
{
    return ConnectionTest(client, registry, repository, context).run();
}

} // namespace dockerauto::registry
