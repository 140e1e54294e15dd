#pragma once

#include <models/planningfeed.h>

#include <contracts/backend.h>
#include <contracts/registries.h>

#include <QBasicTimer>
#include <QObject>

#include <optional>
#include <vector>

namespace dockerauto::ui {

/// Registries and webhooks, kept in step with the backend. Main thread; nothing waits.
class RegistryFeed : public QObject
{
    Q_OBJECT

public:
    explicit RegistryFeed(contracts::Backend &backend, QObject *parent = nullptr);

    void reload();

    [[nodiscard]] ReadState state() const { return m_state; }
    [[nodiscard]] const std::optional<core::Error> &error() const { return m_error; }
    [[nodiscard]] const std::vector<contracts::Registry> &registries() const { return m_registries; }
    [[nodiscard]] const std::vector<contracts::Webhook> &webhooks() const { return m_webhooks; }
    /// Null when there is none.
    [[nodiscard]] const contracts::Registry *registry(const QString &id) const;

Q_SIGNALS:
    void changed();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    contracts::Backend &m_backend;
    quint64 m_turn = 0;
    ReadState m_state = ReadState::Loading;
    std::optional<core::Error> m_error;
    std::vector<contracts::Registry> m_registries;
    std::vector<contracts::Webhook> m_webhooks;
    QBasicTimer m_soon;
};

} // namespace dockerauto::ui
