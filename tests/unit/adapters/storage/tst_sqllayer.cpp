#include "require.h"
#include "shown.h"

#include "repositories/sqlcontainers.h"
#include "repositories/sqlhosts.h"
#include "repositories/sqlupdates.h"
#include "sql/migrations.h"
#include "sql/rowreader.h"
#include "sql/sqltext.h"
#include "sql/sqlworkers.h"
#include "sqlite/sqliteconnection.h"

#include <storage/sqlitestorage.h>

#include <QTemporaryDir>

#include <array>

namespace dockerauto::storage {

using namespace samples;
using core::ErrorCode;

class TestSqlLayer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void values_comeBackAsTheyWere();
    void reader_isCorrupt_onUnexpectedValue();
    void like_escapesItsWildcards();

    void migrations_areNumberedFromOne();
    void migrations_areAppliedOnce();
    void migration_leavesNothing_whenItFails();
    void migration_isRefused_whenChangedAfterwards();
    void migration_keepsSettings_ofTheFirstTables();
    void migration_keepsHistory_ofTheSecondTables();

    void containerList_usesIndex_data();
    void containerList_usesIndex();
    void updateList_usesIndex_data();
    void updateList_usesIndex();
    void lookup_usesIndex_data();
    void lookup_usesIndex();

private:
    [[nodiscard]] SqlSession sql() const { return {*m_connection, m_context}; }
    /// The plan of SQLite, a line a step.
    QString planOf(const SqlQuery &query);
    void verifyPaged(const SqlQuery &query);

    const core::CallContext m_context = context(std::chrono::minutes(1));
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SqliteConnection> m_connection;
};

void TestSqlLayer::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    SqliteConnection::Settings settings;
    settings.path = m_folder->filePath(QStringLiteral("test.db"));
    auto opened = SqliteConnection::open(settings);
    QVERIFY(opened);
    m_connection = *std::move(opened);
}

void TestSqlLayer::cleanup()
{
    m_connection.reset();
}

void TestSqlLayer::values_comeBackAsTheyWere()
{
    const SqlParams values{SqlValue(), std::numeric_limits<qint64>::min(), 2.5, QString(),
        QStringLiteral("ü\n'\"?"), QByteArray(), QByteArray("\x00\xff", 2)};
    QVERIFY(sql().execute(QStringLiteral("CREATE TABLE v (a, b, c, d, e, f, g, h)")));
    SqlParams params = values;
    params.emplace_back(at(7));
    QVERIFY(sql().execute(QStringLiteral("INSERT INTO v VALUES (?, ?, ?, ?, ?, ?, ?, ?)"), params));
    const auto rows = sql().query(QStringLiteral("SELECT * FROM v"));
    QVERIFY(rows);
    QCOMPARE(rows->size(), std::size_t(1));
    SqlRow row = rows->front();
    const SqlValue time = row.back();
    row.pop_back();
    QVERIFY(row == values);
    QVERIFY(RowReader(SqlRow{time}, "a test").time() == at(7));
}

void TestSqlLayer::reader_isCorrupt_onUnexpectedValue()
{
    const auto codeOf = [](const SqlRow &row, auto read) {
        RowReader reader(row, "a test");
        read(reader);
        const auto result = reader.finish(0);
        return result ? std::optional<ErrorCode>() : result.error().code;
    };
    const SqlValue text = QStringLiteral("text");
    QCOMPARE(codeOf({text}, [](RowReader &row) { row.text(); }), std::optional<ErrorCode>());
    QCOMPARE(codeOf({text}, [](RowReader &row) { row.integer(); }), ErrorCode::Corrupt);
    QCOMPARE(codeOf({text}, [](RowReader &row) { row.time(); }), ErrorCode::Corrupt);
    QCOMPARE(codeOf({text}, [](RowReader &row) { row.json(); }), ErrorCode::Corrupt);
    QCOMPARE(codeOf({text}, [](RowReader &row) { row.word<core::Role>(); }), ErrorCode::Corrupt);
    QCOMPARE(codeOf({SqlValue()}, [](RowReader &row) { row.text(); }), ErrorCode::Corrupt);
    QCOMPARE(codeOf({}, [](RowReader &row) { row.text(); }), ErrorCode::Corrupt);
}

void TestSqlLayer::like_escapesItsWildcards()
{
    QCOMPARE(likeContaining(QStringLiteral("A_b%c\\d")), QStringLiteral("%a\\_b\\%c\\\\d%"));
}

void TestSqlLayer::migrations_areNumberedFromOne()
{
    int expected = 0;
    for (const Migration &migration : embeddedMigrations()) {
        QCOMPARE(migration.version, ++expected);
    }
    QVERIFY(expected > 0);
}

void TestSqlLayer::migrations_areAppliedOnce()
{
    QVERIFY(migrate(*m_connection, embeddedMigrations(), m_context));
    QVERIFY(migrate(*m_connection, embeddedMigrations(), m_context));
    const auto rows = sql().query(QStringLiteral("SELECT count(*) FROM schema_migrations"));
    QVERIFY(rows);
    QVERIFY(rows->front().front() == SqlValue(static_cast<qint64>(embeddedMigrations().size())));
}

void TestSqlLayer::migration_leavesNothing_whenItFails()
{
    const std::array broken{Migration{1, "0001_good", "CREATE TABLE good (a {{timestamp}});\n"},
        Migration{2, "0002_bad",
            "-- A comment; it ends nothing\nCREATE TABLE half (a);\nCREATE TABLE good (a);\n"}};
    const auto failed = migrate(*m_connection, broken, m_context);
    QVERIFY(!failed);
    QVERIFY2(failed.error().text().contains(QStringLiteral("schema 2")), qPrintable(failed.error().text()));
    const auto tables = sql().query(
        QStringLiteral("SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('good', 'half')"));
    QVERIFY(tables);
    QCOMPARE(tables->size(), std::size_t(1));

    const std::array repaired{broken[0], Migration{2, "0002_bad", "CREATE TABLE half (a);\n"}};
    QVERIFY(migrate(*m_connection, repaired, m_context));
}

void TestSqlLayer::migration_isRefused_whenChangedAfterwards()
{
    const std::array before{Migration{1, "0001_a", "CREATE TABLE a (a);\n"}};
    const std::array changed{Migration{1, "0001_a", "CREATE TABLE a (b);\n"}};
    QVERIFY(migrate(*m_connection, before, m_context));
    const auto refused = migrate(*m_connection, changed, m_context);
    REQUIRE_ERROR(refused, ErrorCode::Corrupt);
    const auto older = migrate(*m_connection, std::span<const Migration>(), m_context);
    REQUIRE_ERROR(older, ErrorCode::Unsupported);
}

void TestSqlLayer::migration_keepsSettings_ofTheFirstTables()
{
    const auto all = embeddedMigrations();
    QVERIFY(migrate(*m_connection, all.first(1), m_context));
    SqlHosts hosts(sql());
    REQUIRE_OK(hosts.save(host()));
    const auto add = [&](const char *id, const char *policy, const char *strategy) {
        return sql().execute(
            QStringLiteral("INSERT INTO containers (id, host_id, engine_id, name, image, digest, image_id, "
                           "health, update_policy, strategy, configuration, project, search_text, "
                           "decision_reason, candidate_tag, candidate_digest, created_by, created_at, "
                           "updated_at) VALUES (?, 'host-1', 'e', ?, 'nginx', 'd', 'i', '', ?, ?, '{}', "
                           "'shop', 'web', 'none', '', '', 'user-1', 1, 2)"),
            {QString::fromUtf8(id), QString::fromUtf8(id), QString::fromUtf8(policy),
                QString::fromUtf8(strategy)});
    };
    REQUIRE_OK(add("default", "manual", "rolling"));
    REQUIRE_OK(add("both", "pinned", "blue-green"));
    REQUIRE_OK(add("policy", "automatic", "rolling"));
    REQUIRE_OK(add("strategy", "manual", "recreate"));
    // Let go of the file, for the whole program to open it.
    m_connection.reset();

    const auto storage = SqliteStorage::open(m_folder->filePath(QStringLiteral("test.db")));
    REQUIRE_OK(storage);
    REQUIRE_OK((*storage)->write(
        [&](ports::UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(rows, unit.containers().list({}, {}, 10));
            QStringList seen;
            for (const auto &row : rows) {
                seen << QStringList{row.id.text(), core::toQString(row.policy), core::toQString(row.strategy),
                    row.policySource, QString::fromStdString(core::writeJson(row.ownRules))}
                            .join(u' ');
                [&] {
                    QVERIFY(!row.decision.heldBy);
                    QVERIFY(row.decision.detail == core::Json::object());
                }();
            }
            [&] {
                QCOMPARE(
                    seen, (QStringList{QStringLiteral("both pinned blue-green this container "
                                                      R"({"strategy":"blue-green","updatePolicy":"pinned"})"),
                              QStringLiteral("default manual rolling  {}"),
                              QStringLiteral("policy automatic rolling this container "
                                             R"({"strategy":"rolling","updatePolicy":"automatic"})"),
                              QStringLiteral("strategy manual recreate this container "
                                             R"({"strategy":"recreate","updatePolicy":"manual"})")}));
            }();
            // The new tables are there.
            return unit.candidates().saveHold(hold(QStringLiteral("both"), core::Hold::Skipped, {}));
        },
        m_context));
}

void TestSqlLayer::migration_keepsHistory_ofTheSecondTables()
{
    const auto all = embeddedMigrations();
    REQUIRE_OK(migrate(*m_connection, all.first(2), m_context));
    REQUIRE_OK(sql().execute(QStringLiteral(
        "INSERT INTO update_history (id, container_id, container_name, host_id, status, strategy, old_image, "
        "old_tag, old_digest, old_image_id, new_image, new_tag, new_digest, new_image_id, requested_by, "
        "approved_by, error, proof, created_at, started_at) VALUES ('u1', 'c1', 'web', 'host-1', 'running', "
        "'canary', 'nginx', '1', 'sha256:1', 'i1', 'caddy', '2', 'sha256:2', 'i2', 'user-1', 'user-2', "
        "'none', '{\"fields\":81}', 1700000000010, 1700000000011)")));
    REQUIRE_OK(sql().execute(QStringLiteral(
        "INSERT INTO update_journal VALUES ('u1', 1, 'create', 'intent', '{\"name\":\"web\"}', 5)")));
    // Let go of the file, for the whole program to open it.
    m_connection.reset();

    const auto storage = SqliteStorage::open(m_folder->filePath(QStringLiteral("test.db")));
    REQUIRE_OK(storage);
    auto expected = update(QStringLiteral("u1"), QStringLiteral("c1"), core::UpdateStatus::Running);
    expected.kind = core::UpdateKind::Update;
    expected.rollbackOf = core::UpdateId();
    expected.rolledBackBy = core::UpdateId();
    expected.planHash.clear();
    expected.care = core::Json::object();
    expected.restorePoint = nullptr;
    expected.hasRestorePoint = false;
    expected.observation = nullptr;
    expected.lastWords = nullptr;
    ports::UpdateFilter watching;
    watching.watching = true;
    REQUIRE_OK((*storage)->write(
        [&](ports::UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, unit.updates().find(expected.id));
            DOCKERAUTO_TRY_ASSIGN(journal, unit.updates().journal(expected.id));
            DOCKERAUTO_TRY_ASSIGN(watched, unit.updates().list(watching, {}, 10));
            [&] {
                QCOMPARE(shown(found), shown(expected));
                QCOMPARE(journal.size(), std::size_t(1));
                QVERIFY(watched.empty());
            }();
            // It can be gone on with, and the new tables are there.
            found.restorePoint = core::Json{{"image", "i1"}};
            DOCKERAUTO_TRY(unit.updates().save(found));
            DOCKERAUTO_TRY(unit.imageConfigs().save(imageConfig(QStringLiteral("i1"))));
            return unit.snapshots().save(snapshot(QStringLiteral("s1"), QStringLiteral("u1")));
        },
        m_context));
}

QString TestSqlLayer::planOf(const SqlQuery &query)
{
    const auto rows = sql().query(QStringLiteral("EXPLAIN QUERY PLAN ") + query.sql, query.params);
    QStringList steps;
    if (rows) {
        for (const SqlRow &row : *rows) {
            steps << std::get<QString>(row.back());
        }
    }
    return steps.join(u'\n');
}

/// Rows must come in the order of an index, so that a page costs as much as it is long: no sort, and no walk
/// through the table itself. A walk along an index in its order is what a first page without a filter is.
void TestSqlLayer::verifyPaged(const SqlQuery &query)
{
    const QString plan = planOf(query);
    QVERIFY(!plan.isEmpty());
    QVERIFY2(!plan.contains(QStringLiteral("TEMP B-TREE")), qPrintable(plan));
    for (const QString &step : plan.split(u'\n')) {
        QVERIFY2(step.contains(QStringLiteral(" USING ")) && step.contains(QStringLiteral("INDEX ")),
            qPrintable(plan));
        const bool isFiltered = query.sql.contains(QStringLiteral("WHERE"));
        const bool isSearch = query.sql.contains(QStringLiteral("LIKE"));
        QVERIFY2(step.startsWith(QStringLiteral("SEARCH")) || !isFiltered || isSearch, qPrintable(plan));
    }
}

void TestSqlLayer::containerList_usesIndex_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<bool>("following");
    for (const char *field : {"none", "search", "status", "project", "host", "decision", "all"}) {
        for (const bool following : {false, true}) {
            QTest::addRow("%s, %s page", field, following ? "next" : "first")
                << QString::fromUtf8(field) << following;
        }
    }
}

void TestSqlLayer::containerList_usesIndex()
{
    QFETCH(QString, field);
    QFETCH(bool, following);
    QVERIFY(migrate(*m_connection, embeddedMigrations(), m_context));
    const auto wanted = [&](const char *name) {
        return field == QString::fromUtf8(name) || field == QStringLiteral("all");
    };
    const QString x = QStringLiteral("x");
    ports::ContainerFilter filter;
    filter.search = wanted("search") ? x : QString();
    filter.status = wanted("status") ? x : QString();
    filter.project = wanted("project") ? x : QString();
    if (wanted("host")) {
        filter.host = core::HostId(x);
    }
    if (wanted("decision")) {
        filter.decision = core::Decision::UpToDate;
    }
    verifyPaged(
        SqlContainers::listQuery(filter, following ? std::optional(ports::PageKey{x, x}) : std::nullopt, 50));
}

void TestSqlLayer::updateList_usesIndex_data()
{
    containerList_usesIndex_data();
    QTest::newRow("unfinished, first page") << QStringLiteral("state") << false;
    QTest::newRow("unfinished, next page") << QStringLiteral("state") << true;
    QTest::newRow("container, first page") << QStringLiteral("container") << false;
    QTest::newRow("container, next page") << QStringLiteral("container") << true;
    QTest::newRow("watched, first page") << QStringLiteral("watching") << false;
    QTest::newRow("watched, next page") << QStringLiteral("watching") << true;
    QTest::newRow("restorable, first page") << QStringLiteral("restorable") << false;
    QTest::newRow("restorable, next page") << QStringLiteral("restorable") << true;
}

void TestSqlLayer::updateList_usesIndex()
{
    QFETCH(QString, field);
    QFETCH(bool, following);
    QVERIFY(migrate(*m_connection, embeddedMigrations(), m_context));
    const auto wanted = [&](const char *name) {
        return field == QString::fromUtf8(name) || field == QStringLiteral("all");
    };
    ports::UpdateFilter filter;
    if (wanted("state")) {
        filter.state = ports::UpdateFilter::State::Unfinished;
    }
    if (wanted("status")) {
        filter.status = core::UpdateStatus::Running;
    }
    filter.watching = wanted("watching");
    filter.restorable = wanted("restorable");
    if (wanted("container")) {
        filter.container = core::ContainerId(QStringLiteral("x"));
    }
    const auto query = SqlUpdates::listQuery(filter,
        following ? std::optional(ports::PageKey{core::toRfc3339(at(1)), QStringLiteral("x")}) : std::nullopt,
        50);
    QVERIFY(query);
    verifyPaged(*query);
}

void TestSqlLayer::lookup_usesIndex_data()
{
    QTest::addColumn<QString>("statement");
    for (const char *statement : {"SELECT * FROM update_steps WHERE update_id = ? ORDER BY position",
             "SELECT * FROM update_log WHERE update_id = ? ORDER BY update_log.id",
             "SELECT * FROM update_journal WHERE update_id = ? ORDER BY position",
             "SELECT * FROM containers WHERE host_id = ? ORDER BY name, id",
             "SELECT * FROM users WHERE email = ?", "SELECT * FROM settings WHERE name = ?",
             "DELETE FROM sessions WHERE expires_at <= ?", "SELECT * FROM policies ORDER BY name, id",
             "SELECT * FROM schedules ORDER BY name, id", "SELECT * FROM windows ORDER BY name, id",
             "SELECT * FROM registries ORDER BY registry", "SELECT * FROM webhooks ORDER BY name, id",
             "SELECT * FROM webhooks WHERE token_hash = ?",
             "SELECT * FROM sightings WHERE repository = ? AND tag = ? AND digest = ?",
             "DELETE FROM sightings WHERE first_seen_at < ?",
             "SELECT * FROM holds WHERE container_id = ? ORDER BY kind, tag, digest",
             "DELETE FROM holds WHERE container_id = ? AND kind = ?",
             "SELECT * FROM update_restore_points WHERE update_id = ?",
             "SELECT * FROM update_last_words WHERE update_id = ?",
             "SELECT * FROM image_configs WHERE image_id = ?", "SELECT image_id FROM image_configs",
             "SELECT * FROM snapshots WHERE update_id = ? ORDER BY position",
             "SELECT * FROM snapshots WHERE container_id = ? ORDER BY position DESC",
             "DELETE FROM snapshots WHERE id = ?"}) {
        QTest::newRow(statement) << QString::fromUtf8(statement);
    }
}

void TestSqlLayer::lookup_usesIndex()
{
    QFETCH(QString, statement);
    QVERIFY(migrate(*m_connection, embeddedMigrations(), m_context));
    verifyPaged({statement, SqlParams(static_cast<std::size_t>(statement.count(u'?')), SqlValue(qint64{1}))});
}

} // namespace dockerauto::storage

QTEST_GUILESS_MAIN(dockerauto::storage::TestSqlLayer)
#include "tst_sqllayer.moc"
