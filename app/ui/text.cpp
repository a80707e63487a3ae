#include "app/ui/text.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <unordered_map>

#include "app/ui/icons.h"
#include "app/ui/text_layout.h"

namespace machikoe {
namespace {

constexpr std::size_t kMostBlocks = 4096;
constexpr std::size_t kMostGlyphNumbers = 65536;
constexpr float kFitStep = 2;       // px, or
constexpr float kFitShare = 0.05f;  // of the size, whichever is more

struct LayoutName {
    std::string_view markup;
    TextStyle style;
    float max_width = 0;
    bool operator==(const LayoutName&) const = default;
};

struct OwnedName {
    std::string markup;
    TextStyle style;
    float max_width = 0;
    operator LayoutName() const { return {markup, style, max_width}; }
};

struct HashName {
    using is_transparent = void;
    std::size_t operator()(const LayoutName& name) const {
        const TextStyle& style = name.style;
        std::uint64_t hash = std::hash<std::string_view>{}(name.markup);
        const auto add = [&hash](std::uint64_t value) {
            hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
            hash ^= hash >> 29;
        };
        add(std::bit_cast<std::uint32_t>(style.px));
        add(std::bit_cast<std::uint32_t>(name.max_width));
        add(std::bit_cast<std::uint32_t>(style.line_height));
        add(static_cast<std::uint64_t>(style.language) << 32 |
            static_cast<std::uint64_t>(style.weight) << 24 |
            static_cast<std::uint64_t>(style.align) << 16 | std::uint64_t{style.ruby} << 2 |
            std::uint64_t{style.reserve_ruby} << 1 | std::uint64_t{style.balance});
        add(static_cast<std::uint64_t>(style.max_lines));
        return hash;
    }
    std::size_t operator()(const OwnedName& name) const { return (*this)(LayoutName(name)); }
};

struct SameName {
    using is_transparent = void;
    bool operator()(const LayoutName& a, const LayoutName& b) const { return a == b; }
};

/// RAII: an unbalanced push aborts inside ImGui.
class TextureScope {
  public:
    TextureScope(ImDrawList& list, ImTextureID texture) : list_(list) {
#if IMGUI_VERSION_NUM >= 19200
        list_.PushTexture(ImTextureRef(texture));
#else
        list_.PushTextureID(texture);
#endif
    }
    ~TextureScope() {
#if IMGUI_VERSION_NUM >= 19200
        list_.PopTexture();
#else
        list_.PopTextureID();
#endif
    }
    TextureScope(const TextureScope&) = delete;
    TextureScope& operator=(const TextureScope&) = delete;

  private:
    ImDrawList& list_;
};

}  // namespace

struct TextEngine::Data {
    std::unique_ptr<FontFaces> faces;
    Icons icons;
    GlyphAtlas atlas;
    LineBreaks breaks;
    std::unordered_map<OwnedName, std::unique_ptr<TextBlock>, HashName, SameName> blocks;
    ImTextureID texture{};
    int frame = -1;

    Data(std::unique_ptr<FontFaces> faces_in, Icons icons_in, int width, int height)
        : faces(std::move(faces_in)), icons(std::move(icons_in)), atlas(width, height) {}

    /// Blocks are dropped between frames only: within one, callers hold references.
    void drop_old_blocks() {
        if (!ImGui::GetCurrentContext() || ImGui::GetFrameCount() == frame) return;
        frame = ImGui::GetFrameCount();
        if (blocks.size() > kMostBlocks) blocks.clear();
        if (atlas.size() > kMostGlyphNumbers) {
            blocks.clear();
            atlas.clear();
        }
    }

    void draw(ImDrawList& list, const TextBlock::Glyph* glyphs, std::size_t count, ImVec2 origin,
              ImU32 colour) {
        int placed = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const AtlasSlot& slot = atlas.place(glyphs[i].atlas_glyph, *faces);
            placed += slot.state == AtlasSlot::State::Placed;
        }
        if (placed == 0 || (colour & IM_COL32_A_MASK) == 0) return;
        const AtlasView view = atlas.view();
        const float u = 1 / static_cast<float>(view.width);
        const float v = 1 / static_cast<float>(view.height);
        const float x0 = std::round(origin.x), y0 = std::round(origin.y);
        const TextureScope scope(list, texture);
        list.PrimReserve(placed * 6, placed * 4);
        for (std::size_t i = 0; i < count; ++i) {
            const AtlasSlot& slot = atlas.place(glyphs[i].atlas_glyph, *faces);
            if (slot.state != AtlasSlot::State::Placed) continue;
            const float x = x0 + glyphs[i].x + slot.left, y = y0 + glyphs[i].y + slot.top;
            const float w = slot.width, h = slot.height, s = slot.x, t = slot.y;
            list.PrimRectUV({x, y}, {x + w, y + h}, {s * u, t * v}, {(s + w) * u, (t + h) * v},
                            colour);
        }
    }
};

TextEngine::TextEngine(std::unique_ptr<Data> data) : data_(std::move(data)) {}
TextEngine::~TextEngine() = default;

Result<std::unique_ptr<TextEngine>> TextEngine::create(int atlas_width, int atlas_height) {
    auto faces = FontFaces::create();
    if (!faces) return tl::unexpected(faces.error());
    auto icons = Icons::load();
    if (!icons) return tl::unexpected(icons.error());
    auto data =
        std::make_unique<Data>(std::move(*faces), std::move(*icons), atlas_width, atlas_height);
    // The first use of ICU's dictionaries reads them from disk, up to 0.3 s: not while a
    // resident waits for a screen.
    for (const Language language : kAllLanguages) data->breaks.of(U"日本語。한국 vi", language);
    return std::unique_ptr<TextEngine>(new TextEngine(std::move(data)));
}

const TextBlock& TextEngine::layout(std::string_view markup, const TextStyle& style,
                                    float max_width) {
    data_->drop_old_blocks();
    const LayoutName name{markup, style, std::max(max_width, 0.f)};
    const auto held = data_->blocks.find(name);
    if (held != data_->blocks.end()) return *held->second;
    LayoutTools tools{*data_->faces, data_->atlas, data_->breaks};
    auto block = std::make_unique<TextBlock>(lay_out(markup, style, name.max_width, tools));
    const auto [at, is_new] = data_->blocks.emplace(
        OwnedName{std::string(markup), style, name.max_width}, std::move(block));
    return *at->second;
}

float TextEngine::fit(std::string_view markup, TextStyle style, float max_width, float max_height,
                      float min_px) {
    for (; style.px > min_px;
         style.px =
             std::max(min_px, std::floor(style.px - std::max(kFitStep, style.px * kFitShare)))) {
        const TextBlock& block = layout(markup, style, max_width);
        const bool wide = max_width > 0 && block.width > max_width + 0.5f;
        if (!wide && block.height <= max_height && !block.cut && !block.broke_phrase) break;
    }
    return style.px;
}

void TextEngine::draw(ImDrawList& list, const TextBlock& block, ImVec2 origin, ImU32 colour) {
    data_->draw(list, block.glyphs.data(), block.glyphs.size(), origin, colour);
}

bool TextEngine::draw_icon(ImDrawList& list, std::string_view name, ImVec2 centre, float px,
                           ImU32 colour) {
    const auto code_point = data_->icons.find(name);
    if (!code_point) return false;
    const FaceId face = data_->faces->icon_face();
    const FaceGlyph glyph = data_->faces->glyph(face, *code_point);
    const int size = static_cast<int>(std::clamp(std::round(px), 1.f, 1000.f));
    const auto em = static_cast<float>(size);
    // An icon fills its em box, and the baseline is the lower edge of that.
    const TextBlock::Glyph pen{-std::round(em / 2), em - std::round(em / 2),
                               data_->atlas.number_of(face, glyph.index, size)};
    data_->draw(list, &pen, 1, centre, colour);
    return true;
}

bool TextEngine::has_icon(std::string_view name) const {
    return data_->icons.find(name).has_value();
}

AtlasView TextEngine::atlas() const {
    return data_->atlas.view();
}
void TextEngine::atlas_uploaded() {
    data_->atlas.uploaded();
}
void TextEngine::set_texture(ImTextureID texture) {
    data_->texture = texture;
}
bool TextEngine::atlas_full() const {
    return data_->atlas.full();
}

void TextEngine::rebuild_atlas() {
    data_->blocks.clear();
    data_->atlas.clear();
}

}  // namespace machikoe
