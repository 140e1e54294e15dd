#pragma once

#include <application/containers/containersync.h>
#include <application/containers/imagecache.h>
#include <application/eventfeed.h>
#include <application/hosts/hostservice.h>
#include <application/operationbus.h>
#include <application/updates/updateservice.h>
#include <core/clock.h>
#include <core/threadpool.h>
#include <ports/imageregistry.h>
#include <ports/storage.h>

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace dockerauto::application {

struct CheckSettings
{
    /// How many references are asked for at once.
    int parallel = 8;
    /// The longest that one reference may take.
    std::chrono::milliseconds timeout{60'000};
};

/// Asks the registries what is newer, once for each distinct reference however many containers use it, and
/// writes down a decision with its reason for every container. A registry that fails leaves "not checked",
/// never "up to date". Thread-safe.
class CheckService
{
public:
    CheckService(ports::Storage &storage, HostService &hosts, ports::ImageRegistry &registry,
        ImageCache &images, ContainerSync &sync, UpdateService &updates, EventFeed &feed,
        const core::Clock &clock, const CheckSettings &settings);
    ~CheckService();
    CheckService(const CheckService &) = delete;
    CheckService &operator=(const CheckService &) = delete;

    void registerOperations(OperationBus &bus);
    void stop();

    /// Begins a check of these containers, or of all; progress is events. NotFound when one does not exist.
    core::Result<contracts::CheckStarted> start(
        const std::optional<std::vector<QString>> &containers, const core::CallContext &context);
    /// When the last check of everything ended.
    [[nodiscard]] std::optional<core::Timestamp> lastFullCheck() const;

private:
    struct Run;
    struct Group;

    core::Result<std::vector<ports::ContainerRecord>> select(
        const std::optional<std::vector<QString>> &containers, const core::CallContext &context);
    void checkGroup(Run &run, const Group &group, const std::stop_token &stop);
    ports::DecisionRecord decide(const Group &group, const core::CallContext &context);
    ports::DecisionRecord compare(const Group &group, const core::CallContext &context);
    /// What was written down for the container, after its own policy and past were looked at.
    core::Result<core::Decision> record(const ports::ContainerRecord &container,
        ports::DecisionRecord decision, const core::CallContext &context);
    core::Result<QString> reasonToHold(const ports::ContainerRecord &container,
        const ports::DecisionRecord &decision, const core::CallContext &context);
    void publish(const Run &run, bool finished);

    ports::Storage &m_storage;
    HostService &m_hosts;
    ports::ImageRegistry &m_registry;
    ImageCache &m_images;
    ContainerSync &m_sync;
    UpdateService &m_updates;
    EventFeed &m_feed;
    const core::Clock &m_clock;
    CheckSettings m_settings;
    mutable std::mutex m_mutex;
    std::optional<core::Timestamp> m_lastFullCheck;
    core::ThreadPool m_pool;
};

} // namespace dockerauto::application
