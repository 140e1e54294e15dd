#include "decisionmaker.h"

#include <domain/imagereference.h>

#include <algorithm>

namespace dockerauto::application {

using core::Decision;
using core::Hold;
using core::Json;
using core::Result;
using core::textOf;
using domain::Finding;
using ports::ContainerRecord;
using ports::DecisionRecord;
using ports::HoldRecord;

namespace {

constexpr std::array kindNames{std::pair{Finding::Kind::UpToDate, "up_to_date"},
    std::pair{Finding::Kind::Newer, "newer"}, std::pair{Finding::Kind::Local, "local"},
    std::pair{Finding::Kind::Unknown, "unknown"}};

std::string text(const QString &value)
{
    return value.toStdString();
}

Json timeJson(std::optional<core::Timestamp> time)
{
    return time ? Json(core::toRfc3339(*time).toStdString()) : Json();
}

std::optional<core::Timestamp> timeIn(const Json &object, const char *key)
{
    const QString value = textOf(object, key);
    const auto time = value.isEmpty() ? core::Result<core::Timestamp>(
                                            core::fail(core::ErrorCode::InvalidArgument, QString()))
                                      : core::fromRfc3339(value);
    return time ? std::optional(*time) : std::nullopt;
}

template <core::NamedEnum Enum>
Enum enumIn(const Json &object, const char *key, Enum otherwise)
{
    return core::fromQString<Enum>(textOf(object, key)).value_or(otherwise);
}

Json rulesJson(const LookRules &rules)
{
    const auto &tags = rules.tags;
    Json unwanted = Json::array();
    for (const QString &tag : rules.unwanted) {
        unwanted.push_back(text(tag));
    }
    return Json{{"level", std::string(core::toText(tags.level))}, {"constraint", text(tags.constraint)},
        {"include", text(tags.include)}, {"exclude", text(tags.exclude)}, {"prerelease", tags.prerelease},
        {"family", std::string(core::toText(tags.family))},
        {"preferred", rules.preferred ? Json(std::string(core::toText(*rules.preferred))) : Json()},
        {"unwanted", std::move(unwanted)}};
}

LookRules rulesIn(const Json &json)
{
    LookRules rules;
    rules.tags = {enumIn(json, "level", core::TagLevel::Major), textOf(json, "constraint"),
        textOf(json, "include"), textOf(json, "exclude"), core::memberOf(json, "prerelease") == true,
        enumIn(json, "family", core::TagFamily::Strict)};
    rules.preferred = core::fromQString<core::TagLevel>(textOf(json, "preferred"));
    for (const Json &tag : core::memberOf(json, "unwanted")) {
        rules.unwanted.insert(tag.is_string() ? tag.get<QString>() : QString());
    }
    return rules;
}

bool stands(const HoldRecord &hold, core::Timestamp now)
{
    return !hold.until || *hold.until > now;
}

} // namespace

Json KeptFinding::toJson() const
{
    const auto &finding = report.finding;
    const auto kind =
        std::ranges::find(kindNames, finding.kind, &std::pair<Finding::Kind, const char *>::first);
    Json rejected = Json::array();
    for (const auto &tag : report.rejected) {
        rejected.push_back(Json{{"tag", text(tag.tag)}, {"why", text(tag.why)}});
    }
    return Json{{"kind", kind->second}, {"bump", std::string(core::toText(finding.bump))},
        {"tag", text(finding.candidateTag)}, {"digest", text(finding.candidateDigest)},
        {"why", text(finding.why)}, {"rejected", std::move(rejected)},
        {"rejectedTotal", report.rejectedTotal}, {"publishedAt", timeJson(report.publishedAt)},
        {"tryAgainAt", timeJson(report.tryAgainAt)}, {"imageId", text(imageId)}, {"rules", rulesJson(rules)}};
}

std::optional<KeptFinding> KeptFinding::fromJson(const Json &json)
{
    const QString kindName = textOf(json, "kind");
    const auto kind = std::ranges::find_if(
        kindNames, [&](const auto &entry) { return kindName == QLatin1String(entry.second); });
    if (kind == kindNames.end()) {
        return std::nullopt;
    }
    KeptFinding kept;
    kept.report.finding = {kind->first, enumIn(json, "bump", core::Bump::None), textOf(json, "tag"),
        textOf(json, "digest"), textOf(json, "why")};
    for (const Json &tag : core::memberOf(json, "rejected")) {
        kept.report.rejected.push_back({textOf(tag, "tag"), textOf(tag, "why")});
    }
    const Json &total = core::memberOf(json, "rejectedTotal");
    kept.report.rejectedTotal = total.is_number_integer() ? total.get<int>() : 0;
    kept.report.publishedAt = timeIn(json, "publishedAt");
    kept.report.tryAgainAt = timeIn(json, "tryAgainAt");
    kept.imageId = textOf(json, "imageId");
    kept.rules = rulesIn(core::memberOf(json, "rules"));
    return kept;
}

DecisionMaker::DecisionMaker(RuleBook rules, PlanningBook planning, core::Timestamp now)
    : m_rules(std::move(rules)), m_planning(std::move(planning)), m_now(now)
{
}

Result<DecisionMaker> DecisionMaker::load(
    ports::UnitOfWork &work, const ports::CalendarReader &calendars, core::Timestamp now)
{
    DOCKERAUTO_TRY_ASSIGN(rules, RuleBook::load(work));
    DOCKERAUTO_TRY_ASSIGN(planning, PlanningBook::load(work, calendars, now));
    return DecisionMaker(std::move(rules), std::move(planning), now);
}

Result<DecisionMaker::Wanted> DecisionMaker::wanted(
    ports::UnitOfWork &work, const ContainerRecord &container) const
{
    const auto applied = m_rules.rulesFor(container);
    Wanted wanted;
    if (!applied.rules.watched) {
        wanted.notWatched = QStringLiteral("Not watched: ") % applied.sourceOf(QStringLiteral("watched")) %
                            QStringLiteral(" says so");
        return wanted;
    }
    wanted.rules.tags = applied.rules.tags;
    const bool byItself = applied.rules.policy == core::UpdatePolicy::Automatic ||
                          applied.rules.policy == core::UpdatePolicy::Scheduled;
    if (byItself) {
        wanted.rules.preferred = applied.rules.automaticLevel;
    }
    DOCKERAUTO_TRY_ASSIGN(holds, work.candidates().holds(container.id));
    for (const HoldRecord &hold : holds) {
        const bool ofOneVersion = hold.kind == Hold::Skipped || hold.kind == Hold::Quarantine;
        if (ofOneVersion && !hold.tag.isEmpty() && hold.tag != container.tag && stands(hold, m_now)) {
            wanted.rules.unwanted.insert(hold.tag);
        }
    }
    return wanted;
}

Result<std::optional<ports::SightingRecord>> DecisionMaker::sighting(
    ports::UnitOfWork &work, const ContainerRecord &container, const KeptFinding &kept) const
{
    const auto &finding = kept.report.finding;
    const auto reference = domain::ImageReference::parse(container.image);
    if (finding.kind != Finding::Kind::Newer || !reference) {
        return std::nullopt;
    }
    const QString repository = reference->repository();
    DOCKERAUTO_TRY_ASSIGN(
        known, work.candidates().sighting(repository, finding.candidateTag, finding.candidateDigest));
    if (known && (known->publishedAt || !kept.report.publishedAt)) {
        return known;
    }
    const ports::SightingRecord seen{.repository = repository,
        .tag = finding.candidateTag,
        .digest = finding.candidateDigest,
        .firstSeenAt = known ? known->firstSeenAt : m_now,
        .publishedAt = kept.report.publishedAt};
    DOCKERAUTO_TRY(work.candidates().saveSighting(seen));
    return seen;
}

Result<MadeDecision> DecisionMaker::decide(ports::UnitOfWork &work, const ContainerRecord &container,
    const KeptFinding &kept, std::optional<core::Timestamp> checkedAt, core::ScheduleAction running) const
{
    const auto &finding = kept.report.finding;
    domain::DecisionInput input{.finding = finding,
        .rules = m_rules.rulesFor(container).rules,
        .now = m_now,
        .knownSince = {},
        .holds = {},
        .openings = m_planning.openingsFor(container, m_now),
        .scheduleRuns = running == core::ScheduleAction::Update,
        .approved = false};
    DOCKERAUTO_TRY_ASSIGN(seen, sighting(work, container, kept));
    if (seen) {
        input.knownSince = seen->firstSeenAt;
        // A registry that says "tomorrow" must not make it older or younger than it can be.
        if (seen->publishedAt && *seen->publishedAt < seen->firstSeenAt) {
            input.knownSince = seen->publishedAt;
        }
    }
    DOCKERAUTO_TRY_ASSIGN(holds, work.candidates().holds(container.id));
    for (const HoldRecord &hold : holds) {
        if (stands(hold, m_now)) {
            input.holds.push_back({hold.kind, hold.digest, hold.tag, hold.until, hold.reason});
        }
    }
    const auto outcome = domain::decide(input);
    MadeDecision made{.record = {.decision = outcome.decision,
                          .reason = outcome.reason,
                          .possibleAt = outcome.possibleAt,
                          .checkedAt = checkedAt,
                          .candidateTag = finding.candidateTag,
                          .candidateDigest = finding.candidateDigest,
                          .bump = finding.bump,
                          .heldBy = outcome.heldBy,
                          .detail = kept.toJson()},
        .begin = outcome.begin,
        .ask = outcome.ask};
    if (seen) {
        made.record.detail["firstSeenAt"] = core::toRfc3339(seen->firstSeenAt).toStdString();
    }
    if (finding.kind == Finding::Kind::Unknown) {
        // A registry that fails takes nothing back: what was found before is still there.
        made.record.possibleAt = kept.report.tryAgainAt;
        made.record.candidateTag = container.decision.candidateTag;
        made.record.candidateDigest = container.decision.candidateDigest;
        made.record.bump = container.decision.bump;
    }
    return made;
}

MadeDecision DecisionMaker::notWatched(const QString &why) const
{
    MadeDecision made;
    made.record.decision = Decision::NotChecked;
    made.record.reason = why;
    made.record.checkedAt = m_now;
    return made;
}

} // namespace dockerauto::application
