#pragma once

#include <core/json.h>

#include <QString>

#include <chrono>
#include <map>
#include <mutex>

namespace dockerauto::docker {

/// The last sample of each container. The engine can be asked for one sample at once, which costs it little,
/// but then the use of the processor must be computed from two of them. Thread-safe.
class StatsMemory
{
public:
    /// Whether the next sample of it can be completed.
    [[nodiscard]] bool knows(const QString &container);
    /// Puts what the sample before said into `sample`, as the engine would (`precpu_stats`, `preread`), and
    /// keeps `sample` for the next one. Nothing is put in for the first sample.
    void complete(const QString &container, core::Json &sample);

private:
    struct Before
    {
        core::Json cpu;
        core::Json read;
        std::chrono::steady_clock::time_point at;
    };

    void dropOld(std::chrono::steady_clock::time_point now);

    std::mutex m_mutex;
    std::map<QString, Before> m_before;
    std::chrono::steady_clock::time_point m_lastDrop{};
};

} // namespace dockerauto::docker
