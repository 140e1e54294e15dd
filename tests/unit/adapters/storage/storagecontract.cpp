#include "storagecontract.h"

#include "require.h"
#include "shown.h"

namespace dockerauto {

using namespace samples;
using core::ErrorCode;
using ports::UnitOfWork;

core::Result<> StorageContract::write(const ports::Storage::Work &work)
{
    return storage().write(work, context());
}

core::Result<> StorageContract::read(const ports::Storage::Work &work)
{
    return storage().read(work, context());
}

void StorageContract::addHost()
{
    REQUIRE_OK(write([](UnitOfWork &unit) { return unit.hosts().save(host()); }));
}

void StorageContract::addContainer(const ports::ContainerRecord &record)
{
    REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.containers().saveObserved(record); }));
}

core::Result<> StorageContract::saveUpdate(const ports::UpdateRecord &record)
{
    return write([&](UnitOfWork &unit) { return unit.updates().save(record); });
}

void StorageContract::init()
{
    m_storage = make();
    QVERIFY(m_storage);
}

void StorageContract::cleanup()
{
    m_storage.reset();
}

void StorageContract::hosts_giveBackWhatWasSaved_afterReplacement()
{
    ports::HostRecord changed = host();
    changed.engineId = QStringLiteral("OTHER");
    changed.name = QStringLiteral("Keller");
    addHost();
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY(unit.hosts().save(changed));
        return unit.hosts().save(host(QStringLiteral("host-0")));
    }));
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(found, unit.hosts().find(changed.id));
        [&] { QCOMPARE(shown(found), shown(changed)); }();
        DOCKERAUTO_TRY_ASSIGN(all, unit.hosts().all());
        [&] { QCOMPARE(all.size(), std::size_t(2)); }();
        return {};
    }));
}

void StorageContract::find_isNotFound_whenThereIsNoRow()
{
    REQUIRE_OK(read([](UnitOfWork &unit) -> core::Result<> {
        const QString none = QStringLiteral("none");
        [&] {
            REQUIRE_ERROR(unit.hosts().find(core::HostId(none)), ErrorCode::NotFound);
            REQUIRE_ERROR(unit.containers().find(core::ContainerId(none)), ErrorCode::NotFound);
            REQUIRE_ERROR(unit.updates().find(core::UpdateId(none)), ErrorCode::NotFound);
            REQUIRE_ERROR(unit.users().find(core::UserId(none)), ErrorCode::NotFound);
            REQUIRE_ERROR(unit.users().findByEmail(none), ErrorCode::NotFound);
            REQUIRE_ERROR(unit.sessions().find(core::SessionId(none)), ErrorCode::NotFound);
        }();
        return {};
    }));
}

void StorageContract::containers_giveBackWhatWasSaved()
{
    const auto full = container(QStringLiteral("c1"), QStringLiteral("web"));
    ports::ContainerRecord bare;
    bare.id = core::ContainerId(QStringLiteral("c2"));
    bare.host = full.host;
    bare.name = QStringLiteral("bare");
    addHost();
    addContainer(full);
    addContainer(bare);
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(foundFull, unit.containers().find(full.id));
        DOCKERAUTO_TRY_ASSIGN(foundBare, unit.containers().find(bare.id));
        DOCKERAUTO_TRY_ASSIGN(ofHost, unit.containers().ofHost(full.host));
        [&] {
            QCOMPARE(shown(foundFull), shown(full));
            QCOMPARE(shown(foundBare), shown(bare));
            QCOMPARE(ofHost.size(), std::size_t(2));
            QCOMPARE(ofHost[0].name, bare.name);
            QCOMPARE(ofHost[1].name, full.name);
        }();
        return {};
    }));
}

void StorageContract::containers_keepSettingsAndDecision_whenObservedAgain()
{
    const auto before = container(QStringLiteral("c1"), QStringLiteral("web"));
    auto seen = before;
    seen.name = QStringLiteral("web-renamed");
    seen.engineId = core::EngineContainerId(QStringLiteral("another"));
    seen.status = QStringLiteral("exited");
    seen.configuration = core::Json{{"project", "other"}};
    seen.policy = core::UpdatePolicy::Pinned;
    seen.strategy = core::UpdateStrategy::Recreate;
    seen.decision = {};
    seen.policySource = QStringLiteral("label x");
    seen.ownRules = core::Json::object();
    auto expected = seen;
    expected.policy = before.policy;
    expected.policySource = before.policySource;
    expected.ownRules = before.ownRules;
    expected.strategy = before.strategy;
    expected.decision = before.decision;
    addHost();
    addContainer(before);
    addContainer(seen);
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(found, unit.containers().find(before.id));
        [&] { QCOMPARE(shown(found), shown(expected)); }();
        return {};
    }));
}

void StorageContract::containers_areConflict_whenNameIsTakenOnTheHost()
{
    addHost();
    addContainer(container(QStringLiteral("c1"), QStringLiteral("web")));
    auto other = container(QStringLiteral("c2"), QStringLiteral("web"));
    REQUIRE_ERROR(
        write([&](UnitOfWork &unit) { return unit.containers().saveObserved(other); }), ErrorCode::Conflict);

    other.host = core::HostId(QStringLiteral("host-2"));
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY(unit.hosts().save(host(QStringLiteral("host-2"))));
        return unit.containers().saveObserved(other);
    }));
}

void StorageContract::containers_takeSettingsAndDecision()
{
    auto expected = container(QStringLiteral("c1"), QStringLiteral("web"));
    addHost();
    addContainer(expected);
    expected.policy = core::UpdatePolicy::Automatic;
    expected.strategy = core::UpdateStrategy::Recreate;
    expected.policySource = QStringLiteral("label docker-auto.policy");
    expected.ownRules = core::Json{{"level", "minor"}};
    expected.decision = {.decision = core::Decision::HeldBack,
        .reason = QStringLiteral("too young"),
        .possibleAt = std::nullopt,
        .checkedAt = at(99),
        .candidateTag = {},
        .candidateDigest = QStringLiteral("sha256:dd"),
        .bump = core::Bump::Build,
        .heldBy = std::nullopt,
        .detail = core::Json{{"rules", core::Json::array()}}};
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY(unit.containers().saveOwnRules(expected.id, expected.ownRules));
        DOCKERAUTO_TRY(unit.containers().saveResolved(
            expected.id, expected.policy, expected.strategy, expected.policySource));
        return unit.containers().saveDecision(expected.id, expected.decision);
    }));
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(found, unit.containers().find(expected.id));
        [&] { QCOMPARE(shown(found), shown(expected)); }();
        return {};
    }));
}

void StorageContract::containers_refuseSettings_whenMissing()
{
    const core::ContainerId none(QStringLiteral("none"));
    REQUIRE_ERROR(write([&](UnitOfWork &unit) {
        return unit.containers().saveResolved(
            none, core::UpdatePolicy::Manual, core::UpdateStrategy::Rolling, {});
    }),
        ErrorCode::NotFound);
    REQUIRE_ERROR(
        write([&](UnitOfWork &unit) { return unit.containers().saveOwnRules(none, core::Json::object()); }),
        ErrorCode::NotFound);
    REQUIRE_ERROR(write([&](UnitOfWork &unit) { return unit.containers().saveDecision(none, {}); }),
        ErrorCode::NotFound);
}

void StorageContract::containers_areGone_afterRemove()
{
    const auto record = container(QStringLiteral("c1"), QStringLiteral("web"));
    addHost();
    addContainer(record);
    REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.containers().remove(record.id); }));
    REQUIRE_ERROR(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY(unit.containers().find(record.id));
        return {};
    }),
        ErrorCode::NotFound);
}

void StorageContract::containers_arePaged_throughThousandRows()
{
    constexpr int rows = 1000;
    addHost();
    REQUIRE_OK(write([](UnitOfWork &unit) -> core::Result<> {
        for (int i = 0; i < rows; ++i) {
            // Saved in another order than that of their names.
            const int mixed = (i * 379) % rows;
            DOCKERAUTO_TRY(unit.containers().saveObserved(
                container(numbered("id-", rows - mixed), numbered("n-", mixed))));
        }
        return {};
    }));
    QStringList names;
    qint64 counted = 0;
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        std::optional<ports::PageKey> after;
        while (true) {
            DOCKERAUTO_TRY_ASSIGN(page, unit.containers().list({}, after, 64));
            if (page.empty()) {
                break;
            }
            for (const auto &row : page) {
                names << row.name;
            }
            after = ports::PageKey{page.back().name, page.back().id.text()};
        }
        DOCKERAUTO_TRY_ASSIGN(count, unit.containers().count({}));
        counted = count;
        return {};
    }));
    QStringList expected;
    for (int i = 0; i < rows; ++i) {
        expected << numbered("n-", i);
    }
    QCOMPARE(names, expected);
    QCOMPARE(counted, qint64(rows));
}

void StorageContract::containers_areFiltered_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("project");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("decision");
    QTest::addColumn<QStringList>("expected");
    const auto row = [&](const char *name, const char *search, const char *status, const char *project,
                         const char *host, const char *decision, const QStringList &expected) {
        QTest::newRow(name) << QString::fromUtf8(search) << QString::fromUtf8(status)
                            << QString::fromUtf8(project) << QString::fromUtf8(host)
                            << QString::fromUtf8(decision) << expected;
    };
    const QString web = QStringLiteral("Web_1"), db = QStringLiteral("db"), job = QStringLiteral("job-100%");
    row("everything", "", "", "", "", "", {web, db, job});
    row("part of a name in any case", "wEB", "", "", "", "", {web});
    row("part of an image", "POSTGRES", "", "", "", "", {db});
    row("part of a project", "accoun", "", "", "", "", {db});
    row("underscore is no wildcard", "b_1", "", "", "", "", {web});
    row("underscore alone", "_", "", "", "", "", {web});
    row("percent is no wildcard", "%", "", "", "", "", {job});
    row("backslash", "\\", "", "", "", "", {});
    row("quote", "'", "", "", "", "", {});
    row("across fields", "dbpostgres", "", "", "", "", {});
    row("status", "", "exited", "", "", "", {db});
    row("project", "", "", "shop", "", "", {web, job});
    row("project is not matched in part", "", "", "sho", "", "", {});
    row("host", "", "", "", "host-2", "", {job});
    row("decision", "", "", "", "", "up_to_date", {db});
    row("all together", "web", "running", "shop", "host-1", "update_available", {web});
    row("all together, none", "web", "exited", "shop", "host-1", "update_available", {});
}

void StorageContract::containers_areFiltered()
{
    QFETCH(QString, search);
    QFETCH(QString, status);
    QFETCH(QString, project);
    QFETCH(QString, host);
    QFETCH(QString, decision);
    QFETCH(QStringList, expected);
    auto web = container(QStringLiteral("c1"), QStringLiteral("Web_1"));
    auto db = container(QStringLiteral("c2"), QStringLiteral("db"));
    db.image = QStringLiteral("docker.io/library/postgres");
    db.status = QStringLiteral("exited");
    db.configuration =
        core::Json{{"project", "Accounting"}, {"labels", {{"com.docker.compose.project", "Accounting"}}}};
    db.decision.decision = core::Decision::UpToDate;
    auto job = container(QStringLiteral("c3"), QStringLiteral("job-100%"));
    job.host = core::HostId(QStringLiteral("host-2"));
    addHost();
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY(unit.hosts().save(samples::host(QStringLiteral("host-2"))));
        DOCKERAUTO_TRY(unit.containers().saveObserved(job));
        DOCKERAUTO_TRY(unit.containers().saveObserved(db));
        return unit.containers().saveObserved(web);
    }));
    ports::ContainerFilter filter{.search = search,
        .status = status,
        .project = project,
        .host = host.isEmpty() ? std::nullopt : std::optional(core::HostId(host)),
        .decision = core::fromQString<core::Decision>(decision)};
    QStringList names;
    qint64 counted = 0;
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(rows, unit.containers().list(filter, {}, 10));
        for (const auto &found : rows) {
            names << found.name;
        }
        DOCKERAUTO_TRY_ASSIGN(count, unit.containers().count(filter));
        counted = count;
        return {};
    }));
    QCOMPARE(names, expected);
    QCOMPARE(counted, qint64(expected.size()));
}

} // namespace dockerauto
