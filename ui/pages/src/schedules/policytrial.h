#pragma once

#include <contracts/backend.h>
#include <contracts/policies.h>

#include <QBasicTimer>
#include <QWidget>

class QLineEdit;
class QPlainTextEdit;

namespace dockerauto::ui {

class Chip;
class FormField;
class Label;
class LinesEdit;

/// Tries rules on tags: which of them would follow the current one, and why not the others.
class PolicyTrial : public QWidget
{
    Q_OBJECT

public:
    explicit PolicyTrial(contracts::Backend &backend, QWidget *parent = nullptr);

    void setRules(const contracts::TagRules &rules);
    /// What was answered, as one text.
    [[nodiscard]] QString answer() const;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void askSoon();
    void ask();
    void show(const contracts::PolicyPreview &preview);
    void showNothing(const QString &words);

    contracts::Backend &m_backend;
    contracts::TagRules m_rules;
    QBasicTimer m_soon;
    quint64 m_turn = 0;
    QLineEdit *m_current = nullptr;
    LinesEdit *m_tags = nullptr;
    FormField *m_currentField = nullptr;
    FormField *m_tagsField = nullptr;
    Label *m_chosen = nullptr;
    Chip *m_bump = nullptr;
    Label *m_words = nullptr;
    QPlainTextEdit *m_refused = nullptr;
};

} // namespace dockerauto::ui
