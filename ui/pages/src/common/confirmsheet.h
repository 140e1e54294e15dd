#pragma once

#include <ui/button.h>

#include <QDialog>
#include <QString>

#include <functional>
#include <vector>

namespace dockerauto::ui {

/// One object that a question is about.
struct ConfirmItem
{
    QString name;
    /// What is and what will be; both may be empty.
    QString from = {};
    QString to = {};
};

struct ConfirmQuestion
{
    /// The question itself.
    QString title;
    /// What will happen.
    QString text;
    std::vector<ConfirmItem> items = {};
    /// A verb: what the button says.
    QString verb;
    QString icon = {};
    ButtonKind kind = ButtonKind::Primary;
};

/// Asks before something that cannot be taken back, naming what it is about. Cancel has the focus. Deletes
/// itself; `confirmed` is called at most once.
class ConfirmSheet : public QDialog
{
    Q_OBJECT

public:
    static ConfirmSheet *ask(
        QWidget *parent, const ConfirmQuestion &question, std::function<void()> confirmed);

private:
    ConfirmSheet(QWidget *parent, const ConfirmQuestion &question);
};

} // namespace dockerauto::ui
