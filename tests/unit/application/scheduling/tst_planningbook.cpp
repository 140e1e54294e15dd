#include "planningworld.h"

#include <application/scheduling/planningbook.h>

using namespace dockerauto;
using namespace dockerauto::tests;
using application::PlanningBook;
using core::WindowKind;

class TestPlanningBook : public QObject
{
    Q_OBJECT

private:
    /// The openings of container `a` at the moment, of a book that is loaded at another one where asked for.
    static domain::Openings openings(World &world, const QString &moment, const QString &loadedAt = {})
    {
        domain::Openings result;
        world.write([&](ports::UnitOfWork &work) -> core::Result<> {
            DOCKERAUTO_TRY_ASSIGN(
                book, PlanningBook::load(work, world.calendars, at(loadedAt.isEmpty() ? moment : loadedAt)));
            DOCKERAUTO_TRY_ASSIGN(container, work.containers().find(core::ContainerId(QStringLiteral("a"))));
            result = book.openingsFor(container, at(moment));
            return {};
        });
        return result;
    }

private Q_SLOTS:
    void windows_thatCoverAContainer_areOne();
    void windows_ofOthersAndThoseThatAreOff_doNotCount();
    void freezes_endWhenTheLastOneEnds();
    void freeze_staysOn_whenItsCalendarCannotBeRead();
    void schedule_thatIsNext_isNamed();
};

void TestPlanningBook::windows_thatCoverAContainer_areOne()
{
    World world;
    world.add(QStringLiteral("a"));
    QVERIFY(!openings(world, QStringLiteral("2025-06-02T12:00:00Z")).hasWindows);
    auto night = world.window(WindowKind::Window, {{"start", "01:00"}, {"end", "02:00"}});
    night.name = QStringLiteral("Night");
    world.save(night);
    auto noon = world.window(WindowKind::Window, {{"start", "12:00"}, {"end", "13:00"}});
    noon.name = QStringLiteral("Noon");
    world.save(noon);
    for (const char *loadedAt : {"", "2025-06-02T00:00:00Z"}) {
        const auto loaded = QString::fromUtf8(loadedAt);
        const auto open = openings(world, QStringLiteral("2025-06-02T12:30:00Z"), loaded);
        QVERIFY(open.hasWindows && open.windowOpen && !open.frozen && !open.hasSchedule);
        QCOMPARE(open.windowName, QStringLiteral("Noon"));
        const auto closed = openings(world, QStringLiteral("2025-06-02T13:00:00Z"), loaded);
        QVERIFY(closed.hasWindows && !closed.windowOpen);
        QCOMPARE(shown(closed.windowOpensAt), QStringLiteral("2025-06-03T01:00:00.000Z"));
        QCOMPARE(closed.windowName, QStringLiteral("Night"));
    }
}

void TestPlanningBook::windows_ofOthersAndThoseThatAreOff_doNotCount()
{
    World world;
    world.add(QStringLiteral("a"));
    auto others = world.window(WindowKind::Window, {{"start", "01:00"}, {"end", "02:00"}});
    others.scope = core::ScopeKind::Container;
    others.scopeValue = QStringLiteral("b");
    world.save(others);
    auto off = world.window(WindowKind::Freeze, {{"start", "00:00"}, {"end", "24:00"}});
    off.enabled = false;
    world.save(off);
    const auto result = openings(world, QStringLiteral("2025-06-02T12:30:00Z"));
    QVERIFY(!result.hasWindows && !result.frozen);
}

void TestPlanningBook::freezes_endWhenTheLastOneEnds()
{
    World world;
    world.add(QStringLiteral("a"));
    auto first = world.window(WindowKind::Freeze, {});
    first.calendar = "2025-06-02T12:00:00Z/2025-06-03T00:00:00Z";
    first.name = QStringLiteral("Release");
    world.save(first);
    auto second = world.window(
        WindowKind::Freeze, {{"from", "2025-06-02T22:00:00Z"}, {"until", "2025-06-04T00:00:00Z"}});
    world.save(second);
    world.save(world.window(WindowKind::Window, {{"start", "00:00"}, {"end", "24:00"}}));
    const auto result = openings(world, QStringLiteral("2025-06-02T12:30:00Z"));
    QVERIFY(result.frozen && result.windowOpen);
    QCOMPARE(result.freezeName, QStringLiteral("Release"));
    QCOMPARE(shown(result.freezeEndsAt), QStringLiteral("2025-06-04T00:00:00.000Z"));
    QVERIFY(!openings(world, QStringLiteral("2025-06-04T00:00:00Z")).frozen);
}

void TestPlanningBook::freeze_staysOn_whenItsCalendarCannotBeRead()
{
    World world;
    world.add(QStringLiteral("a"));
    for (const auto kind : {WindowKind::Freeze, WindowKind::Window}) {
        auto broken = world.window(kind, {});
        broken.calendar = "?";
        world.save(broken);
    }
    const auto result = openings(world, QStringLiteral("2025-06-02T12:30:00Z"));
    QVERIFY(result.frozen && !result.freezeEndsAt);
    QVERIFY(result.hasWindows && !result.windowOpen && !result.windowOpensAt);
}

void TestPlanningBook::schedule_thatIsNext_isNamed()
{
    World world;
    world.add(QStringLiteral("a"));
    world.save(world.schedule(QStringLiteral("0 1 * * *")));
    const auto later =
        world.schedule(QStringLiteral("0 5 * * *"), QStringLiteral("UTC"), core::ScheduleAction::Update);
    world.save(later);
    auto next =
        world.schedule(QStringLiteral("0 3 * * *"), QStringLiteral("UTC"), core::ScheduleAction::Update);
    next.name = QStringLiteral("Nightly");
    next.jitterSeconds = 60;
    world.save(next);
    const auto result = openings(world, QStringLiteral("2025-06-02T02:00:00Z"));
    QVERIFY(result.hasSchedule);
    QCOMPARE(result.scheduleName, QStringLiteral("Nightly"));
    QVERIFY(*result.nextRun >= at(QStringLiteral("2025-06-02T03:00:00Z")));
    QVERIFY(*result.nextRun <= at(QStringLiteral("2025-06-02T03:01:00Z")));
}

QTEST_GUILESS_MAIN(TestPlanningBook)
#include "tst_planningbook.moc"
