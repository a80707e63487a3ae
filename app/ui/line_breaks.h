// LineBreaks: where a line may end.
//
// ICU decides, per language; Japanese is broken by phrase (bunsetsu) and Korean at spaces,
// and its known mistakes are glued here.  Kinsoku is strict and never given up: no line
// starts with 、。」ー or a small kana, none ends with an opening bracket, however narrow.
//
// Iterators are kept; one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "app/plan/language.h"

namespace machikoe {

enum class Break : std::uint8_t {
    Never,      // kinsoku, or inside a character
    Desperate,  // inside a word: only where the word is wider than the box
    Strained,   // inside a phrase: only where the phrase is wider than the box
    Allowed,
    Forced,  // after a line feed
};

class LineBreaks {
  public:
    LineBreaks();
    ~LineBreaks();
    /// One entry for each gap: [i] is the break before character i; [0] is Never and
    /// [size] is Forced.
    std::vector<Break> of(std::u32string_view text, Language language);

  private:
    struct Data;
    std::unique_ptr<Data> data_;
};

}  // namespace machikoe
