#pragma once

#include <contracts/backend.h>
#include <contracts/operations.h>

#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace dockerauto::test {

/// A backend whose answers are scripted operation by operation. Answers come on the next turn of the event
/// loop, or when they are let go of; events come when they are told to.
class FakeBackend : public contracts::Backend
{
    Q_OBJECT

public:
    template <class Op>
    using Handler = std::function<core::Result<typename Op::Reply>(const typename Op::Request &)>;

    template <class Op>
    void on(Handler<Op> handler)
    {
        m_handlers[std::string(Op::info.name)] = [handler = std::move(handler)](const core::Json &json) {
            const auto request =
                contracts::decode<typename Op::Request>(json, contracts::UnknownFields::Ignore);
            if (!request) {
                return core::Result<core::Json>(core::fail(request.error()));
            }
            return handler(*request).map(
                [](const typename Op::Reply &reply) { return contracts::encode(reply); });
        };
    }
    template <class Op>
    void answer(typename Op::Reply reply)
    {
        on<Op>([reply = std::move(reply)](const auto &) { return core::Result<typename Op::Reply>(reply); });
    }
    template <class Op>
    void refuse(const QString &message)
    {
        on<Op>([message](const auto &) {
            return core::Result<typename Op::Reply>(core::fail(core::ErrorCode::Unavailable, message));
        });
    }

    template <class Payload>
    void emitEvent(const QString &type, const Payload &payload, core::Timestamp time = {})
    {
        emitRaw(type, contracts::encode(payload), time);
    }
    void emitResync() { emitRaw(contracts::events::resync, {}, {}); }

    void setConnection(Connection connection)
    {
        m_connection = connection;
        Q_EMIT connectionChanged();
    }

    void send(
        const contracts::Operation &operation, core::Json request, QObject *context, RawReply reply) override
    {
        const std::string name(operation.info->name);
        calls.push_back({name, request});
        auto answer = [this, name, request = std::move(request), context = QPointer(context),
                          reply = std::move(reply)] {
            if (!context) {
                return;
            }
            const auto handler = m_handlers.find(name);
            reply(handler != m_handlers.end() ? handler->second(request)
                                              : core::fail(core::ErrorCode::NotFound,
                                                    QStringLiteral("Nothing is scripted for this.")));
        };
        if (m_held) {
            m_waiting.push_back(std::move(answer));
        } else {
            QTimer::singleShot(0, this, std::move(answer));
        }
    }

    /// From now on answers wait for release().
    void hold() { m_held = true; }
    void release()
    {
        m_held = false;
        for (auto &answer : std::exchange(m_waiting, {})) {
            QTimer::singleShot(0, this, std::move(answer));
        }
    }

    /// How often the operation was called.
    template <class Op>
    [[nodiscard]] int count() const
    {
        return static_cast<int>(std::ranges::count(calls, std::string(Op::info.name), &Call::operation));
    }
    /// The last request of the operation; there must be one.
    template <class Op>
    [[nodiscard]] typename Op::Request last() const
    {
        for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
            if (call->operation == Op::info.name) {
                return *contracts::decode<typename Op::Request>(call->request);
            }
        }
        return {};
    }

    [[nodiscard]] Connection connection() const override { return m_connection; }
    [[nodiscard]] QString connectionDetail() const override { return {}; }
    [[nodiscard]] QString serverName() const override { return QStringLiteral("This computer"); }
    void retainMetrics() override { ++metricsWanted; }
    void releaseMetrics() override { --metricsWanted; }

    struct Call
    {
        std::string operation;
        core::Json request;
    };
    std::vector<Call> calls;
    int metricsWanted = 0;

private:
    void emitRaw(const QString &type, core::Json payload, core::Timestamp time)
    {
        contracts::Event event;
        event.seq = ++m_seq;
        event.type = type;
        event.time = time;
        event.payload = std::move(payload);
        Q_EMIT eventReceived(event);
    }

    std::map<std::string, std::function<core::Result<core::Json>(const core::Json &)>> m_handlers;
    std::vector<std::function<void()>> m_waiting;
    bool m_held = false;
    Connection m_connection = Connection::Connected;
    quint64 m_seq = 0;
};

} // namespace dockerauto::test
