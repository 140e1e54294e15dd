#include "plansamples.h"

#include "decisionsamples.h"
#include "samples.h"

#include <algorithm>

namespace dockerauto::test {

using namespace contracts;
using core::Finding;
using core::UpdateStrategy;

namespace {

PreflightFinding finding(const char *name, Finding found, const char *detail)
{
    return {QLatin1String(name), found, QString::fromUtf8(detail)};
}

std::vector<StrategyChoice> strategies()
{
    return {{UpdateStrategy::Rolling, false,
                QStringLiteral("The host's port 8123 can belong to one container at a time.")},
        {UpdateStrategy::Recreate, true, {}},
        {UpdateStrategy::BlueGreen, false,
            QStringLiteral("Needs a proxy in front; port 8123 is published on the host.")},
        {UpdateStrategy::Canary, false,
            QStringLiteral("Needs a proxy in front; port 8123 is published on the host.")}};
}

} // namespace

Plan samplePlan()
{
    Plan plan;
    plan.changes = sampleChanges();
    plan.container = plan.changes->container;
    plan.containerName = QStringLiteral("home-assistant");
    plan.hash = QStringLiteral("5d0c");
    plan.createdAt = sampleNow();
    plan.from = plan.changes->from;
    plan.to = plan.changes->to;
    plan.bump = core::Bump::Minor;
    plan.strategy = UpdateStrategy::Recreate;
    plan.strategies = strategies();
    plan.order = {{QStringLiteral("hass-mdns"), QStringLiteral("recreated"),
                      QStringLiteral("it lives in the network of home-assistant")},
        {QStringLiteral("home-assistant"), QStringLiteral("updated"), {}}};
    plan.expectedDowntimeSeconds = 15;
    plan.downtimeBasis = QStringLiteral("history");
    plan.preflight = {finding("disk", Finding::Ok, "38.2 GB are free, 1.20 GB are needed."),
        finding("platform", Finding::Ok, "The image is there for linux/amd64."),
        finding("ports", Finding::Ok, "8123 is this container's own."),
        finding("registry", Finding::Ok, "ghcr.io answers without credentials."),
        finding("names", Finding::Ok, ""),
        finding("binds", Finding::Unknown,
            "Whether /srv/ha/config is there can't be told: the engine runs on another computer.")};
    plan.carriedFiles = {QStringLiteral("/run/secrets/ha_token")};
    plan.notes = {QStringLiteral("The address 172.20.0.7 was given by the engine and may be another one.")};
    plan.backup.planned = false;
    plan.backup.volumes = {{QStringLiteral("home_config"), QStringLiteral("/config"), 1'300'000'000,
        core::SnapshotMethod::Archive}};
    plan.backup.sizeBytes = 1'300'000'000;
    plan.backup.expectedSeconds = 20;
    plan.healthBudgetSeconds = 120;
    plan.watchSeconds = 600;
    plan.rollbackRestores =
        QStringLiteral("Going back brings back the container as it is now; data written since then stays.");
    plan.payload = core::Json{{"Image", "ghcr.io/home-assistant/home-assistant:2025.3.1"},
        {"Hostname", "home-assistant"}, {"Env", core::Json::array({"TZ=Europe/Berlin"})},
        {"HostConfig", {{"Binds", core::Json::array({"home_config:/config"})}, {"NetworkMode", "home"}}}};
    return plan;
}

Plan databasePlan()
{
    Plan plan = samplePlan();
    const Container container = sampleContainer(QStringLiteral("nextcloud-db"));
    plan.container = container.id;
    plan.containerName = container.name;
    plan.hash = QStringLiteral("77aa");
    plan.from = {container.image, QStringLiteral("16.4"), QStringLiteral("sha256:1111111aaaa")};
    plan.to = {container.image, QStringLiteral("17.2"), QStringLiteral("sha256:2222222bbbb")};
    plan.bump = core::Bump::Major;
    plan.changes.reset();
    plan.order = {{container.name, QStringLiteral("updated"), {}}};
    plan.downtimeBasis = QStringLiteral("estimate");
    plan.expectedDowntimeSeconds = 95;
    plan.backup.planned = true;
    plan.backup.recommended = true;
    plan.backup.reason =
        QStringLiteral("PostgreSQL 17 changes the files of its data; PostgreSQL 16 can't read them then.");
    plan.backup.volumes = {{QStringLiteral("nextcloud_db"), QStringLiteral("/var/lib/postgresql/data"),
                               4'100'000'000, core::SnapshotMethod::Btrfs},
        {QStringLiteral("/srv/nextcloud/dump"), QStringLiteral("/dump"), {}, core::SnapshotMethod::Archive}};
    plan.backup.sizeBytes = 4'100'000'000;
    plan.backup.expectedSeconds = 75;
    plan.carriedFiles.clear();
    plan.notes.clear();
    plan.preflight.push_back(finding("engine", Finding::Warning,
        "Docker 20.10 gets no security updates any more. Think of updating it too."));
    return plan;
}

Plan blockedPlan()
{
    Plan plan = databasePlan();
    const auto disk = std::ranges::find(plan.preflight, QStringLiteral("disk"), &PreflightFinding::name);
    disk->finding = Finding::Failed;
    disk->detail = QStringLiteral("Only 800 MB are free on /var/lib/docker and 1.20 GB are needed. Remove "
                                  "images that are not used and try again.");
    return plan;
}

ContainerExport sampleExport(core::ExportFormat format)
{
    ContainerExport text;
    text.format = format;
    text.text = format == core::ExportFormat::Compose
                    ? QStringLiteral("name: home\n\nservices:\n  home-assistant:\n"
                                     "    image: ghcr.io/home-assistant/home-assistant:2025.1.4\n"
                                     "    container_name: home-assistant\n    environment:\n"
                                     "      TZ: Europe/Berlin\n      MQTT_PASSWORD: \"hunter2\"\n"
                                     "    ports:\n      - \"8123:8123/tcp\"\n    restart: unless-stopped\n"
                                     "    volumes:\n      - home_config:/config\n\nvolumes:\n"
                                     "  home_config:\n    external: true\n")
                    : QStringLiteral("docker run --detach \\\n  --name home-assistant \\\n"
                                     "  --env 'MQTT_PASSWORD=hunter2' \\\n  --publish 8123:8123/tcp \\\n"
                                     "  --volume home_config:/config \\\n"
                                     "  ghcr.io/home-assistant/home-assistant:2025.1.4\n");
    if (format == core::ExportFormat::Run) {
        text.notes = {
            QStringLiteral("A second network can't be joined by docker run; connect “proxy” afterwards.")};
    }
    return text;
}

} // namespace dockerauto::test
