#pragma once

#include "api/requesthead.h"

#include <core/json.h>
#include <core/result.h>

#include <QByteArray>
#include <QString>

#include <vector>

namespace dockerauto::api {

/// What is sent back, without what every answer has.
struct HttpAnswer
{
    int status = 200;
    std::vector<HeaderField> headers;
    QByteArray body;
    /// False: `no-store`.
    bool cacheable = false;
};

/// How an answer is put on the wire.
struct AnswerForm
{
    enum class Body
    {
        Sent,
        LeftOut
    };
    enum class After
    {
        KeepAlive,
        Close
    };
    Body body = Body::Sent;
    After after = After::KeepAlive;
};

/// All bytes of an answer, with the headers that every answer has: length, date, security.
QByteArray wireForm(const HttpAnswer &answer, AnswerForm form);

/// The phrase of a status, for example `Not Found`.
QByteArray statusPhrase(int status);

/// The one table from error to status.
int statusOf(core::ErrorCode code);

/// `application/problem+json` (RFC 9457).
HttpAnswer problemAnswer(int status, const QString &code, const QString &detail, const QString &requestId,
    const QString &errorPath = {});

/// The problem that an error is. Of an internal one only the request id is told; the rest is logged.
HttpAnswer errorAnswer(const core::Error &error, const QString &requestId);

HttpAnswer jsonAnswer(int status, const core::Json &body);

/// A strong entity tag of the bytes, with its quotes.
QByteArray entityTag(const QByteArray &bytes);
/// Whether an If-None-Match lists the tag (RFC 9110, section 13.1.2: weakly compared).
bool matchesTag(const QByteArray &ifNoneMatch, const QByteArray &tag);

/// The client's X-Request-Id when it is one that can stand in a log, else a new one.
QString requestIdOf(const RequestHead &head);

} // namespace dockerauto::api
