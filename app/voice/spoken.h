// Spoken: what is said for a text: readings, numbers, signs, pauses.
//
// Pure: the same text and lexicon give the same spoken form, on a kiosk as where clips are made,
// so a clip is found by what it says.  In Japanese each piece that has a reading (ruby, lexicon,
// number) carries it; in other languages the words of the lexicon are already in place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/voice/lexicon.h"

namespace machikoe {

struct SpokenPiece {
    std::string text;     // as written, without mark-up
    std::string reading;  // katakana; empty: as written
    bool operator==(const SpokenPiece&) const = default;
};

struct Spoken {
    std::vector<SpokenPiece> pieces;
    /// Nothing to be heard: "、" or "-".
    bool silent() const;
    /// One string for each spoken form; what a clip's name is made of.
    std::string canonical() const;
    /// Readings where there are some, else the text.
    std::string said() const;
};

Spoken spoken_form(std::string_view markup, Language language, const Lexicon& lexicon);

/// About how many beats (Japanese; a kanji without reading counts two) or letters.
std::size_t length_of(const Spoken& spoken, Language language);

}  // namespace machikoe
