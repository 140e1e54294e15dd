#include "baselineprobe.h"

#include <utility>

namespace dockerauto::application {

using namespace std::chrono_literals;

namespace {

constexpr auto longestCall = 3s;
constexpr auto pause = 1s;
/// A long pull need not be measured to its end.
constexpr std::size_t mostSamples = 30;

} // namespace

void measureUsage(domain::Vitals &vitals, ports::ContainerEngine &engine, const QString &engineContainerId,
    const core::CallContext &context)
{
    const auto stats = engine.readStats(engineContainerId, context);
    // Without any memory it does not run, or its cgroup is not accounted for.
    if (stats && stats->memoryUsage > 0) {
        vitals.cpuPercent = stats->cpuPercent;
        vitals.memoryBytes = static_cast<qint64>(stats->memoryUsage);
        vitals.memoryLimitBytes = static_cast<qint64>(stats->memoryLimit);
    }
}

BaselineProbe::BaselineProbe(ports::ContainerEngine &engine, QString engineContainerId)
    : m_engine(engine)
    , m_id(std::move(engineContainerId))
    , m_thread([this](const std::stop_token &stop) { run(stop); })
{
}

BaselineProbe::~BaselineProbe() = default;

void BaselineProbe::run(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        domain::Vitals vitals;
        measureUsage(vitals, m_engine, m_id, {core::Deadline::in(longestCall), stop});
        std::unique_lock lock(m_mutex);
        if (vitals.memoryBytes) {
            m_samples.push_back(vitals);
        }
        if (m_samples.empty() || m_samples.size() == mostSamples ||
            m_wake.wait_for(lock, stop, pause, [this] { return m_enough; })) {
            return;
        }
    }
}

domain::Baseline BaselineProbe::take(const std::stop_token &stop)
{
    {
        const std::lock_guard lock(m_mutex);
        m_enough = true;
        // Only the first sample is worth a wait.
        if (!m_samples.empty()) {
            m_thread.request_stop();
        }
    }
    m_wake.notify_all();
    {
        const std::stop_callback giveUp(stop, [this] { m_thread.request_stop(); });
        m_thread.join();
    }
    return domain::baselineOf(m_samples);
}

} // namespace dockerauto::application
