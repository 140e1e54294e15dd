#pragma once

#include <contracts/containers.h>
#include <contracts/system.h>
#include <contracts/updates.h>
#include <core/json.h>
#include <core/time.h>

#include <QMetaType>
#include <QString>

#include <vector>

namespace dockerauto::contracts {

namespace topics {
inline const QString containers = QStringLiteral("containers");
inline const QString updates = QStringLiteral("updates");
inline const QString monitoring = QStringLiteral("monitoring");
} // namespace topics

namespace events {
/// Topic containers, payload Container.
inline const QString containerChanged = QStringLiteral("container.changed");
/// Topic containers, payload ContainerRemoved.
inline const QString containerRemoved = QStringLiteral("container.removed");
/// Topic containers, payload Host.
inline const QString hostChanged = QStringLiteral("host.changed");
/// Topic updates, payload Update without its log.
inline const QString updateChanged = QStringLiteral("update.changed");
/// Topic updates, payload UpdateStepChanged; a few times a second while something is pulled.
inline const QString updateStep = QStringLiteral("update.step");
/// Topic updates, payload CheckProgress.
inline const QString checkChanged = QStringLiteral("check.changed");
/// Topic updates, no payload: policies, schedules, windows or registries have changed; read them again.
inline const QString planningChanged = QStringLiteral("planning.changed");
/// Topic monitoring, payload MetricsSample.
inline const QString metricsSample = QStringLiteral("metrics.sample");
/// Any topic, no payload: what came before is not kept any more, read everything again.
inline const QString resync = QStringLiteral("resync");
} // namespace events

/// One thing that happened. `seq` rises by at least one from event to event, over all topics.
struct Event
{
    quint64 seq = 0;
    QString topic;
    QString type;
    core::Timestamp time{};
    core::Json payload;
};

struct ContainerRemoved
{
    QString id;
};

struct UpdateStepChanged
{
    QString id;
    QString container;
    Step step;
};

struct CheckProgress
{
    QString id;
    int done = 0;
    int total = 0;
    int failed = 0;
    bool finished = false;
};

/// Use of resources by one container at one moment, computed as `docker stats` does.
struct ContainerMetrics
{
    QString container;
    double cpuPercent = 0;
    qint64 memoryUsageBytes = 0;
    qint64 memoryLimitBytes = 0;
};

struct MetricsSample
{
    core::Timestamp time{};
    std::vector<ContainerMetrics> samples;
};

} // namespace dockerauto::contracts

Q_DECLARE_METATYPE(dockerauto::contracts::Event)
