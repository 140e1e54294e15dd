#pragma once

#include <contracts/backend.h>
#include <contracts/containers.h>
#include <contracts/policies.h>
#include <contracts/system.h>

#include <QObject>
#include <QStringList>

#include <vector>

namespace dockerauto::ui {

/// The containers and hosts there are: names for ids, what a scope covers, and what can be chosen for one.
/// Main thread; nothing waits.
class Directory : public QObject
{
    Q_OBJECT

public:
    explicit Directory(contracts::Backend &backend, QObject *parent = nullptr);

    /// Reads all anew.
    void refresh();

    [[nodiscard]] const std::vector<contracts::Container> &containers() const { return m_containers; }
    [[nodiscard]] const std::vector<contracts::Host> &hosts() const { return m_hosts; }

    /// The name, or the id of what is not known.
    [[nodiscard]] QString containerName(const QString &id) const;
    [[nodiscard]] QString hostName(const QString &id) const;
    /// Names of the containers that the scope covers now, in order.
    [[nodiscard]] QStringList covered(const contracts::Scope &scope) const;
    /// Compose projects, in order.
    [[nodiscard]] QStringList projects() const;
    /// `label=value` of all containers, in order.
    [[nodiscard]] QStringList labels() const;

Q_SIGNALS:
    void changed();

private:
    void readPage(quint64 turn, const std::optional<QString> &cursor, std::vector<contracts::Container> read);

    contracts::Backend &m_backend;
    std::vector<contracts::Container> m_containers;
    std::vector<contracts::Host> m_hosts;
    quint64 m_turn = 0;
};

/// Whether the scope is about the container.
[[nodiscard]] bool covers(const contracts::Scope &scope, const contracts::Container &container);

} // namespace dockerauto::ui
