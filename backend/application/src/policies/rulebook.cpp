#include "application/policies/rulebook.h"

#include "rulesmapping.h"

#include <contracts/codec.h>
#include <core/logging.h>

#include <algorithm>

namespace dockerauto::application {

using core::Result;
using core::ScopeKind;
using domain::RuleLayer;
using ports::ContainerRecord;
using ports::PolicyRecord;

namespace {

using Labels = std::map<QString, QString>;

Labels labelsOf(const ContainerRecord &container)
{
    Labels labels;
    const core::Json &all = core::memberOf(container.configuration, "labels");
    if (all.is_object()) {
        for (const auto &[name, value] : all.items()) {
            if (value.is_string()) {
                labels.emplace(QString::fromStdString(name), value.get<QString>());
            }
        }
    }
    return labels;
}

domain::ScopeSubject subjectOf(const ContainerRecord &container, const Labels &labels)
{
    return {.container = container.id.text(),
        .host = container.host.text(),
        .project = core::textOf(container.configuration, "project"),
        .labels = labels};
}

/// What narrows more weighs more.
int weight(ScopeKind kind)
{
    switch (kind) {
    case ScopeKind::Container:
        return 0;
    case ScopeKind::Label:
        return 1;
    case ScopeKind::Project:
        return 2;
    case ScopeKind::Host:
        return 3;
    case ScopeKind::All:
        return 4;
    }
    return 4;
}

domain::PartialRules rulesIn(const core::Json &json, const QString &whose)
{
    const auto rules = contracts::decode<contracts::UpdateRules>(
        json.is_object() ? json : core::Json::object(), contracts::UnknownFields::Ignore);
    if (rules) {
        return toDomain(*rules);
    }
    // They may have said that nothing is to be updated here.
    qCWarning(core::logUpdate).noquote()
        << "the rules of" << whose << "can't be read:" << rules.error().text();
    domain::PartialRules careful;
    careful.policy = core::UpdatePolicy::Manual;
    return careful;
}

} // namespace

bool scopeCovers(ScopeKind kind, const QString &value, const ContainerRecord &container)
{
    const Labels labels = labelsOf(container);
    return domain::scopeCovers(kind, value, subjectOf(container, labels));
}

QString RuleBook::Applied::sourceOf(const QString &field) const
{
    const auto found = std::ranges::find(sources, field, &domain::RuleSource::field);
    return found == sources.end() ? QString() : found->source;
}

Result<RuleBook> RuleBook::load(ports::UnitOfWork &work)
{
    DOCKERAUTO_TRY_ASSIGN(all, work.policies().all());
    std::ranges::stable_sort(all, {}, [](const PolicyRecord &policy) { return weight(policy.scope); });
    RuleBook book;
    for (const PolicyRecord &policy : all) {
        if (policy.enabled) {
            book.m_policies.push_back({policy.scope, policy.scopeValue,
                {QStringLiteral("policy “%1”").arg(policy.name), rulesIn(policy.rules, policy.name)}});
        }
    }
    return book;
}

RuleBook::Applied RuleBook::rulesFor(const ContainerRecord &container) const
{
    const Labels labels = labelsOf(container);
    const auto subject = subjectOf(container, labels);
    std::vector<RuleLayer> layers{
        {QStringLiteral("this container"), rulesIn(container.ownRules, container.name)}};
    auto labelled = domain::rulesFromLabels(labels);
    std::ranges::move(labelled.layers, std::back_inserter(layers));
    for (const Policy &policy : m_policies) {
        if (domain::scopeCovers(policy.scope, policy.scopeValue, subject)) {
            layers.push_back(policy.layer);
        }
    }
    auto resolved = domain::resolveRules(layers);
    return {std::move(resolved.rules), std::move(resolved.sources), std::move(labelled.problems)};
}

bool RuleBook::apply(ContainerRecord &container) const
{
    const auto applied = rulesFor(container);
    const QString source = applied.sourceOf(QStringLiteral("updatePolicy"));
    const bool changed = container.policy != applied.rules.policy ||
                         container.strategy != applied.rules.strategy || container.policySource != source;
    container.policy = applied.rules.policy;
    container.strategy = applied.rules.strategy;
    container.policySource = source;
    return changed;
}

} // namespace dockerauto::application
