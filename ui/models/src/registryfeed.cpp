#include <models/registryfeed.h>

#include <contracts/events.h>

#include <QTimerEvent>

#include <algorithm>

namespace dockerauto::ui {

using contracts::Backend;
namespace events = contracts::events;

namespace {

/// Several changes at once are followed by one reading.
constexpr int delayMs = 150;

} // namespace

RegistryFeed::RegistryFeed(Backend &backend, QObject *parent) : QObject(parent), m_backend(backend)
{
    connect(&m_backend, &Backend::eventReceived, this, [this](const contracts::Event &event) {
        if (event.type == events::resync) {
            reload();
        } else if (event.type == events::planningChanged || endsCheck(event)) {
            // A check uses up pulls.
            m_soon.start(delayMs, this);
        }
    });
    connect(&m_backend, &Backend::connectionChanged, this, [this] {
        if (m_backend.connection() == Backend::Connection::Connected) {
            reload();
        }
    });
}

void RegistryFeed::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_soon.timerId()) {
        reload();
    } else {
        QObject::timerEvent(event);
    }
}

void RegistryFeed::reload()
{
    m_soon.stop();
    const quint64 turn = ++m_turn;
    m_backend.call<contracts::ListRegistries>(
        {}, this, [this, turn](core::Result<contracts::RegistryList> reply) {
            if (turn != m_turn) {
                return;
            }
            if (reply) {
                m_registries = std::move(reply->items);
                m_state = ReadState::Ready;
                m_error.reset();
            } else {
                m_error = reply.error();
                m_state = m_state == ReadState::Ready ? ReadState::Ready : ReadState::Failed;
            }
            Q_EMIT changed();
        });
    m_backend.call<contracts::ListWebhooks>(
        {}, this, [this, turn](core::Result<contracts::WebhookList> reply) {
            if (turn == m_turn && reply) {
                m_webhooks = std::move(reply->items);
                Q_EMIT changed();
            }
        });
}

const contracts::Registry *RegistryFeed::registry(const QString &id) const
{
    const auto found = std::ranges::find(m_registries, id, &contracts::Registry::id);
    return found == m_registries.end() ? nullptr : &*found;
}

} // namespace dockerauto::ui
