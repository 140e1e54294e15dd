#pragma once

#include <QString>
#include <QWidget>

class QVBoxLayout;

namespace dockerauto::ui {

class Label;

/// A control with its name above, and below it either a hint or what is wrong with it.
class FormField : public QWidget
{
    Q_OBJECT

public:
    /// The field owns the control, and names it for those who do not see it.
    FormField(const QString &title, QWidget *control, const QString &hint = {}, QWidget *parent = nullptr);

    [[nodiscard]] QWidget *control() const { return m_control; }
    void setHint(const QString &hint);
    /// Empty when nothing is wrong.
    void setError(const QString &error);
    [[nodiscard]] QString error() const { return m_error; }

private:
    void showWords();

    QWidget *m_control = nullptr;
    QString m_title;
    QString m_hint;
    QString m_error;
    Label *m_words = nullptr;
};

} // namespace dockerauto::ui
