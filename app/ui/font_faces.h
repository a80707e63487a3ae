// FontFaces: which glyph a character has in a language and weight, and its bitmap.
//
// Font files are mapped, not read: the pages in use are shared and the rest stays on disk.
// Faces are found by family name, because the order inside a collection may change.  Without
// the package of extra weights Medium is Regular and Black is Bold.
//
// Nothing is hinted, so that widths scale: a layout at another size is the same layout.
// One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "app/base/result.h"
#include "app/plan/language.h"
#include "app/ui/text.h"

namespace machikoe {

using FaceId = std::uint8_t;

struct FaceGlyph {
    std::uint32_t index = 0;  // 0: the face has no such character
    float advance = 0;        // of em
};

/// 8-bit coverage, rows of `width` bytes; `left` and `top` count from the pen position.
struct GlyphBitmap {
    int width = 0, height = 0;
    int left = 0, top = 0;
    std::vector<std::uint8_t> pixels;
};

class FontFaces {
  public:
    /// NotFound names the package that is missing.
    static Result<std::unique_ptr<FontFaces>> create();
    ~FontFaces();

    FaceId face_of(Language language, Weight weight) const;
    FaceId icon_face() const;
    FaceGlyph glyph(FaceId face, char32_t character);
    GlyphBitmap rasterise(FaceId face, std::uint32_t glyph_index, int px);

  private:
    struct Data;
    explicit FontFaces(std::unique_ptr<Data> data);
    std::unique_ptr<Data> data_;
};

}  // namespace machikoe
