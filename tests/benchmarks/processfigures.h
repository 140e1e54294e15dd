#pragma once

#include <QtGlobal>

namespace dockerauto::bench {

/// User and system time of a process, in milliseconds, in steps of 10 (proc(5)).
double cpuMilliseconds(qint64 pid);
/// The most memory that a process has had so far, in MiB (proc(5)).
double peakMemory(qint64 pid);

} // namespace dockerauto::bench
