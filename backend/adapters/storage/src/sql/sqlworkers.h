#pragma once

#include "sql/sqlconnection.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace dockerauto::storage {

/// Threads that each own a connection, which is made on the thread at its first work and again after an error
/// that the old one may not survive. Callers block until a thread has done their work.
class SqlWorkers
{
public:
    using Connect = std::function<core::Result<std::unique_ptr<SqlConnection>>()>;
    using Work = std::function<core::Result<>(SqlConnection &)>;

    /// `name` is what the threads are called in `top` (at most 15 characters).
    SqlWorkers(const QString &name, int threads, Connect connect);
    ~SqlWorkers();
    SqlWorkers(const SqlWorkers &) = delete;
    SqlWorkers &operator=(const SqlWorkers &) = delete;

    /// Timeout or Cancelled when no thread had taken `work` by then; it is then never run. What has begun is
    /// waited for, since `work` refers to what the caller owns.
    core::Result<> run(const Work &work, const core::CallContext &context);

private:
    struct Job;
    void serve(const std::stop_token &stop, const QString &name);
    core::Result<> perform(std::unique_ptr<SqlConnection> &connection, const Work &work);

    Connect m_connect;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Job *> m_queue;
    std::vector<std::jthread> m_threads;
};

/// Runs `work` between begin and commit, or rolls back when it fails, throws or has run out of time.
core::Result<> inTransaction(SqlConnection &connection, Transaction kind, const core::CallContext &context,
    const std::function<core::Result<>()> &work);

} // namespace dockerauto::storage
