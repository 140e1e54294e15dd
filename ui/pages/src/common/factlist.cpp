#include "factlist.h"

#include <ui/label.h>

#include <QGridLayout>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int nameWidth = 92;

QWidget *changeRow(const Fact &fact)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(new Label(LabelRole::Mono, fact.value));
    layout->addWidget(new Label(LabelRole::Muted, QStringLiteral("→")));
    layout->addWidget(new Label(LabelRole::MonoStrong, fact.target));
    layout->addStretch();
    row->setAccessibleName(fact.value + QStringLiteral(" → ") + fact.target);
    return row;
}

/// Digests and the like have no place to break a line at: each line is shortened.
QWidget *monoLines(const QString &value)
{
    auto *lines = new QWidget;
    auto *layout = new QVBoxLayout(lines);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (const QString &line : value.split(QLatin1Char('\n'))) {
        auto *label = new ElidedLabel(LabelRole::Mono, line);
        label->setColor(&Theme::text);
        label->setElideMode(Qt::ElideMiddle);
        layout->addWidget(label);
    }
    return lines;
}

QWidget *valueOf(const Fact &fact)
{
    if (!fact.target.isEmpty()) {
        return changeRow(fact);
    }
    if (fact.style == Fact::Style::Mono) {
        return monoLines(fact.value);
    }
    auto *value = new Label(LabelRole::Body, fact.value);
    value->setWrapping(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return value;
}

} // namespace

FactList::FactList(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
}

void FactList::setFacts(const std::vector<Fact> &facts)
{
    if (facts == m_facts && m_content != nullptr) {
        return;
    }
    m_facts = facts;
    delete m_content;
    m_content = new QWidget;
    auto *grid = new QGridLayout(m_content);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnMinimumWidth(0, nameWidth);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const Fact &fact : m_facts) {
        QWidget *value = valueOf(fact);
        if (fact.name.isEmpty()) {
            grid->addWidget(value, row, 0, 1, 2);
        } else {
            auto *name = new Label(LabelRole::Body, fact.name);
            name->setColor(&Theme::text2);
            grid->addWidget(name, row, 0, Qt::AlignTop | Qt::AlignLeft);
            grid->addWidget(value, row, 1);
        }
        ++row;
    }
    layout()->addWidget(m_content);
}

} // namespace dockerauto::ui
