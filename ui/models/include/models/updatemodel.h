#pragma once

#include <contracts/updates.h>
#include <models/displaytext.h>

#include <QAbstractListModel>
#include <QHash>
#include <QSet>

#include <optional>
#include <vector>

namespace dockerauto::ui {

enum class UpdateSection
{
    Running,
    /// A person must say yes.
    Approval,
    Waiting,
    /// Containers with a newer version that is not carried out now.
    HeldBack,
    FinishedToday,
    Earlier
};

/// Updates, and containers whose update is held back, as one list with a heading row above each section that
/// is not empty. Updates that wait for approval can be checked. Main thread.
class UpdateModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role
    {
        /// `const contracts::Update *`, valid until control returns to the event loop; null for a heading.
        UpdateRole = Qt::UserRole + 1,
        UpdateIdRole,
        /// int of UpdateSection, also for headings.
        SectionRole,
        /// Of a heading: how many updates are below it.
        CountRole,
        /// `const contracts::Container *` of a row of the section HeldBack, else null; valid as UpdateRole.
        HeldBackRole,
    };

    explicit UpdateModel(QObject *parent = nullptr, TimeSource now = currentTime);

    /// Makes the model hold exactly these.
    void setUpdates(std::vector<contracts::Update> updates);
    /// Adds or replaces. A log that is there stays when the new value has none.
    void upsert(contracts::Update update);
    void upsertAll(std::vector<contracts::Update> updates);
    /// Replaces one step. False when there is no such update.
    bool setStep(const QString &updateId, const contracts::Step &step);

    /// Makes the held-back ones exactly these. Containers that have an open update are not shown.
    void setHeldBack(std::vector<contracts::Container> containers);
    /// Adds, replaces, or takes away when nothing is held back any more.
    void upsertHeldBack(contracts::Container container);
    void removeHeldBack(const QString &container);
    [[nodiscard]] const contracts::Container *findHeldBack(const QString &container) const;
    [[nodiscard]] const contracts::Container *heldBackAt(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOfHeldBack(const QString &container) const;

    /// Those that wait for approval and are checked, in the order of the list.
    [[nodiscard]] std::vector<QString> checkedUpdates() const;
    /// All that wait for approval, whatever is filtered.
    [[nodiscard]] std::vector<QString> approvals() const;

    /// Only updates whose container or version has `text` in it, and of one section when given.
    void setFilter(const QString &text, std::optional<UpdateSection> section);

    [[nodiscard]] const contracts::Update *find(const QString &id) const;
    [[nodiscard]] const contracts::Update *updateAt(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const QString &id) const;
    /// The first update that is shown; invalid when there is none.
    [[nodiscard]] QModelIndex firstUpdate() const;
    /// Over all updates, whatever is filtered.
    [[nodiscard]] int count(UpdateSection section) const;
    [[nodiscard]] bool isEmpty() const { return m_updates.isEmpty() && m_heldBack.isEmpty(); }
    [[nodiscard]] UpdateSection sectionOf(const contracts::Update &update) const;
    [[nodiscard]] core::Timestamp now() const { return m_now(); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void countsChanged();
    void checkedChanged();
    /// A held-back container that was there was changed or is held back no more, or a new one came.
    void heldBackChanged(const QString &container);
    /// An update that was there was changed, or a new one came.
    void updateChanged(const QString &id);

private:
    struct Row
    {
        UpdateSection section = UpdateSection::Running;
        /// Of the update, or of the container that is held back; empty for a heading.
        QString id;

        friend bool operator==(const Row &, const Row &) = default;
    };

    [[nodiscard]] const Row &rowAt(const QModelIndex &index) const;
    [[nodiscard]] std::vector<Row> wantedRows() const;
    [[nodiscard]] std::vector<QString> wantedUpdates(UpdateSection section) const;
    [[nodiscard]] std::vector<QString> wantedHeldBack() const;
    /// Held back, and without an update that is on its way.
    [[nodiscard]] std::vector<const contracts::Container *> heldBack() const;
    [[nodiscard]] QVariant headingData(const Row &row, int role) const;
    [[nodiscard]] QVariant heldBackData(const contracts::Container &container, int role) const;
    [[nodiscard]] QVariant updateData(const contracts::Update &update, int role) const;
    void arrange();
    void store(contracts::Update update);

    TimeSource m_now;
    QHash<QString, contracts::Update> m_updates;
    QHash<QString, contracts::Container> m_heldBack;
    QSet<QString> m_checked;
    std::vector<Row> m_rows;
    QString m_text;
    std::optional<UpdateSection> m_section;
};

/// The step that runs, or null.
[[nodiscard]] const contracts::Step *runningStep(const contracts::Update &update);
/// `Health check 0:46 of 2:00`, `Rolled back to 2.1.0`: the second line of an update in the list.
[[nodiscard]] QString updateSummary(const contracts::Update &update, core::Timestamp now);
/// How long the container is still watched after this update; absent when it is not.
[[nodiscard]] std::optional<std::chrono::milliseconds> watchLeft(
    const contracts::Update &update, core::Timestamp now);
/// `Too young · possible tomorrow 02:00`.
[[nodiscard]] QString heldBackSummary(const contracts::Container &container, core::Timestamp now);
/// `0:46 of 2:00`, `120 MB of 412 MB`; empty without progress. Never a percentage without a known length.
[[nodiscard]] QString progressText(const contracts::Progress &progress);
/// 0 to 1 over all steps, or absent when no step has begun.
[[nodiscard]] std::optional<double> overallFraction(const contracts::Update &update);

} // namespace dockerauto::ui

Q_DECLARE_METATYPE(const dockerauto::contracts::Update *)
Q_DECLARE_METATYPE(const dockerauto::contracts::Container *)
