#include "core/threadpool.h"

#include "core/logging.h"

#include <pthread.h>

#include <exception>

namespace dockerauto::core {

ThreadPool::ThreadPool(QString name, int threads, std::size_t maxQueued)
    : m_name(std::move(name)), m_maxQueued(maxQueued)
{
    m_threads.reserve(static_cast<std::size_t>(threads));
    for (int i = 0; i < threads; ++i) {
        m_threads.emplace_back([this](const std::stop_token &stop) { run(stop); });
    }
}

ThreadPool::~ThreadPool()
{
    stop();
}

Result<> ThreadPool::post(Work work)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping) {
            return fail(ErrorCode::Unavailable, QStringLiteral("The program is shutting down"));
        }
        if (m_queue.size() >= m_maxQueued) {
            return fail(ErrorCode::Unavailable,
                QStringLiteral("Too much work is waiting already. Try again in a moment."));
        }
        m_queue.push_back(std::move(work));
    }
    m_wake.notify_one();
    return {};
}

void ThreadPool::stop()
{
    std::deque<Work> dropped;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        dropped.swap(m_queue);
    }
    for (auto &thread : m_threads) {
        thread.request_stop();
    }
    m_threads.clear();
}

void ThreadPool::run(const std::stop_token &stop)
{
    pthread_setname_np(pthread_self(), m_name.left(15).toUtf8().constData());
    while (true) {
        Work work;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return !m_queue.empty(); })) {
                return;
            }
            work = std::move(m_queue.front());
            m_queue.pop_front();
        }
        try {
            work(stop);
        } catch (const std::exception &exception) {
            qCCritical(logApp) << "work in pool" << m_name << "ended with an exception:" << exception.what();
        }
    }
}

} // namespace dockerauto::core
