#include "sidebar.h"

#include "backendstatus.h"
#include "navigationitem.h"
#include "serverswitcher.h"

#include <ui/fonts.h>
#include <ui/icons.h>
#include <ui/painting.h>

#include <QPainter>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int wideWidth = 216;
constexpr int compactWidth = 60;

} // namespace

class Sidebar::Brand : public QWidget
{
public:
    explicit Brand(QWidget *parent) : QWidget(parent) { setFixedHeight(26); }

    bool compact = false;

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        const qreal left = compact ? (width() - 24) / 2.0 : 12;
        painting::roundedBox(painter, QRectF(left, 1, 24, 24), 6, theme.accentFill);
        icons::paint(painter, QRectF(left + 4, 5, 16, 16), QStringLiteral("container"), theme.onAccent);
        if (compact)
            return;
        QFont name = ui::font(TextStyle::Strong);
        name.setPointSizeF(11.25);
        painting::elidedText(painter, QRectF(left + 33, 0, width() - left - 33, height()),
            QStringLiteral("Docker Auto"), name, theme.text);
    }
};

class Sidebar::User : public QWidget
{
public:
    User(BackendStatus &status, QWidget *parent) : QWidget(parent), m_status(status)
    {
        setFixedHeight(40);
        describe();
    }

    void describe()
    {
        setAccessibleName(Sidebar::tr("Signed in as %1, %2").arg(m_status.userName(), m_status.userRole()));
        setToolTip(accessibleName());
        update();
    }

    bool compact = false;

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        const qreal left = compact ? (width() - 28) / 2.0 : 10;
        const QRectF picture(left, (height() - 28) / 2.0, 28, 28);
        painting::roundedBox(painter, picture, 14, theme.accentFill);
        painter.setFont(ui::font(TextStyle::SmallStrong));
        painter.setPen(theme.onAccent);
        painter.drawText(picture, Qt::AlignCenter, m_status.userName().left(1).toUpper());
        if (compact)
            return;
        const qreal textLeft = picture.right() + 8;
        const qreal room = width() - textLeft - 8;
        painting::elidedText(painter, QRectF(textLeft, 3, room, 18), m_status.userName(),
            ui::font(TextStyle::Strong), theme.text);
        painting::elidedText(painter, QRectF(textLeft, 19, room, 17), m_status.userRole(),
            ui::font(TextStyle::Small), theme.muted);
    }

private:
    BackendStatus &m_status;
};

Sidebar::Sidebar(BackendStatus &status, QWidget *parent)
    : QWidget(parent)
    , m_brand(new Brand(this))
    , m_server(new ServerSwitcher(status))
    , m_items(new QVBoxLayout)
    , m_user(new User(status, this))
{
    setFixedWidth(wideWidth);
    setAccessibleName(tr("Pages"));
    m_server->setObjectName(QStringLiteral("server"));
    m_items->setSpacing(2);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 13, 9, 10);
    column->setSpacing(0);
    column->addWidget(m_brand);
    column->addSpacing(9);
    column->addWidget(m_server);
    column->addSpacing(12);
    column->addLayout(m_items);
    column->addStretch(1);
    column->addWidget(m_user);
    connect(&status, &BackendStatus::changed, this, [this] { m_user->describe(); });
}

void Sidebar::addPage(PageId id, const QString &icon, const QString &title, const QString &shortcut)
{
    auto *item = new NavigationItem(icon, title, this);
    item->setShortcutText(shortcut);
    item->setCompact(m_compact);
    connect(item, &QAbstractButton::clicked, this, [this, id] { Q_EMIT pageChosen(id); });
    const auto settings = m_pages.find(PageId::Settings);
    const bool settingsAreLast = settings != m_pages.end();
    if (id == PageId::Settings) {
        m_items->addSpacing(12);
        m_items->addWidget(item);
    } else {
        m_items->insertWidget(settingsAreLast ? m_items->count() - 2 : m_items->count(), item);
    }
    // Tab goes from top to bottom, whatever was made first.
    setTabOrder(m_lastItem != nullptr ? m_lastItem : m_server, item);
    if (settingsAreLast)
        setTabOrder(item, settings->second);
    if (id != PageId::Settings)
        m_lastItem = item;
    m_pages[id] = item;
}

void Sidebar::setCurrent(PageId id)
{
    if (const auto item = m_pages.find(id); item != m_pages.end())
        item->second->setChecked(true);
}

void Sidebar::setBadge(PageId id, int count, ChipKind kind)
{
    if (const auto item = m_pages.find(id); item != m_pages.end())
        item->second->setBadge(count, kind);
}

void Sidebar::setCompact(bool compact)
{
    if (compact == m_compact)
        return;
    m_compact = compact;
    setFixedWidth(compact ? compactWidth : wideWidth);
    m_brand->compact = compact;
    m_user->compact = compact;
    m_server->setCompact(compact);
    for (const auto &[id, item] : m_pages)
        item->setCompact(compact);
}

void Sidebar::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    painter.fillRect(rect(), theme.sidebar);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), theme.border);
}

} // namespace dockerauto::ui
