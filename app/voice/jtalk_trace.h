// JTalkTrace: what Open JTalk understood, held against the readings that a text has.
//
// Open JTalk speaks kanji with better melody than kana, but misreads some.  So it is given the
// text as written; where what it read differs from the reading, that piece is given as katakana.
// Pure functions over the text of a trace (`open_jtalk -ot`).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/voice/spoken.h"

namespace machikoe {

struct TraceToken {
    std::string surface;  // full width, numbers as kanji
    std::string reading;  // ハ
    std::string sound;    // ワ
};
std::vector<TraceToken> parse_trace(std::string_view trace);

/// Indices of the pieces that were read otherwise than their reading.  Pieces without a reading
/// are believed.  When tokens and pieces cannot be brought together, all that have one.
std::vector<std::size_t> misread_pieces(const std::vector<SpokenPiece>& pieces,
                                        const std::vector<TraceToken>& tokens);

}  // namespace machikoe
