// Text layout: clusters into lines.
#pragma once

#include <vector>

#include "app/ui/glyph_atlas.h"
#include "app/ui/ruby.h"

namespace machikoe {

/// Clusters [begin, end) of one line, trailing spaces not counted.
struct Line {
    std::size_t begin = 0, end = 0;
    bool operator==(const Line&) const = default;
};

struct BrokenLines {
    std::vector<Line> lines;
    bool broke_phrase = false, broke_word = false;
};

/// The width that a line of these clusters takes.
float width_of(const std::vector<Cluster>& clusters, Line line);

/// Ends lines where their clusters allow it.  `max_width` 0: at line feeds only.
BrokenLines break_lines(std::vector<Cluster>& clusters, float max_width, bool balance);

struct LayoutTools {
    FontFaces& faces;
    GlyphAtlas& atlas;
    LineBreaks& breaks;
};
TextBlock lay_out(std::string_view markup, const TextStyle& style, float max_width,
                  LayoutTools& tools);

}  // namespace machikoe
