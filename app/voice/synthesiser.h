// Synthesiser: a text made into sound by a program of Debian, where clips are made.
//
// Open JTalk with the voice "NIT ATR503 M001" for Japanese, flite with "slt" for English; the
// other languages have no voice that can be offered, only recordings.  The same text gives the same
// samples.  Any thread; each call has a folder of its own.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/voice/sound_clip.h"
#include "app/voice/spoken.h"

namespace machikoe {

/// Part of a clip's name: another voice, or the same one set otherwise, makes other clips.
struct Voice {
    std::string_view id;  // "open-jtalk-1.11/nitech-atr503-m001"
    std::string_view parameters;
};
/// "recorded" for a language without a synthetic voice.
Voice voice_of(Language language);
bool has_synthetic_voice(Language language);

/// Whether what this language needs is installed.  Unavailable: names the packages.
Status find_synthesiser(Language language);

struct Synthesised {
    Sound sound;                      // trimmed, not yet levelled
    std::vector<std::string> doubts;  // pieces that are read otherwise than they should be
};
/// Text and sound pass through files in a folder of its own within `work`, gone at the end.
/// Unavailable: the program failed.  REQUIRES: has_synthetic_voice(language).
Result<Synthesised> synthesise(
    const Spoken& spoken, Language language,
    const std::filesystem::path& work = std::filesystem::temp_directory_path());

}  // namespace machikoe
