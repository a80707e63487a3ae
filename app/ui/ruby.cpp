#include "app/ui/ruby.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>

namespace machikoe {
namespace {

// Tightest tracking of a reading and widest gap between its characters, of its own em; how far
// it may hang over a kana (JLREQ: half its em).
constexpr float kTightestTracking = 0.90f;
constexpr float kWidestGap = 0.45f;
constexpr float kOverhang = 0.5f;

constexpr std::u32string_view kBlankAfter = U"、。，．」』】）〕］｝〉》”’";
constexpr std::u32string_view kBlankBefore = U"「『【（〔［｛〈《“‘";
constexpr std::u32string_view kClauseEnds = U"、。，．！？,.!?」";

std::u32string characters_of(std::string_view utf8) {
    icu::UnicodeString text = icu::UnicodeString::fromUTF8(
        icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_SUCCESS(status) && !nfc->isNormalized(text, status)) {
        const icu::UnicodeString normal = nfc->normalize(text, status);
        if (U_SUCCESS(status)) text = normal;
    }
    std::u32string characters;
    characters.reserve(static_cast<std::size_t>(text.length()));
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        const auto kind = u_charType(c);
        if (kind == U_LINE_SEPARATOR || kind == U_PARAGRAPH_SEPARATOR) {
            characters.push_back(U'\n');
        } else if (c == u'\t') {
            characters.push_back(U' ');
        } else if (c == u'\n' || kind != U_CONTROL_CHAR) {
            characters.push_back(static_cast<char32_t>(c));
        }
    }
    return characters;
}

bool is_invisible(char32_t c) {
    return c == U'\n' ||
           u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool is_space(char32_t c) {
    return u_isUWhiteSpace(static_cast<UChar32>(c));
}

bool is_mark(char32_t c) {
    const auto kind = u_charType(static_cast<UChar32>(c));
    return kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK;
}

bool is_kana(char32_t c) {
    return c == U'ー' || uscript_hasScript(static_cast<UChar32>(c), USCRIPT_HIRAGANA) ||
           uscript_hasScript(static_cast<UChar32>(c), USCRIPT_KATAKANA);
}

/// Builds the clusters one after the other.
class Builder {
  public:
    Builder(const RubyText& text, const std::vector<Break>& breaks, FontFaces& faces,
            const ClusterStyle& style)
        : text_(text), breaks_(breaks), faces_(faces), style_(style) {}

    ClusterText build() {
        const std::u32string_view all = text_.characters;
        auto run = text_.runs.begin();
        std::size_t at = 0;
        while (at < all.size()) {
            if (run != text_.runs.end() && run->begin == at) {
                add_group(run->begin, run->end, run->ruby);
                at = run->end;
                ++run;
                continue;
            }
            std::size_t end = at + 1;
            const std::size_t stop = run == text_.runs.end() ? all.size() : run->begin;
            while (all[at] != U'\n' && end < stop && is_mark(all[end])) ++end;
            add_plain(at, end);
            at = end;
        }
        return std::move(result_);
    }

  private:
    float em(const FaceGlyph& glyph, int px) const {
        return glyph.advance * static_cast<float>(px);
    }

    void finish(Cluster cluster, std::size_t begin, std::size_t end) {
        cluster.first_character = begin;
        cluster.end_character = end;
        cluster.glyph_count = result_.glyphs.size() - cluster.first_glyph;
        cluster.after = breaks_[end];
        result_.clusters.push_back(cluster);
    }

    FaceGlyph glyph_of(char32_t c) {
        const FaceGlyph glyph = faces_.glyph(style_.face, c);
        if (glyph.index == 0) ++result_.missing;
        return glyph;
    }

    void add_plain(std::size_t begin, std::size_t end) {
        Cluster cluster;
        cluster.first_glyph = result_.glyphs.size();
        for (std::size_t i = begin; i < end; ++i) {
            const char32_t c = text_.characters[i];
            if (is_invisible(c)) continue;
            const FaceGlyph glyph = glyph_of(c);
            if (!is_space(c)) result_.glyphs.push_back({glyph.index, cluster.width, false});
            cluster.width += em(glyph, style_.px);
        }
        const char32_t c = text_.characters[begin];
        cluster.is_space = is_space(c) || is_invisible(c);
        cluster.ends_clause = kClauseEnds.find(c) != std::u32string_view::npos;
        // Half of an em, and only in full-width faces.  Traditional Chinese centres 、。 and
        // leaves no blank half.
        const float half = static_cast<float>(style_.px) / 2;
        const bool centred = style_.language == Language::ZhHant;
        if (cluster.width > 1.9f * half) {
            if (kBlankBefore.find(c) != std::u32string_view::npos) cluster.lead = half;
            const std::size_t blank = kBlankAfter.find(c);
            if (blank != std::u32string_view::npos && (!centred || blank > 3)) cluster.trail = half;
        }
        finish(cluster, begin, end);
    }

    /// How far a reading may hang over the character at `at`.
    float room_over(std::size_t at) const {
        if (at >= text_.characters.size() || !is_kana(text_.characters[at])) return 0;
        for (const RubyText::Run& run : text_.runs) {
            if (at >= run.begin && at < run.end) return 0;
        }
        return kOverhang * static_cast<float>(style_.ruby_px);
    }

    float base_width(std::size_t begin, std::size_t end) {
        float width = 0;
        for (std::size_t i = begin; i < end; ++i) {
            if (!is_invisible(text_.characters[i])) {
                width += em(faces_.glyph(style_.face, text_.characters[i]), style_.px);
            }
        }
        return width;
    }

    void add_group(std::size_t begin, std::size_t end, std::u32string_view ruby) {
        float ruby_width = 0;
        for (const char32_t c : ruby) {
            ruby_width += em(faces_.glyph(style_.face, c), style_.ruby_px);
        }
        const float natural = base_width(begin, end);
        const bool divisible = end - begin > 1 && ruby.size() > 1;
        if (style_.max_width > 0 && divisible &&
            std::max(natural, ruby_width * kTightestTracking) > style_.max_width) {
            const std::size_t half = begin + (end - begin) / 2;
            const std::size_t ruby_half = ruby.size() * (half - begin) / (end - begin);
            const std::size_t ruby_cut = std::clamp<std::size_t>(ruby_half, 1, ruby.size() - 1);
            add_group(begin, half, ruby.substr(0, ruby_cut));
            add_group(half, end, ruby.substr(ruby_cut));
            return;
        }
        place_group(begin, end, ruby, natural, ruby_width);
    }

    void place_group(std::size_t begin, std::size_t end, std::u32string_view ruby, float natural,
                     float ruby_width) {
        Cluster cluster;
        cluster.first_glyph = result_.glyphs.size();
        cluster.width = natural;
        const auto ruby_count = static_cast<float>(ruby.size());
        float tracking = 1, ruby_gap = 0, base_gap = 0, ruby_x = 0;
        if (ruby_width > natural) {
            tracking = std::max(kTightestTracking, natural / ruby_width);
            const float excess = ruby_width * tracking - natural;
            const float left = begin > 0 ? std::min(room_over(begin - 1), excess / 2) : 0;
            const float right = std::min(room_over(end), excess - left);
            const float spread = excess - left - right;
            cluster.width += spread;
            base_gap = spread / static_cast<float>(end - begin);
            ruby_x = -left;
            cluster.lead = -left;
            cluster.trail = -right;
        } else {
            const float widest = kWidestGap * static_cast<float>(style_.ruby_px);
            ruby_gap = std::min((natural - ruby_width) / ruby_count, widest);
            ruby_x = (natural - ruby_width - ruby_gap * (ruby_count - 1)) / 2;
        }
        float x = base_gap / 2;
        for (std::size_t i = begin; i < end; ++i) {
            if (is_invisible(text_.characters[i])) continue;
            const FaceGlyph glyph = glyph_of(text_.characters[i]);
            result_.glyphs.push_back({glyph.index, x, false});
            x += em(glyph, style_.px) + base_gap;
        }
        for (const char32_t c : ruby) {
            if (is_invisible(c)) continue;
            const FaceGlyph glyph = glyph_of(c);
            result_.glyphs.push_back({glyph.index, ruby_x, true});
            ruby_x += em(glyph, style_.ruby_px) * tracking + ruby_gap;
        }
        finish(cluster, begin, end);
    }

    const RubyText& text_;
    const std::vector<Break>& breaks_;
    FontFaces& faces_;
    const ClusterStyle& style_;
    ClusterText result_;
};

}  // namespace

RubyText parse_ruby_text(std::string_view markup) {
    RubyText text;
    for (const RubyPiece& piece : split_ruby(markup)) {
        const std::size_t begin = text.characters.size();
        text.characters += characters_of(piece.base);
        std::u32string ruby = characters_of(piece.ruby);
        if (!ruby.empty() && text.characters.size() > begin) {
            text.runs.push_back({begin, text.characters.size(), std::move(ruby)});
        }
    }
    return text;
}

ClusterText make_clusters(const RubyText& text, const std::vector<Break>& breaks, FontFaces& faces,
                          const ClusterStyle& style) {
    return Builder(text, breaks, faces, style).build();
}

}  // namespace machikoe
