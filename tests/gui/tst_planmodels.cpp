#include "fakebackend.h"
#include "planningsamples.h"
#include "samples.h"

#include <models/directory.h>
#include <models/planmodel.h>
#include <models/planningfeed.h>
#include <models/planwords.h>
#include <models/registryfeed.h>
#include <models/timing.h>
#include <models/weekplan.h>

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

using namespace dockerauto;
using namespace dockerauto::test;
using namespace std::chrono_literals;

class PlanModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void timing_andPattern_sayTheSame_data();
    void timing_andPattern_sayTheSame();
    void timing_hasNoWords_forOtherPatterns_data();
    void timing_hasNoWords_forOtherPatterns();
    void model_keepsItsPromises_whenRowsComeAndGo();
    void switch_onlyAsks_andDoesNotChange();
    void rows_sayWhenWhatAndFor_data();
    void rows_sayWhenWhatAndFor();
    void scope_coversAsTheContractSays_data();
    void scope_coversAsTheContractSays();
    void week_cutsBandsAtMidnight();
    void week_putsOverlappingBandsBesideEachOther();
    void week_foldsManyRuns_intoOneItem();
    void week_showsWhatHasRun();
    void feed_readsAgain_afterPlanningChanged();
    void feed_isReady_withoutUpcoming();
    void feed_keepsOldData_whenReadingAgainFails();
    void budget_isSaidInWords_data();
    void budget_isSaidInWords();
    void nextRun_isNoWindow();

private:
    [[nodiscard]] QDate today() const
    {
        return QDateTime::fromMSecsSinceEpoch(sampleNow().time_since_epoch().count()).date();
    }
    [[nodiscard]] std::vector<ui::WeekItem> week() const
    {
        return ui::weekItems(*m_feed, *m_directory, today(), sampleNow());
    }
    void read();

    std::unique_ptr<FakeBackend> m_backend;
    std::unique_ptr<ui::Directory> m_directory;
    std::unique_ptr<ui::PlanningFeed> m_feed;
};

void PlanModelsTest::initTestCase()
{
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale(QStringLiteral("en_US")));
}

void PlanModelsTest::init()
{
    m_feed.reset();
    m_directory.reset();
    m_backend = std::make_unique<FakeBackend>();
    script(*m_backend);
    scriptPlanning(*m_backend);
    m_directory = std::make_unique<ui::Directory>(*m_backend);
    m_feed = std::make_unique<ui::PlanningFeed>(*m_backend);
}

void PlanModelsTest::read()
{
    m_directory->refresh();
    m_feed->reload();
    QTRY_COMPARE(m_feed->state(), ui::ReadState::Ready);
    QTRY_COMPARE(m_feed->policiesState(), ui::ReadState::Ready);
    QTRY_VERIFY(!m_feed->upcoming().empty());
    QTRY_VERIFY(!m_directory->containers().empty());
}

void PlanModelsTest::timing_andPattern_sayTheSame_data()
{
    QTest::addColumn<QString>("cron");
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("words");
    QTest::newRow("daily") << "0 2 * * *"
                           << "0 2 * * *"
                           << "Every day at 02:00";
    QTest::newRow("weekdays") << "30 22 * * 1-5"
                              << "30 22 * * MON-FRI"
                              << "On weekdays at 22:30";
    QTest::newRow("days") << "5 7 * * 0,3"
                          << "5 7 * * WED,SUN"
                          << "Wed, Sun at 07:05";
    QTest::newRow("names") << "0 9 * * sat"
                           << "0 9 * * SAT"
                           << "Sat at 09:00";
    QTest::newRow("month") << "15 4 12 * *"
                           << "15 4 12 * *"
                           << "On day 12 of the month at 04:15";
    QTest::newRow("last day") << "0 4 L * *"
                              << "0 4 L * *"
                              << "On the last day of the month at 04:00";
    QTest::newRow("hours") << "10 */6 * * *"
                           << "10 */6 * * *"
                           << "Every 6 hour(s), 10 min past";
    QTest::newRow("hourly") << "@hourly"
                            << "0 * * * *"
                            << "Every 1 hour(s)";
    QTest::newRow("seconds") << "0 0 3 * * ?"
                             << "0 3 * * *"
                             << "Every day at 03:00";
    QTest::newRow("spaces") << "  0   2 * * * "
                            << "0 2 * * *"
                            << "Every day at 02:00";
}

void PlanModelsTest::timing_andPattern_sayTheSame()
{
    QFETCH(QString, cron);
    QFETCH(QString, written);
    QFETCH(QString, words);
    const auto timing = ui::plainTimingOf(cron);
    QVERIFY(timing);
    QCOMPARE(ui::cronOf(*timing), written);
    QCOMPARE(ui::plainTimingOf(written), timing);
    QCOMPARE(ui::timingWords(cron), words);
}

void PlanModelsTest::timing_hasNoWords_forOtherPatterns_data()
{
    QTest::addColumn<QString>("cron");
    for (const char *cron : {"", "0 2 * *", "*/5 * * * *", "0 2 * 6 *", "0 */5 * * *", "0 2 1 * MON",
             "60 2 * * *", "0 24 * * *", "0 2 * * MON#1", "0 2 * * 5-1", "30 0 2 * * *", "0 2 LW * *",
             "+5 2 * * *", "0 2 * * MON,", "0 0-6 * * *"}) {
        QTest::newRow(cron) << QString::fromLatin1(cron);
    }
}

void PlanModelsTest::timing_hasNoWords_forOtherPatterns()
{
    QFETCH(QString, cron);
    QVERIFY(!ui::plainTimingOf(cron));
    QVERIFY(ui::timingWords(cron).endsWith(cron));
}

void PlanModelsTest::model_keepsItsPromises_whenRowsComeAndGo()
{
    read();
    ui::PlanModel model(QStringLiteral("Name"), {QStringLiteral("When"), QStringLiteral("Next"),
                                                    QStringLiteral("Last"), QStringLiteral("Containers")});
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::vector<ui::PlanRow> rows = ui::scheduleRows(*m_feed, *m_directory, sampleNow());
    model.setRows(rows);
    QCOMPARE(model.rowCount(), 7);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    rows.at(2).enabled = false;
    model.setRows(rows);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().toModelIndex().row(), 2);
    QCOMPARE(reset.count(), 0);
    rows.erase(rows.begin());
    model.setRows(rows);
    QCOMPARE(reset.count(), 1);
    model.setRows({});
    QCOMPARE(model.rowCount(), 0);
}

void PlanModelsTest::switch_onlyAsks_andDoesNotChange()
{
    read();
    ui::PlanModel model(QStringLiteral("Name"), {QStringLiteral("Rules"), QStringLiteral("Containers")});
    model.setRows(ui::policyRows(*m_feed, *m_directory));
    QSignalSpy wanted(&model, &ui::PlanModel::switchWanted);
    const QModelIndex index = model.index(0, model.switchColumn());
    QVERIFY(index.flags().testFlag(Qt::ItemIsUserCheckable));
    model.setData(index, Qt::Unchecked, Qt::CheckStateRole);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().toString(), QStringLiteral("p-db"));
    QCOMPARE(wanted.first().last().toBool(), false);
    QCOMPARE(index.data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
}

void PlanModelsTest::rows_sayWhenWhatAndFor_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("next");
    QTest::newRow("schedule") << 1 << "Media stack"
                              << "Check and update · Project media"
                              << "Fri at 10:00 (Europe/Berlin)"
                              << "today 10:00";
    QTest::newRow("off") << 3 << "Old backups"
                         << "Check for updates · Project git"
                         << "On the last day of the month at 03:15 (Europe/Berlin)"
                         << "never";
    QTest::newRow("window") << 5 << "Quiet hours"
                            << "Window · All containers"
                            << "Every day 02:00–04:30 (Europe/Berlin)"
                            << "Open until 04:30";
    QTest::newRow("freeze") << 6 << "Sale weekend"
                            << "Freeze · All containers" << QString() << QString();
}

void PlanModelsTest::rows_sayWhenWhatAndFor()
{
    QFETCH(int, row);
    QFETCH(QString, name);
    QFETCH(QString, detail);
    QFETCH(QString, when);
    QFETCH(QString, next);
    read();
    const ui::PlanRow shown =
        ui::scheduleRows(*m_feed, *m_directory, sampleNow()).at(static_cast<std::size_t>(row));
    QCOMPARE(shown.name, name);
    QCOMPARE(shown.detail, detail);
    if (!when.isEmpty()) {
        QCOMPARE(shown.cells.at(0).text, when);
        QCOMPARE(shown.cells.at(1).text, next);
    } else {
        QVERIFY2(
            shown.cells.at(0).text.contains(QStringLiteral("12:00 – ")), qPrintable(shown.cells.at(0).text));
    }
}

void PlanModelsTest::scope_coversAsTheContractSays_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *name, core::ScopeKind kind, const char *value, bool expected) {
        QTest::newRow(name) << static_cast<int>(kind) << QString::fromLatin1(value) << expected;
    };
    using core::ScopeKind;
    row("all", ScopeKind::All, "", true);
    row("project", ScopeKind::Project, "media", true);
    row("other project", ScopeKind::Project, "cloud", false);
    row("no project", ScopeKind::Project, "", false);
    row("label", ScopeKind::Label, "tier", true);
    row("label with value", ScopeKind::Label, "tier=web=1", true);
    row("label with other value", ScopeKind::Label, "tier=web", false);
    row("label with empty value", ScopeKind::Label, "tier=", false);
    row("other label", ScopeKind::Label, "tie", false);
    row("container", ScopeKind::Container, "c-1", true);
    row("host", ScopeKind::Host, "local", true);
    row("other host", ScopeKind::Host, "far", false);
}

void PlanModelsTest::scope_coversAsTheContractSays()
{
    QFETCH(int, kind);
    QFETCH(QString, value);
    QFETCH(bool, expected);
    contracts::Container container;
    container.id = QStringLiteral("c-1");
    container.host = QStringLiteral("local");
    container.project = QStringLiteral("media");
    container.labels = {{QStringLiteral("tier"), QStringLiteral("web=1")}};
    QCOMPARE(ui::covers({static_cast<core::ScopeKind>(kind), value}, container), expected);
}

void PlanModelsTest::week_cutsBandsAtMidnight()
{
    contracts::Window window = sampleWindows().at(2);
    const auto midnight =
        core::Timestamp(std::chrono::milliseconds(today().startOfDay().toMSecsSinceEpoch()));
    window.opens = {midnight + 22h};
    window.closes = {midnight + 48h};
    m_backend->answer<contracts::ListWindows>({{window}});
    read();
    std::vector<ui::WeekItem> bands = week();
    std::erase_if(bands, [](const ui::WeekItem &item) { return !item.isBand(); });
    QCOMPARE(bands.size(), std::size_t(2));
    QCOMPARE(bands.at(0).day, 0);
    QCOMPARE(bands.at(0).from, 22.0);
    QCOMPARE(bands.at(0).until, 24.0);
    QCOMPARE(bands.at(1).day, 1);
    QCOMPARE(bands.at(1).from, 0.0);
    QCOMPARE(bands.at(1).until, 24.0);
}

void PlanModelsTest::week_putsOverlappingBandsBesideEachOther()
{
    std::vector<contracts::Window> windows = sampleWindows();
    windows.push_back(windows.at(0));
    windows.back().id = QStringLiteral("w-second");
    m_backend->answer<contracts::ListWindows>({windows});
    read();
    int together = 0;
    int lanes = 0;
    for (const ui::WeekItem &item : week()) {
        if (item.isBand() && item.day == 1 && item.from >= 10) {
            QCOMPARE(item.lanes, item.kind == ui::WeekItem::Kind::Freeze ? 1 : 2);
            QCOMPARE(item.frozen, item.kind == ui::WeekItem::Kind::Window);
            lanes += item.lane;
            ++together;
        } else if (item.isBand() && item.day > 2) {
            QCOMPARE(item.lanes, 1);
            QVERIFY(!item.frozen);
        }
    }
    QCOMPARE(together, 3);
    QCOMPARE(lanes, 1);
}

void PlanModelsTest::week_foldsManyRuns_intoOneItem()
{
    read();
    const std::vector<ui::WeekItem> items = week();
    const auto folded = std::ranges::find_if(
        items, [](const ui::WeekItem &item) { return item.day == 1 && item.id == QLatin1String("s-edge"); });
    QVERIFY(folded != items.end());
    QCOMPARE(folded->times.size(), std::size_t(12));
    QCOMPARE(folded->detail, QStringLiteral("12 run(s)"));
    QCOMPARE(
        std::ranges::count_if(items,
            [](const ui::WeekItem &item) { return item.day == 1 && item.id == QLatin1String("s-edge"); }),
        1);
}

void PlanModelsTest::week_showsWhatHasRun()
{
    read();
    const std::vector<ui::WeekItem> items = week();
    const auto done = std::ranges::find_if(items, [](const ui::WeekItem &item) {
        return item.kind == ui::WeekItem::Kind::Done && item.id == QLatin1String("s-night");
    });
    QVERIFY(done != items.end());
    QCOMPARE(done->day, 0);
    QCOMPARE(done->from, 2.0);
    QVERIFY(done->sentence.contains(QStringLiteral("4 updated")));
}

void PlanModelsTest::feed_readsAgain_afterPlanningChanged()
{
    read();
    const int before = m_backend->count<contracts::ListSchedules>();
    m_backend->answer<contracts::ListSchedules>({});
    for (int event = 0; event < 5; ++event) {
        m_backend->emitEvent(contracts::events::planningChanged, contracts::Nothing{});
    }
    QTRY_VERIFY(m_feed->schedules().empty());
    QCOMPARE(m_backend->count<contracts::ListSchedules>(), before + 1);
    m_backend->answer<contracts::ListSchedules>({sampleSchedules()});
    m_backend->setConnection(contracts::Backend::Connection::Connected);
    QTRY_COMPARE(m_feed->schedules().size(), std::size_t(4));
}

void PlanModelsTest::feed_isReady_withoutUpcoming()
{
    m_backend->refuse<contracts::ListUpcoming>(QStringLiteral("Not now."));
    m_feed->reload();
    QTRY_COMPARE(m_feed->state(), ui::ReadState::Ready);
    QCOMPARE(m_feed->schedules().size(), std::size_t(4));
    QVERIFY(m_feed->upcoming().empty());
}

void PlanModelsTest::feed_keepsOldData_whenReadingAgainFails()
{
    read();
    m_backend->refuse<contracts::ListSchedules>(QStringLiteral("Not now."));
    m_feed->reload();
    QTRY_VERIFY(m_feed->error().has_value());
    QCOMPARE(m_feed->state(), ui::ReadState::Ready);
    QCOMPARE(m_feed->schedules().size(), std::size_t(4));
}

void PlanModelsTest::budget_isSaidInWords_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<int>("remaining");
    QTest::addColumn<int>("minutes");
    QTest::addColumn<QString>("words");
    QTest::newRow("unknown") << -1 << -1 << 0 << "";
    QTest::newRow("of a limit") << 100 << 37 << 0 << "37 of 100 pulls left";
    QTest::newRow("without a limit") << -1 << 5 << 0 << "5 pulls left";
    QTest::newRow("over") << 100 << 0 << -10 << "0 of 100 pulls left";
}

void PlanModelsTest::budget_isSaidInWords()
{
    QFETCH(int, limit);
    QFETCH(int, remaining);
    QFETCH(int, minutes);
    QFETCH(QString, words);
    contracts::RegistryBudget budget;
    budget.limit = limit < 0 ? std::nullopt : std::optional<qint64>(limit);
    budget.remaining = remaining < 0 ? std::nullopt : std::optional<qint64>(remaining);
    budget.resetsAt = sampleNow() + std::chrono::minutes(minutes);
    QCOMPARE(ui::budgetWords(budget, sampleNow()), words);
}

void PlanModelsTest::nextRun_isNoWindow()
{
    contracts::UpcomingItem opens;
    opens.at = sampleNow() + 1h;
    opens.kind = QStringLiteral("window_opens");
    contracts::UpcomingItem past = opens;
    past.kind = QStringLiteral("check");
    past.at = sampleNow() - 1min;
    contracts::UpcomingItem run = past;
    run.at = sampleNow() + 2h;
    const std::vector<contracts::UpcomingItem> items{past, opens, run};
    QCOMPARE(ui::nextRun(items, sampleNow()), &items.at(2));
    QCOMPARE(ui::runName(run), QStringLiteral("Regular check"));
    QCOMPARE(ui::untilText(run.at, sampleNow()), QStringLiteral("in 2 h"));
}

QTEST_GUILESS_MAIN(PlanModelsTest)
#include "tst_planmodels.moc"
