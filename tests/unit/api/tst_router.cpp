#include "router.h"

#include <contracts/operations.h>

#include <QTest>

using namespace dockerauto;
using api::Router;

class RouterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void operation_isFound_byItsOwnPath();
    void path_isMatched_data();
    void path_isMatched();
    void path_isUnknown_data();
    void path_isUnknown();
    void head_isAsGet();
    void allow_namesTheMethods();

private:
    const Router m_router{contracts::operations()};
};

void RouterTest::operation_isFound_byItsOwnPath()
{
    for (const auto &operation : contracts::operations()) {
        QByteArray path(operation.info->path.data(), static_cast<qsizetype>(operation.info->path.size()));
        for (const auto &field : contracts::pathFields(operation.info->path)) {
            path.replace(QByteArray("{" + QByteArray::fromStdString(field) + "}"),
                QByteArray("x-" + QByteArray::fromStdString(field)));
        }
        const auto match = m_router.match(path);
        QVERIFY2(match, path.constData());
        QCOMPARE(match->find(contracts::toText(operation.info->method)), &operation);
        for (const auto &field : contracts::pathFields(operation.info->path)) {
            QCOMPARE(match->fields.at(field), "x-" + field);
        }
    }
}

void RouterTest::path_isMatched_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("operation");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("fixed before field")
        << QByteArray("/updates/history") << QByteArray("updates.history") << QByteArray();
    QTest::newRow("field") << QByteArray("/updates/histor") << QByteArray("updates.get")
                           << QByteArray("histor");
    QTest::newRow("fixed word as an id")
        << QByteArray("/containers/check/logs") << QByteArray("containers.logs") << QByteArray("check");
    QTest::newRow("encoded slash") << QByteArray("/containers/a%2Fb") << QByteArray("containers.get")
                                   << QByteArray("a/b");
    QTest::newRow("encoded letters") << QByteArray("/containers/%C3%A4") << QByteArray("containers.get")
                                     << QByteArray("\xc3\xa4");
    QTest::newRow("plus stays") << QByteArray("/containers/a+b") << QByteArray("containers.get")
                                << QByteArray("a+b");
    QTest::newRow("encoded fixed word")
        << QByteArray("/%63ontainers") << QByteArray("containers.list") << QByteArray();
}

void RouterTest::path_isMatched()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, operation);
    QFETCH(QByteArray, id);
    const auto match = m_router.match(path);
    QVERIFY(match);
    QVERIFY(match->find("GET"));
    QCOMPARE(std::string(match->find("GET")->info->name), operation.toStdString());
    QCOMPARE(match->fields.size(), id.isEmpty() ? 0U : 1U);
    if (!id.isEmpty()) {
        QCOMPARE(match->fields.at("id"), id.toStdString());
    }
}

void RouterTest::path_isUnknown_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {"", "/", "containers", "/containers/", "//containers", "/containers//start",
             "/containers/.", "/containers/..", "/containers/%2e%2e", "/containers/%0a", "/containers/%ff",
             "/containers/%c0%af", "/Containers", "/containers/a/b/c", "/users"}) {
        QTest::newRow(path) << QByteArray(path);
    }
}

void RouterTest::path_isUnknown()
{
    QFETCH(QByteArray, path);
    QVERIFY(!m_router.match(path));
}

void RouterTest::head_isAsGet()
{
    const auto match = m_router.match("/containers");
    QVERIFY(match);
    QCOMPARE(match->find("HEAD"), match->find("GET"));
    QVERIFY(!match->find("PATCH"));
}

void RouterTest::allow_namesTheMethods()
{
    QCOMPARE(m_router.match("/containers/a")->allow(), QByteArray("GET, HEAD, PUT, OPTIONS"));
    QCOMPARE(m_router.match("/auth/login")->allow(), QByteArray("POST, OPTIONS"));
}

QTEST_APPLESS_MAIN(RouterTest)
#include "tst_router.moc"
