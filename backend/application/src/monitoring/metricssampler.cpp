#include "application/monitoring/metricssampler.h"

#include <contracts/codec.h>
#include <contracts/events.h>
#include <core/logging.h>

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <vector>

namespace dockerauto::application {

using core::CallContext;
using core::Deadline;
using core::Result;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t maxParallel = 16;

} // namespace

MetricsSampler::MetricsSampler(ports::Storage &storage, HostService &hosts, EventFeed &feed,
    const core::Clock &clock, std::chrono::milliseconds interval)
    : m_storage(storage), m_hosts(hosts), m_feed(feed), m_clock(clock), m_interval(interval)
{
}

MetricsSampler::~MetricsSampler()
{
    stop();
}

void MetricsSampler::start()
{
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
}

void MetricsSampler::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void MetricsSampler::run(const std::stop_token &stop)
{
    pthread_setname_np(pthread_self(), "metrics");
    while (!stop.stop_requested()) {
        const auto begin = m_clock.steadyNow();
        if (m_feed.isWanted(contracts::topics::monitoring)) {
            sample({Deadline::in(30s), stop});
        }
        // At least as long at rest as at work, so that a slow engine is never kept busy by being watched.
        const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.steadyNow() - begin);
        m_clock.sleep(std::max(m_interval - spent, spent), stop);
    }
}

void MetricsSampler::sample(const CallContext &context)
{
    std::vector<ports::ContainerRecord> running;
    const auto read = m_storage.read(
        [&](ports::UnitOfWork &work) -> Result<> {
            ports::ContainerFilter filter;
            filter.status = QStringLiteral("running");
            DOCKERAUTO_TRY_ASSIGN(records, work.containers().list(filter, std::nullopt, 500));
            running = std::move(records);
            return {};
        },
        context);
    if (!read) {
        return;
    }
    contracts::MetricsSample sample{.time = m_clock.now(), .samples = {}};
    std::mutex mutex;
    std::atomic<std::size_t> next = 0;
    // An engine takes up to a second for each answer, most of which it waits; so several are asked for at
    // once.
    const auto work = [&] {
        for (std::size_t i = next++; i < running.size() && !context.stop.stop_requested(); i = next++) {
            const auto engine = m_hosts.engine(running[i].host);
            const auto stats = engine ? (*engine)->readStats(running[i].engineId.text(), context.within(5s))
                                      : Result<domain::ContainerStats>(core::fail(engine.error()));
            if (stats) {
                const std::lock_guard lock(mutex);
                sample.samples.push_back({.container = running[i].id.text(),
                    .cpuPercent = stats->cpuPercent,
                    .memoryUsageBytes = static_cast<qint64>(stats->memoryUsage),
                    .memoryLimitBytes = static_cast<qint64>(stats->memoryLimit)});
            }
        }
    };
    {
        std::vector<std::jthread> workers;
        for (std::size_t i = 0; i < std::min(running.size(), maxParallel); ++i) {
            workers.emplace_back(work);
        }
    }
    m_feed.publish(
        contracts::topics::monitoring, contracts::events::metricsSample, contracts::encode(sample));
}

} // namespace dockerauto::application
