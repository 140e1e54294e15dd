#include "requestjson.h"

#include <contracts/operations.h>

#include <QTest>

using namespace dockerauto;
using api::requestJson;
using core::Json;

class RequestJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void request_isMade_data();
    void request_isMade();
    void request_isRefused_data();
    void request_isRefused();
};

namespace {

const QByteArray json("application/json");

void row(const char *name, const char *operation, const api::RequestParts &parts, const char *expected)
{
    QTest::newRow(name) << QByteArray(operation) << parts.query << parts.contentType << parts.body
                        << !parts.fields.empty() << QByteArray(expected);
}

void columns()
{
    QTest::addColumn<QByteArray>("operation");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("withId");
    QTest::addColumn<QByteArray>("expected");
}

tl::expected<Json, api::RequestProblem> made()
{
    QFETCH(QByteArray, operation);
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, body);
    QFETCH(bool, withId);
    const auto *found = contracts::findOperation(operation.toStdString());
    api::RequestParts parts{{}, query, contentType, body};
    if (withId) {
        parts.fields.emplace(found->info->bodyField.empty() ? "id" : "token", "c1");
    }
    return requestJson(*found, parts);
}

} // namespace

void RequestJsonTest::request_isMade_data()
{
    columns();
    row("nothing", "containers.list", {}, "{}");
    row("query", "containers.list", {{}, "search=a%20b&limit=5", {}, {}}, R"({"limit":5,"search":"a b"})");
    row("plus is a blank", "containers.list", {{}, "search=a+b%2B", {}, {}}, R"({"search":"a b+"})");
    row("empty parts", "containers.list", {{}, "&&search=&", {}, {}}, R"({"search":""})");
    row("path", "containers.get", {{{"id", "c1"}}, {}, {}, {}}, R"({"id":"c1"})");
    row("path and query", "containers.logs", {{{"id", "c1"}}, "tail=7", {}, {}}, R"({"id":"c1","tail":7})");
    row("body", "updates.start", {{}, {}, json, R"({"containers":["a"]})"}, R"({"containers":["a"]})");
    row("charset", "updates.start", {{}, {}, "Application/JSON; charset=utf-8", R"({"containers":[]})"},
        R"({"containers":[]})");
    row("path and body", "containers.change", {{{"id", "c1"}}, {}, json, R"({"updatePolicy":"pinned"})"},
        R"({"id":"c1","updatePolicy":"pinned"})");
    row("same in path and body", "containers.change", {{{"id", "c1"}}, {}, json, R"({"id":"c1"})"},
        R"({"id":"c1"})");
    row("whole body", "webhooks.call", {{{"token", "c1"}}, {}, json, R"({"token":"x","a":[1]})"},
        R"({"payload":{"a":[1],"token":"x"},"token":"c1"})");
    row("whole body is no object", "webhooks.call", {{{"token", "c1"}}, {}, json, "[1,null]"},
        R"({"payload":[1,null],"token":"c1"})");
    row("whole body of a type made of JSON", "webhooks.call",
        {{{"token", "c1"}}, {}, "application/vnd.docker.distribution.events.v1+json", "null"},
        R"({"payload":null,"token":"c1"})");
    row("whole body is missing", "webhooks.call", {{{"token", "c1"}}, {}, {}, {}}, R"({"token":"c1"})");
    row("empty body", "containers.start", {{{"id", "c1"}}, {}, {}, {}}, R"({"id":"c1"})");
}

void RequestJsonTest::request_isMade()
{
    QFETCH(QByteArray, expected);
    const auto request = made();
    QVERIFY(request);
    QCOMPARE(core::writeJson(*request), expected.toStdString());
}

void RequestJsonTest::request_isRefused_data()
{
    columns();
    row("twice in the query", "containers.list", {{}, "limit=1&limit=2", {}, {}}, "422 limit");
    row("not a number", "containers.list", {{}, "limit=x", {}, {}}, "422 limit");
    row("not text", "containers.list", {{}, "search=%ff", {}, {}}, "422 search");
    row("path field in the query", "containers.logs", {{{"id", "c1"}}, "id=c2", {}, {}}, "422 id");
    row("query of a POST", "updates.start", {{}, "a=b", json, "{}"}, "422 a");
    row("body of a GET", "containers.list", {{}, {}, json, "{}"}, "400 ");
    row("no type", "updates.start", {{}, {}, {}, "{}"}, "415 ");
    row("other type", "updates.start", {{}, {}, "text/plain", "{}"}, "415 ");
    row("other charset", "updates.start", {{}, {}, "application/json; charset=latin1", "{}"}, "415 ");
    row("no JSON", "updates.start", {{}, {}, json, "{"}, "400 ");
    row("key twice", "updates.start", {{}, {}, json, R"({"a":1,"a":1})"}, "400 ");
    row("no object", "updates.start", {{}, {}, json, "[]"}, "422 ");
    row("type made of JSON", "updates.start", {{}, {}, "application/vnd.example+json", "{}"}, "415 ");
    row("whole body is a form", "webhooks.call",
        {{{"token", "c1"}}, {}, "application/x-www-form-urlencoded", "payload=%7B%7D"}, "415 ");
    row("whole body is no JSON", "webhooks.call", {{{"token", "c1"}}, {}, json, "{"}, "400 ");
    row("whole body with a key twice", "webhooks.call", {{{"token", "c1"}}, {}, json, R"({"a":1,"a":1})"},
        "400 ");
    row("query beside a whole body", "webhooks.call", {{{"token", "c1"}}, "a=b", json, "{}"}, "422 a");
    row("other in path and body", "containers.change", {{{"id", "c1"}}, {}, json, R"({"id":"c2"})"},
        "422 id");
}

void RequestJsonTest::request_isRefused()
{
    QFETCH(QByteArray, expected);
    const auto request = made();
    QVERIFY(!request);
    QCOMPARE(
        QByteArray::number(request.error().status) + ' ' + request.error().error.path.toUtf8(), expected);
}

QTEST_APPLESS_MAIN(RequestJsonTest)
#include "tst_requestjson.moc"
