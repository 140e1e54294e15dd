#include "registryworld.h"

#include <QTest>

using namespace dockerauto;
using namespace dockerauto::test;
using contracts::CreateRegistry;
using contracts::NewRegistry;
using core::ErrorCode;

/// What is taken for a registry's settings, and what is refused.
class RegistryInputTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<World> w;

private Q_SLOTS:
    void init() { w = std::make_unique<World>(); }

    void create_normalisesTheHost_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("host");
        const auto row = [](const char *text, const char *host) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(host);
        };
        row("docker.io", "docker.io");
        row("index.docker.io", "docker.io");
        row("https://index.docker.io/v1/", "docker.io");
        row("registry-1.docker.io", "docker.io");
        row("https://GHCR.io/", "ghcr.io");
        row("localhost:5000", "localhost:5000");
        row("localhost", "localhost");
        row("http://registry.example.com:8443/v2/", "registry.example.com:8443");
        row("[::1]:5000", "[::1]:5000");
        row(" 192.0.2.1 ", "192.0.2.1");
    }

    void create_normalisesTheHost()
    {
        QFETCH(QString, text);
        QFETCH(QString, host);
        const auto created = dispatched<CreateRegistry>(w->bus, withPassword(text.toLatin1().constData()));
        QVERIFY2(created, created ? "" : qPrintable(created.error().message));
        QCOMPARE(created->id, host);
        QCOMPARE(created->registry, host);
        QVERIFY(created->configured);
        QVERIFY(w->storage.state().registries.contains(host));
    }

    void create_refuses_whatIsNoHost_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", "registry", "ghcr.io/owner", "a b.example", "me@example.com",
                 "me:secret@example.com", "example.com:0", "example.com:99999", "example.com:x", "../etc",
                 "ftp://example.com", "-a.example", "*.example.com"}) {
            QTest::newRow(text) << QString::fromLatin1(text);
        }
    }

    void create_refuses_whatIsNoHost()
    {
        QFETCH(QString, text);
        VERIFY_FAILS(dispatched<CreateRegistry>(w->bus, withPassword(text.toLatin1().constData())),
            ErrorCode::InvalidArgument, "registry");
    }

    void create_refuses_badFields()
    {
        NewRegistry request = withPassword("a.example");
        request.identityToken = QStringLiteral("t");
        VERIFY_FAILS(
            dispatched<CreateRegistry>(w->bus, request), ErrorCode::InvalidArgument, "identityToken");
        request = withPassword("a.example");
        request.password.reset();
        VERIFY_FAILS(dispatched<CreateRegistry>(w->bus, request), ErrorCode::InvalidArgument, "password");
        request = withPassword("a.example");
        request.username.reset();
        VERIFY_FAILS(dispatched<CreateRegistry>(w->bus, request), ErrorCode::InvalidArgument, "username");
        request.username = QStringLiteral("a:b");
        VERIFY_FAILS(dispatched<CreateRegistry>(w->bus, request), ErrorCode::InvalidArgument, "username");
        request = withPassword("a.example");
        request.mirrors = std::vector{QStringLiteral("b.example"), QStringLiteral("x y")};
        VERIFY_FAILS(dispatched<CreateRegistry>(w->bus, request), ErrorCode::InvalidArgument, "mirrors/1");
        request.mirrors = std::vector{QStringLiteral("https://A.example")};
        VERIFY_FAILS(dispatched<CreateRegistry>(w->bus, request), ErrorCode::InvalidArgument, "mirrors");
        request = withPassword("a.example");
        request.realmHosts = std::vector{QStringLiteral("https://b.example/token")};
        VERIFY_FAILS(dispatched<CreateRegistry>(w->bus, request), ErrorCode::InvalidArgument, "realmHosts/0");
        QVERIFY(w->storage.state().registries.empty());
    }

    void create_refuses_badCertificates_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("words") << QStringLiteral("my certificate");
        QTest::newRow("cut") << pem().chopped(30);
        QTest::newRow("second one cut") << pem() + pem().chopped(30);
        QTest::newRow("no base64") << QStringLiteral(
            "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----");
        QTest::newRow("no DER") << QStringLiteral("-----BEGIN CERTIFICATE-----\n") +
                                       QString::fromLatin1(QByteArray(300, 'x').toBase64()) +
                                       QStringLiteral("\n-----END CERTIFICATE-----");
        QTest::newRow("key") << pem() + QStringLiteral(
                                            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
    }

    void create_refuses_badCertificates()
    {
        QFETCH(QString, text);
        NewRegistry request;
        request.registry = QStringLiteral("a.example");
        request.caCertificates = text;
        VERIFY_FAILS(
            dispatched<CreateRegistry>(w->bus, request), ErrorCode::InvalidArgument, "caCertificates");
    }
};

QTEST_GUILESS_MAIN(RegistryInputTest)
#include "tst_registryinput.moc"
