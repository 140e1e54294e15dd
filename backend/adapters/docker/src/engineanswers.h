#pragma once

#include <ports/containerengine.h>

namespace dockerauto::docker {

// What the engine's JSON means. Members that are missing, null or of another type count as empty: engines
// differ.

/// From `GET /info` and `GET /version`.
ports::EngineInfo readInfo(const core::Json &info, const core::Json &version, ports::ApiVersion spoken);
/// One element of `GET /containers/json`.
ports::ContainerSummary readSummary(const core::Json &row);
/// One object of `GET /events`, in its form before and since API 1.52.
ports::EngineEvent readEvent(const core::Json &event);

/// From the header X-Docker-Container-Path-Stat: JSON in base64.
core::Result<ports::PathStat> readPathStat(const QByteArray &header);
/// From `GET /system/df`, in its form before and since API 1.52. Volumes of unknown size are left out.
std::map<QString, qint64> readVolumeSizes(const core::Json &usage);

} // namespace dockerauto::docker
