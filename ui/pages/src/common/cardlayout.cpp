#include "cardlayout.h"

#include <ui/card.h>
#include <ui/label.h>

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace dockerauto::ui {

QVBoxLayout *cardLayout(Card *card, const QString &title, QWidget *right)
{
    auto *head = new QHBoxLayout;
    head->addWidget(new Label(LabelRole::Strong, title));
    head->addStretch();
    if (right != nullptr) {
        head->addWidget(right);
    }
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 12, 16, 14);
    layout->setSpacing(10);
    layout->addLayout(head);
    return layout;
}

} // namespace dockerauto::ui
