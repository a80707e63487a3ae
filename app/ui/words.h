// Words: where entries of the glossary stand in a text.
//
// An entry is found by its label in the reader's language, in Japanese also by the term of the
// official text.  Case does not matter; a word inside another word is not found; of two that
// overlap the longer one wins.  English takes a plural -s along.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/plan/plan.h"

namespace machikoe {

/// Characters [begin, end) of parse_ruby_text(markup).characters.
struct FoundWord {
    std::size_t begin = 0, end = 0;
    std::string entry;  // GlossaryEntry::id
    bool operator==(const FoundWord&) const = default;
};

class WordFinder {
  public:
    WordFinder(const std::vector<GlossaryEntry>& glossary, Language language);
    /// Every occurrence, in order, none over another.
    std::vector<FoundWord> find(std::string_view markup) const;

  private:
    struct Pattern {
        std::u32string folded;
        std::string entry;
    };
    Language language_;
    std::vector<Pattern> patterns_;  // longest first
};

}  // namespace machikoe
