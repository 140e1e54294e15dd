#include <security/hmactokensigner.h>
#include <security/jws.h>

#include <QTest>

using namespace dockerauto;
using core::Json;
using core::Secret;

namespace {

constexpr qint64 now = 1'700'000'000;
const QByteArray header = QByteArrayLiteral(R"({"alg":"HS256","typ":"JWT"})");

Secret key()
{
    return Secret(QByteArray(32, 'k'));
}

core::Timestamp at(qint64 seconds)
{
    return core::Timestamp(std::chrono::seconds(seconds));
}

Json goodClaims()
{
    return {{"iss", "us"}, {"aud", "api"}, {"sub", "anna"}, {"jti", "1"}, {"sid", "s"}, {"iat", now},
        {"nbf", now}, {"exp", now + 900}};
}

} // namespace

class HmacTokenSignerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verify_givesTheClaims_ofItsOwnTokens()
    {
        security::HmacTokenSigner signer(key(), QStringLiteral("us"), QStringLiteral("api"));
        const auto claims = signer.verify(signer.sign(goodClaims()), at(now));
        QVERIFY(claims);
        QVERIFY(*claims == goodClaims());
        QVERIFY(signer.verify(signer.sign(goodClaims()), at(now + 899)));
    }

    void verify_refuses_claims_data()
    {
        QTest::addColumn<Json>("claims");
        const auto changed = [](const char *name, const Json &value) {
            Json claims = goodClaims();
            claims[name] = value;
            return claims;
        };
        for (const char *name : {"iss", "aud", "sub", "jti", "iat", "nbf", "exp"}) {
            Json claims = goodClaims();
            claims.erase(name);
            QTest::addRow("no %s", name) << claims;
            QTest::addRow("%s null", name) << changed(name, nullptr);
            QTest::addRow("%s of another type", name) << changed(name, Json::array({name}));
        }
        QTest::newRow("other issuer") << changed("iss", "them");
        QTest::newRow("other audience") << changed("aud", "web");
        QTest::newRow("empty subject") << changed("sub", "");
        QTest::newRow("expires now") << changed("exp", now);
        QTest::newRow("expired") << changed("exp", now - 1);
        QTest::newRow("lives too long") << changed("exp", now + 901);
        QTest::newRow("not yet") << changed("nbf", now + 1);
        QTest::newRow("issued in the future") << changed("iat", now + 1);
        QTest::newRow("fraction") << changed("exp", now + 900.5);
        QTest::newRow("text") << changed("exp", std::to_string(now + 900));
        QTest::newRow("negative") << changed("iat", -1);
        QTest::newRow("huge") << changed("exp", std::numeric_limits<quint64>::max());
        QTest::newRow("no object") << Json::array({goodClaims()});
    }
    void verify_refuses_claims()
    {
        QFETCH(const Json, claims);
        security::HmacTokenSigner signer(key(), QStringLiteral("us"), QStringLiteral("api"));
        const auto verified = signer.verify(signer.sign(claims), at(now));
        QVERIFY(!verified);
        QCOMPARE(verified.error().code, core::ErrorCode::Unauthenticated);
    }

    void verify_refuses_headersItDoesNotWrite_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("no typ") << QByteArray(R"({"alg":"HS256"})");
        QTest::newRow("other typ") << QByteArray(R"({"alg":"HS256","typ":"at+jwt"})");
        QTest::newRow("typ as a list") << QByteArray(R"({"alg":"HS256","typ":["JWT"]})");
        QTest::newRow("kid") << QByteArray(R"({"alg":"HS256","typ":"JWT","kid":"1"})");
        QTest::newRow("cty") << QByteArray(R"({"alg":"HS256","typ":"JWT","cty":"JWT"})");
    }
    void verify_refuses_headersItDoesNotWrite()
    {
        QFETCH(const QByteArray, head);
        const QByteArray claims = QByteArray::fromStdString(core::writeJson(goodClaims()));
        security::HmacTokenSigner signer(key(), QStringLiteral("us"), QStringLiteral("api"));
        QVERIFY(signer.verify(security::signHs256(header, claims, key()), at(now)));
        QVERIFY(!signer.verify(security::signHs256(head, claims, key()), at(now)));
    }

    void verify_saysTheSame_forEveryReason()
    {
        security::HmacTokenSigner signer(key(), QStringLiteral("us"), QStringLiteral("api"));
        security::HmacTokenSigner other(
            Secret(QByteArray(32, 'x')), QStringLiteral("us"), QStringLiteral("api"));
        const auto forged = signer.verify(other.sign(goodClaims()), at(now));
        const auto expired = signer.verify(signer.sign(goodClaims()), at(now + 900));
        QVERIFY(!forged && !expired);
        QCOMPARE(forged.error().message, expired.error().message);
    }

    void verify_refuses_claimsWithAKeyTwice()
    {
        security::HmacTokenSigner signer(key(), QStringLiteral("us"), QStringLiteral("api"));
        QByteArray claims = QByteArray::fromStdString(core::writeJson(goodClaims()));
        claims.insert(1, R"("sub":"eve",)");
        QVERIFY(!signer.verify(security::signHs256(header, claims, key()), at(now)));
    }
};

QTEST_APPLESS_MAIN(HmacTokenSignerTest)
#include "tst_hmactokensigner.moc"
