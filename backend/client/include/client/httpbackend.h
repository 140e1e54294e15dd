#pragma once

#include <contracts/backend.h>
#include <core/secret.h>

#include <QNetworkAccessManager>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <functional>
#include <memory>

namespace dockerauto::client {

class EventFollower;

struct HttpBackendSettings
{
    /// Scheme, host and port: `https://docker.example.org`.
    QUrl server;
    /// The access token as it is now; asked before each request. Empty for none.
    std::function<core::Secret()> accessToken;
    /// From the call to the end of the answer.
    std::chrono::milliseconds deadline{30'000};
    /// The first wait before events are followed again; doubles up to `maxBackOff`.
    std::chrono::milliseconds backOff{500};
    std::chrono::milliseconds maxBackOff{30'000};
};

/// A backend on another machine, over REST and WebSocket. Made, used and destroyed on one thread with an
/// event loop. It is Connected while it follows the events of the server; calls are tried in any state.
/// Events of `containers` and `updates` come in order of `seq`, those of `monitoring` in an order of their
/// own.
class HttpBackend final : public contracts::Backend
{
    Q_OBJECT

public:
    explicit HttpBackend(HttpBackendSettings settings, QObject *parent = nullptr);
    ~HttpBackend() override;

    void send(
        const contracts::Operation &operation, core::Json request, QObject *context, RawReply reply) override;

    [[nodiscard]] Connection connection() const override;
    [[nodiscard]] QString connectionDetail() const override;
    [[nodiscard]] QString serverName() const override;

    void retainMetrics() override;
    void releaseMetrics() override;

private:
    HttpBackendSettings m_settings;
    QNetworkAccessManager m_network;
    std::unique_ptr<EventFollower> m_changes;
    std::unique_ptr<EventFollower> m_metrics;
    int m_metricsWanted = 0;
};

} // namespace dockerauto::client
