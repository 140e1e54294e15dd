#pragma once

#include <QBasicTimer>
#include <QString>
#include <QWidget>

#include <functional>

namespace dockerauto::ui {

struct ToastContent
{
    QString text;
    QString icon = {};
    /// Text of a button, for example Undo; empty for none.
    QString action = {};
    std::function<void()> trigger = {};
};

/// A short notice at the bottom centre of a page. At most one at a time in a window; goes by itself after 4
/// s, with a button after 8 s, and not while the pointer or the focus is on it.
class Toast : public QWidget
{
    Q_OBJECT

public:
    /// Shows over `page`, in place of any toast that is there.
    static void show(QWidget *page, const ToastContent &content);

protected:
    void paintEvent(QPaintEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Toast(QWidget *page, const ToastContent &content);
    void place();

    QBasicTimer m_timer;
    QString m_icon;
};

} // namespace dockerauto::ui
