#include "decisionsamples.h"

#include "fakebackend.h"
#include "plansamples.h"
#include "samples.h"

#include <chrono>

namespace dockerauto::test {

using namespace contracts;
using namespace std::chrono_literals;
using core::Decision;
using core::Hold;
using core::UpdateStatus;

namespace {

void hold(
    Container &container, Hold kind, const QString &reason, std::optional<core::Timestamp> possibleAt = {})
{
    container.update.decision = Decision::HeldBack;
    container.update.heldBy = kind;
    container.update.reason = reason;
    container.update.possibleAt = possibleAt;
}

void decide(Container &container)
{
    const core::Timestamp now = sampleNow();
    if (container.update.candidate) {
        container.update.candidate->firstSeenAt = now - 70h;
    }
    const QString name = container.name;
    if (name == QLatin1String("nextcloud-redis")) {
        hold(container, Hold::MinimumAge, QStringLiteral("Waits until version 7.4.2-alpine is 3 days old"),
            now + 2h);
    } else if (name == QLatin1String("adguard-home")) {
        hold(container, Hold::Window, QStringLiteral("Waits for the window “Nights” to open"), now + 23h);
    } else if (name == QLatin1String("jellyfin")) {
        hold(container, Hold::Schedule,
            QStringLiteral("Waits for the next run of the schedule “Media stack”"), now + 7h);
    } else if (name == QLatin1String("grafana")) {
        hold(container, Hold::Skipped, QStringLiteral("Skipped: version 11.5.2 is not wanted here"));
    } else if (name == QLatin1String("gitea")) {
        hold(container, Hold::Snoozed, QStringLiteral("Snoozed: no update is wanted here for now"),
            now + 160h);
    } else if (name == QLatin1String("prometheus")) {
        hold(container, Hold::Quarantine,
            QStringLiteral(
                "In quarantine: version v3.2.1 did not work here. The health check failed 3 times"));
    } else if (name == QLatin1String("sonarr")) {
        hold(
            container, Hold::Freeze, QStringLiteral("Waits for the end of the freeze “Holidays”"), now + 90h);
    }
}

Update awaiting(const char *id, const char *name, const char *from, const char *to, const char *by)
{
    Update update = openUpdates().at(1);
    update.id = QLatin1String(id);
    update.container = QStringLiteral("c-") + QLatin1String(name);
    update.containerName = QLatin1String(name);
    update.from.image = sampleContainer(update.containerName).image;
    update.to.image = update.from.image;
    update.from.tag = QLatin1String(from);
    update.to.tag = QLatin1String(to);
    update.requestedBy = QLatin1String(by);
    update.createdAt = sampleNow() - 50min;
    return update;
}

} // namespace

std::vector<Container> decidedContainers()
{
    std::vector<Container> containers = sampleContainers();
    for (Container &container : containers) {
        decide(container);
    }
    return containers;
}

Container decidedContainer(const QString &name)
{
    for (Container &container : decidedContainers()) {
        if (container.name == name) {
            return container;
        }
    }
    return {};
}

Explanation sampleExplanation()
{
    Explanation explanation;
    explanation.update = decidedContainer(QStringLiteral("home-assistant")).update;
    explanation.update.reason = QStringLiteral("Version 2025.3.1 follows 2025.1.4");
    const auto rule = [&](const char *field, const char *value, const QString &source) {
        explanation.rules.push_back({QLatin1String(field), QLatin1String(value), source});
    };
    const QString none = QStringLiteral("default");
    rule("updatePolicy", "approval", QStringLiteral("policy “Home”"));
    rule("strategy", "rolling", none);
    rule("level", "minor", QStringLiteral("this container"));
    rule("automaticLevel", "patch", none);
    rule("exclude", "\\.dev", QStringLiteral("label wud.tag.exclude"));
    rule("prerelease", "false", none);
    rule("family", "strict", none);
    rule("minimumAgeSeconds", "3 d", QStringLiteral("policy “Home”"));
    rule("watched", "true", none);
    for (int patch = 0; patch < 26; ++patch) {
        explanation.rejected.push_back({QStringLiteral("2025.2.%1b0").arg(patch),
            patch % 3 == 0 ? QStringLiteral("it is a pre-release") : QStringLiteral("older than 2025.3.1")});
    }
    explanation.rejectedTotal = 431;
    explanation.holds = {
        {Hold::Skipped, QStringLiteral("2025.2.0"), {}, std::nullopt,
            QStringLiteral("The new dashboard does not work"), QStringLiteral("mara"), sampleNow() - 240h},
        {Hold::Snoozed, {}, {}, sampleNow() + 26h, {}, QStringLiteral("local"), sampleNow() - 2h}};
    explanation.problems = {
        QStringLiteral("The label wud.tag.include says “(”, which is no regular expression: missing )")};
    explanation.registry = QStringLiteral("ghcr.io");
    explanation.registryState =
        QStringLiteral("37 pulls left until %1").arg(core::toRfc3339(sampleNow() + 11h - 4min));
    return explanation;
}

ImageChanges sampleChanges()
{
    ImageChanges changes;
    const Container container = sampleContainer(QStringLiteral("home-assistant"));
    changes.container = container.id;
    changes.from = {container.image, container.tag, container.digest};
    changes.to = {container.image, container.update.candidate->tag, container.update.candidate->digest};
    changes.releaseNotes = QStringLiteral("https://www.home-assistant.io/blog/2025/03/05/release-20253/");
    changes.fromVersion = QStringLiteral("2025.1.4");
    changes.toVersion = QStringLiteral("2025.3.1");
    changes.architecture = QStringLiteral("linux/amd64");
    const auto layer = [&](const char *kind, qint64 megabytes) {
        changes.layers.push_back({QStringLiteral("sha256:0"), megabytes * 1'000'000, QLatin1String(kind)});
    };
    layer("shared", 310);
    layer("shared", 120);
    layer("shared", 68);
    layer("removed", 290);
    layer("removed", 81);
    layer("added", 320);
    layer("added", 62);
    layer("added", 30);
    changes.downloadBytes = 412'000'000;
    changes.totalBytes = 910'000'000;
    changes.config = {
        {QStringLiteral("Env/PYTHON_VERSION"), QStringLiteral("3.13.1"), QStringLiteral("3.13.2")},
        {QStringLiteral("Env/UV_NO_CACHE"), std::nullopt, QStringLiteral("true")},
        {QStringLiteral("Labels/io.hass.version"), QStringLiteral("2025.1.4"), QStringLiteral("2025.3.1")},
        {QStringLiteral("ExposedPorts/8124/tcp"), QStringLiteral("yes"), std::nullopt},
        {QStringLiteral("Healthcheck"), QStringLiteral("none"),
            QStringLiteral("[\"CMD-SHELL\",\"curl --fail http://localhost:8123/manifest.json || exit 1\"]")}};
    return changes;
}

std::vector<Update> updatesToApprove()
{
    std::vector<Update> updates = openUpdates();
    updates.push_back(awaiting("u-21", "home-assistant", "2025.1.4", "2025.3.1", "system"));
    updates.push_back(awaiting("u-22", "zigbee2mqtt", "2.1.0", "2.1.3", "jon"));
    return updates;
}

void scriptDecisions(FakeBackend &backend)
{
    const std::vector<Container> containers = decidedContainers();
    const std::vector<Update> open = updatesToApprove();
    backend.on<ListContainers>([containers](const ContainerQuery &query) -> core::Result<ContainerPage> {
        ContainerPage page;
        for (const Container &container : containers) {
            if (!query.decision || *query.decision == container.update.decision) {
                page.items.push_back(container);
            }
        }
        page.total = static_cast<qint64>(page.items.size());
        return page;
    });
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
    backend.on<GetUpdate>([open](const UpdateRef &ref) -> core::Result<Update> {
        for (const Update &one : open) {
            if (one.id == ref.id) {
                return one;
            }
        }
        return core::fail(core::ErrorCode::NotFound, QStringLiteral("There is no such update."));
    });
    backend.on<ExplainContainer>([containers](const ContainerRef &ref) -> core::Result<Explanation> {
        Explanation explanation = sampleExplanation();
        for (const Container &container : containers) {
            if (container.id == ref.id && container.name != QLatin1String("home-assistant")) {
                explanation.update = container.update;
                explanation.registry = container.image.section(QLatin1Char('/'), 0, 0);
            }
        }
        return explanation;
    });
    backend.answer<GetImageChanges>(sampleChanges());
    backend.answer<GetPlan>(samplePlan());
    backend.on<ExportContainer>([](const ExportRequest &request) -> core::Result<ContainerExport> {
        return sampleExport(request.format.value_or(core::ExportFormat::Compose));
    });
}

} // namespace dockerauto::test
