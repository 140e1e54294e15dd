#include "updatesaga.h"

namespace dockerauto::application {

using core::Json;
using core::memberOf;
using core::textOf;
using core::UpdateStatus;

Json SagaState::toJson() const
{
    return Json{{"oldId", oldId}, {"oldImageId", oldImageId}, {"name", name}, {"aside", aside},
        {"wasRunning", wasRunning}, {"wasPaused", wasPaused}, {"restartPolicy", restartPolicy},
        {"newId", newId}, {"newImageId", newImageId}, {"imageText", imageText}, {"before", before},
        {"createBody", createBody}, {"putBackReason", putBackReason},
        {"putBackStatus", std::string(core::toText(putBackStatus))}};
}

SagaState SagaState::fromJson(const Json &json)
{
    SagaState state;
    state.oldId = textOf(json, "oldId");
    state.oldImageId = textOf(json, "oldImageId");
    state.name = textOf(json, "name");
    state.aside = textOf(json, "aside");
    state.wasRunning = memberOf(json, "wasRunning") == true;
    state.wasPaused = memberOf(json, "wasPaused") == true;
    state.restartPolicy = memberOf(json, "restartPolicy");
    state.newId = textOf(json, "newId");
    state.newImageId = textOf(json, "newImageId");
    state.imageText = textOf(json, "imageText");
    state.before = memberOf(json, "before");
    state.createBody = memberOf(json, "createBody");
    state.putBackReason = textOf(json, "putBackReason");
    state.putBackStatus =
        core::fromQString<UpdateStatus>(textOf(json, "putBackStatus")).value_or(UpdateStatus::RolledBack);
    return state;
}

} // namespace dockerauto::application
