#include <contracts/operations.h>

#include <QTest>

#include <algorithm>
#include <set>

using namespace dockerauto;
using namespace dockerauto::contracts;
using core::Json;

class OperationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void each_isDeclaredSoundly();
    void each_takesItsSample_andRefusesMore();
    void find_isExact();
    void texts_becomeTypes_data();
    void texts_becomeTypes();
    void pathFields_areRead();
};

namespace {

/// A value that fits the schema; what is optional is given too.
Json sample(const Json &schema, const SchemaBook &book)
{
    if (schema.contains("$ref")) {
        const auto &reference = schema["$ref"].get_ref<const std::string &>();
        return sample(book.at(reference.substr(reference.rfind('/') + 1)), book);
    }
    if (schema.contains("anyOf")) {
        return sample(schema["anyOf"][0], book);
    }
    if (schema.contains("enum")) {
        return schema["enum"].back();
    }
    const std::string type = schema.value("type", "");
    if (type == "string") {
        return schema.value("format", "") == "date-time" ? Json("2025-03-01T10:00:00.123Z") : Json("ä \"x\"");
    }
    if (type == "integer") {
        return 7;
    }
    if (type == "number") {
        return 0.5;
    }
    if (type == "boolean") {
        return true;
    }
    if (type == "array") {
        return Json::array({sample(schema["items"], book), sample(schema["items"], book)});
    }
    Json object = Json::object();
    const Json properties = schema.value("properties", Json::object());
    for (const auto &[name, property] : properties.items()) {
        object[name] = sample(property, book);
    }
    if (schema.contains("additionalProperties") && schema["additionalProperties"].is_object()) {
        object["any key"] = sample(schema["additionalProperties"], book);
    }
    return object;
}

} // namespace

void OperationsTest::each_isDeclaredSoundly()
{
    std::set<std::string_view> names;
    std::set<std::pair<std::string_view, std::string_view>> routes;
    for (const Operation &operation : operations()) {
        const OperationInfo &info = *operation.info;
        const QByteArray name(info.name.data(), static_cast<qsizetype>(info.name.size()));
        QVERIFY2(names.insert(info.name).second, name);
        QVERIFY2(routes.emplace(toText(info.method), info.path).second, name);
        QVERIFY2(info.path.starts_with('/') && !info.path.ends_with('/'), name);
        QVERIFY2(!info.summary.empty(), name);
        QVERIFY2((info.access == Access::Permission) == !info.permission.empty(), name);
        QVERIFY2(info.method != Method::Get || info.effect == Effect::Reads, name);
        SchemaBook book;
        const Json request = sample(operation.requestSchema(book), book);
        for (const std::string &field : pathFields(info.path)) {
            QVERIFY2(request.contains(field), name);
        }
        QVERIFY2(info.resource == Resource::None || request.contains("id"), name);
        if (!info.bodyField.empty()) {
            // Beside the one field that is the body, all others must have a place in the path.
            QVERIFY2(info.method == Method::Post || info.method == Method::Put, name);
            QVERIFY2(request.contains(std::string(info.bodyField)), name);
            QCOMPARE(request.size(), pathFields(info.path).size() + 1);
        }
    }
}

void OperationsTest::each_takesItsSample_andRefusesMore()
{
    for (const Operation &operation : operations()) {
        SchemaBook book;
        const Json schema = operation.requestSchema(book);
        const Json request = sample(schema, book);
        const auto normal = operation.normalize(request);
        QVERIFY2(normal, operation.info->name.data());
        QCOMPARE(core::writeJson(*normal), core::writeJson(request));

        Json more = request;
        more["surprise"] = 1;
        const auto refused = operation.normalize(more);
        QVERIFY2(!refused, operation.info->name.data());
        QCOMPARE(refused.error().code, core::ErrorCode::InvalidArgument);
        QCOMPARE(refused.error().path, QStringLiteral("surprise"));
        QVERIFY(!operation.normalize(Json::array()));

        const std::string reference = schema["$ref"];
        const Json &described = book.at(reference.substr(reference.rfind('/') + 1));
        for (const auto &[name, value] : request.items()) {
            const QString path = QString::fromStdString(name);
            Json wrong = request;
            wrong[name] = value.is_object() ? Json(1) : Json{{"an", "object"}};
            const bool takesAnything = described["properties"][name].empty();
            QVERIFY(takesAnything || operation.normalize(wrong).error().path == path);
            Json missing = request;
            missing.erase(name);
            const Json required = described.value("required", Json::array());
            const bool isRequired = std::find(required.begin(), required.end(), name) != required.end();
            const auto without = operation.normalize(missing);
            QCOMPARE(without.has_value(), !isRequired);
            if (isRequired) {
                QCOMPARE(without.error().path, path);
            }
        }
    }
}

void OperationsTest::find_isExact()
{
    for (const Operation &operation : operations()) {
        QCOMPARE(findOperation(operation.info->name), &operation);
    }
    QVERIFY(!findOperation("containers"));
    QVERIFY(!findOperation(""));
}

void OperationsTest::texts_becomeTypes_data()
{
    QTest::addColumn<QByteArray>("operation");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("number") << QByteArray("containers.list") << QByteArray("limit") << QByteArray("5")
                            << QByteArray("5");
    QTest::newRow("text that is a number")
        << QByteArray("containers.list") << QByteArray("search") << QByteArray("5") << QByteArray("\"5\"");
    QTest::newRow("enum") << QByteArray("containers.list") << QByteArray("decision") << QByteArray("pinned")
                          << QByteArray("\"pinned\"");
    QTest::newRow("unknown stays") << QByteArray("containers.list") << QByteArray("x") << QByteArray("5")
                                   << QByteArray("\"5\"");
    for (const char *wrong : {"", "x", "5x", " 5", "0x5", "1.5", "99999999999999999999"}) {
        QTest::newRow(("not a number: " + std::string(wrong)).c_str())
            << QByteArray("containers.list") << QByteArray("limit") << QByteArray(wrong) << QByteArray();
    }
}

void OperationsTest::texts_becomeTypes()
{
    QFETCH(QByteArray, operation);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const auto made =
        findOperation(operation.toStdString())->fromTexts({{name.toStdString(), text.toStdString()}});
    QCOMPARE(made.has_value(), !expected.isEmpty());
    if (made) {
        QCOMPARE(core::writeJson(made->at(name.toStdString())), expected.toStdString());
    } else {
        QCOMPARE(made.error().path, QString::fromLatin1(name));
    }
}

void OperationsTest::pathFields_areRead()
{
    QVERIFY(pathFields("/a/b").empty());
    QCOMPARE(pathFields("/a/{id}/b/{other}"), (std::vector<std::string>{"id", "other"}));
}

QTEST_APPLESS_MAIN(OperationsTest)
#include "tst_operations.moc"
