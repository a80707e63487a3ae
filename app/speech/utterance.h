// Utterance: what is to be said at once, as a list of clips.
//
// A clip is an Ogg Opus file, or samples in memory for what was typed a moment ago.  Nobody here
// knows which words are in it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "app/base/clock.h"

namespace machikoe {

/// One channel, -1 … 1; 8,000 to 96,000 samples a second.
struct Pcm {
    std::vector<float> samples;
    int rate = 48'000;
};

using SpeechClip = std::variant<std::filesystem::path, Pcm>;

/// Private is what a resident typed or answered: never from a loudspeaker (EN 301 549 5.1.3.9).
enum class Privacy { Public, Private };

struct Utterance {
    std::string id;  // the caller's name for it, told back with the progress
    std::vector<SpeechClip> clips;
    Privacy privacy = Privacy::Public;
};

/// More clips than this are not said: see Speaker::say().
inline constexpr std::size_t kMostClips = 4'000;

/// A place inside an utterance.  The position is that of the clip itself: at 200 % it grows by two
/// seconds in one.
struct SpeechPoint {
    std::size_t clip = 0;
    Milliseconds position{0};

    bool operator==(const SpeechPoint&) const = default;
};

}  // namespace machikoe
