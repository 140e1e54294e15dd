#include "support/stage.h"

#include <contracts/operation.h>

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::e2e;
using core::Json;
using core::textOf;

namespace {

const auto seconds10 = std::chrono::seconds(10);

} // namespace

/// The process itself: settings, start, end, the first administrator, and what strangers may do.
class ProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        E2E_GET(stage, Stage::make());
        m_stage = std::move(stage);
    }
    void cleanup() { m_stage.reset(); }

    void start_isRefused_withWrongSettings_data();
    void start_isRefused_withWrongSettings();
    void start_isRefused_onADataFolderInUse();
    void term_endsWithZero();
    void setup_worksOnce_withTheCodeFromTheLog();
    void routes_want_aToken();
    void api_listens_onLoopbackOnly();
    void data_isReadable_forTheOwnerOnly();

private:
    std::unique_ptr<Stage> m_stage;
};

void ProgramTest::start_isRefused_withWrongSettings_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("wrong value") << QByteArray(
                                        "[server]\nlisten = \"127.0.0.1:1\"\n\n[updates]\nparallel = 900\n")
                                 << QStringList()
                                 << QStringList{QStringLiteral("settings.toml:5"),
                                        QStringLiteral("updates.parallel"), QStringLiteral("from 1 to 64")};
    QTest::newRow("unknown key") << QByteArray("\n[updates]\nparalel = 4\n") << QStringList()
                                 << QStringList{QStringLiteral("settings.toml:3"),
                                        QStringLiteral("updates.paralel"), QStringLiteral("not a setting")};
    QTest::newRow("no TOML") << QByteArray("[updates\nparallel = 4\n") << QStringList()
                             << QStringList{QStringLiteral("settings.toml:1")};
    QTest::newRow("unknown option") << QByteArray()
                                    << QStringList{QStringLiteral("--datadir"), QStringLiteral("x")}
                                    << QStringList{QStringLiteral("--datadir"), QStringLiteral("--help")};
    QTest::newRow("wrong option") << QByteArray()
                                  << QStringList{QStringLiteral("--listen"), QStringLiteral("8484")}
                                  << QStringList{
                                         QStringLiteral("--listen"), QStringLiteral("127.0.0.1:8484")};
}

void ProgramTest::start_isRefused_withWrongSettings()
{
    QFETCH(QByteArray, file);
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, words);
    if (!file.isEmpty()) {
        QFile settings(m_stage->data.filePath(QStringLiteral("settings.toml")));
        QVERIFY(settings.open(QIODevice::WriteOnly) && settings.write(file) == file.size());
        arguments << QStringLiteral("--config") << settings.fileName();
    }
    arguments << QStringLiteral("--data-dir") << m_stage->data.filePath(QStringLiteral("data"));
    E2E_GET(code, m_stage->server.runToEnd(arguments, seconds10));
    QVERIFY(code != 0);
    const QString said = m_stage->server.log();
    for (const QString &word : words) {
        QVERIFY2(said.contains(word), qPrintable(said));
    }
    QVERIFY(!QFile::exists(m_stage->data.filePath(QStringLiteral("data/docker-auto.db"))));
}

void ProgramTest::start_isRefused_onADataFolderInUse()
{
    E2E_VERIFY(m_stage->startServer());
    ServerProcess second;
    const auto options = m_stage->options();
    E2E_GET(code,
        second.runToEnd({QStringLiteral("--data-dir"), options.dataDir, QStringLiteral("--docker-host"),
                            options.dockerHost, QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")},
            seconds10));
    QVERIFY(code != 0);
    qInfo().noquote() << second.log().trimmed();
    QVERIFY2(
        second.log().contains(QStringLiteral("already")) || second.log().contains(QStringLiteral("another")),
        qPrintable(second.log()));
    QCOMPARE(m_stage->api.get(QStringLiteral("/hosts")).status, 200);
}

void ProgramTest::term_endsWithZero()
{
    E2E_VERIFY(m_stage->startServer());
    EventStream stream;
    E2E_VERIFY(stream.open(m_stage->server.url(), m_stage->api.token(), QStringLiteral("containers")));
    QElapsedTimer clock;
    clock.start();
    E2E_GET(code, m_stage->server.terminate(seconds10));
    QCOMPARE(code, 0);
    qInfo() << "ended after" << clock.elapsed() << "ms";
    // The session is kept over the start.
    E2E_VERIFY(m_stage->startServer());
    QCOMPARE(m_stage->api.get(QStringLiteral("/auth/me")).status, 200);
}

void ProgramTest::setup_worksOnce_withTheCodeFromTheLog()
{
    auto options = m_stage->options();
    options.adminEmail.clear();
    E2E_VERIFY(m_stage->server.start(options));
    RestClient &api = m_stage->api;
    api.setServer(m_stage->server.url());
    static const QRegularExpression codeInLog(QStringLiteral("with the code (\\S+)"));
    const QString code = codeInLog.match(m_stage->server.log()).captured(1);
    QVERIFY2(!code.isEmpty(), qPrintable(m_stage->server.log()));
    QVERIFY(api.get(QStringLiteral("/auth/setup")).body["required"] == true);
    const auto setUp = [&](const QString &with) {
        return api.post(QStringLiteral("/auth/setup"),
            Json{{"code", with}, {"email", "first@example.org"}, {"password", "quiet-river-stone-17"}});
    };
    const Reply wrong = setUp(QStringLiteral("wrong-code"));
    QVERIFY2(wrong.status >= 400 && wrong.status < 500, wrong.text().constData());
    const Reply right = setUp(code);
    QVERIFY2(right.status == 201, right.text().constData());
    QCOMPARE(textOf(right.body["user"], "role"), QStringLiteral("admin"));
    const Reply again = setUp(code);
    QVERIFY2(again.status == 409 || again.status == 403, again.text().constData());
    QVERIFY(api.get(QStringLiteral("/auth/setup")).body["required"] == false);
    E2E_VERIFY(api.logIn(QStringLiteral("first@example.org"), QStringLiteral("quiet-river-stone-17")));
    QVERIFY(!m_stage->server.log().contains(QStringLiteral("quiet-river")));
}

void ProgramTest::routes_want_aToken()
{
    E2E_VERIFY(m_stage->startServer());
    m_stage->api.setToken({});
    int closed = 0;
    for (const contracts::Operation &operation : contracts::operations()) {
        const auto &info = *operation.info;
        QString path = QString::fromUtf8(info.path.data(), static_cast<qsizetype>(info.path.size()));
        path.replace(QStringLiteral("{id}"), QStringLiteral("local"));
        const bool reads = info.method == contracts::Method::Get;
        const QByteArray method = reads                                    ? "GET"
                                  : info.method == contracts::Method::Post ? "POST"
                                  : info.method == contracts::Method::Put  ? "PUT"
                                                                           : "DELETE";
        const Reply reply = m_stage->api.send(method, path, reads ? Json() : Json::object());
        const QByteArray what = method + ' ' + path.toUtf8() + ' ' + reply.text();
        if (info.path.find("{token}") != std::string_view::npos) {
            // The address is the secret, and this is none.
            QVERIFY2(reply.status == 404, what.constData());
        } else if (info.access == contracts::Access::Public) {
            QVERIFY2(reply.status != 404 && reply.status < 500, what.constData());
        } else {
            QVERIFY2(reply.status == 401, what.constData());
            QVERIFY2(reply.contentType.startsWith("application/problem+json"), what.constData());
            ++closed;
        }
    }
    QVERIFY(closed > 15);
    const Reply health = m_stage->api.get(QStringLiteral("/monitoring/health"));
    QCOMPARE(health.status, 200);
    QVERIFY2(!health.body.contains("version") || health.body["version"].is_null(), health.text().constData());
    EventStream stream;
    QVERIFY(!stream.open(m_stage->server.url(), QStringLiteral("no-token"), QStringLiteral("updates")));
    qInfo() << closed << "routes answered 401 without a token";
}

void ProgramTest::api_listens_onLoopbackOnly()
{
    E2E_VERIFY(m_stage->startServer());
    QVERIFY(m_stage->server.url().startsWith(QStringLiteral("http://127.0.0.1:")));
    QStringList listening;
    const quint64 port = m_stage->server.url().section(u':', 2).toULongLong();
    for (const char *table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        QFile file(QString::fromLatin1(table));
        if (!file.open(QIODevice::ReadOnly)) {
            continue;
        }
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QList<QByteArray> fields = line.simplified().split(' ');
            const QByteArray local = fields.value(1);
            if (fields.value(3) == "0A" &&
                local.mid(local.indexOf(':') + 1).toULongLong(nullptr, 16) == port) {
                listening << QString::fromLatin1(local.left(local.indexOf(':')));
            }
        }
    }
    QCOMPARE(listening, QStringList{QStringLiteral("0100007F")});

    ServerProcess open;
    E2E_GET(
        code, open.runToEnd({QStringLiteral("--data-dir"), m_stage->data.filePath(QStringLiteral("other")),
                                QStringLiteral("--docker-host"), m_stage->lab.engineUrl(),
                                QStringLiteral("--listen"), QStringLiteral("0.0.0.0:0")},
                  seconds10));
    QVERIFY(code != 0);
    qInfo().noquote() << open.log().trimmed();
}

void ProgramTest::data_isReadable_forTheOwnerOnly()
{
    E2E_VERIFY(m_stage->startServer());
    const QString folder = m_stage->options().dataDir;
    for (const char *name : {"docker-auto.db", "token.key"}) {
        const auto permissions = QFile::permissions(folder + u'/' + QLatin1String(name));
        QVERIFY2(!(permissions & (QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup |
                                     QFileDevice::WriteOther)),
            name);
    }
}

QTEST_GUILESS_MAIN(ProgramTest)
#include "tst_program.moc"
