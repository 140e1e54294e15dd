#include "fakeengine.h"

#include <core/json.h>
#include <docker/dockerengine.h>

#include <QTest>
#include <QtEndian>

using namespace std::chrono_literals;
using namespace dockerauto;
using core::CallContext;
using core::Deadline;
using core::ErrorCode;
using core::Json;
using docker::DockerEngine;

namespace {

CallContext soon(std::chrono::milliseconds time = 10s)
{
    return {Deadline::in(time), {}};
}

QByteArray frame(char stream, const QByteArray &text)
{
    QByteArray head(8, '\0');
    head[0] = stream;
    qToBigEndian(quint32(text.size()), head.data() + 4);
    return head + text;
}

const QString web = QStringLiteral("web");
const std::vector<QString> hook{QStringLiteral("/hook"), QStringLiteral("--token=hidden")};

/// An engine in which a command writes `output` and is seen to end at the last of `states`.
class CommandEngine : public FakeEngine
{
public:
    explicit CommandEngine(
        QByteArray output, QList<QByteArray> states = {R"({"Running":false,"ExitCode":0})"})
    {
        on("POST /containers/web/exec", [](const SeenRequest &, FakeConnection &connection) {
            connection.answer(201, R"({"Id":"e1"})");
        });
        // As an engine does that was not asked for another protocol: no length, until the connection ends.
        on("POST /exec/e1/start", [output](const SeenRequest &, FakeConnection &connection) {
            connection.raw("HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n");
            connection.raw(output);
            connection.drop();
        });
        on("GET /exec/e1/json", [states, asked = 0](const SeenRequest &, FakeConnection &connection) mutable {
            connection.answer(200, states.at(std::min<qsizetype>(asked++, states.size() - 1)));
        });
    }
};

} // namespace

class TestEngineCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void command_isRun_andBothStreamsAreTold()
    {
        CommandEngine fake(frame(1, "one\n") + frame(2, "two\n") + frame(1, "three"),
            {R"({"Running":false,"ExitCode":75})"});
        DockerEngine engine(fake.address());
        const auto ran = engine.runCommand(web, hook, soon());
        QVERIFY2(ran, ran ? "" : qPrintable(ran.error().text()));
        QCOMPARE(ran->exitCode, 75);
        QCOMPARE(ran->output, QStringLiteral("one\ntwo\nthree"));
        const auto created =
            core::parseJson(fake.requests("POST /containers/web/exec").at(0).body.toStdString());
        QVERIFY(created);
        QVERIFY((*created == Json{{"Cmd", {"/hook", "--token=hidden"}}, {"AttachStdout", true},
                                 {"AttachStderr", true}, {"Tty", false}}));
        const auto started = core::parseJson(fake.requests("POST /exec/e1/start").at(0).body.toStdString());
        QVERIFY((*started == Json{{"Detach", false}, {"Tty", false}}));
    }

    void command_isAwaited_whenItsOutputEndsBeforeIt()
    {
        CommandEngine fake(
            {}, {R"({"Running":true,"ExitCode":null})", R"({"Running":true,"ExitCode":null})",
                    R"({"Running":false,"ExitCode":null})", R"({"Running":false,"ExitCode":3})"});
        DockerEngine engine(fake.address());
        const auto ran = engine.runCommand(web, hook, soon());
        QVERIFY(ran);
        QCOMPARE(ran->exitCode, 3);
        QCOMPARE(fake.requests("GET /exec/e1/json").size(), 4U);
    }

    void output_isCut_butReadToItsEnd()
    {
        QByteArray output;
        for (int i = 0; i < 200; ++i) {
            output += frame(1, QByteArray(16 * 1024, 'x'));
        }
        CommandEngine fake(output);
        DockerEngine engine(fake.address());
        const auto ran = engine.runCommand(web, hook, soon());
        QVERIFY(ran);
        QCOMPARE(ran->output, QString(64 * 1024, u'x'));
    }

    void command_isTimeout_whenItTakesTooLong_data()
    {
        QTest::addColumn<bool>("silent");
        QTest::newRow("it writes nothing and goes on") << false;
        QTest::newRow("it has closed its output and goes on") << true;
    }
    void command_isTimeout_whenItTakesTooLong()
    {
        QFETCH(bool, silent);
        CommandEngine fake({}, {R"({"Running":true,"ExitCode":null})"});
        if (!silent) {
            fake.on("POST /exec/e1/start", [](const SeenRequest &, FakeConnection &connection) {
                connection.raw("HTTP/1.1 200 OK\r\n\r\n");
                connection.waitForEnd();
            });
        }
        DockerEngine engine(fake.address());
        const auto ran = engine.runCommand(web, hook, soon(300ms));
        QVERIFY(!ran);
        QCOMPARE(ran.error().code, ErrorCode::Timeout);
        QVERIFY(ran.error().message.contains(QStringLiteral("“/hook”")));
        QVERIFY(!ran.error().message.contains(QStringLiteral("hidden")));
    }

    void command_isCancelled_whileItsEndIsAwaited()
    {
        CommandEngine fake({}, {R"({"Running":true,"ExitCode":null})"});
        DockerEngine engine(fake.address());
        std::stop_source stop;
        std::jthread canceller([&] {
            QVERIFY(fake.waitForRequests("GET /exec/e1/json", 2));
            stop.request_stop();
        });
        const auto ran = engine.runCommand(web, hook, {Deadline::in(30s), stop.get_token()});
        QVERIFY(!ran);
        QCOMPARE(ran.error().code, ErrorCode::Cancelled);
    }

    void command_isConflict_whenTheContainerDoesNotRun()
    {
        FakeEngine fake;
        fake.on("POST /containers/web/exec", [](const SeenRequest &, FakeConnection &connection) {
            connection.answer(409, R"({"message":"container web is not running"})");
        });
        DockerEngine engine(fake.address());
        const auto ran = engine.runCommand(web, hook, soon());
        QVERIFY(!ran);
        QCOMPARE(ran.error().code, ErrorCode::Conflict);
        QCOMPARE(ran.error().message, QStringLiteral("container web is not running"));
    }

    void command_isInvalid_whenThereIsNone()
    {
        FakeEngine fake;
        DockerEngine engine(fake.address());
        const auto ran = engine.runCommand(web, {}, soon());
        QVERIFY(!ran);
        QCOMPARE(ran.error().code, ErrorCode::InvalidArgument);
        QVERIFY(fake.requests().empty());
    }
};

QTEST_GUILESS_MAIN(TestEngineCommands)
#include "tst_enginecommands.moc"
