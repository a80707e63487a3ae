#include "sync/server/inflate.h"

#include <zstd.h>

#include <memory>
#include <optional>

namespace machikoe {
namespace {

// 8 MiB: the largest window that an encoder picks for 8 MiB of input.  A frame that asks
// for more asks for memory only.
constexpr int kMaxWindowLog = 23;
constexpr std::size_t kPieceBytes = 128u << 10;

using Context = std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)>;

/// One frame that says how large it is, as ours do, at once; nullopt: look more closely.
std::optional<std::string> inflate_one_frame(std::string_view bytes, std::size_t limit) {
    const auto size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > limit)
        return std::nullopt;
    // Kept: it needs no window, because the text is one, and so stays small.
    thread_local const Context context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    std::string text(size, '\0');
    const std::size_t written =
        ZSTD_decompressDCtx(context.get(), text.data(), text.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(written) || written != text.size()) return std::nullopt;
    return text;
}

}  // namespace

tl::expected<std::string, InflateFault> inflate_zstd(std::string_view bytes, std::size_t limit) {
    if (auto text = inflate_one_frame(bytes, limit)) return std::move(*text);
    const Context context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    if (!context ||
        ZSTD_isError(ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kMaxWindowLog)))
        return tl::unexpected(InflateFault::Damaged);
    std::string text;
    std::string piece(kPieceBytes, '\0');
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::size_t expected = 1;  // bytes still wanted; 0 at the end of a frame
    bool full = false;         // the piece was filled: more may wait inside the context
    while (in.pos < in.size || full) {
        ZSTD_outBuffer out{piece.data(), piece.size(), 0};
        expected = ZSTD_decompressStream(context.get(), &out, &in);
        if (ZSTD_isError(expected)) return tl::unexpected(InflateFault::Damaged);
        if (out.pos > limit - text.size()) return tl::unexpected(InflateFault::TooLarge);
        text.append(piece, 0, out.pos);
        full = out.pos == out.size && expected != 0;
    }
    if (expected != 0) return tl::unexpected(InflateFault::Damaged);  // cut off
    return text;
}

}  // namespace machikoe
