#include "storagecontract.h"

#include "require.h"
#include "shown.h"

// What is kept for going back: restore points, image configs, snapshots.

namespace dockerauto {

using namespace samples;
using core::UpdateStatus;
using ports::UnitOfWork;

core::Result<ports::UpdateRecord> StorageContract::foundUpdate(const QString &id)
{
    ports::UpdateRecord record;
    DOCKERAUTO_TRY(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(found, unit.updates().find(core::UpdateId(id)));
        record = found;
        return {};
    }));
    return record;
}

/// The newest.
core::Result<ports::UpdateRecord> StorageContract::listedUpdate()
{
    ports::UpdateRecord record;
    DOCKERAUTO_TRY(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(rows, unit.updates().list({}, {}, 1));
        if (!rows.empty()) {
            record = rows.front();
        }
        return {};
    }));
    return record;
}

QStringList StorageContract::listedUpdates(const ports::UpdateFilter &filter)
{
    QStringList ids;
    [&] {
        REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(rows, unit.updates().list(filter, {}, 100));
            for (const auto &row : rows) {
                ids << row.id.text();
            }
            return {};
        }));
    }();
    return ids;
}

void StorageContract::updates_areListed_whileWatched()
{
    const auto watchedIn = [this](ports::UpdateFilter filter) {
        filter.watching = true;
        return listedUpdates(filter);
    };
    const auto watched = [&](const QString &id, const char *container, const core::Json &observation) {
        auto record = update(id, QString::fromUtf8(container), UpdateStatus::Succeeded);
        record.observation = observation;
        return saveUpdate(record);
    };
    const core::Json watching{{"state", "watching"}, {"until", "2026-01-01T00:00:00.000Z"}};
    REQUIRE_OK(watched(QStringLiteral("u1"), "c1", watching));
    REQUIRE_OK(watched(QStringLiteral("u2"), "c2", watching));
    REQUIRE_OK(watched(QStringLiteral("u3"), "c2", core::Json{{"state", "regressed"}}));
    REQUIRE_OK(watched(QStringLiteral("u4"), "c1", nullptr));
    REQUIRE_OK(watched(QStringLiteral("u5"), "c1", QStringLiteral("watching")));
    QCOMPARE(watchedIn({}), (QStringList{QStringLiteral("u2"), QStringLiteral("u1")}));
    ports::UpdateFilter filter;
    filter.container = core::ContainerId(QStringLiteral("c1"));
    QCOMPARE(watchedIn(filter), QStringList(QStringLiteral("u1")));
    filter.state = ports::UpdateFilter::State::Unfinished;
    QCOMPARE(watchedIn(filter), QStringList());

    REQUIRE_OK(watched(QStringLiteral("u2"), "c2", core::Json{{"state", "passed"}}));
    QCOMPARE(watchedIn({}), QStringList(QStringLiteral("u1")));
}

void StorageContract::updates_areListed_withoutWhatIsLarge()
{
    auto record = update(QStringLiteral("u1"), QStringLiteral("c1"), UpdateStatus::Succeeded);
    REQUIRE_OK(saveUpdate(record));
    const auto listed = listedUpdate();
    REQUIRE_OK(listed);
    record.restorePoint = nullptr;
    record.lastWords = nullptr;
    QVERIFY(listed->hasRestorePoint);
    QCOMPARE(shown(*listed), shown(record));
}

void StorageContract::updates_loseNothing_whenSavedFromAList()
{
    auto record = update(QStringLiteral("u1"), QStringLiteral("c1"), UpdateStatus::Succeeded);
    REQUIRE_OK(saveUpdate(record));
    auto listed = listedUpdate();
    REQUIRE_OK(listed);
    listed->status = UpdateStatus::RolledBack;
    REQUIRE_OK(saveUpdate(*listed));
    record.status = UpdateStatus::RolledBack;
    const auto found = foundUpdate(record.id.text());
    REQUIRE_OK(found);
    QCOMPARE(shown(*found), shown(record));
}

void StorageContract::updates_loseTheirRestorePoint_whenItIsDone()
{
    auto record = update(QStringLiteral("u1"), QStringLiteral("c1"), UpdateStatus::Succeeded);
    REQUIRE_OK(saveUpdate(record));
    ports::UpdateFilter restorable;
    restorable.restorable = true;
    QCOMPARE(listedUpdates(restorable), QStringList(record.id.text()));
    record.restorePoint = nullptr;
    record.hasRestorePoint = false;
    REQUIRE_OK(saveUpdate(record));
    QCOMPARE(listedUpdates(restorable), QStringList());
    auto found = foundUpdate(record.id.text());
    REQUIRE_OK(found);
    QCOMPARE(shown(*found), shown(record));
    const auto listed = listedUpdate();
    REQUIRE_OK(listed);
    QVERIFY(!listed->hasRestorePoint);

    // One that is written down counts, whatever the flag says.
    record.restorePoint = core::Json{{"image", "i1"}};
    REQUIRE_OK(saveUpdate(record));
    found = foundUpdate(record.id.text());
    REQUIRE_OK(found);
    QVERIFY(found->hasRestorePoint);
    QVERIFY(found->restorePoint == record.restorePoint);
}

void StorageContract::imageConfigs_keepTheFirst()
{
    const auto first = imageConfig(QStringLiteral("i1"));
    auto second = first;
    second.image = core::Json{{"Id", "other"}};
    second.firstSeenAt = at(99);
    for (const auto &record : {first, second}) {
        REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.imageConfigs().save(record); }));
    }
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(found, unit.imageConfigs().find(first.imageId));
        DOCKERAUTO_TRY_ASSIGN(none, unit.imageConfigs().find(QStringLiteral("i2")));
        [&] {
            QVERIFY(found);
            QCOMPARE(shown(*found), shown(first));
            QVERIFY(!none);
        }();
        return {};
    }));
}

void StorageContract::imageConfigs_areMissing_onceEach()
{
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY(unit.imageConfigs().save(imageConfig(QStringLiteral("i1"))));
        return unit.imageConfigs().save(imageConfig(QStringLiteral("i2")));
    }));
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        const QString known = QStringLiteral("i2");
        const QString one = QStringLiteral("i4");
        const QString other = QStringLiteral("i3");
        DOCKERAUTO_TRY_ASSIGN(missing, unit.imageConfigs().missing({one, known, other, one}));
        DOCKERAUTO_TRY_ASSIGN(nothing, unit.imageConfigs().missing({}));
        [&] {
            QCOMPARE(missing, (std::vector<QString>{one, other}));
            QVERIFY(nothing.empty());
        }();
        return {};
    }));
}

void StorageContract::imageConfigs_stay_asLongAsSomethingNamesThem()
{
    addHost();
    addContainer(container(QStringLiteral("c1"), QStringLiteral("web")));
    REQUIRE_OK(saveUpdate(update(QStringLiteral("u1"), QStringLiteral("c1"), UpdateStatus::Succeeded)));
    const std::vector<QString> ids{
        QStringLiteral("sha256:bb"), QStringLiteral("i1"), QStringLiteral("i2"), QStringLiteral("unused")};
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        for (const QString &id : ids) {
            DOCKERAUTO_TRY(unit.imageConfigs().save(imageConfig(id)));
        }
        return unit.imageConfigs().removeUnused();
    }));
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(missing, unit.imageConfigs().missing(ids));
        [&] { QCOMPARE(missing, (std::vector<QString>{QStringLiteral("unused")})); }();
        return {};
    }));
}

/// Ids, by the update when the name begins with u, by the container otherwise.
QStringList StorageContract::snapshotsOf(const char *updateOrContainer)
{
    const QString id = QString::fromUtf8(updateOrContainer);
    QStringList ids;
    [&] {
        REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(rows, id.startsWith(u'u')
                                            ? unit.snapshots().ofUpdate(core::UpdateId(id))
                                            : unit.snapshots().ofContainer(core::ContainerId(id)));
            for (const auto &row : rows) {
                ids << row.id;
            }
            return {};
        }));
    }();
    return ids;
}

void StorageContract::snapshots_giveBackWhatWasSaved_inOrder()
{
    const auto first = snapshot(QStringLiteral("s9"), QStringLiteral("u1"));
    auto other = snapshot(QStringLiteral("s3"), QStringLiteral("u2"));
    other.method = core::SnapshotMethod::Zfs;
    auto last = snapshot(QStringLiteral("s1"), QStringLiteral("u1"));
    // The clock may go backwards; the order in which they were taken counts.
    last.createdAt = at(-5);
    for (const auto &record : {first, other, last, other}) {
        REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.snapshots().save(record); }));
    }
    QCOMPARE(snapshotsOf("u1"), (QStringList{first.id, last.id}));
    QCOMPARE(snapshotsOf("c1"), (QStringList{last.id, other.id, first.id}));
    QCOMPARE(snapshotsOf("c2"), QStringList());
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(rows, unit.snapshots().ofUpdate(core::UpdateId(QStringLiteral("u2"))));
        [&] {
            QCOMPARE(rows.size(), std::size_t(1));
            QCOMPARE(shown(rows.front()), shown(other));
        }();
        return {};
    }));
}

void StorageContract::snapshots_areGone_afterRemove()
{
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY(unit.snapshots().save(snapshot(QStringLiteral("s1"), QStringLiteral("u1"))));
        DOCKERAUTO_TRY(unit.snapshots().save(snapshot(QStringLiteral("s2"), QStringLiteral("u1"))));
        DOCKERAUTO_TRY(unit.snapshots().remove(QStringLiteral("s1")));
        // What is gone already is no error.
        return unit.snapshots().remove(QStringLiteral("s1"));
    }));
    QCOMPARE(snapshotsOf("u1"), QStringList(QStringLiteral("s2")));
}

} // namespace dockerauto
