#include "pageheader.h"

#include <ui/label.h>

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace dockerauto::ui {

PageHeader::PageHeader(const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_sentence(new ElidedLabel(LabelRole::Body))
    , m_buttons(new QHBoxLayout)
    , m_filters(new QHBoxLayout)
{
    m_sentence->setObjectName(QStringLiteral("statusSentence"));
    m_sentence->setColor(&Theme::text2);
    // Texts in Chinese are taller: with a height of its own the head does not jump.
    auto *titleLabel = new Label(LabelRole::PageTitle, title);
    titleLabel->setFixedHeight(26);
    m_sentence->setFixedHeight(20);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(titleLabel);
    texts->addWidget(m_sentence);
    m_buttons->setSpacing(8);
    auto *top = new QHBoxLayout;
    top->setSpacing(16);
    top->addLayout(texts, 1);
    top->addLayout(m_buttons);
    m_filters->setSpacing(8);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 18, 24, 12);
    layout->setSpacing(11);
    layout->addLayout(top);
    layout->addLayout(m_filters);
}

void PageHeader::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
}

QString PageHeader::sentence() const
{
    return m_sentence->text();
}

void PageHeader::addButton(QWidget *button)
{
    m_buttons->addWidget(button, 0, Qt::AlignVCenter);
}

} // namespace dockerauto::ui
