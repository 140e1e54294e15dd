#include "api/apiserver.h"

#include "frontend.h"

#include <core/logging.h>

#include <QHostAddress>
#include <QThread>

#include <future>

namespace dockerauto::api {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::chrono::seconds startTime(10);

core::Result<QHostAddress> allowedAddress(const QString &text)
{
    const QHostAddress address(text);
    if (address.isNull()) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral("“%1” is not an address to listen on. Use one like 127.0.0.1.").arg(text));
    }
    if (!address.isLoopback()) {
        return fail(ErrorCode::InvalidArgument,
            QStringLiteral(
                "Listening on %1 would let others read passwords on the way, since there is no TLS yet. "
                "Use 127.0.0.1 and a proxy with TLS before it.")
                .arg(text));
    }
    return address;
}

} // namespace

struct ApiServer::Running
{
    QThread thread;
    /// Lives in the thread, so that work can be sent there.
    QObject *context = nullptr;
    /// Made, used and deleted in the thread, as all that belongs to it.
    Frontend *frontend = nullptr;
    quint16 port = 0;
};

ApiServer::ApiServer(contracts::Dispatcher &dispatcher, contracts::Authenticator &authenticator,
    contracts::EventSource &events, ApiSettings settings)
    : m_dispatcher(dispatcher)
    , m_authenticator(authenticator)
    , m_events(events)
    , m_settings(std::move(settings))
{
}

ApiServer::~ApiServer()
{
    stop();
}

core::Result<> ApiServer::start()
{
    if (m_running) {
        return fail(ErrorCode::Conflict, QStringLiteral("The server runs already"));
    }
    DOCKERAUTO_TRY_ASSIGN(address, allowedAddress(m_settings.address));
    m_running = std::make_unique<Running>();
    Running &running = *m_running;
    running.thread.setObjectName(QStringLiteral("api"));
    running.thread.start();

    running.context = new QObject;
    running.context->moveToThread(&running.thread);
    const auto promise = std::make_shared<std::promise<core::Result<quint16>>>();
    auto listening = promise->get_future();
    QMetaObject::invokeMethod(running.context, [this, &running, promise, address] {
        running.frontend = new Frontend(m_dispatcher, m_authenticator, m_events, m_settings.limits);
        promise->set_value(running.frontend->listen(address, m_settings.port));
    });
    if (listening.wait_for(startTime) != std::future_status::ready) {
        stop();
        return fail(ErrorCode::Timeout, QStringLiteral("The server did not start in time"));
    }
    auto port = listening.get();
    if (!port) {
        stop();
        return fail(std::move(port.error()));
    }
    running.port = *port;
    qCInfo(core::logApi).noquote() << "listening on" << address.toString() << "port" << *port;
    return {};
}

void ApiServer::stop()
{
    if (!m_running) {
        return;
    }
    Running &running = *m_running;
    QMetaObject::invokeMethod(running.context, [&running] {
        delete running.frontend;
        running.context->deleteLater();
        running.thread.quit();
    });
    running.thread.wait();
    m_running.reset();
}

quint16 ApiServer::port() const
{
    return m_running ? m_running->port : 0;
}

} // namespace dockerauto::api
