#pragma once

#include <contracts/plans.h>

#include <QWidget>

#include <optional>

class QCheckBox;
class QVBoxLayout;

namespace dockerauto::ui {

class Banner;
class ChoiceBox;
class FormField;

/// What a person chose instead of what the plan has; absent where nothing was touched.
struct ReviewChoices
{
    std::optional<core::UpdateStrategy> strategy;
    std::optional<bool> backup;
    std::optional<bool> rollback;
    /// Said yes to an update that saves no data although it should.
    bool withoutCopy = false;
};

/// One plan of an update: what stands in its way, what changes, what can be chosen, what else is touched.
class PlanView : public QWidget
{
    Q_OBJECT

public:
    PlanView(const contracts::Plan &plan, const ReviewChoices &choices, QWidget *parent = nullptr);

    [[nodiscard]] const ReviewChoices &choices() const { return m_choices; }
    /// Whether the volumes are going to be saved, by the plan or by choice.
    [[nodiscard]] bool savesVolumes() const;
    /// False while something stands in the way, or a question is open.
    [[nodiscard]] bool canBegin() const;
    /// Why not; empty when it can.
    [[nodiscard]] QString hindrance() const;

Q_SIGNALS:
    /// A person chose something; canBegin() may have changed.
    void changed();
    /// Another plan is needed.
    void strategyChosen();
    /// A person has done something about what stands in the way.
    void againRequested();

private:
    void addBlocked(QVBoxLayout &column);
    void addImage(QVBoxLayout &column) const;
    void addStrategy(QVBoxLayout &column);
    void addRollback(QVBoxLayout &column);
    void addBackup(QVBoxLayout &column);
    void addCopyQuestion(QVBoxLayout &column);
    void addOrder(QVBoxLayout &column) const;
    void addNotes(QVBoxLayout &column) const;
    void addPreflight(QVBoxLayout &column) const;
    void addDetails(QVBoxLayout &column) const;
    void showConsequences();

    contracts::Plan m_plan;
    ReviewChoices m_choices;
    ChoiceBox *m_strategy = nullptr;
    FormField *m_rollback = nullptr;
    QCheckBox *m_backup = nullptr;
    Banner *m_risk = nullptr;
    QCheckBox *m_withoutCopy = nullptr;
};

} // namespace dockerauto::ui
