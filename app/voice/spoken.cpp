#include "app/voice/spoken.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "app/plan/text_rules.h"
#include "app/voice/kana.h"
#include "app/voice/numbers.h"

namespace machikoe {
namespace {

constexpr std::u32string_view kSilent = U"「」『』“”\"'’‘\u2060\u200B \u3000";
constexpr std::u32string_view kPauses = U"（）()：:；;・…—–-\n,，/／、";
constexpr std::u32string_view kEnds = U"。？！?!";
constexpr std::pair<char32_t, std::string_view> kWords[] = {
    {U'%', "パーセント"}, {U'％', "パーセント"}, {U'÷', "ワル"},  {U'=', "ワ"},    {U'＝', "ワ"},
    {U'〜', "カラ"},      {U'～', "カラ"},       {U'＋', "タス"}, {U'&', "アンド"}};

constexpr char32_t kFirstEastAsian = 0x2E80;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Bytes of the number that the text begins with: digits, commas before three digits, one point.
std::size_t number_size(std::string_view text) {
    std::size_t at = 0;
    bool point = false;
    while (at < text.size()) {
        const bool inner = at + 1 < text.size() && is_digit(text[at + 1]) && at > 0;
        if (is_digit(text[at])) {
            ++at;
        } else if (text[at] == ',' && inner && !point && at + 3 < text.size() &&
                   is_digit(text[at + 2]) && is_digit(text[at + 3])) {
            ++at;
        } else if (text[at] == '.' && inner && !point) {
            point = true;
            ++at;
        } else {
            break;
        }
    }
    return at;
}

class JapaneseReader {
  public:
    explicit JapaneseReader(const Lexicon& lexicon) : lexicon_(lexicon) {}

    Spoken read(std::string_view markup) {
        const std::vector<RubyPiece> ruby = split_ruby(markup);
        for (std::size_t i = 0; i < ruby.size(); ++i) {
            if (!ruby[i].ruby.empty()) {
                add({std::string(ruby[i].base), to_katakana(ruby[i].ruby)});
                continue;
            }
            const RubyPiece* next = i + 1 < ruby.size() ? &ruby[i + 1] : nullptr;
            if (read_plain(ruby[i].base, next)) ++i;
        }
        if (!result_.pieces.empty() && result_.pieces.back().text == "、")
            result_.pieces.pop_back();
        return std::move(result_);
    }

  private:
    /// True when the number at its end took `next` along.
    bool read_plain(std::string_view text, const RubyPiece* next) {
        while (!text.empty()) {
            const Lexicon::Match entry = lexicon_.match(text, Language::Ja, {});
            if (entry.size > 0) {
                add({std::string(text.substr(0, entry.size)), std::string(entry.reading)});
                text.remove_prefix(entry.size);
            } else if (is_digit(text.front())) {
                const std::size_t size = number_size(text);
                const std::string_view digits = text.substr(0, size);
                text.remove_prefix(size);
                if (text.empty() && next) {
                    add_counted(digits, next->base, next->ruby);
                    return true;
                }
                if (const auto counter = counter_at_start(text)) {
                    add({std::string(digits) + std::string(counter->written),
                         counted_reading(digits, *counter)});
                    text.remove_prefix(counter->written.size());
                } else {
                    add({std::string(digits), reading_of_number(digits)});
                }
            } else {
                const std::size_t size = first_letter_size(text);
                add_character(text.substr(0, size));
                text.remove_prefix(size);
            }
        }
        return false;
    }

    /// The ruby behind a number, when it is a counter: {年度|ねんど}, but not {年度末|…}.
    void add_counted(std::string_view digits, std::string_view base, std::string_view ruby) {
        const auto counter = counter_at_start(base);
        const std::string reading = to_katakana(ruby);
        if (counter && counter->written == base) {
            const std::string counted = counted_reading(digits, *counter);
            // Ruby may give the counter as it stands alone; 3{分|ぶん}の1 is no time.
            if (reading == counter->reading || counted.ends_with(reading))
                return add({std::string(digits) + std::string(base), counted});
        }
        add({std::string(digits), reading_of_number(digits)});
        add({std::string(base), reading});
    }

    std::string counted_reading(std::string_view digits, const Counter& counter) const {
        const bool after_month = !result_.pieces.empty() &&
                                 !result_.pieces.back().reading.empty() &&
                                 result_.pieces.back().text.ends_with("月");
        return reading_of_counted(digits, counter, after_month ? Before::Month : Before::Anything);
    }

    void add_character(std::string_view character) {
        const char32_t c = code_points(character).front();
        if (kSilent.find(c) != std::u32string_view::npos) return;
        for (const auto& [sign, word] : kWords)
            if (sign == c) return add({std::string(character), std::string(word)});
        if (kPauses.find(c) != std::u32string_view::npos) return add_pause("、");
        if (kEnds.find(c) != std::u32string_view::npos)
            return add_pause(c == U'?' ? "？" : c == U'!' ? "！" : character);
        if (result_.pieces.empty() || !result_.pieces.back().reading.empty() || ended_)
            result_.pieces.push_back({});
        result_.pieces.back().text += character;
        ended_ = false;
    }

    /// One sign between two words: the stronger one.
    void add_pause(std::string_view sign) {
        if (result_.pieces.empty()) return;
        std::string& last = result_.pieces.back().text;
        if (ended_) {
            if (last == "、") last = sign;
            return;
        }
        result_.pieces.push_back({std::string(sign), ""});
        ended_ = true;
    }

    void add(SpokenPiece piece) {
        result_.pieces.push_back(std::move(piece));
        ended_ = false;
    }

    const Lexicon& lexicon_;
    Spoken result_;
    bool ended_ = false;  // the last piece is a pause
};

/// Quotation marks as every voice knows them; no marks for breaking lines.
std::string with_plain_signs(std::string_view text) {
    std::string plain;
    for (; !text.empty(); text.remove_prefix(first_letter_size(text))) {
        const std::string_view character = text.substr(0, first_letter_size(text));
        const char32_t c = code_points(character).front();
        if (c == U'’')
            plain += '\'';
        else if (c == U'“' || c == U'”')
            plain += '"';
        else if (c == U'\n')
            plain += ' ';
        else if (c != U'\u2060' && c != U'\u200B')
            plain += character;
    }
    return plain;
}

Spoken read_words(std::string_view markup, Language language, const Lexicon& lexicon) {
    const std::string text = with_plain_signs(markup);
    std::string said;
    for (std::string_view rest = text; !rest.empty();) {
        const Lexicon::Match entry = lexicon.match(
            rest, language, std::string_view(text).substr(0, text.size() - rest.size()));
        if (entry.size > 0) {
            said += entry.reading;
            rest.remove_prefix(entry.size);
            continue;
        }
        const std::size_t size = first_letter_size(rest);
        // A voice of one script leaves out or spells what is written in another.
        const bool foreign = language == Language::En &&
                             code_points(rest.substr(0, size)).front() >= kFirstEastAsian;
        said += foreign ? " " : rest.substr(0, size);
        rest.remove_prefix(size);
    }
    Spoken spoken;
    if (!said.empty()) spoken.pieces.push_back({said, ""});
    return spoken;
}

}  // namespace

bool Spoken::silent() const {
    return std::ranges::none_of(pieces, [](const SpokenPiece& piece) {
        return std::ranges::any_of(code_points(piece.text + piece.reading), [](char32_t c) {
            return u_isalnum(static_cast<UChar32>(c)) != 0;
        });
    });
}

std::string Spoken::canonical() const {
    std::string all;
    for (const SpokenPiece& piece : pieces) {
        all += piece.text;
        all += '\x1e';
        all += piece.reading;
        all += '\x1f';
    }
    return all;
}

std::string Spoken::said() const {
    std::string all;
    for (const SpokenPiece& piece : pieces)
        all += piece.reading.empty() ? piece.text : piece.reading;
    return all;
}

Spoken spoken_form(std::string_view markup, Language language, const Lexicon& lexicon) {
    if (is_japanese(language)) return JapaneseReader(lexicon).read(markup);
    return read_words(markup, language, lexicon);
}

std::size_t length_of(const Spoken& spoken, Language language) {
    const std::string said = spoken.said();
    const std::u32string letters = code_points(said);
    if (!is_japanese(language))
        return static_cast<std::size_t>(std::ranges::count_if(
            letters, [](char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0; }));
    const auto kanji = static_cast<std::size_t>(std::ranges::count_if(letters, is_kanji));
    return mora_count(said) + 2 * kanji;
}

}  // namespace machikoe
