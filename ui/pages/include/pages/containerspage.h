#pragma once

#include <contracts/backend.h>
#include <models/displaytext.h>
#include <ui/preferences.h>

#include <QBasicTimer>
#include <QStringList>
#include <QWidget>

#include <memory>

class QSplitter;
class QStackedWidget;

namespace dockerauto::ui {

class BulkBar;
class Button;
class ContainerActions;
class ContainerFeed;
class ContainerFilter;
class ContainerModel;
class ContainerTable;
class DetailPanel;
class PageHeader;
class SearchField;
class SegmentedFilter;
class SkeletonList;
class StatePanel;

/// All containers: a table in groups, filters, what can be done with one or several, and a panel with the
/// chosen one. Reads from the backend when it is made, live afterwards; asks for metrics only while it is
/// visible. Keys: Ctrl+F filter, Esc clears filter, choice, panel, F5 check now, Ctrl+U review update,
/// Ctrl+Shift+U update the chosen, Ctrl+R restart, Ctrl+. stop or start, Ctrl+L logs, Space chooses a row, F4
/// panel, F6 next pane.
class ContainersPage : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive the page.
    ContainersPage(contracts::Backend &backend, Preferences &preferences, QWidget *parent = nullptr,
        TimeSource now = currentTime);
    ~ContainersPage() override;

    /// How many containers have an update: for a number beside the page's name.
    [[nodiscard]] int updateCount() const;
    /// Makes the container the current one and shows its panel.
    void showContainer(const QString &id);

Q_SIGNALS:
    void updateCountChanged(int count);
    /// The backend has taken updates on that were asked for here.
    void updatesStarted(const QStringList &updateIds);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void buildHeader();
    void buildFilters();
    void buildBody();
    void buildShortcuts();
    void connectParts();
    void setGroupingIndex(int grouping);
    void showGroupingMenu();
    void showColumnMenu();
    void showMenu(const QPoint &globalPosition);
    void toggleDensity();
    void setPanelVisible(bool visible);
    void showLogs();
    void clearFilters();
    void clearStep();
    void nextPane();
    void checkNow();
    void updateAll();
    void toggleRunning();

    // What is shown, from what is known: in containerspagestate.cpp.
    void refresh();
    void refreshSentence();
    void refreshCounts();
    void refreshButtons();
    void refreshBody();
    [[nodiscard]] QString checkSentence() const;
    [[nodiscard]] QString filterNames() const;
    void showUnreachable();
    void showFailed();
    void showEmpty();
    void showNothingMatches();
    void showUpToDate();
    void onCheckFinished(int failed);

    contracts::Backend &m_backend;
    Preferences &m_preferences;
    std::unique_ptr<ContainerModel> m_model;
    std::unique_ptr<ContainerFilter> m_filter;
    std::unique_ptr<ContainerFeed> m_feed;
    ContainerActions *m_actions = nullptr;
    PageHeader *m_header = nullptr;
    Button *m_check = nullptr;
    Button *m_updateAll = nullptr;
    SearchField *m_search = nullptr;
    SegmentedFilter *m_quick = nullptr;
    Button *m_grouping = nullptr;
    Button *m_columnButton = nullptr;
    Button *m_density = nullptr;
    Button *m_panelButton = nullptr;
    QSplitter *m_splitter = nullptr;
    QStackedWidget *m_stack = nullptr;
    ContainerTable *m_table = nullptr;
    SkeletonList *m_skeleton = nullptr;
    StatePanel *m_state = nullptr;
    DetailPanel *m_panel = nullptr;
    BulkBar *m_bulk = nullptr;
    QBasicTimer m_minute;
    bool m_wantsMetrics = false;
    int m_updateCount = 0;
    /// What the state panel shows: it is rebuilt only when this changes, so that its buttons keep the focus.
    QString m_stateKey;
};

} // namespace dockerauto::ui
