#pragma once

#include <ui/preferences.h>

#include <QDir>
#include <QString>

namespace dockerauto::test {

/// Draws updates that are watched, kept, undone and parked.
void drawAfterwards(const QDir &folder, ui::Appearance appearance, const QString &suffix, qreal scale = 1);

} // namespace dockerauto::test
