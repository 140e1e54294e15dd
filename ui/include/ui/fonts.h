#pragma once

#include <QFont>

namespace dockerauto::ui {

/// The text styles of the program. Sizes are points, so that they follow the font scale of the desktop.
enum class TextStyle
{
    /// 20 px semi-bold.
    PageTitle,
    /// 16 px semi-bold.
    SheetTitle,
    /// 13 px.
    Body,
    /// 13 px medium: buttons, navigation.
    Medium,
    /// 13 px semi-bold.
    Strong,
    /// 12 px.
    Small,
    /// 12 px medium: chips, table heads.
    SmallMedium,
    /// 12 px semi-bold.
    SmallStrong,
    /// 11 px: axes of charts, counters.
    Axis,
    /// 12 px JetBrains Mono: tags, digests, logs.
    Mono,
    MonoStrong,
};

/// Makes the bundled fonts known; ThemeController does it; only the first call works. False when one could
/// not be read.
bool loadFonts();

QFont font(TextStyle style);

} // namespace dockerauto::ui
