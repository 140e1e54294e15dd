#pragma once

#include <ui/chip.h>

#include <QAbstractButton>

namespace dockerauto::ui {

/// One page in the sidebar: icon, name and a number; in a narrow window the icon with the number on it.
class NavigationItem : public QAbstractButton
{
    Q_OBJECT

public:
    NavigationItem(const QString &icon, const QString &title, QWidget *parent = nullptr);

    void setCompact(bool compact);
    void setBadge(int count, ChipKind kind);
    [[nodiscard]] int badge() const { return m_badge; }
    void setShortcutText(const QString &shortcut);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void paintBadge(QPainter &painter) const;
    void describe();

    QString m_icon;
    QString m_shortcutText;
    int m_badge = 0;
    ChipKind m_badgeKind = ChipKind::Update;
    bool m_compact = false;
};

} // namespace dockerauto::ui
