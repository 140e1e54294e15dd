#pragma once

#include <contracts/codec.h>
#include <contracts/dispatcher.h>
#include <contracts/events.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace dockerauto::testsupport {

/// A dispatcher with a table of handlers, which run on a thread of their own like those of the real one, and
/// after the same check of the request.
class FakeDispatcher final : public contracts::Dispatcher
{
public:
    using Handler = std::function<core::Result<core::Json>(const core::Json &, const contracts::CallScope &)>;

    ~FakeDispatcher() override { join(); }

    /// What the operation does. Set before the first call.
    template <class Op>
    void on(std::function<core::Result<typename Op::Reply>(
            const typename Op::Request &, const contracts::CallScope &)>
            handler)
    {
        m_handlers[std::string(Op::info.name)] =
            [handler = std::move(handler)](
                const core::Json &json, const contracts::CallScope &scope) -> core::Result<core::Json> {
            DOCKERAUTO_TRY_ASSIGN(request, contracts::decode<typename Op::Request>(json));
            DOCKERAUTO_TRY_ASSIGN(reply, handler(request, scope));
            return contracts::encode(reply);
        };
    }

    void dispatch(const contracts::Operation &operation, core::Json request, contracts::CallScope scope,
        Done done) override
    {
        ++calls;
        auto normal = operation.normalize(request);
        if (!normal) {
            done(core::fail(std::move(normal.error())));
            return;
        }
        const auto found = m_handlers.find(std::string(operation.info->name));
        if (found == m_handlers.end()) {
            done(
                core::fail(core::ErrorCode::Unsupported, QStringLiteral("The test has no handler for this")));
            return;
        }
        const std::lock_guard lock(m_mutex);
        m_threads.emplace_back(
            [handler = found->second, request = std::move(*normal), scope = std::move(scope),
                done = std::move(done)] { done(handler(request, scope)); });
    }

    /// Waits for all that runs.
    void join()
    {
        std::deque<std::jthread> threads;
        {
            const std::lock_guard lock(m_mutex);
            threads.swap(m_threads);
        }
    }

    std::atomic<int> calls = 0;

private:
    std::map<std::string, Handler> m_handlers;
    std::mutex m_mutex;
    std::deque<std::jthread> m_threads;
};

/// Knows the token `good`, the ticket `ticket-1` (once), and lets everyone see everything until told
/// otherwise.
class FakeAuthenticator final : public contracts::Authenticator
{
public:
    core::Result<contracts::Principal> authenticate(const QByteArray &token) override
    {
        if (token == "crash") {
            throw std::runtime_error("the storage fell over");
        }
        if (token != "good") {
            return core::fail(
                core::ErrorCode::Unauthenticated, QStringLiteral("This access token is not valid"));
        }
        return principal();
    }
    core::Result<contracts::Principal> redeemTicket(const QByteArray &ticket) override
    {
        const std::lock_guard lock(m_mutex);
        if (m_tickets.erase(ticket) == 0) {
            return core::fail(core::ErrorCode::Unauthenticated, QStringLiteral("This ticket is not valid"));
        }
        return principal();
    }
    bool maySubscribe(const contracts::Principal &, const QString &topic) override
    {
        const std::lock_guard lock(m_mutex);
        return !m_forbidden.contains(topic);
    }

    void forbid(const QString &topic)
    {
        const std::lock_guard lock(m_mutex);
        m_forbidden.insert(topic);
    }

private:
    static contracts::Principal principal()
    {
        return {contracts::Principal::Kind::User, core::UserId(QStringLiteral("u1")),
            QStringLiteral("ann@example.org"), core::Role::Operator, {}};
    }

    std::mutex m_mutex;
    std::set<QByteArray> m_tickets{"ticket-1"};
    std::set<QString> m_forbidden;
};

/// An event source that keeps the last `kept` events.
class FakeEventSource final : public contracts::EventSource
{
public:
    explicit FakeEventSource(std::size_t kept = 64) : m_maxKept(kept) {}

    std::unique_ptr<Subscription> subscribe(
        std::vector<QString> topics, std::optional<quint64> since, Sink sink) override
    {
        const std::lock_guard lock(m_mutex);
        auto entry = std::make_shared<Entry>(Entry{std::move(topics), std::move(sink)});
        if (since && !m_kept.empty() && *since + 1 < m_kept.front().seq) {
            entry->sink({m_seq, {}, contracts::events::resync, {}, {}});
        } else if (since) {
            for (const auto &event : m_kept) {
                if (event.seq > *since && entry->wants(event)) {
                    entry->sink(event);
                }
            }
        }
        m_entries.insert(entry);
        return std::make_unique<Handle>(*this, entry);
    }

    /// From any thread.
    quint64 publish(const QString &topic, const QString &type, core::Json payload = core::Json::object())
    {
        const std::lock_guard lock(m_mutex);
        const contracts::Event event{
            ++m_seq, topic, type, core::Timestamp(std::chrono::milliseconds(1000)), std::move(payload)};
        m_kept.push_back(event);
        if (m_kept.size() > m_maxKept) {
            m_kept.pop_front();
        }
        for (const auto &entry : m_entries) {
            if (entry->wants(event)) {
                entry->sink(event);
            }
        }
        return m_seq;
    }

    std::size_t subscribers()
    {
        const std::lock_guard lock(m_mutex);
        return m_entries.size();
    }

private:
    struct Entry
    {
        std::vector<QString> topics;
        Sink sink;
        [[nodiscard]] bool wants(const contracts::Event &event) const
        {
            return topics.empty() || std::ranges::find(topics, event.topic) != topics.end();
        }
    };
    class Handle final : public Subscription
    {
    public:
        Handle(FakeEventSource &source, std::shared_ptr<Entry> entry)
            : m_source(source), m_entry(std::move(entry))
        {
        }
        ~Handle() override
        {
            const std::lock_guard lock(m_source.m_mutex);
            m_source.m_entries.erase(m_entry);
        }

    private:
        FakeEventSource &m_source;
        std::shared_ptr<Entry> m_entry;
    };

    std::size_t m_maxKept;
    std::mutex m_mutex;
    quint64 m_seq = 0;
    std::deque<contracts::Event> m_kept;
    std::set<std::shared_ptr<Entry>> m_entries;
};

} // namespace dockerauto::testsupport
