#pragma once

#include "connection.h"
#include "requestjson.h"
#include "router.h"

#include <contracts/dispatcher.h>
#include <core/mailbox.h>
#include <core/threadpool.h>

#include <QPointer>

#include <memory>

namespace dockerauto::api {

class SocketHub;

/// Deals with valid requests: finds the operation, asks who calls, calls the backend, and turns what comes
/// back into an answer. Lives in the thread of the server; authentication, JSON and the answer's bytes are
/// made on a pool.
class HttpService final
    : public QObject
    , public Reception
{
    Q_OBJECT

public:
    HttpService(contracts::Dispatcher &dispatcher, contracts::Authenticator &authenticator, SocketHub &hub,
        core::ThreadPool &pool);
    ~HttpService() override;

    void handleRequest(const HttpRequest &request, Connection &connection, quint64 turn) override;
    void checkUpgrade(const HttpRequest &request, Connection &connection, quint64 turn) override;

private:
    /// Where an answer goes. Carries the request's conditions, so that the answer can be finished anywhere.
    struct ReplyTo
    {
        std::shared_ptr<core::Mailbox> mailbox;
        QPointer<Connection> connection;
        quint64 turn = 0;
        QString requestId;
        QByteArray ifNoneMatch;

        void operator()(HttpAnswer answer) const;
    };
    /// A call on its way to the backend.
    struct Call
    {
        const contracts::Operation *operation = nullptr;
        RequestParts parts;
        /// Of the Authorization header; empty when there is none.
        QByteArray token;
        QString remoteAddress;
        ReplyTo reply;
    };

    void route(const HttpRequest &request, const ReplyTo &reply);
    void startCall(Call call);
    void carryOut(const Call &call);
    void answerDocument(const ReplyTo &reply);
    static HttpAnswer answerTo(const contracts::Operation &operation, core::Result<core::Json> result,
        const QString &requestId, const QByteArray &ifNoneMatch);

    contracts::Dispatcher &m_dispatcher;
    contracts::Authenticator &m_authenticator;
    SocketHub &m_hub;
    core::ThreadPool &m_pool;
    std::shared_ptr<core::Mailbox> m_mailbox;
    Router m_router;
    QByteArray m_document;
    QByteArray m_documentTag;
};

/// The token of an `Authorization: Bearer` header; empty when there is none or it is of another form.
QByteArray bearerToken(const RequestHead &head);

} // namespace dockerauto::api
