#pragma once

#include <contracts/containers.h>
#include <contracts/events.h>
#include <models/words.h>

#include <QMetaType>
#include <QString>

#include <array>
#include <span>
#include <vector>

namespace dockerauto::ui {

/// The last values of one container, oldest first.
class MetricsHistory
{
public:
    static constexpr std::size_t capacity = 60;

    void add(const contracts::ContainerMetrics &sample);
    void clear();

    [[nodiscard]] bool isEmpty() const { return m_cpu.empty(); }
    [[nodiscard]] std::span<const float> cpu() const { return m_cpu; }
    [[nodiscard]] double cpuPercent() const
    {
        return m_cpu.empty() ? 0.0 : static_cast<double>(m_cpu.back());
    }
    [[nodiscard]] qint64 memoryBytes() const { return m_memory; }
    [[nodiscard]] qint64 memoryLimitBytes() const { return m_memoryLimit; }

private:
    std::vector<float> m_cpu;
    qint64 m_memory = 0;
    qint64 m_memoryLimit = 0;
};

/// One container as the table shows it: the contract's data, and texts made from it once per change.
struct ContainerEntry
{
    contracts::Container container;
    MetricsHistory metrics;
    Activity activity = Activity::None;
    bool checked = false;

    /// Texts that are safe to show.
    QString name;
    QString image;
    QString version;
    /// Lower-case, for the filter: name, image, tag, project, service, labels, ports, separated by line
    /// feeds.
    QString searchText;
    Word status;

    /// Makes the texts again after `container` or `activity` changed.
    void refresh();
    [[nodiscard]] bool hasUpdate() const;
    [[nodiscard]] bool isUnhealthy() const;
    /// Not running, paused or about to run: nothing serves.
    [[nodiscard]] bool isStopped() const;
};

/// `31.0.2 · major`, `new build`, `16.8 · Too young`, `Not checked`: what stands beside the version; empty
/// text for nothing.
[[nodiscard]] Word candidateWord(const ContainerEntry &entry);
/// The same for less room, the longest first: of what is held back only why, `Waits for its window`,
/// `Window`.
[[nodiscard]] std::vector<Word> candidateWords(const ContainerEntry &entry);
/// `8123 → 8123/tcp`.
[[nodiscard]] QString portText(const contracts::PortBinding &port);
/// The version that an update would bring: its tag, or a short digest under the same tag.
[[nodiscard]] QString candidateVersion(const contracts::Container &container);

struct GroupCounts
{
    int containers = 0;
    int updates = 0;
    int unhealthy = 0;
    int stopped = 0;

    friend bool operator==(const GroupCounts &, const GroupCounts &) = default;
};

/// One group as the table shows it.
struct GroupEntry
{
    QString key;
    QString title;
    /// Name of an icon.
    QString icon;
    GroupCounts counts;
};

} // namespace dockerauto::ui

Q_DECLARE_METATYPE(const dockerauto::ui::ContainerEntry *)
Q_DECLARE_METATYPE(const dockerauto::ui::GroupEntry *)
