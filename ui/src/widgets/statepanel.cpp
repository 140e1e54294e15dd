#include <ui/icons.h>
#include <ui/label.h>
#include <ui/statepanel.h>

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int pictureSize = 36;
constexpr int textWidth = 320;
constexpr int smallestTextWidth = 160;

} // namespace

class StatePanel::Picture : public QWidget
{
public:
    using QWidget::QWidget;

    void set(const QString &icon, ThemeColor color)
    {
        m_icon = icon;
        m_color = color;
        update();
    }

    [[nodiscard]] QSize sizeHint() const override { return {pictureSize, pictureSize}; }

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        icons::paint(painter, QRectF(0, 0, pictureSize, pictureSize), m_icon, themeOf(this).*m_color);
    }

private:
    QString m_icon;
    ThemeColor m_color = &Theme::muted;
};

StatePanel::StatePanel(QWidget *parent)
    : QWidget(parent)
    , m_picture(new Picture)
    , m_title(new Label(LabelRole::SheetTitle))
    , m_text(new Label(LabelRole::Body))
    , m_buttons(new QHBoxLayout)
{
    m_picture->setFixedSize(pictureSize, pictureSize);
    m_title->setAlignment(Qt::AlignHCenter);
    m_title->setWrapping(true);
    m_text->setAlignment(Qt::AlignHCenter);
    m_text->setWrapping(true);
    m_text->setColor(&Theme::text2);
    m_buttons->setSpacing(8);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 24, 16, 24);
    column->setSpacing(0);
    column->addStretch(1);
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    column->addSpacing(12);
    column->addWidget(m_title, 0, Qt::AlignHCenter);
    column->addSpacing(6);
    column->addWidget(m_text, 0, Qt::AlignHCenter);
    column->addSpacing(16);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addLayout(m_buttons);
    row->addStretch(1);
    column->addLayout(row);
    column->addStretch(1);
}

void StatePanel::setContent(const StateContent &content)
{
    m_picture->set(content.icon, content.iconColor);
    m_title->setText(content.title);
    m_text->setText(content.text);
    m_text->setVisible(!content.text.isEmpty());
    fitTexts();
    setAccessibleName(content.title);
    setAccessibleDescription(content.text);

    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        // Not at once: the content may change in the handler of the very button.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const StateAction &action : content.actions) {
        auto *button = new Button(action.kind, action.icon, action.text, this);
        m_buttons->addWidget(button);
        button->show();
        if (action.trigger)
            connect(button, &QPushButton::clicked, this, action.trigger);
    }
}

void StatePanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitTexts();
}

void StatePanel::fitTexts()
{
    // With an alignment a wrapped label gets a narrow column and clips: its size is given instead.
    const int room = qMax(smallestTextWidth, width() - 32);
    for (const auto &[label, widest] : {std::pair{m_title, textWidth + 60}, std::pair{m_text, textWidth}}) {
        const int labelWidth = qMin(room, widest);
        // A label without text has no height of its own.
        label->setFixedSize(labelWidth, qMax(0, label->heightForWidth(labelWidth)));
    }
}

QString StatePanel::title() const
{
    return m_title->text();
}

} // namespace dockerauto::ui
