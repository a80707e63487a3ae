#include "app/ui/words.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "app/ui/ruby.h"

namespace machikoe {
namespace {

std::u32string folded(std::u32string text) {
    for (char32_t& c : text)
        c = static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
    return text;
}

bool has_script(char32_t c, UScriptCode script) {
    return uscript_hasScript(static_cast<UChar32>(c), script);
}
bool is_latin(char32_t c) {
    return u_isdigit(static_cast<UChar32>(c)) || has_script(c, USCRIPT_LATIN);
}
bool is_katakana(char32_t c) {
    return c == U'ー' || has_script(c, USCRIPT_KATAKANA);
}

/// Do these two neighbours belong to one word of their script?
bool joins(char32_t a, char32_t b) {
    return (is_latin(a) && is_latin(b)) || (is_katakana(a) && is_katakana(b));
}

/// A run under one reading is shown as a whole, and explained as a whole.
bool cuts_a_run(const RubyText& text, std::size_t at) {
    return std::ranges::any_of(
        text.runs, [&](const RubyText::Run& run) { return at > run.begin && at < run.end; });
}

}  // namespace

WordFinder::WordFinder(const std::vector<GlossaryEntry>& glossary, Language language)
    : language_(language) {
    const auto add = [&](std::string_view words, const std::string& entry) {
        std::u32string pattern = folded(parse_ruby_text(words).characters);
        if (!pattern.empty()) patterns_.push_back({std::move(pattern), entry});
    };
    for (const GlossaryEntry& entry : glossary) {
        add(entry.label.in(language), entry.id);
        if (is_japanese(language)) add(entry.term, entry.id);
    }
    std::ranges::stable_sort(patterns_, std::greater{},
                             [](const Pattern& pattern) { return pattern.folded.size(); });
}

std::vector<FoundWord> WordFinder::find(std::string_view markup) const {
    const RubyText text = parse_ruby_text(markup);
    const std::u32string all = folded(text.characters);
    std::vector<FoundWord> found;
    const auto is_word = [&](std::size_t begin, std::size_t end) {
        if (begin > 0 && joins(all[begin - 1], all[begin])) return false;
        // Korean words take their particles behind them, never before.
        if (begin > 0 && has_script(all[begin - 1], USCRIPT_HANGUL) &&
            has_script(all[begin], USCRIPT_HANGUL))
            return false;
        if (end < all.size() && joins(all[end - 1], all[end])) return false;
        return !cuts_a_run(text, begin) && !cuts_a_run(text, end);
    };
    for (std::size_t at = 0; at < all.size();) {
        std::size_t next = at + 1;
        for (const Pattern& pattern : patterns_) {
            if (all.compare(at, pattern.folded.size(), pattern.folded) != 0) continue;
            std::size_t end = at + pattern.folded.size();
            if (language_ == Language::En && end < all.size() && all[end] == U's') {
                if (is_word(at, end + 1)) ++end;
            }
            if (!is_word(at, end)) continue;
            found.push_back({at, end, pattern.entry});
            next = end;
            break;
        }
        at = next;
    }
    return found;
}

}  // namespace machikoe
