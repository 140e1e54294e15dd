#include "bulkbar.h"

#include "containeractions.h"

#include <models/containermodel.h>
#include <ui/button.h>
#include <ui/label.h>
#include <ui/theme.h>

#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace dockerauto::ui {

BulkBar::BulkBar(ContainerModel &model, ContainerActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_actions(actions)
    , m_count(new Label(LabelRole::Strong))
    , m_detail(new Label(LabelRole::Body))
    , m_update(new Button(ButtonKind::Primary, QStringLiteral("circle-arrow-up"), QString(QLatin1Char(' '))))
    , m_restart(new Button(ButtonKind::Secondary, QStringLiteral("rotate-cw"), tr("Restart")))
{
    setObjectName(QStringLiteral("bulkBar"));
    setFixedHeight(52);
    m_detail->setColor(&Theme::text2);
    auto *close = Button::iconOnly(QStringLiteral("x"), tr("Choose none"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(20, 0, 12, 0);
    layout->setSpacing(8);
    layout->addWidget(m_count);
    layout->addWidget(m_detail);
    layout->addStretch();
    layout->addWidget(m_update);
    layout->addWidget(m_restart);
    layout->addWidget(close);
    connect(m_update, &QPushButton::clicked, this, &BulkBar::updateChosen);
    connect(m_restart, &QPushButton::clicked, this, [this] {
        m_actions.restart(chosen());
        m_model.uncheckAll();
    });
    connect(close, &QPushButton::clicked, &m_model, &ContainerModel::uncheckAll);
    connect(&m_model, &ContainerModel::checkedChanged, this, &BulkBar::refresh);
    connect(&m_model, &ContainerModel::countsChanged, this, &BulkBar::refresh);
    refresh();
}

std::vector<QString> BulkBar::chosen() const
{
    std::vector<QString> ids;
    for (const ContainerEntry *entry : m_model.checkedEntries()) {
        ids.push_back(entry->container.id);
    }
    return ids;
}

void BulkBar::updateChosen()
{
    m_actions.confirmUpdate(chosen());
}

void BulkBar::refresh()
{
    const std::vector<const ContainerEntry *> entries = m_model.checkedEntries();
    const int updates = static_cast<int>(std::ranges::count_if(
        entries, [](const ContainerEntry *entry) { return ContainerActions::canUpdate(*entry); }));
    setVisible(!entries.empty());
    m_count->setText(tr("%n chosen", nullptr, static_cast<int>(entries.size())));
    m_detail->setText(tr("%n can be updated", nullptr, updates));
    m_update->setText(tr("Update %n…", nullptr, updates));
    m_update->setEnabled(updates > 0 && m_actions.isEnabled());
    m_restart->setEnabled(m_actions.isEnabled());
}

void BulkBar::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.surface);
    painter.fillRect(QRect(0, 0, width(), 1), theme.border);
}

} // namespace dockerauto::ui
