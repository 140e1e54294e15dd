#include "updatemapping.h"

#include <contracts/codec.h>

namespace dockerauto::application {

namespace {

contracts::ImageVersion toContract(const ports::ImageVersionRecord &version)
{
    return {.image = version.image, .tag = version.tag, .digest = version.digest};
}

std::optional<QString> unlessEmpty(const QString &text)
{
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

} // namespace

contracts::Step toContract(const ports::StepRecord &step)
{
    return {.name = step.name,
        .status = step.status,
        .startedAt = step.startedAt,
        .completedAt = step.completedAt,
        .detail = step.detail,
        .progress = {}};
}

contracts::UpdateLogLine toContract(const ports::UpdateLogRecord &line)
{
    return {.time = line.time, .step = line.step, .text = line.text};
}

contracts::Update toContract(const ports::UpdateRecord &record, const std::vector<ports::StepRecord> &steps)
{
    contracts::Update update{.id = record.id.text(),
        .container = record.container.text(),
        .containerName = record.containerName,
        .host = record.host.text(),
        .kind = record.kind,
        .status = record.status,
        .strategy = record.strategy,
        .from = toContract(record.from),
        .to = toContract(record.to),
        .steps = {},
        .requestedBy = record.requestedBy,
        .approvedBy = unlessEmpty(record.approvedBy),
        .error = unlessEmpty(record.error),
        .createdAt = record.createdAt,
        .startedAt = record.startedAt,
        .completedAt = record.completedAt,
        .planHash = unlessEmpty(record.planHash),
        .proof = {},
        .observation = {},
        .savedVolumes = {},
        .canRollBack = record.kind == core::UpdateKind::Update &&
                       record.status == core::UpdateStatus::Succeeded && record.hasRestorePoint,
        .rollbackOf = unlessEmpty(record.rollbackOf.text()),
        .rolledBackBy = unlessEmpty(record.rolledBackBy.text()),
        .lastWords = {},
        .log = {}};
    for (const auto &step : steps) {
        update.steps.push_back(toContract(step));
    }
    if (record.proof.is_object()) {
        if (auto proof =
                contracts::decode<contracts::Proof>(record.proof, contracts::UnknownFields::Ignore)) {
            update.proof = std::move(*proof);
        }
    }
    if (record.observation.is_object()) {
        if (auto observation = contracts::decode<contracts::Observation>(
                record.observation, contracts::UnknownFields::Ignore)) {
            update.observation = std::move(*observation);
        }
    }
    if (record.lastWords.is_object()) {
        if (auto words =
                contracts::decode<contracts::LastWords>(record.lastWords, contracts::UnknownFields::Ignore)) {
            update.lastWords = std::move(*words);
        }
    }
    return update;
}

} // namespace dockerauto::application
