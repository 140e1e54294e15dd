#pragma once

#include "core/result.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace dockerauto::core {

/// A fixed number of threads and a bounded queue. Work gets the pool's stop token and must end soon after it
/// asks for a stop. The destructor asks, drops what has not begun, and waits for what has.
class ThreadPool
{
public:
    using Work = std::function<void(const std::stop_token &)>;

    /// `name` is what the threads are called in `top` (at most 15 characters).
    ThreadPool(QString name, int threads, std::size_t maxQueued);
    ~ThreadPool();
    ThreadPool(const ThreadPool &) = delete;
    ThreadPool &operator=(const ThreadPool &) = delete;

    /// Unavailable when the queue is full or the pool is stopping; the work is then never run.
    [[nodiscard]] Result<> post(Work work);
    /// Asks for a stop and waits. Safe to call twice.
    void stop();

private:
    void run(const std::stop_token &stop);

    QString m_name;
    std::size_t m_maxQueued;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Work> m_queue;
    bool m_stopping = false;
    std::vector<std::jthread> m_threads;
};

} // namespace dockerauto::core
