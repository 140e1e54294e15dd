#include <domain/updatedecision.h>

#include <QTest>

#include <functional>
#include <random>

using namespace dockerauto;
using namespace dockerauto::domain;
using namespace std::chrono_literals;
using core::Bump;
using core::Decision;
using core::Hold;
using core::TagLevel;
using core::Timestamp;
using core::UpdatePolicy;

namespace {

constexpr Timestamp now{std::chrono::milliseconds(1'750'000'000'000)};

/// A newer version that is a minor step, and a container that is updated when a person says so.
DecisionInput newer(UpdatePolicy policy = UpdatePolicy::Manual)
{
    DecisionInput input;
    input.finding = {Finding::Kind::Newer, Bump::Minor, QStringLiteral("1.3"), QStringLiteral("sha256:new"),
        QStringLiteral("1.3 is newer than 1.2")};
    input.rules.policy = policy;
    input.rules.automaticLevel = TagLevel::Minor;
    input.now = now;
    input.knownSince = now - 24h;
    return input;
}

using Change = std::function<void(DecisionInput &)>;

struct Expected
{
    Decision decision = Decision::UpdateAvailable;
    std::optional<Hold> heldBy = {};
    std::optional<Timestamp> possibleAt = {};
    bool begin = false;
    bool ask = false;
};

} // namespace

Q_DECLARE_METATYPE(Expected)
Q_DECLARE_METATYPE(dockerauto::domain::DecisionInput)

class TestUpdateDecision : public QObject
{
    Q_OBJECT

private:
    static void row(const char *name, UpdatePolicy policy, const Change &change, const Expected &expected,
        const char *reason)
    {
        DecisionInput input = newer(policy);
        change(input);
        QTest::newRow(name) << input << expected << QString::fromUtf8(reason);
    }

    static Change found(Finding::Kind kind)
    {
        return [kind](DecisionInput &input) {
            input.finding.kind = kind;
            input.finding.why = QStringLiteral("Because");
        };
    }
    static Change held(const StandingHold &hold)
    {
        return [hold](DecisionInput &input) { input.holds.push_back(hold); };
    }
    static Change bump(Bump size)
    {
        return [size](DecisionInput &input) { input.finding.bump = size; };
    }
    static Change window(std::optional<Timestamp> opens)
    {
        return [opens](DecisionInput &input) {
            input.openings.hasWindows = true;
            input.openings.windowOpensAt = opens;
            input.openings.windowName = QStringLiteral("Night");
        };
    }
    static Change freeze(std::optional<Timestamp> ends)
    {
        return [ends](DecisionInput &input) {
            input.openings.frozen = true;
            input.openings.freezeEndsAt = ends;
            input.openings.freezeName = QStringLiteral("Sale");
        };
    }
    static Change schedule(std::optional<Timestamp> next)
    {
        return [next](DecisionInput &input) {
            input.openings.hasSchedule = true;
            input.openings.nextRun = next;
            input.openings.scheduleName = QStringLiteral("Nightly");
        };
    }
    static Change age(std::chrono::seconds minimum, std::optional<Timestamp> since)
    {
        return [minimum, since](DecisionInput &input) {
            input.rules.minimumAge = minimum;
            input.knownSince = since;
        };
    }
    static Change all(std::initializer_list<Change> changes)
    {
        return [list = std::vector<Change>(changes)](DecisionInput &input) {
            for (const Change &change : list) {
                change(input);
            }
        };
    }

private Q_SLOTS:
    void decide_data()
    {
        QTest::addColumn<DecisionInput>("input");
        QTest::addColumn<Expected>("expected");
        QTest::addColumn<QString>("reason");
        const Change nothing = [](DecisionInput &) {};
        const Change approve = [](DecisionInput &input) { input.approved = true; };
        const Change running = [](DecisionInput &input) { input.scheduleRuns = true; };
        const Expected begins{.begin = true};

        row("not found out", UpdatePolicy::Automatic, found(Finding::Kind::Unknown),
            {.decision = Decision::NotChecked}, "Because");
        row("up to date", UpdatePolicy::Automatic, found(Finding::Kind::UpToDate),
            {.decision = Decision::UpToDate}, "Because");
        row("local", UpdatePolicy::Automatic, found(Finding::Kind::Local), {.decision = Decision::LocalImage},
            "Because");
        row(
            "not watched", UpdatePolicy::Automatic, [](DecisionInput &input) { input.rules.watched = false; },
            {.decision = Decision::NotChecked}, "Not watched");
        row("pinned", UpdatePolicy::Pinned, held({.kind = Hold::Skipped}), {.decision = Decision::Pinned},
            "Pinned: version 1.3 is there");
        row("pinned, up to date", UpdatePolicy::Pinned, found(Finding::Kind::UpToDate),
            {.decision = Decision::UpToDate}, "Because");

        row("snoozed", UpdatePolicy::Manual, held({.kind = Hold::Snoozed, .until = now + 1h}),
            {Decision::HeldBack, Hold::Snoozed, now + 1h}, "Snoozed: no update is wanted here for now");
        row("snoozed before", UpdatePolicy::Manual, held({.kind = Hold::Snoozed, .until = now}), {},
            "1.3 is newer");
        row("skipped by digest", UpdatePolicy::Manual,
            held({.kind = Hold::Skipped, .digest = QStringLiteral("sha256:new")}),
            {Decision::HeldBack, Hold::Skipped}, "Skipped: version 1.3 is not wanted here");
        row("skipped by tag, with a reason", UpdatePolicy::Manual,
            held({.kind = Hold::Skipped,
                .tag = QStringLiteral("1.3"),
                .reason = QStringLiteral("Skipped by me")}),
            {Decision::HeldBack, Hold::Skipped}, "Skipped by me: version 1.3 is not wanted here");
        row("another tag skipped", UpdatePolicy::Manual,
            held({.kind = Hold::Skipped, .tag = QStringLiteral("1.4")}), {}, "1.3 is newer");
        row("another digest skipped", UpdatePolicy::Manual,
            held({.kind = Hold::Skipped, .digest = QStringLiteral("sha256:x"), .tag = QStringLiteral("1.3")}),
            {}, "1.3 is newer");
        row("in quarantine", UpdatePolicy::Automatic,
            held({.kind = Hold::Quarantine,
                .digest = QStringLiteral("sha256:new"),
                .reason = QStringLiteral("Unhealthy")}),
            {Decision::HeldBack, Hold::Quarantine},
            "In quarantine: version 1.3 did not work here. Unhealthy");
        row("held by something else", UpdatePolicy::Automatic,
            held({.kind = Hold::Dependency, .reason = QStringLiteral("The database comes first")}),
            {Decision::HeldBack, Hold::Dependency}, "The database comes first");
        row("snoozed weighs more than skipped, which never ends", UpdatePolicy::Manual,
            all({held({.kind = Hold::Skipped}), held({.kind = Hold::Snoozed, .until = now + 1h})}),
            {Decision::HeldBack, Hold::Snoozed}, "Snoozed");

        row("too young", UpdatePolicy::Manual, age(72h, now - 24h),
            {Decision::HeldBack, Hold::MinimumAge, now + 48h}, "Waits until version 1.3 is 3 days old");
        row("of unknown age", UpdatePolicy::Manual, age(90min, std::nullopt),
            {Decision::HeldBack, Hold::MinimumAge, now + 90min}, "Waits until version 1.3 is 90 minutes old");
        row("just old enough", UpdatePolicy::Manual, age(1h, now - 1h), {}, "1.3 is newer");
        row("too young to be told", UpdatePolicy::Monitor, age(1h, now),
            {Decision::HeldBack, Hold::MinimumAge, now + 1h}, "Waits until version 1.3 is 1 hour old");
        row("too young to be approved", UpdatePolicy::Approval, age(1h, now),
            {Decision::HeldBack, Hold::MinimumAge, now + 1h}, "Waits until version 1.3 is 1 hour old");
        row("a young image", UpdatePolicy::Manual, all({age(1h, now), bump(Bump::Build)}),
            {Decision::HeldBack, Hold::MinimumAge, now + 1h}, "Waits until the new image is 1 hour old");
        row("snoozed for less than it is young", UpdatePolicy::Manual,
            all({held({.kind = Hold::Snoozed, .until = now + 1h}), age(72h, now)}),
            {Decision::HeldBack, Hold::Snoozed, now + 72h}, "Snoozed");

        row("monitor", UpdatePolicy::Monitor, nothing, {},
            "1.3 is newer than 1.2. It is only told: the policy is to monitor");
        row("monitor, approved before", UpdatePolicy::Monitor, approve, {}, "1.3 is newer than 1.2. It is");
        row("manual", UpdatePolicy::Manual, all({freeze(now + 1h), window(now + 1h)}), {},
            "1.3 is newer than 1.2");
        row("manual, approved before", UpdatePolicy::Manual, approve, {}, "1.3 is newer than 1.2");
        row("approval", UpdatePolicy::Approval, freeze(now + 1h),
            {Decision::HeldBack, Hold::Approval, {}, false, true},
            "1.3 is newer than 1.2. It waits for approval");
        row("approved", UpdatePolicy::Approval, all({approve, freeze(now + 1h), window(now + 1h)}), begins,
            "1.3 is newer than 1.2. It was approved");
        row("approved and then snoozed", UpdatePolicy::Approval,
            all({approve, held({.kind = Hold::Snoozed, .until = now + 1h})}),
            {Decision::HeldBack, Hold::Snoozed, now + 1h}, "Snoozed");

        row("automatic", UpdatePolicy::Automatic, nothing, begins,
            "1.3 is newer than 1.2. The update begins by itself");
        row("automatic, too large", UpdatePolicy::Automatic, bump(Bump::Major),
            {Decision::HeldBack, Hold::Policy},
            "The update to version 1.3 is a major step and waits for a person: only minor steps are");
        row("automatic, of unknown size", UpdatePolicy::Automatic, bump(Bump::None),
            {Decision::HeldBack, Hold::Policy}, "The update to version 1.3 is a step of unknown size");
        row(
            "automatic, only new images", UpdatePolicy::Automatic,
            [](DecisionInput &input) {
                input.finding.bump = Bump::Patch;
                input.rules.automaticLevel = TagLevel::None;
            },
            {Decision::HeldBack, Hold::Policy},
            "The update to version 1.3 is a patch step and waits for a person: only new images of the same");
        row(
            "automatic, a new image", UpdatePolicy::Automatic,
            [](DecisionInput &input) {
                input.finding.bump = Bump::Build;
                input.rules.automaticLevel = TagLevel::None;
            },
            begins, "1.3 is newer");
        row(
            "automatic, major allowed", UpdatePolicy::Automatic,
            [](DecisionInput &input) {
                input.finding.bump = Bump::Major;
                input.rules.automaticLevel = TagLevel::Major;
            },
            begins, "1.3 is newer");
        row("automatic, too large and in a freeze", UpdatePolicy::Automatic,
            all({bump(Bump::Major), freeze(now + 1h)}), {Decision::HeldBack, Hold::Policy},
            "The update to version 1.3");
        row("automatic, too large, approved", UpdatePolicy::Automatic, all({bump(Bump::Major), approve}),
            begins, "1.3 is newer than 1.2. It was approved");

        row("frozen", UpdatePolicy::Automatic, freeze(now + 2h), {Decision::HeldBack, Hold::Freeze, now + 2h},
            "Waits for the end of the freeze “Sale”");
        row("frozen without an end", UpdatePolicy::Automatic, freeze(std::nullopt),
            {Decision::HeldBack, Hold::Freeze}, "Waits for the end of the freeze “Sale”");
        row("frozen, then a window", UpdatePolicy::Automatic, all({freeze(now + 2h), window(now + 5h)}),
            {Decision::HeldBack, Hold::Freeze, now + 5h}, "Waits for the end of the freeze “Sale”");
        row("window closed", UpdatePolicy::Automatic, window(now + 3h),
            {Decision::HeldBack, Hold::Window, now + 3h}, "Waits for the window “Night” to open");
        row("window that is over", UpdatePolicy::Automatic, window(std::nullopt),
            {Decision::HeldBack, Hold::Window}, "Waits for the window “Night”, which does not open again. ");
        row("window open", UpdatePolicy::Automatic,
            all({window(now + 24h), [](DecisionInput &input) { input.openings.windowOpen = true; }}), begins,
            "1.3 is newer");
        row("window that opened meanwhile", UpdatePolicy::Automatic, window(now - 1h),
            {Decision::HeldBack, Hold::Window, now}, "Waits for the window");

        row("no schedule", UpdatePolicy::Scheduled, freeze(now + 1h), {Decision::HeldBack, Hold::Schedule},
            "No schedule updates this container. Make one, or start the update by hand.");
        row("before its run", UpdatePolicy::Scheduled, schedule(now + 4h),
            {Decision::HeldBack, Hold::Schedule, now + 4h},
            "Waits for the next run of the schedule “Nightly”");
        row("schedule that is over", UpdatePolicy::Scheduled, schedule(std::nullopt),
            {Decision::HeldBack, Hold::Schedule},
            "Waits for the schedule “Nightly”, which does not run again. ");
        row("its run", UpdatePolicy::Scheduled, all({schedule(now + 24h), running}), begins, "1.3 is newer");
        row("its run in a freeze", UpdatePolicy::Scheduled,
            all({schedule(now + 24h), running, freeze(now + 1h)}),
            {Decision::HeldBack, Hold::Freeze, now + 1h}, "Waits for the end of the freeze");
        row("its run before the window", UpdatePolicy::Scheduled, all({schedule(now + 2h), window(now + 3h)}),
            {Decision::HeldBack, Hold::Window, now + 3h},
            "Waits for the window “Night” to open; the next run of the schedule “Nightly” comes before that");
        row("its run after the window opens", UpdatePolicy::Scheduled,
            all({schedule(now + 4h), window(now + 3h)}), {Decision::HeldBack, Hold::Window, now + 4h},
            "Waits for the window “Night” to open");
        row("scheduled, too large", UpdatePolicy::Scheduled,
            all({schedule(now + 4h), running, bump(Bump::Major)}), {Decision::HeldBack, Hold::Policy},
            "The update to version 1.3");
        row("scheduled, approved", UpdatePolicy::Scheduled, all({schedule(now + 4h), approve}), begins,
            "1.3 is newer than 1.2. It was approved");
    }
    void decide()
    {
        QFETCH(DecisionInput, input);
        QFETCH(Expected, expected);
        QFETCH(QString, reason);
        const auto outcome = domain::decide(input);
        QCOMPARE(outcome.decision, expected.decision);
        QVERIFY(outcome.heldBy == expected.heldBy);
        QVERIFY2(outcome.possibleAt == expected.possibleAt,
            qPrintable(outcome.possibleAt ? core::toRfc3339(*outcome.possibleAt) : QStringLiteral("never")));
        QCOMPARE(outcome.begin, expected.begin);
        QCOMPARE(outcome.ask, expected.ask);
        QVERIFY2(outcome.reason.startsWith(reason), qPrintable(outcome.reason));
    }

    void decide_isSound_forWhateverIsTrue()
    {
        std::mt19937 random(20'250'301);
        const auto pick = [&random](int choices) {
            return std::uniform_int_distribution<int>(0, choices - 1)(random);
        };
        const auto time = [&]() -> std::optional<Timestamp> {
            return pick(4) == 0 ? std::nullopt : std::optional(now + std::chrono::minutes(pick(2'000) - 500));
        };
        int began = 0;
        for (int run = 0; run < 20'000; ++run) {
            DecisionInput input = newer(static_cast<UpdatePolicy>(pick(6)));
            input.finding.kind = pick(3) == 0 ? static_cast<Finding::Kind>(pick(4)) : Finding::Kind::Newer;
            input.finding.bump = static_cast<Bump>(pick(5));
            input.rules.automaticLevel = static_cast<TagLevel>(pick(4));
            input.rules.watched = pick(10) != 0;
            input.rules.minimumAge = std::chrono::minutes(pick(2) * pick(3'000));
            input.knownSince = time();
            for (int hold = pick(3); hold > 1; --hold) {
                input.holds.push_back(
                    {static_cast<Hold>(pick(11)), pick(2) == 0 ? QString() : QStringLiteral("sha256:new"),
                        pick(2) == 0 ? QString() : QStringLiteral("1.4"), time(), {}});
            }
            input.openings = {
                pick(2) == 0, pick(2) == 0, time(), {}, pick(3) == 0, time(), {}, pick(2) == 0, time(), {}};
            input.scheduleRuns = pick(3) == 0;
            input.approved = pick(5) == 0;
            const auto outcome = domain::decide(input);

            QVERIFY(!outcome.reason.isEmpty());
            QCOMPARE(outcome.decision == Decision::HeldBack, outcome.heldBy.has_value());
            QVERIFY(!outcome.possibleAt || outcome.decision == Decision::HeldBack);
            QVERIFY(!outcome.possibleAt || *outcome.possibleAt >= now);
            QVERIFY(!outcome.ask || outcome.heldBy == Hold::Approval);
            if (!outcome.begin) {
                continue;
            }
            ++began;
            const bool byItself = input.rules.policy == UpdatePolicy::Automatic ||
                                  input.rules.policy == UpdatePolicy::Scheduled;
            QCOMPARE(outcome.decision, Decision::UpdateAvailable);
            QVERIFY(input.finding.kind == Finding::Kind::Newer && input.rules.watched);
            QVERIFY(byItself || (input.approved && input.rules.policy == UpdatePolicy::Approval));
            QVERIFY(input.knownSince.value_or(now) + input.rules.minimumAge <= now);
            for (const StandingHold &hold : input.holds) {
                QVERIFY((!hold.tag.isEmpty() && hold.tag != input.finding.candidateTag) ||
                        (hold.until && *hold.until <= now));
            }
            if (!input.approved) {
                QVERIFY(!input.openings.frozen);
                QVERIFY(!input.openings.hasWindows || input.openings.windowOpen);
                QVERIFY(input.rules.policy == UpdatePolicy::Automatic || input.scheduleRuns);
            }
        }
        QVERIFY(began > 100);
    }

    /// A hold that is over in time lets the decision be another one: what waits is not told forever.
    void decide_isAnotherOne_onceItIsPossible()
    {
        DecisionInput input = newer(UpdatePolicy::Automatic);
        all({age(72h, now - 24h), held({.kind = Hold::Snoozed, .until = now + 1h})})(input);
        const auto waiting = domain::decide(input);
        QVERIFY(waiting.possibleAt.has_value());
        input.now = *waiting.possibleAt - 1ms;
        QCOMPARE(domain::decide(input).decision, Decision::HeldBack);
        input.now = *waiting.possibleAt;
        QVERIFY(domain::decide(input).begin);
    }
};

QTEST_APPLESS_MAIN(TestUpdateDecision)
#include "tst_updatedecision.moc"
