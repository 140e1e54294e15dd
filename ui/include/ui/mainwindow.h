#pragma once

#include <ui/chip.h>
#include <ui/preferences.h>

#include <QMainWindow>
#include <QString>

#include <map>
#include <memory>

class QStackedWidget;
class QVBoxLayout;

namespace dockerauto::contracts {
class Backend;
}

namespace dockerauto::ui {

class Banner;
class Button;
class BackendStatus;
class Footer;
class SettingsPage;
class Sidebar;

enum class PageId
{
    Containers,
    Updates,
    Schedules,
    Settings
};

/// The window: navigation at the left, a page, and a footer with what runs now and whether the backend
/// answers. Pages are given to it; the settings page is its own. Remembers its place.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// All must outlive the window.
    MainWindow(contracts::Backend &backend, Preferences &preferences);
    ~MainWindow() override;

    /// The window owns the page. The first page that is added is shown. Each page has its own shortcut, so
    /// that it stays the same when other pages come: Ctrl+2 containers, Ctrl+3 updates, Ctrl+4 schedules.
    void addPage(PageId id, const QString &icon, const QString &title, QWidget *page);
    /// A part of the settings page, below those that are there; the window owns it.
    void addSettings(QWidget *section);
    /// A number beside the name of a page; 0 for none.
    void setBadge(PageId id, int count, ChipKind kind = ChipKind::Update);
    [[nodiscard]] QWidget *page(PageId id) const;
    [[nodiscard]] PageId currentPage() const { return m_current; }

public Q_SLOTS:
    void showPage(dockerauto::ui::PageId id);

Q_SIGNALS:
    void currentPageChanged(dockerauto::ui::PageId id);
    /// The person clicked the running job in the footer; the Updates page is already shown.
    void runningUpdateActivated(const QString &updateId);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void buildLayout();
    void buildShortcuts();
    void showStatus();
    void focusNextPane();
    void restorePlace();

    Preferences &m_preferences;
    std::unique_ptr<BackendStatus> m_status;
    Sidebar *m_sidebar = nullptr;
    QWidget *m_bannerRow = nullptr;
    Banner *m_banner = nullptr;
    Button *m_tryAgain = nullptr;
    QVBoxLayout *m_column = nullptr;
    QStackedWidget *m_stack = nullptr;
    Footer *m_footer = nullptr;
    std::map<PageId, QWidget *> m_pages;
    SettingsPage *m_settingsPage = nullptr;
    PageId m_current = PageId::Settings;
};

} // namespace dockerauto::ui
