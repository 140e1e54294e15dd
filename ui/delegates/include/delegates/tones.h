#pragma once

#include <models/words.h>
#include <ui/chip.h>

namespace dockerauto::ui {

/// The look of a word with a tone.
[[nodiscard]] ChipKind chipKind(Tone tone);
[[nodiscard]] ChipContent chipOf(const Word &word);

} // namespace dockerauto::ui
