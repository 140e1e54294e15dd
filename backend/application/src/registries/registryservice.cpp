#include "application/registries/registryservice.h"

#include "registrysettings.h"

#include <contracts/events.h>
#include <domain/imagereference.h>

#include <algorithm>
#include <set>

namespace dockerauto::application {

using contracts::Registry;
using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Result;
using ports::RegistryCredentials;
using ports::RegistryRecord;
using ports::RegistryTraffic;

namespace {

constexpr int allContainers = 1'000'000;
constexpr std::chrono::seconds forHelpers{5};
constexpr std::chrono::seconds forTest{30};
const QString passwordKind = QStringLiteral("password");
const QString tokenKind = QStringLiteral("identity_token");
const QString noSecret = QStringLiteral("none");

QByteArray placeOf(const QString &registry)
{
    return "registries/" + registry.toUtf8() + "/secret";
}

/// What is there, or nothing when it is not there; other failures stay failures.
Result<std::optional<RegistryRecord>> findRecord(ports::UnitOfWork &work, const QString &registry)
{
    auto found = work.registries().find(registry);
    if (found) {
        return std::optional(std::move(*found));
    }
    if (found.error().code == ErrorCode::NotFound) {
        return std::optional<RegistryRecord>();
    }
    return fail(std::move(found.error()));
}

core::Failure noSettings(const QString &registry)
{
    return fail(ErrorCode::NotFound, QStringLiteral("%1 has no settings here yet").arg(registry));
}

/// Puts a secret that was given into the record, or says why the one that is there may not stay.
Result<> applySecret(
    RegistryRecord &record, const RegistryRecord &before, const GivenSecret &given, ports::SecretBox &box)
{
    using What = GivenSecret::What;
    const auto drop = [&record] {
        record.sealedSecret.clear();
        record.secretKind.clear();
    };
    if (given.what == What::Password || given.what == What::IdentityToken) {
        record.sealedSecret = box.seal(given.secret, placeOf(record.registry));
        record.secretKind = given.what == What::Password ? passwordKind : tokenKind;
    } else if (given.what == What::None) {
        drop();
    } else if (record.username.isEmpty() && record.secretKind == passwordKind) {
        // Nobody is left whose password it could be.
        drop();
    } else if (!record.sealedSecret.isEmpty() &&
               (record.username != before.username ||
                   reachesFarther(optionsFrom(before.options), optionsFrom(record.options)))) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("Give the password or token for %1 again: with this change it would be sent under "
                           "another name, to another host, or with less protection.")
                .arg(record.registry),
            passwordKind);
    }
    if (record.secretKind == passwordKind && record.username.isEmpty()) {
        return fail(ErrorCode::InvalidArgument, QStringLiteral("A password needs a user name"),
            QStringLiteral("username"));
    }
    if (record.sealedSecret.isEmpty() && !record.username.isEmpty()) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("Give the password or token for “%1”, or no user name").arg(record.username),
            passwordKind);
    }
    return {};
}

} // namespace

struct RegistryService::Overview
{
    std::map<QString, RegistryRecord> records;
    std::map<QString, int> containers;
    std::map<QString, RegistryTraffic> traffic;

    [[nodiscard]] std::set<QString> hosts() const
    {
        std::set<QString> all;
        const auto add = [&all](const auto &map) {
            for (const auto &[host, value] : map) {
                all.insert(host);
            }
        };
        add(records);
        add(containers);
        add(traffic);
        return all;
    }
};

RegistryService::RegistryService(ports::Storage &storage, ports::SecretBox &box,
    ports::CredentialStore &fallback, EventFeed &feed, const core::Clock &clock)
    : m_storage(storage), m_box(box), m_fallback(fallback), m_feed(feed), m_clock(clock)
{
}

Result<> RegistryService::load(const CallContext &context)
{
    std::map<QString, ports::RegistryOptions> options;
    DOCKERAUTO_TRY(m_storage.read(
        [&options](ports::UnitOfWork &work) -> Result<> {
            options.clear();
            DOCKERAUTO_TRY_ASSIGN(records, work.registries().all());
            for (const RegistryRecord &record : records) {
                options.emplace(record.registry, optionsFrom(record.options));
            }
            return {};
        },
        context));
    const std::scoped_lock lock(m_mutex);
    m_options = std::move(options);
    return {};
}

Result<std::optional<RegistryCredentials>> RegistryService::find(
    const QString &registry, const CallContext &context)
{
    std::optional<RegistryRecord> record;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, findRecord(work, registry));
            record = std::move(found);
            return {};
        },
        context));
    if (!record || record->sealedSecret.isEmpty()) {
        return m_fallback.find(registry, context);
    }
    auto secret = m_box.open(record->sealedSecret, placeOf(registry));
    if (!secret) {
        return fail(core::Error{ErrorCode::Corrupt,
            QStringLiteral("The password or token for %1 cannot be opened any more. Give it again in the "
                           "settings of the registry.")
                .arg(registry),
            {}, std::make_shared<const core::Error>(std::move(secret.error()))});
    }
    RegistryCredentials credentials{.username = record->username,
        .password = {},
        .identityToken = {},
        .registryToken = {},
        .source = QStringLiteral("this program")};
    (record->secretKind == tokenKind ? credentials.identityToken : credentials.password) = std::move(*secret);
    return credentials;
}

ports::RegistryOptions RegistryService::optionsFor(const QString &registry) const
{
    const std::scoped_lock lock(m_mutex);
    const auto known = m_options.find(registry);
    return known == m_options.end() ? ports::RegistryOptions() : known->second;
}

Result<RegistryService::Overview> RegistryService::overview(
    const ports::ImageRegistry &registry, const CallContext &context) const
{
    Overview overview;
    for (RegistryTraffic &traffic : registry.traffic()) {
        const QString host = traffic.registry;
        overview.traffic.emplace(host, std::move(traffic));
    }
    DOCKERAUTO_TRY(m_storage.read(
        [&overview](ports::UnitOfWork &work) -> Result<> {
            overview.records.clear();
            overview.containers.clear();
            DOCKERAUTO_TRY_ASSIGN(records, work.registries().all());
            for (RegistryRecord &record : records) {
                const QString host = record.registry;
                overview.records.emplace(host, std::move(record));
            }
            DOCKERAUTO_TRY_ASSIGN(containers, work.containers().list({}, std::nullopt, allContainers));
            for (const auto &container : containers) {
                if (const auto image = domain::ImageReference::parse(container.image)) {
                    ++overview.containers[image->domain.value_or(QString()).toLower()];
                }
            }
            return {};
        },
        context));
    return overview;
}

Registry RegistryService::describe(const Overview &overview, const QString &host, const CallContext &context)
{
    Registry item;
    item.id = host;
    item.registry = host;
    item.secret = noSecret;
    if (const auto found = overview.records.find(host); found != overview.records.end()) {
        const RegistryRecord &record = found->second;
        const ports::RegistryOptions options = optionsFrom(record.options);
        item.configured = true;
        item.username = record.username;
        item.secret = record.sealedSecret.isEmpty() ? noSecret : record.secretKind;
        item.mirrors = options.mirrors;
        item.insecure = options.insecure;
        item.caCertificates = QString::fromUtf8(options.caCertificates);
        item.realmHosts = options.realmHosts;
    }
    // A failure belongs to the connection test, which says it in full; here it is "none".
    if (const auto credentials = find(host, context); credentials && *credentials) {
        item.credentialsFrom = (*credentials)->source;
    }
    if (const auto found = overview.containers.find(host); found != overview.containers.end()) {
        item.containers = found->second;
    }
    if (const auto found = overview.traffic.find(host); found != overview.traffic.end()) {
        item.budget = toContract(found->second);
    }
    return item;
}

Result<contracts::RegistryList> RegistryService::list(
    const ports::ImageRegistry &registry, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(all, overview(registry, context));
    // All together: a helper that hangs must not hold up the list once a registry.
    const CallContext bounded = context.within(forHelpers);
    contracts::RegistryList reply;
    for (const QString &host : all.hosts()) {
        reply.items.push_back(describe(all, host, bounded));
    }
    return reply;
}

Result<Registry> RegistryService::get(
    const QString &id, const ports::ImageRegistry &registry, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(host, registryHost(id, QStringLiteral("id")));
    DOCKERAUTO_TRY_ASSIGN(all, overview(registry, context));
    if (!all.hosts().contains(host)) {
        return fail(ErrorCode::NotFound,
            QStringLiteral("No container uses %1, and it has no settings here").arg(host));
    }
    return describe(all, host, context.within(forHelpers));
}

Result<> RegistryService::write(const ports::Storage::Work &work, const CallContext &context)
{
    const std::scoped_lock changing(m_changing);
    DOCKERAUTO_TRY(m_storage.write(work, context));
    // What is written is written: reading it must not fail because the caller's time is over.
    DOCKERAUTO_TRY(load(context.withDeadline(std::chrono::seconds(10))));
    m_feed.publish(contracts::topics::updates, contracts::events::planningChanged, core::Json::object());
    return {};
}

Result<QString> RegistryService::create(const contracts::NewRegistry &request, const CallContext &context)
{
    RegistryWish wish = wishOf(request);
    DOCKERAUTO_TRY_ASSIGN(host, registryHost(wish.registry, QStringLiteral("registry")));
    wish.registry = host;
    DOCKERAUTO_TRY_ASSIGN(options, checkedOptions(wish));
    DOCKERAUTO_TRY_ASSIGN(username, checkedUsername(wish));
    DOCKERAUTO_TRY_ASSIGN(given, givenSecret(wish));
    RegistryRecord record{.registry = host,
        .username = username,
        .sealedSecret = {},
        .secretKind = {},
        .options = toJson(options),
        .createdAt = m_clock.now(),
        .updatedAt = m_clock.now()};
    DOCKERAUTO_TRY(applySecret(record, record, given, m_box));
    DOCKERAUTO_TRY(write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(existing, findRecord(work, host));
            if (existing) {
                return fail(ErrorCode::Conflict,
                    QStringLiteral("%1 has settings already. Change those.").arg(host),
                    QStringLiteral("registry"));
            }
            return work.registries().save(record);
        },
        context));
    return host;
}

Result<QString> RegistryService::change(const contracts::RegistryChange &request, const CallContext &context)
{
    RegistryWish wish = wishOf(request);
    DOCKERAUTO_TRY_ASSIGN(host, registryHost(wish.registry, QStringLiteral("id")));
    wish.registry = host;
    DOCKERAUTO_TRY_ASSIGN(options, checkedOptions(wish));
    DOCKERAUTO_TRY_ASSIGN(username, checkedUsername(wish));
    DOCKERAUTO_TRY_ASSIGN(given, givenSecret(wish));
    DOCKERAUTO_TRY(write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(before, findRecord(work, host));
            if (!before) {
                return noSettings(host);
            }
            RegistryRecord after = *before;
            after.username = username;
            after.options = toJson(options);
            after.updatedAt = m_clock.now();
            DOCKERAUTO_TRY(applySecret(after, *before, given, m_box));
            return work.registries().save(after);
        },
        context));
    return host;
}

Result<contracts::Nothing> RegistryService::remove(const QString &id, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(host, registryHost(id, QStringLiteral("id")));
    DOCKERAUTO_TRY(write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(existing, findRecord(work, host));
            return existing ? work.registries().remove(host) : noSettings(host);
        },
        context));
    return contracts::Nothing();
}

Result<contracts::RegistryTestResult> RegistryService::test(const contracts::RegistryTestRequest &request,
    ports::ImageRegistry &registry, const CallContext &context) const
{
    DOCKERAUTO_TRY_ASSIGN(host, registryHost(request.id, QStringLiteral("id")));
    QString repository = request.repository.value_or(QString()).trimmed();
    if (!repository.isEmpty()) {
        const auto image = domain::ImageReference::parse(host + u'/' + repository);
        if (!image) {
            return fail(ErrorCode::InvalidArgument, image.error().message, QStringLiteral("repository"));
        }
        repository = image->path;
    }
    DOCKERAUTO_TRY_ASSIGN(outcome, registry.test(host, repository, context.within(forTest)));
    contracts::RegistryTestResult reply{
        .usable = outcome.usable, .signedIn = outcome.signedIn, .detail = outcome.detail, .budget = {}};
    for (const RegistryTraffic &traffic : registry.traffic()) {
        if (traffic.registry == host) {
            reply.budget = toContract(traffic);
        }
    }
    return reply;
}

void RegistryService::registerOperations(OperationBus &bus, ports::ImageRegistry &registry)
{
    bus.handle<contracts::ListRegistries>(
        [this, &registry](const contracts::Nothing &, const CallEnvironment &environment) {
            return list(registry, environment.context);
        });
    bus.handle<contracts::GetRegistry>(
        [this, &registry](const contracts::RegistryRef &request, const CallEnvironment &environment) {
            return get(request.id, registry, environment.context);
        });
    bus.handle<contracts::CreateRegistry>([this, &registry](const contracts::NewRegistry &request,
                                              const CallEnvironment &environment) -> Result<Registry> {
        DOCKERAUTO_TRY_ASSIGN(host, create(request, environment.context));
        return get(host, registry, environment.context);
    });
    bus.handle<contracts::ChangeRegistry>([this, &registry](const contracts::RegistryChange &request,
                                              const CallEnvironment &environment) -> Result<Registry> {
        DOCKERAUTO_TRY_ASSIGN(host, change(request, environment.context));
        return get(host, registry, environment.context);
    });
    bus.handle<contracts::RemoveRegistry>(
        [this](const contracts::RegistryRef &request, const CallEnvironment &environment) {
            return remove(request.id, environment.context);
        });
    bus.handle<contracts::TestRegistry>(
        [this, &registry](const contracts::RegistryTestRequest &request, const CallEnvironment &environment) {
            return test(request, registry, environment.context);
        });
}

} // namespace dockerauto::application
