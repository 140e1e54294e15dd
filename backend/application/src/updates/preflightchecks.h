#pragma once

#include <contracts/containers.h>
#include <contracts/plans.h>
#include <core/json.h>
#include <core/result.h>
#include <ports/containerengine.h>

#include <QString>

#include <optional>
#include <set>
#include <vector>

namespace dockerauto::application {

// What is looked at before anything is touched. Each takes what was found out and says what it means; none
// asks anybody. The texts say what to do where something is not good.

struct DiskFacts
{
    /// What has to be pulled; nothing when the registry does not tell.
    std::optional<qint64> downloadBytes;
    /// Nothing when the engine's folder can't be seen from here.
    std::optional<qint64> freeBytes;
    QString folder;
};
contracts::PreflightFinding checkDisk(const DiskFacts &facts);

/// `wanted` is `linux/amd64` of the image that runs, `offered` that of the candidate; empty when unknown.
contracts::PreflightFinding checkPlatform(const QString &wanted, const QString &offered);

/// Whether a port of the container belongs to another one by now. `others` are all containers of the host.
contracts::PreflightFinding checkPorts(
    const core::Json &inspect, const std::vector<ports::ContainerSummary> &others);

/// The folders and files of the host that are mounted.
std::vector<QString> boundSources(const core::Json &inspect);
/// `missing` of those; nothing when the host's folders can't be seen from here.
contracts::PreflightFinding checkBinds(
    const std::vector<QString> &sources, const std::optional<std::vector<QString>> &missing);

/// The networks that people made and the container is in.
std::vector<QString> ownNetworks(const core::Json &inspect);
contracts::PreflightFinding checkNetworks(
    const std::vector<QString> &names, const std::vector<QString> &missing, const core::Result<> &asked);

std::vector<QString> ownVolumes(const core::Json &inspect);
contracts::PreflightFinding checkVolumes(
    const std::vector<QString> &names, const std::vector<QString> &missing, const core::Result<> &asked);

/// What came of asking the registry for the candidate.
contracts::PreflightFinding checkRegistry(const QString &registry, const core::Result<> &asked);

contracts::PreflightFinding checkEngine(const ports::EngineInfo &info);

/// Whether an earlier update has left containers behind under the names that it gives.
contracts::PreflightFinding checkNames(
    const QString &name, const std::vector<ports::ContainerSummary> &containers);

/// `others` are made again with it; `self` says whether they can be, when this program is one of them.
contracts::PreflightFinding checkDependants(const std::vector<QString> &others, const core::Result<> &self);

} // namespace dockerauto::application
