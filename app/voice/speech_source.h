// SpeechSource: the two sources of what a kiosk says, each with its folder of clips: the program
// and a pack.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/survey/pack.h"
#include "app/voice/lexicon.h"
#include "app/voice/prompts.h"

namespace machikoe {

struct SpeechSource {
    std::string name;              // "program", or the pack's id
    std::filesystem::path folder;  // of the clips
    std::map<Language, std::vector<Prompt>> prompts;
    Lexicon lexicon;  // by which they are read
};

struct SpeechPlaces {
    std::filesystem::path assets;  // with strings/ and voice/
    std::filesystem::path pack;    // with voice/
    std::filesystem::path clips;   // program/ and pack/ are there; empty: assets/voice, pack/voice
};

/// The program's lexicon, the readings of the glossary over it, the pack's lexicon over both.
Result<Lexicon> load_lexicon(const SpeechPlaces& places, const Plan& plan);

/// Between ruby and lexicon: "ja/survey/s1/text: …".
std::vector<std::string> contradictions_in(const SpeechSource& source);

/// The program first, then the pack, in the pack's languages.  Invalid: a lexicon or the strings
/// are wrong; file and line are named.
Result<std::vector<SpeechSource>> load_speech(const SpeechPlaces& places, const Pack& pack);

}  // namespace machikoe
