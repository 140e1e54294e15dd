#include "client/inprocessbackend.h"

#include <core/uniqueid.h>

#include <QPointer>

#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace dockerauto::client {
namespace {

/// More than the windows could fall behind in any honest moment; beyond that they read everything again.
constexpr std::size_t maxWaiting = 4096;

} // namespace

/// Events on their way from the publishing thread.
class InProcessBackend::Inbox
{
public:
    /// True when the owner has to be woken.
    bool put(const contracts::Event &event)
    {
        const std::lock_guard lock(m_mutex);
        if (m_events.size() >= maxWaiting) {
            m_events.clear();
            m_events.push_back({event.seq, event.topic, contracts::events::resync, event.time, {}});
        } else {
            m_events.push_back(event);
        }
        return !std::exchange(m_awake, true);
    }
    std::optional<contracts::Event> take()
    {
        const std::lock_guard lock(m_mutex);
        if (m_events.empty()) {
            m_awake = false;
            return std::nullopt;
        }
        contracts::Event event = std::move(m_events.front());
        m_events.pop_front();
        return event;
    }

private:
    std::mutex m_mutex;
    std::deque<contracts::Event> m_events;
    bool m_awake = false;
};

InProcessBackend::InProcessBackend(contracts::Dispatcher &dispatcher, contracts::EventSource &events,
    contracts::Principal principal, QObject *parent)
    : Backend(parent)
    , m_dispatcher(dispatcher)
    , m_events(events)
    , m_principal(std::move(principal))
    , m_mailbox(std::make_shared<core::Mailbox>(this))
    , m_inbox(std::make_shared<Inbox>())
{
    using namespace contracts;
    m_changes = m_events.subscribe({topics::containers, topics::updates}, std::nullopt,
        [this, mailbox = m_mailbox, inbox = m_inbox](const Event &event) {
            if (inbox->put(event)) {
                mailbox->post([this] { deliver(); });
            }
        });
}

InProcessBackend::~InProcessBackend()
{
    m_changes.reset();
    m_metrics.reset();
    m_mailbox->close();
}

void InProcessBackend::deliver()
{
    const QPointer<InProcessBackend> self(this);
    while (const auto event = m_inbox->take()) {
        Q_EMIT eventReceived(*event);
        if (!self) {
            return;
        }
    }
}

void InProcessBackend::send(
    const contracts::Operation &operation, core::Json request, QObject *context, RawReply reply)
{
    m_dispatcher.dispatch(operation, std::move(request), {m_principal, core::newUniqueId(), {}},
        [mailbox = m_mailbox, context = QPointer<QObject>(context), reply = std::move(reply)](
            core::Result<core::Json> result) {
            mailbox->post([context, reply, result = std::move(result)] {
                if (context) {
                    reply(result);
                }
            });
        });
}

void InProcessBackend::retainMetrics()
{
    if (m_metricsWanted++ > 0) {
        return;
    }
    m_metrics = m_events.subscribe({contracts::topics::monitoring}, std::nullopt,
        [this, mailbox = m_mailbox, inbox = m_inbox](const contracts::Event &event) {
            if (inbox->put(event)) {
                mailbox->post([this] { deliver(); });
            }
        });
}

void InProcessBackend::releaseMetrics()
{
    if (m_metricsWanted > 0 && --m_metricsWanted == 0) {
        m_metrics.reset();
    }
}

} // namespace dockerauto::client
