#include "sync/server/inflate.h"

#include <zstd.h>

#include <memory>

namespace machikoe {
namespace {

// 8 MiB: the largest window that an encoder picks for 8 MiB of input.  A frame that asks
// for more asks for memory only.
constexpr int kMaxWindowLog = 23;
constexpr std::size_t kPieceBytes = 128u << 10;

}  // namespace

tl::expected<std::string, InflateFault> inflate_zstd(std::string_view bytes, std::size_t limit) {
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                       &ZSTD_freeDCtx);
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
