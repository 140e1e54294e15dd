#include "rawclient.h"

#include <api/apiserver.h>
#include <contracts/operations.h>
#include <core/json.h>
#include <testsupport/contractfakes.h>
#include <testsupport/jsontext.h>

#include <QSet>
#include <QTest>

#include <memory>

using namespace dockerauto;
using core::Json;
using testsupport::FakeAuthenticator;
using testsupport::FakeDispatcher;
using testsupport::FakeEventSource;

class FrontDoorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void address_isRefused_unlessLoopback();
    void start_fails_whenThePortIsTaken();
    void get_answersJson_withSecurityHeaders();
    void requestId_isKept_orMade();
    void error_isProblem_data();
    void error_isProblem();
    void token_isNeeded();
    void exception_costsOneAnswer();
    void public_takesAnyone();
    void head_hasNoBody();
    void method_isRefused_withAllow();
    void options_namesMethods();
    void secretInTheAddress_isRepeatedNowhere();
    void etag_gives304();
    void location_followsTheWork();
    void keepAlive_servesManyRequests();
    void pipelining_answersInOrder();
    void continue_isSent();
    void smuggling_getsOneAnswer_data();
    void smuggling_getsOneAnswer();
    void size_isLimited();
    void slowHead_isCut();
    void slowBody_isCut();
    void idle_isClosed();
    void lateBackend_is504();
    void connections_areLimited();
    void client_mayLeave_whileTheBackendWorks();
    void stop_endsConnections();

private:
    void start(api::ApiLimits limits = {});
    [[nodiscard]] QByteArray ask(
        const QByteArray &requestLine, const QByteArray &headers = {}, const QByteArray &body = {});

    std::unique_ptr<FakeDispatcher> m_dispatcher;
    std::unique_ptr<FakeAuthenticator> m_authenticator;
    std::unique_ptr<FakeEventSource> m_events;
    std::unique_ptr<api::ApiServer> m_server;
    std::atomic<bool> m_hold = false;
    core::Error m_error;
};

namespace {

const QByteArray signedIn("Authorization: Bearer good\r\n");

QByteArray get(const QByteArray &target, const QByteArray &headers = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
}

Json jsonOf(const QByteArray &answer)
{
    return core::parseJson(RawClient::body(answer).toStdString()).value_or(Json());
}

} // namespace

void FrontDoorTest::init()
{
    m_dispatcher = std::make_unique<FakeDispatcher>();
    m_authenticator = std::make_unique<FakeAuthenticator>();
    m_events = std::make_unique<FakeEventSource>();
    m_hold = false;
    using namespace contracts;
    m_dispatcher->on<GetContainer>([](const ContainerRef &ref, const CallScope &) -> core::Result<Container> {
        Container container;
        container.id = ref.id;
        return container;
    });
    m_dispatcher->on<GetHost>(
        [this](const HostRef &, const CallScope &) -> core::Result<Host> { return core::fail(m_error); });
    m_dispatcher->on<GetMeta>([this](const Nothing &, const CallScope &scope) -> core::Result<Meta> {
        while (m_hold) {
            std::this_thread::yield();
        }
        Meta meta;
        meta.name = scope.principal.name();
        return meta;
    });
    m_dispatcher->on<GetHealth>([](const Nothing &, const CallScope &scope) -> core::Result<Health> {
        Health health;
        health.status = QStringLiteral("ok");
        if (scope.principal.kind != Principal::Kind::Anonymous) {
            health.version = QStringLiteral("1");
        }
        return health;
    });
    m_dispatcher->on<LogOut>(
        [](const Nothing &, const CallScope &) -> core::Result<Nothing> { return Nothing(); });
    m_dispatcher->on<CancelUpdate>([](const UpdateRef &ref, const CallScope &) -> core::Result<Update> {
        Update update;
        update.id = ref.id;
        return update;
    });
    m_dispatcher->on<StartUpdates>(
        [](const StartUpdatesRequest &request, const CallScope &) -> core::Result<StartedUpdates> {
            StartedUpdates started;
            for (const QString &id : request.containers) {
                started.items.push_back({id, id, core::UpdateStatus::Pending});
            }
            return started;
        });
}

void FrontDoorTest::cleanup()
{
    m_hold = false;
    m_server.reset();
    m_dispatcher.reset();
}

void FrontDoorTest::start(api::ApiLimits limits)
{
    api::ApiSettings settings;
    settings.limits = limits;
    m_server = std::make_unique<api::ApiServer>(*m_dispatcher, *m_authenticator, *m_events, settings);
    const auto started = m_server->start();
    QVERIFY2(started, started ? "" : qPrintable(started.error().message));
    QVERIFY(m_server->port() != 0);
}

QByteArray FrontDoorTest::ask(
    const QByteArray &requestLine, const QByteArray &headers, const QByteArray &body)
{
    if (!m_server) {
        start();
    }
    RawClient client(m_server->port());
    QByteArray request = requestLine + " HTTP/1.1\r\nHost: localhost\r\n" + headers;
    if (!body.isEmpty()) {
        request +=
            "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    }
    client.write(request + "\r\n" + body);
    return client.answer(requestLine.left(requestLine.indexOf(' ')));
}

void FrontDoorTest::address_isRefused_unlessLoopback()
{
    for (const char *address : {"0.0.0.0", "192.0.2.1", "::", "localhost", ""}) {
        api::ApiSettings settings;
        settings.address = QString::fromLatin1(address);
        api::ApiServer server(*m_dispatcher, *m_authenticator, *m_events, settings);
        const auto started = server.start();
        QVERIFY2(!started, address);
        QCOMPARE(started.error().code, core::ErrorCode::InvalidArgument);
    }
}

void FrontDoorTest::start_fails_whenThePortIsTaken()
{
    start();
    api::ApiSettings settings;
    settings.port = m_server->port();
    api::ApiServer second(*m_dispatcher, *m_authenticator, *m_events, settings);
    const auto started = second.start();
    QVERIFY(!started);
    QCOMPARE(started.error().code, core::ErrorCode::Unavailable);
    QCOMPARE(m_server->start().error().code, core::ErrorCode::Conflict);
}

void FrontDoorTest::get_answersJson_withSecurityHeaders()
{
    const QByteArray answer = ask("GET /api/v1/containers/c%2F1", signedIn);
    QCOMPARE(RawClient::status(answer), 200);
    COMPARE_JSON(jsonOf(answer)["id"], Json("c/1"));
    QCOMPARE(RawClient::header(answer, "Content-Type"), QByteArray("application/json"));
    QCOMPARE(RawClient::header(answer, "X-Content-Type-Options"), QByteArray("nosniff"));
    QCOMPARE(RawClient::header(answer, "Referrer-Policy"), QByteArray("no-referrer"));
    QVERIFY(RawClient::header(answer, "Content-Security-Policy").contains("default-src 'none'"));
    QVERIFY(RawClient::header(answer, "Content-Security-Policy").contains("frame-ancestors 'none'"));
    const QByteArray refused = ask("GET /nothing");
    QCOMPARE(RawClient::status(refused), 404);
    QCOMPARE(RawClient::header(refused, "X-Content-Type-Options"), QByteArray("nosniff"));
    QCOMPARE(RawClient::header(refused, "Cache-Control"), QByteArray("no-store"));
}

void FrontDoorTest::requestId_isKept_orMade()
{
    QCOMPARE(RawClient::header(ask("GET /api/v1/meta", signedIn + "X-Request-Id: abc-1\r\n"), "X-Request-Id"),
        QByteArray("abc-1"));
    const QByteArray made =
        RawClient::header(ask("GET /api/v1/meta", signedIn + "X-Request-Id: a b\r\n"), "X-Request-Id");
    QCOMPARE(made.size(), 26);
    QVERIFY(!RawClient::header(ask("GET / HTTP"), "X-Request-Id").isEmpty());
}

void FrontDoorTest::error_isProblem_data()
{
    using core::ErrorCode;
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("status");
    const auto row = [](ErrorCode code, int status) {
        QTest::newRow(std::string(core::toText(code)).c_str()) << static_cast<int>(code) << status;
    };
    row(ErrorCode::InvalidArgument, 422);
    row(ErrorCode::NotFound, 404);
    row(ErrorCode::Conflict, 409);
    row(ErrorCode::Unauthenticated, 401);
    row(ErrorCode::PermissionDenied, 403);
    row(ErrorCode::RateLimited, 429);
    row(ErrorCode::Timeout, 504);
    row(ErrorCode::Unavailable, 503);
    row(ErrorCode::Cancelled, 503);
    row(ErrorCode::Corrupt, 502);
    row(ErrorCode::Unsupported, 501);
    row(ErrorCode::Internal, 500);
}

void FrontDoorTest::error_isProblem()
{
    QFETCH(int, code);
    QFETCH(int, status);
    m_error = core::Error{
        static_cast<core::ErrorCode>(code), QStringLiteral("the reason"), QStringLiteral("a/b"), nullptr};
    const QByteArray answer = ask("GET /api/v1/hosts/h", signedIn);
    QCOMPARE(RawClient::status(answer), status);
    QCOMPARE(RawClient::header(answer, "Content-Type"), QByteArray("application/problem+json"));
    const Json problem = jsonOf(answer);
    COMPARE_JSON(problem["status"], Json(status));
    COMPARE_JSON(problem["code"], Json(core::toText(m_error.code)));
    QVERIFY(problem["instance"].get<std::string>().ends_with(
        RawClient::header(answer, "X-Request-Id").toStdString()));
    QCOMPARE(RawClient::header(answer, "WWW-Authenticate").isEmpty(), status != 401);
    if (status == 500) {
        QVERIFY(!answer.contains("the reason"));
        QVERIFY(problem["errors"].empty());
    } else {
        COMPARE_JSON(problem["detail"], Json("the reason"));
        COMPARE_JSON(problem["errors"][0]["path"], Json("a/b"));
    }
}

void FrontDoorTest::token_isNeeded()
{
    for (const QByteArray &header : {QByteArray(), QByteArray("Authorization: Bearer bad\r\n"),
             QByteArray("Authorization: Basic Z29vZA==\r\n"), QByteArray("Authorization: good\r\n"),
             QByteArray("Authorization: Bearer go od\r\n")}) {
        const QByteArray answer = ask("GET /api/v1/meta", header);
        QCOMPARE(RawClient::status(answer), 401);
        QVERIFY(RawClient::header(answer, "WWW-Authenticate").startsWith("Bearer"));
    }
    QCOMPARE(m_dispatcher->calls.load(), 0);
    const QByteArray answer = ask("GET /api/v1/meta", "authorization: bearer good\r\n");
    QCOMPARE(RawClient::status(answer), 200);
    COMPARE_JSON(jsonOf(answer)["name"], Json("ann@example.org"));
}

void FrontDoorTest::exception_costsOneAnswer()
{
    QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("the storage fell over")));
    const QByteArray answer = ask("GET /api/v1/meta", "Authorization: Bearer crash\r\n");
    QCOMPARE(RawClient::status(answer), 500);
    QVERIFY(!answer.contains("storage"));
    QCOMPARE(RawClient::status(ask("GET /api/v1/meta", signedIn)), 200);
}

void FrontDoorTest::public_takesAnyone()
{
    const QByteArray anonymous = ask("GET /api/v1/monitoring/health");
    QCOMPARE(RawClient::status(anonymous), 200);
    COMPARE_JSON(jsonOf(anonymous)["version"], Json());
    QCOMPARE(RawClient::header(anonymous, "Cache-Control"), QByteArray("no-store"));
    COMPARE_JSON(jsonOf(ask("GET /api/v1/monitoring/health", signedIn))["version"], Json("1"));
    QCOMPARE(RawClient::status(ask("GET /api/v1/monitoring/health", "Authorization: Bearer old\r\n")), 200);
}

void FrontDoorTest::head_hasNoBody()
{
    start();
    RawClient client(m_server->port());
    client.write(
        "HEAD /api/v1/meta HTTP/1.1\r\nHost: a\r\n" + signedIn + "\r\n" + get("/api/v1/meta", signedIn));
    const QByteArray head = client.answer("HEAD");
    QCOMPARE(RawClient::status(head), 200);
    const QByteArray whole = client.answer();
    QCOMPARE(RawClient::header(head, "Content-Length").toLongLong(), RawClient::body(whole).size());
    QCOMPARE(RawClient::header(head, "ETag"), RawClient::header(whole, "ETag"));
    QVERIFY(!RawClient::body(whole).isEmpty());
}

void FrontDoorTest::method_isRefused_withAllow()
{
    const QByteArray answer = ask("DELETE /api/v1/containers/a", signedIn);
    QCOMPARE(RawClient::status(answer), 405);
    QCOMPARE(RawClient::header(answer, "Allow"), QByteArray("GET, HEAD, PUT, OPTIONS"));
    QCOMPARE(RawClient::status(ask("PATCH /api/v1/containers/a", signedIn)), 405);
    QCOMPARE(RawClient::status(ask("TRACE /api/v1/containers/a", signedIn)), 501);
    QCOMPARE(RawClient::status(ask("GET /ws/containers", signedIn)), 426);
}

void FrontDoorTest::options_namesMethods()
{
    const QByteArray answer = ask("OPTIONS /api/v1/auth/login");
    QCOMPARE(RawClient::status(answer), 204);
    QCOMPARE(RawClient::header(answer, "Allow"), QByteArray("POST, OPTIONS"));
    QCOMPARE(RawClient::status(ask("OPTIONS *")), 204);
}

void FrontDoorTest::secretInTheAddress_isRepeatedNowhere()
{
    static QStringList logged;
    logged.clear();
    const auto previous = qInstallMessageHandler(
        [](QtMsgType, const QMessageLogContext &, const QString &text) { logged.append(text); });
    const QByteArray address = "/api/v1/webhooks/registry/s3cret";
    QByteArray answers;
    m_dispatcher->on<contracts::CallWebhook>(
        [](const contracts::WebhookCall &,
            const contracts::CallScope &) -> core::Result<contracts::WebhookAnswer> {
            return core::fail(core::ErrorCode::Internal, QStringLiteral("the reason"));
        });
    answers += ask("POST " + address, {}, "{}");
    answers += ask("POST " + address, {}, "{");
    answers += ask("POST " + address + "?a=b", {}, "{}");
    answers += ask("POST " + address, "Content-Length: 0\r\n");
    answers += ask("GET " + address);
    answers += ask("POST " + address + "/more", {}, "{}");
    answers += ask("POST " + address + "%00", {}, "{}");
    qInstallMessageHandler(previous);
    QCOMPARE(answers.count("HTTP/1.1 "), 7);
    QVERIFY(!answers.contains("s3cret"));
    QVERIFY(!logged.isEmpty());
    QVERIFY2(!logged.join(u' ').contains(QLatin1String("s3cret")), qPrintable(logged.join(u' ')));
}

void FrontDoorTest::etag_gives304()
{
    const QByteArray first = ask("GET /api/v1/containers/a", signedIn);
    const QByteArray tag = RawClient::header(first, "ETag");
    QVERIFY(!tag.isEmpty());
    const QByteArray second =
        ask("GET /api/v1/containers/a", signedIn + "If-None-Match: \"x\", W/" + tag + "\r\n");
    QCOMPARE(RawClient::status(second), 304);
    QCOMPARE(RawClient::header(second, "ETag"), tag);
    QVERIFY(RawClient::header(second, "Content-Length").isEmpty());
    QCOMPARE(
        RawClient::status(ask("GET /api/v1/containers/b", signedIn + "If-None-Match: " + tag + "\r\n")), 200);
    const QByteArray document = ask("GET /api/v1/openapi.json");
    QCOMPARE(RawClient::status(document), 200);
    COMPARE_JSON(jsonOf(document)["openapi"], Json("3.1.0"));
    QCOMPARE(RawClient::status(ask("GET /api/v1/openapi.json",
                 "If-None-Match: " + RawClient::header(document, "ETag") + "\r\n")),
        304);
}

void FrontDoorTest::location_followsTheWork()
{
    const QByteArray answer = ask("POST /api/v1/updates/u%201/cancel", signedIn);
    QCOMPARE(RawClient::status(answer), 202);
    QCOMPARE(RawClient::header(answer, "Location"), QByteArray("/api/v1/updates/u%201"));
    const QByteArray ended = ask("POST /api/v1/auth/logout", signedIn);
    QCOMPARE(RawClient::status(ended), 204);
    QVERIFY(RawClient::body(ended).isEmpty());
}

void FrontDoorTest::keepAlive_servesManyRequests()
{
    start();
    RawClient client(m_server->port());
    for (int i = 0; i < 50; ++i) {
        const QByteArray id = QByteArray::number(i);
        client.write(get("/api/v1/containers/" + id, signedIn));
        const QByteArray answer = client.answer();
        COMPARE_JSON(jsonOf(answer)["id"], Json(id.toStdString()));
    }
    client.write(get("/api/v1/containers/last", signedIn + "Connection: close\r\n"));
    QCOMPARE(RawClient::header(client.answer(), "Connection"), QByteArray("close"));
    QVERIFY(client.waitClosed());
}

void FrontDoorTest::pipelining_answersInOrder()
{
    start();
    RawClient client(m_server->port());
    QByteArray all;
    for (int i = 0; i < 100; ++i) {
        const QByteArray body = "{\"containers\":[\"" + QByteArray::number(i) + "\"]}";
        all += i % 3 == 0 ? "POST /api/v1/updates HTTP/1.1\r\nHost: a\r\n" + signedIn +
                                "Content-Type: application/json\r\nContent-Length: " +
                                QByteArray::number(body.size()) + "\r\n\r\n" + body
                          : get("/api/v1/containers/" + QByteArray::number(i), signedIn);
    }
    client.write(all);
    for (int i = 0; i < 100; ++i) {
        const Json json = jsonOf(client.answer());
        const Json &id = i % 3 == 0 ? json["items"][0]["id"] : json["id"];
        COMPARE_JSON(id, Json(std::to_string(i)));
    }
}

void FrontDoorTest::continue_isSent()
{
    start();
    RawClient client(m_server->port());
    const QByteArray body = "{\"containers\":[]}";
    client.write("POST /api/v1/updates HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n" + signedIn +
                 "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
                 "\r\n\r\n");
    QCOMPARE(client.answer(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    client.write(body);
    QCOMPARE(RawClient::status(client.answer()), 202);
}

void FrontDoorTest::smuggling_getsOneAnswer_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const QByteArray inner = get("/api/v1/containers/smuggled", signedIn);
    const auto row = [&inner](const char *name, const QByteArray &fields, int status = 400,
                         const QByteArray &between = {}) {
        QTest::newRow(name) << "POST /api/v1/auth/logout HTTP/1.1\r\nHost: a\r\n" + signedIn + fields +
                                   "\r\n" + between + inner
                            << status;
    };
    row("negative length", "Content-Length: -5\r\n");
    row("length is text", "Content-Length: abc\r\n");
    row("length of 2^64-1", "Content-Length: 18446744073709551615\r\n", 413);
    row("two lengths", "Content-Length: 0\r\nContent-Length: " + QByteArray::number(inner.size()) + "\r\n");
    row("list of lengths", "Content-Length: 0, 0\r\n");
    row("chunked", "Transfer-Encoding: chunked\r\n", 411, "0\r\n\r\n");
    row("chunked and length", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", 400, "0\r\n\r\n");
    row("length and odd chunked", "Transfer-Encoding: xchunked\r\nContent-Length: 4\r\n", 400, "0\r\n\r\n");
    row("blank before the colon", "Content-Length : 5\r\n");
    row("blank before the colon of chunked", "Transfer-Encoding : chunked\r\n", 400, "0\r\n\r\n");
    row("folded", "X: a\r\n Content-Length: 5\r\n");
    row("NUL in a length", QByteArray("Content-Length: 0\0\r\n", 20));
    row("bare LF", "X: a\nContent-Length: 5\r\n");
    row("bare CR", "X: a\rContent-Length: 5\r\n");
    row("two Host", "Host: b\r\n");
    QTest::newRow("bare LF ends the head")
        << "GET /api/v1/meta HTTP/1.1\r\nHost: a\r\n" + signedIn + "\n" + inner << 400;
    QTest::newRow("unknown version") << "GET /api/v1/meta HTTP/1.2\r\nHost: a\r\n\r\n" + inner << 400;
}

void FrontDoorTest::smuggling_getsOneAnswer()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    start();
    RawClient client(m_server->port());
    client.write(bytes);
    const QByteArray all = client.rest();
    QCOMPARE(all.count("\r\nContent-Security-Policy:"), 1);
    QCOMPARE(RawClient::status(all), status);
    QCOMPARE(RawClient::header(all, "Connection"), QByteArray("close"));
    QVERIFY(client.waitClosed());
    QCOMPARE(m_dispatcher->calls.load(), 0);
}

void FrontDoorTest::size_isLimited()
{
    QCOMPARE(RawClient::status(ask("GET /" + QByteArray(8192, 'a'))), 414);
    QCOMPARE(RawClient::status(ask("GET /", "X: " + QByteArray(33'000, 'a') + "\r\n")), 431);
    QCOMPARE(RawClient::status(ask("GET /", QByteArray("A: b\r\n").repeated(100))), 431);
    QCOMPARE(RawClient::status(ask("POST /api/v1/updates", signedIn, QByteArray(1024 * 1024 + 1, ' '))), 413);
    const QByteArray body = "{\"containers\":[\"" + QByteArray(1024 * 1024 - 19, 'x') + "\"]}";
    QCOMPARE(body.size(), 1024 * 1024);
    QCOMPARE(RawClient::status(ask("POST /api/v1/updates", signedIn, body)), 202);
}

void FrontDoorTest::slowHead_isCut()
{
    api::ApiLimits limits;
    limits.headTime = std::chrono::milliseconds(200);
    limits.sweep = std::chrono::milliseconds(20);
    start(limits);
    RawClient client(m_server->port());
    client.write("GET / HTTP/1.1\r\nHo");
    QCOMPARE(RawClient::status(client.answer()), 408);
    QVERIFY(client.waitClosed());
}

void FrontDoorTest::slowBody_isCut()
{
    api::ApiLimits limits;
    limits.bodyTime = std::chrono::milliseconds(100);
    limits.bodyBytesPerSecond = 10'000;
    limits.sweep = std::chrono::milliseconds(20);
    start(limits);
    RawClient client(m_server->port());
    client.write("POST /api/v1/updates HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{");
    QCOMPARE(RawClient::status(client.answer()), 408);
    QVERIFY(client.waitClosed());
}

void FrontDoorTest::idle_isClosed()
{
    api::ApiLimits limits;
    limits.idleTime = std::chrono::milliseconds(200);
    limits.sweep = std::chrono::milliseconds(20);
    start(limits);
    RawClient client(m_server->port());
    client.write(get("/api/v1/meta", signedIn));
    QCOMPARE(RawClient::status(client.answer()), 200);
    QCOMPARE(client.rest(), QByteArray());
    QVERIFY(client.waitClosed());
}

void FrontDoorTest::lateBackend_is504()
{
    api::ApiLimits limits;
    limits.answerTime = std::chrono::milliseconds(200);
    limits.sweep = std::chrono::milliseconds(20);
    start(limits);
    m_hold = true;
    RawClient client(m_server->port());
    client.write(get("/api/v1/meta", signedIn));
    const QByteArray answer = client.answer();
    QCOMPARE(RawClient::status(answer), 504);
    m_hold = false;
    QCOMPARE(client.rest(), QByteArray());
}

void FrontDoorTest::connections_areLimited()
{
    api::ApiLimits limits;
    limits.connectionsPerAddress = 3;
    start(limits);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_server->port()));
        clients.back()->write(get("/api/v1/meta", signedIn));
        QCOMPARE(RawClient::status(clients.back()->answer()), 200);
    }
    RawClient fourth(m_server->port());
    QCOMPARE(RawClient::status(fourth.answer()), 503);
    QVERIFY(fourth.waitClosed());
    clients.pop_back();
    bool served = false;
    QTRY_VERIFY(served || (served = RawClient::status(ask("GET /api/v1/meta", signedIn)) == 200));
}

void FrontDoorTest::client_mayLeave_whileTheBackendWorks()
{
    start();
    m_hold = true;
    for (int i = 0; i < 8; ++i) {
        RawClient client(m_server->port());
        client.write(get("/api/v1/meta", signedIn));
        QTRY_COMPARE(m_dispatcher->calls.load(), i + 1);
    }
    m_hold = false;
    m_dispatcher->join();
    QCOMPARE(RawClient::status(ask("GET /api/v1/meta", signedIn)), 200);
}

void FrontDoorTest::stop_endsConnections()
{
    start();
    RawClient idle(m_server->port());
    idle.write(get("/api/v1/meta", signedIn));
    QCOMPARE(RawClient::status(idle.answer()), 200);
    m_hold = true;
    RawClient busy(m_server->port());
    busy.write(get("/api/v1/meta", signedIn));
    QTRY_COMPARE(m_dispatcher->calls.load(), 2);
    m_server->stop();
    QCOMPARE(m_server->port(), quint16(0));
    QVERIFY(idle.waitClosed());
    QVERIFY(busy.waitClosed());
    m_hold = false;
    m_dispatcher->join();
}

QTEST_GUILESS_MAIN(FrontDoorTest)
#include "tst_frontdoor.moc"
