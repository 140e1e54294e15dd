#pragma once

#include <application/containers/containermemory.h>
#include <application/containers/containersync.h>
#include <application/containers/imagecache.h>
#include <application/eventfeed.h>
#include <application/hosts/hostservice.h>
#include <application/operationbus.h>
#include <application/updates/updateservice.h>
#include <core/clock.h>
#include <core/threadpool.h>
#include <ports/calendarreader.h>
#include <ports/imageregistry.h>
#include <ports/storage.h>

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace dockerauto::application {

class CandidateFinder;
class DecisionMaker;
class RegistryAnswers;
struct FindingReport;
struct MadeDecision;

struct CheckSettings
{
    /// How many references are asked for at once.
    int parallel = 24;
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
        ImageCache &images, ContainerMemory &memory, ContainerSync &sync, UpdateService &updates,
        const ports::CalendarReader &calendars, EventFeed &feed, const core::Clock &clock,
        const CheckSettings &settings);
    ~CheckService();
    CheckService(const CheckService &) = delete;
    CheckService &operator=(const CheckService &) = delete;

    void registerOperations(OperationBus &bus);
    void stop();

    /// Begins a check of these containers, or of all; progress is events. NotFound when one does not exist.
    /// `running` is Update while a schedule runs that updates: then what waits for it begins.
    core::Result<contracts::CheckStarted> start(const std::optional<std::vector<QString>> &containers,
        const core::CallContext &context, core::ScheduleAction running = core::ScheduleAction::Check);
    /// Decides anew, from what is known, for these containers; asks a registry only where the rules want
    /// another look. Returns at once.
    void reconsider(const std::vector<core::ContainerId> &containers);
    /// When the last check of everything ended.
    [[nodiscard]] std::optional<core::Timestamp> lastFullCheck() const;
    /// How the registry of an image may be used now.
    [[nodiscard]] std::optional<ports::RegistryTraffic> trafficFor(const QString &image) const;

private:
    struct Run;
    struct Group;
    struct Outcome;

    core::Result<std::vector<ports::ContainerRecord>> select(
        const std::optional<std::vector<QString>> &containers, const core::CallContext &context);
    core::Result<> arrange(
        Run &run, std::vector<ports::ContainerRecord> containers, const core::CallContext &context);
    static void takeTurns(std::vector<Group> &groups);
    core::Result<> post(const std::shared_ptr<Run> &run);
    void checkGroup(Run &run, const Group &group, const std::stop_token &stop);
    FindingReport look(const Run &run, const Group &group, const core::CallContext &context);
    void finishGroup(Run &run, std::vector<Outcome> outcomes, const std::stop_token &stop);
    core::Result<> record(Run &run, std::vector<Outcome> &outcomes, const core::CallContext &context);
    core::Result<> recordOne(
        const Run &run, Outcome &outcome, ports::UnitOfWork &work, const DecisionMaker &maker);
    void lookAtUsage(const ports::ContainerRecord &container);
    void waitForBudget(MadeDecision &made, const ports::ContainerRecord &container) const;
    void end(Run &run, const std::stop_token &stop);
    void publish(Run &run, bool finished);
    core::Result<> reconsiderNow(
        const std::vector<core::ContainerId> &containers, const core::CallContext &context);

    ports::Storage &m_storage;
    HostService &m_hosts;
    ImageCache &m_images;
    ContainerMemory &m_memory;
    ContainerSync &m_sync;
    UpdateService &m_updates;
    const ports::CalendarReader &m_calendars;
    EventFeed &m_feed;
    const core::Clock &m_clock;
    CheckSettings m_settings;
    std::unique_ptr<RegistryAnswers> m_answers;
    std::unique_ptr<CandidateFinder> m_finder;
    mutable std::mutex m_mutex;
    std::optional<core::Timestamp> m_lastFullCheck;
    core::ThreadPool m_pool;
    core::ThreadPool m_lookers;
};

} // namespace dockerauto::application
