#include "sync/commands/terminal_qr.h"

#include <qrencode.h>

#include <memory>

namespace machikoe {

std::string terminal_qr(const std::string& text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (!code) return {};
    constexpr int kMargin = 4;  // modules, ISO/IEC 18004
    const auto is_dark = [&](int row, int column) {
        const int width = code->width;
        return row >= 0 && row < width && column >= 0 && column < width &&
               (code->data[row * width + column] & 1) != 0;
    };
    std::string lines;
    for (int row = -kMargin; row < code->width + kMargin; row += 2) {
        lines += "\x1b[30;107m";  // black on bright white
        for (int column = -kMargin; column < code->width + kMargin; ++column) {
            const bool upper = is_dark(row, column), lower = is_dark(row + 1, column);
            lines += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
        }
        lines += "\x1b[0m\n";
    }
    return lines;
}

}  // namespace machikoe
