#pragma once

#include <QPushButton>

namespace dockerauto::ui {

enum class ButtonKind
{
    /// Filled; at most one in a row, the rightmost.
    Primary,
    Secondary,
    /// Outlined in red: rolls back, removes.
    Danger,
    /// Without frame until the pointer is on it.
    Ghost,
    /// Text in the accent colour.
    Link,
};

/// A button 32 px high. Without text it is a square icon button, and needs setLabel() for its tooltip and
/// accessible name.
class Button : public QPushButton
{
    Q_OBJECT

public:
    Button(ButtonKind kind, const QString &text, QWidget *parent = nullptr);
    Button(ButtonKind kind, const QString &icon, const QString &text, QWidget *parent = nullptr);
    /// A Ghost square with an icon only; `label` is its tooltip and accessible name.
    static Button *iconOnly(const QString &icon, const QString &label, QWidget *parent = nullptr);

    [[nodiscard]] ButtonKind kind() const { return m_kind; }
    void setKind(ButtonKind kind);
    /// Name of an icon; empty for none.
    void setIconName(const QString &icon);
    /// Tooltip and accessible name.
    void setLabel(const QString &label);
    /// A small triangle for a menu.
    void setOpensMenu(bool opens);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ButtonKind m_kind;
    QString m_icon;
    bool m_opensMenu = false;
};

} // namespace dockerauto::ui
