#pragma once

#include <domain/updaterules.h>
#include <ports/storage.h>

#include <QString>

#include <vector>

namespace dockerauto::application {

/// All rules as they stand in one transaction, to be applied to any number of containers. From the most to
/// the least weight: what was set for the container alone, its labels, policies for the container, for a
/// label, for its project, for its host, for all; of several policies of one kind the first by name. Rules
/// that can't be read any more leave every update to a person.
class RuleBook
{
public:
    static core::Result<RuleBook> load(ports::UnitOfWork &work);

    struct Applied
    {
        domain::UpdateRules rules;
        std::vector<domain::RuleSource> sources;
        /// Labels that could not be understood.
        std::vector<QString> problems;

        /// Which rule decided the field; empty for the default.
        [[nodiscard]] QString sourceOf(const QString &field) const;
    };
    [[nodiscard]] Applied rulesFor(const ports::ContainerRecord &container) const;
    /// Writes what the rules say into the record; true when that changed it.
    bool apply(ports::ContainerRecord &container) const;

private:
    struct Policy
    {
        core::ScopeKind scope = core::ScopeKind::All;
        QString scopeValue;
        domain::RuleLayer layer;
    };
    /// Enabled ones, those of more weight first.
    std::vector<Policy> m_policies;
};

/// Whether a scope covers the container.
bool scopeCovers(core::ScopeKind kind, const QString &value, const ports::ContainerRecord &container);

} // namespace dockerauto::application
