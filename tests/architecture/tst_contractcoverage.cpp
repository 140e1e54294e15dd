#include <api/openapi.h>
#include <contracts/operations.h>
#include <core/vocabulary.h>
#include <domain/roles.h>

#include <QtTest/QTest>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

using namespace dockerauto;

namespace {

std::string lower(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
        [](unsigned char letter) { return std::tolower(letter); });
    return result;
}

/// The entry of an operation in the document, wherever its server prefix ends; null when there is none.
core::Json entryOf(const core::Json &document, const contracts::OperationInfo &info)
{
    for (const auto &[path, methods] : document.at("paths").items()) {
        const bool same = path == info.path || path == "/api/v1" + std::string(info.path);
        if (same && methods.contains(lower(contracts::toText(info.method)))) {
            return methods.at(lower(contracts::toText(info.method)));
        }
    }
    return nullptr;
}

} // namespace

// What is declared is reachable and described; what is described is declared.
class ContractCoverageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void operation_declared_hasItsRoute_data();
    void operation_declared_hasItsRoute();
    void route_described_isDeclared();
    void operations_namesAndRoutes_areUnique();
    void permission_declared_isHeldByAdministrators_data();
    void permission_declared_isHeldByAdministrators();
};

void ContractCoverageTest::operation_declared_hasItsRoute_data()
{
    QTest::addColumn<QString>("name");
    QVERIFY(!contracts::operations().empty());
    for (const contracts::Operation &operation : contracts::operations()) {
        const std::string name(operation.info->name);
        QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
}

void ContractCoverageTest::operation_declared_hasItsRoute()
{
    QFETCH(QString, name);
    const auto *operation = contracts::findOperation(name.toStdString());
    QVERIFY(operation);
    const core::Json entry = entryOf(api::openApiDocument(), *operation->info);
    QVERIFY2(!entry.is_null(), "no path of the OpenAPI document is this operation");
    QCOMPARE(entry.at("operationId").get<std::string>(), std::string(operation->info->name));
    QVERIFY(entry.contains("responses"));

    contracts::SchemaBook book;
    operation->requestSchema(book);
    const std::string described = core::Json(book).dump();
    for (const std::string &field : contracts::pathFields(operation->info->path)) {
        QVERIFY2(described.find('"' + field + '"') != std::string::npos,
            qPrintable(QStringLiteral("{%1} is no field of the request").arg(QString::fromStdString(field))));
    }
}

void ContractCoverageTest::route_described_isDeclared()
{
    const core::Json document = api::openApiDocument();
    for (const auto &[path, methods] : document.at("paths").items()) {
        for (const auto &[method, entry] : methods.items()) {
            // parameters, summary and servers may stand beside methods.
            if (!entry.is_object() || !entry.contains("operationId")) {
                continue;
            }
            QVERIFY2(contracts::findOperation(entry.at("operationId").get<std::string>()),
                qPrintable(QString::fromStdString(method + ' ' + path)));
        }
    }
}

void ContractCoverageTest::operations_namesAndRoutes_areUnique()
{
    std::set<std::string> names;
    std::set<std::string> routes;
    for (const contracts::Operation &operation : contracts::operations()) {
        const std::string name(operation.info->name);
        QVERIFY2(names.insert(name).second, name.c_str());
        // {id} and {name} are the same place for a router.
        std::string route(contracts::toText(operation.info->method));
        bool inside = false;
        for (const char letter : operation.info->path) {
            inside = letter == '{' || (inside && letter != '}');
            if (!inside) {
                route += letter;
            }
        }
        QVERIFY2(routes.insert(route).second, route.c_str());
    }
}

void ContractCoverageTest::permission_declared_isHeldByAdministrators_data()
{
    operation_declared_hasItsRoute_data();
}

void ContractCoverageTest::permission_declared_isHeldByAdministrators()
{
    QFETCH(QString, name);
    const contracts::OperationInfo &info = *contracts::findOperation(name.toStdString())->info;
    QCOMPARE(info.permission.empty(), info.access != contracts::Access::Permission);
    if (!info.permission.empty()) {
        QVERIFY(domain::roleHolds(core::Role::Admin, info.permission));
    }
    // A new operation that anybody may call is a decision to be made here, too.
    // The address of a webhook is its secret.
    static const std::set<std::string_view> open{
        "auth.setupState", "auth.setup", "auth.login", "auth.refresh", "monitoring.health", "webhooks.call"};
    QCOMPARE(info.access == contracts::Access::Public, open.contains(info.name));
}

QTEST_GUILESS_MAIN(ContractCoverageTest)
#include "tst_contractcoverage.moc"
