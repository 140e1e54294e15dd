#include "confirmsheet.h"

#include <ui/card.h>
#include <ui/label.h>
#include <ui/theme.h>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace dockerauto::ui {

namespace {

constexpr int sheetWidth = 560;
constexpr int mostVisibleItems = 8;

QWidget *itemList(const std::vector<ConfirmItem> &items)
{
    auto *list = new QWidget;
    auto *grid = new QGridLayout(list);
    grid->setContentsMargins(16, 12, 16, 12);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const ConfirmItem &item : items) {
        grid->addWidget(new ElidedLabel(LabelRole::Strong, item.name), row, 0);
        if (!item.to.isEmpty()) {
            auto *from = new ElidedLabel(LabelRole::Mono, item.from);
            auto *arrow = new Label(LabelRole::Muted, QStringLiteral("→"));
            auto *to = new ElidedLabel(LabelRole::MonoStrong, item.to);
            grid->addWidget(from, row, 1);
            grid->addWidget(arrow, row, 2);
            grid->addWidget(to, row, 3);
        }
        ++row;
    }
    return list;
}

} // namespace

ConfirmSheet *ConfirmSheet::ask(
    QWidget *parent, const ConfirmQuestion &question, std::function<void()> confirmed)
{
    auto *sheet = new ConfirmSheet(parent, question);
    connect(sheet, &QDialog::accepted, parent, std::move(confirmed));
    sheet->open();
    return sheet;
}

ConfirmSheet::ConfirmSheet(QWidget *parent, const ConfirmQuestion &question) : QDialog(parent, Qt::Sheet)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("confirmSheet"));
    setWindowTitle(question.title);
    setAccessibleName(question.title);
    setAccessibleDescription(question.text);
    setMinimumWidth(sheetWidth);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);

    auto *title = new Label(LabelRole::SheetTitle, question.title);
    title->setWrapping(true);
    auto *text = new Label(LabelRole::Body, question.text);
    text->setColor(&Theme::text2);
    text->setWrapping(true);

    auto *content = new QVBoxLayout;
    content->setContentsMargins(24, 20, 24, 20);
    content->setSpacing(12);
    content->addWidget(title);
    content->addWidget(text);
    if (!question.items.empty()) {
        auto *card = new Card;
        auto *cardLayout = new QVBoxLayout(card);
        cardLayout->setContentsMargins(1, 1, 1, 1);
        QWidget *list = itemList(question.items);
        if (question.items.size() > mostVisibleItems) {
            auto *scroll = new QScrollArea;
            scroll->setFrameShape(QFrame::NoFrame);
            scroll->setWidgetResizable(true);
            scroll->setAccessibleName(tr("What this is about"));
            scroll->setWidget(list);
            scroll->setFixedHeight(mostVisibleItems * 28 + 12);
            cardLayout->addWidget(scroll);
        } else {
            cardLayout->addWidget(list);
        }
        content->addWidget(card);
    }

    auto *cancel = new Button(ButtonKind::Secondary, tr("Cancel"));
    auto *verb = new Button(question.kind, question.icon, question.verb);
    cancel->setObjectName(QStringLiteral("cancelButton"));
    verb->setObjectName(QStringLiteral("verbButton"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(verb, &QPushButton::clicked, this, &QDialog::accept);
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(24, 14, 24, 16);
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(verb);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->setSizeConstraint(QLayout::SetMinimumSize);
    layout->addLayout(content);
    layout->addStretch();
    layout->addWidget(line);
    layout->addLayout(buttons);
    cancel->setFocus();
}

} // namespace dockerauto::ui
