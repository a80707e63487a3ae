// Language: what a resident may read in, and Text: one statement in each of them.
//
// The set is closed because each member needs a font face, line-break rules and
// (later) a voice; which of them a pack offers is the pack's to say.  やさしい日本語
// is a language of its own here: other words, not a filter over Japanese.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace machikoe {

enum class Language : std::uint8_t { Ja, JaEasy, En, ZhHans, ZhHant, Ko, Vi };

inline constexpr std::size_t kLanguageCount = 7;
inline constexpr std::array<Language, kLanguageCount> kAllLanguages = {
    Language::Ja,     Language::JaEasy, Language::En, Language::ZhHans,
    Language::ZhHant, Language::Ko,     Language::Vi};

/// "ja", "ja-easy", "en", "zh-hans", "zh-hant", "ko", "vi": the key in packs, records
/// and exports.
std::string_view tag_of(Language language);
std::optional<Language> language_of(std::string_view tag);

/// The language's own name, as shown on its button: 日本語, やさしいにほんご, English, …
std::string_view native_name_of(Language language);

/// True for the two kinds of Japanese: they alone carry ruby.
bool is_japanese(Language language);

/// One statement in several languages.  Japanese may hold ruby as {漢字|かんじ};
/// U+2060 forbids and U+200B allows a line break.  All of it is NFC.
class Text {
  public:
    /// The text in this language, or in Japanese where it is missing ("" where that is
    /// missing too).  A validated pack has every language it offers.
    std::string_view in(Language language) const;
    bool has(Language language) const { return !at(language).empty(); }
    bool empty() const;
    void set(Language language, std::string value);
    bool operator==(const Text&) const = default;

  private:
    const std::string& at(Language language) const {
        return values_[static_cast<std::size_t>(language)];
    }
    std::array<std::string, kLanguageCount> values_;
};

/// A run of text under one reading, or plain text (ruby empty).
struct RubyPiece {
    std::string_view base;
    std::string_view ruby;
    bool operator==(const RubyPiece&) const = default;
};

/// Takes {漢字|かんじ} apart; the pieces point into `marked_up`.  Base and reading are not
/// empty and hold none of { | } and no line feed; whatever looks otherwise is plain text.
std::vector<RubyPiece> split_ruby(std::string_view marked_up);

/// The text without its ruby: {漢字|かんじ} becomes 漢字.  For labels, search, exports.
std::string without_ruby(std::string_view marked_up);

}  // namespace machikoe
