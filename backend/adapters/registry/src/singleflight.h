#pragma once

#include <core/callcontext.h>
#include <core/result.h>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace dockerauto::registry {

/// Work that several threads want at the same time is done once, by the first of them; the others wait for
/// what it finds. Keeps nothing afterwards. Thread-safe.
template <class Key, class Value>
class SingleFlight
{
public:
    template <class Work>
    core::Result<Value> run(const Key &key, const core::CallContext &context, Work work)
    {
        for (;;) {
            DOCKERAUTO_TRY(context.check());
            std::unique_lock lock(m_mutex);
            const auto [entry, isFirst] = m_flights.try_emplace(key);
            if (isFirst) {
                entry->second = std::make_shared<Flight>();
                return lead(key, entry->second, std::move(lock), work);
            }
            const auto flight = entry->second;
            const bool landed = m_landed.wait_for(
                lock, context.stop, context.deadline.remaining(), [&] { return flight->result.has_value(); });
            // That the first one had to give up says nothing of the rest.
            if (landed && !isOwnEnd(*flight->result)) {
                return *flight->result;
            }
        }
    }

private:
    struct Flight
    {
        std::optional<core::Result<Value>> result;
    };

    static bool isOwnEnd(const core::Result<Value> &result)
    {
        return !result && (result.error().code == core::ErrorCode::Cancelled ||
                              result.error().code == core::ErrorCode::Timeout);
    }

    template <class Work>
    core::Result<Value> lead(
        const Key &key, const std::shared_ptr<Flight> &flight, std::unique_lock<std::mutex> lock, Work &work)
    {
        lock.unlock();
        core::Result<Value> result = work();
        lock.lock();
        flight->result = result;
        m_flights.erase(key);
        lock.unlock();
        m_landed.notify_all();
        return result;
    }

    std::mutex m_mutex;
    std::condition_variable_any m_landed;
    std::map<Key, std::shared_ptr<Flight>> m_flights;
};

} // namespace dockerauto::registry
