#include "app/plan/language.h"

#include <algorithm>

namespace machikoe {
namespace {

struct Names {
    std::string_view tag;
    std::string_view native;
};

constexpr std::array<Names, kLanguageCount> kNames = {{{"ja", "日本語"},
                                                       {"ja-easy", "やさしいにほんご"},
                                                       {"en", "English"},
                                                       {"zh-hans", "简体中文"},
                                                       {"zh-hant", "繁體中文"},
                                                       {"ko", "한국어"},
                                                       {"vi", "Tiếng Việt"}}};

/// The ruby group at the start of `text`, which begins with '{', and its length in bytes.
std::optional<std::pair<RubyPiece, std::size_t>> group_at_start(std::string_view text) {
    const std::size_t bar = text.find_first_of("{|}\n", 1);
    if (bar == std::string_view::npos || text[bar] != '|' || bar == 1) return std::nullopt;
    const std::size_t close = text.find_first_of("{|}\n", bar + 1);
    if (close == std::string_view::npos || text[close] != '}' || close == bar + 1) {
        return std::nullopt;
    }
    return std::pair{RubyPiece{text.substr(1, bar - 1), text.substr(bar + 1, close - bar - 1)},
                     close + 1};
}

}  // namespace

std::string_view tag_of(Language language) {
    return kNames[static_cast<std::size_t>(language)].tag;
}

std::optional<Language> language_of(std::string_view tag) {
    for (const Language language : kAllLanguages) {
        if (tag_of(language) == tag) return language;
    }
    return std::nullopt;
}

std::string_view native_name_of(Language language) {
    return kNames[static_cast<std::size_t>(language)].native;
}

bool is_japanese(Language language) {
    return language == Language::Ja || language == Language::JaEasy;
}

std::string_view Text::in(Language language) const {
    return has(language) ? at(language) : at(Language::Ja);
}

bool Text::empty() const {
    return std::all_of(values_.begin(), values_.end(),
                       [](const std::string& value) { return value.empty(); });
}

void Text::set(Language language, std::string value) {
    values_[static_cast<std::size_t>(language)] = std::move(value);
}

std::vector<RubyPiece> split_ruby(std::string_view marked_up) {
    std::vector<RubyPiece> pieces;
    std::size_t plain_from = 0;
    std::size_t at = marked_up.find('{');
    while (at != std::string_view::npos) {
        const auto group = group_at_start(marked_up.substr(at));
        if (!group) {
            at = marked_up.find('{', at + 1);
            continue;
        }
        if (at > plain_from) {
            pieces.push_back({marked_up.substr(plain_from, at - plain_from), {}});
        }
        pieces.push_back(group->first);
        plain_from = at + group->second;
        at = marked_up.find('{', plain_from);
    }
    if (plain_from < marked_up.size()) pieces.push_back({marked_up.substr(plain_from), {}});
    return pieces;
}

std::string without_ruby(std::string_view marked_up) {
    std::string plain;
    for (const RubyPiece& piece : split_ruby(marked_up)) plain += piece.base;
    return plain;
}

}  // namespace machikoe
