#include "app/ui/icons.h"

#include <charconv>

#include "app/base/file.h"

namespace machikoe {
namespace {

constexpr const char* kCodePoints =
    "/usr/share/fonts-material-design-icons-iconfont/scss/_variables.scss";

}  // namespace

Result<Icons> Icons::load() {
    const auto text = load_file(kCodePoints);
    if (!text) {
        return fail(ErrorCode::NotFound, std::string(kCodePoints) +
                                             " is missing: install the package "
                                             "fonts-material-design-icons-iconfont");
    }
    // Lines of the form:  "school": e80c,
    Icons icons;
    const std::string_view all = *text;
    std::size_t at = 0;
    while ((at = all.find('"', at)) != std::string_view::npos) {
        const std::size_t close = all.find('"', at + 1);
        if (close == std::string_view::npos) break;
        const std::string_view name = all.substr(at + 1, close - at - 1);
        at = close + 1;
        const std::string_view rest = all.substr(at, 16);
        if (!rest.starts_with(": ")) continue;
        unsigned code = 0;
        const auto parsed = std::from_chars(rest.data() + 2, rest.data() + rest.size(), code, 16);
        if (parsed.ec == std::errc{} && code > 0 && code <= 0x10FFFF) {
            icons.code_points_.emplace(name, code);
        }
    }
    if (icons.code_points_.empty()) {
        return fail(ErrorCode::Corrupt, std::string(kCodePoints) + " names no icons");
    }
    return icons;
}

std::optional<char32_t> Icons::find(std::string_view name) const {
    const auto at = code_points_.find(name);
    if (at == code_points_.end()) return std::nullopt;
    return at->second;
}

}  // namespace machikoe
