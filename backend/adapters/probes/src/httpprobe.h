#pragma once

#include <core/callcontext.h>

#include <QString>

namespace dockerauto::probes {

/// GET; any status from 200 to 399 is good.
core::Result<> askHttp(const QString &scheme, const QString &host, int port, const QString &path,
    const core::CallContext &context);

} // namespace dockerauto::probes
