#include "app/ui/strings.h"

#include <yaml-cpp/yaml.h>

#include <cassert>

namespace machikoe {
namespace {

namespace fs = std::filesystem;

using OneLanguage = std::map<std::string, std::string, std::less<>>;

Result<OneLanguage> load_one(const fs::path& path) {
    std::error_code ec;
    if (!fs::is_regular_file(path, ec)) return fail(ErrorCode::NotFound, path.string());
    OneLanguage words;
    try {
        const YAML::Node root = YAML::LoadFile(path.string());
        if (!root.IsMap()) return fail(ErrorCode::Invalid, path.string() + ": not a mapping");
        for (const auto& entry : root) {
            const auto key = entry.first.as<std::string>();
            const std::string where =
                path.string() + ":" + std::to_string(entry.first.Mark().line + 1) + ": " + key;
            if (!entry.second.IsScalar()) return fail(ErrorCode::Invalid, where + ": not a text");
            const auto text = entry.second.as<std::string>();
            if (text.empty()) return fail(ErrorCode::Invalid, where + ": empty");
            if (!words.emplace(key, text).second)
                return fail(ErrorCode::Invalid, where + ": given twice");
        }
    } catch (const YAML::Exception& error) {
        return fail(ErrorCode::Invalid, path.string() + ": " + error.what());
    }
    return words;
}

}  // namespace

Result<Strings> Strings::load(const fs::path& folder, const std::vector<Language>& languages) {
    Strings strings;
    for (const Language language : languages) {
        auto words = load_one(folder / (std::string(tag_of(language)) + ".yaml"));
        if (!words) return tl::unexpected<Error>(words.error());
        for (const auto& [key, text] : *words) strings.texts_[key].set(language, text);
    }
    for (const auto& [key, text] : strings.texts_)
        for (const Language language : languages)
            if (!text.has(language))
                return fail(ErrorCode::Invalid,
                            (folder / (std::string(tag_of(language)) + ".yaml")).string() +
                                ": missing key " + key);
    return strings;
}

std::string_view Strings::get(std::string_view key, Language language) const {
    const auto found = texts_.find(key);
    assert(found != texts_.end());
    return found->second.in(language);
}

std::string Strings::format(std::string_view key, Language language,
                            std::initializer_list<std::string_view> arguments) const {
    const std::string_view pattern = get(key, language);
    std::string result;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool slot = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
                          pattern[i + 1] >= '0' && pattern[i + 1] <= '9';
        if (!slot) {
            result += pattern[i];
            continue;
        }
        const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
        assert(index < arguments.size());
        result += arguments.begin()[index];
        i += 2;
    }
    return result;
}

std::vector<std::string> Strings::keys() const {
    std::vector<std::string> keys;
    for (const auto& [key, text] : texts_) keys.push_back(key);
    return keys;
}

}  // namespace machikoe
