#pragma once

#include <core/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QStringList>

#include <chrono>

namespace dockerauto::testsupport {

/// Runs a program to its end, without a shell. The value is its standard output; a code other than 0, a
/// program that is missing and one that takes longer than `timeout` are errors with its last words.
core::Result<QByteArray> runProcess(const QString &program, const QStringList &arguments,
    std::chrono::milliseconds timeout, const QByteArray &input = {});

} // namespace dockerauto::testsupport
