#pragma once

#include "application/updates/groundwork.h"
#include "application/updates/planservice.h"

namespace dockerauto::application {

/// What the findings of a plan are about.
struct PlanService::Looked
{
    const ports::ContainerRecord &container;
    const Groundwork &ground;
    ports::ContainerEngine &engine;

    [[nodiscard]] const core::Json &root() const { return ground.members.front().inspect; }
};

} // namespace dockerauto::application
