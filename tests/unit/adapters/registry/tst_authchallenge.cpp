#include <registry/authchallenge.h>

#include <QTest>

using namespace dockerauto;
using registry::AuthChallenge;
using Challenges = std::vector<AuthChallenge>;

namespace {

AuthChallenge challenge(const char *scheme, const std::map<const char *, const char *> &parameters = {})
{
    AuthChallenge result{QString::fromLatin1(scheme), {}};
    for (const auto &[name, value] : parameters) {
        result.parameters[QString::fromLatin1(name)] = QString::fromUtf8(value);
    }
    return result;
}

} // namespace

class AuthChallengeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parse_reads_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<Challenges>("expected");
        const auto row = [](const char *name, const char *header, const Challenges &expected) {
            QTest::newRow(name) << QByteArray(header) << expected;
        };
        row("nothing", "", {});
        row("commas only", " , ,, ", {});
        row("scheme alone", "Negotiate", {challenge("negotiate")});
        row("Docker Hub", "Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\"",
            {challenge(
                "bearer", {{"realm", "https://auth.docker.io/token"}, {"service", "registry.docker.io"}})});
        row("bearer",
            "Bearer realm=\"r\",service=\"registry.example.com\",scope=\"repository:a/b:pull,push\"",
            {challenge("bearer", {{"realm", "r"}, {"service", "registry.example.com"},
                                     {"scope", "repository:a/b:pull,push"}})});
        row("case and blanks", "BEARER \t Realm = \"R\" ,\tSERVICE=s",
            {challenge("bearer", {{"realm", "R"}, {"service", "s"}})});
        row("escapes", "Basic realm=\"a \\\"b\\\" \\\\ c, d=e\"",
            {challenge("basic", {{"realm", "a \"b\" \\ c, d=e"}})});
        row("needless escape", "Basic realm=\"he\\l\\lo\"", {challenge("basic", {{"realm", "hello"}})});
        row("several, as in RFC 9110",
            "Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\", Basic realm=\"simple\"",
            {challenge("newauth", {{"realm", "apps"}, {"type", "1"}, {"title", "Login to \"apps\""}}),
                challenge("basic", {{"realm", "simple"}})});
        row("token68", "Negotiate YWJj=, Basic realm=\"x\"",
            {challenge("negotiate"), challenge("basic", {{"realm", "x"}})});
        row("token68 with padding", "NTLM TlRMTVNTUAAB==", {challenge("ntlm")});
        // By the grammar this is credentials, not a parameter without a value.
        row("token68 that looks like a name", "Basic realm=", {challenge("basic")});
        row("scheme before scheme", "Negotiate, Basic realm=x",
            {challenge("negotiate"), challenge("basic", {{"realm", "x"}})});
        row("empty elements", ",, Basic realm=\"x\",, ,charset=\"UTF-8\",",
            {challenge("basic", {{"realm", "x"}, {"charset", "UTF-8"}})});
        row("empty value", "Basic realm=\"\"", {challenge("basic", {{"realm", ""}})});
        row("UTF-8", "Basic realm=\"\xc3\xa4\"", {challenge("basic", {{"realm", "\xc3\xa4"}})});
    }
    void parse_reads()
    {
        QFETCH(const QByteArray, header);
        QFETCH(const Challenges, expected);
        const auto parsed = registry::parseChallenges(header);
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message));
        QVERIFY(*parsed == expected);
    }

    void parse_refuses_data()
    {
        QTest::addColumn<QByteArray>("header");
        for (const char *header : {"Basic realm=\"x", "Basic realm=\"x\\", "Basic realm=, a=b=", "=x",
                 "realm=x", "Basic realm=\"x\" charset=y", "Basic realm=\"x\"y", "\"Basic\"",
                 "Basic realm=\"a\", realm=\"b\"", "Basic realm=\"a\", REALM=\"b\"", "Basic realm=\"a\nb\"",
                 "Basic (x)", "Basic @", "Bearer a b=c", "Basic realm=\"\x7f\""}) {
            QTest::newRow(header) << QByteArray(header);
        }
        QTest::newRow("NUL") << QByteArray("Basic realm=\"a\0b\"", 17);
        QTest::newRow("too long") << "Basic realm=\"" + QByteArray(20'000, 'x') + '"';
    }
    void parse_refuses()
    {
        QFETCH(const QByteArray, header);
        const auto parsed = registry::parseChallenges(header);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, core::ErrorCode::InvalidArgument);
    }

    void parse_ends_forEveryPrefixOfAHeader()
    {
        const QByteArray header = "Newauth a=\"b\\\"c\", d=1, Basic YWJj==, Bearer realm=\"x\"";
        for (qsizetype length = 0; length <= header.size(); ++length) {
            const auto parsed = registry::parseChallenges(header.left(length));
            QVERIFY(!parsed || parsed->size() <= 3);
        }
    }
};

QTEST_APPLESS_MAIN(AuthChallengeTest)
#include "tst_authchallenge.moc"
