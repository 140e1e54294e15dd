#include <ui/banner.h>
#include <ui/icons.h>
#include <ui/label.h>
#include <ui/painting.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <vector>

namespace dockerauto::ui {

namespace {

constexpr int iconSize = 18;
constexpr int side = 14;

} // namespace

/// Links side by side, in as many lines as the width needs.
class Banner::Links : public QWidget
{
public:
    Links()
    {
        QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
    }

    void add(Button *link)
    {
        link->setParent(this);
        link->installEventFilter(this);
        m_links.push_back(link);
    }

    [[nodiscard]] int heightForWidth(int width) const override { return arrange(width, Arrange::Measure); }
    [[nodiscard]] QSize sizeHint() const override
    {
        int width = 0;
        for (const Button *link : m_links) {
            width += link->isVisibleTo(this) ? link->sizeHint().width() + distance : 0;
        }
        return {width, linkHeight};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, heightForWidth(qMax(width(), 120))}; }

protected:
    void resizeEvent(QResizeEvent * /*event*/) override { arrange(width(), Arrange::Place); }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent ||
            event->type() == QEvent::LayoutRequest || event->type() == QEvent::DynamicPropertyChange) {
            relayout();
        }
        return QWidget::eventFilter(watched, event);
    }
    bool event(QEvent *event) override
    {
        // Posted when the text of a link has another width.
        if (event->type() == QEvent::LayoutRequest) {
            relayout();
        }
        return QWidget::event(event);
    }

private:
    enum class Arrange
    {
        Measure,
        Place
    };
    static constexpr int linkHeight = 24;
    static constexpr int distance = 4;
    /// Links have some room around their words; the first stands under the text.
    static constexpr int indent = -6;

    void relayout()
    {
        updateGeometry();
        arrange(width(), Arrange::Place);
    }

    int arrange(int width, Arrange what) const
    {
        int left = indent;
        int top = 0;
        for (Button *link : m_links) {
            if (!link->isVisibleTo(this)) {
                continue;
            }
            const int needed = link->sizeHint().width();
            if (left > indent && left + needed > width) {
                left = indent;
                top += linkHeight;
            }
            if (what == Arrange::Place) {
                link->setGeometry(left, top, needed, linkHeight);
            }
            left += needed + distance;
        }
        return top + linkHeight;
    }

    std::vector<Button *> m_links;
};

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

    m_texts = new QVBoxLayout;
    m_texts->setSpacing(2);
    m_texts->addWidget(m_title);
    m_texts->addWidget(m_text);
    m_buttons->setSpacing(8);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(side + iconSize + 10, 9, 10, 9);
    row->setSpacing(16);
    row->addLayout(m_texts, 1);
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

Button *Banner::addAction(ButtonKind kind, const QString &text, const QString &icon)
{
    auto *button = new Button(kind, icon, text, this);
    if (m_actions == nullptr) {
        m_actions = new QHBoxLayout;
        m_actions->setSpacing(8);
        // A layout with hidden widgets alone would hold the words above it to its own width, which is none.
        m_actions->addStretch(1);
        m_texts->addLayout(m_actions);
    }
    m_actions->insertWidget(m_actions->count() - 1, button);
    m_actionButtons.push_back(button);
    button->installEventFilter(this);
    makeRoomForActions();
    return button;
}

void Banner::makeRoomForActions()
{
    const bool some =
        std::ranges::any_of(m_actionButtons, [](const Button *button) { return !button->isHidden(); });
    m_actions->setContentsMargins(0, some ? 8 : 0, 0, some ? 4 : 0);
}

bool Banner::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent) {
        makeRoomForActions();
    }
    return QWidget::eventFilter(watched, event);
}

Button *Banner::addLink(const QString &text)
{
    auto *link = new Button(ButtonKind::Link, text);
    if (m_links == nullptr) {
        m_links = new Links;
        m_texts->addWidget(m_links);
    }
    m_links->add(link);
    return link;
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
    const bool single = !m_title->isVisibleTo(this) && m_links == nullptr &&
                        m_text->heightForWidth(m_text->width()) < 2 * lineHeight;
    icons::paint(painter, QRectF(side, single ? middle : top, iconSize, iconSize),
        m_icon.isEmpty() ? chipIcon(m_kind) : m_icon, colors.text);
}

} // namespace dockerauto::ui
