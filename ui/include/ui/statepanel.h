#pragma once

#include <ui/button.h>
#include <ui/theme.h>

#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;

namespace dockerauto::ui {

class Label;

struct StateAction
{
    QString text;
    QString icon = {};
    ButtonKind kind = ButtonKind::Secondary;
    std::function<void()> trigger = {};
};

struct StateContent
{
    QString icon;
    ThemeColor iconColor = &Theme::muted;
    QString title;
    QString text = {};
    std::vector<StateAction> actions = {};
};

/// What stands in place of a list that has nothing to show: empty, nothing matches, all up to date, an error,
/// no right to see. Centred; says what to do next.
class StatePanel : public QWidget
{
    Q_OBJECT

public:
    explicit StatePanel(QWidget *parent = nullptr);

    void setContent(const StateContent &content);
    [[nodiscard]] QString title() const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    class Picture;

    void fitTexts();

    Picture *m_picture = nullptr;
    Label *m_title = nullptr;
    Label *m_text = nullptr;
    QHBoxLayout *m_buttons = nullptr;
};

} // namespace dockerauto::ui
