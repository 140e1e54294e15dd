#pragma once

#include <core/clock.h>
#include <domain/observation.h>

#include <QString>

#include <deque>
#include <map>
#include <mutex>
#include <vector>

namespace dockerauto::application {

/// What is known of containers by the id that the engine gave them, so that an update need not ask for it
/// again. It is lost with the program, and nothing depends on it but time. Thread-safe.
class ContainerMemory
{
public:
    explicit ContainerMemory(const core::Clock &clock) : m_clock(clock) {}

    /// That it lives in no other container's network, processes or volumes and is not linked to one. An
    /// engine fixes that when it makes the container.
    void rememberUntied(const QString &engineContainerId);
    [[nodiscard]] bool isUntied(const QString &engineContainerId) const;

    /// How it is doing now.
    void rememberUsage(const QString &engineContainerId, const domain::Vitals &sample);
    /// The samples of the last day, at most the thirty newest.
    [[nodiscard]] std::vector<domain::Vitals> usage(const QString &engineContainerId) const;

private:
    struct Sample
    {
        core::Timestamp time;
        domain::Vitals vitals;
    };
    struct Facts
    {
        bool untied = false;
        std::deque<Sample> usage;
    };

    Facts &factsOf(const QString &engineContainerId);

    const core::Clock &m_clock;
    mutable std::mutex m_mutex;
    std::map<QString, Facts> m_facts;
};

} // namespace dockerauto::application
