#include "storagecontract.h"

#include "require.h"
#include "shown.h"

namespace dockerauto {

using namespace samples;
using core::ErrorCode;
using ports::UnitOfWork;

namespace {

const QString id1 = QStringLiteral("id-1");
const QString id2 = QStringLiteral("id-2");
const QString id3 = QStringLiteral("id-3");
const QString alpha = QStringLiteral("alpha");
const QString beta = QStringLiteral("Beta");

template <class Record>
QStringList shownAll(const std::vector<Record> &records)
{
    QStringList all;
    for (const Record &record : records) {
        all << shown(record);
    }
    return all;
}

} // namespace

/// What policies, schedules and windows promise alike. `full` has a value in every field, `bare` in none that
/// can be left out.
template <class Repository, class Record>
void StorageContract::keepsNamedRows(
    Repository &(UnitOfWork::*repository)(), const Record &full, const Record &bare)
{
    Record changed = bare;
    changed.id = full.id;
    changed.name = full.name;
    Record taken = bare;
    taken.id = id3;
    taken.name = full.name;
    const auto save = [&](const Record &record) {
        return write([&](UnitOfWork &unit) { return (unit.*repository)().save(record); });
    };
    const auto verify = [&](const std::vector<Record> &expected) {
        return read([&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(all, (unit.*repository)().all());
            [&] { QCOMPARE(shownAll(all), shownAll(expected)); }();
            for (const Record &record : expected) {
                DOCKERAUTO_TRY_ASSIGN(found, (unit.*repository)().find(record.id));
                [&] { QCOMPARE(shown(found), shown(record)); }();
            }
            return {};
        });
    };
    REQUIRE_OK(save(full));
    REQUIRE_OK(save(bare));
    // By their bytes: upper case comes first.
    REQUIRE_OK(verify({bare, full}));

    REQUIRE_OK(save(changed));
    REQUIRE_OK(verify({bare, changed}));

    const auto refused = save(taken);
    REQUIRE_ERROR(refused, ErrorCode::Conflict);
    QVERIFY2(refused.error().text().contains(full.name), qPrintable(refused.error().text()));
    REQUIRE_OK(verify({bare, changed}));

    const auto remove = [&](const QString &id) {
        return write([&](UnitOfWork &unit) { return (unit.*repository)().remove(id); });
    };
    REQUIRE_OK(remove(full.id));
    REQUIRE_OK(verify({bare}));
    REQUIRE_ERROR(remove(full.id), ErrorCode::NotFound);
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        [&] { REQUIRE_ERROR((unit.*repository)().find(full.id), ErrorCode::NotFound); }();
        return {};
    }));
    // The name is free again.
    REQUIRE_OK(save(taken));
}

void StorageContract::policies_areKept_underNamesOfTheirOwn()
{
    ports::PolicyRecord bare;
    bare.id = id2;
    bare.name = beta;
    bare.rules = core::Json::object();
    keepsNamedRows(&UnitOfWork::policies, policy(id1, alpha), bare);
}

void StorageContract::schedules_areKept_underNamesOfTheirOwn()
{
    ports::ScheduleRecord bare;
    bare.id = id2;
    bare.name = beta;
    keepsNamedRows(&UnitOfWork::schedules, schedule(id1, alpha), bare);
}

void StorageContract::windows_areKept_underNamesOfTheirOwn()
{
    ports::WindowRecord bare;
    bare.id = id2;
    bare.name = beta;
    bare.times = core::Json::object();
    keepsNamedRows(&UnitOfWork::windows, window(id1, alpha), bare);
}

void StorageContract::words_comeBack_ofEveryKind()
{
    const auto each = [](const auto &names, auto work) -> core::Result<> {
        for (const auto &[value, word] : names) {
            DOCKERAUTO_TRY(work(value));
        }
        return {};
    };
    const auto same = [](const auto &found, const auto &saved) -> core::Result<> {
        [&] { QCOMPARE(shown(found), shown(saved)); }();
        return {};
    };
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        auto rules = policy(id1, alpha);
        DOCKERAUTO_TRY(each(core::EnumText<core::ScopeKind>::names, [&](auto word) -> core::Result<> {
            rules.scope = word;
            DOCKERAUTO_TRY(unit.policies().save(rules));
            DOCKERAUTO_TRY_ASSIGN(found, unit.policies().find(rules.id));
            return same(found, rules);
        }));
        auto plan = schedule(id1, alpha);
        DOCKERAUTO_TRY(each(core::EnumText<core::ScheduleAction>::names, [&](auto word) -> core::Result<> {
            plan.action = word;
            DOCKERAUTO_TRY(unit.schedules().save(plan));
            DOCKERAUTO_TRY_ASSIGN(found, unit.schedules().find(plan.id));
            return same(found, plan);
        }));
        return each(core::EnumText<core::MissedRuns>::names, [&](auto word) -> core::Result<> {
            plan.missed = word;
            DOCKERAUTO_TRY(unit.schedules().save(plan));
            DOCKERAUTO_TRY_ASSIGN(found, unit.schedules().find(plan.id));
            return same(found, plan);
        });
    }));
}

void StorageContract::registries_giveBackWhatWasSaved_sortedByName()
{
    const auto full = registry(QStringLiteral("example.com:5000"));
    ports::RegistryRecord bare;
    bare.registry = QStringLiteral("docker.io");
    auto changed = full;
    changed.username.clear();
    changed.sealedSecret.clear();
    changed.options = core::Json::object();
    const auto verify = [&](const std::vector<ports::RegistryRecord> &expected) {
        return read([&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(all, unit.registries().all());
            DOCKERAUTO_TRY_ASSIGN(found, unit.registries().find(expected.back().registry));
            [&] {
                QCOMPARE(shownAll(all), shownAll(expected));
                QCOMPARE(shown(found), shown(expected.back()));
            }();
            return {};
        });
    };
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY(unit.registries().save(full));
        return unit.registries().save(bare);
    }));
    REQUIRE_OK(verify({bare, full}));
    REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.registries().save(changed); }));
    REQUIRE_OK(verify({bare, changed}));

    const auto remove = [&] {
        return write([&](UnitOfWork &unit) { return unit.registries().remove(full.registry); });
    };
    REQUIRE_OK(remove());
    REQUIRE_OK(verify({bare}));
    REQUIRE_ERROR(remove(), ErrorCode::NotFound);
}

void StorageContract::webhooks_areFound_byTheirToken()
{
    const QByteArray secret("\x00\xfe\x01", 3);
    const auto second = webhook(id1, alpha, secret);
    auto first = webhook(id2, alpha, QByteArray("\x00", 1));
    first.id = QStringLiteral("id-0");
    first.lastUsedAt = std::nullopt;
    auto used = first;
    used.lastUsedAt = at(500);
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY(unit.webhooks().save(second));
        DOCKERAUTO_TRY(unit.webhooks().save(first));
        DOCKERAUTO_TRY_ASSIGN(all, unit.webhooks().all());
        // By name, then id.
        [&] { QCOMPARE(shownAll(all), shownAll<ports::WebhookRecord>({first, second})); }();
        return unit.webhooks().save(used);
    }));
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(foundFirst, unit.webhooks().findByTokenHash(used.tokenHash));
        DOCKERAUTO_TRY_ASSIGN(foundSecond, unit.webhooks().findByTokenHash(secret));
        [&] {
            QCOMPARE(shown(foundFirst), shown(used));
            QCOMPARE(shown(foundSecond), shown(second));
            REQUIRE_ERROR(unit.webhooks().findByTokenHash(secret.left(2)), ErrorCode::NotFound);
        }();
        return {};
    }));
    REQUIRE_ERROR(write([&](UnitOfWork &unit) { return unit.webhooks().save(webhook(id3, beta, secret)); }),
        ErrorCode::Conflict);

    const auto remove = [&] { return write([&](UnitOfWork &unit) { return unit.webhooks().remove(id1); }); };
    REQUIRE_OK(remove());
    REQUIRE_ERROR(remove(), ErrorCode::NotFound);
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        [&] { REQUIRE_ERROR(unit.webhooks().findByTokenHash(secret), ErrorCode::NotFound); }();
        return {};
    }));
}

void StorageContract::sightings_keepTheEarliest_andLearnOfPublishing()
{
    auto early = sighting(at(100));
    auto late = sighting(at(200));
    late.publishedAt = at(5);
    auto expected = early;
    expected.publishedAt = late.publishedAt;
    auto other = sighting(at(300));
    other.tag = QStringLiteral("1.27");
    const auto find = [](UnitOfWork &unit, const ports::SightingRecord &row) {
        return unit.candidates().sighting(row.repository, row.tag, row.digest);
    };
    // Whichever comes first, and once more without what is known already.
    for (const auto &order : {std::vector{early, late, early}, std::vector{late, early, late}}) {
        cleanup();
        init();
        REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(none, find(unit, early));
            [&] { QVERIFY(!none); }();
            for (const auto &row : order) {
                DOCKERAUTO_TRY(unit.candidates().saveSighting(row));
            }
            return unit.candidates().saveSighting(other);
        }));
        REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, find(unit, early));
            DOCKERAUTO_TRY_ASSIGN(foundOther, find(unit, other));
            [&] {
                QVERIFY(found && foundOther);
                QCOMPARE(shown(*found), shown(expected));
                QCOMPARE(shown(*foundOther), shown(other));
            }();
            return {};
        }));
    }
}

QStringList StorageContract::holdsOf(const QString &containerId)
{
    QStringList all;
    const auto done = read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(found, unit.candidates().holds(core::ContainerId(containerId)));
        all = shownAll(found);
        return {};
    });
    return done ? all : QStringList{done.error().text()};
}

void StorageContract::holds_areReplaced_byKindTagAndDigest()
{
    const auto skipped = hold(id1, core::Hold::Skipped, QStringLiteral("1.26"));
    auto snoozed = hold(id1, core::Hold::Snoozed, {});
    snoozed.digest.clear();
    auto again = snoozed;
    again.until = std::nullopt;
    again.reason = QStringLiteral("longer");
    again.createdBy = QStringLiteral("user-2");
    again.createdAt = at(95);
    auto otherTag = skipped;
    otherTag.tag = QStringLiteral("1.27");
    auto otherDigest = skipped;
    otherDigest.digest = QStringLiteral("sha256:dd");
    const auto others = hold(id2, core::Hold::Skipped, QStringLiteral("1.26"));
    addHost();
    addContainer(container(id1, alpha));
    addContainer(container(id2, beta));
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        for (const auto &row : {snoozed, otherDigest, skipped, otherTag, others, again}) {
            DOCKERAUTO_TRY(unit.candidates().saveHold(row));
        }
        return {};
    }));
    QCOMPARE(holdsOf(id1), shownAll<ports::HoldRecord>({skipped, otherDigest, otherTag, again}));
    QCOMPARE(holdsOf(id2), shownAll<ports::HoldRecord>({others}));
    QCOMPARE(holdsOf(id3), QStringList());

    const auto orphan = hold(id3, core::Hold::Skipped, {});
    REQUIRE_ERROR(
        write([&](UnitOfWork &unit) { return unit.candidates().saveHold(orphan); }), ErrorCode::NotFound);
}

void StorageContract::holds_areRemoved_byKind()
{
    const auto skipped = hold(id1, core::Hold::Skipped, QStringLiteral("1.26"));
    const auto snoozed = hold(id1, core::Hold::Snoozed, {});
    const auto tried = hold(id1, core::Hold::Quarantine, QStringLiteral("1.26"));
    const auto others = hold(id2, core::Hold::Skipped, QStringLiteral("1.26"));
    addHost();
    addContainer(container(id1, alpha));
    addContainer(container(id2, beta));
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        for (const auto &row : {skipped, snoozed, tried, others}) {
            DOCKERAUTO_TRY(unit.candidates().saveHold(row));
        }
        return {};
    }));
    const auto remove = [&](const std::vector<core::Hold> &kinds) {
        return write(
            [&](UnitOfWork &unit) { return unit.candidates().removeHolds(core::ContainerId(id1), kinds); });
    };
    REQUIRE_OK(remove({}));
    REQUIRE_OK(remove({core::Hold::Window}));
    QCOMPARE(holdsOf(id1), shownAll<ports::HoldRecord>({tried, skipped, snoozed}));
    REQUIRE_OK(remove({core::Hold::Skipped, core::Hold::Quarantine}));
    QCOMPARE(holdsOf(id1), shownAll<ports::HoldRecord>({snoozed}));
    QCOMPARE(holdsOf(id2), shownAll<ports::HoldRecord>({others}));
}

void StorageContract::holds_liveAsLongAsTheirContainer()
{
    const auto record = container(id1, alpha);
    const auto skipped = hold(id1, core::Hold::Skipped, QStringLiteral("1.26"));
    addHost();
    addContainer(record);
    REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.candidates().saveHold(skipped); }));
    // An observation changes the row; it does not make another one.
    addContainer(record);
    REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.hosts().save(host()); }));
    QCOMPARE(holdsOf(id1), shownAll<ports::HoldRecord>({skipped}));

    REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.containers().remove(record.id); }));
    addContainer(record);
    QCOMPARE(holdsOf(id1), QStringList());
}

} // namespace dockerauto
