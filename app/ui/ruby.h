// Ruby: text with readings, taken apart into clusters that a line keeps together.
//
// A base and its reading are one cluster.  A reading that is wider than its base is first
// tightened, then hangs over neighbouring kana, then pushes the base apart; a narrower one is
// spread.  Only a group wider than the whole box is divided.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/font_faces.h"
#include "app/ui/line_breaks.h"
#include "app/ui/text.h"

namespace machikoe {

/// Mark-up as characters: NFC, ill-formed UTF-8 as U+FFFD, no control characters but '\n'.
struct RubyText {
    struct Run {
        std::size_t begin = 0, end = 0;  // in characters
        std::u32string ruby;
    };
    std::u32string characters;
    std::vector<Run> runs;  // in order, apart from each other
};
RubyText parse_ruby_text(std::string_view markup);

/// A glyph and its pen position, counted from the start of its cluster.
struct PenGlyph {
    std::uint32_t index = 0;
    float x = 0;
    bool is_ruby = false;
};

/// What a line never divides: one character with its marks, or a base with its reading.
struct Cluster {
    std::size_t first_character = 0, end_character = 0;
    std::size_t first_glyph = 0, glyph_count = 0;
    float width = 0;
    // What the cluster is wider (negative) or narrower at the start or end of a line: the blank
    // half of a bracket or 、 falls away, a reading hanging over its neighbour does not.
    float lead = 0, trail = 0;
    Break after = Break::Never;
    bool is_space = false;
    bool ends_clause = false;  // 、 and the like: a good place to end a line of a heading
};

struct ClusterText {
    std::vector<PenGlyph> glyphs;
    std::vector<Cluster> clusters;
    int missing = 0;
};

struct ClusterStyle {
    FaceId face = 0;
    Language language = Language::Ja;
    int px = 32;
    int ruby_px = 16;
    float max_width = 0;  // 0: none; a group that is wider is divided
};

ClusterText make_clusters(const RubyText& text, const std::vector<Break>& breaks, FontFaces& faces,
                          const ClusterStyle& style);

}  // namespace machikoe
