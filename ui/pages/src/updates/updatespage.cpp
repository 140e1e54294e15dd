#include <pages/updatespage.h>

#include "common/pageheader.h"
#include "heldbackview.h"
#include "updateview.h"

#include <delegates/updatedelegate.h>
#include <models/heldbackfeed.h>
#include <models/updatefeed.h>
#include <models/updatemodel.h>
#include <ui/button.h>
#include <ui/label.h>
#include <ui/searchfield.h>
#include <ui/segmentedfilter.h>
#include <ui/skeletonlist.h>
#include <ui/statepanel.h>

#include <QHBoxLayout>
#include <QListView>
#include <QScrollArea>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimerEvent>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

const QString splitterKey = QStringLiteral("updates/splitter");

} // namespace

UpdatesPage::UpdatesPage(
    contracts::Backend &backend, Preferences &preferences, QWidget *parent, TimeSource now)
    : QWidget(parent)
    , m_backend(backend)
    , m_preferences(preferences)
    , m_model(std::make_unique<UpdateModel>(nullptr, std::move(now)))
    , m_feed(std::make_unique<UpdateFeed>(backend, *m_model))
    , m_heldBackFeed(std::make_unique<HeldBackFeed>(backend, *m_model))
{
    setObjectName(QStringLiteral("updatesPage"));
    buildHeader();
    buildBody();
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(line);
    layout->addWidget(m_stack, 1);
    buildShortcuts();
    connectParts();
    m_splitter->restoreState(m_preferences.settings().value(splitterKey).toByteArray());
    refresh();
    m_feed->reload();
    m_heldBackFeed->reload();
}

UpdatesPage::~UpdatesPage()
{
    // The list must not look at a model that is gone.
    delete m_stack;
}

void UpdatesPage::buildHeader()
{
    m_header = new PageHeader(tr("Updates"));
    m_approve = new Button(ButtonKind::Primary, QStringLiteral("check"), QString(QLatin1Char(' ')));
    m_approve->setObjectName(QStringLiteral("approveButton"));
    m_header->addButton(m_approve);
    m_sections = new SegmentedFilter;
    m_sections->setAccessibleName(tr("Which updates"));
    m_sections->addSegment(tr("All"));
    for (const QString &name :
        {tr("Running"), tr("To approve"), tr("Waiting"), tr("Held back"), tr("Done today")}) {
        m_sections->addSegment(name, 0);
    }
    m_sections->setCurrent(0);
    m_search = new SearchField(tr("Search updates"));
    m_search->setMinimumWidth(160);
    m_search->setMaximumWidth(220);
    m_header->filterRow()->addWidget(m_sections);
    m_header->filterRow()->addStretch(1);
    m_header->filterRow()->addWidget(m_search, 1);
}

void UpdatesPage::buildBody()
{
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("updateList"));
    m_list->setAccessibleName(tr("Updates"));
    m_list->setModel(m_model.get());
    m_list->setItemDelegate(new UpdateDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setMouseTracking(true);
    m_more = new Button(ButtonKind::Link, tr("Show more"));
    m_more->setObjectName(QStringLiteral("moreButton"));
    auto *left = new QWidget;
    left->setMinimumWidth(260);
    left->setMaximumWidth(460);
    left->setBackgroundRole(QPalette::Base);
    left->setAutoFillBackground(true);
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 4, 0, 8);
    leftLayout->setSpacing(4);
    leftLayout->addWidget(m_list, 1);
    leftLayout->addWidget(m_more, 0, Qt::AlignHCenter);

    m_view = new UpdateView;
    m_heldBackView = new HeldBackView(m_backend, [this] { return m_model->now(); });
    const auto scrolling = [](QWidget *view, const QString &name) {
        auto *scroll = new QScrollArea;
        scroll->setFrameShape(QFrame::NoFrame);
        scroll->setWidgetResizable(true);
        scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
        scroll->setAccessibleName(name);
        scroll->setWidget(view);
        scroll->viewport()->setAutoFillBackground(false);
        view->setAutoFillBackground(false);
        return scroll;
    };
    auto *nothing = new Label(LabelRole::Body, tr("Choose an update to see its steps."));
    nothing->setColor(&Theme::text2);
    nothing->setAlignment(Qt::AlignCenter);
    m_right = new QStackedWidget;
    m_right->addWidget(nothing);
    m_right->addWidget(scrolling(m_view, tr("The chosen update")));
    m_right->addWidget(scrolling(m_heldBackView, tr("The chosen container")));

    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_right);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setCollapsible(0, false);
    m_splitter->setCollapsible(1, false);
    m_splitter->setSizes({340, 860});
    m_skeleton = new SkeletonList;
    m_state = new StatePanel;
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_skeleton);
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_state);
}

void UpdatesPage::buildShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto &&trigger,
                         Qt::ShortcutContext context = Qt::WidgetWithChildrenShortcut) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(context);
        connect(shortcut, &QShortcut::activated, this, trigger);
    };
    // Works wherever the focus is, also in the sidebar.
    add(
        QKeySequence::Find,
        [this] {
            m_search->setFocus(Qt::ShortcutFocusReason);
            m_search->selectAll();
        },
        Qt::WindowShortcut);
    add(Qt::CTRL | Qt::Key_Return, [this] { approveChosen(); });
    add(Qt::CTRL | Qt::Key_Enter, [this] { approveChosen(); });
    add(Qt::Key_F6, [this] {
        const bool inList = m_list->hasFocus();
        (inList ? static_cast<QWidget *>(m_search) : m_list)->setFocus(Qt::TabFocusReason);
    });
    add(Qt::Key_Escape, [this] {
        m_search->clear();
        m_sections->setCurrent(0);
    });
}

void UpdatesPage::connectParts()
{
    connect(m_search, &QLineEdit::textChanged, this, &UpdatesPage::applyFilter);
    connect(m_sections, &SegmentedFilter::currentChanged, this, &UpdatesPage::applyFilter);
    connect(m_more, &QPushButton::clicked, m_feed.get(), &UpdateFeed::readMore);
    connect(m_splitter, &QSplitter::splitterMoved, this,
        [this] { m_preferences.settings().setValue(splitterKey, m_splitter->saveState()); });
    connect(
        m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &UpdatesPage::onCurrentChanged);
    connect(m_model.get(), &UpdateModel::countsChanged, this, &UpdatesPage::refresh);
    connect(m_model.get(), &UpdateModel::updateChanged, this, [this](const QString &id) {
        if (id == m_chosen) {
            refreshView();
        }
    });
    connect(m_feed.get(), &UpdateFeed::stateChanged, this, &UpdatesPage::refresh);
    connect(&m_backend, &contracts::Backend::connectionChanged, this, &UpdatesPage::refreshView);
    connect(m_model.get(), &UpdateModel::checkedChanged, this, &UpdatesPage::refreshApprove);
    connect(m_model.get(), &UpdateModel::heldBackChanged, this, [this](const QString &container) {
        if (container == m_chosenHeldBack) {
            refreshView();
        }
    });
    connect(m_approve, &QPushButton::clicked, this, [this] {
        const std::vector<QString> checked = m_model->checkedUpdates();
        askApproval(checked.empty() ? m_model->approvals() : checked);
    });
    connect(m_view, &UpdateView::approveRequested, this, [this] { askApproval({m_chosen}); });
    connect(m_view, &UpdateView::rejectRequested, this, &UpdatesPage::askRejection);
    connect(m_heldBackView, &HeldBackView::updateRequested, this, &UpdatesPage::askUpdateHeldBack);
    connect(
        m_heldBackView, &HeldBackView::offerAgainRequested, this, [this] { offerAgain(m_chosenHeldBack); });
    connect(m_view, &UpdateView::cancelRequested, this, &UpdatesPage::askCancel);
    connect(m_view, &UpdateView::retryRequested, this, &UpdatesPage::askRetry);
    connect(m_view, &UpdateView::rollBackRequested, this, &UpdatesPage::askRollback);
    connect(m_view, &UpdateView::resumeRequested, this, &UpdatesPage::askResume);
    connect(m_view, &UpdateView::closeRequested, this, &UpdatesPage::askClose);
    connect(m_view, &UpdateView::updateRequested, this, &UpdatesPage::openUpdate);
    connect(m_view, &UpdateView::copyRequested, this, &UpdatesPage::copy);
}

bool UpdatesPage::isOnline() const
{
    return m_backend.connection() == contracts::Backend::Connection::Connected;
}

void UpdatesPage::applyFilter()
{
    const int chosen = m_sections->current();
    m_model->setFilter(
        m_search->text(), chosen <= 0 ? std::nullopt : std::optional(static_cast<UpdateSection>(chosen - 1)));
    refreshBody();
}

void UpdatesPage::refresh()
{
    refreshCounts();
    chooseSomething();
    refreshBody();
    refreshView();
}

void UpdatesPage::refreshCounts()
{
    const auto count = [this](UpdateSection section) { return m_model->count(section); };
    const int running = count(UpdateSection::Running);
    const int approval = count(UpdateSection::Approval);
    const int waiting = count(UpdateSection::Waiting);
    for (const UpdateSection section : {UpdateSection::Running, UpdateSection::Approval,
             UpdateSection::Waiting, UpdateSection::HeldBack, UpdateSection::FinishedToday}) {
        m_sections->setCount(static_cast<int>(section) + 1, count(section));
    }
    if (m_feed->state() == UpdateFeed::State::Ready) {
        QStringList parts{tr("%n running", nullptr, running)};
        if (approval > 0) {
            parts << tr("%n waiting for approval", nullptr, approval);
        }
        parts << tr("%n waiting", nullptr, waiting);
        if (const int heldBack = count(UpdateSection::HeldBack); heldBack > 0) {
            parts << tr("%n held back", nullptr, heldBack);
        }
        parts << tr("%n finished today", nullptr, count(UpdateSection::FinishedToday));
        m_header->setSentence(parts.join(QStringLiteral(" · ")));
    }
    if (const int open = running + approval + waiting; open != m_openCount) {
        m_openCount = open;
        Q_EMIT openCountChanged(m_openCount);
    }
    refreshApprove();
}

void UpdatesPage::refreshApprove()
{
    const auto checked = static_cast<int>(m_model->checkedUpdates().size());
    const int count = checked > 0 ? checked : m_model->count(UpdateSection::Approval);
    m_approve->setVisible(count > 0);
    m_approve->setEnabled(isOnline());
    m_approve->setText(tr("Approve %n…", nullptr, count));
}

void UpdatesPage::chooseSomething()
{
    if (!m_wanted.isEmpty()) {
        if (const QModelIndex wanted = m_model->indexOf(m_wanted); wanted.isValid()) {
            m_wanted.clear();
            m_list->setCurrentIndex(wanted);
            m_list->scrollTo(wanted);
            return;
        }
    }
    if (m_model->find(m_chosen) == nullptr && m_model->findHeldBack(m_chosenHeldBack) == nullptr) {
        m_list->setCurrentIndex(m_model->firstUpdate());
    }
}

void UpdatesPage::showUpdate(const QString &updateId)
{
    m_wanted = updateId;
    m_search->clear();
    m_sections->setCurrent(0);
    chooseSomething();
}

void UpdatesPage::onCurrentChanged()
{
    // A filter that hides the chosen update does not take it away from the right side.
    const QModelIndex current = m_list->currentIndex();
    if (const contracts::Container *container = m_model->heldBackAt(current); container != nullptr) {
        m_chosenHeldBack = container->id;
        m_chosen.clear();
    } else if (const contracts::Update *update = m_model->updateAt(current);
               update != nullptr && update->id != m_chosen) {
        m_chosen = update->id;
        m_chosenHeldBack.clear();
    } else {
        return;
    }
    m_feed->setWatched(m_chosen);
    refreshView();
}

void UpdatesPage::refreshBody()
{
    m_more->setVisible(m_feed->hasMore() && m_sections->current() <= 0);
    if (m_feed->state() == UpdateFeed::State::Loading) {
        m_stack->setCurrentWidget(m_skeleton);
    } else if (m_feed->state() == UpdateFeed::State::Failed || m_model->isEmpty()) {
        showEmpty();
        m_stack->setCurrentWidget(m_state);
    } else {
        m_stateKey.clear();
        m_stack->setCurrentWidget(m_splitter);
    }
}

void UpdatesPage::showEmpty()
{
    const bool failed = m_feed->state() == UpdateFeed::State::Failed;
    const QString text = failed && m_feed->error() ? harmless(m_feed->error()->message) : QString();
    const QString key = failed ? QStringLiteral("failed/") + text : QStringLiteral("empty");
    if (std::exchange(m_stateKey, key) == key) {
        return;
    }
    if (failed) {
        m_state->setContent({.icon = QStringLiteral("octagon-alert"),
            .iconColor = &Theme::err,
            .title = tr("The updates could not be read"),
            .text = text,
            .actions = {{.text = tr("Try again"),
                .icon = QStringLiteral("refresh-cw"),
                .kind = ButtonKind::Primary,
                .trigger = [this] { m_feed->reload(); }}}});
        return;
    }
    m_state->setContent({.icon = QStringLiteral("circle-arrow-up"),
        .title = tr("No updates yet"),
        .text = tr("Start one on the Containers page. It is shown here while it runs and afterwards.")});
}

void UpdatesPage::refreshView()
{
    refreshApprove();
    if (const contracts::Update *update = m_model->find(m_chosen); update != nullptr) {
        m_right->setCurrentIndex(1);
        m_view->show(
            *update, {.now = m_model->now(), .pullSpeed = m_feed->pullSpeed(), .online = isOnline()});
    } else if (const contracts::Container *container = m_model->findHeldBack(m_chosenHeldBack);
               container != nullptr) {
        m_right->setCurrentIndex(2);
        m_heldBackView->show(
            *container, isOnline() ? HeldBackView::Connection::Online : HeldBackView::Connection::Offline);
    } else {
        m_right->setCurrentIndex(0);
    }
}

void UpdatesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_second.start(1000, this);
    refreshView();
}

void UpdatesPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_second.stop();
}

void UpdatesPage::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_second.timerId()) {
        QWidget::timerEvent(event);
        return;
    }
    // Times of a step that runs.
    const contracts::Update *update = m_model->find(m_chosen);
    if (update != nullptr &&
        (update->status == core::UpdateStatus::Running || watchLeft(*update, m_model->now()))) {
        refreshView();
    }
}

} // namespace dockerauto::ui
