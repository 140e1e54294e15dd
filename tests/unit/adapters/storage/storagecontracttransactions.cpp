#include "storagecontract.h"

#include "require.h"
#include "shown.h"

#include <atomic>
#include <thread>

namespace dockerauto {

using namespace samples;
using core::ErrorCode;
using ports::UnitOfWork;

void StorageContract::users_giveBackWhatWasSaved_byIdAndAddress()
{
    auto record = user(QStringLiteral("user-1"), QStringLiteral("a@example.org"));
    REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.users().save(record); }));
    record.email = QStringLiteral("b@example.org");
    record.role = core::Role::Viewer;
    record.disabled = false;
    REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.users().save(record); }));
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(byId, unit.users().find(record.id));
        DOCKERAUTO_TRY_ASSIGN(byEmail, unit.users().findByEmail(record.email));
        DOCKERAUTO_TRY_ASSIGN(count, unit.users().count());
        [&] {
            QCOMPARE(shown(byId), shown(record));
            QCOMPARE(shown(byEmail), shown(record));
            QCOMPARE(count, qint64(1));
        }();
        return {};
    }));
}

void StorageContract::users_areConflict_whenAddressIsTaken()
{
    const QString address = QStringLiteral("a@example.org");
    REQUIRE_OK(
        write([&](UnitOfWork &unit) { return unit.users().save(user(QStringLiteral("user-1"), address)); }));
    REQUIRE_ERROR(
        write([&](UnitOfWork &unit) { return unit.users().save(user(QStringLiteral("user-2"), address)); }),
        ErrorCode::Conflict);
}

void StorageContract::sessions_giveBackWhatWasSaved_untilExpired()
{
    const QString userId = QStringLiteral("user-1");
    auto record = session(QStringLiteral("s1"), userId);
    auto later = session(QStringLiteral("s2"), userId);
    later.expiresAt = at(1000);
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY(unit.users().save(user(userId, QStringLiteral("a@example.org"))));
        DOCKERAUTO_TRY(unit.sessions().save(record));
        record.previousRefreshHash = record.refreshHash;
        record.refreshHash = QByteArray("new");
        record.rotatedAt = at(35);
        record.revokedAt = std::nullopt;
        DOCKERAUTO_TRY(unit.sessions().save(record));
        return unit.sessions().save(later);
    }));
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(found, unit.sessions().find(record.id));
        [&] { QCOMPARE(shown(found), shown(record)); }();
        return {};
    }));
    REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.sessions().removeExpired(record.expiresAt); }));
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        [&] { REQUIRE_ERROR(unit.sessions().find(record.id), ErrorCode::NotFound); }();
        DOCKERAUTO_TRY(unit.sessions().find(later.id));
        return {};
    }));
}

void StorageContract::settings_giveBackWhatWasSet()
{
    const QString name = QStringLiteral("appearance");
    const core::Json value{{"theme", "dark"}, {"size", 12.5}, {"nothing", nullptr}};
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(found, unit.settings().get(name));
        [&] { QVERIFY(!found); }();
        return {};
    }));
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY(unit.settings().set(name, 1));
        return unit.settings().set(name, value);
    }));
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(found, unit.settings().get(name));
        [&] {
            QVERIFY(found);
            QVERIFY(*found == value);
        }();
        return {};
    }));
}

void StorageContract::audit_takesRecords()
{
    for (int i = 0; i < 3; ++i) {
        REQUIRE_OK(write([](UnitOfWork &unit) {
            return unit.audit().append({at(1), QStringLiteral("r1"), QStringLiteral("user-1"),
                QStringLiteral("::1"), QStringLiteral("updates.start"), QStringLiteral("c1"),
                QStringLiteral("intent"), core::Json{{"dry", false}}});
        }));
    }
}

void StorageContract::write_rollsBack_onError()
{
    const QString name = QStringLiteral("a");
    REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.settings().set(name, 1); }));
    const auto result = write([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY(unit.settings().set(name, 2));
        DOCKERAUTO_TRY(unit.hosts().save(host()));
        return core::fail(ErrorCode::RateLimited, QStringLiteral("no"));
    });
    REQUIRE_ERROR(result, ErrorCode::RateLimited);
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(value, unit.settings().get(name));
        DOCKERAUTO_TRY_ASSIGN(hosts, unit.hosts().all());
        [&] {
            QVERIFY(value && *value == 1);
            QVERIFY(hosts.empty());
        }();
        return {};
    }));
    REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.settings().set(name, 3); }));
}

void StorageContract::read_isConsistent_whileOthersWrite()
{
    const QString name = QStringLiteral("a");
    REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.settings().set(name, 1); }));
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(before, unit.settings().get(name));
        core::Result<> written;
        std::thread([&] {
            written = write([&](UnitOfWork &other) { return other.settings().set(name, 2); });
        }).join();
        DOCKERAUTO_TRY(written);
        DOCKERAUTO_TRY_ASSIGN(after, unit.settings().get(name));
        [&] { QVERIFY(before == after); }();
        return {};
    }));
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(value, unit.settings().get(name));
        [&] { QVERIFY(value && *value == 2); }();
        return {};
    }));
}

void StorageContract::call_isRefused_whenStoppedOrLate()
{
    std::atomic<int> called{0};
    const auto work = [&](UnitOfWork &) -> core::Result<> {
        ++called;
        return {};
    };
    std::stop_source stop;
    stop.request_stop();
    const core::CallContext stopped{core::Deadline::in(std::chrono::seconds(5)), stop.get_token()};
    const core::CallContext late{core::Deadline::in(std::chrono::milliseconds(-1)), {}};
    REQUIRE_ERROR(storage().write(work, stopped), ErrorCode::Cancelled);
    REQUIRE_ERROR(storage().read(work, stopped), ErrorCode::Cancelled);
    REQUIRE_ERROR(storage().write(work, late), ErrorCode::Timeout);
    REQUIRE_ERROR(storage().read(work, late), ErrorCode::Timeout);
    QCOMPARE(called.load(), 0);
}

void StorageContract::call_isRefused_whenNested()
{
    const auto nothing = [](UnitOfWork &) { return core::Result<>(); };
    REQUIRE_OK(write([&](UnitOfWork &) -> core::Result<> {
        [&] {
            REQUIRE_ERROR(write(nothing), ErrorCode::Internal);
            REQUIRE_ERROR(read(nothing), ErrorCode::Internal);
        }();
        return {};
    }));
}

void StorageContract::write_losesNothing_withManyThreads()
{
    constexpr int writers = 4;
    constexpr int rounds = 25;
    const QString name = QStringLiteral("counter");
    REQUIRE_OK(write([&](UnitOfWork &unit) { return unit.settings().set(name, 0); }));
    std::atomic<int> failures{0};
    std::atomic<int> running{writers};
    const auto valueOf = [&](UnitOfWork &unit) {
        const auto value = unit.settings().get(name);
        return value && *value ? (*value)->get<int>() : -1;
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < writers; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < rounds; ++round) {
                const auto added =
                    write([&](UnitOfWork &unit) { return unit.settings().set(name, valueOf(unit) + 1); });
                failures += added ? 0 : 1;
            }
            --running;
        });
    }
    for (int i = 0; i < 3; ++i) {
        threads.emplace_back([&] {
            int last = 0;
            while (running > 0) {
                const auto seen = read([&](UnitOfWork &unit) -> core::Result<> {
                    const int value = valueOf(unit);
                    failures += value < last ? 1 : 0;
                    last = value;
                    return {};
                });
                failures += seen ? 0 : 1;
            }
        });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    QCOMPARE(failures.load(), 0);
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        [&] { QCOMPARE(valueOf(unit), writers * rounds); }();
        return {};
    }));
}

} // namespace dockerauto
