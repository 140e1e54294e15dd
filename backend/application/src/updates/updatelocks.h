#pragma once

#include <QString>

#include <mutex>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace dockerauto::application {

/// Keeps two updates off the same container, also when one of them touches it only because it is tied to
/// another one. All of a set or none, so nobody waits for each other. Thread-safe.
class UpdateLocks
{
public:
    /// Lets go of what it holds when it is destroyed.
    class Hold
    {
    public:
        Hold() = default;
        Hold(UpdateLocks &locks, std::vector<QString> names) : m_locks(&locks), m_names(std::move(names)) {}
        Hold(Hold &&other) noexcept
            : m_locks(std::exchange(other.m_locks, nullptr)), m_names(std::move(other.m_names))
        {
        }
        Hold &operator=(Hold &&other) noexcept
        {
            release();
            m_locks = std::exchange(other.m_locks, nullptr);
            m_names = std::move(other.m_names);
            return *this;
        }
        ~Hold() { release(); }

    private:
        void release()
        {
            if (m_locks) {
                m_locks->release(m_names);
                m_locks = nullptr;
            }
        }

        UpdateLocks *m_locks = nullptr;
        std::vector<QString> m_names;
    };

    /// Names are unique over all hosts: `host/name`. Nothing when another holds one of them.
    std::optional<Hold> tryHold(const std::vector<QString> &names)
    {
        const std::lock_guard lock(m_mutex);
        for (const QString &name : names) {
            if (m_held.contains(name)) {
                return std::nullopt;
            }
        }
        m_held.insert(names.begin(), names.end());
        return Hold(*this, names);
    }

private:
    void release(const std::vector<QString> &names)
    {
        const std::lock_guard lock(m_mutex);
        for (const QString &name : names) {
            m_held.erase(name);
        }
    }

    std::mutex m_mutex;
    std::set<QString> m_held;
};

} // namespace dockerauto::application
