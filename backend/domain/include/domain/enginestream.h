#pragma once

#include <core/json.h>
#include <core/result.h>
#include <core/time.h>

#include <QByteArray>
#include <QString>

#include <map>
#include <optional>
#include <vector>

namespace dockerauto::domain {

/// A line that a container wrote.
struct LogRecord
{
    enum class Stream
    {
        Stdout,
        Stderr
    };

    Stream stream = Stream::Stdout;
    /// Only when the stream was asked for with timestamps.
    std::optional<core::Timestamp> time;
    QString text;
};

/// One sample of use, computed as `docker stats` does (docker/cli, cli/command/container/stats_helpers.go).
struct ContainerStats
{
    double cpuPercent = 0;
    quint64 memoryUsage = 0;
    quint64 memoryLimit = 0;
    double memoryPercent = 0;
    quint64 rxBytes = 0;
    quint64 txBytes = 0;
    quint64 readBytes = 0;
    quint64 writeBytes = 0;
    quint64 pids = 0;
};

} // namespace dockerauto::domain
