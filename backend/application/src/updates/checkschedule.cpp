#include "application/updates/checkschedule.h"

#include <core/logging.h>

#include <QRandomGenerator>

#include <pthread.h>

namespace dockerauto::application {

using namespace std::chrono_literals;

CheckSchedule::CheckSchedule(CheckService &checks, const core::Clock &clock, std::chrono::seconds interval,
    std::chrono::seconds firstAfter)
    : m_checks(checks), m_clock(clock), m_interval(interval), m_firstAfter(firstAfter)
{
}

CheckSchedule::~CheckSchedule()
{
    stop();
}

HostService::Observer CheckSchedule::observer()
{
    return {.connected = [this](const core::HostId &, ports::ContainerEngine &,
                             const std::stop_token &) { m_connected = true; },
        .event = [](const core::HostId &, ports::ContainerEngine &, const ports::EngineEvent &,
                     const std::stop_token &) {}};
}

void CheckSchedule::start()
{
    if (m_interval > 0s) {
        m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
    }
}

void CheckSchedule::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

std::optional<core::Timestamp> CheckSchedule::nextCheck() const
{
    const auto next = m_next.load();
    return next == 0 ? std::nullopt : std::optional(core::Timestamp(std::chrono::milliseconds(next)));
}

void CheckSchedule::run(const std::stop_token &stop)
{
    pthread_setname_np(pthread_self(), "check-schedule");
    while (!m_connected && m_clock.sleep(500ms, stop)) {
    }
    auto pause = std::chrono::milliseconds(m_firstAfter);
    while (!stop.stop_requested()) {
        m_next = (m_clock.now() + pause).time_since_epoch().count();
        if (!m_clock.sleep(pause, stop)) {
            return;
        }
        if (auto started = m_checks.start(std::nullopt, {core::Deadline::in(60s), stop}); !started) {
            qCWarning(core::logUpdate).noquote()
                << "the check could not be started:" << started.error().text();
        }
        // Up to a tenth later, so that many installations do not ask a registry in the same second.
        const auto jitter = QRandomGenerator::global()->bounded(
            static_cast<int>(std::min<std::int64_t>(m_interval.count() * 100, 3'600'000)) + 1);
        pause = std::chrono::milliseconds(m_interval) + std::chrono::milliseconds(jitter);
    }
}

} // namespace dockerauto::application
