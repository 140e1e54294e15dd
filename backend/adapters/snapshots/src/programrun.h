#pragma once

#include <core/callcontext.h>
#include <core/result.h>

#include <QStringList>

namespace dockerauto::snapshots {

/// Runs a program to its end, without a shell, and gives what it wrote, at most 1 MiB. It is killed when the
/// deadline passes or a stop is asked for. Another exit code than 0 is Internal with the program's own words.
core::Result<QString> runProgram(
    const QString &path, const QStringList &arguments, const core::CallContext &context);

} // namespace dockerauto::snapshots
