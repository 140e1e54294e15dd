#pragma once

#include <core/error.h>

#include <QString>

namespace dockerauto::application {

/// What the engine said, in words that tell a person something, without a full stop at the end. Known are the
/// answers that Docker Engine gives when somebody else has interfered (moby, daemon/names.go and
/// container/view.go); anything else stays as it is.
QString plainWords(const core::Error &error);

} // namespace dockerauto::application
