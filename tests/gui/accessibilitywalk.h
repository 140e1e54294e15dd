#pragma once

#include <QAccessible>
#include <QStringList>
#include <QWidget>

namespace dockerauto::test {

/// What can take the focus and has no name for those who do not see it: nobody could say what it is.
inline void collectNameless(QAccessibleInterface *object, QStringList &nameless)
{
    if (object == nullptr || !object->isValid()) {
        return;
    }
    const QAccessible::State state = object->state();
    if (state.focusable && !state.invisible && object->text(QAccessible::Name).isEmpty() &&
        object->text(QAccessible::Description).isEmpty()) {
        const QObject *real = object->object();
        nameless << QStringLiteral("%1 (%2)").arg(
            real == nullptr ? QStringLiteral("?") : QString::fromLatin1(real->metaObject()->className()),
            real == nullptr ? QString() : real->objectName());
    }
    for (int child = 0; child < object->childCount(); ++child) {
        // Cells of a view are asked for their texts by the models' own tests; some columns may be empty.
        if (object->role() != QAccessible::Tree && object->role() != QAccessible::Table &&
            object->role() != QAccessible::List) {
            collectNameless(object->child(child), nameless);
        }
    }
}

[[nodiscard]] inline QStringList namelessObjects(QWidget *page)
{
    QStringList nameless;
    collectNameless(QAccessible::queryAccessibleInterface(page), nameless);
    return nameless;
}

} // namespace dockerauto::test
