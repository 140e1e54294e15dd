#pragma once

#include <core/json.h>
#include <core/result.h>

#include <QNetworkAccessManager>
#include <QString>

namespace dockerauto::e2e {

/// What a server answered. `status` is 0 when there was no answer at all.
struct Reply
{
    int status = 0;
    QByteArray contentType;
    QByteArray location;
    QByteArray bytes;
    core::Json body;

    /// For messages of failed tests.
    [[nodiscard]] QByteArray text() const { return QByteArray::number(status) + ": " + bytes.left(2000); }
};

/// Calls the REST interface as any client would; waits for each answer, with the event loop running.
class RestClient
{
public:
    void setServer(const QString &url) { m_url = url; }
    [[nodiscard]] QString server() const { return m_url; }
    void setToken(const QString &token) { m_token = token; }
    [[nodiscard]] QString token() const { return m_token; }

    /// Keeps the access token for what comes after.
    core::Result<> logIn(const QString &email, const QString &password);

    /// `path` below /api/v1.
    Reply get(const QString &path) { return send("GET", path, {}); }
    Reply post(const QString &path, const core::Json &body = {}) { return send("POST", path, body); }
    Reply send(const QByteArray &method, const QString &path, const core::Json &body);

private:
    QNetworkAccessManager m_network;
    QString m_url;
    QString m_token;
};

} // namespace dockerauto::e2e
