#include "sync/odata/format.h"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace machikoe::odata {
namespace {

constexpr std::string_view kJson = "application/json";

std::string lower(std::string_view text) {
    std::string low;
    for (const char c : text)
        if (c != ' ' && c != '\t') low += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return low;
}

struct Range {
    std::string type;
    std::string metadata;  // of the parameter odata.metadata, or metadata as 4.01 writes it
    double quality = 1;
};

std::string_view cut(std::string_view& text, char sign) {
    const std::string_view part = text.substr(0, text.find(sign));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    return part;
}

Range range_of(std::string_view text) {
    Range range;
    range.type = cut(text, ';');
    while (!text.empty()) {
        std::string_view parameter = cut(text, ';');
        const std::string_view name = cut(parameter, '=');
        if (name == "odata.metadata" || name == "metadata") range.metadata = parameter;
        if (name == "q") range.quality = std::atof(std::string(parameter).c_str());
    }
    return range;
}

bool is_any(std::string_view type) {
    return type == "*/*" || type == "application/*";
}

std::optional<Control> control_of(const Range& range) {
    if (range.type != kJson && !is_any(range.type)) return std::nullopt;
    if (range.metadata == "none") return Control::None;
    if (range.metadata.empty() || range.metadata == "minimal") return Control::Minimal;
    return std::nullopt;  // "full": more than we have
}

}  // namespace

std::optional<Control> json_form(std::string_view accept, std::string_view format) {
    if (!format.empty()) {
        const std::string low = lower(format);
        return control_of(range_of(low == "json" ? std::string(kJson) : low));
    }
    const std::string low = lower(accept);
    if (low.empty()) return Control::Minimal;
    std::optional<Control> best;
    double best_quality = 0;
    for (std::string_view rest = low; !rest.empty();) {
        const Range range = range_of(cut(rest, ','));
        const auto control = control_of(range);
        if (!control || range.quality <= best_quality) continue;
        best = control;
        best_quality = range.quality;
    }
    return best;
}

bool takes(std::string_view accept, std::string_view format, std::string_view type,
           std::string_view short_name) {
    if (!format.empty()) {
        const std::string low = lower(format);
        return low == short_name || range_of(low).type == type;
    }
    const std::string low = lower(accept);
    if (low.empty()) return true;
    for (std::string_view rest = low; !rest.empty();) {
        const Range range = range_of(cut(rest, ','));
        const bool same_family =
            range.type == std::string(type.substr(0, type.find('/'))) + "/*" || range.type == "*/*";
        if ((range.type == type || same_family) && range.quality > 0) return true;
    }
    return false;
}

std::string_view content_type_of(Control control) {
    return control == Control::None ? "application/json;odata.metadata=none"
                                    : "application/json;odata.metadata=minimal";
}

}  // namespace machikoe::odata
