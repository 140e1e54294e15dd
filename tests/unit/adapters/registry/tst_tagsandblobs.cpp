#include "registryfixture.h"

#include <QTest>

using namespace dockerauto;
using namespace dockerauto::registrytests;
using namespace std::chrono_literals;
using core::ErrorCode;

namespace {

QByteArray page(const QByteArrayList &tags)
{
    return R"({"name":"team/app","tags":[")" + tags.join(R"(",")") + "\"]}";
}

} // namespace

class TagsAndBlobsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tags_areRead_overAllPages()
    {
        ScriptedHttpServer server([](const Request &request) {
            if (request.target == "/v2/team/app/tags/list?n=1000") {
                return answer(
                    200, {"Link: </v2/team/app/tags/list?n=1000&last=b>; rel=\"next\""}, page({"a", "b"}));
            }
            if (request.target.endsWith("last=b")) {
                // A short page is not the end.
                return answer(200, {"Link: <list?last=c>; rel=next"}, page({"c"}));
            }
            return answer(200, {"Link: </v2/team/app/tags/list>; rel=prev"}, page({"d", "e"}));
        });
        const auto tags = HttpImageRegistry({}, m_clock).tags(image(server.host()), within(10s));
        QVERIFY2(tags, tags ? "" : qPrintable(tags.error().text()));
        const std::vector<QString> expected{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"),
            QStringLiteral("d"), QStringLiteral("e")};
        QCOMPARE(*tags, expected);
        QCOMPARE(server.requests().at(2).target, QByteArray("/v2/team/app/tags/list?last=c"));
    }

    void tags_areRead_inOddForms_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("count");
        QTest::newRow("null") << QByteArray(R"({"name":"x","tags":null})") << 0;
        QTest::newRow("empty") << QByteArray(R"({"name":"x","tags":[]})") << 0;
        QTest::newRow("left out") << QByteArray(R"({"name":"x"})") << 0;
        QTest::newRow("no name") << QByteArray(R"({"tags":["a"]})") << 1;
        QTest::newRow("no texts") << QByteArray(R"({"tags":["a",1,null,{},"b"]})") << 2;
        QTest::newRow("more members") << QByteArray(R"({"tags":["a"],"child":[],"manifest":{}})") << 1;
        QTest::newRow("array") << QByteArray(R"(["a"])") << -1;
        QTest::newRow("text") << QByteArray(R"({"tags":"a"})") << -1;
        QTest::newRow("something else") << QByteArray("{}") << -1;
        QTest::newRow("no JSON") << QByteArray("<html>") << -1;
        QTest::newRow("cut") << QByteArray(R"({"tags":["a")") << -1;
    }
    void tags_areRead_inOddForms()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const int, count);
        ScriptedHttpServer server([&](const Request &) { return answer(200, {}, body); });
        const auto tags = HttpImageRegistry({}, m_clock).tags(image(server.host()), within(10s));
        QCOMPARE(tags ? int(tags->size()) : -1, count);
        QVERIFY(tags || tags.error().code == ErrorCode::Corrupt);
    }

    void tags_endWithAnError_ratherThanShort_data()
    {
        QTest::addColumn<QByteArray>("link");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<std::size_t>("requests");
        const auto row = [](const char *name, const char *link, ErrorCode code, std::size_t requests) {
            QTest::newRow(name) << QByteArray(link) << code << requests;
        };
        row("itself", "</v2/team/app/tags/list?n=1000>; rel=next", ErrorCode::Corrupt, 1);
        row("circle", "</v2/team/app/tags/list?last=x>; rel=next", ErrorCode::Corrupt, 2);
        row("elsewhere", "<http://example.com/v2/team/app/tags/list>; rel=next", ErrorCode::Corrupt, 1);
        row("unreadable", "</v2/x>; rel=\"next", ErrorCode::Corrupt, 1);
        row("endless", "COUNT", ErrorCode::Unsupported, 400);
    }
    void tags_endWithAnError_ratherThanShort()
    {
        QFETCH(const QByteArray, link);
        QFETCH(const ErrorCode, code);
        QFETCH(const std::size_t, requests);
        std::atomic<int> count = 0;
        ScriptedHttpServer server([&](const Request &) {
            const QByteArray next = "</p" + QByteArray::number(++count) + ">; rel=next";
            return answer(200, {"Link: " + (link == "COUNT" ? next : link)}, page({"a"}));
        });
        const auto tags = HttpImageRegistry({}, m_clock).tags(image(server.host()), within(20s));
        QVERIFY(!tags);
        QCOMPARE(int(tags.error().code), int(code));
        QCOMPARE(server.requests().size(), requests);
    }

    void tags_areBounded()
    {
        QByteArrayList many;
        for (int i = 0; i < 60'000; ++i) {
            many.append("v" + QByteArray::number(i));
        }
        const QByteArray body = page(many);
        std::atomic<int> count = 0;
        ScriptedHttpServer server([&](const Request &) {
            return answer(200, {"Link: </p" + QByteArray::number(++count) + ">; rel=next"}, body);
        });
        const auto tags = HttpImageRegistry({}, m_clock).tags(image(server.host()), within(20s));
        QVERIFY(!tags);
        QCOMPARE(int(tags.error().code), int(ErrorCode::Unsupported));
        QCOMPARE(server.requests().size(), 4U);
    }

    void tags_needASignIn_likeEverything()
    {
        ScriptedHttpServer server([](const Request &request) {
            return request.field("Authorization") == annasBasic
                       ? answer(200, {}, page({"a"}))
                       : answer(401, {"WWW-Authenticate: Basic realm=x"});
        });
        QVERIFY(HttpImageRegistry({&m_anna}, m_clock).tags(image(server.host()), within(10s)));
        const auto refused = HttpImageRegistry({}, m_clock).tags(image(server.host()), within(10s));
        QCOMPARE(int(refused.error().code), int(ErrorCode::Unauthenticated));
    }

    void blob_isVerified_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("digest");
        QTest::addColumn<qsizetype>("limit");
        QTest::addColumn<int>("code");
        const QByteArray body = R"({"os":"linux"})";
        QTest::newRow("good") << body << digestOf(body) << qsizetype(100) << -1;
        QTest::newRow("exactly") << body << digestOf(body) << body.size() << -1;
        QTest::newRow("other bytes") << body << digestOf("x") << qsizetype(100) << int(ErrorCode::Corrupt);
        QTest::newRow("too long") << body << digestOf(body) << body.size() - 1 << int(ErrorCode::Corrupt);
        QTest::newRow("no digest") << body << QByteArray("sha256:../../x") << qsizetype(100)
                                   << int(ErrorCode::InvalidArgument);
    }
    void blob_isVerified()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QByteArray, digest);
        QFETCH(const qsizetype, limit);
        QFETCH(const int, code);
        ScriptedHttpServer server([&](const Request &) { return answer(200, {}, body); });
        const auto blob = HttpImageRegistry({}, m_clock)
                              .blob(image(server.host()), QString::fromLatin1(digest), limit, within(10s));
        QCOMPARE(blob ? -1 : int(blob.error().code), code);
        if (blob) {
            QCOMPARE(*blob, body);
            QCOMPARE(server.requests().at(0).target, "/v2/team/app/blobs/" + digest);
        }
    }

    void blob_comesFromElsewhere_withoutTheAuthorization()
    {
        const QByteArray body = "{}";
        ScriptedHttpServer store([&](const Request &) { return answer(200, {}, body); });
        ScriptedHttpServer server([&](const Request &request) {
            return request.field("Authorization").isEmpty()
                       ? answer(401, {"WWW-Authenticate: Basic realm=x"})
                       : answer(307, {"Location: http://" + store.host().toLatin1() + "/bytes?signature=1"});
        });
        const auto blob =
            HttpImageRegistry({&m_anna}, m_clock)
                .blob(image(server.host()), QString::fromLatin1(digestOf(body)), 100, within(10s));
        QVERIFY(blob);
        QCOMPARE(store.requests().size(), 1U);
        QVERIFY(store.requests().at(0).field("Authorization").isEmpty());
    }

    void publishedAt_isWhatTheRegistrySays_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<qint64>("seconds");
        // The clock of the tests stands at Tue, 14 Nov 2023 22:13:20 GMT.
        QTest::newRow("past") << QByteArray("Last-Modified: Tue, 14 Nov 2023 22:12:20 GMT")
                              << qint64(1'699'999'940);
        QTest::newRow("future") << QByteArray("Last-Modified: Tue, 14 Nov 2023 22:14:20 GMT") << qint64(0);
        QTest::newRow("garbage") << QByteArray("Last-Modified: yesterday") << qint64(0);
        QTest::newRow("nothing") << QByteArray("X: y") << qint64(0);
    }
    void publishedAt_isWhatTheRegistrySays()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const qint64, seconds);
        ScriptedHttpServer server([&](const Request &) {
            return answer(200, {field, "Content-Type: " + manifestType}, manifest);
        });
        const testsupport::ManualClock clock;
        const auto found = HttpImageRegistry({}, clock).get(image(server.host()), within(10s));
        QVERIFY(found);
        QCOMPARE(found->publishedAt.has_value(), seconds != 0);
        QVERIFY(!seconds || found->publishedAt->time_since_epoch() == std::chrono::seconds(seconds));
    }

private:
    FixedCredentials m_anna{annasPassword()};
    testsupport::ManualClock m_clock;
};

QTEST_GUILESS_MAIN(TagsAndBlobsTest)
#include "tst_tagsandblobs.moc"
