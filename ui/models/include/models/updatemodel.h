#pragma once

#include <contracts/updates.h>
#include <models/displaytext.h>

#include <QAbstractListModel>
#include <QHash>

#include <optional>
#include <vector>

namespace dockerauto::ui {

enum class UpdateSection
{
    Running,
    Waiting,
    FinishedToday,
    Earlier
};

/// Updates as one list with a heading row above each section that is not empty. Main thread.
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
    };

    explicit UpdateModel(QObject *parent = nullptr, TimeSource now = currentTime);

    /// Makes the model hold exactly these.
    void setUpdates(std::vector<contracts::Update> updates);
    /// Adds or replaces. A log that is there stays when the new value has none.
    void upsert(contracts::Update update);
    void upsertAll(std::vector<contracts::Update> updates);
    /// Replaces one step. False when there is no such update.
    bool setStep(const QString &updateId, const contracts::Step &step);

    /// Only updates whose container or version has `text` in it, and of one section when given.
    void setFilter(const QString &text, std::optional<UpdateSection> section);

    [[nodiscard]] const contracts::Update *find(const QString &id) const;
    [[nodiscard]] const contracts::Update *updateAt(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const QString &id) const;
    /// The first update that is shown; invalid when there is none.
    [[nodiscard]] QModelIndex firstUpdate() const;
    /// Over all updates, whatever is filtered.
    [[nodiscard]] int count(UpdateSection section) const;
    [[nodiscard]] bool isEmpty() const { return m_updates.isEmpty(); }
    [[nodiscard]] UpdateSection sectionOf(const contracts::Update &update) const;
    [[nodiscard]] core::Timestamp now() const { return m_now(); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void countsChanged();
    /// An update that was there was changed, or a new one came.
    void updateChanged(const QString &id);

private:
    struct Row
    {
        UpdateSection section = UpdateSection::Running;
        /// Empty for a heading.
        QString id;

        friend bool operator==(const Row &, const Row &) = default;
    };

    [[nodiscard]] std::vector<Row> wantedRows() const;
    void arrange();
    void store(contracts::Update update);

    TimeSource m_now;
    QHash<QString, contracts::Update> m_updates;
    std::vector<Row> m_rows;
    QString m_text;
    std::optional<UpdateSection> m_section;
};

/// The step that runs, or null.
[[nodiscard]] const contracts::Step *runningStep(const contracts::Update &update);
/// `Health check 0:46 of 2:00`, `Rolled back to 2.1.0`: the second line of an update in the list.
[[nodiscard]] QString updateSummary(const contracts::Update &update, core::Timestamp now);
/// `0:46 of 2:00`, `120 MB of 412 MB`; empty without progress. Never a percentage without a known length.
[[nodiscard]] QString progressText(const contracts::Progress &progress);
/// 0 to 1 over all steps, or absent when no step has begun.
[[nodiscard]] std::optional<double> overallFraction(const contracts::Update &update);

} // namespace dockerauto::ui

Q_DECLARE_METATYPE(const dockerauto::contracts::Update *)
