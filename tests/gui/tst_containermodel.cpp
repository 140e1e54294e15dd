#include "fakebackend.h"
#include "samples.h"

#include <models/containerfeed.h>
#include <models/containermodel.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::test;
using ui::ContainerModel;
using ui::Grouping;

class ContainerModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void groups_holdTheirContainers_byProject();
    void groups_areByHost_whenAsked();
    void groups_areNone_whenAsked();
    void upsert_changesOneRow_whenTheContainerIsKnown();
    void upsert_movesTheContainer_whenTheProjectChanges();
    void remove_takesTheGroup_withItsLastContainer();
    void setContainers_touchesNothingElse_whenOneIsGone();
    void counts_followTheContainers();
    void version_saysWhatIsPossible_data();
    void version_saysWhatIsPossible();
    void texts_areHarmless_whenTheyHoldControls_data();
    void texts_areHarmless_whenTheyHoldControls();
    void toolTip_isNoMarkup_whenTheReasonIs();
    void metrics_keepTheLastSixty();
    void metrics_areToldOnceASecond();
    void metrics_goAway_whenTheContainerStops();
    void feed_readsAllPages();
    void feed_keepsTheEvent_whenItCameDuringReading();
    void feed_readsAgain_afterResync();
    void feed_saysUpdating_whileAnUpdateRuns();
    void feed_keepsItsData_whenReadingAgainFails();

private:
    std::unique_ptr<ContainerModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void ContainerModelTest::init()
{
    m_model = std::make_unique<ContainerModel>(nullptr, sampleNow);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void ContainerModelTest::cleanup()
{
    m_tester.reset();
    m_model.reset();
}

void ContainerModelTest::groups_holdTheirContainers_byProject()
{
    m_model->setContainers(sampleContainers());
    QCOMPARE(m_model->rowCount(), 7);
    const QModelIndex app = m_model->indexOf(QStringLiteral("c-nextcloud-app"));
    QVERIFY(app.parent().isValid());
    QCOMPARE(m_model->groupAt(app.parent())->title, QStringLiteral("cloud"));
    QCOMPARE(m_model->rowCount(app.parent()), 4);
    QCOMPARE(m_model->groupAt(app.parent())->counts.updates, 3);
    QCOMPARE(m_model->projectCount(), 6);
}

void ContainerModelTest::groups_areByHost_whenAsked()
{
    m_model->setContainers(sampleContainers());
    contracts::Host host;
    host.id = QStringLiteral("local");
    host.name = QStringLiteral("homelab-01");
    m_model->setGrouping(Grouping::Host);
    m_model->setHosts({host});
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->groupAt(m_model->index(0, 0))->title, QStringLiteral("homelab-01"));
    QCOMPARE(m_model->rowCount(m_model->index(0, 0)), 21);
}

void ContainerModelTest::groups_areNone_whenAsked()
{
    m_model->setContainers(sampleContainers());
    m_model->setGrouping(Grouping::None);
    QCOMPARE(m_model->rowCount(), 21);
    QVERIFY(!m_model->indexOf(QStringLiteral("c-traefik")).parent().isValid());
    m_model->remove(QStringLiteral("c-traefik"));
    QCOMPARE(m_model->rowCount(), 20);
    for (const auto &container : sampleContainers()) {
        m_model->remove(container.id);
    }
    QCOMPARE(m_model->rowCount(), 0);
    m_model->upsert(sampleContainer(QStringLiteral("traefik")));
    QCOMPARE(m_model->rowCount(), 1);
}

void ContainerModelTest::upsert_changesOneRow_whenTheContainerIsKnown()
{
    m_model->setContainers(sampleContainers());
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    contracts::Container container = sampleContainer(QStringLiteral("traefik"));
    container.status = QStringLiteral("paused");
    m_model->upsert(container);
    QCOMPARE(inserted.count(), 0);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(
        m_model->indexOf(container.id, ContainerModel::Status).data().toString(), QStringLiteral("Paused"));
}

void ContainerModelTest::upsert_movesTheContainer_whenTheProjectChanges()
{
    m_model->setContainers(sampleContainers());
    contracts::Container container = sampleContainer(QStringLiteral("traefik"));
    m_model->setData(m_model->indexOf(container.id), Qt::Checked, Qt::CheckStateRole);
    container.project = QStringLiteral("brand-new");
    m_model->upsert(container);
    const QModelIndex moved = m_model->indexOf(container.id);
    QCOMPARE(m_model->groupAt(moved.parent())->title, QStringLiteral("brand-new"));
    QVERIFY(m_model->entryAt(moved)->checked);
    QCOMPARE(m_model->counts().containers, 21);
}

void ContainerModelTest::remove_takesTheGroup_withItsLastContainer()
{
    m_model->setContainers(sampleContainers());
    m_model->remove(QStringLiteral("c-gitea"));
    QCOMPARE(m_model->rowCount(), 7);
    m_model->remove(QStringLiteral("c-runner"));
    QCOMPARE(m_model->rowCount(), 6);
    m_model->remove(QStringLiteral("c-runner"));
    QCOMPARE(m_model->counts().containers, 19);
}

void ContainerModelTest::setContainers_touchesNothingElse_whenOneIsGone()
{
    m_model->setContainers(sampleContainers());
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy removed(m_model.get(), &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    auto containers = sampleContainers();
    containers.erase(containers.begin());
    m_model->setContainers(containers);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(inserted.count(), 0);
    QCOMPARE(removed.count(), 1);
    QCOMPARE(m_model->counts().containers, 20);
}

void ContainerModelTest::counts_followTheContainers()
{
    m_model->setContainers(sampleContainers());
    const ui::GroupCounts expected{.containers = 21, .updates = 12, .unhealthy = 1, .stopped = 1};
    QCOMPARE(m_model->counts().containers, expected.containers);
    QCOMPARE(m_model->counts().updates, expected.updates);
    QVERIFY(m_model->counts() == expected);
    QSignalSpy counts(m_model.get(), &ContainerModel::countsChanged);
    contracts::Container container = sampleContainer(QStringLiteral("zigbee2mqtt"));
    container.update.decision = core::Decision::UpToDate;
    m_model->upsert(container);
    QVERIFY(counts.count() > 0);
    QCOMPARE(m_model->counts().updates, 11);
    QCOMPARE(m_model->counts().unhealthy, 0);
}

void ContainerModelTest::version_saysWhatIsPossible_data()
{
    QTest::addColumn<core::Decision>("decision");
    QTest::addColumn<QString>("tag");
    QTest::addColumn<core::Bump>("bump");
    QTest::addColumn<QString>("expected");
    using core::Bump;
    using core::Decision;
    QTest::newRow("major") << Decision::UpdateAvailable << "4.0.0" << Bump::Major << "3.2.3 → 4.0.0 · major";
    QTest::newRow("patch") << Decision::UpdateAvailable << "3.2.4" << Bump::Patch << "3.2.3 → 3.2.4";
    QTest::newRow("new build") << Decision::UpdateAvailable << "3.2.3" << Bump::Build << "3.2.3 → new build";
    QTest::newRow("held back") << Decision::HeldBack << "3.2.4" << Bump::Patch << "3.2.3, 3.2.4 · Held back";
    QTest::newRow("not checked") << Decision::NotChecked << "" << Bump::None << "3.2.3, Not checked";
    QTest::newRow("up to date") << Decision::UpToDate << "" << Bump::None << "3.2.3";
    QTest::newRow("local") << Decision::LocalImage << "" << Bump::None << "3.2.3, local image";
}

void ContainerModelTest::version_saysWhatIsPossible()
{
    QFETCH(core::Decision, decision);
    QFETCH(QString, tag);
    QFETCH(core::Bump, bump);
    contracts::Container container = sampleContainer(QStringLiteral("traefik"));
    container.update.decision = decision;
    container.update.candidate.reset();
    if (!tag.isEmpty()) {
        container.update.candidate = contracts::Candidate{tag, QStringLiteral("sha256:abcdef0123"), bump, {}};
    }
    m_model->upsert(container);
    QTEST(m_model->indexOf(container.id, ContainerModel::Version).data().toString(), "expected");
}

void ContainerModelTest::texts_areHarmless_whenTheyHoldControls_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("shown");
    QTest::newRow("escape") << QStringLiteral("a\u001b[31mb") << QStringLiteral("a\u241b[31mb");
    QTest::newRow("line feed") << QStringLiteral("a\nb") << QStringLiteral("a\u240ab");
    QTest::newRow("right to left override")
        << QStringLiteral("a\u202egnp.b") << QStringLiteral("a\ufffdgnp.b");
    QTest::newRow("zero width") << QStringLiteral("a\u200bb") << QStringLiteral("a\ufffdb");
    QTest::newRow("markup stays text") << QStringLiteral("<b>x</b>") << QStringLiteral("<b>x</b>");
}

void ContainerModelTest::texts_areHarmless_whenTheyHoldControls()
{
    QFETCH(QString, name);
    contracts::Container container = sampleContainer(QStringLiteral("traefik"));
    container.name = name;
    m_model->upsert(container);
    QTEST(m_model->indexOf(container.id).data().toString(), "shown");
}

void ContainerModelTest::toolTip_isNoMarkup_whenTheReasonIs()
{
    contracts::Container container = sampleContainer(QStringLiteral("traefik"));
    container.update.reason = QStringLiteral("<img src='http://example.net/x'>");
    m_model->upsert(container);
    const QString tip =
        m_model->indexOf(container.id, ContainerModel::Version).data(Qt::ToolTipRole).toString();
    QVERIFY(tip.contains(QStringLiteral("&lt;img")));
    QVERIFY(!tip.contains(QStringLiteral("<img")));
}

void ContainerModelTest::metrics_keepTheLastSixty()
{
    m_model->setContainers(sampleContainers());
    for (int moment = 0; moment < 75; ++moment) {
        contracts::MetricsSample sample;
        sample.samples = {{QStringLiteral("c-traefik"), static_cast<double>(moment), 1000, 2000}};
        m_model->addMetrics(sample);
    }
    const ui::ContainerEntry *entry = m_model->find(QStringLiteral("c-traefik"));
    QCOMPARE(entry->metrics.cpu().size(), std::size_t(60));
    QCOMPARE(entry->metrics.cpu().front(), 15.0F);
    QCOMPARE(entry->metrics.cpuPercent(), 74.0);
}

void ContainerModelTest::metrics_areToldOnceASecond()
{
    m_model->setContainers(sampleContainers());
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    for (int moment = 0; moment < 20; ++moment) {
        m_model->addMetrics(sampleMetrics(moment));
    }
    // One range a group; the other samples wait for the next second.
    QCOMPARE(changed.count(), m_model->rowCount());
    QCOMPARE(changed.first().at(2).value<QList<int>>(), QList<int>{ContainerModel::MetricsRole});
    QCOMPARE(changed.first().at(0).toModelIndex().column(), int(ContainerModel::Cpu));
    QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 2 * m_model->rowCount(), 3000);
}

void ContainerModelTest::metrics_goAway_whenTheContainerStops()
{
    m_model->setContainers(sampleContainers());
    m_model->addMetrics(sampleMetrics(1));
    contracts::Container container = sampleContainer(QStringLiteral("traefik"));
    QVERIFY(!m_model->find(container.id)->metrics.isEmpty());
    container.status = QStringLiteral("exited");
    m_model->upsert(container);
    QVERIFY(m_model->find(container.id)->metrics.isEmpty());
    QCOMPARE(m_model->indexOf(container.id, ContainerModel::Uptime).data().toString(), QString());
}

void ContainerModelTest::feed_readsAllPages()
{
    FakeBackend backend;
    script(backend);
    backend.on<contracts::ListContainers>(
        [](const contracts::ContainerQuery &query) -> core::Result<contracts::ContainerPage> {
            const auto all = sampleContainers();
            const int from = query.cursor ? query.cursor->toInt() : 0;
            contracts::ContainerPage page;
            page.items.assign(
                all.begin() + from, all.begin() + std::min<std::ptrdiff_t>(from + 10, std::ssize(all)));
            if (from + 10 < std::ssize(all)) {
                page.nextCursor = QString::number(from + 10);
            }
            return page;
        });
    ui::ContainerFeed feed(backend, *m_model);
    feed.reload();
    QTRY_COMPARE(feed.state(), ui::ContainerFeed::State::Ready);
    QCOMPARE(m_model->counts().containers, 21);
    QCOMPARE(backend.count<contracts::ListContainers>(), 3);
}

void ContainerModelTest::feed_keepsTheEvent_whenItCameDuringReading()
{
    FakeBackend backend;
    script(backend);
    backend.hold();
    ui::ContainerFeed feed(backend, *m_model);
    feed.reload();
    contracts::Container newer = sampleContainer(QStringLiteral("traefik"));
    newer.status = QStringLiteral("paused");
    backend.emitEvent(contracts::events::containerChanged, newer);
    backend.emitEvent(
        contracts::events::containerRemoved, contracts::ContainerRemoved{QStringLiteral("c-loki")});
    backend.release();
    QTRY_COMPARE(feed.state(), ui::ContainerFeed::State::Ready);
    QCOMPARE(m_model->find(newer.id)->container.status, QStringLiteral("paused"));
    QVERIFY(m_model->find(QStringLiteral("c-loki")) == nullptr);
}

void ContainerModelTest::feed_readsAgain_afterResync()
{
    FakeBackend backend;
    script(backend);
    ui::ContainerFeed feed(backend, *m_model);
    feed.reload();
    QTRY_COMPARE(feed.state(), ui::ContainerFeed::State::Ready);
    backend.answer<contracts::ListContainers>(
        {{sampleContainer(QStringLiteral("traefik"))}, std::nullopt, 1});
    backend.emitResync();
    QTRY_COMPARE(m_model->counts().containers, 1);
}

void ContainerModelTest::feed_saysUpdating_whileAnUpdateRuns()
{
    FakeBackend backend;
    script(backend);
    ui::ContainerFeed feed(backend, *m_model);
    feed.reload();
    const auto status = [&] {
        return m_model->indexOf(QStringLiteral("c-nextcloud-app"), ContainerModel::Status).data().toString();
    };
    QTRY_COMPARE(status(), QStringLiteral("Updating"));
    contracts::Update update = openUpdates().front();
    update.status = core::UpdateStatus::Succeeded;
    backend.emitEvent(contracts::events::updateChanged, update);
    QCOMPARE(status(), QStringLiteral("Running"));
}

void ContainerModelTest::feed_keepsItsData_whenReadingAgainFails()
{
    FakeBackend backend;
    script(backend);
    ui::ContainerFeed feed(backend, *m_model);
    feed.reload();
    QTRY_COMPARE(feed.state(), ui::ContainerFeed::State::Ready);
    backend.refuse<contracts::ListContainers>(QStringLiteral("The database is busy."));
    backend.emitResync();
    QTRY_VERIFY(feed.error().has_value());
    QCOMPARE(feed.state(), ui::ContainerFeed::State::Ready);
    QCOMPARE(m_model->counts().containers, 21);
}

QTEST_MAIN(ContainerModelTest)
#include "tst_containermodel.moc"
