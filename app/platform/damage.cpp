#include "app/platform/damage.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace machikoe {
namespace {

constexpr int kTile = 32;  // px
// Each one costs a walk over all triangles.
constexpr std::size_t kMostRects = 12;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

template <class T>
std::uint64_t bits(const T& value) {
    std::uint64_t word = 0;
    static_assert(sizeof value <= sizeof word);
    std::memcpy(&word, &value, sizeof value);
    return word;
}

std::int64_t area(const PixelRect& rect) {
    return std::int64_t{rect.x1 - rect.x0} * (rect.y1 - rect.y0);
}

/// Adds a rectangle; joins the two that waste least when there are too many.
void add_rect(std::vector<PixelRect>& rects, const PixelRect& rect) {
    rects.push_back(rect);
    if (rects.size() <= kMostRects) return;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::size_t first = 0, second = 1;
    for (std::size_t i = 0; i < rects.size(); ++i)
        for (std::size_t j = i + 1; j < rects.size(); ++j) {
            const std::int64_t waste =
                area(hull(rects[i], rects[j])) - area(rects[i]) - area(rects[j]);
            if (waste >= least) continue;
            least = waste;
            first = i;
            second = j;
        }
    rects[first] = hull(rects[first], rects[second]);
    rects.erase(rects.begin() + static_cast<std::ptrdiff_t>(second));
}

/// The tile a coordinate is in, within [0, count).
int tile_of(float value, int count) {
    const float tile = value / kTile;
    if (!(tile > 0)) return 0;
    return tile < static_cast<float>(count) ? static_cast<int>(tile) : count - 1;
}

}  // namespace

std::vector<PixelRect> Damage::next(const ImDrawData& data, int width, int height) {
    const bool is_new = width != width_ || height != height_;
    width_ = width;
    height_ = height;
    columns_ = (width + kTile - 1) / kTile;
    rows_ = (height + kTile - 1) / kTile;
    std::swap(tiles_, before_);
    tiles_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), 0);
    add(data);
    if (is_new) return {{0, 0, width, height}};
    return differing_tiles();
}

void Damage::add(const ImDrawData& data) {
    for (int i = 0; i < list_count(data); ++i) {
        const ImDrawList& list = *data.CmdLists[i];
        corners_.clear();
        for (const ImDrawVert& vertex : list.VtxBuffer) {
            const std::uint64_t place = mixed(bits(vertex.pos), bits(vertex.uv));
            corners_.push_back(mixed(place, vertex.col));
        }
        for (const ImDrawCmd& command : list.CmdBuffer)
            if (!command.UserCallback) add_triangles(list, command);
    }
}

void Damage::add_triangles(const ImDrawList& list, const ImDrawCmd& command) {
    const ImVec4& clip = command.ClipRect;
    std::uint64_t seed = mixed(bits(command.GetTexID()), bits(clip.x));
    for (const float edge : {clip.y, clip.z, clip.w}) seed = mixed(seed, bits(edge));
    const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
    const ImDrawIdx* end = index + command.ElemCount;
    const ImDrawVert* vertex = list.VtxBuffer.Data + command.VtxOffset;
    const std::uint64_t* corner = corners_.data() + command.VtxOffset;
    for (; index + 3 <= end; index += 3) {
        const ImVec2 a = vertex[index[0]].pos, b = vertex[index[1]].pos, c = vertex[index[2]].pos;
        const float x0 = std::max(least(a.x, b.x, c.x), clip.x);
        const float y0 = std::max(least(a.y, b.y, c.y), clip.y);
        const float x1 = std::min(most(a.x, b.x, c.x), clip.z);
        const float y1 = std::min(most(a.y, b.y, c.y), clip.w);
        if (x0 > x1 || y0 > y1) continue;
        const std::uint64_t hash =
            mixed(mixed(mixed(seed, corner[index[0]]), corner[index[1]]), corner[index[2]]);
        // A pixel more on each side, for what is snapped to the nearest pixel.
        const int left = tile_of(x0 - 1, columns_), right = tile_of(x1 + 1, columns_);
        const int bottom = tile_of(y1 + 1, rows_);
        for (int y = tile_of(y0 - 1, rows_); y <= bottom; ++y) {
            std::uint64_t* row = tiles_.data() + static_cast<std::ptrdiff_t>(y) * columns_;
            for (int x = left; x <= right; ++x) row[x] = mixed(row[x], hash);
        }
    }
}

std::vector<PixelRect> Damage::differing_tiles() const {
    std::vector<PixelRect> done, open;  // open: those that reach the row before, by x0
    for (int y = 0; y <= rows_; ++y) {
        std::vector<PixelRect> row;
        for (int x = 0; y < rows_ && x < columns_; ++x) {
            const auto at = static_cast<std::size_t>(y * columns_ + x);
            if (tiles_[at] == before_[at]) continue;
            if (!row.empty() && row.back().x1 == x)
                ++row.back().x1;
            else
                row.push_back({x, y, x + 1, y + 1});
        }
        for (const PixelRect& rect : open) {
            const auto same = std::find_if(row.begin(), row.end(), [&](const PixelRect& one) {
                return one.x0 == rect.x0 && one.x1 == rect.x1;
            });
            if (same == row.end())
                add_rect(done, rect);
            else
                same->y0 = rect.y0;
        }
        open = std::move(row);
    }
    for (PixelRect& rect : done)
        rect = intersection({rect.x0 * kTile, rect.y0 * kTile, rect.x1 * kTile, rect.y1 * kTile},
                            {0, 0, width_, height_});
    return done;
}

}  // namespace machikoe
