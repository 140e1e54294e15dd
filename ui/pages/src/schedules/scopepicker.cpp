#include "scopepicker.h"

#include "common/suggestfield.h"

#include <models/directory.h>
#include <ui/label.h>

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace dockerauto::ui {

namespace {

constexpr qsizetype mostNames = 8;

/// The id of what a person calls `name`; the name itself when there is no such thing.
template <class Item>
QString idOf(const std::vector<Item> &items, const QString &name)
{
    const auto found = std::ranges::find_if(
        items, [&](const Item &item) { return item.name.compare(name, Qt::CaseInsensitive) == 0; });
    return found == items.end() ? name : found->id;
}

template <class Item>
QStringList namesOf(const std::vector<Item> &items)
{
    QStringList names;
    for (const Item &item : items) {
        names << item.name;
    }
    names.sort(Qt::CaseInsensitive);
    return names;
}

} // namespace

ScopePicker::ScopePicker(const Directory &directory, QWidget *parent)
    : QWidget(parent), m_directory(directory)
{
    m_kind = new QComboBox;
    m_kind->setObjectName(QStringLiteral("scopeKind"));
    m_kind->setAccessibleName(tr("Applies to"));
    // In the order of core::ScopeKind.
    m_kind->addItems(
        {tr("All containers"), tr("One host"), tr("A project"), tr("A label"), tr("One container")});
    m_value = new SuggestField;
    m_value->setObjectName(QStringLiteral("scopeValue"));
    m_coverage = new Label(LabelRole::Secondary);
    m_coverage->setObjectName(QStringLiteral("coverage"));
    m_coverage->setWrapping(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_kind);
    row->addWidget(m_value, 1);
    row->addStretch(0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    layout->addLayout(row);
    layout->addWidget(m_coverage);
    setFocusProxy(m_kind);

    connect(m_kind, &QComboBox::activated, this, [this] {
        m_value->clear();
        offer();
        if (kind() != core::ScopeKind::All) {
            m_value->setFocus();
        }
        Q_EMIT changed();
    });
    connect(m_value, &QLineEdit::textChanged, this, [this] {
        showCoverage();
        Q_EMIT changed();
    });
    connect(&m_directory, &Directory::changed, this, &ScopePicker::offer);
    offer();
}

core::ScopeKind ScopePicker::kind() const
{
    return static_cast<core::ScopeKind>(m_kind->currentIndex());
}

contracts::Scope ScopePicker::scope() const
{
    const QString text = m_value->text().trimmed();
    switch (kind()) {
    case core::ScopeKind::All:
        return {};
    case core::ScopeKind::Host:
        return {kind(), idOf(m_directory.hosts(), text)};
    case core::ScopeKind::Container:
        return {kind(), idOf(m_directory.containers(), text)};
    case core::ScopeKind::Project:
    case core::ScopeKind::Label:
        break;
    }
    return {kind(), text};
}

void ScopePicker::setScope(const contracts::Scope &scope)
{
    m_kind->setCurrentIndex(static_cast<int>(scope.kind));
    const QString value = scope.value.value_or(QString());
    m_value->setText(scope.kind == core::ScopeKind::Host        ? m_directory.hostName(value)
                     : scope.kind == core::ScopeKind::Container ? m_directory.containerName(value)
                                                                : value);
    offer();
}

void ScopePicker::offer()
{
    m_value->setVisible(kind() != core::ScopeKind::All);
    switch (kind()) {
    case core::ScopeKind::All:
        break;
    case core::ScopeKind::Host:
        m_value->setPlaceholderText(tr("Name of the host"));
        m_value->setSuggestions(namesOf(m_directory.hosts()));
        break;
    case core::ScopeKind::Project:
        m_value->setPlaceholderText(tr("Name of the compose project"));
        m_value->setSuggestions(m_directory.projects());
        break;
    case core::ScopeKind::Label:
        m_value->setPlaceholderText(tr("label or label=value"));
        m_value->setSuggestions(m_directory.labels());
        break;
    case core::ScopeKind::Container:
        m_value->setPlaceholderText(tr("Name of the container"));
        m_value->setSuggestions(namesOf(m_directory.containers()));
        break;
    }
    m_value->setAccessibleName(m_value->placeholderText());
    showCoverage();
}

QString ScopePicker::coverage() const
{
    if (kind() != core::ScopeKind::All && m_value->text().trimmed().isEmpty()) {
        return tr("Choose what it applies to.");
    }
    const QStringList names = m_directory.covered(scope());
    if (names.isEmpty()) {
        return tr("Covers no container now; what comes later is covered too.");
    }
    const auto count = static_cast<int>(names.size());
    if (names.size() <= mostNames) {
        return tr("Covers %n container(s): %1", nullptr, count).arg(names.join(QStringLiteral(", ")));
    }
    return tr("Covers %n container(s): %1 and others", nullptr, count)
        .arg(names.mid(0, mostNames).join(QStringLiteral(", ")));
}

void ScopePicker::showCoverage()
{
    m_coverage->setText(coverage());
}

} // namespace dockerauto::ui
