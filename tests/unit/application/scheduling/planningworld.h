#pragma once

#include <application/eventfeed.h>
#include <application/scheduling/scheduleservice.h>
#include <ports/calendarreader.h>
#include <testsupport/memorystorage.h>

#include <QTest>

#include <condition_variable>
#include <mutex>

namespace dockerauto::tests {

inline core::CallContext soon()
{
    return {core::Deadline::in(std::chrono::seconds(20)), {}};
}

inline core::Timestamp at(const QString &text)
{
    const auto time = core::fromRfc3339(text);
    if (!time) {
        qFatal("%s is no time", qPrintable(text));
    }
    return *time;
}

inline QString shown(const std::optional<core::Timestamp> &time)
{
    return time ? core::toRfc3339(*time) : QStringLiteral("-");
}

/// Time that stands still until a test moves it; who sleeps wakes when it has come that far.
class TestClock final : public core::Clock
{
public:
    [[nodiscard]] core::Timestamp now() const override
    {
        const std::scoped_lock lock(m_mutex);
        return m_now;
    }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        const std::scoped_lock lock(m_mutex);
        return m_steady;
    }
    bool sleep(std::chrono::milliseconds duration, const std::stop_token &stop) const override
    {
        std::unique_lock lock(m_mutex);
        const auto end = m_steady + duration;
        ++m_sleepers;
        m_changed.wait(lock, stop, [&] { return m_steady >= end; });
        --m_sleepers;
        return !stop.stop_requested();
    }
    void set(const QString &time)
    {
        const std::scoped_lock lock(m_mutex);
        const auto next = at(time);
        m_steady += std::max(next - m_now, core::Timestamp::duration(0));
        m_now = next;
        m_changed.notify_all();
    }
    [[nodiscard]] bool somebodySleeps() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_sleepers > 0;
    }

private:
    mutable std::mutex m_mutex;
    mutable std::condition_variable_any m_changed;
    mutable int m_sleepers = 0;
    core::Timestamp m_now = at(QStringLiteral("2025-06-02T00:00:00Z"));
    std::chrono::steady_clock::time_point m_steady{std::chrono::hours(1)};
};

/// A calendar is a list of `from/until`, divided by blanks.
class TestCalendars final : public ports::CalendarReader
{
public:
    core::Result<std::vector<domain::TimeRange>> ranges(
        const QByteArray &calendar, core::Timestamp from, core::Timestamp until) const override
    {
        std::vector<domain::TimeRange> ranges;
        for (const QString &range : QString::fromUtf8(calendar).split(u' ')) {
            auto begin = core::fromRfc3339(range.section(u'/', 0, 0));
            auto end = core::fromRfc3339(range.section(u'/', 1));
            if (!begin || !end) {
                return core::fail(core::ErrorCode::InvalidArgument, QStringLiteral("This is no calendar"),
                    QStringLiteral("elsewhere"));
            }
            if (*begin<until && * end> from) {
                ranges.push_back({*begin, *end});
            }
        }
        return ranges;
    }
};

/// What outlives a program.
struct World
{
    TestClock clock;
    testsupport::MemoryStorage storage;
    TestCalendars calendars;

    void write(const ports::Storage::Work &work)
    {
        if (const auto done = storage.write(work, soon()); !done) {
            qFatal("%s", qPrintable(done.error().text()));
        }
    }
    void add(const QString &id, const core::Json &labels = core::Json::object())
    {
        ports::ContainerRecord container;
        container.id = core::ContainerId(id);
        container.host = core::HostId(QStringLiteral("local"));
        container.engineId = core::EngineContainerId(id);
        container.name = id;
        container.configuration = {{"labels", labels}};
        write([&](ports::UnitOfWork &work) { return work.containers().saveObserved(container); });
    }
    void decide(const QString &id, const ports::DecisionRecord &decision,
        core::UpdatePolicy policy = core::UpdatePolicy::Scheduled)
    {
        write([&](ports::UnitOfWork &work) -> core::Result<> {
            DOCKERAUTO_TRY(work.containers().saveResolved(
                core::ContainerId(id), policy, core::UpdateStrategy::Rolling, {}));
            return work.containers().saveDecision(core::ContainerId(id), decision);
        });
    }
    ports::ScheduleRecord schedule(const QString &cron, const QString &zone = QStringLiteral("UTC"),
        core::ScheduleAction action = core::ScheduleAction::Check)
    {
        ports::ScheduleRecord record;
        record.id = QStringLiteral("s%1").arg(++m_count);
        record.name = record.id;
        record.action = action;
        record.cron = cron;
        record.zone = zone;
        record.createdAt = record.updatedAt = clock.now();
        return record;
    }
    void save(const ports::ScheduleRecord &record)
    {
        write([&](ports::UnitOfWork &work) { return work.schedules().save(record); });
    }
    ports::ScheduleRecord stored(const QString &id) { return storage.state().schedules.at(id); }
    ports::WindowRecord window(core::WindowKind kind, const core::Json &times)
    {
        ports::WindowRecord record;
        record.id = QStringLiteral("w%1").arg(++m_count);
        record.name = record.id;
        record.kind = kind;
        record.times = times;
        record.createdAt = record.updatedAt = clock.now();
        return record;
    }
    void save(const ports::WindowRecord &record)
    {
        write([&](ports::UnitOfWork &work) { return work.windows().save(record); });
    }

private:
    int m_count = 0;
};

/// Writes down what schedules make happen. Thread-safe.
class Happened
{
public:
    application::ScheduleService::Actions actions()
    {
        return {.run = [this](core::ScheduleAction action, const QString &name,
                           const std::vector<core::ContainerId> &containers,
                           const core::CallContext &) -> core::Result<QString> {
                    std::function<void()> during;
                    {
                        const std::scoped_lock lock(m_mutex);
                        m_runs.append(
                            QStringLiteral("%1 %2 %3").arg(name, core::toQString(action), text(containers)));
                        during = m_during;
                    }
                    if (during) {
                        during();
                    }
                    const std::scoped_lock lock(m_mutex);
                    if (m_failure) {
                        return core::fail(*m_failure);
                    }
                    return QStringLiteral("Looked.");
                },
            .reconsider =
                [this](const std::vector<core::ContainerId> &containers) {
                    const std::scoped_lock lock(m_mutex);
                    m_reconsidered.append(text(containers));
                },
            .nextCheck = [this] { return nextCheck; }};
    }
    /// What happened since it was asked last.
    QStringList runs() { return taken(m_runs); }
    QStringList reconsidered() { return taken(m_reconsidered); }
    /// The same without forgetting it, to be asked until it has happened.
    [[nodiscard]] QStringList reconsideredSoFar() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_reconsidered;
    }
    [[nodiscard]] qsizetype runCount() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_runs.size();
    }
    /// Called within each run.
    void during(std::function<void()> function)
    {
        const std::scoped_lock lock(m_mutex);
        m_during = std::move(function);
    }
    void fail(const core::Error &error)
    {
        const std::scoped_lock lock(m_mutex);
        m_failure = error;
    }

    std::optional<core::Timestamp> nextCheck;

private:
    static QString text(const std::vector<core::ContainerId> &ids)
    {
        QStringList texts;
        for (const auto &id : ids) {
            texts.append(id.text());
        }
        texts.sort();
        return texts.join(u',');
    }
    QStringList taken(QStringList &list)
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(list, {});
    }

    mutable std::mutex m_mutex;
    QStringList m_runs;
    QStringList m_reconsidered;
    std::function<void()> m_during;
    std::optional<core::Error> m_failure;
};

} // namespace dockerauto::tests
