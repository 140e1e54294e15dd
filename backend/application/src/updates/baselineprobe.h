#pragma once

#include <core/callcontext.h>
#include <domain/observation.h>
#include <ports/containerengine.h>

#include <QString>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace dockerauto::application {

/// Sets CPU and memory of `vitals` to what the engine says now; leaves them out where it says nothing.
void measureUsage(domain::Vitals &vitals, ports::ContainerEngine &engine, const QString &engineContainerId,
    const core::CallContext &context);

/// Measures how a container is doing while its update is prepared, for the comparison afterwards: a sample
/// each second on a thread of its own, so that nothing waits for an engine that takes a second for each.
class BaselineProbe
{
public:
    /// Begins. `engine` must outlive this.
    BaselineProbe(ports::ContainerEngine &engine, QString engineContainerId);
    /// Ends at once; a call that is under way is given up.
    ~BaselineProbe();
    BaselineProbe(const BaselineProbe &) = delete;
    BaselineProbe &operator=(const BaselineProbe &) = delete;

    /// Ends the measuring and tells what was found. Waits for the first sample, three
    /// seconds at most and not beyond `stop`. Empty when nothing could be measured. Once.
    domain::Baseline take(const std::stop_token &stop);

private:
    void run(const std::stop_token &stop);

    ports::ContainerEngine &m_engine;
    QString m_id;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    bool m_enough = false;
    std::vector<domain::Vitals> m_samples;
    std::jthread m_thread;
};

} // namespace dockerauto::application
