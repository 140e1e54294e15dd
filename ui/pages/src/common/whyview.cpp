#include "whyview.h"

#include "factlist.h"

#include <models/planwords.h>
#include <models/rulewords.h>
#include <models/words.h>
#include <ui/button.h>
#include <ui/label.h>

#include <QDateTime>
#include <QGridLayout>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

namespace dockerauto::ui {

namespace {

constexpr std::size_t mostRejected = 20;
constexpr int tagWidth = 132;

/// Times that stand in a sentence of the backend as the network writes them, as people here do.
QString withLocalTimes(QString text, core::Timestamp now)
{
    static const QRegularExpression time(
        QStringLiteral("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:\\d\\d)"));
    for (auto match = time.match(text); match.hasMatch(); match = time.match(text)) {
        const QDateTime moment = QDateTime::fromString(match.captured(), Qt::ISODateWithMs);
        if (!moment.isValid()) {
            break;
        }
        text.replace(match.capturedStart(), match.capturedLength(),
            momentText(core::Timestamp(std::chrono::milliseconds(moment.toMSecsSinceEpoch())), now));
    }
    return text;
}

class Column
{
public:
    explicit Column(QWidget *widget) : m_layout(new QVBoxLayout(widget))
    {
        m_layout->setContentsMargins(0, 0, 0, 0);
        m_layout->setSpacing(8);
    }

    void title(const QString &text)
    {
        if (!m_layout->isEmpty()) {
            m_layout->addSpacing(8);
        }
        m_layout->addWidget(new Label(LabelRole::Strong, text));
    }
    FactList *facts(const std::vector<Fact> &facts)
    {
        auto *list = new FactList;
        list->setFacts(facts);
        m_layout->addWidget(list);
        return list;
    }
    void note(const QString &text)
    {
        auto *label = new Label(LabelRole::Secondary, text);
        label->setWrapping(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        m_layout->addWidget(label);
    }
    void add(QWidget *widget, Qt::Alignment alignment = {}) { m_layout->addWidget(widget, 0, alignment); }

private:
    QVBoxLayout *m_layout;
};

void addDecision(Column &column, const contracts::Explanation &explanation, core::Timestamp now)
{
    const contracts::UpdateState &update = explanation.update;
    std::vector<Fact> facts{{WhyView::tr("Decision"), decisionSentence(update)}};
    if (update.possibleAt) {
        facts.push_back({WhyView::tr("Possible"),
            WhyView::tr("%1, %2", "moment, how long until then")
                .arg(dayMomentText(*update.possibleAt, now), untilText(*update.possibleAt, now))});
    }
    if (update.candidate && update.candidate->firstSeenAt) {
        facts.push_back({WhyView::tr("First seen"), agoText(*update.candidate->firstSeenAt, now)});
    }
    facts.push_back({WhyView::tr("Checked"),
        update.checkedAt ? agoText(*update.checkedAt, now) : WhyView::tr("not yet")});
    if (!explanation.registry.isEmpty()) {
        QStringList registry{harmless(explanation.registry, 200)};
        if (!explanation.registryState.isEmpty()) {
            registry << harmless(withLocalTimes(explanation.registryState, now));
        }
        facts.push_back({WhyView::tr("Registry"), registry.join(QStringLiteral(" · "))});
    }
    column.facts(facts);
}

void addHolds(Column &column, const contracts::Explanation &explanation, core::Timestamp now)
{
    if (explanation.holds.empty()) {
        return;
    }
    column.title(WhyView::tr("Skips, snoozes and quarantine"));
    std::vector<Fact> facts;
    for (const contracts::ActiveHold &hold : explanation.holds) {
        QStringList parts;
        if (!hold.tag.isEmpty() || !hold.digest.isEmpty()) {
            parts << (hold.tag.isEmpty() ? shortDigest(hold.digest) : harmless(hold.tag, 128));
        }
        parts << (hold.until ? WhyView::tr("until %1").arg(dayMomentText(*hold.until, now))
                             : WhyView::tr("until it is offered again"));
        if (!hold.createdBy.isEmpty()) {
            parts << WhyView::tr("%1, %2", "who, how long ago")
                         .arg(personText(hold.createdBy), agoText(hold.createdAt, now));
        }
        if (!hold.reason.isEmpty()) {
            parts << harmless(hold.reason);
        }
        facts.push_back({holdWord(hold.kind).text, parts.join(QStringLiteral(" · "))});
    }
    column.facts(facts);
}

void addRules(Column &column, const contracts::Explanation &explanation)
{
    std::vector<Fact> set;
    std::vector<Fact> defaults;
    for (const contracts::AppliedRule &rule : explanation.rules) {
        const QString value = ruleValueText(rule.field, rule.value);
        if (isDefaultSource(rule.source)) {
            defaults.push_back({ruleFieldName(rule.field), value});
        } else {
            set.push_back(
                {ruleFieldName(rule.field), value + QStringLiteral(" · ") + ruleSourceText(rule.source)});
        }
    }
    column.title(WhyView::tr("Rules"));
    if (set.empty()) {
        column.note(WhyView::tr("Nothing was set: all rules have their defaults."));
    } else {
        column.facts(set);
    }
    if (defaults.empty()) {
        return;
    }
    const auto count = static_cast<int>(defaults.size());
    auto *more = new Button(ButtonKind::Link, QStringLiteral("chevron-down"),
        WhyView::tr("%n rule(s) with the default", nullptr, count));
    more->setObjectName(QStringLiteral("defaultRules"));
    more->setCheckable(true);
    column.add(more, Qt::AlignLeft);
    FactList *list = column.facts(defaults);
    list->setObjectName(QStringLiteral("defaultRuleList"));
    list->hide();
    QObject::connect(more, &QPushButton::toggled, list, [more, list](bool open) {
        list->setVisible(open);
        more->setIconName(open ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"));
    });
}

QWidget *rejectedTags(const std::vector<contracts::RejectedTag> &tags)
{
    auto *list = new QWidget;
    auto *grid = new QGridLayout(list);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const contracts::RejectedTag &rejected : tags) {
        auto *tag = new ElidedLabel(LabelRole::Mono, harmless(rejected.tag, 128));
        tag->setColor(&Theme::text);
        tag->setElideMode(Qt::ElideMiddle);
        tag->setFixedWidth(tagWidth);
        auto *why = new Label(LabelRole::Secondary, harmless(rejected.why, 200));
        why->setWrapping(true);
        grid->addWidget(tag, row, 0, Qt::AlignTop);
        grid->addWidget(why, row, 1);
        ++row;
    }
    return list;
}

void addRejected(Column &column, const contracts::Explanation &explanation)
{
    if (explanation.rejected.empty()) {
        return;
    }
    column.title(WhyView::tr("Tags that were not taken"));
    const std::size_t shown = std::min(explanation.rejected.size(), mostRejected);
    column.add(rejectedTags(
        {explanation.rejected.begin(), explanation.rejected.begin() + static_cast<std::ptrdiff_t>(shown)}));
    const int all = std::max(explanation.rejectedTotal, static_cast<int>(explanation.rejected.size()));
    if (const int more = all - static_cast<int>(shown); more > 0) {
        column.note(WhyView::tr("and %n more", nullptr, more));
    }
}

} // namespace

QWidget *explanationWidget(const contracts::Explanation &explanation, core::Timestamp now)
{
    auto *widget = new QWidget;
    Column column(widget);
    addDecision(column, explanation, now);
    if (!explanation.problems.empty()) {
        column.title(WhyView::tr("Labels that were not understood"));
        for (const QString &problem : explanation.problems) {
            column.note(harmless(problem));
        }
    }
    addHolds(column, explanation, now);
    addRules(column, explanation);
    addRejected(column, explanation);
    return widget;
}

WhyView::WhyView(contracts::Backend &backend, TimeSource now, QWidget *parent)
    : LoadPane(tr("Asking why…"), parent), m_backend(backend), m_now(std::move(now))
{
    setObjectName(QStringLiteral("whyView"));
    connect(this, &LoadPane::retryRequested, this, &WhyView::reload);
}

void WhyView::setContainer(const QString &id)
{
    if (id == m_id) {
        return;
    }
    m_id = id;
    clear();
    reload();
}

void WhyView::reload()
{
    const quint64 turn = ++m_turn;
    if (m_id.isEmpty()) {
        return;
    }
    showLoading();
    m_backend.call<contracts::ExplainContainer>(
        {m_id}, this, [this, turn](const core::Result<contracts::Explanation> &answer) {
            if (turn != m_turn) {
                return;
            }
            if (answer) {
                showContent(explanationWidget(*answer, m_now()));
            } else {
                showError(tr("The reasons could not be read"), answer.error());
            }
        });
}

} // namespace dockerauto::ui
