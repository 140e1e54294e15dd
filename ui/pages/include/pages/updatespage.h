#pragma once

#include <contracts/backend.h>
#include <models/displaytext.h>
#include <ui/preferences.h>

#include <QBasicTimer>
#include <QWidget>

#include <memory>

class QListView;
class QSplitter;
class QStackedWidget;

namespace dockerauto::ui {

class Button;
class PageHeader;
class SearchField;
class SegmentedFilter;
class SkeletonList;
class StatePanel;
class UpdateFeed;
class UpdateModel;
class UpdateView;

/// All updates: what runs, what waits, what is finished, and the chosen one with its steps. An update belongs
/// to the backend: closing this page never stops one, and the page makes itself from the backend's state
/// whenever it is opened or connected again.
class UpdatesPage : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive the page.
    UpdatesPage(contracts::Backend &backend, Preferences &preferences, QWidget *parent = nullptr,
        TimeSource now = currentTime);
    ~UpdatesPage() override;

    /// Chooses the update, as soon as it is known.
    void showUpdate(const QString &updateId);
    /// How many updates run or wait.
    [[nodiscard]] int openCount() const { return m_openCount; }

Q_SIGNALS:
    void openCountChanged(int count);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void buildHeader();
    void buildBody();
    void buildShortcuts();
    void connectParts();
    void refresh();
    void refreshCounts();
    void refreshBody();
    void refreshView();
    void applyFilter();
    void chooseSomething();
    void onCurrentChanged();
    void askCancel();
    void askRetry();
    void copy(const QString &text);
    [[nodiscard]] bool isOnline() const;
    void showEmpty();

    contracts::Backend &m_backend;
    Preferences &m_preferences;
    std::unique_ptr<UpdateModel> m_model;
    std::unique_ptr<UpdateFeed> m_feed;
    PageHeader *m_header = nullptr;
    SegmentedFilter *m_sections = nullptr;
    SearchField *m_search = nullptr;
    QStackedWidget *m_stack = nullptr;
    SkeletonList *m_skeleton = nullptr;
    StatePanel *m_state = nullptr;
    QSplitter *m_splitter = nullptr;
    QListView *m_list = nullptr;
    Button *m_more = nullptr;
    UpdateView *m_view = nullptr;
    QStackedWidget *m_right = nullptr;
    QBasicTimer m_second;
    /// To be chosen when it appears.
    QString m_wanted;
    QString m_chosen;
    QString m_stateKey;
    int m_openCount = 0;
};

} // namespace dockerauto::ui
