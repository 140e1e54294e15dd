#include "registryclient.h"

namespace dockerauto::registry {

using core::CallContext;

namespace {

constexpr int unauthorized = 401;

} // namespace

RegistryClient::RegistryClient(
    ports::CredentialStore *credentials, ports::RegistryOptionsSource options, const core::Clock &clock)
    : m_clock(clock)
    , m_transport(options, clock)
    , m_credentials(credentials, clock)
    , m_tokens(
          [this](
              const QString &registry, HttpRequest request, bool plainAllowed, const CallContext &context) {
              return m_transport.askOnBehalf(registry, std::move(request), plainAllowed, context);
          },
          m_credentials, options, clock)
{
}

core::Result<HttpResponse> RegistryClient::ask(const QString &registry, const QString &repository,
    const QString &path, HttpRequest request, Purpose purpose, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(authorization, m_tokens.authorizationFor(registry, repository, context));
    request.authorization = authorization;
    DOCKERAUTO_TRY_ASSIGN(response, m_transport.ask(registry, path, request, purpose, context));
    // A refusal by another host that we were sent to is not the registry's to answer.
    if (response.status != unauthorized || !RegistryTransport::isOwn(registry, response)) {
        return response;
    }
    auto answered = signInAndAsk(registry, repository, path, std::move(request), response, purpose, context);
    if (!answered || answered->status == unauthorized) {
        // Whoever reads the error may store other credentials, which are to count at once.
        m_credentials.forget(registry);
    }
    return answered;
}

core::Result<HttpResponse> RegistryClient::signInAndAsk(const QString &registry, const QString &repository,
    const QString &path, HttpRequest request, const HttpResponse &refusal, Purpose purpose,
    const CallContext &context)
{
    Demand demand;
    demand.reach = refusal.peerIsPublic ? HttpRequest::Reach::PublicOnly : HttpRequest::Reach::Anywhere;
    demand.plainAllowed = m_transport.isPlainAllowed(registry);
    DOCKERAUTO_TRY_ASSIGN(
        answer, m_tokens.answer(registry, repository, request.authorization, refusal, demand, context));
    request.authorization = answer;
    return m_transport.ask(registry, path, std::move(request), purpose, context);
}

core::Result<CredentialCache::Found> RegistryClient::freshCredentials(
    const QString &registry, const CallContext &context)
{
    m_tokens.forget(registry);
    m_credentials.forget(registry);
    return m_credentials.find(registry, context);
}

} // namespace dockerauto::registry
