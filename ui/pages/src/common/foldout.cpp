#include "foldout.h"

#include <QVBoxLayout>

namespace dockerauto::ui {

Foldout::Foldout(const QString &title, QWidget *content, QWidget *parent)
    : QWidget(parent)
    , m_button(new Button(ButtonKind::Link, QStringLiteral("chevron-down"), title))
    , m_content(content)
{
    m_button->setObjectName(QStringLiteral("foldButton"));
    m_button->setCheckable(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_button, 0, Qt::AlignLeft);
    column->addWidget(m_content);
    m_content->hide();
    connect(m_button, &QPushButton::toggled, this, [this](bool open) {
        m_content->setVisible(open);
        m_button->setIconName(open ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"));
    });
}

void Foldout::setOpen(bool open)
{
    m_button->setChecked(open);
}

} // namespace dockerauto::ui
