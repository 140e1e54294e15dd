#pragma once

#include <models/directory.h>
#include <models/planningfeed.h>
#include <models/words.h>

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace dockerauto::ui {

enum class PlanKind
{
    Schedule,
    Window,
    Freeze,
    Policy
};

struct PlanCell
{
    QString text;
    /// Shown as a chip in this tone when set.
    std::optional<Tone> tone = {};
    QString icon = {};

    friend bool operator==(const PlanCell &, const PlanCell &) = default;
};

/// One schedule, window, freeze or policy as its table shows it.
struct PlanRow
{
    PlanKind kind = PlanKind::Schedule;
    QString id;
    QString name;
    /// Below the name.
    QString detail;
    QString icon;
    bool enabled = true;
    /// Between the name and the switch.
    std::vector<PlanCell> cells;

    friend bool operator==(const PlanRow &, const PlanRow &) = default;
};

/// Rows with a name at the left and a switch at the right. Switching is a wish that the backend fulfils: the
/// model only tells of it. Main thread.
class PlanModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role
    {
        IdRole = Qt::UserRole + 1,
        /// `const PlanRow *`, valid until control returns to the event loop.
        RowRole,
        /// `const PlanCell *`, likewise; null for name and switch.
        CellRole,
    };

    /// `columns`: the titles of the cells.
    PlanModel(const QString &nameTitle, QStringList columns, QObject *parent = nullptr);

    /// Keeps what stays in place, so that selections stay.
    void setRows(std::vector<PlanRow> rows);
    [[nodiscard]] const PlanRow *rowAt(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const QString &id) const;
    [[nodiscard]] int switchColumn() const { return columnCount() - 1; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void switchWanted(const QString &id, bool enabled);

private:
    [[nodiscard]] QString textOf(const PlanRow &row, int column) const;

    QString m_nameTitle;
    QStringList m_columns;
    std::vector<PlanRow> m_rows;
};

/// Cells: when, next, last result, containers.
[[nodiscard]] std::vector<PlanRow> scheduleRows(
    const PlanningFeed &feed, const Directory &directory, core::Timestamp now);
/// Cells: rules, containers.
[[nodiscard]] std::vector<PlanRow> policyRows(const PlanningFeed &feed, const Directory &directory);

} // namespace dockerauto::ui

Q_DECLARE_METATYPE(const dockerauto::ui::PlanRow *)
Q_DECLARE_METATYPE(const dockerauto::ui::PlanCell *)
