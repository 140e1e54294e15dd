#include <probes/curlnetworkprobes.h>
#include <testsupport/scriptedhttpserver.h>

#include <QElapsedTimer>
#include <QTest>

using namespace dockerauto;
using namespace std::chrono_literals;
using core::ErrorCode;
using domain::Probe;
using testsupport::ScriptedHttpServer;
using Reply = ScriptedHttpServer::Reply;

namespace {

const QString loopback = QStringLiteral("127.0.0.1");

Probe http(const char *path = "/ready")
{
    return {Probe::Kind::Http, 1, QString::fromLatin1(path), {}};
}

core::CallContext soon()
{
    return {core::Deadline::in(10s), {}};
}

/// A port of the loopback that nothing listens on.
int closedPort()
{
    const ScriptedHttpServer server([](const auto &) { return Reply{}; });
    return server.port();
}

} // namespace

class TestCurlNetworkProbes : public QObject
{
    Q_OBJECT

private:
    probes::CurlNetworkProbes m_probes;

private Q_SLOTS:
    void init()
    {
        // Whoever obeys it does not get through.
        qputenv("http_proxy", "http://127.0.0.1:1/");
        qputenv("ALL_PROXY", "http://127.0.0.1:1/");
    }

    void http_judgesTheStatus_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("good");
        for (const auto &[status, good] : {std::pair{200, true}, {204, true}, {302, true}, {399, true},
                 {400, false}, {404, false}, {500, false}, {503, false}}) {
            QTest::addRow("%d", status) << status << good;
        }
    }
    void http_judgesTheStatus()
    {
        QFETCH(int, status);
        QFETCH(bool, good);
        ScriptedHttpServer server([&](const auto &) {
            return ScriptedHttpServer::answer(status, {"Location: http://127.0.0.1:1/elsewhere"});
        });
        const auto asked = m_probes.ask(http("/ready?full=1"), loopback, server.port(), soon());
        QCOMPARE(asked.has_value(), good);
        if (!asked) {
            QCOMPARE(asked.error().code, ErrorCode::Conflict);
            QVERIFY(asked.error().message.contains(QString::number(status)));
        }
        QCOMPARE(server.requests().size(), 1U);
        QCOMPARE(server.requests().front().method, QByteArray("GET"));
        QCOMPARE(server.requests().front().target, QByteArray("/ready?full=1"));
    }

    void http_doesNotReadALongAnswerToItsEnd()
    {
        ScriptedHttpServer server([](const auto &) {
            return Reply{"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + QByteArray(70'000, 'x'),
                Reply::Then::Hang};
        });
        QVERIFY(m_probes.ask(http(), loopback, server.port(), soon()));
    }

    void http_fails_whenTheAnswerIsNoHttp()
    {
        ScriptedHttpServer server([](const auto &) {
            return Reply{"SSH-2.0-OpenSSH_9.2\r\n", Reply::Then::Close};
        });
        const auto asked = m_probes.ask(http(), loopback, server.port(), soon());
        QVERIFY(!asked);
        QCOMPARE(asked.error().code, ErrorCode::Conflict);
    }

    void https_fails_whenTheOtherSideHasNoTls()
    {
        ScriptedHttpServer server([](const auto &) { return ScriptedHttpServer::answer(200); });
        const auto asked =
            m_probes.ask({Probe::Kind::Https, 1, QStringLiteral("/"), {}}, loopback, server.port(), soon());
        QVERIFY(!asked);
        QCOMPARE(asked.error().code, ErrorCode::Conflict);
    }

    void http_timesOut_whenNothingComes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("drips");
        QTest::newRow("silence") << QByteArray() << false;
        QTest::newRow("half a head") << QByteArray("HTTP/1.1 200 OK\r\n") << false;
        QTest::newRow("dripping head") << QByteArray("HTTP/1.1 200 OK\r\nX: ") << true;
    }
    void http_timesOut_whenNothingComes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, drips);
        ScriptedHttpServer server([&](const auto &) {
            return Reply{bytes, drips ? Reply::Then::Drip : Reply::Then::Hang};
        });
        QElapsedTimer timer;
        timer.start();
        const auto asked = m_probes.ask(http(), loopback, server.port(), {core::Deadline::in(200ms), {}});
        QVERIFY(!asked);
        QCOMPARE(asked.error().code, ErrorCode::Timeout);
        QVERIFY(timer.elapsed() < 3'000);
    }

    void ask_isUnavailable_whenNothingListens_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("http") << static_cast<int>(Probe::Kind::Http);
        QTest::newRow("https") << static_cast<int>(Probe::Kind::Https);
        QTest::newRow("tcp") << static_cast<int>(Probe::Kind::Tcp);
    }
    void ask_isUnavailable_whenNothingListens()
    {
        QFETCH(int, kind);
        const int port = closedPort();
        const auto asked = m_probes.ask(
            {static_cast<Probe::Kind>(kind), 1, QStringLiteral("/"), {}}, loopback, port, soon());
        QVERIFY(!asked);
        QCOMPARE(asked.error().code, ErrorCode::Unavailable);
        QVERIFY(asked.error().message.contains(QStringLiteral("127.0.0.1:%1").arg(port)));
    }

    void tcp_passes_whenAConnectionIsMade()
    {
        ScriptedHttpServer server([](const auto &) { return Reply{}; });
        QVERIFY(m_probes.ask({Probe::Kind::Tcp, 1, {}, {}}, loopback, server.port(), soon()));
    }

    /// A listener whose queue is full drops what comes: the connection neither opens nor fails.
    void tcp_timesOutAndStops_whenTheOtherSideSaysNothing()
    {
        const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        QCOMPARE(::bind(listener, reinterpret_cast<sockaddr *>(&address), size), 0);
        QCOMPARE(::listen(listener, 0), 0);
        ::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size);
        std::vector<int> fillers;
        for (int i = 0; i < 4; ++i) {
            fillers.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
            (void)::connect(fillers.back(), reinterpret_cast<sockaddr *>(&address), size);
        }
        const Probe tcp{Probe::Kind::Tcp, 1, {}, {}};
        const int port = ntohs(address.sin_port);
        const auto late = m_probes.ask(tcp, loopback, port, {core::Deadline::in(200ms), {}});
        QVERIFY(!late);
        QCOMPARE(late.error().code, ErrorCode::Timeout);
        std::stop_source stop;
        const std::jthread stopper([&] {
            std::this_thread::sleep_for(50ms);
            stop.request_stop();
        });
        const auto stopped = m_probes.ask(tcp, loopback, port, {core::Deadline::in(60s), stop.get_token()});
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        for (const int filler : fillers) {
            ::close(filler);
        }
        ::close(listener);
    }

    void http_stops_whenAsked()
    {
        std::stop_source stop;
        ScriptedHttpServer server([&](const auto &) {
            stop.request_stop();
            return Reply{{}, Reply::Then::Hang};
        });
        const auto asked =
            m_probes.ask(http(), loopback, server.port(), {core::Deadline::in(60s), stop.get_token()});
        QVERIFY(!asked);
        QCOMPARE(asked.error().code, ErrorCode::Cancelled);
    }

    void command_isNotAskedOverTheNetwork()
    {
        const auto asked =
            m_probes.ask({Probe::Kind::Command, 0, {}, {QStringLiteral("true")}}, loopback, 1, soon());
        QVERIFY(!asked);
        QCOMPARE(asked.error().code, ErrorCode::Unsupported);
    }
};

QTEST_APPLESS_MAIN(TestCurlNetworkProbes)
#include "tst_curlnetworkprobes.moc"
