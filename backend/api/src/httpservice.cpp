#include "httpservice.h"

#include "api/openapi.h"
#include "sockethub.h"

#include <core/logging.h>

#include <algorithm>
#include <exception>
#include <utility>

namespace dockerauto::api {
namespace {

using contracts::Access;
using core::ErrorCode;

const QByteArray apiPrefix("/api/v1");

/// A bug in what is called must cost one answer, not the process.
template <class Work>
void guarded(const QString &requestId, const std::function<void(HttpAnswer)> &reply, const Work &work)
{
    try {
        work();
    } catch (const std::exception &exception) {
        reply(errorAnswer(
            core::Error{ErrorCode::Internal, QString::fromLocal8Bit(exception.what()), {}, nullptr},
            requestId));
    }
}

HttpAnswer notFound(const QString &requestId)
{
    return problemAnswer(
        404, QStringLiteral("NotFound"), QStringLiteral("There is nothing at this address"), requestId);
}

/// `/updates/{id}` with the fields of the reply, below the prefix.
QByteArray locationOf(std::string_view pathTemplate, const core::Json &reply)
{
    QByteArray location(pathTemplate.data(), static_cast<qsizetype>(pathTemplate.size()));
    for (const std::string &field : contracts::pathFields(pathTemplate)) {
        location.replace(QByteArray("{" + QByteArray::fromStdString(field) + "}"),
            core::textOf(reply, field.c_str()).toUtf8().toPercentEncoding());
    }
    return apiPrefix + location;
}

} // namespace

QByteArray bearerToken(const RequestHead &head)
{
    const QByteArray value = head.field("authorization").value_or(QByteArray());
    if (value.size() < 8 || value.first(7).compare("Bearer ", Qt::CaseInsensitive) != 0) {
        return {};
    }
    // token68 of RFC 9110, section 11.2.
    const QByteArray token = value.mid(7).trimmed();
    const bool valid = std::all_of(token.begin(), token.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-._~+/=").find(c) != std::string_view::npos;
    });
    return valid ? token : QByteArray();
}

HttpService::HttpService(contracts::Dispatcher &dispatcher, contracts::Authenticator &authenticator,
    SocketHub &hub, core::ThreadPool &pool)
    : m_dispatcher(dispatcher)
    , m_authenticator(authenticator)
    , m_hub(hub)
    , m_pool(pool)
    , m_mailbox(std::make_shared<core::Mailbox>(this))
    , m_router(contracts::operations())
    , m_document(QByteArray::fromStdString(core::writeJson(openApiDocument())))
    , m_documentTag(entityTag(m_document))
{
}

HttpService::~HttpService()
{
    m_mailbox->close();
}

void HttpService::ReplyTo::operator()(HttpAnswer answer) const
{
    const bool named = std::ranges::any_of(
        answer.headers, [](const HeaderField &field) { return field.name == "X-Request-Id"; });
    if (!named) {
        answer.headers.push_back({"X-Request-Id", requestId.toLatin1()});
    }
    mailbox->post([connection = connection, turn = turn, answer = std::move(answer)] {
        if (connection) {
            connection->answer(turn, answer);
        }
    });
}

void HttpService::handleRequest(const HttpRequest &request, Connection &connection, quint64 turn)
{
    const ReplyTo reply{m_mailbox, &connection, turn, request.requestId,
        request.head.field("if-none-match").value_or(QByteArray())};
    guarded(request.requestId, reply, [&] { route(request, reply); });
}

void HttpService::route(const HttpRequest &request, const ReplyTo &reply)
{
    const RequestHead &head = request.head;
    if (head.path == "*") {
        reply({.status = 204, .headers = {{"Allow", "GET, HEAD, POST, PUT, DELETE, OPTIONS"}}, .body = {}});
        return;
    }
    if (m_hub.isEndpoint(head.path)) {
        HttpAnswer answer = problemAnswer(426, QStringLiteral("InvalidArgument"),
            QStringLiteral("This address speaks WebSocket only"), reply.requestId);
        answer.headers.push_back({"Upgrade", "websocket"});
        reply(std::move(answer));
        return;
    }
    if (head.path == "/api/v1/openapi.json" && (head.method == "GET" || head.method == "HEAD")) {
        answerDocument(reply);
        return;
    }
    const auto match =
        head.path.startsWith("/api/v1/") ? m_router.match(head.path.mid(apiPrefix.size())) : std::nullopt;
    if (!match) {
        reply(notFound(reply.requestId));
        return;
    }
    if (head.method == "OPTIONS") {
        reply({.status = 204, .headers = {{"Allow", match->allow()}}, .body = {}});
        return;
    }
    const contracts::Operation *operation = match->find(head.method.toStdString());
    if (!operation) {
        HttpAnswer answer = problemAnswer(405, QStringLiteral("Unsupported"),
            QStringLiteral("This address does not take %1").arg(QString::fromLatin1(head.method)),
            reply.requestId);
        answer.headers.push_back({"Allow", match->allow()});
        reply(std::move(answer));
        return;
    }
    startCall({operation,
        {match->fields, head.query, head.field("content-type").value_or(QByteArray()), request.body},
        bearerToken(head), request.remoteAddress, reply});
}

void HttpService::answerDocument(const ReplyTo &reply)
{
    HttpAnswer answer;
    answer.cacheable = true;
    answer.headers = {{"ETag", m_documentTag}};
    if (matchesTag(reply.ifNoneMatch, m_documentTag)) {
        answer.status = 304;
    } else {
        answer.headers.push_back({"Content-Type", "application/json"});
        answer.body = m_document;
    }
    reply(std::move(answer));
}

void HttpService::startCall(Call call)
{
    if (call.token.isEmpty() && call.operation->info->access != Access::Public) {
        call.reply(problemAnswer(401, QStringLiteral("Unauthenticated"),
            QStringLiteral("Sign in first and send the access token as Authorization: Bearer"),
            call.reply.requestId));
        return;
    }
    const auto shared = std::make_shared<const Call>(std::move(call));
    const auto posted = m_pool.post([this, shared](const std::stop_token &) {
        guarded(shared->reply.requestId, shared->reply, [&] { carryOut(*shared); });
    });
    if (!posted) {
        shared->reply(errorAnswer(posted.error(), shared->reply.requestId));
    }
}

void HttpService::carryOut(const Call &call)
{
    const ReplyTo &reply = call.reply;
    contracts::CallScope scope{contracts::Principal::anonymous(), reply.requestId, call.remoteAddress};
    if (!call.token.isEmpty()) {
        auto principal = m_authenticator.authenticate(call.token);
        if (principal) {
            scope.principal = std::move(*principal);
        } else if (call.operation->info->access != Access::Public) {
            reply(errorAnswer(principal.error(), reply.requestId));
            return;
        }
    }
    auto request = requestJson(*call.operation, call.parts);
    if (!request) {
        const RequestProblem &problem = request.error();
        reply(problemAnswer(problem.status, QStringLiteral("InvalidArgument"), problem.error.message,
            reply.requestId, problem.error.path));
        return;
    }
    m_dispatcher.dispatch(*call.operation, std::move(*request), std::move(scope),
        [operation = call.operation, reply](core::Result<core::Json> result) {
            guarded(reply.requestId, reply,
                [&] { reply(answerTo(*operation, std::move(result), reply.requestId, reply.ifNoneMatch)); });
        });
}

HttpAnswer HttpService::answerTo(const contracts::Operation &operation, core::Result<core::Json> result,
    const QString &requestId, const QByteArray &ifNoneMatch)
{
    if (!result) {
        return errorAnswer(result.error(), requestId);
    }
    const contracts::OperationInfo &info = *operation.info;
    HttpAnswer answer = jsonAnswer(info.success, *result);
    if (!info.location.empty()) {
        answer.headers.push_back({"Location", locationOf(info.location, *result)});
    }
    if (info.method == contracts::Method::Get && info.cacheable) {
        answer.cacheable = true;
        const QByteArray tag = entityTag(answer.body);
        if (matchesTag(ifNoneMatch, tag)) {
            answer.status = 304;
            answer.headers.clear();
            answer.body.clear();
        }
        answer.headers.push_back({"ETag", tag});
    }
    return answer;
}

void HttpService::checkUpgrade(const HttpRequest &request, Connection &connection, quint64 turn)
{
    const ReplyTo reply{m_mailbox, &connection, turn, request.requestId, {}};
    auto asked = m_hub.readUpgrade(request);
    if (!asked) {
        HttpAnswer answer = problemAnswer(
            asked.error().status, QStringLiteral("InvalidArgument"), asked.error().detail, request.requestId);
        if (asked.error().status == 426) {
            answer.headers.push_back({"Sec-WebSocket-Version", "13"});
        }
        reply(std::move(answer));
        return;
    }
    const auto posted =
        m_pool.post([this, reply, asked = std::move(*asked), id = connection.id()](const std::stop_token &) {
            guarded(reply.requestId, reply, [&] {
                auto member = m_hub.admit(asked);
                if (!member) {
                    reply(errorAnswer(member.error(), reply.requestId));
                    return;
                }
                reply.mailbox->post([this, id, connection = reply.connection, turn = reply.turn,
                                        member = *member] {
                    if (connection) {
                        m_hub.expect(id, member);
                        connect(connection, &Connection::finished, &m_hub, [this, id] { m_hub.forget(id); });
                        connection->approveUpgrade(turn);
                    }
                });
            });
        });
    if (!posted) {
        reply(errorAnswer(posted.error(), request.requestId));
    }
}

} // namespace dockerauto::api
