// ClipBuilding: makes the clips that are missing, and only those.
//
// A clip is kept when its name, its file and the recording it came from are the same.  What nobody
// says any more is deleted.  A recording replaces the synthetic voice: RECORDINGS/NAME.wav, or
// by key RECORDINGS/ja/survey/s1/text.wav.  A recording by key whose text has changed since is
// refused: it would say what the screen no longer shows.
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/voice/speech_source.h"

namespace machikoe {

struct ClipBuilding {
    std::set<Language> languages;      // to make
    std::filesystem::path recordings;  // empty: none
    unsigned threads = 1;
    std::function<void(std::size_t done, std::size_t all)> progress;
};

struct BuiltClips {
    std::size_t kept = 0, made = 0, recorded = 0, removed = 0;
    std::vector<std::string> doubts;  // "ja/…: read as …": readings the synthesiser did not keep
};

/// What was made before a failure stays and is found by the next attempt.  Invalid: a recording;
/// Unavailable: a synthesiser or the disk.
Result<BuiltClips> build_clips(const SpeechSource& source, const ClipBuilding& building);

}  // namespace machikoe
