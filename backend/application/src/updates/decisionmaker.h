#pragma once

#include "candidatefinder.h"

#include <application/policies/rulebook.h>
#include <application/scheduling/planningbook.h>
#include <ports/storage.h>

#include <optional>
#include <vector>

namespace dockerauto::application {

/// What was found for an image, as it is kept with the decision so that the decision can be made anew without
/// asking the registry.
struct KeptFinding
{
    FindingReport report;
    /// What it was looked for with; other rules want another look.
    LookRules rules;
    QString imageId;

    [[nodiscard]] core::Json toJson() const;
    static std::optional<KeptFinding> fromJson(const core::Json &json);
};

/// A decision with what it makes happen.
struct MadeDecision
{
    ports::DecisionRecord record;
    bool begin = false;
    bool ask = false;
};

/// Makes decisions within one transaction, from rules, plans and holds as they stand there.
class DecisionMaker
{
public:
    static core::Result<DecisionMaker> load(
        ports::UnitOfWork &work, const ports::CalendarReader &calendars, core::Timestamp now);

    /// What a look at the registry shall look for.
    struct Wanted
    {
        LookRules rules;
        /// Why the container is not watched; empty when it is.
        QString notWatched;
    };
    core::Result<Wanted> wanted(ports::UnitOfWork &work, const ports::ContainerRecord &container) const;

    /// `checkedAt` is when the registry was asked. Remembers when the candidate was first seen.
    core::Result<MadeDecision> decide(ports::UnitOfWork &work, const ports::ContainerRecord &container,
        const KeptFinding &kept, std::optional<core::Timestamp> checkedAt,
        core::ScheduleAction running = core::ScheduleAction::Check) const;
    /// For a container that nobody wants to be watched.
    [[nodiscard]] MadeDecision notWatched(const QString &why) const;

    [[nodiscard]] const RuleBook &rules() const { return m_rules; }

private:
    DecisionMaker(RuleBook rules, PlanningBook planning, core::Timestamp now);

    core::Result<std::optional<ports::SightingRecord>> sighting(
        ports::UnitOfWork &work, const ports::ContainerRecord &container, const KeptFinding &kept) const;

    RuleBook m_rules;
    PlanningBook m_planning;
    core::Timestamp m_now;
};

} // namespace dockerauto::application
