#include <ui/mainwindow.h>

#include "backendstatus.h"
#include "footer.h"
#include "settingspage.h"
#include "sidebar.h"

#include <ui/banner.h>
#include <ui/icons.h>
#include <ui/painting.h>

#include <contracts/backend.h>

#include <QApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int compactBelow = 1160;
const QString geometryKey = QStringLiteral("window/geometry");

/// The same in both themes: task bars have colours of their own.
QIcon logo()
{
    QIcon icon;
    for (const int size : {16, 32, 48, 64, 128, 256}) {
        QPixmap picture(size, size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        painting::roundedBox(painter, picture.rect(), size / 4.0, Theme::light().accentFill);
        const qreal inset = size / 6.0;
        icons::paint(painter, QRectF(picture.rect()).adjusted(inset, inset, -inset, -inset),
            QStringLiteral("container"), Qt::white);
        painter.end();
        icon.addPixmap(picture);
    }
    return icon;
}

/// Ctrl and this key show the page; 1 is kept for the overview.
Qt::Key digitOf(PageId id)
{
    switch (id) {
    case PageId::Containers:
        return Qt::Key_2;
    case PageId::Updates:
        return Qt::Key_3;
    case PageId::Schedules:
        return Qt::Key_4;
    case PageId::Settings:
        break;
    }
    return Qt::Key_Comma;
}

} // namespace

MainWindow::MainWindow(contracts::Backend &backend, Preferences &preferences)
    : m_preferences(preferences), m_status(std::make_unique<BackendStatus>(backend))
{
    setMinimumSize(960, 600);
    setWindowIcon(logo());
    buildLayout();
    m_settingsPage = new SettingsPage(preferences);
    addPage(PageId::Settings, QStringLiteral("settings"), tr("Settings"), m_settingsPage);
    buildShortcuts();
    connect(m_status.get(), &BackendStatus::changed, this, &MainWindow::showStatus);
    showStatus();
    restorePlace();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildLayout()
{
    m_sidebar = new Sidebar(*m_status);
    m_sidebar->setObjectName(QStringLiteral("sidebar"));
    m_banner = new Banner(ChipKind::Warn);
    m_banner->setObjectName(QStringLiteral("connectionBanner"));
    m_tryAgain = m_banner->addButton(tr("Try again"), QStringLiteral("refresh-cw"));
    m_stack = new QStackedWidget;
    m_footer = new Footer(*m_status);

    auto *bannerRow = new QWidget;
    auto *bannerLayout = new QVBoxLayout(bannerRow);
    bannerLayout->setContentsMargins(24, 16, 24, 0);
    bannerLayout->addWidget(m_banner);
    m_bannerRow = bannerRow;

    m_column = new QVBoxLayout;
    m_column->setSpacing(0);
    m_column->addWidget(bannerRow);
    m_column->addWidget(m_stack, 1);
    m_column->addWidget(m_footer);
    auto *centre = new QWidget;
    auto *row = new QHBoxLayout(centre);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_sidebar);
    row->addLayout(m_column, 1);
    setCentralWidget(centre);

    connect(m_sidebar, &Sidebar::pageChosen, this, &MainWindow::showPage);
    connect(m_tryAgain, &QPushButton::clicked, m_status.get(), &BackendStatus::tryHostsAgain);
    connect(m_footer, &Footer::jobActivated, this, [this] {
        const contracts::Update *update = m_status->runningUpdate();
        if (update == nullptr || !m_pages.contains(PageId::Updates))
            return;
        const QString id = update->id;
        showPage(PageId::Updates);
        Q_EMIT runningUpdateActivated(id);
    });
}

void MainWindow::buildShortcuts()
{
    auto *settings = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma), this);
    connect(settings, &QShortcut::activated, this, [this] { showPage(PageId::Settings); });
    auto *nextPane = new QShortcut(QKeySequence(Qt::Key_F6), this);
    connect(nextPane, &QShortcut::activated, this, &MainWindow::focusNextPane);
}

void MainWindow::addPage(PageId id, const QString &icon, const QString &title, QWidget *page)
{
    m_stack->addWidget(page);
    m_pages[id] = page;
    page->setAccessibleName(title);
    // Tab goes from the sidebar over the page to the footer, in the order in which they joined the window.
    m_footer->setParent(nullptr);
    m_column->addWidget(m_footer);
    m_footer->show();
    const QKeySequence keys(Qt::CTRL | digitOf(id));
    if (id != PageId::Settings) {
        auto *shortcut = new QShortcut(keys, this);
        connect(shortcut, &QShortcut::activated, this, [this, id] { showPage(id); });
    }
    m_sidebar->addPage(id, icon, title, keys.toString(QKeySequence::NativeText));
    if (m_pages.size() <= 2)
        showPage(id);
}

void MainWindow::addSettings(QWidget *section)
{
    m_settingsPage->addSection(section);
}

void MainWindow::setBadge(PageId id, int count, ChipKind kind)
{
    m_sidebar->setBadge(id, count, kind);
}

QWidget *MainWindow::page(PageId id) const
{
    const auto page = m_pages.find(id);
    return page == m_pages.end() ? nullptr : page->second;
}

void MainWindow::showPage(PageId id)
{
    QWidget *wanted = page(id);
    if (wanted == nullptr)
        return;
    m_sidebar->setCurrent(id);
    m_stack->setCurrentWidget(wanted);
    if (id == m_current)
        return;
    m_current = id;
    Q_EMIT currentPageChanged(id);
}

void MainWindow::focusNextPane()
{
    const QWidget *focused = QApplication::focusWidget();
    QWidget *panes[] = {m_sidebar, m_stack->currentWidget(), m_footer};
    int at = -1;
    for (int index = 0; index < 3; ++index) {
        if (focused != nullptr && panes[index]->isAncestorOf(focused))
            at = index;
    }
    for (int step = 1; step <= 3; ++step) {
        const QWidget *pane = panes[(at + step + 3) % 3];
        for (QWidget *widget = pane->nextInFocusChain(); widget != pane;
             widget = widget->nextInFocusChain()) {
            if (!pane->isAncestorOf(widget))
                continue;
            if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0) {
                // As Tab does: the ring is drawn.
                setAttribute(Qt::WA_KeyboardFocusChange);
                widget->setFocus(Qt::TabFocusReason);
                return;
            }
        }
    }
}

void MainWindow::showStatus()
{
    setWindowTitle(tr("Docker Auto – %1").arg(m_status->serverTitle()));
    const contracts::Host *host = m_status->unreachableHost();
    const bool offline = m_status->connection() == BackendStatus::Connection::Disconnected;
    if (offline) {
        m_banner->setContent(ChipKind::Warn, tr("Not connected to %1").arg(m_status->serverPlace()),
            m_status->connectionDetail(), QStringLiteral("wifi-off"));
    } else if (host != nullptr) {
        m_banner->setContent(ChipKind::Warn,
            m_status->hosts().size() > 1 ? tr("Docker on %1 is not reachable").arg(host->name)
                                         : tr("Docker is not reachable"),
            host->detail, QStringLiteral("plug-zap"));
    }
    m_tryAgain->setVisible(!offline);
    m_bannerRow->setVisible(offline || host != nullptr);
}

void MainWindow::restorePlace()
{
    const QByteArray geometry = m_preferences.settings().value(geometryKey).toByteArray();
    if (geometry.isEmpty() || !restoreGeometry(geometry))
        resize(1440, 900);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_sidebar->setCompact(width() < compactBelow);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_preferences.settings().setValue(geometryKey, saveGeometry());
    QMainWindow::closeEvent(event);
}

} // namespace dockerauto::ui
