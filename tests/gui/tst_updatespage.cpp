#include "accessibilitywalk.h"
#include "guifixture.h"

#include <pages/updatespage.h>
#include <ui/banner.h>
#include <ui/label.h>
#include <ui/stepper.h>

#include <QClipboard>
#include <QDialog>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::test;
using ui::StepState;

class UpdatesPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void running_isChosen_whenOpened();
    void stepper_followsEvents();
    void notice_saysWhatFailureMeans_data();
    void notice_saysWhatFailureMeans();
    void rolledBack_saysWhy_andCanBeCopied();
    void cancel_asksFirst_andCalls();
    void cancel_isGone_onceCommitted();
    void retry_startsTheContainerAgain();
    void steps_areFolded_whenThereIsLittleRoom();
    void pull_showsBytes_andNoPercentageWithoutTotal();
    void page_makesItselfAnew_fromState();
    void more_readsOlderUpdates();
    void openCount_isTold();
    void everything_hasAName();

private:
    void makePage();
    [[nodiscard]] QPushButton *button(const char *name) const;
    [[nodiscard]] ui::Stepper *stepper() const { return m_page->findChild<ui::Stepper *>(); }
    [[nodiscard]] QString noticeText() const;
    [[nodiscard]] QDialog *sheet() const
    {
        return m_page->findChild<QDialog *>(QStringLiteral("confirmSheet"));
    }
    [[nodiscard]] bool says(const QString &text) const;

    std::unique_ptr<GuiFixture> m_fixture;
    std::unique_ptr<ui::UpdatesPage> m_page;
};

void UpdatesPageTest::init()
{
    m_fixture = std::make_unique<GuiFixture>();
}

void UpdatesPageTest::cleanup()
{
    m_page.reset();
    m_fixture.reset();
}

void UpdatesPageTest::makePage()
{
    m_page =
        std::make_unique<ui::UpdatesPage>(m_fixture->backend, m_fixture->preferences, nullptr, sampleNow);
    m_page->resize(1500, 860);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    QTRY_VERIFY(stepper()->isVisible());
}

QPushButton *UpdatesPageTest::button(const char *name) const
{
    return m_page->findChild<QPushButton *>(QLatin1String(name));
}

QString UpdatesPageTest::noticeText() const
{
    const auto *notice = m_page->findChild<ui::Banner *>(QStringLiteral("updateNotice"));
    return notice->isVisible() ? notice->accessibleName() : QString();
}

bool UpdatesPageTest::says(const QString &text) const
{
    const auto labels = m_page->findChildren<QLabel *>();
    return std::ranges::any_of(
        labels, [&](const QLabel *label) { return label->isVisible() && label->text() == text; });
}

void UpdatesPageTest::running_isChosen_whenOpened()
{
    makePage();
    QCOMPARE(stepper()->steps().size(), std::size_t(10));
    QCOMPARE(stepper()->steps().at(6).title, QStringLiteral("Health check"));
    QCOMPARE(stepper()->steps().at(6).detail, QStringLiteral("0:46 of 2:00"));
    QCOMPARE(stepper()->steps().at(6).state, StepState::Current);
    const auto *log = m_page->findChild<QPlainTextEdit *>(QStringLiteral("updateLog"));
    QTRY_VERIFY(log->toPlainText().contains(QStringLiteral("maintenance mode")));
    QVERIFY(says(QStringLiteral("30.0.4")));
    QVERIFY(says(QStringLiteral("31.0.2")));
}

void UpdatesPageTest::stepper_followsEvents()
{
    makePage();
    contracts::UpdateStepChanged change{QStringLiteral("u-1"), {}, openUpdates().front().steps.at(6)};
    change.step.status = core::StepStatus::Failed;
    m_fixture->backend.emitEvent(contracts::events::updateStep, change);
    QCOMPARE(stepper()->steps().at(6).state, StepState::Failed);
    change.step = {};
    change.step.name = QStringLiteral("rollback");
    change.step.status = core::StepStatus::Running;
    m_fixture->backend.emitEvent(contracts::events::updateStep, change);
    QCOMPARE(stepper()->steps().back().title, QStringLiteral("Put 30.0.4 back"));
    QVERIFY(noticeText().contains(QStringLiteral("being put back")));
    QVERIFY(!button("cancelUpdate")->isVisible());
}

void UpdatesPageTest::notice_saysWhatFailureMeans_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<QString>("words");
    QTest::newRow("pull") << "pull"
                          << "nothing was touched";
    QTest::newRow("rename") << "rename"
                            << "under another name";
    QTest::newRow("stop") << "stop"
                          << "started again by itself";
    QTest::newRow("health") << "health"
                            << "started again by itself";
    QTest::newRow("commit") << "commit"
                            << "all checks have passed";
}

void UpdatesPageTest::notice_saysWhatFailureMeans()
{
    QFETCH(QString, step);
    QFETCH(QString, words);
    makePage();
    contracts::Update update = openUpdates().front();
    bool reached = false;
    for (contracts::Step &one : update.steps) {
        one.status = reached            ? core::StepStatus::Pending
                     : one.name == step ? core::StepStatus::Running
                                        : core::StepStatus::Succeeded;
        reached = reached || one.name == step;
    }
    m_fixture->backend.emitEvent(contracts::events::updateChanged, update);
    QVERIFY2(noticeText().contains(words), qPrintable(noticeText()));
}

void UpdatesPageTest::rolledBack_saysWhy_andCanBeCopied()
{
    makePage();
    m_page->showUpdate(QStringLiteral("u-5"));
    QTRY_VERIFY(noticeText().contains(QStringLiteral("ttyUSB0")));
    QVERIFY(noticeText().contains(QStringLiteral("2.1.0 was put back")));
    QCOMPARE(stepper()->steps().at(6).state, StepState::Failed);
    QCOMPARE(stepper()->steps().back().state, StepState::PutBack);
    auto *copy = m_page->findChild<ui::Banner *>(QStringLiteral("updateNotice"))->findChild<QPushButton *>();
    QTest::mouseClick(copy, Qt::LeftButton);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("ttyUSB0")));
}

void UpdatesPageTest::cancel_asksFirst_andCalls()
{
    makePage();
    contracts::Update cancelled = openUpdates().front();
    cancelled.status = core::UpdateStatus::Cancelled;
    cancelled.completedAt = sampleNow();
    m_fixture->backend.answer<contracts::CancelUpdate>(cancelled);
    QTest::mouseClick(button("cancelUpdate"), Qt::LeftButton);
    QVERIFY(sheet() != nullptr);
    QCOMPARE(m_fixture->backend.count<contracts::CancelUpdate>(), 0);
    QTest::mouseClick(sheet()->findChild<QPushButton *>(QStringLiteral("verbButton")), Qt::LeftButton);
    QTRY_COMPARE(m_fixture->backend.count<contracts::CancelUpdate>(), 1);
    QCOMPARE(m_fixture->backend.last<contracts::CancelUpdate>().id, QStringLiteral("u-1"));
    QTRY_VERIFY(!button("cancelUpdate")->isVisible());
}

void UpdatesPageTest::cancel_isGone_onceCommitted()
{
    makePage();
    QVERIFY(button("cancelUpdate")->isVisible());
    contracts::UpdateStepChanged change{QStringLiteral("u-1"), {}, openUpdates().front().steps.at(8)};
    change.step.status = core::StepStatus::Running;
    m_fixture->backend.emitEvent(contracts::events::updateStep, change);
    QVERIFY(!button("cancelUpdate")->isVisible());
}

void UpdatesPageTest::retry_startsTheContainerAgain()
{
    makePage();
    m_page->showUpdate(QStringLiteral("u-5"));
    QTRY_VERIFY(button("retryUpdate")->isVisible());
    QTest::mouseClick(button("retryUpdate"), Qt::LeftButton);
    QTest::mouseClick(sheet()->findChild<QPushButton *>(QStringLiteral("verbButton")), Qt::LeftButton);
    QTRY_COMPARE(m_fixture->backend.count<contracts::StartUpdates>(), 1);
    QCOMPARE(m_fixture->backend.last<contracts::StartUpdates>().containers,
        std::vector<QString>{QStringLiteral("c-zigbee2mqtt")});
}

void UpdatesPageTest::steps_areFolded_whenThereIsLittleRoom()
{
    makePage();
    m_page->resize(1000, 700);
    QTRY_COMPARE(stepper()->steps().size(), std::size_t(7));
    QCOMPARE(stepper()->steps().at(3).title, QStringLiteral("Start new"));
    QCOMPARE(stepper()->steps().at(4).state, StepState::Current);
    QCOMPARE(stepper()->steps().at(5).title, QStringLiteral("Verify"));
    m_page->resize(1600, 700);
    QTRY_COMPARE(stepper()->steps().size(), std::size_t(10));
}

void UpdatesPageTest::pull_showsBytes_andNoPercentageWithoutTotal()
{
    m_fixture->backend.answer<contracts::ListUpdates>({{pullingUpdate()}, std::nullopt});
    m_fixture->backend.answer<contracts::GetUpdate>(pullingUpdate());
    makePage();
    QTRY_VERIFY(says(QStringLiteral("120 MB of 412 MB")));
    contracts::UpdateStepChanged change{QStringLiteral("u-1"), {}, pullingUpdate().steps.at(1)};
    change.step.progress->total.reset();
    change.step.progress->done = 130'000'000;
    m_fixture->backend.emitEvent(contracts::events::updateStep, change);
    QVERIFY(says(QStringLiteral("130 MB")));
    QVERIFY(!stepper()->steps().at(1).fraction);
}

void UpdatesPageTest::page_makesItselfAnew_fromState()
{
    makePage();
    m_page.reset();
    contracts::Update later = openUpdates().front();
    later.steps.at(6).status = core::StepStatus::Succeeded;
    later.steps.at(7).status = core::StepStatus::Running;
    m_fixture->backend.answer<contracts::ListUpdates>({{later}, std::nullopt});
    m_fixture->backend.answer<contracts::GetUpdate>(later);
    makePage();
    QCOMPARE(stepper()->steps().at(7).state, StepState::Current);
    // And when events were lost.
    later.steps.at(7).status = core::StepStatus::Succeeded;
    later.steps.at(8).status = core::StepStatus::Running;
    m_fixture->backend.answer<contracts::ListUpdates>({{later}, std::nullopt});
    m_fixture->backend.answer<contracts::GetUpdate>(later);
    m_fixture->backend.emitResync();
    QTRY_COMPARE(stepper()->steps().at(8).state, StepState::Current);
}

void UpdatesPageTest::more_readsOlderUpdates()
{
    m_fixture->backend.on<contracts::ListUpdateHistory>(
        [](const contracts::UpdateQuery &query) -> core::Result<contracts::UpdatePage> {
            const auto all = finishedUpdates();
            return query.cursor ? contracts::UpdatePage{{all.begin() + 2, all.end()}, std::nullopt}
                                : contracts::UpdatePage{{all.begin(), all.begin() + 2}, QStringLiteral("2")};
        });
    makePage();
    auto *list = m_page->findChild<QListView *>(QStringLiteral("updateList"));
    const int before = list->model()->rowCount();
    QTRY_VERIFY(button("moreButton")->isVisible());
    QTest::mouseClick(button("moreButton"), Qt::LeftButton);
    QTRY_COMPARE(list->model()->rowCount(), before + 3);
    QVERIFY(!button("moreButton")->isVisible());
}

void UpdatesPageTest::openCount_isTold()
{
    makePage();
    QTRY_COMPARE(m_page->openCount(), 4);
    QSignalSpy told(m_page.get(), &ui::UpdatesPage::openCountChanged);
    contracts::Update update = openUpdates().front();
    update.status = core::UpdateStatus::Succeeded;
    update.completedAt = sampleNow();
    m_fixture->backend.emitEvent(contracts::events::updateChanged, update);
    QCOMPARE(told.count(), 1);
    QCOMPARE(m_page->openCount(), 3);
}

void UpdatesPageTest::everything_hasAName()
{
    makePage();
    QCOMPARE(namelessObjects(m_page.get()), QStringList());
    m_page->showUpdate(QStringLiteral("u-5"));
    QTRY_VERIFY(button("retryUpdate")->isVisible());
    QCOMPARE(namelessObjects(m_page.get()), QStringList());
}

QTEST_MAIN(UpdatesPageTest)
#include "tst_updatespage.moc"
