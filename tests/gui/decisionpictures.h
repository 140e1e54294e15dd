#pragma once

#include <ui/preferences.h>

#include <QDir>
#include <QString>

namespace dockerauto::test {

/// Draws what is held back and why, what would change, rules and approvals.
void drawDecisions(const QDir &folder, ui::Appearance appearance, const QString &suffix, qreal scale = 1);
/// The same with little room, while it loads, and when it fails.
void drawDecisionVariants(const QDir &folder);

} // namespace dockerauto::test
