#include "application/updates/selfupdate.h"

#include "names.h"
#include "selfhelper.h"
#include "texts.h"

#include <QFileInfo>

#include <algorithm>
#include <set>

namespace dockerauto::application {

using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Json;
using core::memberOf;
using core::Result;
using core::textOf;
using ports::ContainerEngine;
using ports::EngineInfo;

namespace {

constexpr qsizetype fullId = 64;
const auto joined = QStringLiteral("container:");

QString networkMode(const Json &inspect)
{
    return textOf(memberOf(inspect, "HostConfig"), "NetworkMode");
}

bool isLoopback(const QString &host)
{
    return host == QStringLiteral("localhost") || host.startsWith(QStringLiteral("127.")) ||
           host == QStringLiteral("::1");
}

/// Whether a container is reached by way of `network`. Those of the host reach all.
bool reaches(const Json &own, const std::string &network)
{
    const Json &networks = memberOf(memberOf(own, "NetworkSettings"), "Networks");
    const bool isOpen = !networks.is_object() || networks.empty() || networks.contains("host");
    return isOpen || networks.contains(network);
}

/// What a container goes by in one of its networks.
std::set<QString> namesIn(const Json &endpoint)
{
    std::set<QString> names;
    for (const char *list : {"Aliases", "DNSNames"}) {
        for (const QString &name : textsOf(memberOf(endpoint, list))) {
            names.insert(name.toLower());
        }
    }
    for (const char *address : {"IPAddress", "GlobalIPv6Address"}) {
        names.insert(textOf(endpoint, address));
    }
    return names;
}

bool goesBy(const Json &inspect, const QString &host, const Json &own)
{
    const QString id = textOf(inspect, "Id");
    const std::set<QString> everywhere{textOf(inspect, "Name").mid(1).toLower(), id, id.left(12),
        textOf(memberOf(inspect, "Config"), "Hostname").toLower()};
    for (const auto &[network, endpoint] :
        memberOf(memberOf(inspect, "NetworkSettings"), "Networks").items()) {
        if (reaches(own, network) && (everywhere.contains(host) || namesIn(endpoint).contains(host))) {
            return true;
        }
    }
    return false;
}

/// Whether a container runs this program, as far as its command tells.
bool namesProgram(const Json &inspect, const QString &executable)
{
    const QString program = QFileInfo(executable).fileName();
    const auto isProgram = [&](const QString &word) {
        return !program.isEmpty() && QFileInfo(word).fileName() == program;
    };
    return isProgram(textOf(inspect, "Path")) ||
           std::ranges::any_of(textsOf(memberOf(inspect, "Args")), isProgram);
}

} // namespace

Json Replacement::toJson() const
{
    return Json{{"update", update.text()}, {"oldId", oldId}, {"newId", newId},
        {"restartPolicy", restartPolicy}, {"stableForMs", stableFor.count()},
        {"healthSlackMs", healthSlack.count()}};
}

Result<Replacement> Replacement::fromJson(const Json &json)
{
    Replacement replacement;
    replacement.update = core::UpdateId(textOf(json, "update"));
    replacement.oldId = textOf(json, "oldId");
    replacement.newId = textOf(json, "newId");
    replacement.restartPolicy = memberOf(json, "restartPolicy");
    for (const char *id : {"update", "oldId", "newId"}) {
        if (textOf(json, id).isEmpty()) {
            return fail(ErrorCode::InvalidArgument,
                QStringLiteral("%1 must be the id of what is replaced").arg(QLatin1String(id)),
                QString::fromLatin1(id));
        }
    }
    for (const auto &[key, target] : {std::pair{"stableForMs", &replacement.stableFor},
             std::pair{"healthSlackMs", &replacement.healthSlack}}) {
        const Json &given = memberOf(json, key);
        constexpr qint64 longest = 86'400'000;
        if (!given.is_number_integer() || given.get<qint64>() < 0 || given.get<qint64>() > longest) {
            return fail(ErrorCode::InvalidArgument,
                QStringLiteral("%1 must be a number of milliseconds, at most a day").arg(QLatin1String(key)),
                QString::fromLatin1(key));
        }
        *target = std::chrono::milliseconds(given.get<qint64>());
    }
    return replacement;
}

SelfUpdate::SelfUpdate(const ports::SelfIdentity &identity) : m_identity(identity) {}

bool SelfUpdate::runsIn(const QString &containerId) const
{
    const auto own = m_identity.containerId();
    // Twelve digits are a host name that looks like an id; that a container has this id confirms it.
    return own && !own->isEmpty() && containerId.startsWith(*own);
}

SelfUpdate::Role SelfUpdate::roleOf(const Json &inspect, const EngineInfo &engine, const Json &own) const
{
    if (runsIn(textOf(inspect, "Id"))) {
        return Role::Self;
    }
    // The files that tell the id are those of the container whose network this one lives in.
    const QString mode = networkMode(inspect);
    if (mode.startsWith(joined) && runsIn(mode.mid(joined.size())) &&
        namesProgram(inspect, m_identity.executable())) {
        return Role::Self;
    }
    const QString host = engine.addressHost.toLower();
    if (host.isEmpty()) {
        return Role::Other;
    }
    if (isLoopback(host)) {
        return !own.is_null() && networkMode(own) == joined + textOf(inspect, "Id") ? Role::Proxy
                                                                                    : Role::Other;
    }
    return goesBy(inspect, host, own) ? Role::Proxy : Role::Other;
}

Result<Json> SelfUpdate::own(ContainerEngine &engine, const CallContext &context) const
{
    const auto id = m_identity.containerId();
    if (!id) {
        return fail(ErrorCode::NotFound, QStringLiteral("This program does not run in a container"));
    }
    DOCKERAUTO_TRY_ASSIGN(inspect, engine.inspectContainer(*id, context));
    if (id->size() < fullId && textOf(memberOf(inspect, "Config"), "Hostname") != *id) {
        return fail(ErrorCode::NotFound, QStringLiteral("The engine knows no container of this host name"));
    }
    return inspect;
}

Result<bool> SelfUpdate::mustHandOver(const std::vector<const Json *> &inspects, ContainerEngine &engine,
    const EngineInfo &info, const CallContext &context) const
{
    const auto ownResult = own(engine, context);
    const auto isOurs = [&](const Json &inspect) {
        return roleOf(inspect, info, ownResult ? *ownResult : Json()) != Role::Other;
    };
    const Json &root = *inspects.front();
    const bool handsOver = memberOf(memberOf(root, "State"), "Running") == true && isOurs(root);
    for (std::size_t i = 1; i < inspects.size(); ++i) {
        if (handsOver || isOurs(*inspects[i])) {
            return fail(ErrorCode::Unsupported,
                QStringLiteral(
                    "“%1” lives in “%2”, and one of them is this program or its way to the engine, "
                    "so they can't be made again together from here. Update them by hand.")
                    .arg(textOf(*inspects[i], "Name").mid(1), textOf(root, "Name").mid(1)));
        }
    }
    return handsOver;
}

Result<Json> SelfUpdate::helperFor(const Replacement &replacement, const Json &inspectOfTarget,
    std::vector<QString> &networks, ContainerEngine &engine, const CallContext &context) const
{
    const QString name = textOf(inspectOfTarget, "Name").mid(1);
    if (memberOf(memberOf(inspectOfTarget, "HostConfig"), "AutoRemove") == true) {
        return fail(ErrorCode::Unsupported,
            QStringLiteral(
                "“%1” was made to vanish when it stops (--rm), so it could not be put back. Make it "
                "without --rm, or update it by hand.")
                .arg(name));
    }
    DOCKERAUTO_TRY_ASSIGN(info, engine.info(context));
    auto ownResult = own(engine, context);
    const Role role = roleOf(inspectOfTarget, info, ownResult ? *ownResult : Json());
    if (role == Role::Self) {
        // What tells the id may be another container's; this one is known for what it is.
        ownResult = inspectOfTarget;
    }
    if (!ownResult && ownResult.error().code != ErrorCode::NotFound) {
        return fail(ownResult.error());
    }
    if (role == Role::Other || !ownResult) {
        return fail(ErrorCode::Unsupported,
            QStringLiteral("Docker Auto speaks to the engine through “%1” and does not run in a container of "
                           "this engine, so there is no image for a helper to replace it. Update it by hand, "
                           "or let Docker Auto use the engine's socket.")
                .arg(name));
    }
    const HelperNeeds needs{.replacement = replacement,
        .role = role,
        .own = *ownResult,
        .target = inspectOfTarget,
        .engine = info,
        .executable = m_identity.executable()};
    networks = helperNetworks(needs);
    return helperBody(needs);
}

Result<> SelfUpdate::check(
    const Json &inspectOfTarget, ContainerEngine &engine, const CallContext &context) const
{
    std::vector<QString> networks;
    DOCKERAUTO_TRY(helperFor({}, inspectOfTarget, networks, engine, context));
    return {};
}

Result<> SelfUpdate::handOver(const Replacement &replacement, const Json &inspectOfTarget,
    ContainerEngine &engine, const CallContext &context) const
{
    std::vector<QString> networks;
    DOCKERAUTO_TRY_ASSIGN(body, helperFor(replacement, inspectOfTarget, networks, engine, context));
    const QString name = replaceHelperName(textOf(inspectOfTarget, "Name").mid(1), replacement.update);
    if (auto made = engine.createContainer(name, body, context);
        !made && made.error().code != ErrorCode::Conflict) {
        return fail(made.error().within(QStringLiteral("The helper “%1” could not be made").arg(name)));
    }
    DOCKERAUTO_TRY_ASSIGN(helper, engine.inspectContainer(name, context));
    const Json &marks = memberOf(memberOf(helper, "Config"), "Labels");
    if (textOf(marks, labels::operation) != replacement.update.text()) {
        return fail(ErrorCode::Conflict,
            QStringLiteral("There is a container “%1” that is not of this update. Remove it.").arg(name));
    }
    const QString id = textOf(helper, "Id");
    const Json &present = memberOf(memberOf(helper, "NetworkSettings"), "Networks");
    for (const QString &network : networks) {
        if (!present.is_object() || !present.contains(network.toStdString())) {
            DOCKERAUTO_TRY(engine.connectNetwork(network, id, Json(), context));
        }
    }
    if (auto started = engine.startContainer(id, context); !started) {
        return fail(started.error().within(QStringLiteral("The helper “%1” could not be started").arg(name)));
    }
    return {};
}

Result<> SelfUpdate::removeHelper(
    const core::UpdateId &update, ContainerEngine &engine, const CallContext &context) const
{
    DOCKERAUTO_TRY_ASSIGN(all, engine.listContainers(context));
    for (const ports::ContainerSummary &container : all) {
        const auto has = [&](const char *label, const QString &value) {
            const auto found = container.labels.find(QString::fromLatin1(label));
            return found != container.labels.end() && found->second == value;
        };
        if (has(labels::operation, update.text()) && has(labels::helper, QStringLiteral("replace"))) {
            auto gone = engine.removeContainer(container.id.text(), ContainerEngine::Removal::Force, context);
            if (!gone && gone.error().code != ErrorCode::NotFound) {
                return gone;
            }
        }
    }
    return {};
}

} // namespace dockerauto::application
