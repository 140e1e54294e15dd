#include <pages/containerspage.h>

#include "bulkbar.h"
#include "common/pageheader.h"
#include "containeractions.h"
#include "containermenu.h"
#include "containertable.h"
#include "detailpanel.h"
#include "tablecolumns.h"

#include <models/containerfeed.h>
#include <models/containerfilter.h>
#include <ui/button.h>
#include <ui/icons.h>
#include <ui/searchfield.h>
#include <ui/segmentedfilter.h>
#include <ui/skeletonlist.h>
#include <ui/statepanel.h>

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimerEvent>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

const QString groupingKey = QStringLiteral("containers/grouping");
const QString quickKey = QStringLiteral("containers/quickFilter");
const QString panelKey = QStringLiteral("containers/panel");
const QString splitterKey = QStringLiteral("containers/splitter");
/// Uptimes and "4 min ago" are told anew this often.
constexpr int minuteMs = 60'000;
/// Below this the grouping button has no room.
constexpr int roomForGrouping = 1060;

} // namespace

ContainersPage::ContainersPage(
    contracts::Backend &backend, Preferences &preferences, QWidget *parent, TimeSource now)
    : QWidget(parent)
    , m_backend(backend)
    , m_preferences(preferences)
    , m_model(std::make_unique<ContainerModel>(nullptr, std::move(now)))
    , m_filter(std::make_unique<ContainerFilter>(*m_model))
    , m_feed(std::make_unique<ContainerFeed>(backend, *m_model))
    , m_actions(new ContainerActions(backend, *m_model, this))
{
    setObjectName(QStringLiteral("containersPage"));
    buildHeader();
    buildFilters();
    buildBody();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    layout->addWidget(m_header);
    layout->addWidget(line);
    layout->addWidget(m_splitter, 1);
    layout->addWidget(m_bulk);
    buildShortcuts();
    connectParts();

    const QSettings &settings = m_preferences.settings();
    setGroupingIndex(settings.value(groupingKey, 0).toInt());
    m_quick->setCurrent(std::clamp(settings.value(quickKey, 0).toInt(), 0, m_quick->count() - 1));
    m_splitter->restoreState(settings.value(splitterKey).toByteArray());
    setPanelVisible(settings.value(panelKey, false).toBool());
    m_table->setDensity(m_preferences.density());
    refresh();
    m_feed->reload();
}

ContainersPage::~ContainersPage()
{
    if (m_wantsMetrics) {
        m_backend.releaseMetrics();
    }
    // The table must not look at models that are gone.
    delete m_splitter;
    delete m_bulk;
}

void ContainersPage::buildHeader()
{
    m_header = new PageHeader(tr("Containers"));
    m_check = new Button(ButtonKind::Secondary, QStringLiteral("refresh-cw"), tr("Check now"));
    m_check->setObjectName(QStringLiteral("checkButton"));
    m_updateAll = new Button(ButtonKind::Primary, QStringLiteral("circle-arrow-up"), tr("Update all…"));
    m_updateAll->setObjectName(QStringLiteral("updateAllButton"));
    m_header->addButton(m_check);
    m_header->addButton(m_updateAll);
}

void ContainersPage::buildFilters()
{
    m_search = new SearchField(tr("Search name, image, label"));
    m_search->setToolTip(tr("Words, or status:unhealthy, update:major, project:cloud"));
    m_search->setMinimumWidth(180);
    m_search->setMaximumWidth(260);
    m_quick = new SegmentedFilter;
    m_quick->setAccessibleName(tr("Which containers"));
    m_quick->addSegment(tr("All"), 0);
    m_quick->addSegment(tr("Updates"), 0);
    m_quick->addSegment(tr("Unhealthy"), 0);
    m_quick->addSegment(tr("Stopped"), 0);
    m_grouping = new Button(ButtonKind::Secondary, QStringLiteral(" "));
    m_grouping->setOpensMenu(true);
    m_columnButton = Button::iconOnly(QStringLiteral("columns-3"), tr("Columns"));
    m_density = Button::iconOnly(QStringLiteral("rows-3"), tr("Compact rows"));
    m_density->setCheckable(true);
    m_density->setChecked(m_preferences.density() == Density::Compact);
    m_panelButton = Button::iconOnly(QStringLiteral("panel-right"), tr("Details (F4)"));
    m_panelButton->setCheckable(true);
    QHBoxLayout *row = m_header->filterRow();
    row->addWidget(m_search, 1);
    row->addWidget(m_quick);
    row->addStretch(1);
    row->addWidget(m_grouping);
    row->addWidget(m_columnButton);
    row->addWidget(m_density);
    row->addWidget(m_panelButton);
}

void ContainersPage::buildBody()
{
    m_table = new ContainerTable(*m_model, *m_filter, m_preferences.settings());
    m_skeleton = new SkeletonList;
    m_state = new StatePanel;
    m_state->setObjectName(QStringLiteral("statePanel"));
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_skeleton);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_state);
    m_panel = new DetailPanel(m_backend, *m_model, *m_actions);
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_panel);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setCollapsible(0, false);
    m_splitter->setCollapsible(1, false);
    m_bulk = new BulkBar(*m_model, *m_actions);
}

void ContainersPage::buildShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto &&trigger,
                         Qt::ShortcutContext context = Qt::WidgetWithChildrenShortcut) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(context);
        connect(shortcut, &QShortcut::activated, this, trigger);
    };
    // What concerns the page as a whole works wherever the focus is, also in the sidebar, as after the start.
    add(
        QKeySequence::Find,
        [this] {
            m_search->setFocus(Qt::ShortcutFocusReason);
            m_search->selectAll();
        },
        Qt::WindowShortcut);
    add(
        Qt::Key_F5, [this] { checkNow(); }, Qt::WindowShortcut);
    add(Qt::Key_F4, [this] { setPanelVisible(!m_panel->isVisibleTo(this)); });
    add(Qt::Key_F6, [this] { nextPane(); });
    add(Qt::Key_Escape, [this] { clearStep(); });
    add(Qt::CTRL | Qt::Key_U, [this] { m_actions->review(m_table->currentContainer()); });
    add(Qt::CTRL | Qt::SHIFT | Qt::Key_U, [this] { m_bulk->updateChosen(); });
    add(Qt::CTRL | Qt::Key_R, [this] {
        const ContainerEntry *entry = m_model->find(m_table->currentContainer());
        if (entry != nullptr && !entry->isStopped() && m_actions->isEnabled()) {
            m_actions->restart({entry->container.id});
        }
    });
    add(Qt::CTRL | Qt::Key_Period, [this] { toggleRunning(); });
    add(Qt::CTRL | Qt::Key_L, [this] { showLogs(); });
}

void ContainersPage::connectParts()
{
    connect(m_check, &QPushButton::clicked, this, &ContainersPage::checkNow);
    connect(m_updateAll, &QPushButton::clicked, this, &ContainersPage::updateAll);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setQuery(text);
        refreshBody();
    });
    connect(m_quick, &SegmentedFilter::currentChanged, this, [this](int segment) {
        m_filter->setQuickFilter(static_cast<QuickFilter>(segment));
        m_preferences.settings().setValue(quickKey, segment);
        refreshBody();
    });
    connect(m_grouping, &QPushButton::clicked, this, &ContainersPage::showGroupingMenu);
    connect(m_columnButton, &QPushButton::clicked, this, &ContainersPage::showColumnMenu);
    connect(m_density, &QPushButton::clicked, this, &ContainersPage::toggleDensity);
    connect(m_panelButton, &QPushButton::clicked, this, &ContainersPage::setPanelVisible);
    connect(&m_preferences, &Preferences::densityChanged, this, [this] {
        m_table->setDensity(m_preferences.density());
        m_density->setChecked(m_preferences.density() == Density::Compact);
    });
    connect(m_splitter, &QSplitter::splitterMoved, this,
        [this] { m_preferences.settings().setValue(splitterKey, m_splitter->saveState()); });
    connect(m_table, &ContainerTable::currentContainerChanged, this,
        [this] { m_panel->setContainer(m_table->currentContainer()); });
    connect(m_table, &ContainerTable::containerActivated, this, [this] { setPanelVisible(true); });
    connect(m_table, &ContainerTable::menuRequested, this, &ContainersPage::showMenu);
    connect(m_panel, &DetailPanel::menuRequested, this, &ContainersPage::showMenu);
    connect(m_panel, &DetailPanel::closeRequested, this, [this] { setPanelVisible(false); });
    connect(m_actions, &ContainerActions::updatesStarted, this, [this](const QStringList &ids) {
        m_model->uncheckAll();
        Q_EMIT updatesStarted(ids);
    });
    connect(m_feed.get(), &ContainerFeed::stateChanged, this, &ContainersPage::refresh);
    connect(m_feed.get(), &ContainerFeed::hostsChanged, this, &ContainersPage::refreshBody);
    connect(m_feed.get(), &ContainerFeed::checkChanged, this, &ContainersPage::refresh);
    connect(m_feed.get(), &ContainerFeed::checkFinished, this, &ContainersPage::onCheckFinished);
    connect(m_feed.get(), &ContainerFeed::failed, m_actions, &ContainerActions::showFailure);
    connect(m_model.get(), &ContainerModel::countsChanged, this, &ContainersPage::refresh);
    connect(m_model.get(), &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex &, const QModelIndex &, const QList<int> &roles) {
            if (roles != QList<int>{ContainerModel::MetricsRole}) {
                refreshButtons();
                refreshBody();
            }
        });
    connect(&m_backend, &contracts::Backend::connectionChanged, this, &ContainersPage::refresh);
}

void ContainersPage::setGroupingIndex(int grouping)
{
    const auto value = static_cast<Grouping>(std::clamp(grouping, 0, 2));
    m_model->setGrouping(value);
    m_preferences.settings().setValue(groupingKey, static_cast<int>(value));
    m_grouping->setText(value == Grouping::Project ? tr("Group: project")
                        : value == Grouping::Host  ? tr("Group: host")
                                                   : tr("Group: none"));
}

void ContainersPage::showGroupingMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *group = new QActionGroup(menu);
    const QStringList names{tr("By project"), tr("By host"), tr("No groups")};
    for (int grouping = 0; grouping < names.size(); ++grouping) {
        QAction *action =
            menu->addAction(names.at(grouping), this, [this, grouping] { setGroupingIndex(grouping); });
        action->setCheckable(true);
        action->setChecked(static_cast<int>(m_model->grouping()) == grouping);
        group->addAction(action);
    }
    menu->popup(m_grouping->mapToGlobal(QPoint(0, m_grouping->height() + 4)));
}

void ContainersPage::showColumnMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_table->columns().fillMenu(*menu);
    menu->popup(m_columnButton->mapToGlobal(QPoint(0, m_columnButton->height() + 4)));
}

void ContainersPage::showMenu(const QPoint &globalPosition)
{
    const ContainerEntry *entry = m_model->find(m_table->currentContainer());
    if (entry == nullptr) {
        return;
    }
    const QString id = entry->container.id;
    const ContainerMenuHooks hooks{
        .showLogs = [this] { showLogs(); }, .checkNow = [this, id] { m_feed->check({id}); }};
    QMenu *menu = containerMenu(*entry, *m_actions, hooks, this);
    menu->setObjectName(QStringLiteral("containerMenu"));
    menu->popup(globalPosition);
}

void ContainersPage::toggleDensity()
{
    m_preferences.setDensity(m_density->isChecked() ? Density::Compact : Density::Comfortable);
}

void ContainersPage::setPanelVisible(bool visible)
{
    m_panel->setVisible(visible);
    m_panelButton->setChecked(visible);
    m_preferences.settings().setValue(panelKey, visible);
    if (visible) {
        m_panel->setContainer(m_table->currentContainer());
        const int panel = m_splitter->sizes().last();
        if (panel < m_panel->minimumWidth()) {
            m_splitter->setSizes({m_splitter->width() - 430, 430});
        }
    }
}

void ContainersPage::showContainer(const QString &id)
{
    clearFilters();
    m_table->showContainer(id);
    setPanelVisible(true);
}

void ContainersPage::showLogs()
{
    if (m_table->currentContainer().isEmpty()) {
        return;
    }
    setPanelVisible(true);
    m_panel->showLogs();
}

void ContainersPage::clearFilters()
{
    m_search->clear();
    m_quick->setCurrent(0);
}

void ContainersPage::clearStep()
{
    if (!m_search->text().isEmpty()) {
        m_search->clear();
    } else if (!m_model->checkedEntries().empty()) {
        m_model->uncheckAll();
    } else {
        setPanelVisible(false);
    }
}

void ContainersPage::nextPane()
{
    const QWidget *focused = focusWidget();
    if (m_header->isAncestorOf(focused)) {
        (m_stack->currentWidget() == m_table ? static_cast<QWidget *>(m_table) : m_state)
            ->setFocus(Qt::TabFocusReason);
    } else if (m_stack->isAncestorOf(focused) && m_panel->isVisibleTo(this)) {
        m_panel->findChild<QWidget *>(QStringLiteral("detailTabs"))->setFocus(Qt::TabFocusReason);
    } else {
        m_search->setFocus(Qt::TabFocusReason);
    }
}

void ContainersPage::checkNow()
{
    if (m_actions->isEnabled() && !m_feed->runningCheck()) {
        m_feed->check();
    }
}

void ContainersPage::updateAll()
{
    std::vector<QString> ids;
    for (const ContainerEntry *entry : m_model->entries()) {
        if (ContainerActions::canUpdate(*entry)) {
            ids.push_back(entry->container.id);
        }
    }
    m_actions->confirmUpdate(ids);
}

void ContainersPage::toggleRunning()
{
    const ContainerEntry *entry = m_model->find(m_table->currentContainer());
    if (entry == nullptr || !m_actions->isEnabled() || entry->activity != Activity::None) {
        return;
    }
    if (entry->isStopped()) {
        m_actions->start(entry->container.id);
    } else {
        m_actions->stop(entry->container.id);
    }
}

void ContainersPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_wantsMetrics) {
        m_wantsMetrics = true;
        m_backend.retainMetrics();
    }
    m_minute.start(minuteMs, this);
    refreshSentence();
}

void ContainersPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (m_wantsMetrics) {
        m_wantsMetrics = false;
        m_backend.releaseMetrics();
    }
    m_minute.stop();
}

void ContainersPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_grouping->setVisible(width() >= roomForGrouping);
}

void ContainersPage::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_minute.timerId()) {
        QWidget::timerEvent(event);
        return;
    }
    refreshSentence();
    m_table->viewport()->update();
}

} // namespace dockerauto::ui
