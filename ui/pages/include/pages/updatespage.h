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
class HeldBackFeed;
class HeldBackView;
class PageHeader;
class SearchField;
class SegmentedFilter;
class SkeletonList;
class StatePanel;
class UpdateFeed;
class UpdateModel;
class UpdateView;

/// All updates: what runs, what waits for approval or its turn, what is held back, what is finished, and the
/// chosen one with its steps or reasons. Keys: Ctrl+F search, Space checks an update that waits for approval,
/// Ctrl+Enter approves the checked ones or the current one, Esc clears the search, F6 next pane. An update
/// belongs to the backend: closing this page never stops one, and the page makes itself from the backend's
/// state whenever it is opened or connected again.
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
    /// How many updates run or wait; what is held back is none.
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
    void refreshApprove();

    // What a person can do with updates: in updatespageactions.cpp.
    void approveChosen();
    void askApproval(const std::vector<QString> &ids);
    void askRejection();
    void askCancel();
    void askRetry();
    void askUpdateHeldBack();
    void askRollback();
    void askResume(core::ResumeDirection direction);
    void askClose();
    void openUpdate(const QString &id);
    void takeAnswer(core::Result<contracts::Update> answer);
    void offerAgain(const QString &container);
    void startUpdate(const QString &container);
    void showFailure(const core::Error &error);
    void copy(const QString &text);
    [[nodiscard]] bool isOnline() const;
    void showEmpty();

    contracts::Backend &m_backend;
    Preferences &m_preferences;
    std::unique_ptr<UpdateModel> m_model;
    std::unique_ptr<UpdateFeed> m_feed;
    std::unique_ptr<HeldBackFeed> m_heldBackFeed;
    PageHeader *m_header = nullptr;
    SegmentedFilter *m_sections = nullptr;
    SearchField *m_search = nullptr;
    QStackedWidget *m_stack = nullptr;
    SkeletonList *m_skeleton = nullptr;
    StatePanel *m_state = nullptr;
    QSplitter *m_splitter = nullptr;
    QListView *m_list = nullptr;
    Button *m_more = nullptr;
    Button *m_approve = nullptr;
    UpdateView *m_view = nullptr;
    HeldBackView *m_heldBackView = nullptr;
    QStackedWidget *m_right = nullptr;
    QBasicTimer m_second;
    /// To be chosen when it appears.
    QString m_wanted;
    QString m_chosen;
    /// The container instead of an update, when a held-back one is chosen.
    QString m_chosenHeldBack;
    QString m_stateKey;
    int m_openCount = 0;
};

} // namespace dockerauto::ui
