#include "app/voice/lexicon.h"

#include <algorithm>

#include "app/base/file.h"
#include "app/plan/text_rules.h"
#include "app/plan/yaml_reader.h"
#include "app/voice/kana.h"

namespace machikoe {
namespace {

constexpr std::uintmax_t kLargestFile = 1u << 20;

bool is_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
}

bool is_kana_only(std::string_view text) {
    const std::u32string letters = code_points(text);
    return !letters.empty() && std::ranges::all_of(letters, is_kana);
}

}  // namespace

std::string_view speech_tag(Language language) {
    return tag_of(language == Language::JaEasy ? Language::Ja : language);
}

void Lexicon::add(Language language, const std::string& text, const std::string& reading) {
    longest_ = std::max(longest_, text.size());
    by_speech_[std::string(speech_tag(language))][text] =
        is_japanese(language) ? to_katakana(reading) : reading;
}

Status Lexicon::add_file(const std::filesystem::path& file) {
    const auto bytes = load_file(file, kLargestFile);
    if (!bytes && bytes.error().code == ErrorCode::NotFound) return {};
    if (!bytes) return tl::unexpected(bytes.error());
    PackFaults faults;
    const YamlContext context{.file = file.string(), .languages = {}, .faults = &faults};
    const auto root = parse_yaml(file.string(), *bytes, faults);
    if (root) {
        YamlReader reader(context, *root, "");
        reader.integer("format", 1, 1);
        for (const Language language : kAllLanguages) {
            const std::string tag(tag_of(language));
            if (language == Language::JaEasy || !reader.has(tag)) continue;
            for (const YamlNode& item : reader.list(tag, 1)) {
                YamlReader entry(context, item, "entry");
                const std::string text = entry.string("text");
                const std::string reading = entry.string("reading");
                entry.finish();
                if (language == Language::Ja && !reading.empty() && !is_kana_only(reading))
                    entry.fault(entry.line(), "'reading' is not kana");
                if (!text.empty()) add(language, text, reading);
            }
        }
        reader.finish();
    }
    if (faults.empty()) return {};
    return fail(ErrorCode::Invalid, to_string(faults.front()));
}

void Lexicon::add_glossary(const std::vector<GlossaryEntry>& glossary) {
    for (const GlossaryEntry& entry : glossary) add(Language::Ja, entry.term, entry.reading);
}

const Lexicon::Entries& Lexicon::entries(Language language) const {
    static const Entries kNone;
    const auto found = by_speech_.find(speech_tag(language));
    return found == by_speech_.end() ? kNone : found->second;
}

Lexicon::Match Lexicon::match(std::string_view text, Language language,
                              std::string_view before) const {
    const Entries& all = entries(language);
    for (std::size_t size = std::min(longest_, text.size()); size > 0; --size) {
        const auto found = all.find(text.substr(0, size));
        if (found == all.end()) continue;
        const bool joined = (!before.empty() && is_word(before.back()) && is_word(text.front())) ||
                            (size < text.size() && is_word(text[size - 1]) && is_word(text[size]));
        if (!is_japanese(language) && joined) continue;
        return {size, found->second};
    }
    return {};
}

std::vector<std::string> Lexicon::contradictions(std::string_view markup) const {
    const std::vector<RubyPiece> pieces = split_ruby(markup);
    std::vector<std::string> found;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        std::string base, reading;
        for (std::size_t j = i; j < pieces.size() && base.size() < longest_; ++j) {
            base += pieces[j].base;
            reading += pieces[j].ruby.empty() ? pieces[j].base : pieces[j].ruby;
            const auto entry = entries(Language::Ja).find(base);
            if (pieces[i].ruby.empty() || entry == entries(Language::Ja).end()) continue;
            if (sound_of(reading) != sound_of(entry->second))
                found.push_back(base + ": the text says " + reading + ", the lexicon " +
                                entry->second);
        }
    }
    return found;
}

}  // namespace machikoe
