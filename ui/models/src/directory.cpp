#include <models/directory.h>

#include <models/displaytext.h>

#include <algorithm>

namespace dockerauto::ui {

namespace {

constexpr int pageSize = 500;

QStringList sorted(QStringList list)
{
    list.removeDuplicates();
    list.sort(Qt::CaseInsensitive);
    return list;
}

} // namespace

Directory::Directory(contracts::Backend &backend, QObject *parent) : QObject(parent), m_backend(backend) {}

void Directory::refresh()
{
    readPage(++m_turn, std::nullopt, {});
    m_backend.call<contracts::ListHosts>({}, this, [this](core::Result<contracts::HostList> list) {
        if (list) {
            m_hosts = std::move(list->items);
            Q_EMIT changed();
        }
    });
}

void Directory::readPage(
    quint64 turn, const std::optional<QString> &cursor, std::vector<contracts::Container> read)
{
    contracts::ContainerQuery query;
    query.limit = pageSize;
    query.cursor = cursor;
    m_backend.call<contracts::ListContainers>(query, this,
        [this, turn, read = std::move(read)](core::Result<contracts::ContainerPage> page) mutable {
            if (turn != m_turn || !page) {
                return;
            }
            std::ranges::move(page->items, std::back_inserter(read));
            if (page->nextCursor) {
                readPage(turn, page->nextCursor, std::move(read));
                return;
            }
            m_containers = std::move(read);
            Q_EMIT changed();
        });
}

QString Directory::containerName(const QString &id) const
{
    const auto found = std::ranges::find(m_containers, id, &contracts::Container::id);
    return harmless(found == m_containers.end() ? id : found->name, 80);
}

QString Directory::hostName(const QString &id) const
{
    const auto found = std::ranges::find(m_hosts, id, &contracts::Host::id);
    return harmless(found == m_hosts.end() ? id : found->name, 80);
}

QStringList Directory::covered(const contracts::Scope &scope) const
{
    QStringList names;
    for (const contracts::Container &container : m_containers) {
        if (covers(scope, container)) {
            names << harmless(container.name, 80);
        }
    }
    names.sort(Qt::CaseInsensitive);
    return names;
}

QStringList Directory::projects() const
{
    QStringList names;
    for (const contracts::Container &container : m_containers) {
        if (!container.project.isEmpty()) {
            names << container.project;
        }
    }
    return sorted(std::move(names));
}

QStringList Directory::labels() const
{
    QStringList names;
    for (const contracts::Container &container : m_containers) {
        for (const auto &[label, value] : container.labels) {
            names << (value.isEmpty() ? label : QString(label + QLatin1Char('=') + value));
        }
    }
    return sorted(std::move(names));
}

bool covers(const contracts::Scope &scope, const contracts::Container &container)
{
    const QString value = scope.value.value_or(QString());
    switch (scope.kind) {
    case core::ScopeKind::All:
        return true;
    case core::ScopeKind::Host:
        return container.host == value;
    case core::ScopeKind::Project:
        return !value.isEmpty() && container.project == value;
    case core::ScopeKind::Container:
        return container.id == value;
    case core::ScopeKind::Label: {
        const qsizetype equals = value.indexOf(QLatin1Char('='));
        const auto label = container.labels.find(equals < 0 ? value : value.left(equals));
        return label != container.labels.end() && (equals < 0 || label->second == value.mid(equals + 1));
    }
    }
    return false;
}

} // namespace dockerauto::ui
