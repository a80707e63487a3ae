// Text: shaping, breaking and placing text with ruby; glyphs in one dynamic atlas.
//
// ImGui's own fonts are not used: its wrapping breaks one line in ten against kinsoku
// and seven in ten inside a phrase, it has no ruby, and its atlas cannot grow.  Glyphs are
// rasterised by FreeType on first use, at physical pixels, into one 8-bit atlas; lines are
// broken by ICU (Japanese by phrase), and layouts are cached by all that determines them.
//
// One face per (language, weight): 直 骨 角 海 differ between Japanese and Chinese.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/plan/language.h"

namespace machikoe {

enum class Weight { Regular, Medium, Bold, Black };
enum class Align { Left, Centre, Right };

struct TextStyle {
    Language language = Language::Ja;
    Weight weight = Weight::Regular;
    float px = 32;              // em size in physical pixels
    bool ruby = true;           // draw ruby; without it {漢字|かんじ} reads 漢字
    bool reserve_ruby = false;  // keep ruby's height even where there is none (siblings align)
    Align align = Align::Left;
    bool balance = false;       // lines of like length: headings
    float line_height = 1.36f;  // of em, without ruby
    int max_lines = 0;          // 0: as many as it takes; else the rest is cut with "…"
    bool operator==(const TextStyle&) const = default;
};

/// A block laid out, origin at its top left.  Owned by the cache of the TextEngine: it stays
/// until the end of the ImGui frame in which it was asked for, or until rebuild_atlas().
/// Lines are aligned within max_width, or within the widest line where that is 0.
struct TextBlock {
    struct Glyph {
        float x, y;
        std::uint32_t atlas_glyph;
    };  // pen position, whole pixels
    std::vector<Glyph> glyphs;
    float width = 0;  // of the widest line
    float height = 0;
    int lines = 0;
    float first_baseline = 0;
    bool cut = false;           // max_lines was reached
    bool broke_phrase = false;  // a phrase was wider than the box: a line ends inside it
    bool broke_word = false;    // a word was: a line ends inside a word
    int missing = 0;            // characters without a glyph
};

/// What a renderer needs of the atlas: 8-bit coverage.
struct AtlasView {
    int width = 0, height = 0;
    const std::uint8_t* pixels = nullptr;
    int dirty_x0 = 0, dirty_y0 = 0, dirty_x1 = 0, dirty_y1 = 0;  // empty when x0 >= x1
};

class TextEngine {
  public:
    /// Finds the fonts among the installed packages (fonts-noto-cjk, fonts-noto-cjk-extra
    /// when there, fonts-material-design-icons-iconfont).  NotFound names the package.
    static Result<std::unique_ptr<TextEngine>> create(int atlas_width = 2048,
                                                      int atlas_height = 2048);
    ~TextEngine();

    /// `max_width` in px; 0: one line.
    const TextBlock& layout(std::string_view markup, const TextStyle& style, float max_width);
    /// The largest size in [min_px, style.px], in steps of 5 % and at least 2, at which the
    /// block fits the box; min_px if none does.  A word or phrase that would have to be broken
    /// does not fit.
    float fit(std::string_view markup, TextStyle style, float max_width, float max_height,
              float min_px);
    void draw(ImDrawList& list, const TextBlock& block, ImVec2 origin, ImU32 colour);

    /// A Material icon by name ("school"), centred on `centre`, `px` high.  False: no such icon.
    bool draw_icon(ImDrawList& list, std::string_view name, ImVec2 centre, float px, ImU32 colour);
    bool has_icon(std::string_view name) const;

    AtlasView atlas() const;
    void atlas_uploaded();                  // clears the dirty rectangle
    void set_texture(ImTextureID texture);  // what draw() puts into the draw list
    /// True when the atlas overflowed during this frame: finish it, call rebuild_atlas(), draw
    /// the frame again.  Until then new glyphs are left out.  All blocks end with it.
    bool atlas_full() const;
    void rebuild_atlas();

  private:
    struct Data;
    explicit TextEngine(std::unique_ptr<Data> data);
    std::unique_ptr<Data> data_;
};

}  // namespace machikoe
