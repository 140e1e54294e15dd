#include <pages/schedulespage.h>

#include "common/pageheader.h"
#include "planactions.h"
#include "plantable.h"
#include "weekgrid.h"

#include <models/directory.h>
#include <ui/button.h>
#include <ui/card.h>
#include <ui/label.h>
#include <ui/searchfield.h>
#include <ui/segmentedfilter.h>
#include <ui/skeletonlist.h>
#include <ui/statepanel.h>

#include <QHBoxLayout>
#include <QMenu>
#include <QScrollArea>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QTimeZone>
#include <QTimerEvent>
#include <QVBoxLayout>

// How the page is built and what it listens to; what it shows when is in schedulespagestate.cpp.

namespace dockerauto::ui {

namespace {

const QString viewKey = QStringLiteral("schedules/view");
constexpr int minuteMs = 60'000;

} // namespace

SchedulesPage::SchedulesPage(
    contracts::Backend &backend, Preferences &preferences, QWidget *parent, TimeSource now)
    : QWidget(parent)
    , m_backend(backend)
    , m_preferences(preferences)
    , m_now(std::move(now))
    , m_directory(std::make_unique<Directory>(backend))
    , m_feed(std::make_unique<PlanningFeed>(backend))
    , m_plans(std::make_unique<PlanModel>(
          tr("Name"), QStringList{tr("When"), tr("Next"), tr("Last result"), tr("Containers")}))
    , m_policies(std::make_unique<PlanModel>(tr("Name"), QStringList{tr("What it says"), tr("Containers")}))
    , m_actions(std::make_unique<PlanActions>(
          *this, *m_feed, *m_directory, ScheduleEditor::Surroundings{backend, *m_directory, m_now}))
{
    setObjectName(QStringLiteral("schedulesPage"));
    buildHeader();
    buildTables();
    m_skeleton = new SkeletonList;
    m_state = new StatePanel;
    m_stack = new QStackedWidget;
    m_week = buildWeek();
    m_listView = buildTable(*m_list, *m_plans);
    m_rulesView = buildTable(*m_rules, *m_policies);
    for (QWidget *view : {static_cast<QWidget *>(m_skeleton), m_week, m_listView, m_rulesView,
             static_cast<QWidget *>(m_state)}) {
        m_stack->addWidget(view);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_stack, 1);
    connectParts();
    m_views->setCurrent(m_preferences.settings().value(viewKey, 0).toInt());
    refresh();
    m_directory->refresh();
    m_feed->reload();
}

SchedulesPage::~SchedulesPage()
{
    // The tables must not look at models that are gone.
    delete m_stack;
}

void SchedulesPage::buildHeader()
{
    m_header = new PageHeader(tr("Schedules"));
    m_views = new SegmentedFilter;
    m_views->setObjectName(QStringLiteral("views"));
    m_views->setAccessibleName(tr("What is shown"));
    m_views->addSegment(tr("Week"));
    m_views->addSegment(tr("List"));
    m_views->addSegment(tr("Rules"));
    m_newWindow = new Button(ButtonKind::Secondary, QStringLiteral("plus"), tr("New window or freeze…"));
    m_newWindow->setObjectName(QStringLiteral("newWindow"));
    m_new = new Button(ButtonKind::Primary, QStringLiteral("plus"), tr("New schedule…"));
    m_new->setObjectName(QStringLiteral("newSchedule"));
    m_header->addButton(m_views);
    m_header->addButton(m_newWindow);
    m_header->addButton(m_new);

    const auto action = [this](const char *icon, const QString &text, const char *name, auto trigger) {
        auto *button = new Button(ButtonKind::Secondary, QLatin1String(icon), text);
        button->setObjectName(QLatin1String(name));
        connect(button, &QPushButton::clicked, this, trigger);
        m_header->filterRow()->addWidget(button);
        return button;
    };
    m_edit = action("pencil", tr("Edit…"), "editPlan", [this] { m_actions->edit(chosen()); });
    m_run = action("play", tr("Run now"), "runPlan", [this] { m_actions->runNow(chosen()); });
    m_turn = action("power", tr("Turn off"), "turnPlan", [this] {
        if (const PlanRow *row = shownTable()->currentRow(); row != nullptr) {
            m_actions->setEnabled(row->id, !row->enabled);
        }
    });
    m_remove = action("trash-2", tr("Remove…"), "removePlan", [this] { m_actions->remove(chosen()); });
    m_header->filterRow()->addStretch(1);
}

QWidget *SchedulesPage::buildWeek()
{
    m_grid = new WeekGrid;
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_grid);
    m_grid->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    m_note = new ElidedLabel(LabelRole::Secondary);
    m_note->setObjectName(QStringLiteral("weekNote"));
    auto *zone =
        new Label(LabelRole::Muted, tr("Times of %1").arg(QString::fromUtf8(QTimeZone::systemTimeZoneId())));
    auto *noteRow = new QHBoxLayout;
    noteRow->setContentsMargins(16, 6, 16, 8);
    noteRow->setSpacing(16);
    noteRow->addWidget(m_note, 1);
    noteRow->addWidget(zone);
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    auto *card = new Card;
    auto *inside = new QVBoxLayout(card);
    inside->setContentsMargins(12, 6, 14, 2);
    inside->setSpacing(0);
    inside->addWidget(scroll, 1);
    inside->addWidget(line);
    inside->addLayout(noteRow);
    auto *week = new QWidget;
    auto *layout = new QVBoxLayout(week);
    layout->setContentsMargins(24, 0, 24, 16);
    layout->addWidget(card);
    return week;
}

void SchedulesPage::buildTables()
{
    // Last result takes what is left; it goes first when there is little room, then the number of containers.
    m_list = new PlanTable(*m_plans, {250, 160, 0, 90, 60}, {3, 4});
    m_list->setObjectName(QStringLiteral("planTable"));
    m_list->setAccessibleName(tr("Schedules, windows and freezes"));
    m_rules = new PlanTable(*m_policies, {0, 90, 60}, {2});
    m_rules->setObjectName(QStringLiteral("ruleTable"));
    m_rules->setAccessibleName(tr("Rules for groups of containers"));
}

QWidget *SchedulesPage::buildTable(PlanTable &table, PlanModel &model)
{
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    auto *view = new QWidget;
    auto *layout = new QVBoxLayout(view);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(line);
    layout->addWidget(&table, 1);
    connectTable(table, model);
    return view;
}

void SchedulesPage::connectTable(PlanTable &table, PlanModel &model)
{
    connect(&table, &PlanTable::opened, this, [this](const QString &id) { m_actions->edit(id); });
    connect(&table, &PlanTable::removeWanted, this, [this](const QString &id) { m_actions->remove(id); });
    connect(&table, &PlanTable::chosenChanged, this, &SchedulesPage::refreshButtons);
    connect(&table, &PlanTable::menuWanted, this, [this](const QString &id, const QPoint &position) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        m_actions->fillMenu(*menu, id);
        menu->popup(position);
    });
    connect(&model, &PlanModel::switchWanted, this,
        [this](const QString &id, bool enabled) { m_actions->setEnabled(id, enabled); });
}

void SchedulesPage::connectParts()
{
    connect(m_views, &SegmentedFilter::currentChanged, this, [this](int chosenView) {
        m_preferences.settings().setValue(viewKey, chosenView);
        refresh();
    });
    connect(m_newWindow, &QPushButton::clicked, this, [this] { m_actions->newWindow(); });
    connect(m_new, &QPushButton::clicked, this,
        [this] { view() == View::Rules ? m_actions->newPolicy() : m_actions->newSchedule(); });
    connect(m_feed.get(), &PlanningFeed::changed, this, &SchedulesPage::refresh);
    connect(m_directory.get(), &Directory::changed, this, &SchedulesPage::refresh);
    connect(&m_backend, &contracts::Backend::connectionChanged, this, &SchedulesPage::refreshButtons);
    connect(m_grid, &WeekGrid::currentChanged, this, &SchedulesPage::refreshWeekNote);
    connect(m_grid, &WeekGrid::activated, this, [this](const WeekItem &item) { m_actions->edit(item.id); });
    connect(m_grid, &WeekGrid::menuWanted, this, [this](const WeekItem &item, const QPoint &position) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        m_actions->fillMenu(*menu, item.id);
        if (menu->isEmpty()) {
            delete menu;
            return;
        }
        menu->popup(position);
    });
    const auto applyDensity = [this] {
        m_list->setDensity(m_preferences.density());
        m_rules->setDensity(m_preferences.density());
    };
    connect(&m_preferences, &Preferences::densityChanged, this, applyDensity);
    applyDensity();
    auto *nextPane = new QShortcut(QKeySequence(Qt::Key_F6), this);
    nextPane->setContext(Qt::WidgetWithChildrenShortcut);
    connect(nextPane, &QShortcut::activated, this, [this] {
        QWidget *inside = view() == View::Week ? static_cast<QWidget *>(m_grid) : shownTable();
        (inside->hasFocus() ? static_cast<QWidget *>(m_views) : inside)->setFocus(Qt::TabFocusReason);
    });
}

void SchedulesPage::showView(View view)
{
    m_views->setCurrent(static_cast<int>(view));
}

SchedulesPage::View SchedulesPage::view() const
{
    return static_cast<View>(m_views->current());
}

PlanTable *SchedulesPage::shownTable() const
{
    return view() == View::Rules ? m_rules : m_list;
}

QString SchedulesPage::chosen() const
{
    const PlanRow *row = shownTable()->currentRow();
    return row == nullptr ? QString() : row->id;
}

void SchedulesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_minute.start(minuteMs, this);
    refresh();
}

void SchedulesPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_minute.stop();
}

void SchedulesPage::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_minute.timerId()) {
        QWidget::timerEvent(event);
        return;
    }
    // What was next may have begun.
    if (!m_feed->upcoming().empty() && m_feed->upcoming().front().at < m_now()) {
        m_feed->reload();
    }
    refresh();
}

} // namespace dockerauto::ui
