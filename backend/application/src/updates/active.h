#pragma once

#include "application/updates/updateservice.h"

#include <atomic>
#include <stop_token>

namespace dockerauto::application {

/// An update that is queued or carried out now.
struct UpdateService::Active
{
    std::stop_source cancel;
    std::atomic<bool> cancelled = false;
};

} // namespace dockerauto::application
