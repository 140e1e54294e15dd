#include "accessibilitywalk.h"
#include "guifixture.h"
#include "updatesamples.h"

#include <pages/updatespage.h>
#include <ui/banner.h>
#include <ui/chip.h>
#include <ui/label.h>
#include <ui/stepper.h>

#include <QCheckBox>
#include <QClipboard>
#include <QDialog>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::test;
using core::ResumeDirection;
using core::StepStatus;
using ui::StepState;

/// What the page of updates shows and offers while a container is watched, when an update can be undone, when
/// it was, and when it needs a person.
class UpdateAfterwardsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void steps_haveWords_andAreFolded();
    void watched_showsTheTimeLeft();
    void steps_areGathered_whenTheWindowIsSmallest();
    void watched_ends_whenTold_data();
    void watched_ends_whenTold();
    void rollback_saysWhatIsRestored();
    void rollback_leavesVolumes_whenUnchecked();
    void rollback_saysSo_withoutSavedVolumes();
    void rollback_staysOpen_whenRefused();
    void rollback_isNotOffered_whenNothingIsKept();
    void rollback_worksByKeyboard();
    void parked_offersThreeWays_data();
    void parked_offersThreeWays();
    void parked_staysFirst_ofWhatWaits();
    void lastWords_standSideBySide();
    void lastWords_tellASharedFault();
    void lastWords_stay_whenAnEventHasNone();
    void proof_namesTheUnexplainedFirst();
    void links_leadToTheOtherUpdate();
    void offline_disablesAllWays();
    void everything_hasAName_data();
    void everything_hasAName();

private:
    void open(const QString &id);
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        return m_page->findChild<QPushButton *>(QLatin1String(name));
    }
    template <class Widget>
    [[nodiscard]] Widget *part(const char *name) const
    {
        return m_page->findChild<Widget *>(QLatin1String(name));
    }
    [[nodiscard]] ui::Stepper *stepper() const { return m_page->findChild<ui::Stepper *>(); }
    [[nodiscard]] QString noticeText() const
    {
        const auto *notice = part<ui::Banner>("updateNotice");
        return notice->isVisible() ? notice->accessibleName() : QString();
    }
    /// All that the labels in it say.
    [[nodiscard]] static QString textIn(const QWidget *widget)
    {
        QStringList texts;
        for (const auto *label : widget->findChildren<QLabel *>()) {
            texts << (label->isVisible() ? label->text() : QString());
        }
        for (const auto *label : widget->findChildren<ui::ElidedLabel *>()) {
            texts << (label->isVisible() ? label->text() : QString());
        }
        return texts.join(QLatin1Char('\n'));
    }
    [[nodiscard]] QDialog *openRollback(const char *opener);

    std::unique_ptr<GuiFixture> m_fixture;
    std::unique_ptr<ui::UpdatesPage> m_page;
};

void UpdateAfterwardsTest::init()
{
    m_fixture = std::make_unique<GuiFixture>();
    scriptAfterwards(m_fixture->backend);
}

void UpdateAfterwardsTest::cleanup()
{
    m_page.reset();
    m_fixture.reset();
}

void UpdateAfterwardsTest::open(const QString &id)
{
    m_page =
        std::make_unique<ui::UpdatesPage>(m_fixture->backend, m_fixture->preferences, nullptr, sampleNow);
    m_page->resize(1700, 1100);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_page->showUpdate(id);
    QTRY_VERIFY(stepper()->isVisible());
    const auto *log = part<QPlainTextEdit>("updateLog");
    QTRY_VERIFY(log->isVisible() && !log->toPlainText().isEmpty());
}

QDialog *UpdateAfterwardsTest::openRollback(const char *opener)
{
    QTest::mouseClick(button(opener), Qt::LeftButton);
    (void)QTest::qWaitFor([this] { return part<QDialog>("rollbackSheet") != nullptr; });
    return part<QDialog>("rollbackSheet");
}

void UpdateAfterwardsTest::steps_haveWords_andAreFolded()
{
    const contracts::Update update = fullUpdate(QStringLiteral("backup"));
    m_fixture->backend.answer<contracts::ListUpdates>({{update}, std::nullopt});
    m_fixture->backend.answer<contracts::GetUpdate>(update);
    open(update.id);
    m_page->resize(2100, 900);
    QTRY_COMPARE(stepper()->steps().size(), update.steps.size());
    QStringList titles;
    for (const ui::StepItem &item : stepper()->steps()) {
        titles << item.title;
    }
    QCOMPARE(titles.join(QLatin1Char('|')),
        QStringLiteral("Preflight|Pull image|Command before|Set old aside|Create|Stop old|Back up|"
                       "Start new|Health check|Command after|Verify|Commit|Clean up"));
    m_page->resize(1000, 900);
    QTRY_COMPARE(stepper()->steps().size(), std::size_t(8));
    QCOMPARE(stepper()->steps().at(3).title, QStringLiteral("Back up"));
    QCOMPARE(stepper()->steps().at(3).state, StepState::Current);
}

void UpdateAfterwardsTest::watched_showsTheTimeLeft()
{
    open(QStringLiteral("u-20"));
    QVERIFY2(noticeText().contains(QStringLiteral("17.2 is in use and is watched for another 8:00 min")),
        qPrintable(noticeText()));
    QCOMPARE(stepper()->steps().back().title, QStringLiteral("Watch"));
    QCOMPARE(stepper()->steps().back().state, StepState::Current);
    QCOMPARE(stepper()->steps().back().detail, QStringLiteral("8:00 left"));
    QVERIFY(stepper()->steps().back().fraction);
    QCOMPARE(qRound(*stepper()->steps().back().fraction * 10), 2);
    QVERIFY(button("rollBackNow")->isVisible());
    QVERIFY(!button("rollBack")->isVisible());
    const QString described = stepper()->accessibleDescription();
    QVERIFY2(described.contains(QStringLiteral("Watch: running, 8:00 left")), qPrintable(described));
    QTRY_VERIFY(textIn(part<QWidget>("savedVolumes")).contains(QStringLiteral("1.30 GB · saved")));
    const auto *list = part<QListView>("updateList");
    QVERIFY(list->currentIndex()
                .data(Qt::AccessibleTextRole)
                .toString()
                .contains(QStringLiteral("Watched for another")));
}

void UpdateAfterwardsTest::steps_areGathered_whenTheWindowIsSmallest()
{
    open(QStringLiteral("u-20"));
    m_page->resize(900, 600);
    QTRY_COMPARE(stepper()->steps().size(), std::size_t(7));
    QCOMPARE(stepper()->steps().front().state, StepState::Done);
    QCOMPARE(stepper()->steps().at(1).title, QStringLiteral("Back up"));
    QCOMPARE(stepper()->steps().back().title, QStringLiteral("Watch"));
}

void UpdateAfterwardsTest::watched_ends_whenTold_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("step");
    using core::WatchState;
    QTest::newRow("passed") << static_cast<int>(WatchState::Passed) << QString()
                            << QStringLiteral("does no worse than before")
                            << static_cast<int>(StepState::Done);
    QTest::newRow("regressed") << static_cast<int>(WatchState::Regressed)
                               << QStringLiteral("It is unhealthy.")
                               << QStringLiteral("17.2 became worse after the update. It is unhealthy.")
                               << static_cast<int>(StepState::Failed);
    QTest::newRow("ended") << static_cast<int>(WatchState::Ended) << QStringLiteral("Somebody stopped it.")
                           << QStringLiteral("not watched to the end. Somebody stopped it.")
                           << static_cast<int>(StepState::Done);
}

void UpdateAfterwardsTest::watched_ends_whenTold()
{
    QFETCH(int, state);
    QFETCH(QString, reason);
    QFETCH(QString, words);
    QFETCH(int, step);
    open(QStringLiteral("u-20"));
    contracts::Update update = watchedUpdate();
    update.log.clear();
    update.observation->state = static_cast<core::WatchState>(state);
    update.observation->reason = reason;
    m_fixture->backend.emitEvent(contracts::events::updateChanged, update);
    QVERIFY2(noticeText().contains(words), qPrintable(noticeText()));
    QCOMPARE(static_cast<int>(stepper()->steps().back().state), step);
    QVERIFY(!button("rollBackNow")->isVisible());
    QVERIFY(button("rollBack")->isVisible());
}

void UpdateAfterwardsTest::rollback_saysWhatIsRestored()
{
    open(QStringLiteral("u-21"));
    QDialog *sheet = openRollback("rollBack");
    QVERIFY(sheet != nullptr);
    QCOMPARE(sheet->windowTitle(), QStringLiteral("Put 16.4 of nextcloud-db back?"));
    const QString text = textIn(sheet);
    QVERIFY2(
        text.contains(QStringLiteral("16.4")) && text.contains(QStringLiteral("17.2")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("nextcloud_db")), qPrintable(text));
    QVERIFY2(text.contains(QStringLiteral("1.30 GB · saved 02:19")), qPrintable(text));
    QVERIFY2(
        text.contains(QStringLiteral("84 MB")) && text.contains(QStringLiteral("Btrfs")), qPrintable(text));
    auto *box = sheet->findChild<QCheckBox *>(QStringLiteral("restoreVolumes"));
    QVERIFY(box->isChecked());
    QVERIFY(box->accessibleDescription().contains(QStringLiteral("saved first")));
    QCOMPARE(m_fixture->backend.count<contracts::RollBackUpdate>(), 0);
    QTest::mouseClick(sheet->findChild<QPushButton *>(QStringLiteral("verbButton")), Qt::LeftButton);
    QTRY_COMPARE(m_fixture->backend.count<contracts::RollBackUpdate>(), 1);
    const contracts::RollbackRequest request = m_fixture->backend.last<contracts::RollBackUpdate>();
    QCOMPARE(request.id, QStringLiteral("u-21"));
    QCOMPARE(request.restoreVolumes, std::optional(true));
    // The operation that goes back is shown.
    QTRY_COMPARE(m_fixture->backend.last<contracts::GetUpdate>().id, QStringLiteral("u-30"));
}

void UpdateAfterwardsTest::rollback_leavesVolumes_whenUnchecked()
{
    open(QStringLiteral("u-20"));
    QDialog *sheet = openRollback("rollBackNow");
    QVERIFY(sheet != nullptr);
    auto *box = sheet->findChild<QCheckBox *>(QStringLiteral("restoreVolumes"));
    box->setChecked(false);
    QVERIFY(box->accessibleDescription().contains(QStringLiteral("stay as they are now")));
    QTest::mouseClick(sheet->findChild<QPushButton *>(QStringLiteral("verbButton")), Qt::LeftButton);
    QTRY_COMPARE(m_fixture->backend.count<contracts::RollBackUpdate>(), 1);
    QCOMPARE(m_fixture->backend.last<contracts::RollBackUpdate>().restoreVolumes, std::optional(false));
}

void UpdateAfterwardsTest::rollback_saysSo_withoutSavedVolumes()
{
    contracts::Update update = keptUpdate();
    update.savedVolumes.clear();
    m_fixture->backend.answer<contracts::GetUpdate>(update);
    open(QStringLiteral("u-21"));
    QVERIFY(!part<QWidget>("savedVolumes")->isVisible());
    QDialog *sheet = openRollback("rollBack");
    QVERIFY(sheet != nullptr);
    QVERIFY(sheet->findChild<QCheckBox *>(QStringLiteral("restoreVolumes")) == nullptr);
    QVERIFY(textIn(sheet).contains(QStringLiteral("No volumes were saved")));
    QTest::mouseClick(sheet->findChild<QPushButton *>(QStringLiteral("verbButton")), Qt::LeftButton);
    QTRY_COMPARE(m_fixture->backend.count<contracts::RollBackUpdate>(), 1);
    QVERIFY(!m_fixture->backend.last<contracts::RollBackUpdate>().restoreVolumes);
}

void UpdateAfterwardsTest::rollback_staysOpen_whenRefused()
{
    const QString why = QStringLiteral("Another update of this container is under way");
    m_fixture->backend.refuse<contracts::RollBackUpdate>(why);
    open(QStringLiteral("u-21"));
    QDialog *sheet = openRollback("rollBack");
    QVERIFY(sheet != nullptr);
    QTest::mouseClick(sheet->findChild<QPushButton *>(QStringLiteral("verbButton")), Qt::LeftButton);
    QTRY_VERIFY(textIn(sheet).contains(why));
    QVERIFY(sheet->isVisible());
}

void UpdateAfterwardsTest::rollback_isNotOffered_whenNothingIsKept()
{
    open(QStringLiteral("u-21"));
    QVERIFY(button("rollBack")->isVisible());
    contracts::Update update = keptUpdate();
    update.canRollBack = false;
    m_fixture->backend.answer<contracts::GetUpdate>(update);
    // It was cleaned up meanwhile: no sheet that promises what can't be done.
    QTest::mouseClick(button("rollBack"), Qt::LeftButton);
    QTRY_VERIFY(!button("rollBack")->isVisible());
    QVERIFY(part<QDialog>("rollbackSheet") == nullptr);
}

void UpdateAfterwardsTest::rollback_worksByKeyboard()
{
    open(QStringLiteral("u-21"));
    button("rollBack")->setFocus(Qt::TabFocusReason);
    QTest::keyClick(button("rollBack"), Qt::Key_Space);
    QTRY_VERIFY(part<QDialog>("rollbackSheet") != nullptr);
    auto *sheet = part<QDialog>("rollbackSheet");
    auto *box = sheet->findChild<QCheckBox *>(QStringLiteral("restoreVolumes"));
    QTRY_VERIFY(sheet->isVisible());
    QCOMPARE(namelessObjects(sheet), QStringList());
    // What cannot be taken back has the focus on Cancel.
    QTRY_COMPARE(sheet->focusWidget()->objectName(), QStringLiteral("cancelButton"));
    for (int press = 0; press < 8 && sheet->focusWidget() != box; ++press) {
        QTest::keyClick(sheet->focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(sheet->focusWidget(), box);
    QTest::keyClick(box, Qt::Key_Space);
    QVERIFY(!box->isChecked());
    QTest::keyClick(sheet, Qt::Key_Escape);
    QTRY_VERIFY(part<QDialog>("rollbackSheet") == nullptr || !part<QDialog>("rollbackSheet")->isVisible());
    QCOMPARE(m_fixture->backend.count<contracts::RollBackUpdate>(), 0);
}

void UpdateAfterwardsTest::parked_offersThreeWays_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("direction");
    QTest::newRow("resumeForward") << QStringLiteral("pass its checks")
                                   << static_cast<int>(ResumeDirection::Forward);
    QTest::newRow("resumeBack") << QStringLiteral("the old one runs again")
                                << static_cast<int>(ResumeDirection::Back);
    QTest::newRow("fixedByHand") << QStringLiteral("stays as it is now") << -1;
}

void UpdateAfterwardsTest::parked_offersThreeWays()
{
    QFETCH(QString, words);
    QFETCH(int, direction);
    contracts::Update after = parkedUpdate();
    after.status = direction < 0 ? core::UpdateStatus::Cancelled : core::UpdateStatus::Running;
    m_fixture->backend.answer<contracts::ResumeUpdate>(after);
    m_fixture->backend.answer<contracts::CancelUpdate>(after);
    open(QStringLiteral("u-24"));
    QVERIFY2(noticeText().contains(QStringLiteral("stopped and needs you")), qPrintable(noticeText()));
    QVERIFY2(noticeText().contains(QStringLiteral("port 5432 is already in use")), qPrintable(noticeText()));
    QVERIFY(!button("cancelUpdate")->isVisible());
    QTest::mouseClick(button(QTest::currentDataTag()), Qt::LeftButton);
    auto *sheet = part<QDialog>("confirmSheet");
    QVERIFY(sheet != nullptr);
    QVERIFY2(sheet->accessibleDescription().contains(words), qPrintable(sheet->accessibleDescription()));
    QTest::mouseClick(sheet->findChild<QPushButton *>(QStringLiteral("verbButton")), Qt::LeftButton);
    QTRY_VERIFY(!button(QTest::currentDataTag())->isVisible());
    if (direction < 0) {
        QCOMPARE(m_fixture->backend.last<contracts::CancelUpdate>().id, QStringLiteral("u-24"));
        QCOMPARE(m_fixture->backend.count<contracts::ResumeUpdate>(), 0);
    } else {
        const contracts::ResumeRequest request = m_fixture->backend.last<contracts::ResumeUpdate>();
        QCOMPARE(request.id, QStringLiteral("u-24"));
        QCOMPARE(request.direction, std::optional(static_cast<ResumeDirection>(direction)));
        QCOMPARE(m_fixture->backend.count<contracts::CancelUpdate>(), 0);
    }
}

void UpdateAfterwardsTest::parked_staysFirst_ofWhatWaits()
{
    contracts::Update earlier = openUpdates().at(2);
    earlier.createdAt = sampleNow() - std::chrono::hours(5);
    m_fixture->backend.answer<contracts::ListUpdates>({{earlier, parkedUpdate()}, std::nullopt});
    open(QStringLiteral("u-24"));
    const auto *list = part<QListView>("updateList");
    QCOMPARE(list->currentIndex().row(), 1);
    QVERIFY(
        list->currentIndex().data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("Needs you")));
}

void UpdateAfterwardsTest::lastWords_standSideBySide()
{
    open(QStringLiteral("u-5"));
    QTRY_VERIFY(part<QWidget>("lastWords")->isVisible());
    const auto *replacement = part<QPlainTextEdit>("replacementLog");
    const auto *original = part<QPlainTextEdit>("originalLog");
    QVERIFY(replacement->toPlainText().contains(QStringLiteral("Starting Zigbee2MQTT 2.1.3")));
    QVERIFY(original->toPlainText().contains(QStringLiteral("Starting Zigbee2MQTT 2.1.0")));
    const auto place = [this](const QWidget *widget) { return widget->mapTo(m_page.get(), QPoint()); };
    QCOMPARE(place(replacement).y(), place(original).y());
    const QString text = textIn(part<QWidget>("lastWords"));
    QVERIFY2(text.contains(QStringLiteral("ran 39 s")), qPrintable(text));
    m_page->resize(900, 900);
    QTRY_VERIFY(place(replacement).y() < place(original).y());
    QTest::mouseClick(replacement->parentWidget()->findChild<QPushButton *>(), Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("2.1.3")));
}

void UpdateAfterwardsTest::lastWords_tellASharedFault()
{
    open(QStringLiteral("u-5"));
    QTRY_VERIFY2(noticeText().contains(QStringLiteral("2.1.0 has the same fault")), qPrintable(noticeText()));
    QVERIFY(noticeText().contains(QStringLiteral("probably not the cause")));
    contracts::Update well = sickUpdate();
    // The old one wrote it before the update: it says nothing about now.
    for (contracts::LogLine &line : well.lastWords->original) {
        line.time = *line.time - std::chrono::hours(2);
    }
    m_fixture->backend.emitEvent(contracts::events::updateChanged, well);
    QVERIFY2(noticeText().contains(QStringLiteral("2.1.0 was put back")), qPrintable(noticeText()));
    QVERIFY(!noticeText().contains(QStringLiteral("same fault")));
}

void UpdateAfterwardsTest::lastWords_stay_whenAnEventHasNone()
{
    open(QStringLiteral("u-5"));
    QTRY_VERIFY(part<QWidget>("lastWords")->isVisible());
    contracts::Update update = sickUpdate();
    update.log.clear();
    update.lastWords.reset();
    m_fixture->backend.emitEvent(contracts::events::updateChanged, update);
    QVERIFY(part<QWidget>("lastWords")->isVisible());
}

void UpdateAfterwardsTest::proof_namesTheUnexplainedFirst()
{
    open(QStringLiteral("u-21"));
    auto *card = part<QWidget>("proofCard");
    QVERIFY(card->isVisible());
    const auto *unexplained = card->findChild<QWidget *>(QStringLiteral("unexplained"));
    QVERIFY(unexplained != nullptr);
    const QStringList rows = unexplained->accessibleDescription().split(QLatin1Char('\n'));
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows.at(0), QStringLiteral("HostConfig.Memory: expected 1073741824, found 0, Not explained"));
    QVERIFY2(rows.at(1).startsWith(QStringLiteral("Config.Labels.org.example/tier")), qPrintable(rows.at(1)));
    QVERIFY(!textIn(card).contains(QStringLiteral("Hostname")));
    auto *fold = card->findChild<QWidget *>(QStringLiteral("harmless"))->findChild<QPushButton *>();
    QCOMPARE(fold->text(), QStringLiteral("1 harmless difference(s)"));
    fold->setFocus(Qt::TabFocusReason);
    QTest::keyClick(fold, Qt::Key_Space);
    QVERIFY(textIn(card).contains(QStringLiteral("Config.Hostname")));
    QVERIFY(textIn(card).contains(QStringLiteral("makes the host name")));
    // What is unfolded stays so when the update is told anew.
    contracts::Update same = keptUpdate();
    same.log.clear();
    m_fixture->backend.emitEvent(contracts::events::updateChanged, same);
    QVERIFY(textIn(card).contains(QStringLiteral("Config.Hostname")));
}

void UpdateAfterwardsTest::links_leadToTheOtherUpdate()
{
    open(QStringLiteral("u-22"));
    QVERIFY2(noticeText().contains(QStringLiteral("17.2 became worse than before, 16.4 was put back")),
        qPrintable(noticeText()));
    QCOMPARE(stepper()->steps().back().state, StepState::PutBack);
    QVERIFY(button("rolledBackBy")->isVisible());
    QVERIFY(!button("rollbackOf")->isVisible());
    // It is not in the list yet.
    QTest::mouseClick(button("rolledBackBy"), Qt::LeftButton);
    QTRY_VERIFY(button("rollbackOf")->isVisible());
    QVERIFY(!button("rolledBackBy")->isVisible());
    QStringList titles;
    for (const ui::StepItem &item : stepper()->steps()) {
        titles << item.title;
    }
    QVERIFY2(titles.contains(QStringLiteral("Restore")), qPrintable(titles.join(QLatin1Char('|'))));
    QVERIFY2(titles.contains(QStringLiteral("Start 16.4")), qPrintable(titles.join(QLatin1Char('|'))));
    QTest::mouseClick(button("rollbackOf"), Qt::LeftButton);
    QTRY_VERIFY(button("rolledBackBy")->isVisible());
}

void UpdateAfterwardsTest::offline_disablesAllWays()
{
    open(QStringLiteral("u-24"));
    m_fixture->backend.setConnection(contracts::Backend::Connection::Disconnected);
    for (const char *name : {"resumeForward", "resumeBack", "fixedByHand"}) {
        QVERIFY2(button(name)->isVisible() && !button(name)->isEnabled(), name);
    }
    m_page->showUpdate(QStringLiteral("u-20"));
    QTRY_VERIFY(button("rollBackNow")->isVisible());
    QVERIFY(!button("rollBackNow")->isEnabled());
}

void UpdateAfterwardsTest::everything_hasAName_data()
{
    QTest::addColumn<QString>("id");
    for (const char *id : {"u-5", "u-20", "u-21", "u-22", "u-24"}) {
        QTest::newRow(id) << QString::fromLatin1(id);
    }
}

void UpdateAfterwardsTest::everything_hasAName()
{
    QFETCH(QString, id);
    open(id);
    QCOMPARE(namelessObjects(m_page.get()), QStringList());
}

QTEST_MAIN(UpdateAfterwardsTest)
#include "tst_updateafterwards.moc"
