#pragma once

#include <ui/chip.h>
#include <ui/mainwindow.h>

#include <QWidget>

#include <map>

class QVBoxLayout;

namespace dockerauto::ui {

class BackendStatus;
class NavigationItem;
class ServerSwitcher;

/// The left edge of the window: name, server, pages, user. 216 pixels wide or, compact, 60.
class Sidebar : public QWidget
{
    Q_OBJECT

public:
    explicit Sidebar(BackendStatus &status, QWidget *parent = nullptr);

    /// In the order of calls; the settings stand apart at the end.
    void addPage(PageId id, const QString &icon, const QString &title, const QString &shortcut);
    void setCurrent(PageId id);
    void setBadge(PageId id, int count, ChipKind kind);
    void setCompact(bool compact);
    [[nodiscard]] bool isCompact() const { return m_compact; }

Q_SIGNALS:
    void pageChosen(dockerauto::ui::PageId id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class Brand;
    class User;

    Brand *m_brand = nullptr;
    ServerSwitcher *m_server = nullptr;
    QVBoxLayout *m_items = nullptr;
    User *m_user = nullptr;
    std::map<PageId, NavigationItem *> m_pages;
    /// Of the pages before the settings.
    QWidget *m_lastItem = nullptr;
    bool m_compact = false;
};

} // namespace dockerauto::ui
