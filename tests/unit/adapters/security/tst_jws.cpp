#include <security/jws.h>

#include <QTest>

using namespace dockerauto;
using core::Secret;

namespace {

// RFC 7515, appendix A.1.
const QByteArray rfcKey = QByteArrayLiteral(
    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
const QByteArray rfcToken = QByteArrayLiteral(
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

Secret ownKey()
{
    return Secret(QByteArray(32, 'k'));
}

} // namespace

class JwsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void open_givesThePayload_ofTheExampleInTheStandard()
    {
        const auto key = security::fromBase64Url(rfcKey);
        QVERIFY(key);
        const auto jws = security::openHs256(rfcToken, Secret(*key));
        QVERIFY(jws);
        QVERIFY(jws->payload.startsWith("{\"iss\":\"joe\""));
    }

    void open_refuses_data()
    {
        QTest::addColumn<QByteArray>("token");
        const auto token = [](const char *header) { return security::signHs256(header, "{}", ownKey()); };
        const QByteArray good = token(R"({"alg":"HS256"})");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("two parts") << QByteArray("e30.e30");
        QTest::newRow("four parts") << good + ".e30";
        QTest::newRow("no signature") << good.left(good.lastIndexOf('.') + 1);
        QTest::newRow("short signature") << good.chopped(3);
        QTest::newRow("padding") << good + "=";
        QTest::newRow("blank in front") << " " + good;
        QTest::newRow("line break at the end") << good + "\n";
        QTest::newRow("none") << token(R"({"alg":"none"})");
        QTest::newRow("lower case") << token(R"({"alg":"hs256"})");
        QTest::newRow("another algorithm") << token(R"({"alg":"HS512"})");
        QTest::newRow("two algorithms") << token(R"({"alg":"HS256","alg":"HS256"})");
        QTest::newRow("no algorithm") << token("{}");
        QTest::newRow("no object") << token("[]");
        QTest::newRow("crit") << token(R"({"alg":"HS256","crit":["b64"]})");
        QTest::newRow("zip") << token(R"({"alg":"HS256","zip":"DEF"})");
        QTest::newRow("jku") << token(R"({"alg":"HS256","jku":"here"})");
        QTest::newRow("jwk") << token(R"({"alg":"HS256","jwk":{}})");
        QTest::newRow("x5u") << token(R"({"alg":"HS256","x5u":"here"})");
        QTest::newRow("too long") << security::signHs256(
            R"({"alg":"HS256"})", QByteArray(8192, 'x'), ownKey());
    }
    void open_refuses()
    {
        QFETCH(const QByteArray, token);
        const auto jws = security::openHs256(token, ownKey());
        QVERIFY(!jws);
        QCOMPARE(jws.error().code, core::ErrorCode::Unauthenticated);
    }

    void open_refuses_anyChangedCharacter()
    {
        const QByteArray good = security::signHs256(R"({"alg":"HS256"})", R"({"a":1})", ownKey());
        QVERIFY(security::openHs256(good, ownKey()));
        for (qsizetype i = 0; i < good.size(); ++i) {
            QByteArray changed = good;
            changed[i] = changed.at(i) == 'B' ? 'C' : 'B';
            QVERIFY2(!security::openHs256(changed, ownKey()), changed.constData());
        }
    }

    void open_refuses_aKeyThatIsTooShort()
    {
        const Secret shortKey(QByteArray(31, 'k'));
        QVERIFY(!security::openHs256(security::signHs256(R"({"alg":"HS256"})", "{}", shortKey), shortKey));
    }

    void fromBase64Url_refuses_otherSpellings_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("stray bits") << QByteArray("AB");
        QTest::newRow("padding") << QByteArray("AA==");
        QTest::newRow("other alphabet") << QByteArray("a+b/");
        QTest::newRow("blank") << QByteArray("AA AA");
        QTest::newRow("lone character") << QByteArray("A");
    }
    void fromBase64Url_refuses_otherSpellings()
    {
        QFETCH(const QByteArray, text);
        QVERIFY(!security::fromBase64Url(text));
    }

    void keyFromJwk_takes_onlyKeysForTheAlgorithm_data()
    {
        QTest::addColumn<core::Json>("jwk");
        QTest::addColumn<bool>("taken");
        const std::string k = rfcKey.toStdString();
        QTest::newRow("plain") << core::Json{{"kty", "oct"}, {"k", k}} << true;
        QTest::newRow("for verifying")
            << core::Json{{"kty", "oct"}, {"k", k}, {"key_ops", {"sign", "verify"}}} << true;
        QTest::newRow("for signing") << core::Json{{"kty", "oct"}, {"k", k}, {"key_ops", {"sign"}}} << false;
        QTest::newRow("for encryption") << core::Json{{"kty", "oct"}, {"k", k}, {"use", "enc"}} << false;
        QTest::newRow("other algorithm") << core::Json{{"kty", "oct"}, {"k", k}, {"alg", "HS512"}} << false;
        QTest::newRow("RSA") << core::Json{{"kty", "RSA"}, {"k", k}} << false;
        QTest::newRow("short") << core::Json{{"kty", "oct"}, {"k", "AAAA"}} << false;
        QTest::newRow("nothing") << core::Json() << false;
    }
    void keyFromJwk_takes_onlyKeysForTheAlgorithm()
    {
        QFETCH(const core::Json, jwk);
        QFETCH(const bool, taken);
        QCOMPARE(security::keyFromJwk(jwk, "HS256").has_value(), taken);
    }
};

QTEST_APPLESS_MAIN(JwsTest)
#include "tst_jws.moc"
