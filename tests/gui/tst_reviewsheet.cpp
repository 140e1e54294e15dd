#include "accessibilitywalk.h"
#include "containerstest.h"
#include "plansamples.h"

#include <ui/banner.h>
#include <ui/label.h>

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QStandardItemModel>

using namespace dockerauto;
using namespace dockerauto::test;

namespace {

core::Result<contracts::StartedUpdates> begun(const contracts::StartUpdatesRequest &request)
{
    return contracts::StartedUpdates{
        {{QStringLiteral("u-77"), request.containers.front(), core::UpdateStatus::Running}}};
}

} // namespace

class ReviewSheetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<ContainersWorld>();
        backend().answer<contracts::GetPlan>(samplePlan());
        backend().on<contracts::StartUpdates>(begun);
    }
    void cleanup() { m_world.reset(); }
    void opens_fromKeyPanelAndMenu_data();
    void opens_fromKeyPanelAndMenu();
    void nothing_toUpdate_isTold();
    void waits_whileThePlanIsMade();
    void says_whatTheUpdateDoes();
    void confirm_sendsThePlanThatWasSeen();
    void confirm_sendsWhatWasChosen();
    void refused_planIsReadAnew_andToldSo();
    void refused_otherwise_isToldAndStays();
    void failed_preflightStandsInTheWay();
    void failed_planCanBeTriedAgain();
    void nothing_toUpdateAnyMore_isNoUpdate();
    void data_withoutCopyMustBeAgreedTo();
    void consequences_followTheChoiceOfACopy();
    void consequences_ofNoCopyAreToldToo();
    void obstacle_toACopyIsTold();
    void data_thatCannotBeSavedMustBeAgreedTo();
    void no_volumesNoQuestion();
    void impossible_strategiesSayWhy();
    void another_strategyIsAnotherPlan();
    void late_planOfAnEarlierChoice_isPassedOver();
    void payload_canBeSeenAndCopied();
    void skip_closesAndSkips();
    void keyboard_reachesEverything_inOrder();
    void texts_ofStrangersAreHarmless();
    void everything_hasAName();

private:
    [[nodiscard]] FakeBackend &backend() const { return m_world->fixture.backend; }
    [[nodiscard]] QDialog *sheet() const { return m_world->child<QDialog>("reviewSheet"); }
    template <class Widget>
    [[nodiscard]] Widget *part(const char *name) const
    {
        return sheet() == nullptr ? nullptr : sheet()->findChild<Widget *>(QLatin1String(name));
    }
    [[nodiscard]] QPushButton *verb() const { return part<QPushButton>("verbButton"); }
    [[nodiscard]] QCheckBox *box(const char *name) const { return part<QCheckBox>(name); }
    [[nodiscard]] bool shows(const char *name) const
    {
        const auto *widget = part<QWidget>(name);
        return widget != nullptr && widget->isVisible();
    }
    void fold(const char *name) const
    {
        QTest::keyClick(
            part<QWidget>(name)->findChild<QPushButton *>(QStringLiteral("foldButton")), Qt::Key_Space);
    }
    /// Opens the sheet of home-assistant and waits for its plan.
    void openSheet();
    void openWith(const contracts::Plan &plan)
    {
        backend().answer<contracts::GetPlan>(plan);
        openSheet();
    }
    [[nodiscard]] int begins() const { return backend().count<contracts::StartUpdates>(); }

    std::unique_ptr<ContainersWorld> m_world;
};

void ReviewSheetTest::openSheet()
{
    m_world->openAt(QStringLiteral("home-assistant"));
    QTest::keyClick(m_world->table(), Qt::Key_U, Qt::ControlModifier);
    QTRY_VERIFY(shows("planView"));
}

void ReviewSheetTest::opens_fromKeyPanelAndMenu_data()
{
    QTest::addColumn<QString>("way");
    QTest::newRow("key") << QStringLiteral("key");
    QTest::newRow("panel") << QStringLiteral("panel");
    QTest::newRow("menu") << QStringLiteral("menu");
}

void ReviewSheetTest::opens_fromKeyPanelAndMenu()
{
    QFETCH(QString, way);
    m_world->openAt(QStringLiteral("home-assistant"));
    if (way == QLatin1String("key")) {
        QTest::keyClick(m_world->table(), Qt::Key_U, Qt::ControlModifier);
    } else if (way == QLatin1String("panel")) {
        m_world->press("detailUpdate");
    } else {
        auto *action = m_world->inMenu<QAction>("reviewUpdate");
        QVERIFY(action != nullptr && action->isEnabled());
        action->trigger();
    }
    QTRY_VERIFY(shows("planView"));
    QCOMPARE(backend().last<contracts::GetPlan>().id, QStringLiteral("c-home-assistant"));
    QCOMPARE(begins(), 0);
}

void ReviewSheetTest::nothing_toUpdate_isTold()
{
    m_world->openAt(QStringLiteral("loki"));
    QTest::keyClick(m_world->table(), Qt::Key_U, Qt::ControlModifier);
    QTRY_VERIFY(m_world->says(QStringLiteral("Nothing to update: loki.")));
    QVERIFY(sheet() == nullptr);
}

void ReviewSheetTest::waits_whileThePlanIsMade()
{
    m_world->openAt(QStringLiteral("home-assistant"));
    backend().hold();
    QTest::keyClick(m_world->table(), Qt::Key_U, Qt::ControlModifier);
    QTRY_VERIFY(sheet() != nullptr && sheet()->isVisible());
    QVERIFY(m_world->says(QStringLiteral("Update home-assistant to 2025.3.1?")));
    QVERIFY(m_world->says(QStringLiteral("Looking at what the update would do…")));
    QVERIFY(!verb()->isEnabled());
    QTRY_VERIFY(part<QPushButton>("cancelButton")->hasFocus());
    backend().release();
    QTRY_VERIFY(verb()->isEnabled());
    QVERIFY(!m_world->says(QStringLiteral("Looking at what the update would do…")));
}

void ReviewSheetTest::says_whatTheUpdateDoes()
{
    openSheet();
    QCOMPARE(sheet()->windowTitle(), QStringLiteral("Update home-assistant to 2025.3.1?"));
    for (const char *text : {"The container stops for about 15 s, going by its earlier updates.",
             "412 MB of 910 MB", "it lives in the network of home-assistant", "/run/secrets/ha_token",
             "172.20.0.7", "Whether /srv/ha/config is there", "home_config at /config",
             "Going back brings back the container", "The new container is watched for 10 min afterwards.",
             "Your data volumes stay as they are."}) {
        QVERIFY2(m_world->says(QString::fromUtf8(text)), text);
    }
    QVERIFY(box("rollback")->isChecked());
    QVERIFY(box("rollback")->text().contains(QStringLiteral("within 2 min")));
    QVERIFY(!box("backup")->isChecked());
    QCOMPARE(box("backup")->text(), QStringLiteral("Save the volumes first (1.30 GB, about 20 s)"));
    QVERIFY(!m_world->says(QStringLiteral("8123 is this container's own.")));
    fold("goodFindings");
    QTRY_VERIFY(m_world->says(QStringLiteral("8123 is this container's own.")));
    fold("planConfig");
    const auto values = part<QWidget>("planConfig")->findChildren<ui::ElidedLabel *>();
    QTRY_VERIFY(std::ranges::any_of(values, [](const ui::ElidedLabel *label) {
        return label->isVisible() && label->text() == QStringLiteral("Variable PYTHON_VERSION");
    }));
    QVERIFY(!shows("planBlocked"));
    QVERIFY(!shows("backupRisk"));
}

void ReviewSheetTest::confirm_sendsThePlanThatWasSeen()
{
    openSheet();
    QSignalSpy started(m_world->page.get(), &ui::ContainersPage::updatesStarted);
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_COMPARE(begins(), 1);
    const auto request = backend().last<contracts::StartUpdates>();
    QCOMPARE(request.containers, std::vector<QString>{QStringLiteral("c-home-assistant")});
    QCOMPARE(request.planHash, std::optional(QStringLiteral("5d0c")));
    QVERIFY(!request.strategy && !request.backupVolumes && !request.rollback && !request.dryRun);
    QTRY_COMPARE(started.count(), 1);
    QCOMPARE(started.first().first().toStringList(), QStringList{QStringLiteral("u-77")});
    QTRY_VERIFY(sheet() == nullptr);
}

void ReviewSheetTest::confirm_sendsWhatWasChosen()
{
    openSheet();
    QTest::keyClick(box("rollback"), Qt::Key_Space);
    QTest::keyClick(box("backup"), Qt::Key_Space);
    QTest::keyClick(sheet(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(begins(), 1);
    const auto request = backend().last<contracts::StartUpdates>();
    QCOMPARE(request.rollback, std::optional(false));
    QCOMPARE(request.backupVolumes, std::optional(true));
}

void ReviewSheetTest::refused_planIsReadAnew_andToldSo()
{
    openSheet();
    QTest::keyClick(box("backup"), Qt::Key_Space);
    contracts::Plan later = samplePlan();
    later.hash = QStringLiteral("9e9e");
    later.expectedDowntimeSeconds = 40;
    backend().answer<contracts::GetPlan>(later);
    backend().on<contracts::StartUpdates>(
        [](const contracts::StartUpdatesRequest &request) -> core::Result<contracts::StartedUpdates> {
            return request.planHash == QStringLiteral("9e9e")
                       ? begun(request)
                       : core::fail(core::ErrorCode::Conflict, QStringLiteral("The plan is out of date"),
                             QStringLiteral("planHash"));
        });
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_VERIFY(m_world->says(QStringLiteral("The plan has changed")));
    QTRY_VERIFY(m_world->says(QStringLiteral("stops for about 1 min")));
    QCOMPARE(backend().count<contracts::GetPlan>(), 2);
    QVERIFY(sheet()->isVisible());
    // What was chosen stays chosen.
    QVERIFY(box("backup")->isChecked());
    QTRY_VERIFY(verb()->isEnabled());
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_COMPARE(begins(), 2);
    QCOMPARE(backend().last<contracts::StartUpdates>().backupVolumes, std::optional(true));
    QTRY_VERIFY(sheet() == nullptr);
}

void ReviewSheetTest::refused_otherwise_isToldAndStays()
{
    openSheet();
    backend().on<contracts::StartUpdates>([](const auto &) {
        return core::Result<contracts::StartedUpdates>(core::fail(core::ErrorCode::Conflict,
            QStringLiteral("An update of home-assistant is under way."), QStringLiteral("containers")));
    });
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_VERIFY(m_world->says(QStringLiteral("An update of home-assistant is under way.")));
    QCOMPARE(backend().count<contracts::GetPlan>(), 1);
    QVERIFY(verb()->isEnabled());
}

void ReviewSheetTest::failed_preflightStandsInTheWay()
{
    openWith(blockedPlan());
    QVERIFY(shows("planBlocked"));
    QVERIFY(
        part<ui::Banner>("planBlocked")->accessibleName().contains(QStringLiteral("Only 800 MB are free")));
    QVERIFY(!verb()->isEnabled());
    QVERIFY(!verb()->accessibleDescription().isEmpty());
    QTest::keyClick(sheet(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(begins(), 0);
    backend().answer<contracts::GetPlan>(databasePlan());
    m_world->pressSaying(QStringLiteral("Look again"));
    QTRY_VERIFY(verb()->isEnabled());
    QVERIFY(!shows("planBlocked"));
}

void ReviewSheetTest::failed_planCanBeTriedAgain()
{
    backend().refuse<contracts::GetPlan>(QStringLiteral("The host “nas” does not answer."));
    m_world->openAt(QStringLiteral("home-assistant"));
    QTest::keyClick(m_world->table(), Qt::Key_U, Qt::ControlModifier);
    QTRY_VERIFY(m_world->says(QStringLiteral("The host “nas” does not answer.")));
    QVERIFY(m_world->says(QStringLiteral("The plan could not be made")));
    QVERIFY(!verb()->isEnabled());
    backend().answer<contracts::GetPlan>(samplePlan());
    m_world->pressSaying(QStringLiteral("Try again"));
    QTRY_VERIFY(shows("planView"));
    QVERIFY(verb()->isEnabled());
}

void ReviewSheetTest::nothing_toUpdateAnyMore_isNoUpdate()
{
    backend().on<contracts::GetPlan>([](const auto &) {
        return core::Result<contracts::Plan>(core::fail(core::ErrorCode::Conflict,
            QStringLiteral("“home-assistant” can't be updated: it is up to date."),
            QStringLiteral("containers")));
    });
    m_world->openAt(QStringLiteral("home-assistant"));
    QTest::keyClick(m_world->table(), Qt::Key_U, Qt::ControlModifier);
    QTRY_VERIFY(m_world->says(QStringLiteral("There is no update to begin")));
    QVERIFY(m_world->says(QStringLiteral("it is up to date.")));
    QVERIFY(!shows("loadError"));
    QVERIFY(!verb()->isEnabled());
}

void ReviewSheetTest::data_withoutCopyMustBeAgreedTo()
{
    openWith(databasePlan());
    QVERIFY(box("backup")->isChecked());
    QVERIFY(m_world->says(QStringLiteral("stops for about 1:35 min, which is an estimate.")));
    QVERIFY(!m_world->says(QStringLiteral("Your data volumes stay as they are.")));
    QVERIFY(m_world->says(QStringLiteral("PostgreSQL 17 changes the files of its data")));
    QVERIFY(verb()->isEnabled());
    QVERIFY(!shows("withoutCopy"));
    QTest::keyClick(box("backup"), Qt::Key_Space);
    QVERIFY(shows("backupRisk"));
    QVERIFY(!verb()->isEnabled());
    QTest::keyClick(box("withoutCopy"), Qt::Key_Space);
    QVERIFY(verb()->isEnabled());
    QTest::keyClick(box("withoutCopy"), Qt::Key_Space);
    QVERIFY(!verb()->isEnabled());
    QTest::keyClick(box("backup"), Qt::Key_Space);
    QVERIFY(!shows("backupRisk"));
    QVERIFY(verb()->isEnabled());
}

void ReviewSheetTest::consequences_followTheChoiceOfACopy()
{
    openSheet();
    QTest::keyClick(box("backup"), Qt::Key_Space);
    QVERIFY(m_world->says(QStringLiteral("stops for about 35 s")));
    QVERIFY(m_world->says(QStringLiteral("brings back the container and the volumes as they are now.")));
    QTest::keyClick(box("backup"), Qt::Key_Space);
    QVERIFY(m_world->says(QStringLiteral("stops for about 15 s")));
    QVERIFY(m_world->says(samplePlan().rollbackRestores));
}

void ReviewSheetTest::consequences_ofNoCopyAreToldToo()
{
    openWith(databasePlan());
    QTRY_VERIFY(m_world->says(QStringLiteral("stops for about 1:35 min")));
    QTest::keyClick(box("backup"), Qt::Key_Space);
    QVERIFY(m_world->says(QStringLiteral("stops for about 20 s")));
    QVERIFY(m_world->says(QStringLiteral("its volumes stay as the new version has left them.")));
}

void ReviewSheetTest::obstacle_toACopyIsTold()
{
    contracts::Plan plan = samplePlan();
    plan.backup.reason = QStringLiteral("Only 1.0 GB are free where copies are kept");
    openWith(plan);
    QVERIFY(!box("backup")->isEnabled());
    QVERIFY(m_world->says(QStringLiteral("Only 1.0 GB are free where copies are kept.")));
    QVERIFY(verb()->isEnabled());
}

void ReviewSheetTest::data_thatCannotBeSavedMustBeAgreedTo()
{
    contracts::Plan plan = databasePlan();
    plan.backup.planned = false;
    plan.backup.volumes.clear();
    plan.backup.sizeBytes.reset();
    plan.backup.reason = QStringLiteral("The data lies in the container itself.");
    openWith(plan);
    QVERIFY(!box("backup")->isEnabled());
    QVERIFY(m_world->says(QStringLiteral("The data lies in the container itself.")));
    QVERIFY(shows("backupRisk"));
    QVERIFY(!verb()->isEnabled());
    QTest::keyClick(box("withoutCopy"), Qt::Key_Space);
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_COMPARE(begins(), 1);
    QVERIFY(!backend().last<contracts::StartUpdates>().backupVolumes);
}

void ReviewSheetTest::no_volumesNoQuestion()
{
    contracts::Plan plan = samplePlan();
    plan.backup = {};
    openWith(plan);
    QVERIFY(!box("backup")->isEnabled());
    QVERIFY(m_world->says(QStringLiteral("The container has no volumes.")));
    QVERIFY(verb()->isEnabled());
}

void ReviewSheetTest::impossible_strategiesSayWhy()
{
    openSheet();
    auto *strategy = part<QComboBox>("strategy");
    QCOMPARE(strategy->currentText(), QStringLiteral("Recreate"));
    QCOMPARE(strategy->count(), 4);
    const auto *items = qobject_cast<QStandardItemModel *>(strategy->model());
    QVERIFY(!items->item(0)->isEnabled());
    QVERIFY(items->item(0)->data(Qt::AccessibleDescriptionRole).toString().contains(QStringLiteral("8123")));
    strategy->setFocus();
    QTest::keyClick(strategy, Qt::Key_Down);
    QTest::keyClick(strategy, Qt::Key_Home);
    QCOMPARE(strategy->currentText(), QStringLiteral("Recreate"));
    QCOMPARE(backend().count<contracts::GetPlan>(), 1);
}

void ReviewSheetTest::another_strategyIsAnotherPlan()
{
    contracts::Plan plan = samplePlan();
    plan.strategies.front() = {core::UpdateStrategy::Rolling, true, {}};
    backend().on<contracts::GetPlan>(
        [plan](const contracts::PlanRequest &request) -> core::Result<contracts::Plan> {
            contracts::Plan made = plan;
            if (request.strategy) {
                made.strategy = *request.strategy;
                made.hash = QStringLiteral("b10b");
            }
            return made;
        });
    openSheet();
    part<QComboBox>("strategy")->setFocus();
    QTest::keyClick(part<QComboBox>("strategy"), Qt::Key_Up);
    QTRY_COMPARE(backend().count<contracts::GetPlan>(), 2);
    QTRY_VERIFY(verb()->isEnabled());
    QTRY_COMPARE(part<QComboBox>("strategy")->currentText(), QStringLiteral("Rolling"));
    QTest::mouseClick(verb(), Qt::LeftButton);
    QTRY_COMPARE(begins(), 1);
    const auto request = backend().last<contracts::StartUpdates>();
    QCOMPARE(request.strategy, std::optional(core::UpdateStrategy::Rolling));
    QCOMPARE(request.planHash, std::optional(QStringLiteral("b10b")));
}

void ReviewSheetTest::late_planOfAnEarlierChoice_isPassedOver()
{
    contracts::Plan plan = samplePlan();
    plan.strategies.front() = {core::UpdateStrategy::Rolling, true, {}};
    openWith(plan);
    backend().hold();
    part<QComboBox>("strategy")->setFocus();
    QTest::keyClick(part<QComboBox>("strategy"), Qt::Key_Up);
    QTRY_COMPARE(backend().count<contracts::GetPlan>(), 2);
    // Nothing can be begun while another plan is being made.
    QVERIFY(!verb()->isEnabled());
    QTest::keyClick(sheet(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(begins(), 0);
    backend().release();
    QTRY_VERIFY(verb()->isEnabled());
}

void ReviewSheetTest::payload_canBeSeenAndCopied()
{
    openSheet();
    QVERIFY(!shows("payload"));
    fold("planPayload");
    QTRY_VERIFY(shows("payload"));
    const auto *payload = part<QPlainTextEdit>("payload");
    QVERIFY(payload->isReadOnly());
    QVERIFY(payload->toPlainText().contains(QStringLiteral("\"NetworkMode\": \"home\"")));
    QTest::keyClick(part<QPushButton>("copyPayload"), Qt::Key_Space);
    QCOMPARE(QGuiApplication::clipboard()->text(), payload->toPlainText());
}

void ReviewSheetTest::skip_closesAndSkips()
{
    backend().answer<contracts::SkipVersion>(decidedContainer(QStringLiteral("home-assistant")));
    openSheet();
    QTest::mouseClick(part<QPushButton>("skipVersion"), Qt::LeftButton);
    QTRY_COMPARE(backend().count<contracts::SkipVersion>(), 1);
    QCOMPARE(begins(), 0);
    QTRY_VERIFY(sheet() == nullptr);
}

void ReviewSheetTest::keyboard_reachesEverything_inOrder()
{
    openSheet();
    part<QComboBox>("strategy")->setFocus(Qt::TabFocusReason);
    QStringList order;
    for (int step = 0; step < 16; ++step) {
        QWidget *focused = sheet()->focusWidget();
        order << focused->objectName();
        QTest::keyClick(focused, Qt::Key_Tab);
    }
    const QStringList wanted{QStringLiteral("strategy"), QStringLiteral("rollback"), QStringLiteral("backup"),
        QStringLiteral("foldButton"), QStringLiteral("skipVersion"), QStringLiteral("cancelButton"),
        QStringLiteral("verbButton"), QStringLiteral("releaseNotes")};
    qsizetype last = -1;
    for (const QString &name : wanted) {
        const qsizetype at = order.indexOf(name);
        QVERIFY2(at > last, qPrintable(name + QStringLiteral(" in ") + order.join(QLatin1Char(' '))));
        last = at;
    }
}

void ReviewSheetTest::texts_ofStrangersAreHarmless()
{
    contracts::Plan plan = samplePlan();
    plan.notes = {QStringLiteral("<b>Good</b> news \u202Egnp.exe")};
    plan.to.tag = QStringLiteral("2025\u202E.3");
    openWith(plan);
    QVERIFY(m_world->says(QStringLiteral("<b>Good</b> news \uFFFDgnp.exe")));
    QCOMPARE(sheet()->windowTitle(), QStringLiteral("Update home-assistant to 2025\uFFFD.3?"));
}

void ReviewSheetTest::everything_hasAName()
{
    openWith(databasePlan());
    QTest::keyClick(box("backup"), Qt::Key_Space);
    fold("planPayload");
    fold("goodFindings");
    fold("plannedVolumes");
    QCOMPARE(namelessObjects(sheet()), QStringList());
}

QTEST_MAIN(ReviewSheetTest)
#include "tst_reviewsheet.moc"
