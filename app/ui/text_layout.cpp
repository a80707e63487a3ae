#include "app/ui/text_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace machikoe {
namespace {

constexpr float kRubySize = 0.5f;     // of em
constexpr float kRubyHeight = 0.56f;  // what a line with ruby is higher, of em
constexpr float kAscent = 0.88f;      // of the em box of Noto Sans CJK
constexpr float kDescent = 0.12f;
// Balanced lines: a line costs its squared slack, plus this much, so that lines are not added
// for the sake of evenness; ending a clause is worth some unevenness.
constexpr float kLineCost = 0.6f;
constexpr float kClauseBonus = 0.06f;
constexpr float kTolerance = 0.01f;  // sums of floats

bool may_end(const Cluster& cluster) {
    return cluster.after == Break::Allowed || cluster.after == Break::Forced;
}

Line trimmed(const std::vector<Cluster>& clusters, Line line) {
    while (line.end > line.begin && clusters[line.end - 1].is_space) --line.end;
    return line;
}

/// Lets a piece wider than the box be divided at `kind`.  True when there was one.
bool relax(std::vector<Cluster>& clusters, float max_width, Break kind) {
    bool relaxed = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        if (!may_end(clusters[i])) continue;
        if (width_of(clusters, {begin, i + 1}) > max_width + kTolerance) {
            relaxed = true;
            for (std::size_t j = begin; j < i; ++j) {
                if (clusters[j].after == kind) clusters[j].after = Break::Allowed;
            }
        }
        begin = i + 1;
    }
    return relaxed;
}

/// Lines of one paragraph [begin, end), as full as can be.
void break_greedily(const std::vector<Cluster>& clusters, Line paragraph, float max_width,
                    std::vector<Line>& lines) {
    std::size_t begin = paragraph.begin;
    while (begin < paragraph.end) {
        std::size_t best = 0;
        for (std::size_t end = begin + 1; end <= paragraph.end; ++end) {
            if (end < paragraph.end && !may_end(clusters[end - 1])) continue;
            const bool fits = width_of(clusters, {begin, end}) <= max_width + kTolerance;
            if (!fits && best > 0) break;
            best = end;
            if (!fits) break;
        }
        lines.push_back(trimmed(clusters, {begin, best}));
        begin = best;
    }
}

/// Lines of one paragraph with the least total of squared slack.
void break_evenly(const std::vector<Cluster>& clusters, Line paragraph, float max_width,
                  std::vector<Line>& lines) {
    std::vector<std::size_t> ends = {paragraph.begin};
    for (std::size_t i = paragraph.begin; i < paragraph.end; ++i) {
        if (may_end(clusters[i]) || i + 1 == paragraph.end) ends.push_back(i + 1);
    }
    const std::size_t count = ends.size();
    std::vector<float> cost(count, std::numeric_limits<float>::infinity());
    std::vector<std::size_t> previous(count, 0);
    cost[0] = 0;
    for (std::size_t j = 1; j < count; ++j) {
        for (std::size_t i = j; i-- > 0;) {
            const float width = width_of(clusters, {ends[i], ends[j]});
            // A piece that cannot be divided is a line of its own.
            if (width > max_width + kTolerance && i + 1 < j) break;
            const float slack = std::max(0.f, 1 - width / max_width);
            const bool clause = j + 1 < count && clusters[ends[j] - 1].ends_clause;
            const float total = cost[i] + slack * slack + kLineCost - (clause ? kClauseBonus : 0);
            if (total < cost[j]) {
                cost[j] = total;
                previous[j] = i;
            }
        }
    }
    const std::size_t first_line = lines.size();
    for (std::size_t j = count - 1; j > 0; j = previous[j]) {
        lines.push_back(trimmed(clusters, {ends[previous[j]], ends[j]}));
    }
    std::reverse(lines.begin() + static_cast<std::ptrdiff_t>(first_line), lines.end());
}

/// Shortens the last line until "…" has room behind it.
void make_room(const std::vector<Cluster>& clusters, Line& line, float ellipsis, float max_width) {
    while (line.end > line.begin) {
        line = trimmed(clusters, line);
        const bool fits =
            max_width <= 0 || width_of(clusters, line) + ellipsis <= max_width + kTolerance;
        if (fits || line.end == line.begin) return;
        --line.end;
    }
}

/// Puts lines of clusters at their places.
class Typesetter {
  public:
    Typesetter(const ClusterText& text, const ClusterStyle& sizes, const TextStyle& style,
               float box_width, LayoutTools& tools, bool ruby_height)
        : text_(text), sizes_(sizes), style_(style), box_width_(box_width), tools_(tools) {
        const auto em = static_cast<float>(sizes.px);
        const float leading = em * style.line_height;
        pitch_ = leading + (ruby_height ? em * kRubyHeight : 0);
        first_baseline_ = pitch_ - leading + (leading - em) / 2 + em * kAscent;
        ruby_rise_ = em * kAscent + static_cast<float>(sizes.ruby_px) * kDescent;
    }

    void set(TextBlock& block, const Line& line, float extra) {
        const float natural = width_of(text_.clusters, line) + extra;
        block.width = std::max(block.width, natural);
        float x = 0;
        if (style_.align == Align::Centre) x = (box_width_ - natural) / 2;
        if (style_.align == Align::Right) x = box_width_ - natural;
        if (line.begin < line.end) x -= text_.clusters[line.begin].lead;
        const float baseline =
            std::round(first_baseline_ + pitch_ * static_cast<float>(block.lines));
        for (std::size_t i = line.begin; i < line.end; ++i) {
            const Cluster& cluster = text_.clusters[i];
            for (std::size_t g = 0; g < cluster.glyph_count; ++g) {
                put(block, text_.glyphs[cluster.first_glyph + g], x, baseline);
            }
            x += cluster.width;
        }
        if (extra > 0) {
            if (line.begin < line.end) x -= std::max(0.f, text_.clusters[line.end - 1].trail);
            put(block, {tools_.faces.glyph(sizes_.face, U'…').index, 0, false}, x, baseline);
        }
        ++block.lines;
    }

    void finish(TextBlock& block) const {
        block.height = pitch_ * static_cast<float>(block.lines);
        block.first_baseline = std::round(first_baseline_);
    }

  private:
    void put(TextBlock& block, const PenGlyph& glyph, float x, float baseline) {
        const int px = glyph.is_ruby ? sizes_.ruby_px : sizes_.px;
        const float y = glyph.is_ruby ? std::round(baseline - ruby_rise_) : baseline;
        block.glyphs.push_back(
            {std::round(x + glyph.x), y, tools_.atlas.number_of(sizes_.face, glyph.index, px)});
    }

    const ClusterText& text_;
    const ClusterStyle& sizes_;
    const TextStyle& style_;
    float box_width_;
    LayoutTools& tools_;
    float pitch_ = 0, first_baseline_ = 0, ruby_rise_ = 0;
};

}  // namespace

float width_of(const std::vector<Cluster>& clusters, Line line) {
    line = trimmed(clusters, line);
    if (line.begin == line.end) return 0;
    float width = -clusters[line.begin].lead - clusters[line.end - 1].trail;
    for (std::size_t i = line.begin; i < line.end; ++i) width += clusters[i].width;
    return std::max(width, 0.f);
}

BrokenLines break_lines(std::vector<Cluster>& clusters, float max_width, bool balance) {
    BrokenLines broken;
    if (max_width > 0) {
        if (relax(clusters, max_width, Break::Strained)) {
            broken.broke_phrase = true;
        }
        if (relax(clusters, max_width, Break::Desperate)) {
            broken.broke_phrase = broken.broke_word = true;
        }
    }
    std::size_t begin = 0;
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        if (clusters[i].after != Break::Forced) continue;
        const Line paragraph{begin, i + 1};
        if (max_width <= 0 || width_of(clusters, paragraph) <= max_width + kTolerance) {
            broken.lines.push_back(trimmed(clusters, paragraph));
        } else if (balance) {
            break_evenly(clusters, paragraph, max_width, broken.lines);
        } else {
            break_greedily(clusters, paragraph, max_width, broken.lines);
        }
        begin = i + 1;
    }
    return broken;
}

TextBlock lay_out(std::string_view markup, const TextStyle& style, float max_width,
                  LayoutTools& tools) {
    ClusterStyle sizes;
    sizes.face = tools.faces.face_of(style.language, style.weight);
    sizes.language = style.language;
    sizes.px = static_cast<int>(std::clamp(std::round(style.px), 1.f, 1000.f));
    sizes.ruby_px =
        std::max(1, static_cast<int>(std::round(static_cast<float>(sizes.px) * kRubySize)));
    sizes.max_width = max_width;
    RubyText source = parse_ruby_text(markup);
    if (!style.ruby) source.runs.clear();
    const bool ruby_height = style.reserve_ruby || !source.runs.empty();
    ClusterText text = make_clusters(source, tools.breaks.of(source.characters, style.language),
                                     tools.faces, sizes);

    TextBlock block;
    block.missing = text.missing;
    BrokenLines broken = break_lines(text.clusters, max_width, style.balance);
    block.broke_phrase = broken.broke_phrase;
    block.broke_word = broken.broke_word;
    float ellipsis = 0;
    const auto most = static_cast<std::size_t>(std::max(style.max_lines, 0));
    if (most > 0 && broken.lines.size() > most) {
        block.cut = true;
        broken.lines.resize(most);
        ellipsis = tools.faces.glyph(sizes.face, U'…').advance * static_cast<float>(sizes.px);
        make_room(text.clusters, broken.lines.back(), ellipsis, max_width);
    }
    float box_width = max_width;
    if (max_width <= 0) {
        for (const Line& line : broken.lines) {
            box_width = std::max(box_width, width_of(text.clusters, line));
        }
    }
    Typesetter typesetter(text, sizes, style, box_width, tools, ruby_height);
    for (std::size_t i = 0; i < broken.lines.size(); ++i) {
        const bool is_last = i + 1 == broken.lines.size();
        typesetter.set(block, broken.lines[i], is_last ? ellipsis : 0);
    }
    typesetter.finish(block);
    return block;
}

}  // namespace machikoe
