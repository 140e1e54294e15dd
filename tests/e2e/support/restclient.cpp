#include "restclient.h"

#include <QEventLoop>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QUrl>

#include <memory>

namespace dockerauto::e2e {

core::Result<> RestClient::logIn(const QString &email, const QString &password)
{
    m_token.clear();
    const Reply reply =
        post(QStringLiteral("/auth/login"), core::Json{{"email", email}, {"password", password}});
    m_token = core::textOf(reply.body, "accessToken");
    return m_token.isEmpty() ? core::fail(core::ErrorCode::Unauthenticated, QString::fromUtf8(reply.text()))
                             : core::Result<>();
}

Reply RestClient::send(const QByteArray &method, const QString &path, const core::Json &body)
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    QNetworkRequest request(QUrl(m_url + QStringLiteral("/api/v1") + path));
    request.setTransferTimeout(30'000);
    // Otherwise a read of the same address may be answered from a connection of a server that was killed.
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    if (!m_token.isEmpty()) {
        request.setRawHeader("Authorization", "Bearer " + m_token.toUtf8());
    }
    QByteArray bytes;
    if (!body.is_null()) {
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
        bytes = QByteArray::fromStdString(core::writeJson(body));
    }
    const std::unique_ptr<QNetworkReply> answer(m_network.sendCustomRequest(request, method, bytes));
    QEventLoop loop;
    QObject::connect(answer.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    if (!answer->isFinished()) {
        loop.exec();
    }
    Reply reply;
    reply.status = answer->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    reply.contentType = answer->rawHeader("Content-Type");
    reply.location = answer->rawHeader("Location");
    reply.bytes = answer->readAll();
    if (reply.status == 0) {
        reply.bytes = answer->errorString().toUtf8();
    } else if (auto json = core::parsePeerJson(reply.bytes.toStdString())) {
        reply.body = std::move(*json);
    }
    return reply;
}

} // namespace dockerauto::e2e
