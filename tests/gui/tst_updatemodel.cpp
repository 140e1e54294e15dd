#include "fakebackend.h"
#include "samples.h"

#include <models/updatefeed.h>
#include <models/updatemodel.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::test;
using ui::UpdateModel;
using ui::UpdateSection;

class UpdateModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void rows_standUnderTheirHeadings();
    void upsert_movesTheRow_whenTheUpdateEnds();
    void filter_leavesSectionAndText();
    void step_isReplaced_andTheSummaryFollows();
    void feed_readsMoreHistory_onDemand();
    void feed_keepsTheLog_whenAnEventHasNone();
    void feed_measuresThePull();

private:
    [[nodiscard]] QStringList shown() const;

    std::unique_ptr<UpdateModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void UpdateModelTest::init()
{
    m_model = std::make_unique<UpdateModel>(nullptr, sampleNow);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void UpdateModelTest::cleanup()
{
    m_tester.reset();
    m_model.reset();
}

QStringList UpdateModelTest::shown() const
{
    QStringList texts;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        texts << m_model->index(row).data(Qt::DisplayRole).toString();
    }
    return texts;
}

void UpdateModelTest::rows_standUnderTheirHeadings()
{
    m_model->upsertAll(openUpdates());
    m_model->upsertAll(finishedUpdates());
    QCOMPARE(
        shown(), (QStringList{QStringLiteral("Running"), QStringLiteral("nextcloud-app"),
                     QStringLiteral("Waiting for approval"), QStringLiteral("traefik"),
                     QStringLiteral("Waiting"), QStringLiteral("nextcloud-db"), QStringLiteral("jellyfin"),
                     QStringLiteral("Finished today"), QStringLiteral("loki"), QStringLiteral("zigbee2mqtt"),
                     QStringLiteral("Earlier"), QStringLiteral("collabora"), QStringLiteral("crowdsec")}));
    QVERIFY(!m_model->flags(m_model->index(0)).testFlag(Qt::ItemIsSelectable));
    QCOMPARE(m_model->count(UpdateSection::Waiting), 2);
    QCOMPARE(m_model->count(UpdateSection::Approval), 1);
}

void UpdateModelTest::upsert_movesTheRow_whenTheUpdateEnds()
{
    m_model->upsertAll(openUpdates());
    contracts::Update update = openUpdates().front();
    update.status = core::UpdateStatus::Succeeded;
    update.completedAt = sampleNow();
    const QPersistentModelIndex waiting = m_model->indexOf(QStringLiteral("u-2"));
    const QPersistentModelIndex ended = m_model->indexOf(QStringLiteral("u-1"));
    m_model->upsert(update);
    QCOMPARE(
        shown(), (QStringList{QStringLiteral("Waiting for approval"), QStringLiteral("traefik"),
                     QStringLiteral("Waiting"), QStringLiteral("nextcloud-db"), QStringLiteral("jellyfin"),
                     QStringLiteral("Finished today"), QStringLiteral("nextcloud-app")}));
    QCOMPARE(waiting.data().toString(), QStringLiteral("traefik"));
    // Who looks at it goes on looking at it.
    QCOMPARE(ended.data().toString(), QStringLiteral("nextcloud-app"));
}

void UpdateModelTest::filter_leavesSectionAndText()
{
    m_model->upsertAll(openUpdates());
    m_model->upsertAll(finishedUpdates());
    m_model->setFilter({}, UpdateSection::Waiting);
    QCOMPARE(m_model->rowCount(), 3);
    m_model->setFilter(QStringLiteral("TRAEF"), std::nullopt);
    QCOMPARE(shown(), (QStringList{QStringLiteral("Waiting for approval"), QStringLiteral("traefik")}));
    m_model->setFilter({}, std::nullopt);
    QCOMPARE(m_model->rowCount(), 13);
}

void UpdateModelTest::step_isReplaced_andTheSummaryFollows()
{
    m_model->upsertAll(openUpdates());
    contracts::Step step = openUpdates().front().steps.at(6);
    step.progress->done = 61;
    QVERIFY(m_model->setStep(QStringLiteral("u-1"), step));
    QCOMPARE(m_model->find(QStringLiteral("u-1"))->steps.size(), std::size_t(10));
    QCOMPARE(ui::updateSummary(*m_model->find(QStringLiteral("u-1")), sampleNow()),
        QStringLiteral("Health check 1:01 of 2:00"));
    QVERIFY(!m_model->setStep(QStringLiteral("unknown"), step));
}

void UpdateModelTest::feed_readsMoreHistory_onDemand()
{
    FakeBackend backend;
    script(backend);
    backend.on<contracts::ListUpdateHistory>(
        [](const contracts::UpdateQuery &query) -> core::Result<contracts::UpdatePage> {
            const auto all = finishedUpdates();
            return query.cursor ? contracts::UpdatePage{{all.begin() + 2, all.end()}, std::nullopt}
                                : contracts::UpdatePage{{all.begin(), all.begin() + 2}, QStringLiteral("2")};
        });
    ui::UpdateFeed feed(backend, *m_model);
    feed.reload();
    QTRY_COMPARE(feed.state(), ui::UpdateFeed::State::Ready);
    QVERIFY(feed.hasMore());
    QCOMPARE(m_model->count(UpdateSection::Earlier), 0);
    feed.readMore();
    QTRY_COMPARE(m_model->count(UpdateSection::Earlier), 2);
    QVERIFY(!feed.hasMore());
}

void UpdateModelTest::feed_keepsTheLog_whenAnEventHasNone()
{
    FakeBackend backend;
    script(backend);
    ui::UpdateFeed feed(backend, *m_model);
    feed.reload();
    feed.setWatched(QStringLiteral("u-1"));
    QTRY_VERIFY(m_model->find(QStringLiteral("u-1")) != nullptr &&
                !m_model->find(QStringLiteral("u-1"))->log.empty());
    contracts::Update update = openUpdates().front();
    update.log.clear();
    const int before = backend.count<contracts::GetUpdate>();
    backend.emitEvent(contracts::events::updateChanged, update);
    QVERIFY(!m_model->find(QStringLiteral("u-1"))->log.empty());
    // And the log is asked for again, since something happened.
    QTRY_COMPARE(backend.count<contracts::GetUpdate>(), before + 1);
}

void UpdateModelTest::feed_measuresThePull()
{
    FakeBackend backend;
    script(backend);
    m_model->upsert(pullingUpdate());
    ui::UpdateFeed feed(backend, *m_model);
    feed.setWatched(QStringLiteral("u-1"));
    contracts::UpdateStepChanged change{QStringLiteral("u-1"), {}, pullingUpdate().steps.at(1)};
    QVERIFY(!feed.pullSpeed());
    for (int second = 0; second < 4; ++second) {
        change.step.progress->done = second * 8'000'000;
        backend.emitEvent(contracts::events::updateStep, change, sampleNow() + std::chrono::seconds(second));
    }
    QCOMPARE(feed.pullSpeed(), std::optional<qint64>(8'000'000));
}

QTEST_GUILESS_MAIN(UpdateModelTest)
#include "tst_updatemodel.moc"
