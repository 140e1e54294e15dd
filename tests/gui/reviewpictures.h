#pragma once

#include <ui/preferences.h>

#include <QDir>
#include <QString>

namespace dockerauto::test {

/// Draws what an update would do before it begins, in its states.
void drawReviews(const QDir &folder, ui::Appearance appearance, const QString &suffix, qreal scale = 1);

} // namespace dockerauto::test
