#include <domain/recoverydecision.h>

#include <QTest>

using namespace dockerauto::domain;

class TestRecoveryDecision : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decision_isTotalAndSafe_forEveryCombination()
    {
        int combinations = 0;
        for (const auto old : {OldContainer::Missing, OldContainer::Aside, OldContainer::InPlace}) {
            for (const auto fresh :
                {NewContainer::Missing, NewContainer::Incomplete, NewContainer::Complete}) {
                for (const auto phase :
                    {JournalPhase::BeforeCommit, JournalPhase::Committed, JournalPhase::PuttingBack}) {
                    for (int bits = 0; bits < 8; ++bits) {
                        const bool taken = (bits & 1) != 0;
                        const bool rebuildable = (bits & 2) != 0;
                        const bool vanishes = (bits & 4) != 0;
                        ++combinations;
                        const auto action = decideRecovery({old, fresh, phase, taken, rebuildable, vanishes});
                        // The old one is removed only after the commit, and only with the new one there.
                        if (action == RecoveryAction::CleanUp) {
                            QVERIFY(phase == JournalPhase::Committed);
                            QVERIFY(fresh != NewContainer::Missing || vanishes);
                        }
                        // There is something to put back.
                        if (action == RecoveryAction::PutBack) {
                            QVERIFY(old != OldContainer::Missing || rebuildable);
                        }
                        // What is not known to be whole is never started.
                        if (action == RecoveryAction::GoForward) {
                            QVERIFY(fresh == NewContainer::Complete && phase == JournalPhase::BeforeCommit);
                        }
                        // Once it was decided to go back, it is not gone forward.
                        if (phase == JournalPhase::PuttingBack) {
                            QVERIFY(action == RecoveryAction::PutBack || action == RecoveryAction::Park);
                        }
                        if (taken) {
                            QCOMPARE(action, RecoveryAction::Park);
                        }
                    }
                }
            }
        }
        QCOMPARE(combinations, 216);
    }

    void decision_follows_whatIsThere_data()
    {
        QTest::addColumn<OldContainer>("old");
        QTest::addColumn<NewContainer>("fresh");
        QTest::addColumn<JournalPhase>("phase");
        QTest::addColumn<RecoveryAction>("action");
        const auto row = [](const char *name, OldContainer old, NewContainer fresh, JournalPhase phase,
                             RecoveryAction action) {
            QTest::newRow(name) << old << fresh << phase << action;
        };
        using Old = OldContainer;
        using New = NewContainer;
        using Phase = JournalPhase;
        using Action = RecoveryAction;
        row("nothing done yet", Old::InPlace, New::Missing, Phase::BeforeCommit, Action::NothingChanged);
        row("renamed", Old::Aside, New::Missing, Phase::BeforeCommit, Action::PutBack);
        row("half made", Old::Aside, New::Incomplete, Phase::BeforeCommit, Action::PutBack);
        row("made", Old::Aside, New::Complete, Phase::BeforeCommit, Action::GoForward);
        row("old one gone", Old::Missing, New::Complete, Phase::BeforeCommit, Action::GoForward);
        row("old one gone, new one half made", Old::Missing, New::Incomplete, Phase::BeforeCommit,
            Action::Park);
        row("both gone", Old::Missing, New::Missing, Phase::BeforeCommit, Action::Park);
        row("committed", Old::Aside, New::Complete, Phase::Committed, Action::CleanUp);
        row("committed, old one removed", Old::Missing, New::Complete, Phase::Committed, Action::CleanUp);
        row("committed, new one gone", Old::Aside, New::Missing, Phase::Committed, Action::Park);
        row("going back", Old::Aside, New::Complete, Phase::PuttingBack, Action::PutBack);
        row("back already", Old::InPlace, New::Missing, Phase::PuttingBack, Action::PutBack);
        row("going back to nothing", Old::Missing, New::Complete, Phase::PuttingBack, Action::Park);
    }
    void decision_follows_whatIsThere()
    {
        QFETCH(OldContainer, old);
        QFETCH(NewContainer, fresh);
        QFETCH(JournalPhase, phase);
        QFETCH(RecoveryAction, action);
        QCOMPARE(decideRecovery({.old = old, .fresh = fresh, .phase = phase}), action);
    }

    void decision_rebuildsTheOldOne_onlyWhenItsAbsenceIsNoWish()
    {
        const RecoveryFacts both{.rebuildable = true};
        QCOMPARE(decideRecovery(both), RecoveryAction::Park);
        RecoveryFacts vanished = both;
        vanished.vanishes = true;
        QCOMPARE(decideRecovery(vanished), RecoveryAction::PutBack);
        const RecoveryFacts half{.fresh = NewContainer::Incomplete, .rebuildable = true};
        QCOMPARE(decideRecovery(half), RecoveryAction::PutBack);
    }

    void decisions_goOneWay_whenThereAreSeveral()
    {
        using Action = RecoveryAction;
        const auto together = [](std::initializer_list<Action> actions) {
            return combineRecovery(std::span(actions.begin(), actions.size()));
        };
        QCOMPARE(together({Action::GoForward, Action::GoForward}), Action::GoForward);
        QCOMPARE(together({Action::GoForward, Action::NothingChanged}), Action::PutBack);
        QCOMPARE(together({Action::PutBack, Action::GoForward}), Action::PutBack);
        QCOMPARE(together({Action::PutBack, Action::Park}), Action::Park);
        QCOMPARE(together({Action::CleanUp, Action::CleanUp}), Action::CleanUp);
        QCOMPARE(together({}), Action::NothingChanged);
    }
};

QTEST_GUILESS_MAIN(TestRecoveryDecision)
#include "tst_recoverydecision.moc"
