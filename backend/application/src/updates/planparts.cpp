#include "planparts.h"

#include "updateledger.h"
#include "updatetimes.h"

#include <domain/containerlinks.h>
#include <domain/healthgate.h>

#include <algorithm>
#include <array>
#include <ranges>

namespace dockerauto::application {

using contracts::PlannedContainer;
using contracts::StrategyChoice;
using core::Json;
using core::memberOf;
using core::textOf;
using core::UpdateStrategy;
using domain::Tie;
using namespace std::chrono_literals;

namespace {

/// The first port of the host that the container has for itself; empty for none.
QString ownPort(const Json &inspect)
{
    const Json &bindings = memberOf(memberOf(inspect, "HostConfig"), "PortBindings");
    for (const Json &places : bindings.is_object() ? bindings : Json::object()) {
        for (const Json &place : places.is_array() ? places : Json::array()) {
            const QString port = textOf(place, "HostPort");
            if (!port.isEmpty() && port != QLatin1String("0")) {
                return port;
            }
        }
    }
    return {};
}

QString ownAddress(const Json &inspect)
{
    const Json &networks = memberOf(memberOf(inspect, "NetworkSettings"), "Networks");
    for (const Json &network : networks.is_object() ? networks : Json::object()) {
        const QString address = textOf(memberOf(network, "IPAMConfig"), "IPv4Address");
        if (!address.isEmpty()) {
            return address;
        }
    }
    return {};
}

bool writesToMounts(const Json &inspect)
{
    const Json &mounts = memberOf(inspect, "Mounts");
    return mounts.is_array() &&
           std::ranges::any_of(mounts, [](const Json &mount) { return memberOf(mount, "RW") == true; });
}

QString whyNotSideBySide(const Json &inspect)
{
    if (const QString port = ownPort(inspect); !port.isEmpty()) {
        return QStringLiteral("Port %1 of the host can belong to one container at a time, so the old one is "
                              "stopped before the new one starts.")
            .arg(port);
    }
    if (const QString address = ownAddress(inspect); !address.isEmpty()) {
        return QStringLiteral("The address %1 can belong to one container at a time, so the old one is "
                              "stopped before the new one starts.")
            .arg(address);
    }
    if (writesToMounts(inspect)) {
        return QStringLiteral("Two containers must not write to the same data at a time, so the old one is "
                              "stopped before the new one starts.");
    }
    return QStringLiteral("This version stops the old container before it starts the new one.");
}

QString tieWords(Tie tie)
{
    switch (tie) {
    case Tie::Network:
        return QStringLiteral("it lives in the network of “%1”");
    case Tie::Ipc:
        return QStringLiteral("it shares the memory of “%1”");
    case Tie::Pid:
        return QStringLiteral("it lives among the processes of “%1”");
    case Tie::Volumes:
        return QStringLiteral("it uses the volumes of “%1”");
    case Tie::Link:
        return QStringLiteral("it is linked to “%1”");
    }
    return {};
}

QString whyTied(const std::vector<GroundworkMember> &members, std::size_t index)
{
    for (std::size_t other = 0; other < index; ++other) {
        const Json &inspect = members[other].inspect;
        const auto ties = domain::tiesTo(members[index].inspect, textOf(inspect, "Id"), nameOf(inspect));
        if (!ties.empty()) {
            return tieWords(ties.front()).arg(nameOf(inspect));
        }
    }
    return {};
}

/// Until it is known to work: a health check answers for the first time after its first interval.
std::chrono::milliseconds untilJudged(const Json &inspect, std::chrono::milliseconds stableFor)
{
    const domain::HealthGate gate(inspect, {.stableFor = stableFor, .slack = 0ms});
    if (!gate.hasHealthcheck()) {
        return gate.budget();
    }
    const Json &interval = memberOf(memberOf(memberOf(inspect, "Config"), "Healthcheck"), "Interval");
    const auto given = std::chrono::nanoseconds(interval.is_number_integer() ? interval.get<qint64>() : 0);
    return std::chrono::duration_cast<std::chrono::milliseconds>(given > 0ns ? given : 30s) + 1s;
}

std::chrono::milliseconds guessed(
    const std::vector<GroundworkMember> &members, std::chrono::milliseconds stableFor)
{
    // What the engine takes to make and start a container.
    constexpr auto start = 1s;
    std::chrono::milliseconds sum{0};
    for (const GroundworkMember &member : members) {
        if (runs(member.inspect)) {
            sum += graceTime(member.inspect) + start + untilJudged(member.inspect, stableFor);
        }
    }
    return sum;
}

std::vector<QString> withoutRepetitions(std::vector<QString> texts)
{
    std::vector<QString> kept;
    for (QString &text : texts) {
        if (std::ranges::find(kept, text) == kept.end()) {
            kept.push_back(std::move(text));
        }
    }
    return kept;
}

} // namespace

QString nameOf(const Json &inspect)
{
    const QString name = textOf(inspect, "Name");
    return name.startsWith(u'/') ? name.mid(1) : name;
}

bool runs(const Json &inspect)
{
    return memberOf(memberOf(inspect, "State"), "Running") == true;
}

std::vector<StrategyChoice> strategiesFor(const Json &inspect)
{
    const QString proxy = QStringLiteral("Needs a proxy in front that divides the requests; this version has "
                                         "none.");
    return {{UpdateStrategy::Rolling, false, whyNotSideBySide(inspect)}, {UpdateStrategy::Recreate, true, {}},
        {UpdateStrategy::BlueGreen, false, proxy}, {UpdateStrategy::Canary, false, proxy}};
}

std::vector<PlannedContainer> stopOrder(const std::vector<GroundworkMember> &members)
{
    std::vector<PlannedContainer> order;
    for (std::size_t index = members.size(); index-- > 0;) {
        const bool isRoot = index == 0;
        order.push_back(
            {nameOf(members[index].inspect), isRoot ? QStringLiteral("updated") : QStringLiteral("recreated"),
                isRoot ? QString() : whyTied(members, index)});
    }
    return order;
}

Json withoutValues(Json payload)
{
    if (!payload.is_object() || !memberOf(payload, "Env").is_array()) {
        return payload;
    }
    for (Json &entry : payload["Env"]) {
        if (entry.is_string()) {
            const QString variable = entry.get<QString>();
            const auto end = variable.indexOf(u'=');
            // Without a value it takes one away that the image brings.
            entry = end < 0 ? variable : QString(variable.left(end + 1) % QStringLiteral("(set)"));
        }
    }
    return payload;
}

std::optional<std::chrono::milliseconds> servedNobody(const std::vector<ports::StepRecord> &steps)
{
    std::optional<core::Timestamp> from;
    std::optional<core::Timestamp> to;
    std::chrono::milliseconds saving{0};
    for (const ports::StepRecord &step : steps) {
        if (step.status != core::StepStatus::Succeeded || !step.startedAt || !step.completedAt) {
            continue;
        }
        if (step.name == steps::stop) {
            from = step.startedAt;
        } else if (step.name == steps::health) {
            to = step.completedAt;
        } else if (step.name == steps::backup) {
            saving = *step.completedAt - *step.startedAt;
        }
    }
    if (!from || !to || *to < *from) {
        return std::nullopt;
    }
    return std::max<std::chrono::milliseconds>(*to - *from - saving, 0ms);
}

Downtime expectedDowntime(const std::vector<std::chrono::milliseconds> &earlier,
    const std::vector<GroundworkMember> &members, std::chrono::milliseconds stableFor,
    std::chrono::seconds backup)
{
    const bool known = !earlier.empty();
    if (!std::ranges::any_of(members, [](const auto &member) { return runs(member.inspect); })) {
        return {0, QStringLiteral("estimate")};
    }
    std::chrono::milliseconds span{0};
    if (known) {
        auto sorted = earlier;
        std::ranges::sort(sorted);
        const std::size_t middle = sorted.size() / 2;
        span = sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    } else {
        span = guessed(members, stableFor);
    }
    return {std::chrono::ceil<std::chrono::seconds>(span).count() + backup.count(),
        known ? QStringLiteral("history") : QStringLiteral("estimate")};
}

QString whatGoingBackRestores(const std::vector<GroundworkMember> &members,
    const contracts::PlannedBackup &backup, const domain::UpdateCare &care)
{
    const QString what = members.size() > 1
                             ? QStringLiteral("the container as it is now, and those that are tied to it")
                             : QStringLiteral("the container as it is now");
    const QString data = backup.planned && !backup.volumes.empty()
                             ? QStringLiteral("its volumes become what they were before the update")
                             : QStringLiteral("its volumes stay as the new version has left them");
    const QString later = care.keepVersions > 0
                              ? QString()
                              : QStringLiteral(" Once the update has succeeded nothing is kept to go back.");
    return QStringLiteral("Going back brings back %1; %2.").arg(what, data) % later;
}

std::vector<QString> notesOf(const std::vector<GroundworkMember> &members)
{
    std::vector<QString> notes;
    // That those that are tied to another one are made again with it is what the order says.
    const auto isSaidAlready = [](const QString &note) {
        return note.endsWith(QStringLiteral("must be made again whenever that one is."));
    };
    for (std::size_t index = 0; index < members.size(); ++index) {
        for (const QString &note : members[index].spec.notes) {
            if (index == 0) {
                notes.push_back(note);
            } else if (!isSaidAlready(note)) {
                notes.push_back(QStringLiteral("“%1”: %2").arg(nameOf(members[index].inspect), note));
            }
        }
    }
    return withoutRepetitions(std::move(notes));
}

std::vector<QString> circumstances(
    const ports::ContainerRecord &container, const Json &inspect, const domain::UpdateCare &care)
{
    std::vector<QString> notes;
    if (container.decision.decision == core::Decision::HeldBack && !container.decision.reason.isEmpty()) {
        notes.push_back(QStringLiteral("It is held back: %1").arg(container.decision.reason));
    }
    if (!runs(inspect)) {
        notes.push_back(QStringLiteral("It does not run, so the new one is made but not started, and whether "
                                       "it works shows when somebody starts it."));
    } else if (memberOf(memberOf(inspect, "State"), "Paused") == true) {
        notes.push_back(QStringLiteral("It is paused; the new one is started, judged and paused again."));
    }
    if (memberOf(memberOf(inspect, "HostConfig"), "AutoRemove") == true) {
        notes.push_back(QStringLiteral("It vanishes as soon as it stops (--rm). To go back it is made again "
                                       "from what was written down of it; files that it wrote outside of its "
                                       "volumes are gone then."));
    }
    const auto hook = [&](const std::vector<QString> &argv, const QString &text) {
        if (!argv.empty()) {
            notes.push_back(text.arg(argv.front()));
        }
    };
    hook(care.hookBefore, QStringLiteral("Where hooks are switched on, “%1” is run in it before it stops."));
    hook(care.hookAfter, QStringLiteral("Where hooks are switched on, “%1” is run in the new one."));
    return notes;
}

std::vector<QString> carriedFilesOf(const std::vector<GroundworkMember> &members)
{
    std::vector<QString> files;
    for (const GroundworkMember &member : members) {
        files.insert(files.end(), member.carriedFiles.begin(), member.carriedFiles.end());
    }
    return withoutRepetitions(std::move(files));
}

} // namespace dockerauto::application
