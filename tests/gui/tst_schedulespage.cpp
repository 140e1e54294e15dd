#include "accessibilitywalk.h"
#include "guifixture.h"
#include "planningsamples.h"

#include <pages/schedulespage.h>
#include <ui/label.h>
#include <ui/segmentedfilter.h>
#include <ui/skeletonlist.h>
#include <ui/statepanel.h>

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace dockerauto;
using namespace dockerauto::test;
using View = ui::SchedulesPage::View;

class SchedulesPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void sentence_saysWhatIsNext();
    void week_isSteppedThrough_byKeys();
    void week_opensTheEditor_ofWhatIsChosen();
    void list_showsSchedulesAndWindows();
    void switch_asksTheBackend_andFollowsIt();
    void runNow_isForSchedulesOnly();
    void remove_namesTheObject_andCalls();
    void remove_canBeLeft();
    void menu_offersWhatFits();
    void rules_showPolicies();
    void view_isRemembered();
    void loading_showsTheSkeleton();
    void empty_saysTheFirstStep_data();
    void empty_saysTheFirstStep();
    void failure_canBeTriedAgain();
    void denied_saysWhy_andCanBeCopied();
    void offline_disablesWhatAsks_andKeepsTheData();
    void newPlans_areShown_afterTheEvent();
    void everything_hasAName_data();
    void everything_hasAName();

private:
    void makePage(View view);
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        return m_page->findChild<QPushButton *>(QLatin1String(name));
    }
    [[nodiscard]] QTreeView *table(const char *name = "planTable") const
    {
        return m_page->findChild<QTreeView *>(QLatin1String(name));
    }
    [[nodiscard]] QWidget *grid() const { return m_page->findChild<QWidget *>(QStringLiteral("weekGrid")); }
    [[nodiscard]] QString sentence() const
    {
        return m_page->findChild<ui::ElidedLabel *>(QStringLiteral("statusSentence"))->text();
    }
    [[nodiscard]] QDialog *sheet(const char *name) const
    {
        return m_page->findChild<QDialog *>(QLatin1String(name));
    }
    [[nodiscard]] ui::StatePanel *state() const { return m_page->findChild<ui::StatePanel *>(); }
    void choose(int row) { table()->setCurrentIndex(table()->model()->index(row, 0)); }

    std::unique_ptr<GuiFixture> m_fixture;
    std::unique_ptr<ui::SchedulesPage> m_page;
};

void SchedulesPageTest::initTestCase()
{
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale(QStringLiteral("en_US")));
}

void SchedulesPageTest::init()
{
    m_fixture = std::make_unique<GuiFixture>();
    scriptPlanning(m_fixture->backend);
}

void SchedulesPageTest::cleanup()
{
    m_page.reset();
    m_fixture.reset();
}

void SchedulesPageTest::makePage(View view)
{
    m_page =
        std::make_unique<ui::SchedulesPage>(m_fixture->backend, m_fixture->preferences, nullptr, sampleNow);
    m_page->resize(1200, 860);
    m_page->showView(view);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    QTRY_VERIFY(!m_page->findChild<ui::SkeletonList *>()->isVisible());
}

void SchedulesPageTest::sentence_saysWhatIsNext()
{
    makePage(View::Week);
    QTRY_COMPARE(sentence(), QStringLiteral("4 schedule(s) · next: Edge check in 1 h, today 04:30"));
}

void SchedulesPageTest::week_isSteppedThrough_byKeys()
{
    makePage(View::Week);
    QTRY_VERIFY(grid()->accessibleDescription().contains(QStringLiteral("Arrow keys")));
    grid()->setFocus(Qt::TabFocusReason);
    const QString first = grid()->accessibleDescription();
    QVERIFY2(first.startsWith(QStringLiteral("Quiet hours, ")), qPrintable(first));
    QTest::keyClick(grid(), Qt::Key_Down);
    const QString second = grid()->accessibleDescription();
    QVERIFY(second != first);
    QTest::keyClick(grid(), Qt::Key_Up);
    QCOMPARE(grid()->accessibleDescription(), first);
    QTest::keyClick(grid(), Qt::Key_Right);
    QVERIFY(grid()->accessibleDescription() != first);
    QTest::keyClick(grid(), Qt::Key_End);
    const QString last = grid()->accessibleDescription();
    QTest::keyClick(grid(), Qt::Key_Down);
    QCOMPARE(grid()->accessibleDescription(), last);
    QCOMPARE(m_page->findChild<ui::ElidedLabel *>(QStringLiteral("weekNote"))->text(), last);
}

void SchedulesPageTest::week_opensTheEditor_ofWhatIsChosen()
{
    makePage(View::Week);
    grid()->setFocus(Qt::TabFocusReason);
    QTRY_VERIFY(grid()->accessibleDescription().startsWith(QStringLiteral("Quiet hours, ")));
    QTest::keyClick(grid(), Qt::Key_Return);
    QDialog *editor = sheet("windowEditor");
    QVERIFY(editor != nullptr);
    QVERIFY(editor->isModal());
    QCOMPARE(editor->findChild<QLineEdit *>(QStringLiteral("name"))->text(), QStringLiteral("Quiet hours"));
}

void SchedulesPageTest::list_showsSchedulesAndWindows()
{
    makePage(View::List);
    QTRY_COMPARE(table()->model()->rowCount(), 7);
    QVERIFY(table()->isVisible());
    QVERIFY(button("editPlan")->isVisible());
    QVERIFY(table()->currentIndex().isValid());
}

void SchedulesPageTest::switch_asksTheBackend_andFollowsIt()
{
    makePage(View::List);
    QTRY_COMPARE(table()->model()->rowCount(), 7);
    m_fixture->backend.on<contracts::ChangeSchedule>([this](const contracts::ScheduleChange &change) {
        std::vector<contracts::Schedule> schedules = sampleSchedules();
        schedules.at(1).enabled = change.enabled;
        m_fixture->backend.answer<contracts::ListSchedules>({schedules});
        return core::Result<contracts::Schedule>(schedules.at(1));
    });
    choose(1);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Space);
    QTRY_COMPARE(m_fixture->backend.count<contracts::ChangeSchedule>(), 1);
    const auto change = m_fixture->backend.last<contracts::ChangeSchedule>();
    QCOMPARE(change.id, QStringLiteral("s-media"));
    QCOMPARE(change.enabled, false);
    QCOMPARE(change.cron, QStringLiteral("0 10 * * FRI"));
    QCOMPARE(change.jitterSeconds, 300);
    QCOMPARE(change.scope.value, std::optional(QStringLiteral("media")));
    QTRY_COMPARE(table()->model()->index(1, 5).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    QTRY_COMPARE(button("turnPlan")->text(), QStringLiteral("Turn on"));
    // With the pointer, on a window: its times go along, its calendar stays as it is.
    m_fixture->backend.answer<contracts::ChangeWindow>(sampleWindows().at(0));
    const QModelIndex cell = table()->model()->index(4, 5);
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {},
        QPoint(table()->visualRect(cell).left() + 20, table()->visualRect(cell).center().y()));
    QTRY_COMPARE(m_fixture->backend.count<contracts::ChangeWindow>(), 1);
    const auto window = m_fixture->backend.last<contracts::ChangeWindow>();
    QCOMPARE(window.enabled, false);
    QCOMPARE(window.times->start, std::optional(QStringLiteral("10:00")));
    QVERIFY(!window.calendar);
}

void SchedulesPageTest::runNow_isForSchedulesOnly()
{
    makePage(View::List);
    QTRY_COMPARE(table()->model()->rowCount(), 7);
    m_fixture->backend.answer<contracts::RunSchedule>(sampleSchedules().at(2));
    choose(5);
    QVERIFY(!button("runPlan")->isEnabled());
    choose(2);
    QVERIFY(button("runPlan")->isEnabled());
    button("runPlan")->click();
    QTRY_COMPARE(m_fixture->backend.count<contracts::RunSchedule>(), 1);
    QCOMPARE(m_fixture->backend.last<contracts::RunSchedule>().id, QStringLiteral("s-night"));
}

void SchedulesPageTest::remove_namesTheObject_andCalls()
{
    makePage(View::List);
    QTRY_COMPARE(table()->model()->rowCount(), 7);
    m_fixture->backend.answer<contracts::RemoveWindow>({});
    choose(6);
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Delete);
    QDialog *asked = sheet("confirmSheet");
    QVERIFY(asked != nullptr);
    QCOMPARE(asked->windowTitle(), QStringLiteral("Remove the freeze Sale weekend?"));
    QCOMPARE(m_fixture->backend.count<contracts::RemoveWindow>(), 0);
    asked->findChild<QPushButton *>(QStringLiteral("verbButton"))->click();
    QTRY_COMPARE(m_fixture->backend.count<contracts::RemoveWindow>(), 1);
    QCOMPARE(m_fixture->backend.last<contracts::RemoveWindow>().id, QStringLiteral("w-freeze"));
}

void SchedulesPageTest::remove_canBeLeft()
{
    makePage(View::List);
    QTRY_COMPARE(table()->model()->rowCount(), 7);
    choose(0);
    button("removePlan")->click();
    QTRY_VERIFY(sheet("confirmSheet")->findChild<QPushButton *>(QStringLiteral("cancelButton"))->hasFocus());
    QTest::keyClick(sheet("confirmSheet"), Qt::Key_Escape);
    QTRY_VERIFY(sheet("confirmSheet") == nullptr);
    QCOMPARE(m_fixture->backend.count<contracts::RemoveSchedule>(), 0);
}

void SchedulesPageTest::menu_offersWhatFits()
{
    makePage(View::List);
    QTRY_COMPARE(table()->model()->rowCount(), 7);
    choose(0);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QCoreApplication::sendEvent(table(), &event);
    const auto *menu = m_page->findChild<QMenu *>();
    QVERIFY(menu != nullptr);
    QStringList texts;
    for (const QAction *action : menu->actions()) {
        texts << action->text();
    }
    QCOMPARE(texts, (QStringList{QStringLiteral("Edit…"), QStringLiteral("Run now"),
                        QStringLiteral("Turn off"), QString(), QStringLiteral("Remove…")}));
}

void SchedulesPageTest::rules_showPolicies()
{
    makePage(View::Rules);
    QTRY_COMPARE(table("ruleTable")->model()->rowCount(), 3);
    QVERIFY(!button("newWindow")->isVisible());
    QVERIFY(!button("runPlan")->isVisible());
    const QString rules = table("ruleTable")->model()->index(0, 1).data().toString();
    QCOMPARE(rules, QStringLiteral("Approval, within 16.x, no pre-releases"));
    QTRY_VERIFY(sentence().startsWith(QStringLiteral("3 rule(s)")));
}

void SchedulesPageTest::view_isRemembered()
{
    makePage(View::Rules);
    m_page =
        std::make_unique<ui::SchedulesPage>(m_fixture->backend, m_fixture->preferences, nullptr, sampleNow);
    QCOMPARE(m_page->view(), View::Rules);
}

void SchedulesPageTest::loading_showsTheSkeleton()
{
    m_fixture->backend.hold();
    m_page =
        std::make_unique<ui::SchedulesPage>(m_fixture->backend, m_fixture->preferences, nullptr, sampleNow);
    m_page->show();
    QVERIFY(m_page->findChild<ui::SkeletonList *>()->isVisible());
    m_fixture->backend.release();
    QTRY_VERIFY(grid()->isVisible());
}

void SchedulesPageTest::empty_saysTheFirstStep_data()
{
    QTest::addColumn<int>("view");
    QTest::addColumn<QString>("title");
    QTest::newRow("week") << static_cast<int>(View::Week) << "Nothing is scheduled yet";
    QTest::newRow("list") << static_cast<int>(View::List) << "Nothing is scheduled yet";
    QTest::newRow("rules") << static_cast<int>(View::Rules) << "No rules for groups yet";
}

void SchedulesPageTest::empty_saysTheFirstStep()
{
    QFETCH(int, view);
    QFETCH(QString, title);
    m_fixture->backend.answer<contracts::ListSchedules>({});
    m_fixture->backend.answer<contracts::ListWindows>({});
    m_fixture->backend.answer<contracts::ListUpcoming>({});
    m_fixture->backend.answer<contracts::ListPolicies>({});
    makePage(static_cast<View>(view));
    QTRY_VERIFY(state()->isVisible());
    QCOMPARE(state()->title(), title);
    QVERIFY(!button("editPlan")->isVisible());
    state()->findChild<QPushButton *>()->click();
    QTRY_VERIFY(m_page->findChild<QDialog *>() != nullptr);
}

void SchedulesPageTest::failure_canBeTriedAgain()
{
    m_fixture->backend.refuse<contracts::ListWindows>(QStringLiteral("The database is locked."));
    makePage(View::List);
    QTRY_VERIFY(state()->isVisible());
    QCOMPARE(state()->title(), QStringLiteral("The schedules could not be read"));
    m_fixture->backend.answer<contracts::ListWindows>({sampleWindows()});
    state()->findChild<QPushButton *>()->click();
    QTRY_VERIFY(table()->isVisible());
}

void SchedulesPageTest::denied_saysWhy_andCanBeCopied()
{
    m_fixture->backend.on<contracts::ListPolicies>([](const auto &) {
        return core::Result<contracts::PolicyList>(core::fail(core::ErrorCode::PermissionDenied,
            QStringLiteral("Your role “Viewer” has no right policies:read.")));
    });
    makePage(View::Rules);
    QTRY_VERIFY(state()->isVisible());
    QCOMPARE(state()->title(), QStringLiteral("You may not see this"));
    state()->findChild<QPushButton *>()->click();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("policies:read")));
    // The rest can still be seen.
    m_page->showView(View::Week);
    QVERIFY(grid()->isVisible());
}

void SchedulesPageTest::offline_disablesWhatAsks_andKeepsTheData()
{
    makePage(View::List);
    QTRY_COMPARE(table()->model()->rowCount(), 7);
    m_fixture->backend.setConnection(contracts::Backend::Connection::Disconnected);
    for (const char *name : {"newSchedule", "newWindow", "editPlan", "runPlan", "turnPlan", "removePlan"}) {
        QVERIFY2(!button(name)->isEnabled(), name);
    }
    QVERIFY(table()->isVisible());
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_Space);
    QCOMPARE(m_fixture->backend.count<contracts::ChangeSchedule>(), 0);
    m_fixture->backend.setConnection(contracts::Backend::Connection::Connected);
    QTRY_VERIFY(button("newSchedule")->isEnabled());
}

void SchedulesPageTest::newPlans_areShown_afterTheEvent()
{
    makePage(View::List);
    QTRY_COMPARE(table()->model()->rowCount(), 7);
    choose(2);
    std::vector<contracts::Schedule> schedules = sampleSchedules();
    schedules.erase(schedules.begin());
    m_fixture->backend.answer<contracts::ListSchedules>({schedules});
    m_fixture->backend.emitEvent(contracts::events::planningChanged, contracts::Nothing{});
    QTRY_COMPARE(table()->model()->rowCount(), 6);
    // What was chosen is chosen still.
    QCOMPARE(table()->currentIndex().data().toString(), QStringLiteral("Nightly patches"));
}

void SchedulesPageTest::everything_hasAName_data()
{
    QTest::addColumn<int>("view");
    QTest::newRow("week") << static_cast<int>(View::Week);
    QTest::newRow("list") << static_cast<int>(View::List);
    QTest::newRow("rules") << static_cast<int>(View::Rules);
}

void SchedulesPageTest::everything_hasAName()
{
    QFETCH(int, view);
    makePage(static_cast<View>(view));
    QCOMPARE(namelessObjects(m_page.get()), QStringList());
}

QTEST_MAIN(SchedulesPageTest)
#include "tst_schedulespage.moc"
