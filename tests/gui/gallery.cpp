#include "gallery.h"

#include <ui/banner.h>
#include <ui/button.h>
#include <ui/card.h>
#include <ui/chip.h>
#include <ui/fonts.h>
#include <ui/label.h>
#include <ui/painting.h>
#include <ui/progressline.h>
#include <ui/searchfield.h>
#include <ui/segmentedfilter.h>
#include <ui/skeletonlist.h>
#include <ui/statepanel.h>
#include <ui/stepper.h>

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QPainter>
#include <QRadioButton>
#include <QTabBar>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <cmath>

namespace dockerauto::test {

using namespace ui;

namespace {

QString text(const char *words)
{
    return QString::fromUtf8(words);
}

QVBoxLayout *pageColumn(QWidget *page)
{
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(24, 20, 24, 24);
    column->setSpacing(16);
    return column;
}

QLayout *header(const QString &title, const QString &sentence)
{
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(new Label(LabelRole::PageTitle, title));
    auto *status = new Label(LabelRole::Body, sentence);
    status->setColor(&Theme::text2);
    words->addWidget(status);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addLayout(words, 1);
    row->addWidget(new Button(ButtonKind::Secondary, text("refresh-cw"), text("Check now")));
    row->addWidget(new Button(ButtonKind::Primary, text("check"), text("Approve 7…")));
    return row;
}

/// Painters on one surface: sparklines, bars, numbers.
class Pictures : public QWidget
{
    Q_OBJECT

public:
    Pictures() { setMinimumHeight(120); }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        std::vector<float> values;
        for (int index = 0; index < 40; ++index)
            values.push_back(
                3.F + 2.F * std::sin(static_cast<float>(index) * 0.7F) + (index == 12 ? 9.F : 0.F));
        painting::sparkline(painter, QRectF(0, 0, 110, 24), values, theme.chart1);
        painting::tabularNumber(
            painter, QRectF(110, 0, 60, 24), text("14.1%"), ui::font(TextStyle::Small), theme.text);
        painting::tabularNumber(
            painter, QRectF(110, 24, 60, 24), text("31.8%"), ui::font(TextStyle::Small), theme.text);
        painting::memoryBar(painter, QRectF(0, 40, 76, 4), 0.3, theme);
        painting::memoryBar(painter, QRectF(0, 52, 76, 4), 0.85, theme);
        painting::memoryBar(painter, QRectF(0, 64, 76, 4), 0.97, theme);
        chips::paint(painter, QRect(0, 80, 200, 22), {ChipKind::Update, text("31.0.2 · major"), {}}, theme);
        painter.fillRect(QRect(200, 80, 160, 30), theme.selected);
        chips::paint(painter, QRect(210, 84, 140, 22), {ChipKind::Ok, text("Running"), {}}, theme,
            chips::Ground::Selected);
    }
};

QWidget *stateCard(const StateContent &content)
{
    auto *panel = new StatePanel;
    panel->setContent(content);
    auto *card = new Card;
    auto *column = new QVBoxLayout(card);
    column->addWidget(panel);
    return card;
}

} // namespace

QWidget *makeUpdateGallery()
{
    auto *page = new QWidget;
    auto *column = pageColumn(page);
    column->addLayout(
        header(text("Updates"), text("1 running · 7 waiting for approval · 3 scheduled tonight at 02:00")));
    auto *filters = new QHBoxLayout;
    auto *segments = new SegmentedFilter;
    segments->addSegment(text("Active"), 1);
    segments->addSegment(text("To approve"), 7);
    segments->addSegment(text("Scheduled"), 3);
    segments->addSegment(text("Done today"), 4);
    filters->addWidget(segments);
    filters->addStretch(1);
    filters->addWidget(new SearchField(text("Search updates")));
    column->addLayout(filters);

    auto *title = new QHBoxLayout;
    title->setSpacing(10);
    title->addWidget(new Label(LabelRole::SheetTitle, text("nextcloud-app")));
    title->addWidget(new Chip({ChipKind::Update, text("Updating"), text("refresh-cw")}));
    title->addWidget(new Chip({ChipKind::Warn, text("Major"), {}}));
    title->addStretch(1);
    title->addWidget(new Button(ButtonKind::Secondary, text("pause"), text("Pause")));
    title->addWidget(new Button(ButtonKind::Danger, text("undo-2"), text("Roll back now")));
    column->addLayout(title);

    const auto stepperCard = [&](std::vector<StepItem> steps) {
        auto *stepper = new Stepper;
        stepper->setSteps(std::move(steps));
        auto *card = new Card;
        auto *inside = new QVBoxLayout(card);
        inside->setContentsMargins(16, 16, 16, 16);
        inside->addWidget(stepper);
        column->addWidget(card);
    };
    stepperCard({{text("Preflight"), text("2 s"), StepState::Done, {}},
        {text("Pull image"), text("48 s"), StepState::Done, {}},
        {text("Back up"), text("6 s"), StepState::Done, {}},
        {text("Start green"), text("9 s"), StepState::Done, {}},
        {text("Health check"), text("0:46 of 2:00"), StepState::Current, 0.38},
        {text("Switch traffic"), {}, StepState::Pending, {}},
        {text("Watch"), text("10 min"), StepState::Pending, {}},
        {text("Clean up"), {}, StepState::Pending, {}}});
    auto *safe = new Banner(ChipKind::Ok);
    safe->setContent(ChipKind::Ok, {},
        text("30.0.4 is still serving traffic. If a check fails, the new container is removed and nothing "
             "changes for your users."),
        text("shield-check"));
    column->addWidget(safe);
    stepperCard({{text("Preflight"), text("1 s"), StepState::Done, {}},
        {text("Pull image"), text("22 s"), StepState::Done, {}},
        {text("Start 2.1.3"), text("7 s"), StepState::Done, {}},
        {text("Health check"), text("failed 3 of 3"), StepState::Failed, {}},
        {text("Put 2.1.0 back"), text("4 s"), StepState::PutBack, {}},
        {text("Verify"), text("still unhealthy"), StepState::Failed, {}}});
    auto *broken = new Banner(ChipKind::Err);
    broken->setContent(ChipKind::Err, text("2.1.3 did not start properly, and 2.1.0 has the same fault"),
        text("Both log “Error: cannot open /dev/ttyUSB0”. The update is probably not the cause. The service "
             "has "
             "been down since 01:12, and nobody can reach it until the device is plugged in again."));
    broken->addButton(text("Open logs"), text("file-text"));
    column->addWidget(broken);
    column->addWidget(new Pictures);
    column->addStretch(1);
    return page;
}

QWidget *makeStateGallery()
{
    auto *page = new QWidget;
    auto *column = pageColumn(page);
    column->addLayout(header(text("States"), text("Every list page has these")));
    auto *offline = new Banner(ChipKind::Warn);
    offline->setContent(ChipKind::Warn, {},
        text("Not connected to ops.example.net. Showing data from 03:12. Trying again in 8 s."),
        text("wifi-off"));
    offline->addButton(text("Try now"));
    column->addWidget(offline);
    auto *grid = new QGridLayout;
    grid->setSpacing(16);
    grid->addWidget(stateCard({text("party-popper"), &Theme::ok, text("Everything is up to date"),
                        text("21 containers checked 4 minutes ago. The next check is at 04:00."),
                        {{text("Check now"), text("refresh-cw"), ButtonKind::Secondary, {}}}}),
        0, 0);
    grid->addWidget(stateCard({text("search-x"), &Theme::muted, text("No containers match “postgers”"),
                        text("The filter “Updates” is on too."),
                        {{text("Clear filters"), {}, ButtonKind::Secondary, {}}}}),
        0, 1);
    grid->addWidget(
        stateCard({text("plug-zap"), &Theme::warn, text("Docker is not reachable"),
            text("Nothing answers on /var/run/docker.sock. Is the Docker service running, and is your "
                 "user in the docker group?"),
            {{text("Try again"), text("refresh-cw"), ButtonKind::Primary, {}},
                {text("Details"), {}, ButtonKind::Ghost, {}}}}),
        0, 2);
    grid->addWidget(
        stateCard({text("lock"), &Theme::muted, text("You cannot approve updates here"),
            text("Your role “Viewer” can look but not change. Ask an administrator (mara, jon) for the "
                 "role “Operator”."),
            {{text("Copy request"), {}, ButtonKind::Secondary, {}}}}),
        1, 0);
    grid->addWidget(stateCard({text("box"), &Theme::muted, text("No containers yet"),
                        text("Start one with Docker or compose and it appears here by itself."), {}}),
        1, 1);
    auto *loading = new Card;
    auto *inside = new QVBoxLayout(loading);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->addWidget(new SkeletonList);
    grid->addWidget(loading, 1, 2);
    for (int part = 0; part < 3; ++part)
        grid->setColumnStretch(part, 1);
    column->addLayout(grid, 1);
    return page;
}

QWidget *makeControlGallery()
{
    auto *page = new QWidget;
    auto *column = pageColumn(page);
    column->addLayout(header(text("Controls"), text("Everything that can be pressed")));

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    for (const ButtonKind kind : {ButtonKind::Primary, ButtonKind::Secondary, ButtonKind::Danger,
             ButtonKind::Ghost, ButtonKind::Link}) {
        buttons->addWidget(new Button(kind, text("refresh-cw"), text("Restart")));
        auto *off = new Button(kind, text("Restart"));
        off->setEnabled(false);
        buttons->addWidget(off);
    }
    auto *menu = new Button(ButtonKind::Secondary, text("Group: project"));
    menu->setOpensMenu(true);
    buttons->addWidget(menu);
    auto *toggle = Button::iconOnly(text("panel-right"), text("Detail"));
    toggle->setCheckable(true);
    toggle->setChecked(true);
    buttons->addWidget(Button::iconOnly(text("columns-3"), text("Columns")));
    buttons->addWidget(toggle);
    buttons->addStretch(1);
    column->addLayout(buttons);

    auto *chipRow = new QHBoxLayout;
    chipRow->setSpacing(8);
    for (const auto &[kind, word] :
        {std::pair{ChipKind::Ok, "Running"}, std::pair{ChipKind::Warn, "Held back"},
            std::pair{ChipKind::Err, "1 unhealthy"}, std::pair{ChipKind::ErrSolid, "Unhealthy"},
            std::pair{ChipKind::Update, "3 updates"}, std::pair{ChipKind::Neutral, "Stopped"}})
        chipRow->addWidget(new Chip({kind, text(word), {}}));
    chipRow->addStretch(1);
    column->addLayout(chipRow);

    auto *inputs = new QHBoxLayout;
    inputs->setSpacing(12);
    inputs->addWidget(new SearchField(text("Search name, image, label")));
    auto *filled = new SearchField(text("Search"));
    filled->setText(text("postgres"));
    inputs->addWidget(filled);
    auto *combo = new QComboBox;
    combo->addItems({text("Recreate (short stop)"), text("Blue-green")});
    inputs->addWidget(combo);
    auto *box = new QCheckBox(text("Back up volumes first"));
    box->setChecked(true);
    inputs->addWidget(box);
    inputs->addWidget(new QCheckBox(text("Off")));
    auto *radio = new QRadioButton(text("Ask me first"));
    radio->setChecked(true);
    inputs->addWidget(radio);
    inputs->addWidget(new QRadioButton(text("Only watch")));
    inputs->addStretch(1);
    column->addLayout(inputs);

    auto *tabs = new QTabBar;
    tabs->setExpanding(false);
    for (const char *name : {"Overview", "Changes", "Stats", "Logs", "Config", "History"})
        tabs->addTab(text(name));
    column->addWidget(tabs);

    auto *progress = new ProgressLine;
    progress->setFraction(0.4);
    column->addWidget(progress);

    auto *labels = new QHBoxLayout;
    labels->addWidget(new Label(LabelRole::SheetTitle, text("Sheet title")));
    labels->addWidget(new Label(LabelRole::Strong, text("Strong")));
    labels->addWidget(new Label(LabelRole::Body, text("Body 正文")));
    labels->addWidget(new Label(LabelRole::Secondary, text("Secondary")));
    labels->addWidget(new Label(LabelRole::Muted, text("Muted")));
    labels->addWidget(new Label(LabelRole::Mono, text("sha256:9f2c1e0a4")));
    labels->addWidget(new Label(LabelRole::MonoStrong, text("31.0.2")));
    auto *elided = new ElidedLabel(LabelRole::Body, text("ghcr.io/home-assistant/home-assistant:2025.1.4"));
    elided->setElideMode(Qt::ElideMiddle);
    elided->setMaximumWidth(160);
    labels->addWidget(elided);
    labels->addStretch(1);
    column->addLayout(labels);

    auto *tree = new QTreeWidget;
    tree->setAccessibleName(text("Rows"));
    tree->setHeaderLabels({text("Name"), text("Status"), text("Image")});
    tree->setFrameShape(QFrame::NoFrame);
    for (int group = 0; group < 2; ++group) {
        auto *parent = new QTreeWidgetItem(tree, {text("cloud")});
        for (int row = 0; row < 12; ++row) {
            auto *item = new QTreeWidgetItem(
                parent, {text("nextcloud"), text("Running"), text("docker.io/nextcloud")});
            item->setCheckState(0, row % 2 == 0 ? Qt::Checked : Qt::Unchecked);
        }
        parent->setExpanded(true);
    }
    tree->topLevelItem(0)->child(2)->setSelected(true);
    tree->setSortingEnabled(true);
    tree->sortByColumn(0, Qt::AscendingOrder);
    tree->setColumnWidth(0, 240);
    column->addWidget(tree, 1);
    return page;
}

} // namespace dockerauto::test

#include "gallery.moc"
