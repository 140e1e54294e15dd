#include "accessibilitywalk.h"
#include "guifixture.h"

#include <pages/containerspage.h>
#include <ui/label.h>
#include <ui/segmentedfilter.h>
#include <ui/skeletonlist.h>
#include <ui/statepanel.h>

#include <QDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace dockerauto;
using namespace dockerauto::test;
class ContainersPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void table_showsGroupsAndContainers_whenRead();
    void sentence_saysWhatThereIs();
    void check_showsProgress_fromEvents();
    void search_filtersWhileTyping();
    void segments_filter_andShowCounts();
    void space_choosesRows_andTheBarAppears();
    void click_onTheBox_choosesWithoutMoving();
    void updateAll_namesEverything_andStartsOnlyAfterYes();
    void updateAll_startsNothing_whenCancelled();
    void stop_isAskedFor_byKey();
    void restart_showsTheReason_whenRefused();
    void menu_setsThePolicy();
    void panel_showsDetailAndLogs();
    void state_isLoading_untilTheFirstAnswer();
    void state_isUnreachable_andTryAgainTests();
    void state_isError_andTryAgainReads();
    void state_isEmpty_withoutContainers();
    void state_isNothingMatches_andClears();
    void state_isUpToDate_whenThereAreNoUpdates();
    void offline_disablesWhatWouldNotBeHeard();
    void columns_giveWay_soThatNamesStayReadable_data();
    void columns_giveWay_soThatNamesStayReadable();
    void columns_areRemembered();
    void metrics_areWanted_onlyWhileVisible();
    void everything_hasAName();

private:
    void openPage();
    /// And waits until the containers are there.
    void makePage();
    [[nodiscard]] QTreeView *table() const;
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        return m_page->findChild<QPushButton *>(QLatin1String(name));
    }
    [[nodiscard]] QPushButton *buttonSaying(QWidget *parent, const QString &text) const;
    [[nodiscard]] QString stateTitle() const;
    [[nodiscard]] QDialog *sheet() const;
    void choose(const QString &id);
    void sayYes() const { sheetButton("verbButton")->click(); }
    [[nodiscard]] QPushButton *sheetButton(const char *name) const
    {
        return sheet()->findChild<QPushButton *>(QLatin1String(name));
    }
    [[nodiscard]] QModelIndex indexOf(const QString &name) const;

    std::unique_ptr<GuiFixture> m_fixture;
    std::unique_ptr<ui::ContainersPage> m_page;
};

void ContainersPageTest::init()
{
    m_fixture = std::make_unique<GuiFixture>();
}

void ContainersPageTest::cleanup()
{
    m_page.reset();
    m_fixture.reset();
}

void ContainersPageTest::openPage()
{
    m_page =
        std::make_unique<ui::ContainersPage>(m_fixture->backend, m_fixture->preferences, nullptr, sampleNow);
    m_page->resize(1220, 860);
    m_page->show();
}

void ContainersPageTest::makePage()
{
    openPage();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    QTRY_VERIFY(table()->isVisible());
}

QTreeView *ContainersPageTest::table() const
{
    return m_page->findChild<QTreeView *>(QStringLiteral("containerTable"));
}

QPushButton *ContainersPageTest::buttonSaying(QWidget *parent, const QString &text) const
{
    for (QPushButton *candidate : parent->findChildren<QPushButton *>()) {
        if (candidate->text() == text && candidate->isVisible()) {
            return candidate;
        }
    }
    return nullptr;
}

QString ContainersPageTest::stateTitle() const
{
    const auto *panel = m_page->findChild<ui::StatePanel *>(QStringLiteral("statePanel"));
    return panel->isVisible() ? panel->title() : QString();
}

QDialog *ContainersPageTest::sheet() const
{
    return m_page->findChild<QDialog *>(QStringLiteral("confirmSheet"));
}

QModelIndex ContainersPageTest::indexOf(const QString &name) const
{
    const auto found = table()->model()->match(
        table()->model()->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly | Qt::MatchRecursive);
    return found.isEmpty() ? QModelIndex() : found.first();
}

void ContainersPageTest::choose(const QString &id)
{
    table()->setCurrentIndex(indexOf(id));
    table()->scrollTo(indexOf(id));
    table()->setFocus();
    QVERIFY(table()->currentIndex().isValid());
}

void ContainersPageTest::table_showsGroupsAndContainers_whenRead()
{
    makePage();
    QCOMPARE(table()->model()->rowCount(), 7);
    QVERIFY(table()->isExpanded(table()->model()->index(0, 0)));
    const QPoint group = table()->visualRect(table()->model()->index(0, 0)).center();
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, group);
    QVERIFY(!table()->isExpanded(table()->model()->index(0, 0)));
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, group);
    QVERIFY(table()->isExpanded(table()->model()->index(0, 0)));
}

void ContainersPageTest::sentence_saysWhatThereIs()
{
    makePage();
    const auto *sentence = m_page->findChild<ui::ElidedLabel *>(QStringLiteral("statusSentence"));
    QTRY_VERIFY(sentence->text().contains(QStringLiteral("4 min ago")));
    QVERIFY(sentence->text().startsWith(QStringLiteral("21 in 6 project")));
}

void ContainersPageTest::check_showsProgress_fromEvents()
{
    makePage();
    const auto *sentence = m_page->findChild<ui::ElidedLabel *>(QStringLiteral("statusSentence"));
    QTest::mouseClick(button("checkButton"), Qt::LeftButton);
    QCOMPARE(m_fixture->backend.count<contracts::CheckContainers>(), 1);
    QVERIFY(!button("checkButton")->isEnabled());
    m_fixture->backend.emitEvent(contracts::events::checkChanged,
        contracts::CheckProgress{QStringLiteral("check-1"), 7, 21, 0, false});
    QVERIFY(sentence->text().contains(QStringLiteral("7 of 21")));
    contracts::Container checked = sampleContainer(QStringLiteral("loki"));
    checked.update.decision = core::Decision::UpdateAvailable;
    checked.update.candidate = contracts::Candidate{QStringLiteral("3.4.0"), {}, core::Bump::Minor, {}};
    m_fixture->backend.emitEvent(contracts::events::containerChanged, checked);
    m_fixture->backend.emitEvent(contracts::events::checkChanged,
        contracts::CheckProgress{QStringLiteral("check-1"), 21, 21, 0, true});
    QVERIFY(button("checkButton")->isEnabled());
    QCOMPARE(m_page->updateCount(), 13);
    QTest::keyClick(m_page.get(), Qt::Key_F5);
    QCOMPARE(m_fixture->backend.count<contracts::CheckContainers>(), 2);
}

void ContainersPageTest::search_filtersWhileTyping()
{
    makePage();
    QTest::keyClick(m_page.get(), Qt::Key_F, Qt::ControlModifier);
    auto *field = m_page->findChild<QLineEdit *>();
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClicks(field, QStringLiteral("nextcloud"));
    QCOMPARE(table()->model()->rowCount(), 1);
    QCOMPARE(table()->model()->rowCount(table()->model()->index(0, 0)), 3);
    QVERIFY(table()->isExpanded(table()->model()->index(0, 0)));
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(field->text(), QString());
    QCOMPARE(table()->model()->rowCount(), 7);
}

void ContainersPageTest::segments_filter_andShowCounts()
{
    makePage();
    auto *segments = m_page->findChild<ui::SegmentedFilter *>();
    QVERIFY(segments->segmentText(1).contains(QStringLiteral("12")));
    segments->setFocus();
    QTest::keyClick(segments, Qt::Key_Right);
    QTest::keyClick(segments, Qt::Key_Right);
    QCOMPARE(segments->current(), 2);
    QCOMPARE(table()->model()->rowCount(), 1);
    m_page.reset();
    makePage();
    QCOMPARE(m_page->findChild<ui::SegmentedFilter *>()->current(), 2);
}

void ContainersPageTest::space_choosesRows_andTheBarAppears()
{
    makePage();
    auto *bar = m_page->findChild<QWidget *>(QStringLiteral("bulkBar"));
    choose(QStringLiteral("traefik"));
    QTest::keyClick(table(), Qt::Key_Space);
    QTRY_VERIFY(bar->isVisible());
    choose(QStringLiteral("crowdsec"));
    QTest::keyClick(table(), Qt::Key_Space);
    choose(QStringLiteral("home-assistant"));
    QTest::keyClick(table(), Qt::Key_Space);
    QTest::keyClick(table(), Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(sheet() != nullptr);
    sayYes();
    QTRY_COMPARE(m_fixture->backend.count<contracts::StartUpdates>(), 1);
    QCOMPARE(m_fixture->backend.last<contracts::StartUpdates>().containers,
        (std::vector<QString>{QStringLiteral("c-traefik"), QStringLiteral("c-home-assistant")}));
    QTRY_VERIFY(!bar->isVisible());
}

void ContainersPageTest::click_onTheBox_choosesWithoutMoving()
{
    makePage();
    const QModelIndex traefik = indexOf(QStringLiteral("traefik"));
    const QRect row = table()->visualRect(traefik);
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, QPoint(20, row.center().y()));
    QCOMPARE(traefik.data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
    QVERIFY(table()->currentIndex() != traefik);
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, QPoint(90, row.center().y()));
    QCOMPARE(table()->currentIndex().siblingAtColumn(0), traefik);
    QTest::keyClick(table(), Qt::Key_Escape);
    QCOMPARE(traefik.data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
}

void ContainersPageTest::updateAll_namesEverything_andStartsOnlyAfterYes()
{
    makePage();
    QTRY_VERIFY(indexOf(QStringLiteral("nextcloud-app")).siblingAtColumn(1).data().toString() ==
                QStringLiteral("Updating"));
    QSignalSpy started(m_page.get(), &ui::ContainersPage::updatesStarted);
    QTest::mouseClick(button("updateAllButton"), Qt::LeftButton);
    QVERIFY(sheet() != nullptr);
    QCOMPARE(m_fixture->backend.count<contracts::StartUpdates>(), 0);
    QStringList texts;
    for (const auto *label : sheet()->findChildren<ui::ElidedLabel *>()) {
        texts << label->text();
    }
    QVERIFY(texts.contains(QStringLiteral("home-assistant")));
    QVERIFY(texts.contains(QStringLiteral("2025.3.1")));
    QVERIFY(!texts.contains(QStringLiteral("nextcloud-app")));
    QTRY_VERIFY(sheetButton("cancelButton")->hasFocus());
    sayYes();
    QTRY_COMPARE(started.count(), 1);
    QCOMPARE(m_fixture->backend.last<contracts::StartUpdates>().containers.size(), std::size_t(11));
}

void ContainersPageTest::updateAll_startsNothing_whenCancelled()
{
    makePage();
    QTest::mouseClick(button("updateAllButton"), Qt::LeftButton);
    QVERIFY(QTest::qWaitForWindowActive(sheet()));
    QTRY_VERIFY(sheetButton("cancelButton")->hasFocus());
    QTest::keyClick(sheetButton("cancelButton"), Qt::Key_Escape);
    QTRY_VERIFY(sheet() == nullptr);
    QCOMPARE(m_fixture->backend.count<contracts::StartUpdates>(), 0);
}

void ContainersPageTest::stop_isAskedFor_byKey()
{
    makePage();
    contracts::Container stopped = sampleContainer(QStringLiteral("traefik"));
    stopped.status = QStringLiteral("exited");
    m_fixture->backend.answer<contracts::StopContainer>(stopped);
    choose(QStringLiteral("traefik"));
    QTest::keyClick(table(), Qt::Key_Period, Qt::ControlModifier);
    QTRY_COMPARE(m_fixture->backend.count<contracts::StopContainer>(), 1);
    QTRY_COMPARE(
        indexOf(QStringLiteral("traefik")).siblingAtColumn(1).data().toString(), QStringLiteral("Stopped"));
    m_fixture->backend.answer<contracts::StartContainer>(sampleContainer(QStringLiteral("traefik")));
    QTest::keyClick(table(), Qt::Key_Period, Qt::ControlModifier);
    QTRY_COMPARE(m_fixture->backend.count<contracts::StartContainer>(), 1);
}

void ContainersPageTest::restart_showsTheReason_whenRefused()
{
    makePage();
    m_fixture->backend.refuse<contracts::RestartContainer>(QStringLiteral("The engine is busy."));
    choose(QStringLiteral("traefik"));
    QTest::keyClick(table(), Qt::Key_R, Qt::ControlModifier);
    const auto toastSays = [this](const QString &text) {
        const auto labels = m_page->findChildren<QLabel *>();
        return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text() == text; });
    };
    QTRY_VERIFY(toastSays(QStringLiteral("The engine is busy.")));
}

void ContainersPageTest::menu_setsThePolicy()
{
    makePage();
    contracts::Container changed = sampleContainer(QStringLiteral("traefik"));
    changed.updatePolicy = core::UpdatePolicy::Pinned;
    m_fixture->backend.answer<contracts::ChangeContainer>(changed);
    choose(QStringLiteral("traefik"));
    const QPoint place = table()->visualRect(indexOf(QStringLiteral("traefik"))).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, table()->viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(table()->viewport(), &event);
    auto *menu = m_page->findChild<QMenu *>(QStringLiteral("containerMenu"));
    QTRY_VERIFY(menu != nullptr && menu->isVisible());
    for (QAction *action : menu->actions()) {
        if (action->menu() != nullptr) {
            action->menu()->actions().last()->trigger();
        }
    }
    QTRY_COMPARE(m_fixture->backend.count<contracts::ChangeContainer>(), 1);
    QCOMPARE(m_fixture->backend.last<contracts::ChangeContainer>().updatePolicy,
        std::optional(core::UpdatePolicy::Pinned));
    QTRY_COMPARE(
        indexOf(QStringLiteral("traefik")).siblingAtColumn(5).data().toString(), QStringLiteral("Pinned"));
}

void ContainersPageTest::panel_showsDetailAndLogs()
{
    makePage();
    auto *panel = m_page->findChild<QWidget *>(QStringLiteral("detailPanel"));
    QVERIFY(!panel->isVisible());
    choose(QStringLiteral("home-assistant"));
    QTest::keyClick(table(), Qt::Key_F4);
    QVERIFY(panel->isVisible());
    QCOMPARE(panel->findChild<ui::ElidedLabel *>(QStringLiteral("detailImage"))->text(),
        QStringLiteral("ghcr.io/home-assistant/home-assistant:2025.1.4"));
    QTest::keyClick(table(), Qt::Key_L, Qt::ControlModifier);
    const auto *log = panel->findChild<QPlainTextEdit *>(QStringLiteral("logText"));
    QTRY_VERIFY(log->toPlainText().contains(QStringLiteral("line 39 of the log")));
    QCOMPARE(m_fixture->backend.last<contracts::ReadContainerLogs>().id, QStringLiteral("c-home-assistant"));
    choose(QStringLiteral("traefik"));
    QTRY_COMPARE(m_fixture->backend.last<contracts::ReadContainerLogs>().id, QStringLiteral("c-traefik"));
    QTest::keyClick(table(), Qt::Key_Escape);
    QVERIFY(!panel->isVisible());
}

void ContainersPageTest::state_isLoading_untilTheFirstAnswer()
{
    m_fixture->backend.hold();
    openPage();
    QVERIFY(m_page->findChild<ui::SkeletonList *>()->isVisible());
    QVERIFY(!button("checkButton")->isEnabled());
    m_fixture->backend.release();
    QTRY_VERIFY(table()->isVisible());
}

void ContainersPageTest::state_isUnreachable_andTryAgainTests()
{
    contracts::Host host;
    host.id = QStringLiteral("local");
    host.state = core::HostState::Unreachable;
    host.detail = QStringLiteral("Nothing answers on /var/run/docker.sock.");
    m_fixture->backend.answer<contracts::ListContainers>({});
    m_fixture->backend.answer<contracts::ListHosts>({{host}});
    openPage();
    QTRY_COMPARE(stateTitle(), QStringLiteral("Docker is not reachable"));
    host.state = core::HostState::Connected;
    m_fixture->backend.answer<contracts::TestHost>(host);
    script(m_fixture->backend);
    QTest::mouseClick(buttonSaying(m_page.get(), QStringLiteral("Try again")), Qt::LeftButton);
    QTRY_VERIFY(table()->isVisible());
    QCOMPARE(m_fixture->backend.count<contracts::TestHost>(), 1);
}

void ContainersPageTest::state_isError_andTryAgainReads()
{
    m_fixture->backend.refuse<contracts::ListContainers>(QStringLiteral("The database is busy."));
    openPage();
    QTRY_COMPARE(stateTitle(), QStringLiteral("The containers could not be read"));
    script(m_fixture->backend);
    QTest::mouseClick(buttonSaying(m_page.get(), QStringLiteral("Try again")), Qt::LeftButton);
    QTRY_VERIFY(table()->isVisible());
}

void ContainersPageTest::state_isEmpty_withoutContainers()
{
    m_fixture->backend.answer<contracts::ListContainers>({});
    openPage();
    QTRY_COMPARE(stateTitle(), QStringLiteral("No containers yet"));
}

void ContainersPageTest::state_isNothingMatches_andClears()
{
    makePage();
    m_page->findChild<ui::SegmentedFilter *>()->setCurrent(1);
    m_page->findChild<QLineEdit *>()->setText(QStringLiteral("postgers"));
    QVERIFY(stateTitle().contains(QStringLiteral("postgers")));
    QTest::mouseClick(buttonSaying(m_page.get(), QStringLiteral("Clear filters")), Qt::LeftButton);
    QVERIFY(table()->isVisible());
    QCOMPARE(m_page->findChild<ui::SegmentedFilter *>()->current(), 0);
}

void ContainersPageTest::state_isUpToDate_whenThereAreNoUpdates()
{
    auto containers = sampleContainers();
    for (contracts::Container &container : containers) {
        container.update.decision = core::Decision::UpToDate;
    }
    m_fixture->backend.answer<contracts::ListContainers>({containers, std::nullopt, 21});
    makePage();
    m_page->findChild<ui::SegmentedFilter *>()->setCurrent(1);
    QCOMPARE(stateTitle(), QStringLiteral("Everything is up to date"));
    // A failed check of one is never "up to date".
    containers.front().update.decision = core::Decision::NotChecked;
    m_fixture->backend.emitEvent(contracts::events::containerChanged, containers.front());
    QTRY_COMPARE(stateTitle(), QStringLiteral("No updates are known"));
}

void ContainersPageTest::offline_disablesWhatWouldNotBeHeard()
{
    makePage();
    m_fixture->backend.setConnection(contracts::Backend::Connection::Disconnected);
    QVERIFY(!button("checkButton")->isEnabled());
    QVERIFY(!button("updateAllButton")->isEnabled());
    choose(QStringLiteral("traefik"));
    QTest::keyClick(table(), Qt::Key_Period, Qt::ControlModifier);
    QTest::keyClick(table(), Qt::Key_U, Qt::ControlModifier);
    QCOMPARE(m_fixture->backend.count<contracts::StopContainer>(), 0);
    QVERIFY(sheet() == nullptr);
    const int before = m_fixture->backend.count<contracts::ListContainers>();
    m_fixture->backend.setConnection(contracts::Backend::Connection::Connected);
    QVERIFY(button("checkButton")->isEnabled());
    QCOMPARE(m_fixture->backend.count<contracts::ListContainers>(), before + 1);
}

void ContainersPageTest::columns_giveWay_soThatNamesStayReadable_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("columns");
    QTest::newRow("wide") << 1220 << 7;
    QTest::newRow("tighter, without uptime") << 900 << 6;
    QTest::newRow("smallest window") << 740 << 5;
}

void ContainersPageTest::columns_giveWay_soThatNamesStayReadable()
{
    QFETCH(int, width);
    makePage();
    m_page->resize(width, 700);
    const QHeaderView *header = table()->header();
    QFETCH(int, columns);
    QTRY_COMPARE(header->count() - header->hiddenSectionCount(), columns);
    QVERIFY(header->sectionSize(0) >= 200);
}

void ContainersPageTest::columns_areRemembered()
{
    makePage();
    table()->header()->resizeSection(1, 150);
    table()->sortByColumn(4, Qt::DescendingOrder);
    m_page.reset();
    makePage();
    QCOMPARE(table()->header()->sectionSize(1), 150);
    QCOMPARE(table()->header()->sortIndicatorSection(), 4);
}

void ContainersPageTest::metrics_areWanted_onlyWhileVisible()
{
    makePage();
    QCOMPARE(m_fixture->backend.metricsWanted, 1);
    m_page->hide();
    QCOMPARE(m_fixture->backend.metricsWanted, 0);
    m_page->show();
    m_page.reset();
    QCOMPARE(m_fixture->backend.metricsWanted, 0);
}

void ContainersPageTest::everything_hasAName()
{
    makePage();
    choose(QStringLiteral("home-assistant"));
    QTest::keyClick(table(), Qt::Key_F4);
    QTest::keyClick(table(), Qt::Key_Space);
    QCOMPARE(namelessObjects(m_page.get()), QStringList());
    QTest::mouseClick(button("updateAllButton"), Qt::LeftButton);
    QCOMPARE(namelessObjects(sheet()), QStringList());
}

QTEST_MAIN(ContainersPageTest)
#include "tst_containerspage.moc"
