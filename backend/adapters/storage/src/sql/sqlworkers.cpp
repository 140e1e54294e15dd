#include "sql/sqlworkers.h"

#include <core/logging.h>

#include <pthread.h>

#include <algorithm>
#include <exception>

namespace dockerauto::storage {

namespace {

// Set on the threads of all workers: work that asks for more work of the same kind would wait for itself.
thread_local bool isWorkerThread = false;

} // namespace

struct SqlWorkers::Job
{
    enum class State
    {
        Queued,
        Running,
        Done
    };

    const Work &work;
    State state = State::Queued;
    core::Result<> result;
    std::condition_variable_any changed;
};

SqlWorkers::SqlWorkers(const QString &name, int threads, Connect connect) : m_connect(std::move(connect))
{
    for (int i = 0; i < std::max(1, threads); ++i) {
        m_threads.emplace_back([this, name](const std::stop_token &stop) { serve(stop, name); });
    }
}

SqlWorkers::~SqlWorkers()
{
    for (auto &thread : m_threads) {
        thread.request_stop();
    }
    m_threads.clear();
}

core::Result<> SqlWorkers::run(const Work &work, const core::CallContext &context)
{
    if (isWorkerThread) {
        return core::fail(
            core::ErrorCode::Internal, QStringLiteral("The storage was called from within its own work"));
    }
    DOCKERAUTO_TRY(context.check());
    Job job{work, Job::State::Queued, {}, {}};
    std::unique_lock lock(m_mutex);
    m_queue.push_back(&job);
    m_wake.notify_one();

    const auto isDone = [&job] { return job.state == Job::State::Done; };
    if (!job.changed.wait_until(lock, context.stop, context.deadline.at(), isDone)) {
        if (job.state == Job::State::Queued) {
            std::erase(m_queue, &job);
            return context.stop.stop_requested()
                       ? core::Result<>(
                             core::fail(core::ErrorCode::Cancelled, QStringLiteral("The work was cancelled")))
                       : core::Result<>(core::fail(core::ErrorCode::Timeout,
                             QStringLiteral("The database was busy for too long. Try again in a moment.")));
        }
        job.changed.wait(lock, isDone);
    }
    return std::move(job.result);
}

void SqlWorkers::serve(const std::stop_token &stop, const QString &name)
{
    pthread_setname_np(pthread_self(), name.left(15).toUtf8().constData());
    isWorkerThread = true;
    std::unique_ptr<SqlConnection> connection;
    std::unique_lock lock(m_mutex);
    while (m_wake.wait(lock, stop, [this] { return !m_queue.empty(); })) {
        Job &job = *m_queue.front();
        m_queue.pop_front();
        job.state = Job::State::Running;
        lock.unlock();
        auto result = perform(connection, job.work);
        lock.lock();
        job.result = std::move(result);
        job.state = Job::State::Done;
        // While the lock is held: afterwards the caller may return, and the job is gone with its stack frame.
        job.changed.notify_one();
    }
}

core::Result<> SqlWorkers::perform(std::unique_ptr<SqlConnection> &connection, const Work &work)
{
    if (connection && !connection->isHealthy()) {
        connection.reset();
    }
    if (!connection) {
        DOCKERAUTO_TRY_ASSIGN(made, m_connect());
        connection = std::move(made);
    }
    return work(*connection);
}

core::Result<> inTransaction(SqlConnection &connection, Transaction kind, const core::CallContext &context,
    const std::function<core::Result<>()> &work)
{
    DOCKERAUTO_TRY(connection.begin(kind, context));
    core::Result<> result;
    try {
        result = work();
    } catch (const std::exception &exception) {
        qCCritical(core::logStorage) << "work in a transaction ended with an exception:" << exception.what();
        result = core::fail(core::ErrorCode::Internal, QStringLiteral("The work ended with an exception"));
    }
    if (result) {
        result = context.check();
    }
    if (result) {
        result = connection.commit();
    }
    if (!result) {
        connection.rollback();
    }
    return result;
}

} // namespace dockerauto::storage
