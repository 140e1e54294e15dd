#pragma once

#include <contracts/policies.h>

#include <QString>
#include <QWidget>

#include <map>

class QLineEdit;
class QVBoxLayout;

namespace dockerauto::ui {

class Button;
class ChoiceBox;
class Foldout;
class FormField;
class SpanField;

/// The rules of one container or of a group, to be changed. What is left alone stays absent, and where it
/// comes from then is said in its place.
class RulesEditor : public QWidget
{
    Q_OBJECT

public:
    explicit RulesEditor(QWidget *parent = nullptr);

    /// `inherited`: what holds for a field that is not set here, `Minor versions, from policy “Nightly”`, by
    /// the names that the contract has for the fields.
    void setRules(const contracts::UpdateRules &rules, const std::map<QString, QString> &inherited = {});
    void setInherited(const std::map<QString, QString> &inherited);
    [[nodiscard]] contracts::UpdateRules rules() const;
    /// Sets nothing: as a person who takes all back.
    void reset();

    /// Shows what is wrong with a field: `rules/include` or `include`. False when there is no such field;
    /// then nothing is shown.
    bool showError(const QString &path, const QString &message);
    void clearErrors();
    /// False when a field can't be understood; it says so itself then, and rules() leaves it out.
    [[nodiscard]] bool check();

Q_SIGNALS:
    /// A person changed something.
    void changed();

private:
    void buildChoices(QVBoxLayout &layout);
    void buildMore(QVBoxLayout &layout);
    FormField *addField(QVBoxLayout &layout, const QString &field, const QString &title, QWidget *control,
        const QString &hint);
    FormField *addChoice(QVBoxLayout &layout, const QString &field, const QString &title, ChoiceBox *box);
    FormField *addLine(QVBoxLayout &layout, const QString &field, const QString &title, QLineEdit *&line,
        const QString &hint);
    FormField *addSpan(QVBoxLayout &layout, const QString &field, const QString &title, SpanField *span,
        const QString &hint);
    void buildCare(QVBoxLayout &layout);
    void showField(FormField &field);
    void showMeanings();
    void setMoreVisible(bool visible);
    void onEdited(const QString &field);

    std::map<QString, FormField *> m_fields;
    std::map<QString, ChoiceBox *> m_boxes;
    std::map<QString, QLineEdit *> m_lines;
    ChoiceBox *m_policy = nullptr;
    ChoiceBox *m_level = nullptr;
    ChoiceBox *m_automatic = nullptr;
    ChoiceBox *m_prerelease = nullptr;
    ChoiceBox *m_family = nullptr;
    ChoiceBox *m_strategy = nullptr;
    ChoiceBox *m_rollback = nullptr;
    ChoiceBox *m_backup = nullptr;
    SpanField *m_age = nullptr;
    SpanField *m_watch = nullptr;
    SpanField *m_hookTimeout = nullptr;
    QLineEdit *m_keep = nullptr;
    QLineEdit *m_probe = nullptr;
    QLineEdit *m_hookBefore = nullptr;
    QLineEdit *m_hookAfter = nullptr;
    QLineEdit *m_constraint = nullptr;
    QLineEdit *m_include = nullptr;
    QLineEdit *m_exclude = nullptr;
    QLineEdit *m_notes = nullptr;
    Button *m_moreButton = nullptr;
    QWidget *m_more = nullptr;
    Foldout *m_care = nullptr;
    bool m_filling = false;
};

} // namespace dockerauto::ui
