#include "candidateground.h"

#include "application/policies/rulebook.h"

namespace dockerauto::application {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::UpdateStrategy;
using namespace std::chrono_literals;

Result<> checkCandidate(const ports::ContainerRecord &container, std::optional<UpdateStrategy> wished)
{
    const auto refuse = [&](const QString &why) {
        return fail(ErrorCode::Conflict, QStringLiteral("“%1” can't be updated: %2").arg(container.name, why),
            QStringLiteral("containers"));
    };
    if (container.policy == core::UpdatePolicy::Pinned) {
        return refuse(QStringLiteral("it is pinned. Change its policy first."));
    }
    if (container.decision.candidateDigest.isEmpty()) {
        return refuse(container.decision.decision == core::Decision::UpToDate
                          ? QStringLiteral("it is up to date.")
                          : QStringLiteral("no newer image is known. Check it first. (%1)")
                                .arg(container.decision.reason));
    }
    const UpdateStrategy wanted = wished.value_or(container.strategy);
    if (wanted != UpdateStrategy::Rolling && wanted != UpdateStrategy::Recreate) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("“strategy” can be rolling or recreate in this version"),
            QStringLiteral("strategy"));
    }
    return {};
}

Result<Groundwork> layCandidateGround(ports::ContainerEngine &engine, ImageCache &images,
    ContainerMemory &memory, ports::Storage &storage, const ports::ContainerRecord &container,
    const core::CallContext &context)
{
    return layGroundwork(engine, images, memory, storage,
        {.engineContainerId = container.engineId.text(),
            .imageText = {},
            .candidateTag = container.decision.candidateTag,
            .candidateDigest = container.decision.candidateDigest,
            .strategy = onlyStrategy},
        context.within(60s));
}

Result<ChosenCare> careByRules(ports::UnitOfWork &work, const ports::ContainerRecord &container)
{
    DOCKERAUTO_TRY_ASSIGN(book, RuleBook::load(work));
    ChosenCare chosen{.care = book.rulesFor(container).rules.care,
        .advice = domain::backupAdvice(container.image, container.decision.bump)};
    chosen.savesVolumes = chosen.care.backup == core::BackupMode::Always ||
                          (chosen.care.backup == core::BackupMode::Guarded && chosen.advice.recommended);
    return chosen;
}

} // namespace dockerauto::application
