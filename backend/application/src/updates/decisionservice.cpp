#include "application/updates/decisionservice.h"

#include "../containers/containermapping.h"
#include "decisionmaker.h"

#include <core/json.h>

#include <algorithm>

namespace dockerauto::application {

using contracts::AppliedRule;
using contracts::Container;
using contracts::Explanation;
using core::ContainerId;
using core::Decision;
using core::ErrorCode;
using core::fail;
using core::Hold;
using core::Result;
using ports::ContainerRecord;
using ports::HoldRecord;

namespace {

constexpr auto longestSnooze = std::chrono::days(366);

/// "3 d", "12 h", "90 s"
QString durationText(std::chrono::seconds duration)
{
    const auto count = duration.count();
    if (count % 86'400 == 0) {
        return QStringLiteral("%1 d").arg(count / 86'400);
    }
    if (count % 3'600 == 0) {
        return QStringLiteral("%1 h").arg(count / 3'600);
    }
    return QStringLiteral("%1 s").arg(count);
}

/// As labels have them: `["/backup.sh","--all"]`; empty for no command.
QString wordsText(const std::vector<QString> &words)
{
    if (words.empty()) {
        return {};
    }
    core::Json list = core::Json::array();
    for (const QString &word : words) {
        list.push_back(word);
    }
    return QString::fromStdString(list.dump(-1, ' ', false, core::Json::error_handler_t::replace));
}

QString budgetText(const ports::RegistryTraffic &traffic)
{
    if (!traffic.detail.isEmpty()) {
        return traffic.detail;
    }
    if (!traffic.remaining) {
        return {};
    }
    QString text = QStringLiteral("%1 pulls left").arg(*traffic.remaining);
    if (traffic.resetsAt) {
        text += QStringLiteral(" until %1").arg(core::toRfc3339(*traffic.resetsAt));
    }
    return text;
}

std::vector<AppliedRule> rulesOf(const RuleBook::Applied &applied)
{
    const auto &rules = applied.rules;
    const auto yesNo = [](bool value) { return value ? QStringLiteral("true") : QStringLiteral("false"); };
    const std::vector<std::pair<QString, QString>> all{
        {QStringLiteral("updatePolicy"), core::toQString(rules.policy)},
        {QStringLiteral("strategy"), core::toQString(rules.strategy)},
        {QStringLiteral("level"), core::toQString(rules.tags.level)},
        {QStringLiteral("automaticLevel"), core::toQString(rules.automaticLevel)},
        {QStringLiteral("constraint"), rules.tags.constraint},
        {QStringLiteral("include"), rules.tags.include}, {QStringLiteral("exclude"), rules.tags.exclude},
        {QStringLiteral("prerelease"), yesNo(rules.tags.prerelease)},
        {QStringLiteral("family"), core::toQString(rules.tags.family)},
        {QStringLiteral("minimumAgeSeconds"), durationText(rules.minimumAge)},
        {QStringLiteral("releaseNotes"), rules.releaseNotes},
        {QStringLiteral("watched"), yesNo(rules.watched)},
        {QStringLiteral("rollback"), yesNo(rules.care.rollback)},
        {QStringLiteral("watchSeconds"), durationText(rules.care.watch)},
        {QStringLiteral("probe"), rules.care.probe},
        {QStringLiteral("backupVolumes"), core::toQString(rules.care.backup)},
        {QStringLiteral("keepVersions"), QString::number(rules.care.keepVersions)},
        {QStringLiteral("hookBefore"), wordsText(rules.care.hookBefore)},
        {QStringLiteral("hookAfter"), wordsText(rules.care.hookAfter)},
        {QStringLiteral("hookTimeoutSeconds"), durationText(rules.care.hookTimeout)}};
    std::vector<AppliedRule> applying;
    for (const auto &[field, value] : all) {
        const QString source = applied.sourceOf(field);
        if (!value.isEmpty() || !source.isEmpty()) {
            applying.push_back({field, value, source.isEmpty() ? QStringLiteral("default") : source});
        }
    }
    return applying;
}

} // namespace

DecisionService::DecisionService(
    ports::Storage &storage, ContainerSync &sync, CheckService &checks, const core::Clock &clock)
    : m_storage(storage), m_sync(sync), m_checks(checks), m_clock(clock)
{
}

Result<Container> DecisionService::skip(
    const contracts::SkipRequest &request, const CallEnvironment &environment)
{
    const ContainerId id(request.id);
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(container, work.containers().find(id));
            auto decision = container.decision;
            if (decision.candidateDigest.isEmpty()) {
                return fail(ErrorCode::Conflict,
                    QStringLiteral("There is no newer version of “%1” to skip").arg(container.name));
            }
            if (request.digest && *request.digest != decision.candidateDigest) {
                return fail(ErrorCode::Conflict,
                    QStringLiteral("Another version of “%1” is offered by now").arg(container.name),
                    QStringLiteral("digest"));
            }
            const HoldRecord hold{.container = id,
                .kind = Hold::Skipped,
                .tag = decision.candidateTag,
                .digest = decision.candidateDigest,
                .until = {},
                .reason = QStringLiteral("Skipped by %1").arg(environment.scope.principal.name()),
                .createdBy = environment.scope.principal.name(),
                .createdAt = m_clock.now()};
            DOCKERAUTO_TRY(work.candidates().saveHold(hold));
            decision.decision = Decision::HeldBack;
            decision.heldBy = Hold::Skipped;
            decision.possibleAt.reset();
            decision.reason = hold.reason;
            return work.containers().saveDecision(id, decision);
        },
        environment.context));
    return concluded(id, environment);
}

Result<Container> DecisionService::snooze(
    const contracts::SnoozeRequest &request, const CallEnvironment &environment)
{
    const auto now = m_clock.now();
    if (request.until <= now || request.until > now + longestSnooze) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("“until” must be in the future and at most a year ahead"),
            QStringLiteral("until"));
    }
    const ContainerId id(request.id);
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(container, work.containers().find(id));
            const HoldRecord hold{.container = id,
                .kind = Hold::Snoozed,
                .tag = {},
                .digest = {},
                .until = request.until,
                .reason = QStringLiteral("Snoozed by %1").arg(environment.scope.principal.name()),
                .createdBy = environment.scope.principal.name(),
                .createdAt = now};
            DOCKERAUTO_TRY(work.candidates().saveHold(hold));
            auto decision = container.decision;
            if (decision.candidateDigest.isEmpty()) {
                return {};
            }
            decision.decision = Decision::HeldBack;
            decision.heldBy = Hold::Snoozed;
            decision.possibleAt = request.until;
            decision.reason = hold.reason;
            return work.containers().saveDecision(id, decision);
        },
        environment.context));
    return concluded(id, environment);
}

Result<Container> DecisionService::offerAgain(
    const contracts::ContainerRef &request, const CallEnvironment &environment)
{
    const ContainerId id(request.id);
    DOCKERAUTO_TRY(m_storage.write(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(container, work.containers().find(id));
            DOCKERAUTO_TRY(
                work.candidates().removeHolds(id, {Hold::Skipped, Hold::Snoozed, Hold::Quarantine}));
            auto decision = container.decision;
            const bool held = decision.heldBy == Hold::Skipped || decision.heldBy == Hold::Snoozed ||
                              decision.heldBy == Hold::Quarantine;
            if (!held) {
                return {};
            }
            decision.decision = Decision::UpdateAvailable;
            decision.heldBy.reset();
            decision.possibleAt.reset();
            decision.reason = QStringLiteral("Offered again");
            return work.containers().saveDecision(id, decision);
        },
        environment.context));
    return concluded(id, environment);
}

Result<Container> DecisionService::concluded(const ContainerId &id, const CallEnvironment &environment)
{
    std::optional<ContainerRecord> record;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, work.containers().find(id));
            record = std::move(found);
            return {};
        },
        environment.context));
    m_sync.announce(*record);
    m_checks.reconsider({id});
    return toContract(*record);
}

Result<Explanation> DecisionService::explain(
    const contracts::ContainerRef &request, const CallEnvironment &environment) const
{
    const ContainerId id(request.id);
    Explanation explanation;
    QString image;
    DOCKERAUTO_TRY(m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            explanation = {};
            DOCKERAUTO_TRY_ASSIGN(container, work.containers().find(id));
            DOCKERAUTO_TRY_ASSIGN(book, RuleBook::load(work));
            DOCKERAUTO_TRY_ASSIGN(holds, work.candidates().holds(id));
            const auto applied = book.rulesFor(container);
            image = container.image;
            explanation.update = toContract(container).update;
            explanation.rules = rulesOf(applied);
            explanation.problems = applied.problems;
            if (const auto kept = KeptFinding::fromJson(container.decision.detail)) {
                for (const auto &tag : kept->report.rejected) {
                    explanation.rejected.push_back({tag.tag, tag.why});
                }
                explanation.rejectedTotal = kept->report.rejectedTotal;
            }
            for (const HoldRecord &hold : holds) {
                if (!hold.until || *hold.until > m_clock.now()) {
                    explanation.holds.push_back({hold.kind, hold.tag, hold.digest, hold.until, hold.reason,
                        hold.createdBy, hold.createdAt});
                }
            }
            return {};
        },
        environment.context));
    if (const auto reference = domain::ImageReference::parse(image)) {
        explanation.registry = reference->domain.value_or(QStringLiteral("docker.io"));
    }
    if (const auto traffic = m_checks.trafficFor(image)) {
        explanation.registryState = budgetText(*traffic);
    }
    return explanation;
}

void DecisionService::registerOperations(OperationBus &bus)
{
    bus.handle<contracts::SkipVersion>(
        [this](const contracts::SkipRequest &request, const CallEnvironment &environment) {
            return skip(request, environment);
        });
    bus.handle<contracts::SnoozeUpdates>(
        [this](const contracts::SnoozeRequest &request, const CallEnvironment &environment) {
            return snooze(request, environment);
        });
    bus.handle<contracts::OfferAgain>(
        [this](const contracts::ContainerRef &request, const CallEnvironment &environment) {
            return offerAgain(request, environment);
        });
    bus.handle<contracts::ExplainContainer>(
        [this](const contracts::ContainerRef &request, const CallEnvironment &environment) {
            return explain(request, environment);
        });
}

} // namespace dockerauto::application
