#include "rawclient.h"

#include <api/apiserver.h>
#include <contracts/operations.h>
#include <core/json.h>
#include <testsupport/contractfakes.h>
#include <testsupport/jsontext.h>

#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

#include <memory>

using namespace dockerauto;
using core::Json;
namespace topics = contracts::topics;
using testsupport::FakeAuthenticator;
using testsupport::FakeDispatcher;
using testsupport::FakeEventSource;

class WebSocketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { start(std::chrono::seconds(30)); }
    void cleanup();

    void upgrade_isRefused_data();
    void upgrade_isRefused();
    void upgrade_isTaken_data();
    void upgrade_isTaken();
    void ticket_worksOnce();
    void events_come_inOrder();
    void events_comeFromBefore_withSince();
    void events_ofOtherTopics_stayAway();
    void resync_isPassedOn();
    void message_isRefused_data();
    void message_isRefused();
    void frame_withoutMask_ends1002();
    void frame_tooLarge_ends1009();
    void right_isAskedAgain();
    void ping_isSent();
    void slowReader_getsResync();
    void client_mayLeave_whileEventsCome();
    void http_goesOn_beside();

private:
    void start(std::chrono::milliseconds pingInterval);
    [[nodiscard]] QByteArray handshake(const QByteArray &target, const QByteArray &headers) const;
    std::unique_ptr<QWebSocket> open(const QString &target);
    [[nodiscard]] bool follows(QWebSocket &socket, const QString &subscribe);

    std::unique_ptr<FakeDispatcher> m_dispatcher;
    std::unique_ptr<FakeAuthenticator> m_authenticator;
    std::unique_ptr<FakeEventSource> m_events;
    std::unique_ptr<api::ApiServer> m_server;
};

namespace {

const QByteArray signedIn("Authorization: Bearer good\r\n");
const QString fromNow = QStringLiteral("{\"type\":\"subscribe\",\"since\":null}");

Json message(const QSignalSpy &spy, int index)
{
    return core::parseJson(spy.at(index).front().toString().toStdString()).value_or(Json());
}

} // namespace

void WebSocketTest::start(std::chrono::milliseconds pingInterval)
{
    m_server.reset();
    m_dispatcher = std::make_unique<FakeDispatcher>();
    m_authenticator = std::make_unique<FakeAuthenticator>();
    m_events = std::make_unique<FakeEventSource>();
    api::ApiSettings settings;
    settings.limits.sweep = std::chrono::milliseconds(20);
    settings.limits.rightsInterval = std::chrono::milliseconds(50);
    settings.limits.pingInterval = pingInterval;
    settings.limits.messageBytes = 1000;
    settings.limits.pendingEventBytes = 100'000;
    m_server = std::make_unique<api::ApiServer>(*m_dispatcher, *m_authenticator, *m_events, settings);
    QVERIFY(m_server->start());
}

void WebSocketTest::cleanup()
{
    m_server.reset();
    QCOMPARE(m_events->subscribers(), std::size_t(0));
}

QByteArray WebSocketTest::handshake(const QByteArray &target, const QByteArray &headers) const
{
    return "GET " + target +
           " HTTP/1.1\r\nHost: localhost:1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
           "Sec-WebSocket-Version: 13\r\n" +
           (headers.contains("Sec-WebSocket-Key") ? QByteArray()
                                                  : "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n") +
           headers + "\r\n";
}

std::unique_ptr<QWebSocket> WebSocketTest::open(const QString &target)
{
    auto socket = std::make_unique<QWebSocket>();
    QNetworkRequest request(QUrl(QStringLiteral("ws://127.0.0.1:%1%2").arg(m_server->port()).arg(target)));
    request.setRawHeader("Authorization", "Bearer good");
    socket->open(request);
    return socket;
}

bool WebSocketTest::follows(QWebSocket &socket, const QString &subscribe)
{
    const std::size_t before = m_events->subscribers();
    if (!QTest::qWaitFor([&] { return socket.isValid(); })) {
        return false;
    }
    socket.sendTextMessage(subscribe);
    return QTest::qWaitFor([&] { return m_events->subscribers() == before + 1; });
}

void WebSocketTest::upgrade_isRefused_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("status");
    const QByteArray target("/ws/updates");
    QTest::newRow("no token") << target << QByteArray() << 401;
    QTest::newRow("wrong token") << target << QByteArray("Authorization: Bearer bad\r\n") << 401;
    QTest::newRow("wrong ticket") << QByteArray("/ws/updates?ticket=x") << QByteArray() << 401;
    QTest::newRow("other address") << QByteArray("/ws/secrets") << signedIn << 404;
    QTest::newRow("not below ws") << QByteArray("/api/v1/meta") << signedIn << 404;
    QTest::newRow("other origin") << target << signedIn + "Origin: http://evil.example\r\n" << 403;
    QTest::newRow("null origin") << target << signedIn + "Origin: null\r\n" << 403;
    QTest::newRow("other port of origin") << target << signedIn + "Origin: http://localhost:2\r\n" << 403;
    QTest::newRow("short key") << target << signedIn + "Sec-WebSocket-Key: YQ==\r\n" << 400;
    QTest::newRow("forbidden topic") << QByteArray("/ws/monitoring") << signedIn << 403;
    QTest::newRow("one forbidden topic")
        << QByteArray("/ws/events?topics=updates,monitoring") << signedIn << 403;
    QTest::newRow("no topics") << QByteArray("/ws/events") << signedIn << 422;
    QTest::newRow("unknown topic") << QByteArray("/ws/events?topics=users") << signedIn << 422;
}

void WebSocketTest::upgrade_isRefused()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, headers);
    QFETCH(int, status);
    m_authenticator->forbid(topics::monitoring);
    RawClient client(m_server->port());
    client.write(handshake(target, headers));
    const QByteArray all = client.rest();
    QCOMPARE(RawClient::status(all), status);
    QCOMPARE(all.count("HTTP/1.1 "), 1);
    QVERIFY(client.waitClosed());
}

void WebSocketTest::upgrade_isTaken_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("headers");
    QTest::newRow("token") << QByteArray("/ws/updates") << signedIn;
    QTest::newRow("ticket") << QByteArray("/ws/updates?ticket=ticket%2D1") << QByteArray();
    QTest::newRow("same origin") << QByteArray("/ws/containers")
                                 << signedIn + "Origin: https://LOCALHOST:1\r\n";
    QTest::newRow("several topics") << QByteArray("/ws/events?topics=containers,updates") << signedIn;
    QTest::newRow("extension offered")
        << QByteArray("/ws/updates") << signedIn + "Sec-WebSocket-Extensions: permessage-deflate\r\n";
}

void WebSocketTest::upgrade_isTaken()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, headers);
    RawClient client(m_server->port());
    client.write(handshake(target, headers));
    const QByteArray answer = client.answer("HEAD");
    QCOMPARE(RawClient::status(answer), 101);
    // The example of RFC 6455, section 1.3.
    QCOMPARE(RawClient::header(answer, "Sec-WebSocket-Accept"), QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    QVERIFY(RawClient::header(answer, "Sec-WebSocket-Extensions").isEmpty());
}

void WebSocketTest::ticket_worksOnce()
{
    RawClient first(m_server->port());
    first.write(handshake("/ws/updates?ticket=ticket-1", {}));
    QCOMPARE(RawClient::status(first.answer("HEAD")), 101);
    RawClient second(m_server->port());
    second.write(handshake("/ws/updates?ticket=ticket-1", {}));
    QCOMPARE(RawClient::status(second.answer()), 401);
}

void WebSocketTest::events_come_inOrder()
{
    auto socket = open(QStringLiteral("/ws/updates"));
    QSignalSpy spy(socket.get(), &QWebSocket::textMessageReceived);
    QVERIFY(follows(*socket, fromNow));
    for (int i = 0; i < 100; ++i) {
        m_events->publish(topics::updates, contracts::events::updateStep, Json{{"n", i}});
    }
    QTRY_COMPARE(spy.size(), 100);
    for (int i = 0; i < 100; ++i) {
        COMPARE_JSON(message(spy, i)["seq"], Json(i + 1));
        COMPARE_JSON(message(spy, i)["payload"], (Json{{"n", i}}));
    }
    COMPARE_JSON(message(spy, 0)["topic"], Json("updates"));
    COMPARE_JSON(message(spy, 0)["type"], Json("update.step"));
    COMPARE_JSON(message(spy, 0)["time"], Json("1970-01-01T00:00:01.000Z"));
}

void WebSocketTest::events_comeFromBefore_withSince()
{
    for (int i = 0; i < 5; ++i) {
        m_events->publish(topics::updates, contracts::events::updateStep);
    }
    auto socket = open(QStringLiteral("/ws/updates"));
    QSignalSpy spy(socket.get(), &QWebSocket::textMessageReceived);
    QVERIFY(follows(*socket, QStringLiteral("{\"type\":\"subscribe\",\"since\":3}")));
    QTRY_COMPARE(spy.size(), 2);
    COMPARE_JSON(message(spy, 0)["seq"], Json(4));
    COMPARE_JSON(message(spy, 1)["seq"], Json(5));
}

void WebSocketTest::events_ofOtherTopics_stayAway()
{
    auto socket = open(QStringLiteral("/ws/updates"));
    QSignalSpy spy(socket.get(), &QWebSocket::textMessageReceived);
    QVERIFY(follows(*socket, fromNow));
    m_events->publish(topics::containers, contracts::events::containerChanged);
    m_events->publish(topics::updates, contracts::events::updateChanged);
    QTRY_COMPARE(spy.size(), 1);
    COMPARE_JSON(message(spy, 0)["seq"], Json(2));
}

void WebSocketTest::resync_isPassedOn()
{
    for (int i = 0; i < 100; ++i) {
        m_events->publish(topics::updates, contracts::events::updateStep);
    }
    auto socket = open(QStringLiteral("/ws/updates"));
    QSignalSpy spy(socket.get(), &QWebSocket::textMessageReceived);
    QVERIFY(follows(*socket, QStringLiteral("{\"type\":\"subscribe\",\"since\":3}")));
    QTRY_COMPARE(spy.size(), 1);
    COMPARE_JSON(message(spy, 0)["type"], Json("resync"));
}

void WebSocketTest::message_isRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "{", "[]", "{\"type\":\"hello\"}", "{\"type\":\"subscribe\",\"since\":-1}",
             "{\"type\":\"subscribe\",\"since\":\"1\"}", "{\"type\":\"subscribe\",\"until\":1}",
             "{\"type\":\"subscribe\",\"type\":\"subscribe\"}"}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void WebSocketTest::message_isRefused()
{
    QFETCH(QString, text);
    auto socket = open(QStringLiteral("/ws/updates"));
    QTRY_VERIFY(socket->isValid());
    QSignalSpy gone(socket.get(), &QWebSocket::disconnected);
    socket->sendTextMessage(text);
    QTRY_COMPARE(gone.size(), 1);
    QCOMPARE(socket->closeCode(), QWebSocketProtocol::CloseCodePolicyViolated);
    QVERIFY(!socket->closeReason().isEmpty());
}

void WebSocketTest::frame_withoutMask_ends1002()
{
    RawClient client(m_server->port());
    client.write(handshake("/ws/updates", signedIn));
    QCOMPARE(RawClient::status(client.answer("HEAD")), 101);
    client.write(QByteArray("\x81\x02{}", 4));
    QCOMPARE(client.rest(), QByteArray("\x88\x02\x03\xea", 4));
    QVERIFY(client.waitClosed());
}

void WebSocketTest::frame_tooLarge_ends1009()
{
    RawClient client(m_server->port());
    client.write(handshake("/ws/updates", signedIn));
    QCOMPARE(RawClient::status(client.answer("HEAD")), 101);
    client.write(QByteArray("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff", 10));
    QCOMPARE(client.rest(), QByteArray("\x88\x02\x03\xf1", 4));
    QVERIFY(client.waitClosed());
}

void WebSocketTest::right_isAskedAgain()
{
    auto socket = open(QStringLiteral("/ws/updates"));
    QVERIFY(follows(*socket, fromNow));
    QSignalSpy gone(socket.get(), &QWebSocket::disconnected);
    m_authenticator->forbid(topics::updates);
    QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, 2'000);
    QCOMPARE(socket->closeCode(), QWebSocketProtocol::CloseCodePolicyViolated);
    QTRY_COMPARE(m_events->subscribers(), std::size_t(0));
}

void WebSocketTest::ping_isSent()
{
    start(std::chrono::milliseconds(100));
    RawClient client(m_server->port());
    client.write(handshake("/ws/updates", signedIn));
    QCOMPARE(RawClient::status(client.answer("HEAD")), 101);
    // This client never answers, so it is cut off at the second turn.
    QCOMPARE(client.rest(), QByteArray("\x89\x00", 2));
    QVERIFY(client.waitClosed());
}

void WebSocketTest::slowReader_getsResync()
{
    auto socket = open(QStringLiteral("/ws/updates"));
    QSignalSpy spy(socket.get(), &QWebSocket::textMessageReceived);
    QVERIFY(follows(*socket, fromNow));
    // The client reads nothing meanwhile, since its event loop does not run; more than the kernel buffers.
    const std::string text(10'000, 'x');
    quint64 last = 0;
    for (int i = 0; i < 3'000; ++i) {
        last = m_events->publish(topics::updates, contracts::events::updateStep, Json{{"text", text}});
    }
    QTRY_VERIFY(!spy.isEmpty() && message(spy, static_cast<int>(spy.size()) - 1)["seq"] == last);
    QVERIFY(spy.size() < 3'000);
    int resyncs = 0;
    quint64 before = 0;
    for (int i = 0; i < spy.size(); ++i) {
        const Json json = message(spy, i);
        const auto seq = json["seq"].get<quint64>();
        const bool isResync = json["type"] == "resync";
        resyncs += isResync ? 1 : 0;
        QVERIFY(isResync ? seq > before : seq == before + 1);
        before = seq;
    }
    QVERIFY(resyncs > 0);
}

void WebSocketTest::client_mayLeave_whileEventsCome()
{
    std::atomic<bool> stop = false;
    std::jthread publisher([&] {
        while (!stop) {
            m_events->publish(topics::updates, contracts::events::updateStep);
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
    });
    for (int i = 0; i < 20; ++i) {
        auto socket = open(QStringLiteral("/ws/updates"));
        QVERIFY(follows(*socket, fromNow));
        if (i % 2 == 0) {
            socket->abort();
        }
        socket.reset();
        QTRY_COMPARE(m_events->subscribers(), std::size_t(0));
    }
    stop = true;
}

void WebSocketTest::http_goesOn_beside()
{
    auto socket = open(QStringLiteral("/ws/updates"));
    QVERIFY(follows(*socket, fromNow));
    RawClient client(m_server->port());
    client.write("GET /api/v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n");
    QCOMPARE(RawClient::status(client.answer()), 200);
}

QTEST_GUILESS_MAIN(WebSocketTest)
#include "tst_websocket.moc"
