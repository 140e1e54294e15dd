#pragma once

#include <application/eventfeed.h>
#include <application/hosts/hostservice.h>
#include <core/clock.h>
#include <ports/storage.h>

#include <chrono>
#include <thread>

namespace dockerauto::application {

/// Samples CPU and memory of running containers while somebody listens to the topic `monitoring`, and not
/// otherwise: every sample costs the engine some milliseconds. A thread of its own.
class MetricsSampler
{
public:
    MetricsSampler(ports::Storage &storage, HostService &hosts, EventFeed &feed, const core::Clock &clock,
        std::chrono::milliseconds interval);
    ~MetricsSampler();
    MetricsSampler(const MetricsSampler &) = delete;
    MetricsSampler &operator=(const MetricsSampler &) = delete;

    void start();
    void stop();

private:
    void run(const std::stop_token &stop);
    void sample(const core::CallContext &context);

    ports::Storage &m_storage;
    HostService &m_hosts;
    EventFeed &m_feed;
    const core::Clock &m_clock;
    std::chrono::milliseconds m_interval;
    std::jthread m_thread;
};

} // namespace dockerauto::application
