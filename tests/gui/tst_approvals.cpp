#include "accessibilitywalk.h"
#include "decisionsamples.h"
#include "guifixture.h"

#include <pages/updatespage.h>
#include <ui/segmentedfilter.h>

#include <QDialog>
#include <QLabel>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::test;
using core::UpdateStatus;

class ApprovalsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void list_hasGroups_forApprovalAndHeldBack();
    void heldBack_leavesOutContainers_thatAreOnTheirWay();
    void approve_asksFirst_withComment();
    void approve_allByTheHeader();
    void space_chooses_andCtrlEnterApproves();
    void ctrlEnter_approvesTheCurrent_whenNoneIsChosen();
    void approve_showsTheRefusal_andKeepsTheRest();
    void reject_sendsTheComment_andCanBeUndone();
    void heldBack_showsWhy_andIsOfferedAgain();
    void heldBack_canBeUpdatedNow();
    void heldBack_followsEvents();
    void offline_decidesNothing();
    void everything_hasAName();

private:
    void makePage();
    [[nodiscard]] FakeBackend &backend() const { return m_fixture->backend; }
    [[nodiscard]] QListView *list() const
    {
        return m_page->findChild<QListView *>(QStringLiteral("updateList"));
    }
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        return m_page->findChild<QPushButton *>(QLatin1String(name));
    }
    [[nodiscard]] QDialog *sheet() const
    {
        return m_page->findChild<QDialog *>(QStringLiteral("verdictSheet"));
    }
    [[nodiscard]] QStringList rows() const;
    void choose(const QString &name) const;
    [[nodiscard]] bool says(const QString &text) const;
    void pressVerb() const
    {
        QTest::mouseClick(sheet()->findChild<QPushButton *>(QStringLiteral("verbButton")), Qt::LeftButton);
    }
    /// Approves whatever it is asked, and remembers what.
    void takeApprovals();

    std::unique_ptr<GuiFixture> m_fixture;
    std::unique_ptr<ui::UpdatesPage> m_page;
    QStringList m_approved;
};

void ApprovalsTest::init()
{
    m_fixture = std::make_unique<GuiFixture>();
    scriptDecisions(m_fixture->backend);
    m_approved.clear();
}

void ApprovalsTest::cleanup()
{
    m_page.reset();
    m_fixture.reset();
}

void ApprovalsTest::makePage()
{
    m_page =
        std::make_unique<ui::UpdatesPage>(m_fixture->backend, m_fixture->preferences, nullptr, sampleNow);
    m_page->resize(1500, 900);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    QTRY_VERIFY(list()->isVisible());
    QTRY_VERIFY(rows().contains(QStringLiteral("grafana")));
}

QStringList ApprovalsTest::rows() const
{
    QStringList texts;
    for (int row = 0; row < list()->model()->rowCount(); ++row) {
        texts << list()->model()->index(row, 0).data().toString();
    }
    return texts;
}

void ApprovalsTest::choose(const QString &name) const
{
    const auto row = static_cast<int>(rows().indexOf(name));
    QVERIFY2(row >= 0, qPrintable(name));
    list()->setCurrentIndex(list()->model()->index(row, 0));
    list()->setFocus();
}

bool ApprovalsTest::says(const QString &text) const
{
    const auto labels = m_page->findChildren<QLabel *>();
    return std::ranges::any_of(
        labels, [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
}

void ApprovalsTest::takeApprovals()
{
    backend().on<contracts::ApproveUpdate>(
        [this](const contracts::UpdateVerdict &verdict) -> core::Result<contracts::Update> {
            m_approved << verdict.id;
            for (contracts::Update update : updatesToApprove()) {
                if (update.id == verdict.id) {
                    update.status = UpdateStatus::Pending;
                    update.approvedBy = QStringLiteral("jon");
                    return update;
                }
            }
            return core::fail(core::ErrorCode::NotFound, QStringLiteral("There is no such update."));
        });
}

void ApprovalsTest::list_hasGroups_forApprovalAndHeldBack()
{
    makePage();
    const QStringList all = rows();
    const auto approval = all.indexOf(QStringLiteral("Waiting for approval"));
    const auto heldBack = all.indexOf(QStringLiteral("Held back"));
    QVERIFY(approval > 0 && heldBack > approval);
    QCOMPARE(all.mid(approval + 1, 3), QStringList({QStringLiteral("home-assistant"),
                                           QStringLiteral("zigbee2mqtt"), QStringLiteral("traefik")}));
    // What becomes possible first; what waits for a person last.
    QCOMPARE(all.mid(heldBack + 1, 3), QStringList({QStringLiteral("nextcloud-redis"),
                                           QStringLiteral("adguard-home"), QStringLiteral("sonarr")}));
    const QModelIndex first = list()->model()->index(static_cast<int>(heldBack) + 1, 0);
    QCOMPARE(first.data(Qt::AccessibleTextRole).toString(),
        QStringLiteral("nextcloud-redis, 7.4.2-alpine, Too young · possible today 05:09"));
    auto *segments = m_page->findChild<ui::SegmentedFilter *>();
    segments->setCurrent(2);
    QCOMPARE(rows().size(), 4);
    segments->setCurrent(4);
    QCOMPARE(rows().first(), QStringLiteral("Held back"));
    QCOMPARE(m_page->openCount(), 6);
}

void ApprovalsTest::heldBack_leavesOutContainers_thatAreOnTheirWay()
{
    makePage();
    // jellyfin waits for its schedule, and has an update that is scheduled already.
    QCOMPARE(rows().count(QStringLiteral("jellyfin")), 1);
    QVERIFY(rows().indexOf(QStringLiteral("jellyfin")) < rows().indexOf(QStringLiteral("Held back")));
}

void ApprovalsTest::approve_asksFirst_withComment()
{
    takeApprovals();
    makePage();
    choose(QStringLiteral("home-assistant"));
    QTRY_VERIFY(says(QStringLiteral("until somebody approves this update")));
    QTest::mouseClick(button("approveUpdate"), Qt::LeftButton);
    QVERIFY(sheet() != nullptr);
    QCOMPARE(backend().count<contracts::ApproveUpdate>(), 0);
    auto *comment = sheet()->findChild<QPlainTextEdit *>(QStringLiteral("comment"));
    QTRY_VERIFY(comment->hasFocus());
    QTest::keyClicks(comment, QStringLiteral("read the notes"));
    QTest::keyClick(comment, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(m_approved, QStringList{QStringLiteral("u-21")});
    QCOMPARE(
        backend().last<contracts::ApproveUpdate>().comment, std::optional(QStringLiteral("read the notes")));
    QTRY_VERIFY(sheet() == nullptr);
    QTRY_VERIFY(says(QStringLiteral("1 update(s) approved")) || says(QStringLiteral("1 update approved")));
    QVERIFY(!button("approveUpdate")->isVisible());
}

void ApprovalsTest::approve_allByTheHeader()
{
    takeApprovals();
    makePage();
    QVERIFY(button("approveButton")->text().contains(QLatin1Char('3')));
    QTest::mouseClick(button("approveButton"), Qt::LeftButton);
    pressVerb();
    QTRY_COMPARE(
        m_approved, QStringList({QStringLiteral("u-21"), QStringLiteral("u-22"), QStringLiteral("u-2")}));
    QTRY_VERIFY(!button("approveButton")->isVisible());
    QVERIFY(!backend().last<contracts::ApproveUpdate>().comment);
}

void ApprovalsTest::space_chooses_andCtrlEnterApproves()
{
    takeApprovals();
    makePage();
    choose(QStringLiteral("zigbee2mqtt"));
    QTest::keyClick(list(), Qt::Key_Space);
    choose(QStringLiteral("traefik"));
    QTest::keyClick(list(), Qt::Key_Space);
    QVERIFY(button("approveButton")->text().contains(QLatin1Char('2')));
    QCOMPARE(list()->currentIndex().data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
    QTest::keyClick(list(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(sheet() != nullptr);
    pressVerb();
    QTRY_COMPARE(m_approved, QStringList({QStringLiteral("u-22"), QStringLiteral("u-2")}));
    QTRY_VERIFY(button("approveButton")->text().contains(QLatin1Char('1')));
}

void ApprovalsTest::ctrlEnter_approvesTheCurrent_whenNoneIsChosen()
{
    takeApprovals();
    makePage();
    choose(QStringLiteral("grafana"));
    QTest::keyClick(list(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(sheet() == nullptr);
    choose(QStringLiteral("traefik"));
    QTest::keyClick(list(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(sheet() != nullptr);
    pressVerb();
    QTRY_COMPARE(m_approved, QStringList{QStringLiteral("u-2")});
}

void ApprovalsTest::approve_showsTheRefusal_andKeepsTheRest()
{
    int asked = 0;
    backend().on<contracts::ApproveUpdate>(
        [&asked](const contracts::UpdateVerdict &) -> core::Result<contracts::Update> {
            if (++asked == 1) {
                contracts::Update update = updatesToApprove().at(4);
                update.status = UpdateStatus::Pending;
                return update;
            }
            return core::fail(core::ErrorCode::PermissionDenied,
                QStringLiteral("Somebody else must approve what you asked for."));
        });
    makePage();
    QTest::mouseClick(button("approveButton"), Qt::LeftButton);
    pressVerb();
    QTRY_VERIFY(says(QStringLiteral("Somebody else must approve what you asked for.")));
    QVERIFY(sheet()->isVisible());
    QVERIFY(says(QStringLiteral("zigbee2mqtt: Somebody")));
    QCOMPARE(asked, 2);
    // Again only those that are left.
    pressVerb();
    QTRY_COMPARE(asked, 3);
    QCOMPARE(backend().last<contracts::ApproveUpdate>().id, QStringLiteral("u-22"));
}

void ApprovalsTest::reject_sendsTheComment_andCanBeUndone()
{
    contracts::Update refused = updatesToApprove().at(4);
    refused.status = UpdateStatus::Cancelled;
    refused.completedAt = sampleNow();
    backend().answer<contracts::RejectUpdate>(refused);
    backend().answer<contracts::OfferAgain>(sampleContainer(QStringLiteral("home-assistant")));
    makePage();
    choose(QStringLiteral("home-assistant"));
    QTRY_VERIFY(button("rejectUpdate")->isVisible());
    QTest::mouseClick(button("rejectUpdate"), Qt::LeftButton);
    sheet()
        ->findChild<QPlainTextEdit *>(QStringLiteral("comment"))
        ->setPlainText(QStringLiteral("breaks ZHA"));
    pressVerb();
    QTRY_COMPARE(backend().count<contracts::RejectUpdate>(), 1);
    QCOMPARE(backend().last<contracts::RejectUpdate>().comment, std::optional(QStringLiteral("breaks ZHA")));
    QTRY_VERIFY(says(QStringLiteral("2025.3.1 is refused for home-assistant")));
    for (QPushButton *undo : m_page->findChildren<QPushButton *>()) {
        if (undo->text() == QStringLiteral("Undo")) {
            QTest::mouseClick(undo, Qt::LeftButton);
        }
    }
    QTRY_COMPARE(backend().count<contracts::OfferAgain>(), 1);
    QCOMPARE(backend().last<contracts::OfferAgain>().id, QStringLiteral("c-home-assistant"));
}

void ApprovalsTest::heldBack_showsWhy_andIsOfferedAgain()
{
    backend().answer<contracts::OfferAgain>(sampleContainer(QStringLiteral("grafana")));
    makePage();
    choose(QStringLiteral("grafana"));
    QTRY_VERIFY(says(QStringLiteral("Skipped: version 11.5.2 is not wanted here")));
    QCOMPARE(backend().last<contracts::ExplainContainer>().id, QStringLiteral("c-grafana"));
    QTest::mouseClick(button("offerAgain"), Qt::LeftButton);
    QTRY_VERIFY(!rows().contains(QStringLiteral("grafana")));
    choose(QStringLiteral("adguard-home"));
    QVERIFY(!button("offerAgain")->isVisible());
}

void ApprovalsTest::heldBack_canBeUpdatedNow()
{
    makePage();
    choose(QStringLiteral("adguard-home"));
    QTest::mouseClick(button("updateHeldBack"), Qt::LeftButton);
    auto *confirm = m_page->findChild<QDialog *>(QStringLiteral("confirmSheet"));
    QVERIFY(confirm != nullptr);
    QCOMPARE(backend().count<contracts::StartUpdates>(), 0);
    QTest::mouseClick(confirm->findChild<QPushButton *>(QStringLiteral("verbButton")), Qt::LeftButton);
    QTRY_COMPARE(backend().count<contracts::StartUpdates>(), 1);
    QCOMPARE(backend().last<contracts::StartUpdates>().containers,
        std::vector<QString>{QStringLiteral("c-adguard-home")});
}

void ApprovalsTest::heldBack_followsEvents()
{
    makePage();
    contracts::Container loki = sampleContainer(QStringLiteral("loki"));
    loki.update.decision = core::Decision::HeldBack;
    loki.update.heldBy = core::Hold::MinimumAge;
    loki.update.candidate = contracts::Candidate{QStringLiteral("3.4.0"), {}, core::Bump::Minor, {}};
    backend().emitEvent(contracts::events::containerChanged, loki);
    const QStringList all = rows();
    QVERIFY(all.indexOf(QStringLiteral("loki")) > all.indexOf(QStringLiteral("Held back")));
    QCOMPARE(all.count(QStringLiteral("loki")), 2);
    loki.update.decision = core::Decision::UpdateAvailable;
    backend().emitEvent(contracts::events::containerChanged, loki);
    QCOMPARE(rows().count(QStringLiteral("loki")), 1);
    backend().emitEvent(
        contracts::events::containerRemoved, contracts::ContainerRemoved{QStringLiteral("c-grafana")});
    QVERIFY(!rows().contains(QStringLiteral("grafana")));
}

void ApprovalsTest::offline_decidesNothing()
{
    makePage();
    choose(QStringLiteral("traefik"));
    backend().setConnection(contracts::Backend::Connection::Disconnected);
    QVERIFY(!button("approveButton")->isEnabled());
    QVERIFY(!button("approveUpdate")->isEnabled());
    QVERIFY(!button("rejectUpdate")->isEnabled());
    QTest::keyClick(list(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(sheet() == nullptr);
}

void ApprovalsTest::everything_hasAName()
{
    makePage();
    choose(QStringLiteral("traefik"));
    QCOMPARE(namelessObjects(m_page.get()), QStringList());
    QTest::mouseClick(button("approveUpdate"), Qt::LeftButton);
    QCOMPARE(namelessObjects(sheet()), QStringList());
    sheet()->reject();
    choose(QStringLiteral("grafana"));
    QTRY_VERIFY(says(QStringLiteral("Skipped: version")));
    QCOMPARE(namelessObjects(m_page.get()), QStringList());
}

QTEST_MAIN(ApprovalsTest)
#include "tst_approvals.moc"
