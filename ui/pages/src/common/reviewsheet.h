#pragma once

#include "formsheet.h"
#include "planview.h"

#include <contracts/backend.h>

namespace dockerauto::ui {

class Banner;
class LoadPane;
class PlanView;

/// What the update of one container would do, before anything is touched, and the way to begin it. Begins
/// just what was shown: when the plan is another one by then, shows that one and asks again.
class ReviewSheet : public FormSheet
{
    Q_OBJECT

public:
    /// `container` has a candidate.
    ReviewSheet(QWidget *parent, contracts::Backend &backend, const contracts::Container &container);

Q_SIGNALS:
    /// The backend has taken the update on.
    void started(const dockerauto::contracts::StartedUpdates &updates);
    /// The person does not want this version; the sheet has closed.
    void skipRequested();

protected:
    void submit() override;

private:
    void read();
    void show(const contracts::Plan &plan);
    void showNoPlan(const core::Error &error);
    void finish(const core::Result<contracts::StartedUpdates> &answer);
    void refreshVerb();

    contracts::Backend &m_backend;
    QString m_id;
    QString m_name;
    QString m_hash;
    Banner *m_notice = nullptr;
    LoadPane *m_pane = nullptr;
    PlanView *m_view = nullptr;
    ReviewChoices m_choices;
    quint64 m_turn = 0;
};

} // namespace dockerauto::ui
