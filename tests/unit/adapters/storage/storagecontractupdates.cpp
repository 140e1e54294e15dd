#include "storagecontract.h"

#include "require.h"
#include "shown.h"

namespace dockerauto {

using namespace samples;
using core::ErrorCode;
using core::UpdateStatus;
using ports::UnitOfWork;

void StorageContract::updates_giveBackWhatWasSaved_afterReplacement()
{
    const auto first = update(QStringLiteral("u1"), QStringLiteral("c1"), UpdateStatus::Running);
    auto last = first;
    last.status = UpdateStatus::RolledBack;
    last.error = QStringLiteral("It never became healthy");
    last.completedAt = at(12);
    last.proof = nullptr;
    for (const auto &record : {first, last}) {
        REQUIRE_OK(saveUpdate(record));
        REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(found, unit.updates().find(record.id));
            [&] { QCOMPARE(shown(found), shown(record)); }();
            return {};
        }));
    }
}

void StorageContract::updates_areConflict_whenOneIsUnfinished_data()
{
    QTest::addColumn<UpdateStatus>("status");
    for (const auto &[status, name] : core::EnumText<UpdateStatus>::names) {
        QTest::newRow(name.data()) << status;
    }
}

void StorageContract::updates_areConflict_whenOneIsUnfinished()
{
    QFETCH(UpdateStatus, status);
    const QString one = QStringLiteral("c1");
    REQUIRE_OK(saveUpdate(update(QStringLiteral("u1"), one, status)));
    const auto second = saveUpdate(update(QStringLiteral("u2"), one, UpdateStatus::Pending));
    QCOMPARE(second.has_value(), core::isFinal(status));
    if (!second) {
        QCOMPARE(second.error().code, ErrorCode::Conflict);
    }
    REQUIRE_OK(saveUpdate(update(QStringLiteral("u3"), QStringLiteral("c2"), UpdateStatus::Pending)));
    REQUIRE_OK(saveUpdate(update(QStringLiteral("u4"), one, UpdateStatus::Failed)));
}

void StorageContract::updates_mayFollow_whenTheFormerIsFinal()
{
    const QString one = QStringLiteral("c1");
    auto first = update(QStringLiteral("u1"), one, UpdateStatus::Parked);
    REQUIRE_OK(saveUpdate(first));
    first.status = UpdateStatus::Cancelled;
    REQUIRE_OK(saveUpdate(first));
    REQUIRE_OK(saveUpdate(update(QStringLiteral("u2"), one, UpdateStatus::Running)));
    first.status = UpdateStatus::Running;
    REQUIRE_ERROR(saveUpdate(first), ErrorCode::Conflict);
}

void StorageContract::updates_arePaged_throughThousandRows()
{
    constexpr int rows = 1000;
    REQUIRE_OK(write([](UnitOfWork &unit) -> core::Result<> {
        for (int i = 0; i < rows; ++i) {
            const int mixed = (i * 379) % rows;
            auto record = update(numbered("u-", mixed), numbered("c-", mixed), UpdateStatus::Pending);
            // Ten of each moment, so that the id decides among them.
            record.createdAt = at(mixed / 10);
            DOCKERAUTO_TRY(unit.updates().save(record));
        }
        return {};
    }));
    QStringList ids;
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        std::optional<ports::PageKey> after;
        while (true) {
            DOCKERAUTO_TRY_ASSIGN(page, unit.updates().list({}, after, 64));
            if (page.empty()) {
                return {};
            }
            for (const auto &row : page) {
                ids << row.id.text();
            }
            after = ports::PageKey{core::toRfc3339(page.back().createdAt), page.back().id.text()};
        }
    }));
    QStringList expected;
    for (int i = rows - 1; i >= 0; --i) {
        expected << numbered("u-", i);
    }
    QCOMPARE(ids, expected);
}

void StorageContract::updates_areFiltered()
{
    using State = ports::UpdateFilter::State;
    QStringList unfinished;
    QStringList finished;
    int number = 0;
    for (const auto &[status, name] : core::EnumText<UpdateStatus>::names) {
        const QString id = numbered("u-", ++number);
        (core::isFinal(status) ? finished : unfinished).prepend(id);
        REQUIRE_OK(saveUpdate(update(id, numbered("c-", number), status)));
    }
    const auto listed = [this](const ports::UpdateFilter &filter) {
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
    };
    QCOMPARE(listed({.state = State::Unfinished, .status = {}, .container = {}}), unfinished);
    QCOMPARE(listed({.state = State::Finished, .status = {}, .container = {}}), finished);
    QCOMPARE(listed({.state = State::Any, .status = UpdateStatus::Pending, .container = {}}),
        QStringList(numbered("u-", 1)));
    QCOMPARE(
        listed({.state = State::Finished, .status = UpdateStatus::Pending, .container = {}}), QStringList());
    QCOMPARE(listed({.state = State::Any, .status = {}, .container = core::ContainerId(numbered("c-", 3))}),
        QStringList(numbered("u-", 3)));
}

void StorageContract::updates_keepSteps_replacedByPosition()
{
    const core::UpdateId id(QStringLiteral("u1"));
    const ports::StepRecord pull{1, QStringLiteral("pull"), core::StepStatus::Running, at(1), {}, {}};
    const ports::StepRecord pulled{
        1, QStringLiteral("pull"), core::StepStatus::Succeeded, at(1), at(2), QStringLiteral("12 MB")};
    const ports::StepRecord gate{2, QStringLiteral("gate"), core::StepStatus::Skipped, {}, {}, {}};
    REQUIRE_OK(saveUpdate(update(id.text(), QStringLiteral("c1"), UpdateStatus::Running)));
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        for (const auto &step : {gate, pull, pulled}) {
            DOCKERAUTO_TRY(unit.updates().saveStep(id, step));
        }
        return {};
    }));
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(steps, unit.updates().steps(id));
        [&] {
            QCOMPARE(steps.size(), std::size_t(2));
            QCOMPARE(shown(steps[0]), shown(pulled));
            QCOMPARE(shown(steps[1]), shown(gate));
        }();
        return {};
    }));
    REQUIRE_ERROR(write([&](UnitOfWork &unit) {
        return unit.updates().saveStep(core::UpdateId(QStringLiteral("none")), pull);
    }),
        ErrorCode::NotFound);
}

void StorageContract::updates_keepLog_inOrder()
{
    const core::UpdateId id(QStringLiteral("u1"));
    REQUIRE_OK(saveUpdate(update(id.text(), QStringLiteral("c1"), UpdateStatus::Running)));
    for (int i = 0; i < 20; ++i) {
        REQUIRE_OK(write([&](UnitOfWork &unit) {
            // The clock may go backwards; the order in which lines were written counts.
            return unit.updates().appendLog(id, {at(-i), QStringLiteral("pull"), QString::number(i)});
        }));
    }
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(lines, unit.updates().log(id));
        [&] {
            QCOMPARE(lines.size(), std::size_t(20));
            for (int i = 0; i < 20; ++i) {
                const auto &line = lines[static_cast<std::size_t>(i)];
                QCOMPARE(line.text, QString::number(i));
                QCOMPARE(line.step, QStringLiteral("pull"));
                QCOMPARE(core::toRfc3339(line.time), core::toRfc3339(at(-i)));
            }
        }();
        return {};
    }));
}

void StorageContract::updates_keepJournal_andRefuseTakenPosition()
{
    using Kind = ports::JournalRecord::Kind;
    const core::UpdateId id(QStringLiteral("u1"));
    const core::Json data{{"payload", {{"Image", "nginx"}, {"Env", {"A=1"}}}}};
    const auto record = [&](int position, Kind kind) {
        return ports::JournalRecord{position, QStringLiteral("create"), kind, data, at(position)};
    };
    REQUIRE_OK(saveUpdate(update(id.text(), QStringLiteral("c1"), UpdateStatus::Running)));
    REQUIRE_OK(write([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY(unit.updates().appendJournal(id, record(2, Kind::Done)));
        DOCKERAUTO_TRY(unit.updates().appendJournal(id, record(1, Kind::Intent)));
        return unit.updates().appendJournal(id, record(3, Kind::Failed));
    }));
    REQUIRE_ERROR(
        write([&](UnitOfWork &unit) { return unit.updates().appendJournal(id, record(2, Kind::Failed)); }),
        ErrorCode::Conflict);
    REQUIRE_OK(read([&](UnitOfWork &unit) -> core::Result<> {
        DOCKERAUTO_TRY_ASSIGN(lines, unit.updates().journal(id));
        [&] {
            QCOMPARE(lines.size(), std::size_t(3));
            QCOMPARE(lines[0].kind, Kind::Intent);
            QCOMPARE(lines[1].kind, Kind::Done);
            QCOMPARE(lines[2].kind, Kind::Failed);
            QCOMPARE(lines[2].position, 3);
            QCOMPARE(lines[2].step, QStringLiteral("create"));
            QCOMPARE(core::toRfc3339(lines[2].time), core::toRfc3339(at(3)));
            QVERIFY(lines[2].data == data);
        }();
        return {};
    }));
}

} // namespace dockerauto
