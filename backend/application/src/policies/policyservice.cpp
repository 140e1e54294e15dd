#include "application/policies/policyservice.h"

#include "../containers/containermapping.h"
#include "rulesmapping.h"

#include <application/policies/rulebook.h>
#include <contracts/codec.h>
#include <contracts/events.h>
#include <core/uniqueid.h>

namespace dockerauto::application {

using contracts::Container;
using contracts::Policy;
using core::CallContext;
using core::ErrorCode;
using core::fail;
using core::Result;
using ports::ContainerRecord;
using ports::PolicyRecord;

namespace {

constexpr qsizetype longestName = 200;
constexpr std::size_t mostTags = 10'000;
constexpr qsizetype longestTag = 128;
constexpr int allContainers = 1'000'000;

Result<QString> checkName(const QString &name)
{
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > longestName) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("“name” must have from 1 to %1 characters").arg(longestName),
            QStringLiteral("name"));
    }
    return trimmed;
}

Result<std::vector<ContainerRecord>> everyContainer(ports::UnitOfWork &work)
{
    return work.containers().list({}, std::nullopt, allContainers);
}

Policy describe(const PolicyRecord &record, const std::vector<ContainerRecord> &containers)
{
    Policy policy{.id = record.id,
        .name = record.name,
        .enabled = record.enabled,
        .scope = {record.scope,
            record.scopeValue.isEmpty() ? std::nullopt : std::optional(record.scopeValue)},
        .rules = contracts::decode<contracts::UpdateRules>(record.rules, contracts::UnknownFields::Ignore)
                     .value_or(contracts::UpdateRules()),
        .containers = 0,
        .createdAt = record.createdAt,
        .updatedAt = record.updatedAt};
    for (const ContainerRecord &container : containers) {
        policy.containers += scopeCovers(record.scope, record.scopeValue, container) ? 1 : 0;
    }
    return policy;
}

} // namespace

PolicyService::PolicyService(ports::Storage &storage, ContainerSync &sync, EventFeed &feed,
    const core::Clock &clock, Reconsider reconsider)
    : m_storage(storage), m_sync(sync), m_feed(feed), m_clock(clock), m_reconsider(std::move(reconsider))
{
}

Result<QString> PolicyService::checkScope(ports::UnitOfWork &work, const contracts::Scope &scope) const
{
    const QString value = scope.value.value_or(QString()).trimmed();
    if (scope.kind == core::ScopeKind::All) {
        return QString();
    }
    if (value.isEmpty()) {
        return fail(ErrorCode::InvalidArgument, QStringLiteral("“scope/value” is missing"),
            QStringLiteral("scope/value"));
    }
    if (scope.kind == core::ScopeKind::Container && !work.containers().find(core::ContainerId(value))) {
        return fail(ErrorCode::InvalidArgument, QStringLiteral("There is no container with this id"),
            QStringLiteral("scope/value"));
    }
    return value;
}

/// Applies the rules as they are now to every container; those that changed, or that `covered` says so of,
/// are told and decided anew.
Result<> PolicyService::reapply(ports::UnitOfWork &work, Concerned &concerned,
    const std::function<bool(const ContainerRecord &)> &covered) const
{
    concerned.clear();
    DOCKERAUTO_TRY_ASSIGN(book, RuleBook::load(work));
    DOCKERAUTO_TRY_ASSIGN(containers, everyContainer(work));
    for (ContainerRecord &container : containers) {
        const bool changed = book.apply(container);
        if (changed) {
            DOCKERAUTO_TRY(work.containers().saveResolved(
                container.id, container.policy, container.strategy, container.policySource));
        }
        if (changed || covered(container)) {
            concerned.push_back(std::move(container));
        }
    }
    return {};
}

void PolicyService::tell(const Concerned &concerned)
{
    std::vector<core::ContainerId> ids;
    for (const ContainerRecord &container : concerned) {
        m_sync.announce(container);
        ids.push_back(container.id);
    }
    m_feed.publish(contracts::topics::updates, contracts::events::planningChanged, core::Json::object());
    if (!ids.empty()) {
        m_reconsider(ids);
    }
}

Result<contracts::PolicyList> PolicyService::list(const CallContext &context) const
{
    contracts::PolicyList list;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            list.items.clear();
            DOCKERAUTO_TRY_ASSIGN(records, work.policies().all());
            DOCKERAUTO_TRY_ASSIGN(containers, everyContainer(work));
            for (const PolicyRecord &record : records) {
                list.items.push_back(describe(record, containers));
            }
            return {};
        },
        context));
    return list;
}

Result<Policy> PolicyService::get(const QString &id, const CallContext &context) const
{
    std::optional<Policy> policy;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(record, work.policies().find(id));
            DOCKERAUTO_TRY_ASSIGN(containers, everyContainer(work));
            policy = describe(record, containers);
            return {};
        },
        context));
    return *policy;
}

/// Writes the policy with this id, a new one where `isNew` says so.
Result<Policy> PolicyService::put(
    const contracts::PolicyChange &change, Existence existence, const CallContext &context)
{
    DOCKERAUTO_TRY_ASSIGN(name, checkName(change.name));
    DOCKERAUTO_TRY(checkRules(change.rules, QStringLiteral("rules")));
    Concerned concerned;
    std::optional<Policy> policy;
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(scopeValue, checkScope(work, change.scope));
            PolicyRecord before;
            before.createdAt = m_clock.now();
            if (existence == Existence::Known) {
                DOCKERAUTO_TRY_ASSIGN(found, work.policies().find(change.id));
                before = std::move(found);
            }
            const PolicyRecord record{.id = change.id,
                .name = name,
                .enabled = change.enabled,
                .scope = change.scope.kind,
                .scopeValue = scopeValue,
                .rules = contracts::encode(change.rules),
                .createdAt = before.createdAt,
                .updatedAt = m_clock.now()};
            DOCKERAUTO_TRY(work.policies().save(record));
            DOCKERAUTO_TRY(reapply(work, concerned, [&](const ContainerRecord &container) {
                return scopeCovers(record.scope, record.scopeValue, container) ||
                       (existence == Existence::Known &&
                           scopeCovers(before.scope, before.scopeValue, container));
            }));
            DOCKERAUTO_TRY_ASSIGN(containers, everyContainer(work));
            policy = describe(record, containers);
            return {};
        },
        context));
    tell(concerned);
    return *policy;
}

Result<contracts::Nothing> PolicyService::remove(const QString &id, const CallContext &context)
{
    Concerned concerned;
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(record, work.policies().find(id));
            DOCKERAUTO_TRY(work.policies().remove(id));
            return reapply(work, concerned, [&](const ContainerRecord &container) {
                return scopeCovers(record.scope, record.scopeValue, container);
            });
        },
        context));
    tell(concerned);
    return contracts::Nothing();
}

Result<contracts::PolicyPreview> PolicyService::preview(const contracts::PolicyPreviewRequest &request)
{
    if (request.tags.size() > mostTags) {
        return fail(ErrorCode::InvalidArgument, QStringLiteral("“tags” may hold at most %1").arg(mostTags),
            QStringLiteral("tags"));
    }
    for (std::size_t i = 0; i < request.tags.size(); ++i) {
        if (request.tags[i].size() > longestTag) {
            const QString path = QStringLiteral("tags/%1").arg(i);
            return fail(ErrorCode::InvalidArgument,
                QStringLiteral("“%1” is longer than a tag can be").arg(path), path);
        }
    }
    auto choice = domain::chooseTag(
        request.current, request.tags, toDomain(request.rules.value_or(contracts::TagRules())));
    if (!choice) {
        auto error = std::move(choice.error());
        error.path = error.path.isEmpty() ? QString() : QString(QStringLiteral("rules/") % error.path);
        return fail(std::move(error));
    }
    contracts::PolicyPreview preview{.tag = choice->tag, .bump = choice->bump, .rejected = {}};
    for (auto &tag : choice->rejected) {
        preview.rejected.push_back({std::move(tag.tag), std::move(tag.why)});
    }
    return preview;
}

Result<Container> PolicyService::changeContainer(
    const contracts::ContainerSettings &settings, const CallContext &context)
{
    const core::ContainerId id(settings.id);
    Concerned concerned;
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(record, work.containers().find(id));
            auto rules = settings.rules ? *settings.rules
                                        : contracts::decode<contracts::UpdateRules>(
                                              record.ownRules, contracts::UnknownFields::Ignore)
                                              .value_or(contracts::UpdateRules());
            rules.updatePolicy = settings.updatePolicy ? settings.updatePolicy : rules.updatePolicy;
            rules.strategy = settings.strategy ? settings.strategy : rules.strategy;
            DOCKERAUTO_TRY(checkRules(rules, settings.rules ? QStringLiteral("rules") : QString()));
            record.ownRules = contracts::encode(rules);
            DOCKERAUTO_TRY(work.containers().saveOwnRules(id, record.ownRules));
            DOCKERAUTO_TRY_ASSIGN(book, RuleBook::load(work));
            if (book.apply(record)) {
                DOCKERAUTO_TRY(
                    work.containers().saveResolved(id, record.policy, record.strategy, record.policySource));
            }
            concerned = {std::move(record)};
            return {};
        },
        context));
    m_sync.announce(concerned.front());
    m_reconsider({id});
    return toContract(concerned.front());
}

void PolicyService::registerOperations(OperationBus &bus)
{
    bus.handle<contracts::ListPolicies>(
        [this](const contracts::Nothing &, const CallEnvironment &environment) {
            return list(environment.context);
        });
    bus.handle<contracts::CreatePolicy>(
        [this](const contracts::NewPolicy &request, const CallEnvironment &environment) {
            return put({.id = core::newUniqueId(),
                           .name = request.name,
                           .enabled = request.enabled.value_or(true),
                           .scope = request.scope,
                           .rules = request.rules},
                Existence::New, environment.context);
        });
    bus.handle<contracts::PreviewPolicy>([](const contracts::PolicyPreviewRequest &request,
                                             const CallEnvironment &) { return preview(request); });
    bus.handle<contracts::GetPolicy>(
        [this](const contracts::PolicyRef &request, const CallEnvironment &environment) {
            return get(request.id, environment.context);
        });
    bus.handle<contracts::ChangePolicy>(
        [this](const contracts::PolicyChange &request, const CallEnvironment &environment) {
            return put(request, Existence::Known, environment.context);
        });
    bus.handle<contracts::RemovePolicy>(
        [this](const contracts::PolicyRef &request, const CallEnvironment &environment) {
            return remove(request.id, environment.context);
        });
    bus.handle<contracts::ChangeContainer>(
        [this](const contracts::ContainerSettings &settings, const CallEnvironment &environment) {
            return changeContainer(settings, environment.context);
        });
}

} // namespace dockerauto::application
