#pragma once

#include <contracts/backend.h>
#include <contracts/dispatcher.h>
#include <core/mailbox.h>

#include <memory>

namespace dockerauto::client {

/// The backend in this very process: calls the dispatcher, without a socket. Made, used and destroyed on one
/// thread with an event loop, which replies and events come back to. Dispatcher and source must outlive it.
class InProcessBackend final : public contracts::Backend
{
    Q_OBJECT

public:
    InProcessBackend(contracts::Dispatcher &dispatcher, contracts::EventSource &events,
        contracts::Principal principal, QObject *parent = nullptr);
    ~InProcessBackend() override;

    void send(
        const contracts::Operation &operation, core::Json request, QObject *context, RawReply reply) override;

    /// Always Connected: what is in the same process answers.
    [[nodiscard]] Connection connection() const override { return Connection::Connected; }
    [[nodiscard]] QString connectionDetail() const override { return {}; }
    [[nodiscard]] QString serverName() const override { return QStringLiteral("This computer"); }

    void retainMetrics() override;
    void releaseMetrics() override;

private:
    class Inbox;

    void deliver();

    contracts::Dispatcher &m_dispatcher;
    contracts::EventSource &m_events;
    contracts::Principal m_principal;
    std::shared_ptr<core::Mailbox> m_mailbox;
    std::shared_ptr<Inbox> m_inbox;
    std::unique_ptr<contracts::EventSource::Subscription> m_changes;
    std::unique_ptr<contracts::EventSource::Subscription> m_metrics;
    int m_metricsWanted = 0;
};

} // namespace dockerauto::client
