// What a plan asks of the engine, the registry and this machine, all of it within short times.

#include "planpreflight.h"

#include "checkrun.h"
#include "planparts.h"
#include "preflightchecks.h"

namespace dockerauto::application {

using contracts::Plan;
using core::CallContext;
using core::ErrorCode;
using core::Json;
using core::Result;
using core::textOf;
using namespace std::chrono_literals;

namespace {

/// Which of them the engine does not know; an error when it could not be asked.
template <class Ask>
Result<std::vector<QString>> missingOf(const std::vector<QString> &names, const Ask &ask)
{
    std::vector<QString> missing;
    for (const QString &name : names) {
        if (const auto found = ask(name); !found) {
            if (found.error().code != ErrorCode::NotFound) {
                return core::fail(found.error());
            }
            missing.push_back(name);
        }
    }
    return missing;
}

Result<> without(const Result<std::vector<QString>> &missing)
{
    return missing ? Result<>() : core::fail(missing.error());
}

QString platformOf(const Json &image)
{
    const QString os = textOf(image, "Os");
    return os.isEmpty() ? QString() : QString(os % u'/' % textOf(image, "Architecture"));
}

} // namespace

void PlanService::lookAtRegistry(Plan &plan, const Looked &looked, const CallContext &context)
{
    auto changes = m_with.changes.changes(plan.container, context.within(8s));
    Result<> asked = changes ? Result<>() : core::fail(changes.error());
    const auto reference = domain::ImageReference::parse(referenceOf(looked.container));
    if (!changes && reference && asked.error().code != ErrorCode::Timeout) {
        // What differs can't be told for many reasons, some of which are not the registry's.
        const auto target = reference->withTag(plan.to.tag).withDigest(plan.to.digest);
        const auto head = m_with.registry.head(target, context.within(4s));
        asked = head ? Result<>() : core::fail(head.error());
    }
    const QString name = reference ? reference->domain.value_or(QStringLiteral("docker.io")) : plan.to.image;
    plan.preflight.push_back(checkRegistry(name, asked));
    plan.preflight.push_back(checkPlatform(
        platformOf(looked.ground.members.front().oldImage), changes ? changes->architecture : QString()));
    if (changes) {
        plan.changes = std::move(*changes);
    }
}

void PlanService::lookAtDisk(Plan &plan, const Looked &looked) const
{
    const ports::EngineInfo &info = looked.ground.engine;
    DiskFacts facts{.downloadBytes = {}, .freeBytes = {}, .folder = info.rootDirectory};
    if (plan.changes) {
        facts.downloadBytes = plan.changes->downloadBytes;
    }
    if (info.local && !info.rootDirectory.isEmpty()) {
        facts.freeBytes = m_with.folders.freeBytes(info.rootDirectory);
    }
    plan.preflight.push_back(checkDisk(facts));
}

void PlanService::lookAtMounts(Plan &plan, const Looked &looked, const CallContext &context) const
{
    const auto volumes = ownVolumes(looked.root());
    const auto lost = missingOf(
        volumes, [&](const QString &name) { return looked.engine.inspectVolume(name, context.within(5s)); });
    plan.preflight.push_back(checkVolumes(volumes, lost.value_or(std::vector<QString>()), without(lost)));

    const auto sources = boundSources(looked.root());
    std::optional<std::vector<QString>> missing;
    if (looked.ground.engine.local) {
        missing.emplace();
        for (const QString &source : sources) {
            const auto there = m_with.folders.exists(source);
            if (!there) {
                missing.reset();
                break;
            }
            if (!*there) {
                missing->push_back(source);
            }
        }
    }
    plan.preflight.push_back(checkBinds(sources, missing));
}

void PlanService::lookAtOthers(Plan &plan, const Looked &looked, const CallContext &context) const
{
    const auto all = looked.engine.listContainers(context.within(5s));
    const std::vector<ports::ContainerSummary> none;
    plan.preflight.push_back(checkPorts(looked.root(), all ? *all : none));
    plan.preflight.push_back(checkNames(plan.containerName, all ? *all : none));

    const auto networks = ownNetworks(looked.root());
    const auto gone = missingOf(networks,
        [&](const QString &name) { return looked.engine.inspectNetwork(name, context.within(5s)); });
    plan.preflight.push_back(checkNetworks(networks, gone.value_or(std::vector<QString>()), without(gone)));

    std::vector<const Json *> inspects;
    std::vector<QString> others;
    for (const GroundworkMember &member : looked.ground.members) {
        if (!inspects.empty()) {
            others.push_back(nameOf(member.inspect));
        }
        inspects.push_back(&member.inspect);
    }
    const auto handsOver =
        m_with.self.mustHandOver(inspects, looked.engine, looked.ground.engine, context.within(5s));
    Result<> self = handsOver ? Result<>() : core::fail(handsOver.error());
    if (handsOver && *handsOver) {
        self = m_with.self.check(looked.root(), looked.engine, context.within(5s));
        plan.notes.push_back(QStringLiteral(
            "This is Docker Auto itself, or its way to the engine: a helper container does the exchange, and "
            "windows lose their connection for a moment."));
        plan.backup.planned = false;
        plan.backup.volumes.clear();
        plan.backup.reason =
            QStringLiteral("This program can't stop itself and go on, so its volumes are not saved.");
    }
    plan.preflight.push_back(checkDependants(others, self));
}

} // namespace dockerauto::application
