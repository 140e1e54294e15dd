#include <registry/hostgate.h>

#include <QTest>

#include <deque>

using namespace dockerauto;
using namespace std::chrono_literals;
using registry::HostGate;
using registry::Purpose;
using Verdict = HostGate::Verdict;
using Outcome = HostGate::Outcome;

namespace {

const HostGate::Time begin{1h};

/// A gate and the time, which passes when the test says so.
struct Stage
{
    HostGate gate{[] { return 1.0; }};
    HostGate::Time now = begin;

    Verdict ask(Purpose purpose = Purpose::Look) { return gate.admit(purpose, now, now + 30s); }
    bool goes(Purpose purpose = Purpose::Look) { return ask(purpose).kind == Verdict::Kind::Go; }
    void end(Outcome::Kind kind, int status = 200, const registry::RateLimit &limit = {},
        HostGate::Duration latency = 1ms)
    {
        gate.release({kind, status, limit, latency, gate.generation()}, now);
    }
    void succeed(HostGate::Duration latency = 1ms) { end(Outcome::Kind::Answered, 200, {}, latency); }
    void refuse(std::optional<std::chrono::seconds> wait = {})
    {
        end(Outcome::Kind::Answered, 429, {{}, {}, {}, wait});
    }
    void fail() { end(Outcome::Kind::Failed); }
};

} // namespace

class HostGateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void window_isEight_onAShortWay()
    {
        Stage stage;
        for (int i = 0; i < 100; ++i) {
            QVERIFY(stage.goes());
            stage.succeed(2ms);
        }
        for (int i = 0; i < 8; ++i) {
            QVERIFY(stage.goes());
        }
        QCOMPARE(int(stage.ask().kind), int(Verdict::Kind::Full));
        QCOMPARE(stage.gate.requests(), qint64(108));
    }

    void window_growsToThirtyTwo_onALongWay()
    {
        Stage stage;
        for (int i = 0; i < 100; ++i) {
            QVERIFY(stage.goes());
            stage.succeed(50ms);
        }
        QCOMPARE(stage.gate.window(), 32);
    }

    void refusal_pausesFor_whatIsNamed()
    {
        Stage stage;
        QVERIFY(stage.goes());
        stage.refuse(90s);
        QCOMPARE(int(stage.ask().kind), int(Verdict::Kind::Paused));
        QVERIFY(stage.ask().at == begin + 90s);
        stage.now += 89s;
        QVERIFY(!stage.goes());
        stage.now += 1s;
        QVERIFY(stage.goes());
    }

    void refusal_isBelieved_forADayAtMost()
    {
        Stage stage;
        QVERIFY(stage.goes());
        stage.refuse(std::chrono::hours(1000));
        QVERIFY(stage.ask().at == begin + 24h);
    }

    void pause_doubles_whileNothingIsAnswered()
    {
        Stage stage;
        for (const auto expected : {1s, 2s, 4s, 8s, 16s, 32s, 64s, 128s, 256s, 300s, 300s}) {
            stage.now = stage.gate.pausedUntil(stage.now).value_or(stage.now);
            const auto verdict = stage.gate.admit(Purpose::Look, stage.now, stage.now + 1h);
            QCOMPARE(int(verdict.kind), int(Verdict::Kind::Go));
            stage.now = verdict.at;
            stage.refuse();
            QVERIFY(stage.gate.pausedUntil(stage.now) == stage.now + expected);
        }
    }

    void pause_isShortAgain_afterAnAnswer()
    {
        Stage stage;
        for (int i = 0; i < 3; ++i) {
            stage.now = stage.gate.pausedUntil(stage.now).value_or(stage.now) + 10s;
            QVERIFY(stage.goes());
            stage.refuse();
        }
        stage.now += 100s;
        QVERIFY(stage.goes());
        stage.succeed();
        QVERIFY(stage.goes());
        stage.refuse();
        QVERIFY(stage.gate.pausedUntil(stage.now) == stage.now + 1s);
    }

    void refusals_countOnce_whenTheyWereUnderWayTogether()
    {
        Stage stage;
        for (int i = 0; i < 8; ++i) {
            QVERIFY(stage.goes());
        }
        for (int i = 0; i < 8; ++i) {
            stage.gate.release({Outcome::Kind::Answered, 429, {}, 1ms, 0}, stage.now);
        }
        QCOMPARE(stage.gate.generation(), std::uint64_t(1));
        QCOMPARE(stage.gate.window(), 4);
        QVERIFY(stage.gate.pausedUntil(stage.now) == stage.now + 1s);
    }

    void pace_isWhatTheHostAllowed_betweenTwoRefusals()
    {
        Stage stage;
        QVERIFY(stage.goes());
        stage.refuse();
        // 20 in two seconds, then no more.
        stage.now += 1s;
        for (int i = 0; i < 20; ++i) {
            stage.now += 50ms;
            QVERIFY(stage.goes());
            stage.succeed();
        }
        QVERIFY(stage.goes());
        stage.refuse();
        stage.now += 1s;
        // Nine a second from now on: what gathered during the pause at once, then one by one.
        std::deque<HostGate::Time> sent;
        for (int i = 0; i < 18; ++i) {
            const Verdict verdict = stage.ask();
            QCOMPARE(int(verdict.kind), int(Verdict::Kind::Go));
            stage.now = std::max(stage.now, verdict.at);
            sent.push_back(stage.now);
            stage.succeed();
        }
        QVERIFY(sent.at(8) - sent.front() < 100ms);
        QVERIFY(sent.back() - sent.front() > 800ms);
        QVERIFY(sent.back() - sent.front() < 1200ms);
    }

    void pace_isForgotten_afterAWhile()
    {
        Stage stage;
        QVERIFY(stage.goes());
        stage.refuse();
        stage.now += 10min;
        for (int i = 0; i < 200; ++i) {
            const Verdict verdict = stage.ask();
            QCOMPARE(int(verdict.kind), int(Verdict::Kind::Go));
            stage.now = std::max(stage.now, verdict.at);
            stage.succeed();
        }
        QVERIFY(stage.now < begin + 10min + 1s);
    }

    void pulls_areRefused_whenNoneIsLeft_andLookingIsNot()
    {
        Stage stage;
        QVERIFY(stage.goes(Purpose::Pull));
        stage.end(Outcome::Kind::Answered, 200, {100, 0, 21600, {}});
        QCOMPARE(int(stage.ask(Purpose::Pull).kind), int(Verdict::Kind::NoPulls));
        QVERIFY(stage.ask(Purpose::Pull).at == begin + 6h);
        QVERIFY(stage.goes(Purpose::Look));
        // What looking tells opens it again.
        stage.end(Outcome::Kind::Answered, 200, {100, 3, 21600, {}});
        QVERIFY(stage.goes(Purpose::Pull));
        stage.end(Outcome::Kind::Answered, 200, {100, 0, 21600, {}});
        stage.now += 6h;
        QVERIFY(stage.goes(Purpose::Pull));
    }

    void figuresWithoutAWindow_areNoPulls()
    {
        Stage stage;
        QVERIFY(stage.goes());
        stage.end(Outcome::Kind::Answered, 200, {500, 0, {}, {}});
        QVERIFY(stage.goes(Purpose::Pull));
        QCOMPARE(stage.gate.budget()->limit.value_or(-1), qint64(500));
    }

    void failures_breakIt_andOneTrialFindsOut()
    {
        Stage stage;
        for (int i = 0; i < 5; ++i) {
            QVERIFY(!stage.gate.isBroken());
            QVERIFY(stage.goes());
            stage.fail();
        }
        QVERIFY(stage.gate.isBroken());
        for (const auto delay : {30s, 60s, 120s, 240s, 480s, 600s, 600s}) {
            const Verdict verdict = stage.ask();
            QCOMPARE(int(verdict.kind), int(Verdict::Kind::Broken));
            QVERIFY(verdict.since == begin);
            QVERIFY(verdict.at == stage.now + delay);
            stage.now += delay;
            QVERIFY(stage.goes());
            QCOMPARE(int(stage.ask().kind), int(Verdict::Kind::Broken));
            stage.fail();
        }
        stage.now += 600s;
        QVERIFY(stage.goes());
        stage.succeed();
        QVERIFY(!stage.gate.isBroken());
        QVERIFY(stage.goes());
    }

    void failures_mustBeConsecutive()
    {
        Stage stage;
        for (int i = 0; i < 20; ++i) {
            QVERIFY(stage.goes());
            if (i % 5 == 4) {
                stage.succeed();
            } else {
                stage.fail();
            }
        }
        QVERIFY(!stage.gate.isBroken());
    }

    void trial_isLeftToTheNext_whenItSaysNothing()
    {
        Stage stage;
        for (int i = 0; i < 5; ++i) {
            QVERIFY(stage.goes());
            stage.fail();
        }
        stage.now += 30s;
        QVERIFY(stage.goes());
        stage.end(Outcome::Kind::Unknown);
        QVERIFY(stage.goes());
    }

    void person_mayTry_whileItIsBroken()
    {
        Stage stage;
        for (int i = 0; i < 5; ++i) {
            QVERIFY(stage.goes());
            stage.fail();
        }
        QVERIFY(stage.goes(Purpose::Trial));
        stage.succeed();
        QVERIFY(stage.goes());
    }
};

QTEST_APPLESS_MAIN(HostGateTest)
#include "tst_hostgate.moc"
