#pragma once

#include <core/error.h>
#include <ui/button.h>

#include <QDialog>
#include <QString>

#include <vector>

class QHBoxLayout;
class QScrollArea;
class QVBoxLayout;

namespace dockerauto::ui {

class Banner;
class FormField;
class Label;

/// A sheet that asks for several things at once: fields that scroll, what went wrong, Cancel and a verb. What
/// the backend refuses is shown at the field it names, all else above the buttons, to be copied. Stays open
/// until the backend has taken it. Deletes itself.
class FormSheet : public QDialog
{
    Q_OBJECT

public:
    /// In pixels.
    static constexpr int usualWidth = 560;

    [[nodiscard]] QString errorText() const;

protected:
    FormSheet(QWidget *parent, const QString &title, const QString &verb);

    /// Where fields and anything else go, from top to bottom.
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }
    /// `path`: the field of the request that the control is for, `times/start`.
    FormField *addField(
        const QString &path, const QString &title, QWidget *control, const QString &hint = {});
    /// The field shows errors of `path` and of what is below it.
    void nameField(const QString &path, FormField *field);
    void setTitle(const QString &title);
    void setVerb(const QString &verb);
    /// At the left of the row with the verb.
    void addSideButton(Button *button);
    void setLead(const QString &text);
    /// To be called once, after all fields are there.
    void finishLayout(QWidget *firstFocus);

    /// The person pressed the verb: send the request.
    virtual void submit() = 0;
    void setBusy(bool busy);
    void clearErrors();
    /// Ends being busy.
    void showError(const core::Error &error);
    [[nodiscard]] Button *verbButton() const { return m_verb; }
    [[nodiscard]] Button *cancelButton() const { return m_cancel; }
    /// As high as the fields need, within the window it belongs to.
    void fitHeight();

    void keyPressEvent(QKeyEvent *event) override;

private:
    struct NamedField
    {
        QString path;
        FormField *field = nullptr;
    };
    [[nodiscard]] FormField *fieldFor(const QString &path) const;
    void trySubmit();

    Label *m_title = nullptr;
    Label *m_lead = nullptr;
    QVBoxLayout *m_body = nullptr;
    QWidget *m_content = nullptr;
    QScrollArea *m_scroll = nullptr;
    Banner *m_error = nullptr;
    QHBoxLayout *m_buttons = nullptr;
    Button *m_cancel = nullptr;
    Button *m_verb = nullptr;
    QString m_errorText;
    QString m_copyText;
    std::vector<NamedField> m_fields;
};

/// For a report: the message, its kind, and the field it names.
[[nodiscard]] QString reportOf(const core::Error &error);

} // namespace dockerauto::ui
