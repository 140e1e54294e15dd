#include "planningworld.h"

#include <scheduling/schedulerunner.h>

using namespace dockerauto;
using namespace dockerauto::tests;
using application::ScheduleRunner;

/// A run of the program: its destructor is its death.
struct Program
{
    explicit Program(World &world)
        : feed(world.clock), runner(world.storage, world.calendars, feed, world.clock, happened.actions())
    {
    }
    /// What happens at that time; the answer is when to look again.
    QString tickAt(World &world, const QString &time)
    {
        world.clock.set(time);
        return shown(runner.tick(soon()));
    }

    Happened happened;
    application::EventFeed feed;
    ScheduleRunner runner;
};

class TestScheduleRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void slot_isRun_whenItsTimeHasCome();
    void slot_isTakenBeforeTheRun_andOnce_acrossRestarts();
    void slot_isNotRun_whenItCannotBeTaken();
    void slot_isNotRun_whenTheScheduleWasChangedMeanwhile();
    void missedSlots_followTheChoice_data();
    void missedSlots_followTheChoice();
    void missedSlots_areNotCounted_fromBeforeTheScheduleWas();
    void jitter_delaysTheRun_alwaysByTheSame();
    void dayOfChange_hasOneRun_atTheShiftedTime();
    void schedule_doesNothing_whileItIsOff();
    void schedule_doesNothing_whenItCoversNothing();
    void schedule_coversItsScopeAlone();
    void result_isKept_alsoOfAFailure();
    void clockThatWasAhead_doesNotStopASchedule();
    void window_makesDecisionsAnew_whenItOpensAndCloses();
    void heldDecision_isMadeAnew_whenItsMomentHasCome();
    void thread_wakesAtOnce_whenAsked();
    void thread_doesNotEnterARunTwice();
};

void TestScheduleRunner::slot_isRun_whenItsTimeHasCome()
{
    World world;
    world.add(QStringLiteral("a"));
    auto schedule = world.schedule(QStringLiteral("0 3 * * *"));
    world.save(schedule);
    Program program(world);
    QCOMPARE(program.tickAt(world, QStringLiteral("2025-06-02T02:59:50Z")),
        QStringLiteral("2025-06-02T03:00:00.000Z"));
    QVERIFY(program.happened.runs().isEmpty());
    program.tickAt(world, QStringLiteral("2025-06-02T03:00:00Z"));
    QCOMPARE(program.happened.runs(), QStringList(QStringLiteral("s1 check a")));
    program.tickAt(world, QStringLiteral("2025-06-02T03:00:00Z"));
    program.tickAt(world, QStringLiteral("2025-06-02T03:10:00Z"));
    QVERIFY(program.happened.runs().isEmpty());
    QCOMPARE(shown(world.stored(schedule.id).lastSlot), QStringLiteral("2025-06-02T03:00:00.000Z"));
    program.tickAt(world, QStringLiteral("2025-06-03T03:00:01Z"));
    QCOMPARE(program.happened.runs().size(), 1);
}

void TestScheduleRunner::slot_isTakenBeforeTheRun_andOnce_acrossRestarts()
{
    World world;
    world.add(QStringLiteral("a"));
    const auto schedule = world.schedule(QStringLiteral("0 3 * * *"));
    world.save(schedule);
    {
        Program program(world);
        program.happened.during([&] {
            QCOMPARE(shown(world.stored(schedule.id).lastSlot), QStringLiteral("2025-06-02T03:00:00.000Z"));
            // The program dies within the run: nothing more reaches the disk.
            world.storage.setFault(
                [] { return core::fail(core::ErrorCode::Unavailable, QStringLiteral("dead")); });
        });
        program.tickAt(world, QStringLiteral("2025-06-02T03:00:00Z"));
        QCOMPARE(program.happened.runs().size(), 1);
    }
    world.storage.setFault({});
    Program program(world);
    program.tickAt(world, QStringLiteral("2025-06-02T03:00:05Z"));
    QVERIFY(program.happened.runs().isEmpty());
    QVERIFY(!world.stored(schedule.id).lastRunAt);
}

void TestScheduleRunner::slot_isNotRun_whenItCannotBeTaken()
{
    World world;
    world.add(QStringLiteral("a"));
    world.save(world.schedule(QStringLiteral("0 3 * * *")));
    Program program(world);
    world.storage.setFault([] { return core::fail(core::ErrorCode::Unavailable, QStringLiteral("full")); });
    program.tickAt(world, QStringLiteral("2025-06-02T03:00:00Z"));
    QVERIFY(program.happened.runs().isEmpty());
    world.storage.setFault({});
    program.tickAt(world, QStringLiteral("2025-06-02T03:00:30Z"));
    QCOMPARE(program.happened.runs().size(), 1);
}

void TestScheduleRunner::slot_isNotRun_whenTheScheduleWasChangedMeanwhile()
{
    World world;
    world.add(QStringLiteral("a"));
    const auto first = world.schedule(QStringLiteral("0 3 * * *"));
    auto second = world.schedule(QStringLiteral("0 3 * * *"));
    world.save(first);
    world.save(second);
    Program program(world);
    program.happened.during([&] {
        second.enabled = false;
        world.save(second);
    });
    program.tickAt(world, QStringLiteral("2025-06-02T03:00:00Z"));
    QCOMPARE(program.happened.runs(), QStringList(QStringLiteral("s1 check a")));
}

void TestScheduleRunner::missedSlots_followTheChoice_data()
{
    QTest::addColumn<QString>("cron");
    QTest::addColumn<core::MissedRuns>("missed");
    QTest::addColumn<int>("jitter");
    QTest::addColumn<QString>("wakesAt");
    QTest::addColumn<int>("runs");
    QTest::addColumn<QString>("lastSlot");
    using core::MissedRuns;
    const auto row = [](const char *name, const char *cron, MissedRuns missed, int jitter,
                         const char *wakesAt, int runs, const char *lastSlot) {
        QTest::newRow(name) << QString::fromUtf8(cron) << missed << jitter << QString::fromUtf8(wakesAt)
                            << runs << QString::fromUtf8(lastSlot);
    };
    row("three days, one run", "0 3 * * *", MissedRuns::RunOnce, 0, "2025-06-05T10:00:00Z", 1,
        "2025-06-05T10:00:00.000Z");
    row("three days, no run", "0 3 * * *", MissedRuns::Skip, 0, "2025-06-05T10:00:00Z", 0,
        "2025-06-05T09:58:00.000Z");
    row("thousands of slots, one run", "*/5 * * * * *", MissedRuns::RunOnce, 0, "2025-06-05T10:00:01Z", 1,
        "2025-06-05T10:00:01.000Z");
    row("two minutes late is not missed", "0 3 * * *", MissedRuns::Skip, 0, "2025-06-02T03:02:00Z", 1,
        "2025-06-02T03:00:00.000Z");
    row("later is", "0 3 * * *", MissedRuns::Skip, 0, "2025-06-02T03:02:01Z", 0, "2025-06-02T03:00:01.000Z");
    row("the jitter is on top", "0 3 * * *", MissedRuns::Skip, 600, "2025-06-02T03:11:59Z", 1,
        "2025-06-02T03:00:00.000Z");
    row("skipped up to the slot of now", "0 * * * *", MissedRuns::Skip, 0, "2025-06-05T10:00:30Z", 1,
        "2025-06-05T10:00:00.000Z");
    row("the run stands for the slot of now too", "0 * * * *", MissedRuns::RunOnce, 0, "2025-06-05T10:00:30Z",
        1, "2025-06-05T10:00:30.000Z");
}

void TestScheduleRunner::missedSlots_followTheChoice()
{
    QFETCH(QString, cron);
    QFETCH(core::MissedRuns, missed);
    QFETCH(int, jitter);
    QFETCH(QString, wakesAt);
    QFETCH(int, runs);
    QFETCH(QString, lastSlot);
    World world;
    world.add(QStringLiteral("a"));
    auto schedule = world.schedule(cron);
    schedule.missed = missed;
    schedule.jitterSeconds = jitter;
    world.save(schedule);
    Program program(world);
    program.tickAt(world, wakesAt);
    program.tickAt(world, wakesAt);
    program.tickAt(world, wakesAt);
    QCOMPARE(program.happened.runs().size(), runs);
    QCOMPARE(shown(world.stored(schedule.id).lastSlot), lastSlot);
    if (runs == 0) {
        QVERIFY(world.stored(schedule.id).lastResult.contains(QStringLiteral("2025-06-02 03:00 (UTC)")));
        QVERIFY(!world.stored(schedule.id).lastRunAt);
    }
}

void TestScheduleRunner::missedSlots_areNotCounted_fromBeforeTheScheduleWas()
{
    World world;
    world.add(QStringLiteral("a"));
    world.clock.set(QStringLiteral("2025-06-02T12:00:00Z"));
    world.save(world.schedule(QStringLiteral("0 3 * * *")));
    Program program(world);
    program.tickAt(world, QStringLiteral("2025-06-02T12:00:01Z"));
    QVERIFY(program.happened.runs().isEmpty());
}

void TestScheduleRunner::jitter_delaysTheRun_alwaysByTheSame()
{
    World world;
    world.add(QStringLiteral("a"));
    auto schedule = world.schedule(QStringLiteral("0 3 * * *"));
    schedule.jitterSeconds = 600;
    const auto slot = at(QStringLiteral("2025-06-02T03:00:00Z"));
    const auto delay = application::jitterOf(schedule, slot);
    QVERIFY(delay.count() >= 0 && delay <= std::chrono::seconds(600));
    world.save(schedule);
    for (int start = 0; start < 2; ++start) {
        Program program(world);
        QCOMPARE(program.tickAt(world, QStringLiteral("2025-06-02T02:59:59Z")),
            shown(std::min(slot + delay, at(QStringLiteral("2025-06-02T03:00:29Z")))));
        program.tickAt(world, core::toRfc3339(slot + delay - std::chrono::milliseconds(1)));
        QVERIFY(program.happened.runs().isEmpty());
    }
    Program program(world);
    program.tickAt(world, core::toRfc3339(slot + delay));
    QCOMPARE(program.happened.runs().size(), 1);
    // Not the same for all: neither for other slots nor for other schedules.
    QSet<qint64> delays;
    for (int day = 0; day < 20; ++day) {
        delays.insert(application::jitterOf(schedule, slot + std::chrono::days(day)).count());
    }
    QVERIFY(delays.size() > 15);
    auto other = schedule;
    other.id = QStringLiteral("other");
    QVERIFY(application::jitterOf(other, slot) != delay);
}

void TestScheduleRunner::dayOfChange_hasOneRun_atTheShiftedTime()
{
    World world;
    world.add(QStringLiteral("a"));
    world.clock.set(QStringLiteral("2025-03-29T12:00:00Z"));
    world.save(world.schedule(QStringLiteral("30 2 * * *"), QStringLiteral("Europe/Berlin")));
    Program program(world);
    // 2025-03-30: from 02:00 to 03:00 clocks show nothing. The run is at 03:30, which is 01:30 in UTC.
    for (const char *time : {"2025-03-30T00:30:00Z", "2025-03-30T01:00:00Z", "2025-03-30T01:29:59Z"}) {
        program.tickAt(world, QString::fromUtf8(time));
    }
    QVERIFY(program.happened.runs().isEmpty());
    for (const char *time : {"2025-03-30T01:30:00Z", "2025-03-30T02:30:00Z", "2025-03-30T12:00:00Z"}) {
        program.tickAt(world, QString::fromUtf8(time));
    }
    QCOMPARE(program.happened.runs().size(), 1);
}

void TestScheduleRunner::schedule_doesNothing_whileItIsOff()
{
    World world;
    world.add(QStringLiteral("a"));
    auto schedule = world.schedule(QStringLiteral("0 3 * * *"));
    schedule.enabled = false;
    world.save(schedule);
    Program program(world);
    program.tickAt(world, QStringLiteral("2025-06-02T03:00:00Z"));
    QVERIFY(program.happened.runs().isEmpty());
    program.runner.runSoon(schedule.id);
    program.tickAt(world, QStringLiteral("2025-06-02T03:00:10Z"));
    QCOMPARE(program.happened.runs().size(), 1);
    QVERIFY(!world.stored(schedule.id).lastSlot);
}

void TestScheduleRunner::schedule_doesNothing_whenItCoversNothing()
{
    World world;
    const auto schedule = world.schedule(QStringLiteral("0 3 * * *"));
    world.save(schedule);
    Program program(world);
    program.tickAt(world, QStringLiteral("2025-06-02T03:00:00Z"));
    QVERIFY(program.happened.runs().isEmpty());
    QVERIFY(world.stored(schedule.id).lastResult.contains(QStringLiteral("no container")));
}

void TestScheduleRunner::schedule_coversItsScopeAlone()
{
    World world;
    world.add(QStringLiteral("a"), {{"team", "web"}});
    world.add(QStringLiteral("b"), {{"team", "mail"}});
    world.add(QStringLiteral("c"), {{"team", "web"}});
    auto schedule =
        world.schedule(QStringLiteral("0 3 * * *"), QStringLiteral("UTC"), core::ScheduleAction::Update);
    schedule.scope = core::ScopeKind::Label;
    schedule.scopeValue = QStringLiteral("team=web");
    world.save(schedule);
    Program program(world);
    program.tickAt(world, QStringLiteral("2025-06-02T03:00:00Z"));
    QCOMPARE(program.happened.runs(), QStringList(QStringLiteral("s1 update a,c")));
}

void TestScheduleRunner::result_isKept_alsoOfAFailure()
{
    World world;
    world.add(QStringLiteral("a"));
    const auto schedule = world.schedule(QStringLiteral("0 3 * * *"));
    world.save(schedule);
    Program program(world);
    QStringList events;
    const auto subscription = program.feed.subscribe(
        {}, std::nullopt, [&](const contracts::Event &event) { events.append(event.type); });
    program.tickAt(world, QStringLiteral("2025-06-02T03:00:00Z"));
    QCOMPARE(world.stored(schedule.id).lastResult, QStringLiteral("Looked."));
    QCOMPARE(shown(world.stored(schedule.id).lastRunAt), QStringLiteral("2025-06-02T03:00:00.000Z"));
    QVERIFY(events.contains(contracts::events::planningChanged));
    program.happened.fail({core::ErrorCode::Unavailable, QStringLiteral("No host answers."), {}, nullptr});
    program.tickAt(world, QStringLiteral("2025-06-03T03:00:00Z"));
    QCOMPARE(world.stored(schedule.id).lastResult, QStringLiteral("No host answers."));
}

void TestScheduleRunner::clockThatWasAhead_doesNotStopASchedule()
{
    World world;
    world.add(QStringLiteral("a"));
    auto schedule = world.schedule(QStringLiteral("0 3 * * *"));
    schedule.lastSlot = at(QStringLiteral("2031-01-01T03:00:00Z"));
    world.save(schedule);
    Program program(world);
    program.tickAt(world, QStringLiteral("2025-06-02T01:00:00Z"));
    QVERIFY(program.happened.runs().isEmpty());
    program.tickAt(world, QStringLiteral("2025-06-02T03:00:00Z"));
    QCOMPARE(program.happened.runs().size(), 1);
    // An hour back is no reason to run again.
    program.tickAt(world, QStringLiteral("2025-06-02T02:59:00Z"));
    program.tickAt(world, QStringLiteral("2025-06-02T03:00:00Z"));
    QVERIFY(program.happened.runs().isEmpty());
}

void TestScheduleRunner::window_makesDecisionsAnew_whenItOpensAndCloses()
{
    World world;
    world.add(QStringLiteral("a"), {{"team", "web"}});
    world.add(QStringLiteral("b"));
    auto window = world.window(core::WindowKind::Window, {{"start", "22:00"}, {"end", "23:00"}});
    window.scope = core::ScopeKind::Label;
    window.scopeValue = QStringLiteral("team");
    world.save(window);
    auto freeze = world.window(core::WindowKind::Freeze, {});
    freeze.calendar = "2025-06-02T12:00:00Z/2025-06-02T13:00:00Z";
    world.save(freeze);
    Program program(world);
    program.tickAt(world, QStringLiteral("2025-06-02T11:00:00Z"));
    // At the start, because nobody knows what was missed.
    QCOMPARE(program.happened.reconsidered(), QStringList(QStringLiteral("a,b")));
    program.tickAt(world, QStringLiteral("2025-06-02T11:59:00Z"));
    QVERIFY(program.happened.reconsidered().isEmpty());
    QCOMPARE(program.tickAt(world, QStringLiteral("2025-06-02T11:59:50Z")),
        QStringLiteral("2025-06-02T12:00:00.000Z"));
    program.tickAt(world, QStringLiteral("2025-06-02T12:00:00Z"));
    QCOMPARE(program.happened.reconsidered(), QStringList(QStringLiteral("a,b")));
    program.tickAt(world, QStringLiteral("2025-06-02T13:00:00Z"));
    QCOMPARE(program.happened.reconsidered(), QStringList(QStringLiteral("a,b")));
    program.tickAt(world, QStringLiteral("2025-06-02T22:00:00Z"));
    QCOMPARE(program.happened.reconsidered(), QStringList(QStringLiteral("a")));
    program.tickAt(world, QStringLiteral("2025-06-02T22:30:00Z"));
    QVERIFY(program.happened.reconsidered().isEmpty());
    // Asleep until the next evening: closed and opened again.
    program.tickAt(world, QStringLiteral("2025-06-03T22:30:00Z"));
    QCOMPARE(program.happened.reconsidered(), QStringList(QStringLiteral("a")));
}

void TestScheduleRunner::heldDecision_isMadeAnew_whenItsMomentHasCome()
{
    World world;
    world.add(QStringLiteral("a"));
    world.add(QStringLiteral("b"));
    ports::DecisionRecord held;
    held.decision = core::Decision::HeldBack;
    held.heldBy = core::Hold::MinimumAge;
    held.possibleAt = at(QStringLiteral("2025-06-02T03:00:00Z"));
    world.decide(QStringLiteral("a"), held);
    Program program(world);
    program.tickAt(world, QStringLiteral("2025-06-02T02:59:59Z"));
    QVERIFY(program.happened.reconsidered().isEmpty());
    program.tickAt(world, QStringLiteral("2025-06-02T03:00:29Z"));
    QCOMPARE(program.happened.reconsidered(), QStringList(QStringLiteral("a")));
    // Not over and over when that does not change it, but not never.
    program.tickAt(world, QStringLiteral("2025-06-02T03:01:00Z"));
    QVERIFY(program.happened.reconsidered().isEmpty());
    program.tickAt(world, QStringLiteral("2025-06-02T03:11:00Z"));
    QCOMPARE(program.happened.reconsidered(), QStringList(QStringLiteral("a")));
    held.possibleAt = at(QStringLiteral("2025-06-02T03:11:20Z"));
    world.decide(QStringLiteral("a"), held);
    program.tickAt(world, QStringLiteral("2025-06-02T03:11:30Z"));
    QCOMPARE(program.happened.reconsidered(), QStringList(QStringLiteral("a")));
}

void TestScheduleRunner::thread_wakesAtOnce_whenAsked()
{
    World world;
    world.add(QStringLiteral("a"));
    const auto schedule = world.schedule(QStringLiteral("0 3 * * *"));
    world.save(schedule);
    Program program(world);
    program.runner.start();
    QTRY_VERIFY(world.clock.somebodySleeps());
    // The clock stands still: only a wake ends the sleep.
    program.runner.runSoon(schedule.id);
    QTRY_COMPARE(program.happened.runCount(), 1);
    QTRY_VERIFY(world.clock.somebodySleeps());
    program.runner.plansChanged({core::ContainerId(QStringLiteral("a"))});
    QTRY_COMPARE(program.happened.reconsideredSoFar(), QStringList(QStringLiteral("a")));
    QTRY_VERIFY(world.clock.somebodySleeps());
    world.clock.set(QStringLiteral("2025-06-02T03:00:00Z"));
    QTRY_COMPARE(program.happened.runCount(), 2);
    program.runner.stop();
}

void TestScheduleRunner::thread_doesNotEnterARunTwice()
{
    World world;
    world.add(QStringLiteral("a"));
    const auto schedule = world.schedule(QStringLiteral("0 3 * * *"));
    world.save(schedule);
    Program program(world);
    std::atomic<bool> go = false;
    program.happened.during([&go] {
        while (!go) {
            std::this_thread::yield();
        }
    });
    program.runner.start();
    program.runner.runSoon(schedule.id);
    QTRY_COMPARE(program.happened.runCount(), 1);
    program.runner.runSoon(schedule.id);
    program.runner.runSoon(schedule.id);
    go = true;
    QTRY_VERIFY(world.clock.somebodySleeps());
    QCOMPARE(program.happened.runCount(), 1);
    program.runner.stop();
}

QTEST_GUILESS_MAIN(TestScheduleRunner)
#include "tst_schedulerunner.moc"
