#include "accessibilitywalk.h"
#include "guifixture.h"
#include "planningsamples.h"

#include <pages/schedulespage.h>
#include <ui/banner.h>
#include <ui/segmentedfilter.h>

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDateEdit>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace dockerauto;
using namespace dockerauto::test;
using View = ui::SchedulesPage::View;

class ScheduleEditorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void schedule_isMade_fromPlainWords();
    void schedule_isChanged_withWhatItHad();
    void pattern_andWords_followEachOther();
    void preview_comesLater_andOnce();
    void preview_showsFiveRuns_orTheErrorAtTheField();
    void preview_ignoresAnswers_toOldQuestions();
    void coverage_namesTheContainers();
    void container_isSentByItsId();
    void refusal_isShownAtItsField();
    void refusal_ofNoField_canBeCopied();
    void window_everyWeek_isSent();
    void window_once_isSent();
    void window_fromCalendar_isSent();
    void calendar_isRefused_whenTooLarge();
    void freeze_keepsItsCalendar_whenChanged();
    void time_isWrittenOut_data();
    void time_isWrittenOut();
    void everything_hasAName_data();
    void everything_hasAName();

private:
    template <class Widget>
    [[nodiscard]] Widget *part(const char *name) const
    {
        return m_sheet->findChild<Widget *>(QLatin1String(name));
    }
    void openNew(const char *button, const char *sheet);
    void openRow(View view, const char *table, int row, const char *sheet);
    void type(const char *field, const QString &text) const;
    void select(const char *combo, int index) const;
    [[nodiscard]] QAbstractButton *day(const char *name) const
    {
        const auto buttons = m_sheet->findChildren<QAbstractButton *>();
        return *std::ranges::find_if(buttons,
            [&](const QAbstractButton *button) { return button->accessibleName() == QLatin1String(name); });
    }
    void press() const { part<QPushButton>("verbButton")->click(); }
    [[nodiscard]] bool says(const QString &text) const;
    [[nodiscard]] FakeBackend &backend() const { return m_fixture->backend; }

    std::unique_ptr<GuiFixture> m_fixture;
    std::unique_ptr<ui::SchedulesPage> m_page;
    QDialog *m_sheet = nullptr;
};

void ScheduleEditorTest::initTestCase()
{
    qputenv("TZ", "UTC");
    QLocale::setDefault(QLocale(QStringLiteral("en_US")));
}

void ScheduleEditorTest::init()
{
    m_fixture = std::make_unique<GuiFixture>();
    scriptPlanning(backend());
    backend().answer<contracts::CreateSchedule>(sampleSchedules().at(0));
    backend().answer<contracts::ChangeSchedule>(sampleSchedules().at(0));
    backend().answer<contracts::CreateWindow>(sampleWindows().at(0));
    backend().answer<contracts::ChangeWindow>(sampleWindows().at(0));
    m_page = std::make_unique<ui::SchedulesPage>(backend(), m_fixture->preferences, nullptr, sampleNow);
    m_page->resize(1200, 860);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void ScheduleEditorTest::cleanup()
{
    m_page.reset();
    m_fixture.reset();
}

void ScheduleEditorTest::openNew(const char *button, const char *sheet)
{
    m_page->findChild<QPushButton *>(QLatin1String(button))->click();
    m_sheet = m_page->findChild<QDialog *>(QLatin1String(sheet));
    QVERIFY(m_sheet != nullptr);
    QVERIFY(QTest::qWaitForWindowExposed(m_sheet));
}

void ScheduleEditorTest::openRow(View view, const char *table, int row, const char *sheet)
{
    m_page->showView(view);
    auto *rows = m_page->findChild<QTreeView *>(QLatin1String(table));
    QTRY_VERIFY(rows->model()->rowCount() > row);
    rows->setCurrentIndex(rows->model()->index(row, 0));
    QTest::keyClick(rows, Qt::Key_Return);
    m_sheet = m_page->findChild<QDialog *>(QLatin1String(sheet));
    QVERIFY(m_sheet != nullptr);
    QVERIFY(QTest::qWaitForWindowExposed(m_sheet));
}

void ScheduleEditorTest::type(const char *field, const QString &text) const
{
    auto *line = part<QLineEdit>(field);
    line->selectAll();
    QTest::keyClicks(line, text);
}

void ScheduleEditorTest::select(const char *combo, int index) const
{
    part<QComboBox>(combo)->setCurrentIndex(index);
    Q_EMIT part<QComboBox>(combo)->activated(index);
}

bool ScheduleEditorTest::says(const QString &text) const
{
    const auto labels = m_sheet->findChildren<QLabel *>();
    return std::ranges::any_of(
        labels, [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
}

void ScheduleEditorTest::schedule_isMade_fromPlainWords()
{
    openNew("newSchedule", "scheduleEditor");
    QVERIFY(part<QLineEdit>("name")->hasFocus());
    type("name", QStringLiteral("Weekend"));
    select("rhythm", 2);
    day("Saturday")->click();
    day("Monday")->click();
    type("timeOfDay", QStringLiteral("6:30"));
    select("scopeKind", static_cast<int>(core::ScopeKind::Project));
    type("scopeValue", QStringLiteral("media"));
    press();
    QTRY_COMPARE(backend().count<contracts::CreateSchedule>(), 1);
    const auto made = backend().last<contracts::CreateSchedule>();
    QCOMPARE(made.name, QStringLiteral("Weekend"));
    QCOMPARE(made.cron, QStringLiteral("30 6 * * SAT"));
    QCOMPARE(made.zone, std::optional(QStringLiteral("UTC")));
    QCOMPARE(made.action, core::ScheduleAction::Update);
    QCOMPARE(made.scope->kind, core::ScopeKind::Project);
    QCOMPARE(made.scope->value, std::optional(QStringLiteral("media")));
    QCOMPARE(made.jitterSeconds, std::optional(0));
    QCOMPARE(made.missed, std::optional(core::MissedRuns::RunOnce));
    QTRY_VERIFY(m_page->findChild<QDialog *>(QStringLiteral("scheduleEditor")) == nullptr);
}

void ScheduleEditorTest::schedule_isChanged_withWhatItHad()
{
    openRow(View::List, "planTable", 3, "scheduleEditor");
    QCOMPARE(part<QLineEdit>("name")->text(), QStringLiteral("Old backups"));
    QCOMPARE(part<QLineEdit>("zone")->text(), QStringLiteral("Europe/Berlin"));
    QCOMPARE(part<QComboBox>("rhythm")->currentText(), QStringLiteral("Every month"));
    type("name", QStringLiteral("Backups"));
    press();
    QTRY_COMPARE(backend().count<contracts::ChangeSchedule>(), 1);
    const auto change = backend().last<contracts::ChangeSchedule>();
    QCOMPARE(change.id, QStringLiteral("s-old"));
    QCOMPARE(change.name, QStringLiteral("Backups"));
    QCOMPARE(change.cron, QStringLiteral("15 3 L * *"));
    QCOMPARE(change.enabled, false);
    QCOMPARE(change.action, core::ScheduleAction::Check);
    QCOMPARE(change.scope.value, std::optional(QStringLiteral("git")));
}

void ScheduleEditorTest::pattern_andWords_followEachOther()
{
    openNew("newSchedule", "scheduleEditor");
    QCOMPARE(part<QLineEdit>("cron")->text(), QStringLiteral("0 2 * * *"));
    type("timeOfDay", QStringLiteral("3:15"));
    QCOMPARE(part<QLineEdit>("cron")->text(), QStringLiteral("15 3 * * *"));
    type("cron", QStringLiteral("30 22 * * MON-FRI"));
    QCOMPARE(part<QComboBox>("rhythm")->currentText(), QStringLiteral("On weekdays"));
    QCOMPARE(part<QLineEdit>("timeOfDay")->text(), QStringLiteral("22:30"));
    type("cron", QStringLiteral("*/5 * * * *"));
    QCOMPARE(part<QComboBox>("rhythm")->currentText(), QStringLiteral("By the pattern below"));
    QVERIFY(!part<QLineEdit>("timeOfDay")->isVisible());
    select("rhythm", 0);
    QCOMPARE(part<QLineEdit>("cron")->text(), QStringLiteral("30 22 * * *"));
}

void ScheduleEditorTest::preview_comesLater_andOnce()
{
    openNew("newSchedule", "scheduleEditor");
    QTRY_COMPARE(backend().count<contracts::PreviewSchedule>(), 1);
    type("cron", QStringLiteral("15 3 * * *"));
    QCOMPARE(backend().count<contracts::PreviewSchedule>(), 1);
    QTRY_COMPARE(backend().count<contracts::PreviewSchedule>(), 2);
    const auto asked = backend().last<contracts::PreviewSchedule>();
    QCOMPARE(asked.cron, QStringLiteral("15 3 * * *"));
    QCOMPARE(asked.zone, std::optional(QStringLiteral("UTC")));
    QCOMPARE(asked.count, std::optional(5));
}

void ScheduleEditorTest::preview_showsFiveRuns_orTheErrorAtTheField()
{
    openNew("newSchedule", "scheduleEditor");
    QTRY_VERIFY(says(QStringLiteral("tomorrow 02:00")));
    const QString runs = part<QWidget>("preview")->accessibleDescription();
    QCOMPARE(runs.count(QLatin1Char(';')), 4);
    type("cron", QStringLiteral("99 2 * * *"));
    QTRY_VERIFY(says(QStringLiteral("for example “30 2 * * *”")));
    QVERIFY(part<QLineEdit>("cron")->accessibleDescription().contains(QStringLiteral("0 to 59")));
    QVERIFY(!says(QStringLiteral("tomorrow 02:00")));
    type("cron", QStringLiteral("9 2 * * *"));
    QTRY_VERIFY(says(QStringLiteral("tomorrow 02:00")));
    QVERIFY(!says(QStringLiteral("for example")));
    type("zone", QStringLiteral("America/New_York"));
    QTRY_VERIFY(says(QStringLiteral("in America/New_York")));
}

void ScheduleEditorTest::preview_ignoresAnswers_toOldQuestions()
{
    openNew("newSchedule", "scheduleEditor");
    QTRY_VERIFY(says(QStringLiteral("tomorrow 02:00")));
    backend().hold();
    type("cron", QStringLiteral("99 2 * * *"));
    QTRY_COMPARE(backend().count<contracts::PreviewSchedule>(), 2);
    type("cron", QStringLiteral("9 2 * * *"));
    backend().release();
    QTRY_COMPARE(backend().count<contracts::PreviewSchedule>(), 3);
    QCoreApplication::processEvents();
    QVERIFY(!says(QStringLiteral("for example")));
    QVERIFY(says(QStringLiteral("tomorrow 02:00")));
}

void ScheduleEditorTest::coverage_namesTheContainers()
{
    openNew("newSchedule", "scheduleEditor");
    QTRY_VERIFY(says(QStringLiteral("and others")));
    select("scopeKind", static_cast<int>(core::ScopeKind::Project));
    QVERIFY(says(QStringLiteral("Choose what it applies to.")));
    type("scopeValue", QStringLiteral("media"));
    QVERIFY(says(QStringLiteral("Covers 4 container(s): jellyfin, qbittorrent, radarr, sonarr")));
    type("scopeValue", QStringLiteral("nothing"));
    QVERIFY(says(QStringLiteral("Covers no container now")));
}

void ScheduleEditorTest::container_isSentByItsId()
{
    openNew("newSchedule", "scheduleEditor");
    select("scopeKind", static_cast<int>(core::ScopeKind::Container));
    QTRY_VERIFY(says(QStringLiteral("Choose what it applies to.")));
    type("scopeValue", QStringLiteral("Grafana"));
    QTRY_VERIFY(says(QStringLiteral("Covers 1 container(s): grafana")));
    press();
    QTRY_COMPARE(backend().count<contracts::CreateSchedule>(), 1);
    QCOMPARE(
        backend().last<contracts::CreateSchedule>().scope->value, std::optional(QStringLiteral("c-grafana")));
}

void ScheduleEditorTest::refusal_isShownAtItsField()
{
    backend().on<contracts::CreateSchedule>([](const auto &) {
        return core::Result<contracts::Schedule>(core::fail(core::ErrorCode::InvalidArgument,
            QStringLiteral("There is no project “medai”."), QStringLiteral("scope/value")));
    });
    openNew("newSchedule", "scheduleEditor");
    press();
    QTRY_VERIFY(says(QStringLiteral("There is no project")));
    QVERIFY(!part<QWidget>("formError")->isVisible());
    QVERIFY(m_sheet->isVisible());
    QVERIFY(part<QPushButton>("verbButton")->isEnabled());
    backend().answer<contracts::CreateSchedule>(sampleSchedules().at(0));
    press();
    QTRY_VERIFY(m_page->findChild<QDialog *>(QStringLiteral("scheduleEditor")) == nullptr);
}

void ScheduleEditorTest::refusal_ofNoField_canBeCopied()
{
    backend().on<contracts::CreateSchedule>([](const auto &) {
        return core::Result<contracts::Schedule>(
            core::fail(core::ErrorCode::Conflict, QStringLiteral("There is a schedule of this name.")));
    });
    openNew("newSchedule", "scheduleEditor");
    press();
    auto *banner = m_sheet->findChild<ui::Banner *>(QStringLiteral("formError"));
    QTRY_VERIFY(banner->isVisible());
    banner->findChild<QPushButton *>()->click();
    QCOMPARE(
        QGuiApplication::clipboard()->text(), QStringLiteral("Conflict: There is a schedule of this name."));
}

void ScheduleEditorTest::window_everyWeek_isSent()
{
    openNew("newWindow", "windowEditor");
    type("name", QStringLiteral("Nights"));
    type("start", QStringLiteral("22"));
    type("end", QStringLiteral("4"));
    QTRY_VERIFY(says(QStringLiteral("ends on the next day")));
    press();
    QTRY_COMPARE(backend().count<contracts::CreateWindow>(), 1);
    const auto made = backend().last<contracts::CreateWindow>();
    QCOMPARE(made.kind, core::WindowKind::Window);
    QCOMPARE(made.times->start, std::optional(QStringLiteral("22:00")));
    QCOMPARE(made.times->end, std::optional(QStringLiteral("04:00")));
    QCOMPARE(made.times->days->size(), std::size_t(7));
    QCOMPARE(made.times->days->front(), QStringLiteral("mon"));
    QCOMPARE(made.times->zone, std::optional(QStringLiteral("UTC")));
    QVERIFY(!made.times->from);
    QVERIFY(!made.calendar);
}

void ScheduleEditorTest::window_once_isSent()
{
    openNew("newWindow", "windowEditor");
    select("kind", 1);
    m_sheet->findChild<ui::SegmentedFilter *>(QStringLiteral("mode"))->setCurrent(1);
    QVERIFY(!part<QLineEdit>("start")->isVisible());
    part<QDateEdit>("fromDate")->setDate(QDate(2030, 12, 24));
    part<QDateEdit>("untilDate")->setDate(QDate(2031, 1, 2));
    press();
    QTRY_COMPARE(backend().count<contracts::CreateWindow>(), 1);
    const auto made = backend().last<contracts::CreateWindow>();
    QCOMPARE(made.kind, core::WindowKind::Freeze);
    QCOMPARE(made.times->from, *core::fromRfc3339(QStringLiteral("2030-12-24T00:00:00Z")));
    QCOMPARE(made.times->until, *core::fromRfc3339(QStringLiteral("2031-01-02T00:00:00Z")));
    QVERIFY(!made.times->start);
}

void ScheduleEditorTest::window_fromCalendar_isSent()
{
    openNew("newWindow", "windowEditor");
    m_sheet->findChild<ui::SegmentedFilter *>(QStringLiteral("mode"))->setCurrent(2);
    press();
    QVERIFY(says(QStringLiteral("Choose the file to import.")));
    QCOMPARE(backend().count<contracts::CreateWindow>(), 0);
    const QString name = m_fixture->folder.filePath(QStringLiteral("team.ics"));
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n");
    file.close();
    QVERIFY(QMetaObject::invokeMethod(m_sheet, "readCalendar", Q_ARG(QString, name)));
    QVERIFY(says(QStringLiteral("team.ics")));
    press();
    QTRY_COMPARE(backend().count<contracts::CreateWindow>(), 1);
    const auto made = backend().last<contracts::CreateWindow>();
    QCOMPARE(made.calendar, std::optional(QStringLiteral("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")));
    QVERIFY(!made.times->start);
    QVERIFY(!made.times->from);
}

void ScheduleEditorTest::calendar_isRefused_whenTooLarge()
{
    openNew("newWindow", "windowEditor");
    m_sheet->findChild<ui::SegmentedFilter *>(QStringLiteral("mode"))->setCurrent(2);
    const QString name = m_fixture->folder.filePath(QStringLiteral("large.ics"));
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(1024 * 1024 + 1, 'x'));
    file.close();
    QVERIFY(QMetaObject::invokeMethod(m_sheet, "readCalendar", Q_ARG(QString, name)));
    QVERIFY(says(QStringLiteral("larger than 1 MiB")));
    QVERIFY(
        QMetaObject::invokeMethod(m_sheet, "readCalendar", Q_ARG(QString, QStringLiteral("/nowhere/a.ics"))));
    QVERIFY(says(QStringLiteral("a.ics cannot be read")));
}

void ScheduleEditorTest::freeze_keepsItsCalendar_whenChanged()
{
    std::vector<contracts::Window> windows = sampleWindows();
    windows.at(2).times = {};
    windows.at(2).calendar = QStringLiteral("BEGIN:VCALENDAR");
    backend().answer<contracts::ListWindows>({windows});
    m_page = std::make_unique<ui::SchedulesPage>(backend(), m_fixture->preferences, nullptr, sampleNow);
    m_page->resize(1200, 860);
    m_page->show();
    openRow(View::List, "planTable", 6, "windowEditor");
    QCOMPARE(m_sheet->findChild<ui::SegmentedFilter *>(QStringLiteral("mode"))->current(), 2);
    QVERIFY(says(QStringLiteral("The imported calendar stays")));
    type("name", QStringLiteral("Sale"));
    press();
    QTRY_COMPARE(backend().count<contracts::ChangeWindow>(), 1);
    const auto change = backend().last<contracts::ChangeWindow>();
    QCOMPARE(change.name, QStringLiteral("Sale"));
    QVERIFY(!change.calendar);
    QVERIFY(!change.times->start);
}

void ScheduleEditorTest::time_isWrittenOut_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("written");
    QTest::newRow("hour") << "2"
                          << "02:00";
    QTest::newRow("two digits") << "22"
                                << "22:00";
    QTest::newRow("three digits") << "230"
                                  << "02:30";
    QTest::newRow("four digits") << "2230"
                                 << "22:30";
    QTest::newRow("short") << "2:5"
                           << "02:05";
    QTest::newRow("point") << "7.45"
                           << "07:45";
    QTest::newRow("end of day") << "24:00"
                                << "24:00";
    QTest::newRow("too late") << "25:00"
                              << "25:00";
    QTest::newRow("too many minutes") << "2:75"
                                      << "2:75";
    QTest::newRow("words") << "noon"
                           << "noon";
}

void ScheduleEditorTest::time_isWrittenOut()
{
    QFETCH(QString, typed);
    QFETCH(QString, written);
    openNew("newWindow", "windowEditor");
    type("end", typed);
    press();
    QTRY_COMPARE(backend().count<contracts::CreateWindow>(), 1);
    QCOMPARE(backend().last<contracts::CreateWindow>().times->end, std::optional(written));
}

void ScheduleEditorTest::everything_hasAName_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<QString>("sheet");
    QTest::addColumn<int>("view");
    QTest::newRow("schedule") << "newSchedule"
                              << "scheduleEditor" << 0;
    QTest::newRow("window") << "newWindow"
                            << "windowEditor" << 0;
}

void ScheduleEditorTest::everything_hasAName()
{
    QFETCH(QString, button);
    QFETCH(QString, sheet);
    QFETCH(int, view);
    m_page->showView(static_cast<View>(view));
    openNew(button.toLatin1().constData(), sheet.toLatin1().constData());
    QCOMPARE(namelessObjects(m_sheet), QStringList());
}

QTEST_MAIN(ScheduleEditorTest)
#include "tst_scheduleeditor.moc"
