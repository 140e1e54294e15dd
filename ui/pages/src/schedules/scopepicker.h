#pragma once

#include <contracts/policies.h>

#include <QWidget>

class QComboBox;

namespace dockerauto::ui {

class Directory;
class Label;
class SuggestField;

/// Which containers something is about, and which ones those are now.
class ScopePicker : public QWidget
{
    Q_OBJECT

public:
    /// The directory must outlive this.
    explicit ScopePicker(const Directory &directory, QWidget *parent = nullptr);

    [[nodiscard]] contracts::Scope scope() const;
    void setScope(const contracts::Scope &scope);
    /// `4 containers: gitea, …`
    [[nodiscard]] QString coverage() const;

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] core::ScopeKind kind() const;
    void offer();
    void showCoverage();

    const Directory &m_directory;
    QComboBox *m_kind = nullptr;
    SuggestField *m_value = nullptr;
    Label *m_coverage = nullptr;
};

} // namespace dockerauto::ui
