#include <ui/button.h>
#include <ui/icons.h>
#include <ui/label.h>
#include <ui/painting.h>
#include <ui/toast.h>

#include <QHBoxLayout>
#include <QPainter>
#include <QTimerEvent>

namespace dockerauto::ui {

namespace {

constexpr int shortTime = 4000;
constexpr int timeToAct = 8000;
constexpr int distance = 20;

} // namespace

void Toast::show(QWidget *page, const ToastContent &content)
{
    const QList<Toast *> earlier = page->window()->findChildren<Toast *>();
    for (Toast *toast : earlier) {
        toast->hide();
        toast->deleteLater();
    }
    auto *toast = new Toast(page, content);
    toast->place();
    toast->QWidget::show();
    toast->raise();
}

Toast::Toast(QWidget *page, const ToastContent &content) : QWidget(page), m_icon(content.icon)
{
    setAccessibleName(content.text);
    auto *text = new Label(LabelRole::Body, content.text);
    text->setColor(&Theme::tooltipText);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(content.icon.isEmpty() ? 16 : 40, 6, content.action.isEmpty() ? 16 : 6, 6);
    row->setSpacing(12);
    row->addWidget(text);
    setMinimumHeight(40);
    if (!content.action.isEmpty()) {
        auto *button = new Button(ButtonKind::Secondary, content.action);
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, trigger = content.trigger] {
            hide();
            deleteLater();
            if (trigger)
                trigger();
        });
    }
    page->installEventFilter(this);
    m_timer.start(content.action.isEmpty() ? shortTime : timeToAct, this);
}

void Toast::place()
{
    const QWidget *page = parentWidget();
    adjustSize();
    resize(qMin(width(), page->width() - 2 * distance), height());
    move((page->width() - width()) / 2, page->height() - height() - distance);
}

void Toast::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painting::roundedBox(painter, rect(), 8, theme.tooltipBg, theme.dark ? theme.buttonBorder : QColor());
    if (!m_icon.isEmpty())
        icons::paint(painter, QRectF(14, (height() - 16) / 2.0, 16, 16), m_icon, theme.tooltipText);
}

void Toast::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    // Who reads or is about to press the button gets the time for it.
    if (underMouse() || (focusWidget() != nullptr && focusWidget()->hasFocus()))
        return;
    m_timer.stop();
    hide();
    deleteLater();
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        place();
    return QWidget::eventFilter(watched, event);
}

} // namespace dockerauto::ui
