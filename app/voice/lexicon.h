// Lexicon: how what carries no ruby is read: official text, abbreviations, names.
//
// One for a pack: `voice/lexicon.yaml` in its folder, and the readings that its glossary gives.
// The program's own, `assets/voice/lexicon.yaml`, is behind it: units and signs.  Ruby in a text
// is stronger than any lexicon; contradictions() finds where they differ.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/plan/plan.h"

namespace machikoe {

class Lexicon {
  public:
    /// `reading`: kana in Japanese, words to be said in other languages.
    void add(Language language, const std::string& text, const std::string& reading);
    /// Entries of a file, over those that are there.  A file that is not there has none.
    /// Invalid names file, line and reason.
    Status add_file(const std::filesystem::path& file);
    /// Term and reading of each entry.
    void add_glossary(const std::vector<GlossaryEntry>& glossary);

    struct Match {
        std::size_t size = 0;  // bytes of the text
        std::string_view reading;
    };
    /// The longest entry that `text` begins with; size 0 when there is none.  Outside Japanese
    /// an entry is found as a whole word only: `before` is what stands in front.
    Match match(std::string_view text, Language language, std::string_view before) const;

    /// "支え手: the text says ささえて, the lexicon …": where ruby of `markup` and an entry differ.
    std::vector<std::string> contradictions(std::string_view markup) const;

  private:
    using Entries = std::map<std::string, std::string, std::less<>>;
    const Entries& entries(Language language) const;
    std::map<std::string, Entries, std::less<>> by_speech_;  // "ja", "en", …
    std::size_t longest_ = 0;
};

/// The language whose voice speaks this one: Japanese for やさしい日本語.
std::string_view speech_tag(Language language);

}  // namespace machikoe
