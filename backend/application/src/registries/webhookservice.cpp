#include "application/registries/webhookservice.h"

#include "pushmatch.h"

#include <core/logging.h>
#include <core/uniqueid.h>

#include <QCryptographicHash>

namespace dockerauto::application {

using contracts::Webhook;
using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Result;
using domain::PushedImage;
using ports::WebhookRecord;

namespace {

constexpr int tokenBytes = 32;
constexpr qsizetype longestName = 200;
constexpr int allContainers = 1'000'000;
constexpr std::chrono::seconds sameAgain{2};
constexpr std::chrono::minutes useIsNoted{1};

QByteArray hashOf(const QString &token)
{
    return QCryptographicHash::hash(token.toUtf8(), QCryptographicHash::Sha256);
}

Webhook toContract(const WebhookRecord &record)
{
    return {.id = record.id,
        .name = record.name,
        .path = std::nullopt,
        .createdAt = record.createdAt,
        .lastUsedAt = record.lastUsedAt};
}

QString textOf(const PushedImage &image)
{
    return image.domain + u'/' + image.path + u':' + image.tag;
}

} // namespace

WebhookService::WebhookService(
    ports::Storage &storage, ports::Randomness &randomness, const core::Clock &clock, Check check)
    : m_storage(storage), m_randomness(randomness), m_clock(clock), m_check(std::move(check))
{
}

Result<contracts::WebhookList> WebhookService::list(const CallContext &context) const
{
    contracts::WebhookList reply;
    DOCKERAUTO_TRY(m_storage.read(
        [&reply](ports::UnitOfWork &work) -> Result<> {
            reply.items.clear();
            DOCKERAUTO_TRY_ASSIGN(records, work.webhooks().all());
            for (const WebhookRecord &record : records) {
                reply.items.push_back(toContract(record));
            }
            return {};
        },
        context));
    return reply;
}

Result<Webhook> WebhookService::create(const QString &name, const CallContext &context)
{
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > longestName) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("“name” must have from 1 to %1 characters").arg(longestName),
            QStringLiteral("name"));
    }
    const QString token =
        QString::fromLatin1(m_randomness.bytes(tokenBytes)
                                .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    const WebhookRecord record{.id = core::newUniqueId(),
        .name = trimmed,
        .tokenHash = hashOf(token),
        .createdAt = m_clock.now(),
        .lastUsedAt = std::nullopt};
    DOCKERAUTO_TRY(m_storage.write(
        [&record](ports::UnitOfWork &work) { return work.webhooks().save(record); }, context));
    Webhook reply = toContract(record);
    reply.path = QStringLiteral("/api/v1/webhooks/registry/") + token;
    return reply;
}

Result<contracts::Nothing> WebhookService::remove(const QString &id, const CallContext &context)
{
    DOCKERAUTO_TRY(
        m_storage.write([&id](ports::UnitOfWork &work) { return work.webhooks().remove(id); }, context));
    return contracts::Nothing();
}

Result<WebhookRecord> WebhookService::findByToken(const QString &token, const CallContext &context) const
{
    std::optional<WebhookRecord> webhook;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            auto found = work.webhooks().findByTokenHash(hashOf(token));
            if (!found && found.error().code == ErrorCode::NotFound) {
                return fail(ErrorCode::NotFound,
                    QStringLiteral(
                        "No webhook has this address. It may have been removed; make a new one and "
                        "give the registry its address."));
            }
            DOCKERAUTO_TRY_ASSIGN(record, std::move(found));
            webhook = std::move(record);
            return {};
        },
        context));
    return *webhook;
}

Result<> WebhookService::noteUse(WebhookRecord webhook, const CallContext &context)
{
    const core::Timestamp now = m_clock.now();
    // Before the last one only when the clock was put back.
    if (webhook.lastUsedAt && now >= *webhook.lastUsedAt && now - *webhook.lastUsedAt < useIsNoted) {
        return {};
    }
    webhook.lastUsedAt = now;
    return m_storage.write(
        [&webhook](ports::UnitOfWork &work) -> Result<> {
            // Removed meanwhile: it must not come back.
            auto present = work.webhooks().findByTokenHash(webhook.tokenHash);
            return present ? work.webhooks().save(webhook) : Result<>();
        },
        context);
}

bool WebhookService::claim(const QString &image)
{
    const std::scoped_lock lock(m_mutex);
    const auto now = m_clock.steadyNow();
    std::erase_if(m_recent, [now](const auto &begun) { return now - begun.second >= sameAgain; });
    return m_recent.emplace(image, now).second;
}

void WebhookService::release(const std::vector<QString> &images)
{
    const std::scoped_lock lock(m_mutex);
    for (const QString &image : images) {
        m_recent.erase(image);
    }
}

/// The containers that are checked now because of these pushes.
Result<std::vector<QString>> WebhookService::check(
    const std::vector<PushedImage> &pushes, const CallContext &context)
{
    std::vector<QString> ids;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(containers, work.containers().list({}, std::nullopt, allContainers));
            ids = containersOf(pushes, containers);
            return {};
        },
        context));
    if (!ids.empty()) {
        DOCKERAUTO_TRY(m_check(ids, context));
    }
    return ids;
}

Result<contracts::WebhookAnswer> WebhookService::call(
    const contracts::WebhookCall &call, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(webhook, findByToken(call.token, context));
    if (const auto noted = noteUse(webhook, context); !noted) {
        qCWarning(core::logStorage).noquote()
            << "the use of a webhook could not be noted:" << noted.error().text();
    }
    std::vector<PushedImage> pushes = domain::pushedImages(call.payload);
    std::vector<QString> claimed;
    // Registries tell of one push several times, and try again when an answer is slow.
    std::erase_if(pushes, [&](const PushedImage &push) {
        const QString key = webhook.id + u' ' + textOf(push);
        const bool isNew = claim(key);
        if (isNew) {
            claimed.push_back(key);
        }
        return !isNew;
    });
    if (pushes.empty()) {
        return contracts::WebhookAnswer{};
    }
    const auto ids = check(pushes, context);
    if (!ids) {
        release(claimed);
        return fail(ids.error());
    }
    qCInfo(core::logRegistry).noquote() << "webhook" << webhook.id << "told of" << pushes.size()
                                        << "pushed images," << ids->size() << "containers are checked";
    return contracts::WebhookAnswer{.containers = static_cast<int>(ids->size())};
}

void WebhookService::registerOperations(OperationBus &bus)
{
    bus.handle<contracts::ListWebhooks>(
        [this](const contracts::Nothing &, const CallEnvironment &environment) {
            return list(environment.context);
        });
    bus.handle<contracts::CreateWebhook>(
        [this](const contracts::NewWebhook &request, const CallEnvironment &environment) {
            return create(request.name, environment.context);
        });
    bus.handle<contracts::RemoveWebhook>(
        [this](const contracts::WebhookRef &request, const CallEnvironment &environment) {
            return remove(request.id, environment.context);
        });
    bus.handle<contracts::CallWebhook>(
        [this](const contracts::WebhookCall &request, const CallEnvironment &environment) {
            return call(request, environment.context);
        });
}

} // namespace dockerauto::application
