#include "reviewsheet.h"

#include "loadpane.h"

#include <models/containerentry.h>
#include <models/displaytext.h>
#include <models/reviewwords.h>
#include <ui/banner.h>

#include <QVBoxLayout>

namespace dockerauto::ui {

using contracts::Plan;
using core::ErrorCode;
using core::Result;

ReviewSheet::ReviewSheet(QWidget *parent, contracts::Backend &backend, const contracts::Container &container)
    : FormSheet(parent,
          tr("Update %1 to %2?", "container, version")
              .arg(harmless(container.name), candidateVersion(container)),
          tr("Update now"))
    , m_backend(backend)
    , m_id(container.id)
    , m_name(harmless(container.name))
{
    setObjectName(QStringLiteral("reviewSheet"));
    verbButton()->setIconName(QStringLiteral("circle-arrow-up"));
    auto *skip = new Button(ButtonKind::Ghost, tr("Skip this version"));
    skip->setObjectName(QStringLiteral("skipVersion"));
    skip->setVisible(
        container.update.heldBy != core::Hold::Skipped && container.update.heldBy != core::Hold::Quarantine);
    addSideButton(skip);
    connect(skip, &QPushButton::clicked, this, [this] {
        Q_EMIT skipRequested();
        reject();
    });
    m_notice = new Banner(ChipKind::Warn);
    m_notice->setObjectName(QStringLiteral("reviewNotice"));
    m_notice->hide();
    m_pane = new LoadPane(tr("Looking at what the update would do…"));
    m_pane->setObjectName(QStringLiteral("reviewPane"));
    connect(m_pane, &LoadPane::retryRequested, this, &ReviewSheet::read);
    body()->addWidget(m_notice);
    body()->addWidget(m_pane);
    finishLayout(cancelButton());
    read();
}

void ReviewSheet::read()
{
    const quint64 turn = ++m_turn;
    m_hash.clear();
    m_pane->showLoading();
    refreshVerb();
    m_backend.call<contracts::GetPlan>(
        {m_id, m_choices.strategy}, this, [this, turn](const Result<Plan> &answer) {
            if (turn != m_turn) {
                return;
            }
            if (answer) {
                show(*answer);
            } else {
                showNoPlan(answer.error());
            }
        });
}

void ReviewSheet::show(const Plan &plan)
{
    m_hash = plan.hash;
    setTitle(tr("Update %1 to %2?", "container, version").arg(m_name, planTo(plan)));
    m_view = new PlanView(plan, m_choices);
    setLead(downtimeSentence(plan, m_view->savesVolumes()));
    connect(m_view, &PlanView::changed, this, [this, plan] {
        m_choices = m_view->choices();
        setLead(downtimeSentence(plan, m_view->savesVolumes()));
        refreshVerb();
    });
    connect(m_view, &PlanView::strategyChosen, this, [this] {
        m_choices = m_view->choices();
        read();
    });
    connect(m_view, &PlanView::againRequested, this, &ReviewSheet::read);
    m_pane->showContent(m_view);
    refreshVerb();
    fitHeight();
}

void ReviewSheet::showNoPlan(const core::Error &error)
{
    m_view = nullptr;
    setLead({});
    if (error.code == ErrorCode::Conflict || error.code == ErrorCode::Unsupported) {
        // An answer too: it is up to date by now, pinned, or somebody else's to update.
        auto *banner = new Banner(ChipKind::Neutral);
        banner->setObjectName(QStringLiteral("noUpdate"));
        banner->setContent(ChipKind::Neutral, tr("There is no update to begin"), harmless(error.message));
        m_pane->showContent(banner);
    } else {
        m_pane->showError(tr("The plan could not be made"), error);
    }
    refreshVerb();
    fitHeight();
}

void ReviewSheet::refreshVerb()
{
    const QString why = m_view == nullptr || m_hash.isEmpty() ? QString() : m_view->hindrance();
    setBusy(m_view == nullptr || m_hash.isEmpty() || !why.isEmpty());
    verbButton()->setToolTip(why);
    verbButton()->setAccessibleDescription(why);
}

void ReviewSheet::submit()
{
    setBusy(true);
    m_notice->hide();
    contracts::StartUpdatesRequest request;
    request.containers = {m_id};
    request.strategy = m_choices.strategy;
    request.planHash = m_hash;
    request.backupVolumes = m_choices.backup;
    request.rollback = m_choices.rollback;
    m_backend.call<contracts::StartUpdates>(
        request, this, [this](const Result<contracts::StartedUpdates> &answer) { finish(answer); });
}

void ReviewSheet::finish(const Result<contracts::StartedUpdates> &answer)
{
    if (answer) {
        Q_EMIT started(*answer);
        accept();
        return;
    }
    const core::Error &error = answer.error();
    if (error.code == ErrorCode::Conflict && error.path == QLatin1String("planHash")) {
        m_notice->setContent(ChipKind::Warn, tr("The plan has changed"),
            tr("Something is different since you looked at it, so nothing was begun. This is the plan as it "
               "is now."));
        m_notice->show();
        read();
        return;
    }
    showError(error);
    refreshVerb();
}

} // namespace dockerauto::ui
