#include "statsmemory.h"

namespace dockerauto::docker {

using namespace std::chrono_literals;

namespace {

/// An average over a longer time says nothing about now.
constexpr auto maxAge = 2min;

} // namespace

bool StatsMemory::knows(const QString &container)
{
    const std::scoped_lock lock(m_mutex);
    dropOld(std::chrono::steady_clock::now());
    return m_before.contains(container);
}

void StatsMemory::complete(const QString &container, core::Json &sample)
{
    const auto now = std::chrono::steady_clock::now();
    Before latest{core::memberOf(sample, "cpu_stats"), core::memberOf(sample, "read"), now};
    const std::scoped_lock lock(m_mutex);
    dropOld(now);
    const auto found = m_before.find(container);
    if (found != m_before.end()) {
        sample["precpu_stats"] = std::move(found->second.cpu);
        sample["preread"] = std::move(found->second.read);
        found->second = std::move(latest);
    } else {
        m_before.emplace(container, std::move(latest));
    }
}

void StatsMemory::dropOld(std::chrono::steady_clock::time_point now)
{
    if (now - m_lastDrop < 10s) {
        return;
    }
    m_lastDrop = now;
    std::erase_if(m_before, [now](const auto &entry) { return now - entry.second.at > maxAge; });
}

} // namespace dockerauto::docker
