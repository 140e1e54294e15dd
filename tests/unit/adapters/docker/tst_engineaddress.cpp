#include <docker/engineaddress.h>

#include <QDir>
#include <QTest>

using dockerauto::core::ErrorCode;
using dockerauto::docker::EngineAddress;

class TestEngineAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parse_readsAddress_whenWellFormed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("normal");
        QTest::addColumn<QString>("display");
        const auto row = [](const char *text, const char *normal, const char *display) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(normal)
                                << QString::fromLatin1(display);
        };
        row("unix:///var/run/docker.sock", "unix:///var/run/docker.sock", "/var/run/docker.sock");
        row("unix:///run/user/1000/my docker.sock", "unix:///run/user/1000/my docker.sock",
            "/run/user/1000/my docker.sock");
        row("tcp://10.0.0.1:2376", "tcp://10.0.0.1:2376", "tcp://10.0.0.1:2376");
        row("tcp://docker.example", "tcp://docker.example:2375", "tcp://docker.example:2375");
        row("tcp://[::1]:2375/", "tcp://[::1]:2375", "tcp://[::1]:2375");
    }
    void parse_readsAddress_whenWellFormed()
    {
        QFETCH(QString, text);
        const auto address = EngineAddress::parse(text);
        QVERIFY(address);
        QTEST(address->text(), "normal");
        QTEST(address->display(), "display");
        QCOMPARE(EngineAddress::parse(address->text())->text(), address->text());
    }

    void parse_refuses_whenMalformed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<ErrorCode>("code");
        const auto row = [](const QString &text, ErrorCode code) {
            QTest::newRow(qPrintable(text.left(40))) << text << code;
        };
        row(QString(), ErrorCode::InvalidArgument);
        row(QStringLiteral("/var/run/docker.sock"), ErrorCode::InvalidArgument);
        row(QStringLiteral("unix://docker.sock"), ErrorCode::InvalidArgument);
        row(QStringLiteral("unix:///") + QString(108, u'x'), ErrorCode::InvalidArgument);
        row(QStringLiteral("tcp://"), ErrorCode::InvalidArgument);
        row(QStringLiteral("tcp://host:99999"), ErrorCode::InvalidArgument);
        row(QStringLiteral("tcp://host:2375/more"), ErrorCode::InvalidArgument);
        row(QStringLiteral("tcp://user:pass@host:2375"), ErrorCode::InvalidArgument);
        row(QStringLiteral("http://host:2375"), ErrorCode::InvalidArgument);
        row(QStringLiteral("ssh://host"), ErrorCode::Unsupported);
        row(QStringLiteral("npipe:////./pipe/docker_engine"), ErrorCode::Unsupported);
    }
    void parse_refuses_whenMalformed()
    {
        QFETCH(QString, text);
        const auto address = EngineAddress::parse(text);
        QVERIFY(!address);
        QTEST(address.error().code, "code");
        QVERIFY(!address.error().text().contains(QStringLiteral("pass")));
    }

    void fromEnvironment_usesSocket_whenNothingIsSet()
    {
        const auto address = EngineAddress::fromEnvironment({});
        QVERIFY(address);
        QCOMPARE(address->text(), QStringLiteral("unix:///var/run/docker.sock"));
        QVERIFY(!address->tls);
    }

    void fromEnvironment_usesTls_whenVerifyIsSet()
    {
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("DOCKER_HOST"), QStringLiteral("tcp://10.0.0.1"));
        environment.insert(QStringLiteral("DOCKER_TLS_VERIFY"), QStringLiteral("1"));
        environment.insert(QStringLiteral("DOCKER_CERT_PATH"), QStringLiteral("/certs"));
        const auto address = EngineAddress::fromEnvironment(environment);
        QVERIFY(address);
        QCOMPARE(address->text(), QStringLiteral("tcp://10.0.0.1:2376"));
        QVERIFY(address->tls);
        QCOMPARE(address->tls->authority, QStringLiteral("/certs/ca.pem"));
        QCOMPARE(address->tls->key, QStringLiteral("/certs/key.pem"));
    }

    void fromEnvironment_namesTheVariable_whenMalformed()
    {
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("DOCKER_HOST"), QStringLiteral("nonsense"));
        const auto address = EngineAddress::fromEnvironment(environment);
        QVERIFY(!address);
        QVERIFY(address.error().text().contains(QStringLiteral("DOCKER_HOST")));
    }
};

QTEST_GUILESS_MAIN(TestEngineAddress)
#include "tst_engineaddress.moc"
