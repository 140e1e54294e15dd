#pragma once

#include <ui/button.h>
#include <ui/chip.h>

#include <QWidget>

#include <vector>

class QHBoxLayout;
class QVBoxLayout;

namespace dockerauto::ui {

class Label;

/// A state that lasts, in words, on a tint, with at most a few buttons at the right
/// or links below. Kinds Ok, Warn, Err,
/// Update (information) and Neutral.
class Banner : public QWidget
{
    Q_OBJECT

public:
    explicit Banner(ChipKind kind, QWidget *parent = nullptr);

    /// `title` may be empty; it stands in bold above the text. `icon` empty: the kind's own.
    void setContent(ChipKind kind, const QString &title, const QString &text, const QString &icon = {});
    [[nodiscard]] ChipKind kind() const { return m_kind; }

    /// A button at the right; the banner owns it. Connect to its clicked().
    Button *addButton(const QString &text, const QString &icon = {});
    /// A button below the text, where it leaves the words their room; the banner owns it.
    Button *addAction(ButtonKind kind, const QString &text, const QString &icon = {});
    /// A quiet link below the text; the banner owns it. Links that have no room stand in a further line.
    Button *addLink(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Links;

    void makeRoomForActions();

    ChipKind m_kind;
    QString m_icon;
    Label *m_title = nullptr;
    Label *m_text = nullptr;
    QHBoxLayout *m_buttons = nullptr;
    QHBoxLayout *m_actions = nullptr;
    std::vector<Button *> m_actionButtons;
    Links *m_links = nullptr;
    QVBoxLayout *m_texts = nullptr;
};

} // namespace dockerauto::ui
