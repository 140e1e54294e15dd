#include <credentials/dockerconfig.h>

#include <QTest>

#include <map>

using namespace dockerauto;
using core::ErrorCode;
using credentials::credentialsFromConfig;
using credentials::HelperAnswer;

namespace {

/// JSON with single quotes for double ones.
QByteArray q(QByteArray text)
{
    return text.replace('\'', '"');
}

QByteArray auth(const QByteArray &text)
{
    return q("'auth': '") + text.toBase64() + q("'");
}

} // namespace

/// The rules of Docker's own client for which entry of config.json counts.
class ConfigLookupTest : public QObject
{
    Q_OBJECT

private:
    using Answer = core::Result<std::optional<ports::RegistryCredentials>>;

    Answer find(const QByteArray &config, const char *registry)
    {
        const auto helpers = [this](const QString &name, const QString &server,
                                 const core::CallContext &) -> core::Result<HelperAnswer> {
            m_asked.append(name + u' ' + server);
            const auto found = m_helpers.find(name);
            if (found == m_helpers.end()) {
                return core::fail(ErrorCode::NotFound, QStringLiteral("not installed"));
            }
            return found->second;
        };
        return credentialsFromConfig(config, QString::fromLatin1(registry), helpers,
            {core::Deadline::in(std::chrono::seconds(5)), {}});
    }

    std::map<QString, HelperAnswer> m_helpers;
    QStringList m_asked;

private Q_SLOTS:
    void init()
    {
        m_helpers.clear();
        m_asked.clear();
    }

    void auths_findsTheEntry_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("registry");
        QTest::addColumn<bool>("found");
        const auto row = [](const char *name, const char *key, const char *registry, bool found) {
            QTest::newRow(name) << QByteArray(key) << QByteArray(registry) << found;
        };
        row("exact", "example.com", "example.com", true);
        row("with port", "example.com:5000", "example.com:5000", true);
        row("other port", "example.com:5001", "example.com:5000", false);
        row("scheme", "https://example.com", "example.com", true);
        row("plain scheme", "http://example.com:5000", "example.com:5000", true);
        row("scheme and path", "https://example.com:5000/v2/", "example.com:5000", true);
        row("path alone", "example.com/v1/", "example.com", true);
        row("subdomain", "example.com", "registry.example.com", false);
        row("no wildcards", "*.example.com", "registry.example.com", false);
        row("hub", "https://index.docker.io/v1/", "docker.io", true);
        row("hub by its old name", "https://index.docker.io/v1/", "index.docker.io", true);
        row("hub is not kept by its host", "docker.io", "docker.io", false);
    }

    void auths_findsTheEntry()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, registry);
        QFETCH(bool, found);
        const auto answer =
            find(q("{'auths': {'") + key + q("': {") + auth("me:secret") + "}}}", registry.constData());
        QVERIFY(answer);
        QCOMPARE(answer->has_value(), found);
        if (found) {
            QCOMPARE((*answer)->username, QStringLiteral("me"));
            QCOMPARE((*answer)->password.reveal(), QByteArray("secret"));
            QCOMPARE((*answer)->source, QStringLiteral("auths"));
        }
    }

    void auths_prefersTheExactEntry()
    {
        const auto answer = find(q("{'auths': {'example.com/a': {") + auth("a:1") + q("}, 'example.com': {") +
                                     auth("b:2") + q("}, 'http://example.com': {") + auth("c:3") + "}}}",
            "example.com");
        QVERIFY(answer && *answer);
        QCOMPARE((*answer)->username, QStringLiteral("b"));
    }

    void auth_isSplit_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("password");
        QTest::newRow("colon in the password") << QByteArray("me:a:b:c") << QByteArray("a:b:c");
        QTest::newRow("trailing NULs") << QByteArray("me:secret\0\0", 11) << QByteArray("secret");
        QTest::newRow("NUL within") << QByteArray("me:a\0b\0", 7) << QByteArray("a\0b", 3);
        QTest::newRow("no password") << QByteArray("me:") << QByteArray();
        QTest::newRow("UTF-8") << QByteArray("me:pässwörd") << QByteArray("pässwörd");
    }

    void auth_isSplit()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, password);
        const auto answer = find(q("{'auths': {'example.com': {") + auth(text) + "}}}", "example.com");
        QVERIFY(answer && *answer);
        QCOMPARE((*answer)->username, QStringLiteral("me"));
        QCOMPARE((*answer)->password.reveal(), password);
    }

    void entry_isRead_withoutAuth()
    {
        const auto plain = find(
            q("{'auths': {'example.com': {'auth': '', 'username': 'me', 'password': 'p'}}}"), "example.com");
        QVERIFY(plain && *plain);
        QCOMPARE((*plain)->username, QStringLiteral("me"));
        QCOMPARE((*plain)->password.reveal(), QByteArray("p"));
        const auto both = find(
            q("{'auths': {'example.com': {'username': 'old', 'password': 'old', ") + auth("me:new") + "}}}",
            "example.com");
        QVERIFY(both && *both);
        QCOMPARE((*both)->username, QStringLiteral("me"));
        QCOMPARE((*both)->password.reveal(), QByteArray("new"));
    }

    void entry_carriesTokens()
    {
        const auto answer =
            find(q("{'auths': {'example.com': {'identitytoken': 'id', 'registrytoken': 'r', ") +
                     auth("00000000-0000-0000-0000-000000000000:") + "}}}",
                "example.com");
        QVERIFY(answer && *answer);
        QCOMPARE((*answer)->identityToken.reveal(), QByteArray("id"));
        QCOMPARE((*answer)->registryToken.reveal(), QByteArray("r"));
    }

    void config_isAnonymous_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("blank") << QByteArray(" \n");
        QTest::newRow("object") << QByteArray("{}");
        QTest::newRow("null members") << q("{'auths': null, 'credHelpers': null, 'credsStore': null}");
        QTest::newRow("entry without content") << q("{'auths': {'example.com': {}}}");
        QTest::newRow("other members") << q("{'HttpHeaders': {'a': 'b'}, 'proxies': {}}");
    }

    void config_isAnonymous()
    {
        QFETCH(QByteArray, config);
        const auto answer = find(config, "example.com");
        QVERIFY(answer);
        QVERIFY(!*answer);
    }

    void config_isRefused_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *name, const QByteArray &config, const char *word) {
            QTest::newRow(name) << config << QString::fromLatin1(word);
        };
        row("no JSON", "{", "JSON");
        row("array", "[]", "JSON object");
        row("auths", q("{'auths': []}"), "auths");
        row("entry", q("{'auths': {'example.com': 'x'}}"), "example.com");
        row("no base64", q("{'auths': {'example.com': {'auth': '%%%'}}}"), "base64");
        row("no padding", q("{'auths': {'example.com': {'auth': 'dTpwOnE'}}}"), "base64");
        row("no colon", q("{'auths': {'example.com': {'auth': 'bWU='}}}"), "user name");
        row("no user", q("{'auths': {'example.com': {'auth': 'OnNlY3JldA=='}}}"), "user name");
        row("user is a number", q("{'auths': {'example.com': {'username': 1}}}"), "username");
        row("another entry", q("{'auths': {'a.example': {'auth': 'bWU='}}}"), "a.example");
        row("credHelpers", q("{'credHelpers': 'x'}"), "credHelpers");
        row("helper is a number", q("{'credHelpers': {'example.com': 1}}"), "example.com");
        row("credsStore", q("{'credsStore': {}}"), "credsStore");
        row("path as a helper", q("{'credsStore': '../../tmp/evil'}"), "credsStore");
        row("blank in a helper", q("{'credHelpers': {'example.com': 'a b'}}"), "credHelpers");
    }

    void config_isRefused()
    {
        QFETCH(QByteArray, config);
        QFETCH(QString, word);
        const auto answer = find(config, "example.com");
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Corrupt);
        QVERIFY2(answer.error().message.contains(word), qPrintable(answer.error().message));
        QVERIFY(m_asked.isEmpty());
    }

    void helper_isTheOnlyOneAsked_data()
    {
        QTest::addColumn<QByteArray>("registry");
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("username");
        QTest::newRow("its own") << QByteArray("a.example") << QStringLiteral("own a.example")
                                 << QStringLiteral("own-user");
        QTest::newRow("the store") << QByteArray("b.example") << QStringLiteral("store b.example")
                                   << QStringLiteral("store-user");
        QTest::newRow("hub") << QByteArray("docker.io") << QStringLiteral("store https://index.docker.io/v1/")
                             << QStringLiteral("store-user");
        QTest::newRow("its own has none")
            << QByteArray("c.example") << QStringLiteral("none c.example") << QString();
        QTest::newRow("no helper for it") << QByteArray("d.example") << QString() << QStringLiteral("file");
    }

    void helper_isTheOnlyOneAsked()
    {
        QFETCH(QByteArray, registry);
        QFETCH(QString, asked);
        QFETCH(QString, username);
        m_helpers[QStringLiteral("own")] = {q("{'Username': 'own-user', 'Secret': 's'}"), 0};
        m_helpers[QStringLiteral("store")] = {
            q("{'ServerURL': 'x', 'Username': 'store-user', 'Secret': 's'}"), 0};
        m_helpers[QStringLiteral("none")] = {"credentials not found in native keychain\n", 1};
        const QByteArray entry = q("': {") + auth("file:s") + "}";
        const auto answer = find(q("{'auths': {'a.example") + entry + q(", 'b.example") + entry +
                                     q(", 'c.example") + entry + q(", 'd.example") + entry +
                                     q("}, 'credsStore': 'store', 'credHelpers': {'a.example': 'own', "
                                       "'c.example': 'none', 'd.example': ''}}"),
            registry.constData());
        QVERIFY(answer);
        QCOMPARE(m_asked.join(u','), asked);
        QCOMPARE(answer->has_value() ? (*answer)->username : QString(), username);
    }

    void helper_givesAnIdentityToken()
    {
        m_helpers[QStringLiteral("x")] = {q("{'ServerURL': '', 'Username': '<token>', 'Secret': 'id'}"), 0};
        const auto answer = find(q("{'credsStore': 'x'}"), "example.com");
        QVERIFY(answer && *answer);
        QCOMPARE((*answer)->identityToken.reveal(), QByteArray("id"));
        QVERIFY((*answer)->username.isEmpty());
        QVERIFY((*answer)->password.isEmpty());
        QCOMPARE((*answer)->source, QStringLiteral("credsStore"));
    }

    void helper_isAnError_data()
    {
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<int>("status");
        QTest::newRow("failure") << QByteArray("the store is locked, hunter2") << 1;
        QTest::newRow("failure without words") << QByteArray() << 2;
        QTest::newRow("not found, and more") << QByteArray("x credentials not found in native keychain") << 1;
        QTest::newRow("no JSON") << QByteArray("hunter2") << 0;
        QTest::newRow("no object") << QByteArray("[]") << 0;
    }

    void helper_isAnError()
    {
        QFETCH(QByteArray, output);
        QFETCH(int, status);
        m_helpers[QStringLiteral("x")] = {output, status};
        const auto answer = find(q("{'credHelpers': {'example.com': 'x'}}"), "example.com");
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Unavailable);
        QVERIFY(answer.error().text().contains(QLatin1String("docker-credential-x")));
        QVERIFY(!answer.error().text().contains(QLatin1String("hunter2")));
    }

    void helper_isAnError_whenItIsNotInstalled()
    {
        const auto answer = find(q("{'credsStore': 'gone'}"), "example.com");
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Unavailable);
        QVERIFY(answer.error().message.contains(QLatin1String("docker-credential-gone")));
    }
};

QTEST_APPLESS_MAIN(ConfigLookupTest)
#include "tst_configlookup.moc"
