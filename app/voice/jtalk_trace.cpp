#include "app/voice/jtalk_trace.h"

#include <algorithm>
#include <optional>

#include "app/plan/text_rules.h"
#include "app/voice/kana.h"

namespace machikoe {
namespace {

constexpr std::u32string_view kNumerals =
    U"〇一ニ三四五六七八九十百千万億兆０１２３４５６７８９．，・、点";
constexpr std::size_t kMostChoices = 12;  // tokens of one stretch whose readings are combined

std::u32string full_width(std::string_view text) {
    std::u32string letters = code_points(text);
    for (char32_t& c : letters) {
        if (c == U' ')
            c = U'　';
        else if (c > 0x20 && c < 0x7F)
            c += 0xFEE0;
        else if (c == U'二')  // where the text has ニ, the trace may have the numeral
            c = U'ニ';
    }
    return letters;
}

bool is_digit(char32_t c) {
    return c >= U'０' && c <= U'９';
}

/// For each character of the text, where it begins in the surfaces; a number is one whole.
class Alignment {
  public:
    Alignment(std::u32string text, std::u32string surfaces)
        : text_(std::move(text)), surfaces_(std::move(surfaces)) {}

    /// at[i]: position of character i in the surfaces; nullopt inside a number.
    std::optional<std::vector<std::optional<std::size_t>>> find() {
        at_.assign(text_.size() + 1, std::nullopt);
        if (!match(0, 0)) return std::nullopt;
        return at_;
    }

  private:
    bool match(std::size_t i, std::size_t s) {
        while (i < text_.size() && !is_digit(text_[i])) {
            if (s >= surfaces_.size() || text_[i] != surfaces_[s]) return false;
            at_[i++] = s++;
        }
        if (i == text_.size()) {
            at_[i] = s;
            return s == surfaces_.size();
        }
        std::size_t end = i;
        while (end < text_.size() &&
               (is_digit(text_[end]) || text_[end] == U'，' || text_[end] == U'．'))
            ++end;
        std::size_t longest = s;
        while (longest < surfaces_.size() &&
               kNumerals.find(surfaces_[longest]) != std::u32string_view::npos)
            ++longest;
        for (std::size_t to = longest; to > s; --to) {
            std::fill(at_.begin() + static_cast<std::ptrdiff_t>(i), at_.end(), std::nullopt);
            at_[i] = s;
            if (match(end, to)) return true;
        }
        return false;
    }

    std::u32string text_, surfaces_;
    std::vector<std::optional<std::size_t>> at_;
};

/// Whether some choice between reading and sound of each token gives the expected sound.
bool can_sound(const std::vector<TraceToken>& tokens, std::size_t begin, std::size_t end,
               const std::string& expected) {
    const std::size_t count = end - begin;
    const std::size_t choices = count <= kMostChoices ? std::size_t{1} << count : 2;
    for (std::size_t choice = 0; choice < choices; ++choice) {
        std::string said;
        for (std::size_t t = 0; t < count; ++t) {
            const bool sound = count <= kMostChoices ? (choice >> t & 1) != 0 : choice != 0;
            said += sound ? tokens[begin + t].sound : tokens[begin + t].reading;
        }
        if (sound_of(said) == expected) return true;
    }
    return false;
}

/// A piece, or one character of a piece without reading.
struct Stretch {
    std::size_t piece = 0;
    std::size_t end = 0;  // in characters of the whole text
    bool has_reading = false;
    bool known = false;
    std::string sound;
};

std::vector<Stretch> stretches_of(const std::vector<SpokenPiece>& pieces) {
    std::vector<Stretch> all;
    std::size_t at = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::u32string letters = code_points(pieces[i].text);
        if (!pieces[i].reading.empty()) {
            at += letters.size();
            all.push_back({i, at, true, true, pieces[i].reading});
            continue;
        }
        for (const char32_t c : letters) {
            const bool known = is_kana(c) || U'、' == c || U'。' == c || U'？' == c || U'！' == c;
            all.push_back({i, ++at, false, known, utf8_of(std::u32string(1, c))});
        }
    }
    return all;
}

std::vector<std::size_t> all_with_reading(const std::vector<SpokenPiece>& pieces) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < pieces.size(); ++i)
        if (!pieces[i].reading.empty()) found.push_back(i);
    return found;
}

}  // namespace

std::vector<TraceToken> parse_trace(std::string_view trace) {
    std::vector<TraceToken> tokens;
    constexpr std::string_view kHead = "[Text analysis result]\n";
    const std::size_t head = trace.find(kHead);
    if (head == std::string_view::npos) return tokens;
    trace.remove_prefix(head + kHead.size());
    while (!trace.empty()) {
        const std::string_view line = trace.substr(0, trace.find('\n'));
        if (line.empty()) break;
        trace.remove_prefix(std::min(trace.size(), line.size() + 1));
        std::vector<std::string_view> fields;
        for (std::size_t at = 0; at <= line.size();) {
            const std::size_t end = std::min(line.find(',', at), line.size());
            fields.push_back(line.substr(at, end - at));
            at = end + 1;
        }
        if (fields.size() < 10) continue;
        tokens.push_back({std::string(fields[0]), std::string(fields[8]), std::string(fields[9])});
    }
    return tokens;
}

std::vector<std::size_t> misread_pieces(const std::vector<SpokenPiece>& pieces,
                                        const std::vector<TraceToken>& tokens) {
    std::u32string text, surfaces;
    for (const SpokenPiece& piece : pieces) text += full_width(piece.text);
    std::vector<std::size_t> token_ends;
    for (const TraceToken& token : tokens) {
        surfaces += full_width(token.surface);
        token_ends.push_back(surfaces.size());
    }
    const auto at = Alignment(text, surfaces).find();
    if (!at) return all_with_reading(pieces);
    std::vector<std::size_t> misread;
    const std::vector<Stretch> stretches = stretches_of(pieces);
    std::size_t first = 0, token = 0;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        const auto end = (*at)[stretches[i].end];
        if (!end) continue;
        const auto token_end = std::ranges::find(token_ends, *end);
        if (token_end == token_ends.end()) continue;
        const auto next = static_cast<std::size_t>(token_end - token_ends.begin()) + 1;
        std::string expected;
        bool reads = false, known = true;
        for (std::size_t j = first; j <= i; ++j) {
            expected += stretches[j].sound;
            reads = reads || stretches[j].has_reading;
            known = known && stretches[j].known;
        }
        if (reads && (!known || !can_sound(tokens, token, next, sound_of(expected))))
            for (std::size_t j = first; j <= i; ++j)
                if (stretches[j].has_reading) misread.push_back(stretches[j].piece);
        first = i + 1;
        token = next;
    }
    return misread;
}

}  // namespace machikoe
