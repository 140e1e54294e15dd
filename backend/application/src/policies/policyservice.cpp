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
constexpr qsizetype longestScope = 1'000;
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

Result<> checkTag(const QString &tag, const QString &path)
{
    if (tag.size() > longestTag) {
        return fail(
            ErrorCode::InvalidArgument, QStringLiteral("“%1” is longer than a tag can be").arg(path), path);
    }
    return {};
}

Result<std::vector<ContainerRecord>> everyContainer(ports::UnitOfWork &work)
{
    return work.containers().list({}, std::nullopt, allContainers);
}

contracts::UpdateRules ownRulesOf(const ContainerRecord &container)
{
    return contracts::decode<contracts::UpdateRules>(container.ownRules, contracts::UnknownFields::Ignore)
        .value_or(contracts::UpdateRules());
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

Result<QString> PolicyService::checkScope(ports::UnitOfWork &work, const contracts::Scope &scope)
{
    const auto refuse = [](const QString &why) {
        return fail(ErrorCode::InvalidArgument, why, QStringLiteral("scope/value"));
    };
    if (scope.kind == core::ScopeKind::All) {
        return QString();
    }
    const QString value = scope.value.value_or(QString()).trimmed();
    if (value.isEmpty() || value.size() > longestScope) {
        return refuse(QStringLiteral("“scope/value” must say which %1, in at most %2 characters")
                          .arg(core::toQString(scope.kind))
                          .arg(longestScope));
    }
    // Hosts, projects and labels may come later; the id of a container is never known before it is there.
    if (scope.kind == core::ScopeKind::Container) {
        const auto container = work.containers().find(core::ContainerId(value));
        if (!container && container.error().code == ErrorCode::NotFound) {
            return refuse(QStringLiteral("There is no container with this id"));
        }
        if (!container) {
            return fail(container.error());
        }
    }
    return value;
}

/// Applies the rules as they are now to every container. Those that it changed and those that `covered` says
/// are covered are concerned: rules may choose another version and leave all that is stored as it was.
Result<PolicyService::Concerned> PolicyService::reapply(
    ports::UnitOfWork &work, const std::function<bool(const ContainerRecord &)> &covered)
{
    Concerned concerned;
    DOCKERAUTO_TRY_ASSIGN(book, RuleBook::load(work));
    DOCKERAUTO_TRY_ASSIGN(containers, everyContainer(work));
    for (ContainerRecord &container : containers) {
        const bool changed = book.apply(container);
        if (changed || covered(container)) {
            concerned.ids.push_back(container.id);
        }
        if (changed) {
            DOCKERAUTO_TRY(work.containers().saveResolved(
                container.id, container.policy, container.strategy, container.policySource));
            concerned.changed.push_back(std::move(container));
        }
    }
    return concerned;
}

void PolicyService::tell(const Concerned &concerned)
{
    for (const ContainerRecord &container : concerned.changed) {
        m_sync.announce(container);
    }
    m_feed.publish(contracts::topics::updates, contracts::events::planningChanged, core::Json::object());
    if (!concerned.ids.empty()) {
        m_reconsider(concerned.ids);
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
            DOCKERAUTO_TRY_ASSIGN(reached, reapply(work, [&](const ContainerRecord &container) {
                return scopeCovers(record.scope, record.scopeValue, container) ||
                       (existence == Existence::Known &&
                           scopeCovers(before.scope, before.scopeValue, container));
            }));
            concerned = std::move(reached);
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
            DOCKERAUTO_TRY_ASSIGN(reached, reapply(work, [&](const ContainerRecord &container) {
                return scopeCovers(record.scope, record.scopeValue, container);
            }));
            concerned = std::move(reached);
            return {};
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
    DOCKERAUTO_TRY(checkTag(request.current, QStringLiteral("current")));
    for (std::size_t i = 0; i < request.tags.size(); ++i) {
        DOCKERAUTO_TRY(checkTag(request.tags[i], QStringLiteral("tags/%1").arg(i)));
    }
    const auto rules = request.rules.value_or(contracts::TagRules());
    domain::PartialRules texts;
    texts.constraint = rules.constraint;
    texts.include = rules.include;
    texts.exclude = rules.exclude;
    if (auto checked = domain::checkRules(texts); !checked) {
        return fail(below(QStringLiteral("rules"), std::move(checked.error())));
    }
    auto choice = domain::chooseTag(request.current, request.tags, toDomain(rules));
    if (!choice) {
        return fail(below(QStringLiteral("rules"), std::move(choice.error())));
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
    if (settings.rules) {
        DOCKERAUTO_TRY(checkRules(*settings.rules, QStringLiteral("rules")));
    }
    contracts::UpdateRules single;
    single.strategy = settings.strategy;
    DOCKERAUTO_TRY(checkRules(single, QString()));
    const core::ContainerId id(settings.id);
    std::optional<ContainerRecord> container;
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(record, work.containers().find(id));
            auto rules = settings.rules ? *settings.rules : ownRulesOf(record);
            rules.updatePolicy = settings.updatePolicy ? settings.updatePolicy : rules.updatePolicy;
            rules.strategy = settings.strategy ? settings.strategy : rules.strategy;
            record.ownRules = contracts::encode(rules);
            DOCKERAUTO_TRY(work.containers().saveOwnRules(id, record.ownRules));
            DOCKERAUTO_TRY_ASSIGN(book, RuleBook::load(work));
            if (book.apply(record)) {
                DOCKERAUTO_TRY(
                    work.containers().saveResolved(id, record.policy, record.strategy, record.policySource));
            }
            container = std::move(record);
            return {};
        },
        context));
    m_sync.announce(*container);
    m_reconsider({id});
    return toContract(*container);
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
