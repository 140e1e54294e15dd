#include <ui/banner.h>
#include <ui/icons.h>
#include <ui/label.h>
#include <ui/painting.h>

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int iconSize = 18;
constexpr int side = 14;

} // namespace

Banner::Banner(ChipKind kind, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_title(new Label(LabelRole::Strong))
    , m_text(new Label(LabelRole::Body))
    , m_buttons(new QHBoxLayout)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_text->setWrapping(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setWrapping(true);
    m_title->hide();

    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_title);
    texts->addWidget(m_text);
    m_buttons->setSpacing(8);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(side + iconSize + 10, 9, 10, 9);
    row->setSpacing(16);
    row->addLayout(texts, 1);
    row->addLayout(m_buttons);
    setMinimumHeight(42);
}

void Banner::setContent(ChipKind kind, const QString &title, const QString &text, const QString &icon)
{
    m_kind = kind;
    m_icon = icon;
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_text->setColor(title.isEmpty() ? &Theme::text : &Theme::text2);
    setAccessibleName(title.isEmpty() ? text : title + QStringLiteral(". ") + text);
    updateGeometry();
    update();
}

Button *Banner::addButton(const QString &text, const QString &icon)
{
    auto *button = new Button(ButtonKind::Secondary, icon, text, this);
    m_buttons->addWidget(button, 0, Qt::AlignVCenter);
    return button;
}

void Banner::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const ChipColors colors = chipColors(themeOf(this), m_kind);
    painting::roundedBox(painter, rect(), 8, colors.background);
    const Label *first = m_title->isVisibleTo(this) ? m_title : m_text;
    const int lineHeight = first->fontMetrics().height();
    const qreal top = first->y() + qMin(first->height(), lineHeight) / 2.0 - iconSize / 2.0;
    const qreal middle = (height() - iconSize) / 2.0;
    // Beside one line in the middle, beside several at the first.
    const bool single =
        !m_title->isVisibleTo(this) && m_text->heightForWidth(m_text->width()) < 2 * lineHeight;
    icons::paint(painter, QRectF(side, single ? middle : top, iconSize, iconSize),
        m_icon.isEmpty() ? chipIcon(m_kind) : m_icon, colors.text);
}

} // namespace dockerauto::ui
