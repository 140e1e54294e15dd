#include "formfield.h"

#include <ui/label.h>

#include <QVBoxLayout>

namespace dockerauto::ui {

FormField::FormField(const QString &title, QWidget *control, const QString &hint, QWidget *parent)
    : QWidget(parent)
    , m_control(control)
    , m_title(title)
    , m_hint(hint)
    , m_words(new Label(LabelRole::Secondary))
{
    m_words->setWrapping(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    if (!title.isEmpty()) {
        auto *name = new Label(LabelRole::Strong, title);
        name->setBuddy(control);
        layout->addWidget(name);
        if (control->accessibleName().isEmpty()) {
            control->setAccessibleName(title);
        }
    }
    layout->addWidget(control);
    layout->addWidget(m_words);
    showWords();
}

void FormField::setHint(const QString &hint)
{
    m_hint = hint;
    showWords();
}

void FormField::setError(const QString &error)
{
    m_error = error;
    showWords();
}

void FormField::showWords()
{
    const QString &words = m_error.isEmpty() ? m_hint : m_error;
    m_words->setColor(m_error.isEmpty() ? &Theme::text2 : &Theme::err);
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
    m_control->setAccessibleDescription(words);
}

} // namespace dockerauto::ui
