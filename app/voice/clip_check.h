// ClipCheck: whether every prompt of a language has a clip that can be heard.
//
// Every file is opened and listened to: its bytes are those of the index, it decodes, it is
// about as loud as it should be and about as long as its text.  No synthesiser is needed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/voice/speech_source.h"

namespace machikoe {

struct ClipFault {
    std::string language;  // whose speech it spoils
    std::string what;      // "missing", "damaged", "silent", "orphaned", …
    std::string key;       // "survey/s1/text"
    std::string text;
    std::string clip;
};
/// `ja/survey/s1/text: missing: "…" (NAME)`
std::string to_string(const ClipFault& fault);

struct SpokenTotals {
    std::size_t prompts = 0, clips = 0, recorded = 0;
    double seconds = 0;
    std::uintmax_t bytes = 0;
};

struct ClipReport {
    std::map<std::string, SpokenTotals> totals;  // by language tag
    std::vector<ClipFault> faults;
};

enum class ClipCheck {
    IsThere,  // every clip has its file
    IsHeard,  // and that can be heard, and nothing is there that nobody says
};

/// `languages`: those to be spoken.  Corrupt, Unavailable: an index cannot be read.
Result<ClipReport> check_clips(const std::vector<SpeechSource>& sources,
                               const std::vector<Language>& languages, ClipCheck check,
                               unsigned threads);

/// The languages that were built for all the sources.
Result<std::vector<Language>> built_languages(const std::vector<SpeechSource>& sources);

}  // namespace machikoe
