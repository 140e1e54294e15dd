#include "detailpanel.h"

#include "common/changesview.h"
#include "common/factlist.h"
#include "containeractions.h"
#include "decisioncard.h"
#include "logview.h"

#include <delegates/tones.h>
#include <models/displaytext.h>
#include <models/rulewords.h>
#include <ui/button.h>
#include <ui/fonts.h>
#include <ui/label.h>
#include <ui/painting.h>
#include <ui/theme.h>

#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace dockerauto::ui {

/// The last minute of one value, with the scale at the left.
class DetailPanel::Chart : public QWidget
{
public:
    using QWidget::QWidget;

    void set(std::span<const float> values)
    {
        m_values.assign(values.begin(), values.end());
        update();
    }
    [[nodiscard]] QSize sizeHint() const override { return {200, 76}; }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        const float scale = painting::sparklineScale(m_values);
        const QRectF plot = QRectF(rect()).adjusted(34, 8, -4, -8);
        for (const double part : {0.0, 0.5, 1.0}) {
            const qreal y = plot.bottom() - part * plot.height();
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), theme.grid);
            const QString text = QString::number(static_cast<double>(scale) * part) + QLatin1Char('%');
            painting::elidedText(painter, QRectF(0, y - 8, 30, 16), part == 0.0 ? QStringLiteral("0") : text,
                ui::font(TextStyle::Axis), theme.text2, Qt::ElideRight, Qt::AlignRight | Qt::AlignVCenter);
        }
        painting::sparkline(painter, plot, m_values, theme.chart1, scale);
    }

private:
    std::vector<float> m_values;
};

namespace {

QString healthText(const QString &health)
{
    if (health == QLatin1String("healthy")) {
        return DetailPanel::tr("Passes its health check");
    }
    if (health == QLatin1String("unhealthy")) {
        return DetailPanel::tr("Fails its health check");
    }
    return health == QLatin1String("starting") ? DetailPanel::tr("Health check has not decided yet")
                                               : DetailPanel::tr("Has no health check");
}

constexpr int margin = 20;

QWidget *scrolling(QWidget *page, const QString &name)
{
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(name);
    scroll->setWidget(page);
    page->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    return scroll;
}

} // namespace

DetailPanel::DetailPanel(
    contracts::Backend &backend, ContainerModel &model, ContainerActions &actions, QWidget *parent)
    : QWidget(parent), m_backend(backend), m_model(model), m_actions(actions)
{
    setObjectName(QStringLiteral("detailPanel"));
    setMinimumWidth(360);
    setMaximumWidth(560);
    auto *content = new QWidget;
    m_tabs = new QTabBar;
    m_tabs->setObjectName(QStringLiteral("detailTabs"));
    m_tabs->setAccessibleName(tr("Parts of the container"));
    m_tabs->addTab(tr("Overview"));
    m_tabs->addTab(tr("Changes"));
    m_tabs->addTab(tr("Logs"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_log = new LogView(m_backend);
    m_pages = new QStackedWidget;
    m_pages->addWidget(buildOverview());
    m_pages->addWidget(buildChanges());
    m_pages->addWidget(m_log);
    auto *tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(margin - 4, 6, margin, 0);
    tabRow->addWidget(m_tabs);
    tabRow->addStretch();
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addLayout(tabRow);
    column->addWidget(line);
    column->addWidget(m_pages, 1);

    auto *nothing = new Label(LabelRole::Body, tr("Choose a container to see what it is."));
    nothing->setColor(&Theme::text2);
    nothing->setAlignment(Qt::AlignCenter);
    m_stack = new QStackedWidget;
    m_stack->addWidget(nothing);
    m_stack->addWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->addWidget(m_stack);

    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_pages->setCurrentIndex(tab);
        refreshTab();
    });
    connect(
        &m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &, const QModelIndex &) {
            if (isVisible()) {
                refresh();
                refreshTab();
            }
        });
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &DetailPanel::refresh);
    connect(&m_backend, &contracts::Backend::connectionChanged, this, &DetailPanel::refresh);
}

QWidget *DetailPanel::buildHead()
{
    m_name = new ElidedLabel(LabelRole::SheetTitle);
    m_name->setFixedHeight(24);
    m_status = new Chip;
    m_image = new ElidedLabel(LabelRole::Mono);
    m_image->setElideMode(Qt::ElideMiddle);
    m_image->setFixedHeight(18);
    m_image->setObjectName(QStringLiteral("detailImage"));
    auto *copy = Button::iconOnly(QStringLiteral("copy"), tr("Copy image"));
    auto *close = Button::iconOnly(QStringLiteral("x"), tr("Close the panel"));
    m_update = new Button(ButtonKind::Primary, QStringLiteral("circle-arrow-up"), tr("Review update…"));
    m_update->setObjectName(QStringLiteral("detailUpdate"));
    m_restart = new Button(ButtonKind::Secondary, QStringLiteral("rotate-cw"), tr("Restart"));
    m_stop = new Button(ButtonKind::Secondary, QStringLiteral("square"), tr("Stop"));
    m_stop->setObjectName(QStringLiteral("detailStop"));
    auto *more = Button::iconOnly(QStringLiteral("ellipsis"), tr("More actions"));
    more->setObjectName(QStringLiteral("detailMore"));

    auto *nameRow = new QHBoxLayout;
    nameRow->setSpacing(8);
    nameRow->addWidget(m_name, 0);
    nameRow->addWidget(m_status);
    nameRow->addStretch(1);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addLayout(nameRow);
    texts->addWidget(m_image);
    auto *top = new QHBoxLayout;
    top->setSpacing(4);
    top->addLayout(texts, 1);
    top->addWidget(copy, 0, Qt::AlignTop);
    top->addWidget(close, 0, Qt::AlignTop);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_update);
    buttons->addWidget(m_restart);
    buttons->addWidget(m_stop);
    buttons->addWidget(more);
    buttons->addStretch();
    auto *head = new QWidget;
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(margin, 16, 12, 0);
    layout->setSpacing(10);
    layout->addLayout(top);
    layout->addLayout(buttons);

    connect(close, &QPushButton::clicked, this, &DetailPanel::closeRequested);
    connect(copy, &QPushButton::clicked, this, [this] { m_actions.copy(m_image->text(), tr("Image")); });
    connect(m_update, &QPushButton::clicked, this, [this] { m_actions.review(m_id); });
    connect(m_restart, &QPushButton::clicked, this, [this] { m_actions.restart({m_id}); });
    connect(m_stop, &QPushButton::clicked, this, &DetailPanel::toggleRunning);
    connect(more, &QPushButton::clicked, this,
        [this, more] { Q_EMIT menuRequested(more->mapToGlobal(QPoint(0, more->height()))); });
    return head;
}

QWidget *DetailPanel::buildMetrics()
{
    m_cpu = new Label(LabelRole::Strong);
    m_memory = new Label(LabelRole::Strong);
    m_cpuChart = new Chart;
    m_cpuChart->setAccessibleName(tr("CPU of the last minute"));
    auto *area = new QWidget;
    auto *layout = new QVBoxLayout(area);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    const auto line = [&](const QString &name, Label *value) {
        auto *row = new QHBoxLayout;
        auto *title = new Label(LabelRole::Body, name);
        title->setColor(&Theme::text2);
        row->addWidget(title);
        row->addStretch();
        row->addWidget(value);
        layout->addLayout(row);
    };
    line(tr("CPU"), m_cpu);
    layout->addWidget(m_cpuChart);
    line(tr("Memory"), m_memory);
    return area;
}

QWidget *DetailPanel::buildOverview()
{
    m_decision = new DecisionCard(m_backend, m_model, m_actions);
    connect(
        m_decision, &DecisionCard::changesRequested, this, [this] { m_tabs->setCurrentIndex(ChangesTab); });
    m_metrics = buildMetrics();
    m_facts = new FactList;
    m_labelsTitle = new Label(LabelRole::Strong, tr("Labels"));
    m_labels = new FactList;
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->setSpacing(16);
    layout->addWidget(m_decision);
    layout->addWidget(m_metrics);
    layout->addWidget(m_facts);
    layout->addWidget(m_labelsTitle);
    layout->addWidget(m_labels);
    layout->addStretch();
    return scrolling(page, tr("Overview"));
}

QWidget *DetailPanel::buildChanges()
{
    m_changes = new ChangesView(m_backend);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(margin, margin, margin, margin);
    layout->addWidget(m_changes);
    layout->addStretch();
    return scrolling(page, tr("Changes"));
}

void DetailPanel::setContainer(const QString &id)
{
    if (id == m_id) {
        return;
    }
    m_id = id;
    refresh();
    refreshTab();
}

void DetailPanel::refreshTab()
{
    m_log->setContainer(m_tabs->currentIndex() == LogTab ? m_id : QString());
    const ContainerEntry *entry = m_model.find(m_id);
    if (m_tabs->currentIndex() == ChangesTab && entry != nullptr && isVisible()) {
        m_changes->setContainer(entry->container);
    }
}

void DetailPanel::showLogs()
{
    m_tabs->setCurrentIndex(LogTab);
}

void DetailPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
    refreshTab();
}

void DetailPanel::refresh()
{
    const ContainerEntry *entry = m_model.find(m_id);
    m_stack->setCurrentIndex(entry == nullptr ? 0 : 1);
    if (entry == nullptr) {
        return;
    }
    refreshHead(*entry);
    m_decision->show(*entry);
    refreshMetrics(*entry);
    refreshFacts(*entry);
}

void DetailPanel::refreshHead(const ContainerEntry &entry)
{
    m_name->setText(entry.name);
    m_status->setContent(chipOf(entry.status));
    m_image->setText(
        entry.version.isEmpty() ? entry.image : QString(entry.image + QLatin1Char(':') + entry.version));
    const bool idle = m_actions.isEnabled() && entry.activity == Activity::None;
    m_update->setVisible(entry.hasUpdate());
    m_update->setEnabled(idle);
    m_restart->setEnabled(idle && !entry.isStopped());
    m_stop->setEnabled(idle);
    m_stop->setText(entry.isStopped() ? tr("Start") : tr("Stop"));
    m_stop->setIconName(entry.isStopped() ? QStringLiteral("play") : QStringLiteral("square"));
}

void DetailPanel::refreshMetrics(const ContainerEntry &entry)
{
    m_metrics->setVisible(!entry.metrics.isEmpty());
    if (entry.metrics.isEmpty()) {
        return;
    }
    m_cpu->setText(percentText(entry.metrics.cpuPercent()));
    m_memory->setText(
        entry.metrics.memoryLimitBytes() > 0
            ? tr("%1 of %2")
                  .arg(byteText(entry.metrics.memoryBytes()), byteText(entry.metrics.memoryLimitBytes()))
            : byteText(entry.metrics.memoryBytes()));
    m_cpuChart->set(entry.metrics.cpu());
    m_cpuChart->setAccessibleDescription(percentText(entry.metrics.cpuPercent()));
}

void DetailPanel::refreshFacts(const ContainerEntry &entry)
{
    const contracts::Container &container = entry.container;
    std::vector<Fact> facts;
    const auto add = [&](const QString &name, const QString &value, Fact::Style style = Fact::Style::Text) {
        if (!value.isEmpty()) {
            facts.push_back({name, value, style});
        }
    };
    QStringList ports;
    for (const contracts::PortBinding &port : container.ports) {
        ports << portText(port);
    }
    const core::Timestamp now = m_model.now();
    add(tr("Health"), healthText(container.health));
    add(tr("Ports"), ports.join(QLatin1Char('\n')), Fact::Style::Mono);
    add(tr("Project"), harmless(container.project));
    add(tr("Service"), harmless(container.service));
    QStringList policy{policyWord(container.updatePolicy).text, policyMeaning(container.updatePolicy)};
    if (!isDefaultSource(container.policySource)) {
        policy << ruleSourceText(container.policySource);
    }
    add(tr("Policy"), policy.join(QStringLiteral(" · ")));
    add(tr("Strategy"), strategyWord(container.strategy));
    add(tr("Digest"), harmless(container.digest), Fact::Style::Mono);
    add(tr("ID"), harmless(container.engineId.left(12)), Fact::Style::Mono);
    add(tr("Created"), container.createdAt ? agoText(*container.createdAt, now) : QString());
    add(tr("Started"),
        container.startedAt && !entry.isStopped() ? agoText(*container.startedAt, now) : QString());
    m_facts->setFacts(facts);

    std::vector<Fact> labels;
    for (const auto &[key, value] : container.labels) {
        labels.push_back({{}, harmless(key + QLatin1Char('=') + value), Fact::Style::Mono});
    }
    m_labelsTitle->setVisible(!labels.empty());
    m_labels->setVisible(!labels.empty());
    m_labels->setFacts(labels);
}

void DetailPanel::toggleRunning()
{
    const ContainerEntry *entry = m_model.find(m_id);
    if (entry == nullptr) {
        return;
    }
    if (entry->isStopped()) {
        m_actions.start(m_id);
    } else {
        m_actions.stop(m_id);
    }
}

void DetailPanel::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.surface);
    painter.fillRect(QRect(0, 0, 1, height()), theme.border);
}

} // namespace dockerauto::ui
