#include "planningsamples.h"

#include "fakebackend.h"
#include "samples.h"

#include <QDateTime>

#include <algorithm>
#include <chrono>

namespace dockerauto::test {

using namespace contracts;
using namespace std::chrono_literals;
using core::ScopeKind;
using core::Timestamp;

namespace {

/// The clock of a day, counted from the one that is looked at.
Timestamp at(int day, int hour, int minute = 0)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(sampleNow().time_since_epoch().count()).date();
    return Timestamp(
        std::chrono::milliseconds(QDateTime(today.addDays(day), QTime(hour, minute)).toMSecsSinceEpoch()));
}

Schedule schedule(const char *id, const char *name, core::ScheduleAction action, const char *cron,
    Scope scope, int containers)
{
    Schedule made;
    made.id = QLatin1String(id);
    made.name = QLatin1String(name);
    made.action = action;
    made.cron = QLatin1String(cron);
    made.zone = QStringLiteral("Europe/Berlin");
    made.scope = std::move(scope);
    made.containers = containers;
    made.createdAt = made.updatedAt = sampleNow() - 240h;
    return made;
}

Window window(const char *id, const char *name, core::WindowKind kind, Scope scope, int containers)
{
    Window made;
    made.id = QLatin1String(id);
    made.name = QLatin1String(name);
    made.kind = kind;
    made.scope = std::move(scope);
    made.containers = containers;
    made.createdAt = made.updatedAt = sampleNow() - 240h;
    return made;
}

Scope project(const char *name)
{
    return {ScopeKind::Project, QLatin1String(name)};
}

UpcomingItem upcoming(Timestamp time, const char *kind, const Schedule &of, int planned)
{
    UpcomingItem item;
    item.at = time;
    item.kind = QLatin1String(kind);
    item.id = of.id;
    item.name = of.name;
    item.reason = QStringLiteral("The schedule “%1” runs.").arg(of.name);
    item.covered = of.containers;
    for (int container = 0; container < planned; ++container) {
        item.containers.push_back(QStringLiteral("c-%1").arg(container));
    }
    return item;
}

Policy policy(const char *id, const char *name, Scope scope, UpdateRules rules, int containers)
{
    Policy made;
    made.id = QLatin1String(id);
    made.name = QLatin1String(name);
    made.scope = std::move(scope);
    made.rules = std::move(rules);
    made.containers = containers;
    return made;
}

Registry registry(const char *name, int containers, const char *state, const char *detail)
{
    Registry made;
    made.id = made.registry = QLatin1String(name);
    made.containers = containers;
    made.secret = QStringLiteral("none");
    made.budget.emplace();
    made.budget->state = QLatin1String(state);
    made.budget->detail = QLatin1String(detail);
    return made;
}

} // namespace

std::vector<Schedule> sampleSchedules()
{
    using core::ScheduleAction;
    Schedule nightly = schedule("s-night", "Nightly patches", ScheduleAction::Update, "0 2 * * *", {}, 20);
    nightly.nextRuns = {at(1, 2), at(2, 2), at(3, 2), at(4, 2), at(5, 2)};
    nightly.lastRunAt = at(0, 2);
    nightly.lastResult = QStringLiteral("4 updated, 1 held back by the freeze.");
    Schedule media =
        schedule("s-media", "Media stack", ScheduleAction::Update, "0 10 * * FRI", project("media"), 4);
    media.nextRuns = {at(0, 10), at(7, 10), at(14, 10), at(21, 10), at(28, 10)};
    media.jitterSeconds = 300;
    Schedule edge =
        schedule("s-edge", "Edge check", ScheduleAction::Check, "30 */2 * * *", project("edge"), 3);
    edge.nextRuns = {at(0, 4, 30), at(0, 6, 30), at(0, 8, 30), at(0, 10, 30), at(0, 12, 30)};
    edge.lastRunAt = at(0, 2, 30);
    edge.lastResult = QStringLiteral("Nothing new.");
    Schedule old = schedule("s-old", "Old backups", ScheduleAction::Check, "15 3 L * *", project("git"), 2);
    old.enabled = false;
    return {edge, media, nightly, old};
}

std::vector<Window> sampleWindows()
{
    using core::WindowKind;
    Window night = window("w-night", "Quiet hours", WindowKind::Window, {}, 20);
    night.times.start = QStringLiteral("02:00");
    night.times.end = QStringLiteral("04:30");
    night.times.zone = QStringLiteral("Europe/Berlin");
    night.inside = true;
    night.closesAt = at(0, 4, 30);
    night.opensNext = at(1, 2);
    for (int day = 0; day < 14; ++day) {
        night.opens.push_back(at(day, 2));
        night.closes.push_back(at(day, 4, 30));
    }
    Window edge = window("w-edge", "Edge window", WindowKind::Window, project("edge"), 3);
    edge.times.days = {QStringLiteral("sat")};
    edge.times.start = QStringLiteral("10:00");
    edge.times.end = QStringLiteral("14:00");
    edge.times.zone = QStringLiteral("Europe/Berlin");
    edge.opens = {at(1, 10), at(8, 10)};
    edge.closes = {at(1, 14), at(8, 14)};
    edge.opensNext = at(1, 10);
    Window freeze = window("w-freeze", "Sale weekend", WindowKind::Freeze, {}, 20);
    freeze.times.from = at(1, 12);
    freeze.times.until = at(2, 20);
    freeze.opens = {at(1, 12)};
    freeze.closes = {at(2, 20)};
    freeze.opensNext = at(1, 12);
    return {edge, night, freeze};
}

std::vector<UpcomingItem> sampleUpcoming()
{
    const std::vector<Schedule> schedules = sampleSchedules();
    std::vector<UpcomingItem> items;
    for (int day = 0; day < 7; ++day) {
        for (int hour = 0; hour < 24; hour += 2) {
            items.push_back(upcoming(at(day, hour, 30), "check", schedules.at(0), 0));
        }
        items.push_back(upcoming(at(day, 2), "update", schedules.at(2), 3));
        UpcomingItem regular;
        regular.at = at(day, 18);
        regular.kind = QStringLiteral("check");
        regular.reason = QStringLiteral("All containers are checked every 24 h.");
        regular.covered = 20;
        items.push_back(regular);
    }
    items.push_back(upcoming(at(0, 10), "update", schedules.at(1), 4));
    std::erase_if(items, [](const UpcomingItem &item) { return item.at < sampleNow(); });
    std::ranges::sort(items, {}, &UpcomingItem::at);
    return items;
}

std::vector<Policy> samplePolicies()
{
    UpdateRules media;
    media.updatePolicy = core::UpdatePolicy::Scheduled;
    media.level = core::TagLevel::Minor;
    media.automaticLevel = core::TagLevel::Patch;
    media.minimumAgeSeconds = 3 * 86400;
    UpdateRules databases;
    databases.updatePolicy = core::UpdatePolicy::Approval;
    databases.constraint = QStringLiteral("16.x");
    databases.prerelease = false;
    UpdateRules pinned;
    pinned.updatePolicy = core::UpdatePolicy::Pinned;
    Policy off = policy("p-git", "Git server", project("git"), pinned, 2);
    off.enabled = false;
    return {policy("p-db", "Databases", {ScopeKind::Label, QStringLiteral("tier=db")}, databases, 3), off,
        policy("p-media", "Media", project("media"), media, 4)};
}

std::vector<Registry> sampleRegistries()
{
    Registry hub = registry("docker.io", 14, "open", "");
    hub.credentialsFrom = QStringLiteral("this program");
    hub.username = QStringLiteral("mara");
    hub.configured = true;
    hub.secret = QStringLiteral("password");
    hub.budget->limit = 100;
    hub.budget->remaining = 37;
    hub.budget->resetsAt = sampleNow() + 3h;
    Registry github = registry("ghcr.io", 2, "open", "");
    github.credentialsFrom = QStringLiteral("config.json");
    Registry linuxserver = registry("lscr.io", 3, "paused", "It answered that there were too many requests.");
    linuxserver.budget->pausedUntil = sampleNow() + 25min;
    Registry own = registry("registry.example.net:5000", 1, "broken",
        "Its certificate is signed by an authority that this machine does not know.");
    own.configured = true;
    own.insecure = false;
    return {hub, github, linuxserver, own};
}

void scriptPlanning(FakeBackend &backend)
{
    backend.answer<ListSchedules>({sampleSchedules()});
    backend.answer<ListWindows>({sampleWindows()});
    backend.answer<ListUpcoming>({sampleUpcoming()});
    backend.answer<ListPolicies>({samplePolicies()});
    backend.answer<ListRegistries>({sampleRegistries()});
    Webhook hook;
    hook.id = QStringLiteral("h-1");
    hook.name = QStringLiteral("Docker Hub");
    hook.createdAt = sampleNow() - 72h;
    hook.lastUsedAt = sampleNow() - 2h;
    backend.answer<ListWebhooks>({{hook}});
    backend.on<PreviewSchedule>([](const SchedulePreviewRequest &request) -> core::Result<SchedulePreview> {
        if (request.cron.contains(QLatin1String("99"))) {
            return core::fail(core::Error{core::ErrorCode::InvalidArgument,
                QStringLiteral("The minute must be 0 to 59, for example “30 2 * * *”."),
                QStringLiteral("cron"), nullptr});
        }
        return SchedulePreview{{at(1, 2), at(2, 2), at(3, 2), at(4, 2), at(5, 2)}};
    });
    backend.on<PreviewPolicy>([](const PolicyPreviewRequest &request) -> core::Result<PolicyPreview> {
        PolicyPreview preview;
        for (const QString &tag : request.tags) {
            if (tag.contains(QLatin1String("rc"))) {
                preview.rejected.push_back({tag, QStringLiteral("It is a pre-release.")});
            } else if (!preview.tag) {
                preview.tag = tag;
                preview.bump = core::Bump::Minor;
            } else {
                preview.rejected.push_back({tag, QStringLiteral("Another one is newer.")});
            }
        }
        return preview;
    });
    backend.answer<TestRegistry>({true, true, QStringLiteral("Signed in as mara."), std::nullopt});
}

} // namespace dockerauto::test
