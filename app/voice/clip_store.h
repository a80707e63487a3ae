// ClipStore: the clips of one source of texts (a pack, or the program) in a folder.
//
//   FOLDER/index.json       what each clip says, for which keys, how long, who spoke it
//   FOLDER/clips/NAME.opus  one file for each
//   FOLDER/lexicon.yaml     readings; not written here
//
// A name is made of what is said, in which language, by which voice and with which parameters: a
// text that changes gets another name, two texts that sound alike share one.  The folder is inside
// a pack's folder and no part of the pack's hash: clips may be added to a published pack.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/voice/prompts.h"

namespace machikoe {

inline constexpr std::string_view kClipIndex = "index.json";
inline constexpr std::string_view kClipFolder = "clips";
inline constexpr std::string_view kLexiconFile = "lexicon.yaml";

/// 32 hex digits.
std::string clip_name(const Spoken& spoken, Language said_in);

struct Clip {
    std::string language;           // of the voice: "ja" for やさしい日本語, too
    std::string voice;              // Voice::id, or "recorded"
    std::string text;               // as the source has it
    std::vector<std::string> keys;  // "ja/survey/s1/text", sorted
    double seconds = 0;
    std::uintmax_t bytes = 0;
    std::string sha256;  // of the file
    std::string source;  // SHA-256 of the recording it was made from; "" when synthetic

    bool operator==(const Clip&) const = default;
};

struct ClipIndex {
    std::set<std::string> languages;    // that were built: "ja", "ja-easy", "en"
    std::map<std::string, Clip> clips;  // by name

    bool operator==(const ClipIndex&) const = default;
};

/// A folder without an index has an empty one.  Corrupt: not such a file.
Result<ClipIndex> load_clip_index(const std::filesystem::path& folder);
/// Touches the file only when it would change.
Status save_clip_index(const std::filesystem::path& folder, const ClipIndex& index);

std::filesystem::path clip_file(const std::filesystem::path& folder, std::string_view name);

/// What a clip must say, once for all the keys that say the same.
struct WantedClip {
    Prompt prompt;                  // the first of them
    std::vector<std::string> keys;  // "ja/survey/s1/text", sorted
};
std::map<std::string, WantedClip> wanted_clips(const std::vector<Prompt>& prompts);

}  // namespace machikoe
