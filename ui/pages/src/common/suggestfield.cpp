#include "suggestfield.h"

#include <ui/icons.h>

#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>

namespace dockerauto::ui {

SuggestField::SuggestField(QWidget *parent) : QLineEdit(parent), m_suggestions(new QStringListModel(this))
{
    setFixedHeight(32);
    auto *completer = new QCompleter(m_suggestions, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->setMaxVisibleItems(10);
    completer->popup()->setAccessibleName(tr("Suggestions"));
    setCompleter(completer);
    auto *all = addAction(icons::icon(QStringLiteral("chevron-down")), QLineEdit::TrailingPosition);
    all->setText(tr("Show all"));
    connect(all, &QAction::triggered, this, &SuggestField::showAll);
}

void SuggestField::setSuggestions(const QStringList &suggestions)
{
    if (m_suggestions->stringList() != suggestions) {
        m_suggestions->setStringList(suggestions);
    }
}

void SuggestField::showAll()
{
    setFocus();
    completer()->setCompletionPrefix({});
    completer()->complete();
}

void SuggestField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down && !completer()->popup()->isVisible()) {
        showAll();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace dockerauto::ui
