#include "composition/backendhost.h"

#include <api/apiserver.h>
#include <application/audittrail.h>
#include <application/containers/containerservice.h>
#include <application/containers/containersync.h>
#include <application/containers/exportservice.h>
#include <application/eventfeed.h>
#include <application/hosts/hostservice.h>
#include <application/identity/accountservice.h>
#include <application/monitoring/healthservice.h>
#include <application/monitoring/metricssampler.h>
#include <application/operationbus.h>
#include <application/policies/policyservice.h>
#include <application/registries/registryservice.h>
#include <application/registries/webhookservice.h>
#include <application/scheduling/scheduleservice.h>
#include <application/settings/settingsservice.h>
#include <application/updates/changesservice.h>
#include <application/updates/checkschedule.h>
#include <application/updates/checkservice.h>
#include <application/updates/decisionservice.h>
#include <application/updates/planservice.h>
#include <application/updates/prober.h>
#include <application/updates/selfupdate.h>
#include <application/updates/updateservice.h>
#include <application/updates/versionkeeper.h>
#include <application/updates/volumesnapshots.h>
#include <application/updates/watchservice.h>
#include <calendar/icalendarreader.h>
#include <core/clock.h>
#include <core/logging.h>
#include <credentials/dockerconfig.h>
#include <docker/dockerengine.h>
#include <probes/curlnetworkprobes.h>
#include <registry/httpimageregistry.h>
#include <security/hmactokensigner.h>
#include <security/keyfile.h>
#include <security/sodiumpasswordhasher.h>
#include <security/sodiumsecretbox.h>
#include <security/systemrandomness.h>
#include <selfidentity/linuxhostfolders.h>
#include <selfidentity/linuxselfidentity.h>
#include <snapshots/embeddedprogram.h>
#include <snapshots/filearchivestore.h>
#include <snapshots/programfilesystemsnapshots.h>
#include <storage/sqlitestorage.h>

#include <QDir>
#include <QFile>
#include <QRegularExpression>

namespace dockerauto::app {

using core::CallContext;
using core::Deadline;
using core::ErrorCode;
using core::fail;
using core::Result;
using namespace std::chrono_literals;

namespace {

Result<QString> engineAddress(const Settings &settings)
{
    if (!settings.dockerHost.isEmpty()) {
        return settings.dockerHost;
    }
    DOCKERAUTO_TRY_ASSIGN(
        address, docker::EngineAddress::fromEnvironment(QProcessEnvironment::systemEnvironment()));
    if (address.tls) {
        // Said rather than connected without: the address alone would lose the certificates.
        return fail(ErrorCode::Unsupported,
            QStringLiteral(
                "Docker hosts over TLS (DOCKER_TLS_VERIFY) are not offered by this version. Use a unix "
                "socket."));
    }
    return address.text();
}

Result<application::EnginePointer> makeEngine(const ports::HostRecord &host)
{
    DOCKERAUTO_TRY_ASSIGN(address, docker::EngineAddress::parse(host.address));
    docker::DockerSettings settings;
    const QString version = qEnvironmentVariable("DOCKER_API_VERSION");
    if (!version.isEmpty()) {
        static const QRegularExpression form(QStringLiteral("^(\\d{1,3})\\.(\\d{1,3})$"));
        const auto match = form.match(version);
        if (!match.hasMatch()) {
            return fail(ErrorCode::InvalidArgument,
                QStringLiteral("The variable DOCKER_API_VERSION is “%1”, but must be like 1.41")
                    .arg(version));
        }
        settings.fixedApiVersion = ports::ApiVersion{match.captured(1).toInt(), match.captured(2).toInt()};
    }
    return std::make_shared<docker::DockerEngine>(std::move(address), settings);
}

/// Only for its owner when it is new: it will hold password hashes and a key.
Result<> makeFolder(const QString &path)
{
    if (QDir(path).exists()) {
        return {};
    }
    const bool made = QDir().mkpath(path) &&
                      QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return made ? Result<>()
                : fail(ErrorCode::Unavailable,
                      QStringLiteral("The data folder %1 can't be made. Name another with --data-dir.")
                          .arg(path));
}

/// The id of the one key that secrets are sealed with.
const QByteArray secretKeyId = QByteArrayLiteral("k1");

application::UpdateSettings updateSettings(const Settings &settings)
{
    return {.parallel = settings.parallelUpdates,
        .stableFor = settings.stableFor,
        .healthSlack = settings.healthSlack,
        .pullTimeout = 1h};
}

} // namespace

/// In the order of dependence: what stands below uses what stands above, and is destroyed first.
struct BackendHost::Parts
{
    struct Keys
    {
        core::Secret tokens;
        core::Secret secrets;
    };

    Parts(const Settings &given, std::unique_ptr<storage::SqliteStorage> opened, Keys keys)
        : settings(given)
        , storage(std::move(opened))
        , signer(std::move(keys.tokens), application::AccountService::issuer(),
              application::AccountService::audience())
        , box({{secretKeyId, std::move(keys.secrets)}}, secretKeyId, randomness)
        , dockerConfig(QProcessEnvironment::systemEnvironment(), credentials::processHelperRunner())
        , feed(clock)
        , registries(*storage, box, dockerConfig, feed, clock)
        , registry({.credentials = &registries,
                       .options = [this](const QString &name) { return registries.optionsFor(name); }},
              clock)
        , audit(*storage, clock)
        , accounts(*storage, hasher, signer, randomness, clock)
        , hosts(*storage, feed, clock, &makeEngine)
        , sync(*storage, hosts, images, feed, clock, {})
        , archives(given.dataDir + QStringLiteral("/snapshots"))
        , snapshots(*storage, archives, fileSystems, clock, dockerauto::snapshots::embeddedProgram())
        , prober(probes)
        , self(identity)
        , serverSettings(*storage)
        , updates({*storage, hosts, images, memory, registries, sync, snapshots, prober, self, feed, clock,
                      [this] { return hooksEnabled(); }},
              updateSettings(given))
        , keeper(*storage, hosts, snapshots)
        , watch(*storage, hosts, prober, feed, clock, {},
              [this](const core::UpdateId &id, const QString &reason) -> Result<> {
                  DOCKERAUTO_TRY(updates.rollBack(
                      id, {}, QStringLiteral("watch after the update"), reason, {Deadline::in(30s), {}}));
                  return {};
              })
        , checks(*storage, hosts, registry, images, memory, sync, updates, calendars, feed, clock, {})
        , decisions(*storage, sync, checks, clock)
        , changes(*storage, hosts, images, registry)
        , plans({*storage, hosts, images, memory, registry, changes, snapshots, self, clock, folders,
              given.stableFor, given.healthSlack})
        , policies(*storage, sync, feed, clock,
              [this](const std::vector<core::ContainerId> &ids) { checks.reconsider(ids); })
        , schedules(*storage, calendars, feed, clock, scheduleActions())
        , webhooks(*storage, randomness, clock,
              [this](const std::vector<QString> &ids, const CallContext &context) -> Result<> {
                  DOCKERAUTO_TRY(checks.start(ids, context));
                  return {};
              })
        , schedule(checks, clock, given.checkInterval, given.firstCheckAfter)
        , sampler(*storage, hosts, feed, clock, 2s)
        , containers(*storage, hosts, sync)
        , exports(*storage, hosts, images)
        , health(*storage, hosts, checks, schedule)
        , bus(audit, {})
    {
    }

    application::ScheduleService::Actions scheduleActions();
    Result<> start();
    void connectUpdates();
    void tidyAfter(const core::UpdateId &id);
    [[nodiscard]] bool hooksEnabled() const;
    void registerAccounts();
    Result<> registerOperations();
    Result<> prepareAccounts();

    Settings settings;
    core::SystemClock clock;
    std::unique_ptr<storage::SqliteStorage> storage;
    security::SystemRandomness randomness;
    security::SodiumPasswordHasher hasher;
    security::HmacTokenSigner signer;
    security::SodiumSecretBox box;
    credentials::DockerConfig dockerConfig;
    calendar::ICalendarReader calendars;
    application::EventFeed feed;
    application::RegistryService registries;
    registry::HttpImageRegistry registry;
    application::AuditTrail audit;
    application::AccountService accounts;
    application::HostService hosts;
    application::ImageCache images;
    application::ContainerMemory memory{clock};
    application::ContainerSync sync;
    dockerauto::snapshots::FileArchiveStore archives;
    dockerauto::snapshots::ProgramFileSystemSnapshots fileSystems;
    dockerauto::probes::CurlNetworkProbes probes;
    selfidentity::LinuxSelfIdentity identity;
    selfidentity::LinuxHostFolders folders{identity};
    application::VolumeSnapshots snapshots;
    application::Prober prober;
    application::SelfUpdate self;
    application::SettingsService serverSettings;
    application::UpdateService updates;
    application::VersionKeeper keeper;
    application::WatchService watch;
    application::CheckService checks;
    application::DecisionService decisions;
    application::ChangesService changes;
    application::PlanService plans;
    application::PolicyService policies;
    application::ScheduleService schedules;
    application::WebhookService webhooks;
    application::CheckSchedule schedule;
    application::MetricsSampler sampler;
    application::ContainerService containers;
    application::ExportService exports;
    application::HealthService health;
    application::OperationBus bus;
    std::unique_ptr<api::ApiServer> api;
};

application::ScheduleService::Actions BackendHost::Parts::scheduleActions()
{
    return {.run = [this](core::ScheduleAction action, const QString &,
                       const std::vector<core::ContainerId> &covered,
                       const CallContext &context) -> Result<QString> {
                std::vector<QString> ids;
                for (const core::ContainerId &id : covered) {
                    ids.push_back(id.text());
                }
                DOCKERAUTO_TRY_ASSIGN(started, checks.start(ids, context, action));
                return action == core::ScheduleAction::Update
                           ? QStringLiteral("Checked %1 containers; what is newer and allowed was begun")
                                 .arg(started.containers)
                           : QStringLiteral("Checked %1 containers").arg(started.containers);
            },
        .reconsider = [this](const std::vector<core::ContainerId> &ids) { checks.reconsider(ids); },
        .nextCheck = [this] { return schedule.nextCheck(); }};
}

void BackendHost::Parts::registerAccounts()
{
    using application::CallEnvironment;
    using contracts::Nothing;
    bus.handle<contracts::GetSetupState>([this](const Nothing &, const CallEnvironment &environment) {
        return accounts.setupState(environment.context);
    });
    bus.handle<contracts::SetUp>(
        [this](const contracts::SetupRequest &request, const CallEnvironment &environment) {
            return accounts.setUp(request, environment.scope, environment.context);
        });
    bus.handle<contracts::LogIn>(
        [this](const contracts::LoginRequest &request, const CallEnvironment &environment) {
            return accounts.logIn(request, environment.scope, environment.context);
        });
    bus.handle<contracts::RefreshTokens>(
        [this](const contracts::RefreshRequest &request, const CallEnvironment &environment) {
            return accounts.refresh(request, environment.scope, environment.context);
        });
    bus.handle<contracts::LogOut>([this](const Nothing &, const CallEnvironment &environment) {
        return accounts.logOut(environment.scope, environment.context);
    });
    bus.handle<contracts::GetOwnAccount>([this](const Nothing &, const CallEnvironment &environment) {
        return accounts.ownAccount(environment.scope, environment.context);
    });
    bus.handle<contracts::MakeTicket>([this](const Nothing &, const CallEnvironment &environment) {
        return accounts.makeTicket(environment.scope);
    });
}

Result<> BackendHost::Parts::registerOperations()
{
    registerAccounts();
    containers.registerOperations(bus);
    hosts.registerOperations(bus);
    updates.registerOperations(bus);
    checks.registerOperations(bus);
    decisions.registerOperations(bus);
    changes.registerOperations(bus);
    plans.registerOperations(bus);
    exports.registerOperations(bus);
    serverSettings.registerOperations(bus);
    policies.registerOperations(bus);
    schedules.registerOperations(bus);
    registries.registerOperations(bus, registry);
    webhooks.registerOperations(bus);
    health.registerOperations(bus);
    const auto missing = bus.missingHandlers();
    return missing.empty() ? Result<>()
                           : fail(ErrorCode::Internal,
                                 QStringLiteral("The operation “%1” has no handler").arg(missing.front()));
}

bool BackendHost::Parts::hooksEnabled() const
{
    const auto current = serverSettings.current({Deadline::in(5s), {}});
    return current && current->hooksEnabled;
}

void BackendHost::Parts::tidyAfter(const core::UpdateId &id)
{
    const CallContext context{Deadline::in(120s), {}};
    core::ContainerId container;
    auto tidied = storage->read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(update, work.updates().find(id));
            container = update.container;
            return {};
        },
        context);
    if (tidied) {
        tidied = keeper.tidy(container, context);
    }
    if (!tidied) {
        qCWarning(core::logUpdate).noquote() << "old versions could not be tidied:" << tidied.error().text();
    }
}

/// What follows the end of an update: the decision anew, the watch, and then the old versions.
void BackendHost::Parts::connectUpdates()
{
    updates.whenSettled([this](const ports::UpdateRecord &update) {
        checks.reconsider({update.container});
        if (update.status == core::UpdateStatus::Succeeded && update.observation.is_object()) {
            watch.begin(update.id);
        } else if (core::isFinal(update.status)) {
            tidyAfter(update.id);
        }
    });
    watch.whenEnded([this](const core::UpdateId &id) { tidyAfter(id); });
}

Result<> BackendHost::Parts::start()
{
    DOCKERAUTO_TRY(registerOperations());
    DOCKERAUTO_TRY_ASSIGN(address, engineAddress(settings));
    // The containers are known before what is unfinished is taken up.
    connectUpdates();
    sync.whenRulesChange([this](const std::vector<core::ContainerId> &ids) { checks.reconsider(ids); });
    sync.whenUndecided([this](const std::vector<core::ContainerId> &ids) { checks.reconsider(ids); });
    DOCKERAUTO_TRY(registries.load({Deadline::in(30s), {}}));
    hosts.addObserver(sync.observer());
    hosts.addObserver(updates.observer());
    hosts.addObserver(schedule.observer());
    sync.start();
    DOCKERAUTO_TRY(hosts.start(address, {Deadline::in(30s), {}}));
    watch.start();
    schedule.start();
    schedules.start();
    sampler.start();
    return {};
}

Result<> BackendHost::Parts::prepareAccounts()
{
    const CallContext context{Deadline::in(30s), {}};
    if (settings.adminEmail.isEmpty() != settings.adminPasswordFile.isEmpty()) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral(
                "DOCKER_AUTO_ADMIN_EMAIL and DOCKER_AUTO_ADMIN_PASSWORD_FILE go together: set both or none"));
    }
    if (!settings.adminEmail.isEmpty()) {
        QFile file(settings.adminPasswordFile);
        if (!file.open(QIODevice::ReadOnly)) {
            return fail(ErrorCode::InvalidArgument, QStringLiteral("The password file %1 can't be read: %2")
                                                        .arg(file.fileName(), file.errorString()));
        }
        QByteArray password = file.read(4096);
        while (password.endsWith('\n') || password.endsWith('\r')) {
            password.chop(1);
        }
        DOCKERAUTO_TRY(accounts.ensureAdministrator(settings.adminEmail, core::Secret(password), context));
        return {};
    }
    DOCKERAUTO_TRY_ASSIGN(code, accounts.setupCode(context));
    if (code) {
        qCWarning(core::logAuth).noquote()
            << "no administrator yet. Make the first one at /api/v1/auth/setup with the code" << *code;
    }
    return {};
}

BackendHost::BackendHost(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

BackendHost::~BackendHost()
{
    if (m_parts->api) {
        m_parts->api->stop();
    }
    m_parts->schedule.stop();
    m_parts->schedules.stop();
    m_parts->bus.stop();
    m_parts->checks.stop();
    m_parts->watch.stop();
    m_parts->updates.stop();
    m_parts->sampler.stop();
    m_parts->sync.stop();
    m_parts->hosts.stop();
}

Result<std::unique_ptr<BackendHost>> BackendHost::start(const Settings &settings)
{
    DOCKERAUTO_TRY(makeFolder(settings.dataDir));
    DOCKERAUTO_TRY_ASSIGN(opened, storage::SqliteStorage::open(settings.databasePath()));
    security::SystemRandomness randomness;
    Parts::Keys keys;
    DOCKERAUTO_TRY_ASSIGN(
        tokens, security::KeyFile::readOrCreate(settings.dataDir + QStringLiteral("/token.key"), randomness));
    DOCKERAUTO_TRY_ASSIGN(secrets, security::KeyFile::readOrCreate(settings.keyPath(), randomness));
    keys.tokens = std::move(tokens);
    keys.secrets = std::move(secrets);
    std::unique_ptr<BackendHost> backend(
        new BackendHost(std::make_unique<Parts>(settings, std::move(opened), std::move(keys))));
    DOCKERAUTO_TRY(backend->m_parts->start());
    return backend;
}

Result<> BackendHost::listen()
{
    DOCKERAUTO_TRY(m_parts->prepareAccounts());
    m_parts->api = std::make_unique<api::ApiServer>(m_parts->bus, m_parts->accounts, m_parts->feed,
        api::ApiSettings{
            .address = m_parts->settings.listenAddress, .port = m_parts->settings.listenPort, .limits = {}});
    return m_parts->api->start();
}

QString BackendHost::listenUrl() const
{
    return QStringLiteral("http://%1:%2").arg(m_parts->settings.listenAddress).arg(m_parts->api->port());
}

contracts::Dispatcher &BackendHost::dispatcher()
{
    return m_parts->bus;
}

contracts::EventSource &BackendHost::events()
{
    return m_parts->feed;
}

} // namespace dockerauto::app
