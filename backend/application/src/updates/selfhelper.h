#pragma once

#include "application/updates/selfupdate.h"

#include <core/json.h>
#include <core/result.h>
#include <ports/containerengine.h>

#include <QString>

#include <vector>

namespace dockerauto::application {

/// What the helper that replaces `target` is made from.
struct HelperNeeds
{
    const Replacement &replacement;
    SelfUpdate::Role role = SelfUpdate::Role::Self;
    /// Inspects of the program's own container and of the one to replace.
    const core::Json &own;
    const core::Json &target;
    const ports::EngineInfo &engine;
    /// Of the running program, in its own container.
    QString executable;
};

/// Body of POST /containers/create. Unsupported when nothing leads to the engine from inside of it.
core::Result<core::Json> helperBody(const HelperNeeds &needs);

/// The networks that it has to be in besides the one that its body names.
std::vector<QString> helperNetworks(const HelperNeeds &needs);

} // namespace dockerauto::application
