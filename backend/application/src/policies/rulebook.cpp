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

std::optional<domain::PartialRules> rulesIn(const core::Json &json, const QString &whose)
{
    auto rules = contracts::decode<contracts::UpdateRules>(
        json.is_object() ? json : core::Json::object(), contracts::UnknownFields::Ignore);
    if (!rules) {
        qCWarning(core::logUpdate).noquote()
            << "the rules of" << whose << "are left out:" << rules.error().text();
        return std::nullopt;
    }
    return toDomain(*rules);
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
    RuleBook book;
    std::ranges::copy_if(all, std::back_inserter(book.m_policies), &PolicyRecord::enabled);
    std::ranges::stable_sort(
        book.m_policies, {}, [](const PolicyRecord &policy) { return weight(policy.scope); });
    return book;
}

RuleBook::Applied RuleBook::rulesFor(const ContainerRecord &container) const
{
    const Labels labels = labelsOf(container);
    const auto subject = subjectOf(container, labels);
    std::vector<RuleLayer> layers;
    if (auto own = rulesIn(container.ownRules, container.name)) {
        layers.push_back({QStringLiteral("this container"), std::move(*own)});
    }
    auto labelled = domain::rulesFromLabels(labels);
    std::ranges::move(labelled.layers, std::back_inserter(layers));
    for (const PolicyRecord &policy : m_policies) {
        if (!domain::scopeCovers(policy.scope, policy.scopeValue, subject)) {
            continue;
        }
        if (auto rules = rulesIn(policy.rules, policy.name)) {
            layers.push_back({QStringLiteral("policy “%1”").arg(policy.name), std::move(*rules)});
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
