#include "app/ui/font_faces.h"

#include <fcntl.h>
#include <ft2build.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>
#include <unordered_map>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

namespace machikoe {
namespace {

constexpr std::array<const char*, 2> kCjkFolders = {"/usr/share/fonts/opentype/noto",
                                                    "/usr/share/fonts/noto-cjk"};
constexpr const char* kIconFile =
    "/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf";
constexpr std::array<const char*, 4> kWeightNames = {"Regular", "Medium", "Bold", "Black"};
enum Region { kJapan, kChina, kTaiwan, kKorea, kRegionCount };
constexpr std::array<const char*, kRegionCount> kFamilies = {
    "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans CJK TC", "Noto Sans CJK KR"};

Region region_of(Language language) {
    switch (language) {
        case Language::ZhHans:
            return kChina;
        case Language::ZhHant:
            return kTaiwan;
        case Language::Ko:
            return kKorea;
        case Language::Ja:
        case Language::JaEasy:
        case Language::En:
        case Language::Vi:
            break;
    }
    return kJapan;
}

class MappedFile {
  public:
    explicit MappedFile(const std::string& path) {
        const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0) return;
        struct stat info {};
        if (::fstat(file, &info) == 0 && info.st_size > 0) {
            const auto length = static_cast<std::size_t>(info.st_size);
            void* mapped = ::mmap(nullptr, length, PROT_READ, MAP_PRIVATE, file, 0);
            if (mapped != MAP_FAILED) {
                bytes_ = mapped;
                size_ = length;
            }
        }
        ::close(file);
    }
    ~MappedFile() {
        if (bytes_) ::munmap(bytes_, size_);
    }
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    const FT_Byte* bytes() const { return static_cast<const FT_Byte*>(bytes_); }
    FT_Long size() const { return static_cast<FT_Long>(size_); }

  private:
    void* bytes_ = nullptr;
    std::size_t size_ = 0;
};

struct FreeFace {
    void operator()(FT_Face face) const { FT_Done_Face(face); }
};
using FacePointer = std::unique_ptr<FT_FaceRec_, FreeFace>;
struct FreeLibrary {
    void operator()(FT_Library library) const { FT_Done_FreeType(library); }
};

struct Face {
    FacePointer pointer;
    int px = 0;  // of the size that is set
    std::unordered_map<char32_t, FaceGlyph> glyphs;
};

}  // namespace

struct FontFaces::Data {
    // The order matters: faces go before the bytes they read and before the library.
    std::unique_ptr<FT_LibraryRec_, FreeLibrary> library;
    std::vector<std::unique_ptr<MappedFile>> files;
    std::vector<Face> faces;
    std::array<std::array<FaceId, 4>, kRegionCount> by_weight{};
    FaceId icons = 0;

    FacePointer open_face(const MappedFile& file, FT_Long index) {
        FT_Face face = nullptr;
        if (FT_New_Memory_Face(library.get(), file.bytes(), file.size(), index, &face)) return {};
        return FacePointer(face);
    }

    const MappedFile* map(const std::string& path) {
        auto file = std::make_unique<MappedFile>(path);
        if (!file->bytes()) return nullptr;
        return files.emplace_back(std::move(file)).get();
    }

    FaceId add(FacePointer face) {
        faces.push_back({std::move(face), 0, {}});
        return static_cast<FaceId>(faces.size() - 1);
    }

    /// True when the collection of this weight has all our families.
    bool add_weight(std::size_t weight) {
        const MappedFile* file = nullptr;
        for (const char* folder : kCjkFolders) {
            file = map(std::string(folder) + "/NotoSansCJK-" + kWeightNames[weight] + ".ttc");
            if (file) break;
        }
        if (!file) return false;
        int found = 0;
        FT_Long count = 1;
        for (FT_Long index = 0; index < count && found < kRegionCount; ++index) {
            FacePointer face = open_face(*file, index);
            if (!face) return false;
            count = face->num_faces;
            const std::string family = face->family_name ? face->family_name : "";
            for (std::size_t region = 0; region < kRegionCount; ++region) {
                if (!family.starts_with(kFamilies[region])) continue;
                by_weight[region][weight] = add(std::move(face));
                ++found;
                break;
            }
        }
        return found == kRegionCount;
    }

    void use_weight_for(Weight from, Weight to) {
        for (auto& faces_of_region : by_weight) {
            faces_of_region[static_cast<std::size_t>(to)] =
                faces_of_region[static_cast<std::size_t>(from)];
        }
    }
};

FontFaces::FontFaces(std::unique_ptr<Data> data) : data_(std::move(data)) {}
FontFaces::~FontFaces() = default;

Result<std::unique_ptr<FontFaces>> FontFaces::create() {
    auto data = std::make_unique<Data>();
    FT_Library library = nullptr;
    if (FT_Init_FreeType(&library)) {
        return fail(ErrorCode::Unavailable, "FreeType cannot be initialised");
    }
    data->library.reset(library);
    for (const Weight weight : {Weight::Regular, Weight::Bold}) {
        if (!data->add_weight(static_cast<std::size_t>(weight))) {
            return fail(ErrorCode::NotFound,
                        std::string("NotoSansCJK-") +
                            kWeightNames[static_cast<std::size_t>(weight)] +
                            ".ttc is missing or incomplete: install the package fonts-noto-cjk");
        }
    }
    if (!data->add_weight(static_cast<std::size_t>(Weight::Medium))) {
        data->use_weight_for(Weight::Regular, Weight::Medium);
    }
    if (!data->add_weight(static_cast<std::size_t>(Weight::Black))) {
        data->use_weight_for(Weight::Bold, Weight::Black);
    }
    const MappedFile* icon_file = data->map(kIconFile);
    FacePointer icons = icon_file ? data->open_face(*icon_file, 0) : FacePointer{};
    if (!icons) {
        return fail(ErrorCode::NotFound, std::string(kIconFile) +
                                             " is missing: install the package "
                                             "fonts-material-design-icons-iconfont");
    }
    data->icons = data->add(std::move(icons));
    return std::unique_ptr<FontFaces>(new FontFaces(std::move(data)));
}

FaceId FontFaces::face_of(Language language, Weight weight) const {
    return data_->by_weight[region_of(language)][static_cast<std::size_t>(weight)];
}

FaceId FontFaces::icon_face() const {
    return data_->icons;
}

FaceGlyph FontFaces::glyph(FaceId id, char32_t character) {
    Face& face = data_->faces[id];
    const auto [at, is_new] = face.glyphs.try_emplace(character);
    if (is_new) {
        FT_Face pointer = face.pointer.get();
        at->second.index = FT_Get_Char_Index(pointer, character);
        FT_Fixed units = 0;
        if (FT_Get_Advance(pointer, at->second.index, FT_LOAD_NO_SCALE, &units) == 0) {
            at->second.advance =
                static_cast<float>(units) / static_cast<float>(pointer->units_per_EM);
        }
    }
    return at->second;
}

GlyphBitmap FontFaces::rasterise(FaceId id, std::uint32_t glyph_index, int px) {
    Face& face = data_->faces[id];
    FT_Face pointer = face.pointer.get();
    if (face.px != px) {
        if (FT_Set_Pixel_Sizes(pointer, 0, static_cast<FT_UInt>(px))) return {};
        face.px = px;
    }
    if (FT_Load_Glyph(pointer, glyph_index,
                      FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP | FT_LOAD_RENDER)) {
        return {};
    }
    const FT_GlyphSlot slot = pointer->glyph;
    GlyphBitmap bitmap;
    bitmap.width = static_cast<int>(slot->bitmap.width);
    bitmap.height = static_cast<int>(slot->bitmap.rows);
    bitmap.left = slot->bitmap_left;
    bitmap.top = -slot->bitmap_top;
    bitmap.pixels.reserve(static_cast<std::size_t>(bitmap.width) *
                          static_cast<std::size_t>(bitmap.height));
    for (int row = 0; row < bitmap.height; ++row) {
        const unsigned char* from = slot->bitmap.buffer + row * slot->bitmap.pitch;
        bitmap.pixels.insert(bitmap.pixels.end(), from, from + bitmap.width);
    }
    return bitmap;
}

}  // namespace machikoe
