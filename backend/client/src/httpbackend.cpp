#include "client/httpbackend.h"

#include "eventfollower.h"
#include "httprequest.h"

#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>

namespace dockerauto::client {
namespace {

using core::ErrorCode;
using core::fail;

core::Result<core::Json> resultOf(QNetworkReply &reply, const QUrl &server)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const auto error = reply.error();
    if (status == 0 || error == QNetworkReply::RemoteHostClosedError ||
        error == QNetworkReply::OperationCanceledError) {
        return fail(ErrorCode::Unavailable,
            QStringLiteral("Nothing answers at %1. Is the server running?").arg(server.toDisplayString()));
    }
    return readAnswer(status, reply.readAll());
}

} // namespace

HttpBackend::HttpBackend(HttpBackendSettings settings, QObject *parent)
    : Backend(parent), m_settings(std::move(settings))
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_changes =
        std::make_unique<EventFollower>(m_settings, "/ws/events?topics=containers,updates", m_network);
    connect(m_changes.get(), &EventFollower::received, this, &HttpBackend::eventReceived);
    connect(m_changes.get(), &EventFollower::connectionChanged, this, &HttpBackend::connectionChanged);
    // Not before the owner can have connected to our signals.
    QMetaObject::invokeMethod(m_changes.get(), &EventFollower::start, Qt::QueuedConnection);
}

HttpBackend::~HttpBackend() = default;

void HttpBackend::send(
    const contracts::Operation &operation, core::Json request, QObject *context, RawReply reply)
{
    const QPointer<QObject> asker(context);
    auto parts = takeApart(operation, request, m_settings.server);
    if (!parts) {
        QMetaObject::invokeMethod(
            this,
            [asker, reply = std::move(reply), error = std::move(parts.error())] {
                if (asker) {
                    reply(fail(error));
                }
            },
            Qt::QueuedConnection);
        return;
    }
    QNetworkRequest http(parts->url);
    http.setRawHeader("Accept", "application/json, application/problem+json");
    if (!parts->body.isEmpty()) {
        http.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
    }
    if (const core::Secret token = m_settings.accessToken ? m_settings.accessToken() : core::Secret();
        !token.isEmpty()) {
        http.setRawHeader("Authorization", "Bearer " + token.reveal());
    }
    QNetworkReply *running = m_network.sendCustomRequest(http, parts->method, parts->body);
    // QNetworkAccessManager's own timeout starts again with every byte.
    auto *deadline = new QTimer(running);
    deadline->setSingleShot(true);
    connect(deadline, &QTimer::timeout, running, [running] {
        running->setProperty("late", true);
        running->abort();
    });
    deadline->start(m_settings.deadline);
    connect(running, &QNetworkReply::finished, this, [this, running, asker, reply = std::move(reply)] {
        running->deleteLater();
        if (!asker) {
            return;
        }
        if (running->property("late").toBool()) {
            reply(fail(ErrorCode::Timeout, QStringLiteral("%1 did not answer in time. Try again.")
                                               .arg(m_settings.server.toDisplayString())));
            return;
        }
        reply(resultOf(*running, m_settings.server));
    });
}

contracts::Backend::Connection HttpBackend::connection() const
{
    return m_changes->connection();
}

QString HttpBackend::connectionDetail() const
{
    return m_changes->detail();
}

QString HttpBackend::serverName() const
{
    return m_settings.server.toDisplayString(QUrl::RemovePath | QUrl::RemoveUserInfo | QUrl::RemoveQuery);
}

void HttpBackend::retainMetrics()
{
    if (m_metricsWanted++ > 0) {
        return;
    }
    m_metrics = std::make_unique<EventFollower>(m_settings, "/ws/monitoring", m_network);
    connect(m_metrics.get(), &EventFollower::received, this, &HttpBackend::eventReceived);
    m_metrics->start();
}

void HttpBackend::releaseMetrics()
{
    if (m_metricsWanted > 0 && --m_metricsWanted == 0) {
        m_metrics.reset();
    }
}

} // namespace dockerauto::client
