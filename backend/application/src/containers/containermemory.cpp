#include "application/containers/containermemory.h"

namespace dockerauto::application {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t mostContainers = 20'000;
constexpr std::size_t mostSamples = 30;
constexpr auto oldest = 24h;

} // namespace

ContainerMemory::Facts &ContainerMemory::factsOf(const QString &engineContainerId)
{
    // Containers that are gone are never named as such here. To ask again for what is there costs little.
    if (m_facts.size() >= mostContainers && !m_facts.contains(engineContainerId)) {
        m_facts.clear();
    }
    return m_facts[engineContainerId];
}

void ContainerMemory::rememberUntied(const QString &engineContainerId)
{
    const std::lock_guard lock(m_mutex);
    factsOf(engineContainerId).untied = true;
}

bool ContainerMemory::isUntied(const QString &engineContainerId) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_facts.find(engineContainerId);
    return found != m_facts.end() && found->second.untied;
}

void ContainerMemory::rememberUsage(const QString &engineContainerId, const domain::Vitals &sample)
{
    const std::lock_guard lock(m_mutex);
    auto &samples = factsOf(engineContainerId).usage;
    samples.push_back({m_clock.now(), sample});
    if (samples.size() > mostSamples) {
        samples.pop_front();
    }
}

std::vector<domain::Vitals> ContainerMemory::usage(const QString &engineContainerId) const
{
    std::vector<domain::Vitals> recent;
    const auto now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_facts.find(engineContainerId); found != m_facts.end()) {
        for (const Sample &sample : found->second.usage) {
            if (now - sample.time <= oldest) {
                recent.push_back(sample.vitals);
            }
        }
    }
    return recent;
}

} // namespace dockerauto::application
