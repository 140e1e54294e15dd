#include "support/stage.h"

#include "composition/backendhost.h"
#include "composition/desktopwindow.h"

#include <client/inprocessbackend.h>
#include <models/containermodel.h>
#include <pages/containerspage.h>
#include <pages/updatespage.h>
#include <ui/banner.h>
#include <ui/fonts.h>
#include <ui/mainwindow.h>
#include <ui/preferences.h>
#include <ui/stepper.h>
#include <ui/themecontroller.h>
#include <ui/translations.h>

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>
#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QTimer>
#include <QTreeView>

#include <algorithm>

using namespace dockerauto;
using namespace dockerauto::e2e;
using core::Json;
using core::textOf;
using testsupport::ImageHealth;
using testsupport::ImageOptions;

namespace {

ImageOptions image(const QString &marker, ImageHealth health)
{
    return {.repository = QStringLiteral("window/demo"), .marker = marker, .health = health};
}

/// How long the event loop did nothing else at most, seen by a timer of 10 ms.
class StallMeter
{
public:
    StallMeter()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(interval);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            m_longest = std::max(m_longest, m_clock.restart() - interval);
            ++m_ticks;
        });
    }
    void begin()
    {
        m_clock.start();
        m_timer.start();
    }
    /// While the test itself keeps the loop waiting.
    void pause() { m_timer.stop(); }
    [[nodiscard]] qint64 longest() const { return m_longest; }
    [[nodiscard]] int ticks() const { return m_ticks; }

private:
    static constexpr int interval = 10;
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_longest = 0;
    int m_ticks = 0;
};

} // namespace

/// The desktop as a person uses it: the whole backend in this process, the real window before it.
class WindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void row_appears_andCheckFindsTheUpdate();
    void update_showsItsSteps_untilItSucceeded();
    void update_saysWhy_whenItWasRolledBack();
    void row_followsTheEngine();
    void loop_neverStalls();

private:
    [[nodiscard]] QTreeView *table() const
    {
        return m_containers->findChild<QTreeView *>(QStringLiteral("containerTable"));
    }
    [[nodiscard]] QModelIndex row() const;
    /// Null while there is no such row.
    [[nodiscard]] const ui::ContainerEntry *entry() const;
    void checkNow();
    void updateByKey();
    [[nodiscard]] QString notice() const;
    /// Of the window, or of a sheet of it.
    void picture(const QString &name, QWidget *widget = nullptr);

    std::unique_ptr<Stage> m_stage;
    std::unique_ptr<QSettings> m_store;
    std::unique_ptr<ui::Preferences> m_preferences;
    std::unique_ptr<ui::ThemeController> m_theme;
    std::unique_ptr<app::BackendHost> m_host;
    std::unique_ptr<client::InProcessBackend> m_backend;
    std::unique_ptr<ui::MainWindow> m_window;
    ui::ContainersPage *m_containers = nullptr;
    ui::UpdatesPage *m_updates = nullptr;
    StallMeter m_meter;
    QString m_name;
};

void WindowTest::initTestCase()
{
    E2E_GET(stage, Stage::make());
    m_stage = std::move(stage);
    E2E_GET(first, m_stage->images.publishAndPull(image(QStringLiteral("one"), ImageHealth::AlwaysHealthy)));
    E2E_GET(name, m_stage->run(QStringLiteral("window"), first.reference));
    m_name = name;

    app::Settings settings;
    settings.dataDir = m_stage->data.filePath(QStringLiteral("desktop"));
    settings.dockerHost = m_stage->lab.engineUrl();
    settings.checkInterval = std::chrono::seconds(0);
    settings.stableFor = std::chrono::seconds(1);
    settings.healthSlack = std::chrono::seconds(3);
    ui::loadFonts();
    ui::installTranslations(*qApp, QLocale(QLocale::English));
    m_store = std::make_unique<QSettings>(
        m_stage->data.filePath(QStringLiteral("desktop.ini")), QSettings::IniFormat);
    m_preferences = std::make_unique<ui::Preferences>(*m_store);
    m_theme = std::make_unique<ui::ThemeController>(*qApp, *m_preferences);
    QElapsedTimer clock;
    clock.start();
    auto host = app::BackendHost::start(settings);
    QVERIFY2(host, host ? "" : qPrintable(host.error().text()));
    m_host = std::move(*host);
    m_backend = std::make_unique<client::InProcessBackend>(
        m_host->dispatcher(), m_host->events(), contracts::Principal::localAdministrator());
    m_window = std::make_unique<ui::MainWindow>(*m_backend, *m_preferences);
    app::addPages(*m_window, *m_backend, *m_preferences);
    m_containers = qobject_cast<ui::ContainersPage *>(m_window->page(ui::PageId::Containers));
    m_updates = qobject_cast<ui::UpdatesPage *>(m_window->page(ui::PageId::Updates));
    QVERIFY(m_containers != nullptr && m_updates != nullptr);
    m_window->resize(1500, 900);
    m_window->show();
    qInfo() << "window shown after" << clock.elapsed() << "ms";
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_meter.begin();
}

void WindowTest::cleanupTestCase()
{
    m_window.reset();
    m_backend.reset();
    m_host.reset();
    m_theme.reset();
    m_stage.reset();
}

QModelIndex WindowTest::row() const
{
    const auto found = table()->model()->match(
        table()->model()->index(0, 0), Qt::DisplayRole, m_name, 1, Qt::MatchExactly | Qt::MatchRecursive);
    return found.isEmpty() ? QModelIndex() : found.first();
}

const ui::ContainerEntry *WindowTest::entry() const
{
    return row().data(ui::ContainerModel::EntryRole).value<const ui::ContainerEntry *>();
}

void WindowTest::checkNow()
{
    m_window->showPage(ui::PageId::Containers);
    // There is no window manager here that would give the focus back when a sheet is closed.
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTest::keyClick(m_containers, Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(entry() != nullptr && entry()->hasUpdate(), 20'000);
}

void WindowTest::updateByKey()
{
    table()->setCurrentIndex(row());
    table()->setFocus();
    QTest::keyClick(table(), Qt::Key_U, Qt::ControlModifier);
    QDialog *sheet = nullptr;
    QTRY_VERIFY((sheet = m_containers->findChild<QDialog *>(QStringLiteral("reviewSheet"))) != nullptr);
    auto *verb = sheet->findChild<QPushButton *>(QStringLiteral("verbButton"));
    QTRY_VERIFY_WITH_TIMEOUT(verb->isEnabled(), 20'000);
    picture(QStringLiteral("review-") + QString::fromLatin1(QTest::currentTestFunction()), sheet);
    QTest::mouseClick(verb, Qt::LeftButton);
    QTRY_COMPARE(m_window->currentPage(), ui::PageId::Updates);
}

QString WindowTest::notice() const
{
    const auto *banner = m_updates->findChild<ui::Banner *>(QStringLiteral("updateNotice"));
    return banner->isVisible() ? banner->accessibleName() : QString();
}

void WindowTest::picture(const QString &name, QWidget *widget)
{
    m_meter.pause();
    // What has just changed is laid out in the next turns of the event loop.
    QTest::qWait(200);
    const QString folder = QStringLiteral(DOCKERAUTO_PICTURES);
    QVERIFY(QDir().mkpath(folder));
    QVERIFY((widget == nullptr ? m_window.get() : widget)
                ->grab()
                .save(folder + u'/' + name + QStringLiteral(".png")));
    m_meter.begin();
}

void WindowTest::row_appears_andCheckFindsTheUpdate()
{
    QTRY_VERIFY_WITH_TIMEOUT(entry() != nullptr, 10'000);
    QVERIFY(!entry()->hasUpdate());
    m_meter.pause();
    E2E_GET(newer, m_stage->images.publish(image(QStringLiteral("two"), ImageHealth::AlwaysHealthy)));
    m_meter.begin();
    checkNow();
    QVERIFY(!ui::candidateWord(*entry()).text.isEmpty());
    QVERIFY(m_containers->updateCount() >= 1);
    picture(QStringLiteral("update-found"));
}

void WindowTest::update_showsItsSteps_untilItSucceeded()
{
    updateByKey();
    const auto *stepper = m_updates->findChild<ui::Stepper *>();
    QTRY_VERIFY(stepper->isVisible());
    const auto isCurrent = [&] {
        return std::ranges::any_of(
            stepper->steps(), [](const ui::StepItem &step) { return step.state == ui::StepState::Current; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isCurrent(), 5000);
    picture(QStringLiteral("update-running"));
    const auto allDone = [&] {
        return !stepper->steps().empty() &&
               std::ranges::all_of(stepper->steps(),
                   [](const ui::StepItem &step) { return step.state == ui::StepState::Done; });
    };
    // Then it is watched, which is no step of the update.
    const auto isWatched = [&] {
        const auto &steps = stepper->steps();
        return steps.size() > 1 && steps.back().state == ui::StepState::Current &&
               std::all_of(steps.begin(), steps.end() - 1,
                   [](const ui::StepItem &step) { return step.state == ui::StepState::Done; });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isWatched() || allDone(), 30'000);
    const auto *words = m_updates->findChild<ui::Banner *>(QStringLiteral("updateNotice"));
    QVERIFY2(words->height() < 100, "the words have no room");
    picture(QStringLiteral("update-succeeded"));
    m_window->showPage(ui::PageId::Containers);
    QTRY_VERIFY(entry() != nullptr && !entry()->hasUpdate());
    m_meter.pause();
    E2E_GET(marker, m_stage->lab.dockerCli(
                        {QStringLiteral("exec"), m_name, QStringLiteral("cat"), QStringLiteral("/marker")}));
    QCOMPARE(marker.trimmed(), QByteArray("two"));
    E2E_GET(all, m_stage->containers(m_name));
    QCOMPARE(all.size(), std::size_t(1));
    m_meter.begin();
}

void WindowTest::update_saysWhy_whenItWasRolledBack()
{
    m_meter.pause();
    E2E_GET(before, m_stage->inspect(m_name));
    E2E_GET(bad, m_stage->images.publish(image(QStringLiteral("bad"), ImageHealth::AlwaysFailing)));
    m_meter.begin();
    checkNow();
    updateByKey();
    if (QTest::currentTestFailed()) {
        return;
    }
    const auto *stepper = m_updates->findChild<ui::Stepper *>();
    const auto isPutBack = [&] {
        return !stepper->steps().empty() && stepper->steps().back().state == ui::StepState::PutBack;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isPutBack(), 30'000);
    QTRY_VERIFY2(
        notice().contains(QStringLiteral("health check fails"), Qt::CaseInsensitive), qPrintable(notice()));
    QVERIFY2(notice().contains(QStringLiteral("put back")), qPrintable(notice()));
    qInfo().noquote() << notice();
    picture(QStringLiteral("update-rolled-back"));
    m_meter.pause();
    E2E_GET(after, m_stage->inspect(m_name));
    QCOMPARE(textOf(after, "Id"), textOf(before, "Id"));
    QVERIFY(after["State"]["Running"] == true);
    m_meter.begin();
}

void WindowTest::row_followsTheEngine()
{
    m_window->showPage(ui::PageId::Containers);
    QTRY_VERIFY(entry() != nullptr && !entry()->isStopped());
    m_meter.pause();
    E2E_VERIFY(m_stage->lab.dockerCli({QStringLiteral("stop"), m_name}));
    m_meter.begin();
    QTRY_VERIFY(entry() != nullptr && entry()->isStopped());
    m_meter.pause();
    E2E_VERIFY(m_stage->lab.removeContainer(m_name));
    m_meter.begin();
    QTRY_VERIFY(!row().isValid());
}

void WindowTest::loop_neverStalls()
{
    m_meter.pause();
    qInfo() << "longest stall of the event loop:" << m_meter.longest() << "ms in" << m_meter.ticks()
            << "ticks";
    QVERIFY(m_meter.ticks() > 200);
    // A person notices from about 100 ms on; test machines are slow and busy.
    QVERIFY(m_meter.longest() < 500);
}

QTEST_MAIN(WindowTest)
#include "tst_window.moc"
