#pragma once

#include <core/callcontext.h>

#include <QString>

namespace dockerauto::probes {

/// A connection that is closed at once is good.
core::Result<> askTcp(const QString &host, int port, const core::CallContext &context);

} // namespace dockerauto::probes
