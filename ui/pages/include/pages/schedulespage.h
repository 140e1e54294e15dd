#pragma once

#include <contracts/backend.h>
#include <models/displaytext.h>
#include <ui/preferences.h>

#include <QBasicTimer>
#include <QWidget>

#include <memory>

class QStackedWidget;

namespace dockerauto::ui {

class Button;
class Directory;
class ElidedLabel;
class Label;
class PageHeader;
class PlanActions;
class PlanModel;
class PlanTable;
class PlanningFeed;
class SegmentedFilter;
class SkeletonList;
class StatePanel;
class WeekGrid;

/// What happens by itself: the next seven days, schedules and windows as a list, and the rules for groups of
/// containers.
class SchedulesPage : public QWidget
{
    Q_OBJECT

public:
    enum class View
    {
        Week,
        List,
        Rules
    };

    /// Both must outlive the page.
    SchedulesPage(contracts::Backend &backend, Preferences &preferences, QWidget *parent = nullptr,
        TimeSource now = currentTime);
    ~SchedulesPage() override;

    void showView(View view);
    [[nodiscard]] View view() const;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void buildHeader();
    [[nodiscard]] QWidget *buildWeek();
    [[nodiscard]] QWidget *buildTable(PlanTable &table, PlanModel &model);
    void buildTables();
    void connectTable(PlanTable &table, PlanModel &model);
    void connectParts();
    void refresh();
    void refreshSentence();
    void refreshButtons();
    void refreshBody();
    void refreshWeekNote();
    void showProblem(const core::Error &error);
    void showEmpty();
    [[nodiscard]] bool hasNothing() const;
    [[nodiscard]] PlanTable *shownTable() const;
    [[nodiscard]] QString chosen() const;

    contracts::Backend &m_backend;
    Preferences &m_preferences;
    TimeSource m_now;
    std::unique_ptr<Directory> m_directory;
    std::unique_ptr<PlanningFeed> m_feed;
    std::unique_ptr<PlanModel> m_plans;
    std::unique_ptr<PlanModel> m_policies;
    std::unique_ptr<PlanActions> m_actions;
    PageHeader *m_header = nullptr;
    SegmentedFilter *m_views = nullptr;
    Button *m_newWindow = nullptr;
    Button *m_new = nullptr;
    Button *m_edit = nullptr;
    Button *m_run = nullptr;
    Button *m_turn = nullptr;
    Button *m_remove = nullptr;
    QStackedWidget *m_stack = nullptr;
    SkeletonList *m_skeleton = nullptr;
    StatePanel *m_state = nullptr;
    QWidget *m_week = nullptr;
    WeekGrid *m_grid = nullptr;
    ElidedLabel *m_note = nullptr;
    PlanTable *m_list = nullptr;
    PlanTable *m_rules = nullptr;
    QWidget *m_listView = nullptr;
    QWidget *m_rulesView = nullptr;
    QBasicTimer m_minute;
    QString m_stateKey;
};

} // namespace dockerauto::ui
