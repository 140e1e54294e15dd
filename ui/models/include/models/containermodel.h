#pragma once

#include <models/containerentry.h>
#include <models/displaytext.h>

#include <QAbstractItemModel>
#include <QBasicTimer>
#include <QHash>
#include <QSet>

#include <memory>
#include <vector>

namespace dockerauto::ui {

enum class Grouping
{
    Project,
    Host,
    None
};

/// Containers in groups; without grouping they stand at the root. Changes come as small differences, so that
/// selection and scroll position stay. Main thread.
class ContainerModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column
    {
        Name,
        Status,
        Version,
        Cpu,
        Memory,
        Policy,
        Uptime,
        Host,
        Ports,
        Id,
        LastChecked,
        ColumnCount
    };
    Q_ENUM(Column)

    enum Role
    {
        /// `const ContainerEntry *`, valid until control returns to the event loop; null for a group.
        EntryRole = Qt::UserRole + 1,
        /// `const GroupEntry *`, likewise; null for a container.
        GroupRole,
        /// The contract's id; empty for a group.
        ContainerIdRole,
        /// What the column is sorted by.
        SortRole,
        /// Only named in dataChanged: new samples in the CPU and memory columns and nothing else.
        MetricsRole,
    };

    explicit ContainerModel(QObject *parent = nullptr, TimeSource now = currentTime);
    ~ContainerModel() override;

    /// Makes the model hold exactly these, with the fewest changes.
    void setContainers(std::vector<contracts::Container> containers);
    void upsert(contracts::Container container);
    void remove(const QString &id);
    /// New samples are shown at most once a second.
    void addMetrics(const contracts::MetricsSample &sample);
    void setUpdating(const QSet<QString> &containerIds);
    /// Names for the groups by host.
    void setHosts(const std::vector<contracts::Host> &hosts);

    [[nodiscard]] Grouping grouping() const { return m_grouping; }
    void setGrouping(Grouping grouping);

    /// Null when there is no such container.
    [[nodiscard]] const ContainerEntry *find(const QString &id) const;
    [[nodiscard]] QModelIndex indexOf(const QString &id, int column = Name) const;
    [[nodiscard]] const ContainerEntry *entryAt(const QModelIndex &index) const;
    [[nodiscard]] const GroupEntry *groupAt(const QModelIndex &index) const;
    /// All, in the order of the model.
    [[nodiscard]] std::vector<const ContainerEntry *> entries() const;
    [[nodiscard]] std::vector<const ContainerEntry *> checkedEntries() const;
    void uncheckAll();
    /// Over all containers.
    [[nodiscard]] const GroupCounts &counts() const { return m_counts; }
    /// How many compose projects there are.
    [[nodiscard]] int projectCount() const;
    [[nodiscard]] core::Timestamp now() const { return m_now(); }

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    /// After anything that counts() tells of, and after containers came or went.
    void countsChanged();
    void checkedChanged();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Group;
    struct Place
    {
        Group *group = nullptr;
        ContainerEntry *entry = nullptr;
    };

    [[nodiscard]] QString keyOf(const contracts::Container &container) const;
    [[nodiscard]] QString titleOf(const QString &key) const;
    [[nodiscard]] Group *findGroup(const QString &key) const;
    [[nodiscard]] std::unique_ptr<Group> makeGroup(const QString &key) const;
    void fill(std::vector<contracts::Container> containers);
    void place(std::unique_ptr<ContainerEntry> entry);
    void sortRows();
    void insert(std::unique_ptr<ContainerEntry> entry);
    void take(const Place &old);
    void recount(Group *group);
    void recountAll();
    void notifyMetrics();
    void notifyRow(const ContainerEntry *entry);
    [[nodiscard]] int rowOf(const Group *group) const;
    [[nodiscard]] QModelIndex groupIndex(const Group *group, int column = 0) const;
    [[nodiscard]] QVariant displayData(const ContainerEntry &entry, int column) const;
    [[nodiscard]] QVariant groupDisplayData(const GroupEntry &group, int column) const;
    [[nodiscard]] QVariant sortData(const ContainerEntry &entry, int column) const;
    [[nodiscard]] QString versionToolTip(const ContainerEntry &entry) const;
    [[nodiscard]] QString toolTip(const ContainerEntry &entry, int column) const;

    TimeSource m_now;
    Grouping m_grouping = Grouping::Project;
    std::vector<std::unique_ptr<Group>> m_groups;
    /// Where each container is.
    QHash<QString, Place> m_placeOf;
    QHash<QString, QString> m_hostNames;
    QSet<QString> m_updating;
    GroupCounts m_counts;
    QBasicTimer m_metricsTimer;
    bool m_metricsWaiting = false;
};

} // namespace dockerauto::ui
