#include <delegates/tones.h>

namespace dockerauto::ui {

ChipKind chipKind(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return ChipKind::Ok;
    case Tone::Attention:
        return ChipKind::Warn;
    case Tone::Bad:
        return ChipKind::Err;
    case Tone::BadStrong:
        return ChipKind::ErrSolid;
    case Tone::News:
        return ChipKind::Update;
    case Tone::Quiet:
        return ChipKind::Neutral;
    }
    return ChipKind::Neutral;
}

ChipContent chipOf(const Word &word)
{
    return {chipKind(word.tone), word.text, word.icon};
}

} // namespace dockerauto::ui
