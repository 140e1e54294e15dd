#include "samples.h"

#include "fakebackend.h"

#include <core/clock.h>

#include <QDateTime>

#include <array>
#include <chrono>
#include <cmath>

namespace dockerauto::test {

using namespace contracts;
using namespace std::chrono_literals;
using core::Bump;
using core::Decision;
using core::StepStatus;
using core::UpdatePolicy;
using core::UpdateStatus;

namespace {

struct Row
{
    const char *project;
    const char *name;
    const char *image;
    const char *tag;
    const char *candidate;
    Bump bump;
    UpdatePolicy policy;
    int hoursUp;
    int cpuPermille;
    int memoryMb;
    int memoryLimitMb;
};

constexpr auto approval = UpdatePolicy::Approval;
constexpr auto automatic = UpdatePolicy::Automatic;
constexpr std::array rows{
    Row{"cloud", "nextcloud-app", "docker.io/nextcloud", "30.0.4", "31.0.2", Bump::Major, approval, 290, 141,
        612, 2048},
    Row{"cloud", "nextcloud-db", "docker.io/postgres", "16.4", "16.8", Bump::Minor, approval, 990, 32, 318,
        1024},
    Row{"cloud", "nextcloud-redis", "docker.io/redis", "7.4.1-alpine", "7.4.2-alpine", Bump::Patch, automatic,
        990, 8, 24, 256},
    Row{"cloud", "collabora", "docker.io/collabora/code", "24.04.9.2", "", Bump::None, automatic, 290, 43,
        702, 2048},
    Row{"edge", "traefik", "docker.io/traefik", "3.2.3", "3.3.4", Bump::Minor, approval, 555, 22, 88, 512},
    Row{"edge", "crowdsec", "docker.io/crowdsecurity/crowdsec", "1.6.4", "", Bump::None, automatic, 555, 13,
        141, 512},
    Row{"edge", "adguard-home", "docker.io/adguard/adguardhome", "0.107.55", "0.107.57", Bump::Patch,
        automatic, 150, 0, 96, 256},
    Row{"home", "home-assistant", "ghcr.io/home-assistant/home-assistant", "2025.1.4", "2025.3.1",
        Bump::Minor, approval, 220, 97, 486, 1024},
    Row{"home", "mosquitto", "docker.io/eclipse-mosquitto", "2.0.20", "", Bump::None, automatic, 2115, 0, 11,
        128},
    Row{"home", "zigbee2mqtt", "docker.io/koenkk/zigbee2mqtt", "2.1.0", "2.1.3", Bump::Patch, approval, 2,
        109, 132, 256},
    Row{"media", "jellyfin", "docker.io/jellyfin/jellyfin", "10.10.5", "10.10.6", Bump::Patch, automatic, 75,
        157, 1110, 4096},
    Row{"media", "sonarr", "lscr.io/linuxserver/sonarr", "latest", "latest", Bump::Build, automatic, 75, 26,
        204, 512},
    Row{"media", "radarr", "lscr.io/linuxserver/radarr", "latest", "", Bump::None, automatic, 75, 10, 198,
        512},
    Row{"media", "qbittorrent", "lscr.io/linuxserver/qbittorrent", "5.0.3", "", Bump::None,
        UpdatePolicy::Pinned, 75, 45, 276, 1024},
    Row{"monitoring", "prometheus", "docker.io/prom/prometheus", "v3.1.0", "v3.2.1", Bump::Minor, approval,
        410, 3, 530, 2048},
    Row{"monitoring", "grafana", "docker.io/grafana/grafana", "11.5.1", "11.5.2", Bump::Patch, automatic, 410,
        27, 143, 512},
    Row{"monitoring", "loki", "docker.io/grafana/loki", "3.3.2", "", Bump::None, automatic, 410, 31, 188,
        1024},
    Row{"git", "gitea", "docker.io/gitea/gitea", "1.23.3", "1.23.5", Bump::Patch, approval, 600, 6, 201,
        1024},
    Row{"git", "runner", "docker.io/gitea/act_runner", "0.2.11", "", Bump::None, automatic, 600, 0, 40, 512},
    Row{"", "watch-me", "registry.example.net/tools/watch-me", "1.4", "", Bump::None, UpdatePolicy::Manual,
        30, 1, 20, 128},
    Row{"", "old-backup", "docker.io/restic/restic", "0.17.0", "", Bump::None, UpdatePolicy::Manual, 0, 0, 0,
        0},
};

QString digest(const QString &seed)
{
    return QStringLiteral("sha256:%1")
        .arg(qHash(seed, 7), 8, 16, QLatin1Char('0'))
        .leftJustified(71, QLatin1Char('a'));
}

Container make(const Row &row)
{
    Container container;
    container.id = QStringLiteral("c-") + QLatin1String(row.name);
    container.host = QStringLiteral("local");
    container.engineId = digest(container.id).mid(7);
    container.name = QLatin1String(row.name);
    container.image = QLatin1String(row.image);
    container.tag = QLatin1String(row.tag);
    container.digest = digest(container.tag);
    container.project = QLatin1String(row.project);
    container.service = container.project.isEmpty() ? QString() : container.name;
    container.updatePolicy = row.policy;
    container.status = QStringLiteral("running");
    container.startedAt = sampleNow() - std::chrono::hours(row.hoursUp);
    container.createdAt = container.startedAt;
    container.labels = {{QStringLiteral("com.docker.compose.project"), container.project},
        {QStringLiteral("org.opencontainers.image.title"), container.name}};
    container.update.checkedAt = sampleNow() - 4min;
    container.update.decision = Decision::UpToDate;
    const QString candidate = QLatin1String(row.candidate);
    if (!candidate.isEmpty()) {
        container.update.decision = Decision::UpdateAvailable;
        container.update.reason = QStringLiteral("The registry has %1.").arg(candidate);
        container.update.candidate = Candidate{candidate, digest(candidate + QLatin1Char('x')), row.bump, {}};
    }
    if (container.updatePolicy == UpdatePolicy::Pinned) {
        container.update.decision = Decision::Pinned;
    }
    return container;
}

Step step(const char *name, StepStatus status, core::Timestamp start, std::chrono::milliseconds took)
{
    Step made;
    made.name = QLatin1String(name);
    made.status = status;
    if (status != StepStatus::Pending) {
        made.startedAt = start;
    }
    if (status == StepStatus::Succeeded || status == StepStatus::Failed) {
        made.completedAt = start + took;
    }
    return made;
}

Update update(const char *id, const char *name, UpdateStatus status, const char *from, const char *to)
{
    Update made;
    made.id = QLatin1String(id);
    made.container = QStringLiteral("c-") + QLatin1String(name);
    made.containerName = QLatin1String(name);
    made.host = QStringLiteral("local");
    made.status = status;
    const QString image = sampleContainer(made.containerName).image;
    made.from = {image, QLatin1String(from), digest(QLatin1String(from))};
    made.to = {image, QLatin1String(to), digest(QLatin1String(to))};
    made.requestedBy = QStringLiteral("mara");
    made.createdAt = sampleNow() - 3min;
    return made;
}

Update finished(const char *id, const char *name, UpdateStatus status, const char *from, const char *to,
    std::chrono::minutes ago)
{
    Update made = update(id, name, status, from, to);
    made.createdAt = sampleNow() - ago - 2min;
    made.startedAt = made.createdAt;
    made.completedAt = sampleNow() - ago;
    const core::Timestamp start = *made.startedAt;
    made.steps = {step("preflight", StepStatus::Succeeded, start, 1s),
        step("pull", StepStatus::Succeeded, start + 1s, 22s),
        step("rename", StepStatus::Succeeded, start + 23s, 300ms),
        step("create", StepStatus::Succeeded, start + 24s, 500ms),
        step("stop", StepStatus::Succeeded, start + 25s, 3s),
        step("start", StepStatus::Succeeded, start + 28s, 1s),
        step("health", StepStatus::Succeeded, start + 29s, 31s),
        step("verify", StepStatus::Succeeded, start + 60s, 200ms),
        step("commit", StepStatus::Succeeded, start + 61s, 400ms),
        step("cleanup", StepStatus::Succeeded, start + 62s, 900ms)};
    made.proof = Proof{true, 143, {}};
    return made;
}

} // namespace

core::Timestamp sampleNow()
{
    // 03:09 local time: the same picture in every time zone.
    return core::Timestamp(
        std::chrono::milliseconds(QDateTime(QDate(2025, 3, 14), QTime(3, 9)).toMSecsSinceEpoch()));
}

Container sampleContainer(const QString &name)
{
    for (const Row &row : rows) {
        if (QLatin1String(row.name) == name) {
            return make(row);
        }
    }
    return {};
}

std::vector<Container> sampleContainers()
{
    std::vector<Container> all;
    for (const Row &row : rows) {
        all.push_back(make(row));
        Container &container = all.back();
        if (container.name == QLatin1String("zigbee2mqtt")) {
            container.health = QStringLiteral("unhealthy");
        } else if (container.name == QLatin1String("home-assistant")) {
            container.health = QStringLiteral("healthy");
            container.ports = {{QStringLiteral("0.0.0.0"), 8123, 8123, QStringLiteral("tcp")},
                {QString(), std::nullopt, 1883, QStringLiteral("tcp")}};
            container.labels[QStringLiteral("io.hass.type")] = QStringLiteral("core");
        } else if (container.name == QLatin1String("old-backup")) {
            container.status = QStringLiteral("exited");
        } else if (container.name == QLatin1String("watch-me")) {
            container.update.decision = Decision::NotChecked;
            container.update.reason =
                QStringLiteral("registry.example.net asks for a sign-in. Add its user name and password.");
        }
    }
    return all;
}

MetricsSample sampleMetrics(int moment)
{
    MetricsSample sample;
    sample.time = sampleNow() + std::chrono::seconds(moment);
    for (const Row &row : rows) {
        if (row.memoryLimitMb == 0) {
            continue;
        }
        const double base = row.cpuPermille / 10.0;
        const int seed = static_cast<int>(qHash(QLatin1String(row.name)) % 23);
        const double wave = 0.25 * std::sin((moment + seed) / 2.1) + 0.18 * std::sin((moment * seed) / 3.7);
        const double spike = (moment + seed) % 29 == 0 ? 1.3 : 0.0;
        const double cpu = moment == 59 ? base : std::max(0.0, (base + 0.4) * (0.75 + wave + spike));
        sample.samples.push_back({QStringLiteral("c-") + QLatin1String(row.name), cpu,
            row.memoryMb * 1'000'000LL, row.memoryLimitMb * 1'000'000LL});
    }
    return sample;
}

std::vector<Update> openUpdates()
{
    Update running = update("u-1", "nextcloud-app", UpdateStatus::Running, "30.0.4", "31.0.2");
    running.startedAt = sampleNow() - 2min;
    const core::Timestamp start = *running.startedAt;
    running.approvedBy = QStringLiteral("mara");
    running.steps = {step("preflight", StepStatus::Succeeded, start, 2s),
        step("pull", StepStatus::Succeeded, start + 2s, 48s),
        step("rename", StepStatus::Succeeded, start + 50s, 200ms),
        step("create", StepStatus::Succeeded, start + 51s, 400ms),
        step("stop", StepStatus::Succeeded, start + 52s, 6s),
        step("start", StepStatus::Succeeded, start + 58s, 2s),
        step("health", StepStatus::Running, sampleNow() - 46s, 0s),
        step("verify", StepStatus::Pending, {}, 0s), step("commit", StepStatus::Pending, {}, 0s),
        step("cleanup", StepStatus::Pending, {}, 0s)};
    running.steps.at(6).progress = Progress{46, 120, QStringLiteral("seconds")};
    running.log = {
        {start + 50s, QStringLiteral("rename"), QStringLiteral("nextcloud-app is now nextcloud-app_old_u1")},
        {start + 51s, QStringLiteral("create"),
            QStringLiteral("nextcloud-app created from nextcloud:31.0.2")},
        {start + 58s, QStringLiteral("stop"), QStringLiteral("nextcloud-app_old_u1 stopped, exit code 0")},
        {start + 60s, QStringLiteral("start"), QStringLiteral("nextcloud-app started, waiting for health")},
        {start + 65s, QStringLiteral("health"),
            QStringLiteral("starting: 503 /status.php (maintenance mode)")},
        {start + 80s, QStringLiteral("health"), QStringLiteral("200 /status.php")}};
    return {running, update("u-2", "traefik", UpdateStatus::AwaitingApproval, "3.2.3", "3.3.4"),
        update("u-3", "nextcloud-db", UpdateStatus::Pending, "16.4", "16.8"),
        update("u-4", "jellyfin", UpdateStatus::Scheduled, "10.10.5", "10.10.6")};
}

Update pullingUpdate()
{
    Update made = openUpdates().front();
    const core::Timestamp start = *made.startedAt;
    made.log.clear();
    for (Step &one : made.steps) {
        one = step(qPrintable(one.name), StepStatus::Pending, {}, 0s);
    }
    made.steps.at(0) = step("preflight", StepStatus::Succeeded, start, 2s);
    made.steps.at(1) = step("pull", StepStatus::Running, start + 2s, 0s);
    made.steps.at(1).progress = Progress{120'000'000, 412'000'000, QStringLiteral("bytes")};
    return made;
}

std::vector<Update> finishedUpdates()
{
    Update rolledBack = finished("u-5", "zigbee2mqtt", UpdateStatus::RolledBack, "2.1.0", "2.1.3", 116min);
    const core::Timestamp start = *rolledBack.startedAt;
    rolledBack.steps.resize(7);
    rolledBack.steps.at(6) = step("health", StepStatus::Failed, start + 29s, 38s);
    rolledBack.steps.at(6).detail = QStringLiteral("unhealthy after 3 of 3 checks");
    rolledBack.steps.push_back(step("rollback", StepStatus::Succeeded, start + 67s, 4s));
    rolledBack.error = QStringLiteral(
        "The health check failed 3 times: “Error: cannot open /dev/ttyUSB0”. The old container runs again.");
    rolledBack.log = {
        {start + 28s, QStringLiteral("start"), QStringLiteral("zigbee2mqtt started, waiting for health")},
        {start + 34s, QStringLiteral("health"), QStringLiteral("Error: cannot open /dev/ttyUSB0")},
        {start + 67s, QStringLiteral("rollback"),
            QStringLiteral("zigbee2mqtt 2.1.3 removed, 2.1.0 renamed and started")}};
    rolledBack.proof.reset();
    return {rolledBack, finished("u-6", "loki", UpdateStatus::Succeeded, "3.3.1", "3.3.2", 64min),
        finished("u-7", "collabora", UpdateStatus::Succeeded, "24.04.9.1", "24.04.9.2", 26h),
        finished("u-8", "crowdsec", UpdateStatus::Cancelled, "1.6.3", "1.6.4", 50h)};
}

void script(FakeBackend &backend)
{
    backend.answer<GetSettings>({});
    const std::vector<Container> containers = sampleContainers();
    const std::vector<Update> open = openUpdates();
    const std::vector<Update> done = finishedUpdates();
    backend.answer<ListContainers>({containers, std::nullopt, static_cast<qint64>(containers.size())});
    Host host;
    host.id = QStringLiteral("local");
    host.name = QStringLiteral("homelab-01");
    host.address = QStringLiteral("unix:///var/run/docker.sock");
    host.state = core::HostState::Connected;
    backend.answer<ListHosts>({{host}});
    Meta meta;
    meta.hostName = host.name;
    meta.lastCheckAt = sampleNow() - 4min;
    backend.answer<GetMeta>(meta);
    backend.on<ListUpdates>([open](const UpdateQuery &query) -> core::Result<UpdatePage> {
        UpdatePage page;
        for (const Update &one : open) {
            if (!query.status || *query.status == one.status) {
                page.items.push_back(one);
                page.items.back().log.clear();
            }
        }
        return page;
    });
    backend.answer<ListUpdateHistory>({done, std::nullopt});
    backend.on<GetUpdate>([open, done](const UpdateRef &ref) -> core::Result<Update> {
        for (const auto &list : {open, done}) {
            for (const Update &one : list) {
                if (one.id == ref.id) {
                    return one;
                }
            }
        }
        return core::fail(core::ErrorCode::NotFound, QStringLiteral("There is no such update."));
    });
    LogLines lines;
    for (int line = 0; line < 40; ++line) {
        lines.lines.push_back({sampleNow() - std::chrono::seconds(40 - line), QStringLiteral("stdout"),
            QStringLiteral("line %1 of the log").arg(line)});
    }
    backend.answer<ReadContainerLogs>(lines);
    backend.answer<StartUpdates>(
        {{{QStringLiteral("u-9"), QStringLiteral("c-traefik"), UpdateStatus::Pending}}});
    backend.answer<CheckContainers>({QStringLiteral("check-1"), static_cast<int>(containers.size())});
}

} // namespace dockerauto::test
