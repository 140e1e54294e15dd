#include "serverswitcher.h"

#include "backendstatus.h"

#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>

#include <QMenu>
#include <QPainter>

namespace dockerauto::ui {

namespace {

enum class Light
{
    Green,
    Amber,
    Red
};

Light lightOf(const BackendStatus &status)
{
    switch (status.connection()) {
    case BackendStatus::Connection::Connecting:
        return Light::Amber;
    case BackendStatus::Connection::Disconnected:
        return Light::Red;
    case BackendStatus::Connection::Connected:
        break;
    }
    return status.unreachableHost() != nullptr ? Light::Red : Light::Green;
}

QString lightText(const BackendStatus &status)
{
    switch (status.connection()) {
    case BackendStatus::Connection::Connecting:
        return ServerSwitcher::tr("connecting");
    case BackendStatus::Connection::Disconnected:
        return ServerSwitcher::tr("not connected");
    case BackendStatus::Connection::Connected:
        break;
    }
    return status.unreachableHost() != nullptr ? ServerSwitcher::tr("Docker does not answer")
                                               : ServerSwitcher::tr("connected");
}

QColor colorOf(const Theme &theme, Light light)
{
    switch (light) {
    case Light::Green:
        return theme.okFill;
    case Light::Amber:
        return theme.warnFill;
    case Light::Red:
        break;
    }
    return theme.errFill;
}

QString hostLine(const contracts::Host &host)
{
    switch (host.state) {
    case core::HostState::Connected:
        return host.engineVersion.isEmpty()
                   ? ServerSwitcher::tr("%1 · %n container(s)", nullptr, host.containers).arg(host.address)
                   : ServerSwitcher::tr("Docker %1 on %2 · %n container(s)", nullptr, host.containers)
                         .arg(host.engineVersion, host.address);
    case core::HostState::Connecting:
        return ServerSwitcher::tr("%1 · connecting").arg(host.address);
    case core::HostState::Unreachable:
        break;
    }
    return ServerSwitcher::tr("%1 · does not answer").arg(host.address);
}

} // namespace

ServerSwitcher::ServerSwitcher(BackendStatus &status, QWidget *parent)
    : QAbstractButton(parent), m_status(status)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&status, &BackendStatus::changed, this, &ServerSwitcher::describe);
    connect(this, &QAbstractButton::clicked, this, &ServerSwitcher::openMenu);
    describe();
}

void ServerSwitcher::setCompact(bool compact)
{
    m_compact = compact;
    update();
}

QSize ServerSwitcher::sizeHint() const
{
    return {44, 48};
}

void ServerSwitcher::describe()
{
    setAccessibleName(
        tr("Server %1, %2, %3").arg(m_status.serverTitle(), m_status.serverPlace(), lightText(m_status)));
    setToolTip(tr("%1 (%2): %3").arg(m_status.serverTitle(), m_status.serverPlace(), lightText(m_status)));
    update();
}

void ServerSwitcher::openMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *here = menu->addAction(icons::icon(QStringLiteral("server")),
        tr("%1 (%2)").arg(m_status.serverTitle(), m_status.serverPlace()));
    here->setEnabled(false);
    menu->addSeparator();
    for (const contracts::Host &host : m_status.hosts()) {
        const bool answers = host.state == core::HostState::Connected;
        QAction *line = menu->addAction(answers ? icons::icon(QStringLiteral("circle-check"), &Theme::ok)
                                                : icons::icon(QStringLiteral("plug-zap"), &Theme::warn),
            hostLine(host));
        line->setEnabled(false);
    }
    if (m_status.unreachableHost() != nullptr) {
        menu->addSeparator();
        QAction *again =
            menu->addAction(icons::icon(QStringLiteral("refresh-cw")), tr("Try the connection again"));
        connect(again, &QAction::triggered, &m_status, &BackendStatus::tryHostsAgain);
    }
    menu->popup(mapToGlobal(QPoint(0, height() + 4)));
}

void ServerSwitcher::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = themeOf(this);
    const QRectF box(rect());
    const QColor ground = underMouse() ? theme.surface : theme.window;
    painting::roundedBox(painter, box, 8, ground, theme.border);

    const qreal left = m_compact ? (width() - 18) / 2.0 : 12;
    const QRectF picture(left, (height() - 18) / 2.0, 18, 18);
    icons::paint(painter, picture, QStringLiteral("server"), theme.text2);
    const QPointF light(picture.right() - 1, picture.bottom() - 1);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawEllipse(light, 4.5, 4.5);
    painter.setBrush(colorOf(theme, lightOf(m_status)));
    painter.drawEllipse(light, 3, 3);

    if (!m_compact) {
        const QRectF text(41, 6, width() - 41 - 34, height() - 12);
        painting::elidedText(painter, QRectF(text.left(), 7, text.width(), 18), m_status.serverTitle(),
            ui::font(TextStyle::Strong), theme.text);
        painting::elidedText(painter, QRectF(text.left(), 24, text.width(), 17), m_status.serverPlace(),
            ui::font(TextStyle::Small), theme.muted);
        icons::paint(painter, QRectF(width() - 26, (height() - 16) / 2.0, 16, 16),
            QStringLiteral("chevrons-up-down"), theme.text2);
    }
    if (painting::showsFocus(*this))
        painting::focusRing(painter, box, 8, theme);
}

} // namespace dockerauto::ui
