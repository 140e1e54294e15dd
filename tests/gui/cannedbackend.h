#pragma once

#include <contracts/backend.h>
#include <contracts/operations.h>

#include <QTimer>

#include <map>
#include <string>
#include <vector>

namespace dockerauto::test {

/// A backend that gives prepared answers on the next turn of the event loop, and events when it is told to.
class CannedBackend : public contracts::Backend
{
    Q_OBJECT

public:
    template <class Op>
    void answer(const typename Op::Reply &reply)
    {
        m_answers[std::string(Op::info.name)] = contracts::encode(reply);
    }

    template <class Payload>
    void emitEvent(const QString &topic, const QString &type, const Payload &payload)
    {
        contracts::Event event;
        event.seq = ++m_seq;
        event.topic = topic;
        event.type = type;
        event.payload = contracts::encode(payload);
        Q_EMIT eventReceived(event);
    }

    void setConnection(Connection connection, const QString &detail = {})
    {
        m_connection = connection;
        m_detail = detail;
        Q_EMIT connectionChanged();
    }

    void send(
        const contracts::Operation &operation, core::Json request, QObject *context, RawReply reply) override
    {
        const std::string name(operation.info->name);
        calls.push_back({name, std::move(request)});
        const auto known = m_answers.find(name);
        const core::Result<core::Json> result =
            known != m_answers.end()
                ? core::Result<core::Json>(known->second)
                : core::fail(core::ErrorCode::NotFound, QStringLiteral("no answer prepared"));
        QTimer::singleShot(0, context, [reply = std::move(reply), result] { reply(result); });
    }

    [[nodiscard]] Connection connection() const override { return m_connection; }
    [[nodiscard]] QString connectionDetail() const override { return m_detail; }
    [[nodiscard]] QString serverName() const override { return place; }
    void retainMetrics() override {}
    void releaseMetrics() override {}

    struct Call
    {
        std::string operation;
        core::Json request;
    };
    std::vector<Call> calls;
    QString place = QStringLiteral("This computer");

private:
    std::map<std::string, core::Json> m_answers;
    Connection m_connection = Connection::Connected;
    QString m_detail;
    quint64 m_seq = 0;
};

} // namespace dockerauto::test
