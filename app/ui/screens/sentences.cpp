// Sentences: cutting a text where a page may end.
#include <algorithm>

#include "app/plan/sentences.h"
#include "app/ui/screens/page.h"

namespace machikoe {
namespace {

enum class Ends { OfClauses, OfWords };

/// Bytes of an end at `at`; 0 where none is.
std::size_t end_at(std::string_view text, std::size_t at, Ends ends) {
    const std::string_view rest = text.substr(at);
    static constexpr std::string_view kClauses[] = {"、", "，", "；", "・", ", ", "; "};
    static constexpr std::string_view kWords[] = {" ", "　", "は", "が", "を", "に", "の", "的"};
    if (ends == Ends::OfClauses) {
        for (const std::string_view end : kClauses)
            if (rest.starts_with(end)) return end.size();
    } else {
        for (const std::string_view end : kWords)
            if (rest.starts_with(end)) return end.size();
    }
    return 0;
}

/// Cuts after ends, never inside {base|ruby}.
std::vector<std::string> cut_after(std::string_view text, Ends ends) {
    std::vector<std::string> parts;
    std::size_t start = 0;
    bool inside_ruby = false;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] == '{') inside_ruby = true;
        if (text[i] == '}') inside_ruby = false;
        const std::size_t end = inside_ruby ? 0 : end_at(text, i, ends);
        i += end > 0 ? end : 1;
        if (end == 0 && i < text.size()) continue;
        parts.emplace_back(text.substr(start, i - start));
        start = i;
    }
    return parts;
}

}  // namespace

std::vector<std::string> sentences_within(Ui& ui, std::string_view markup, const TextSpec& spec,
                                          const Rect& room) {
    const auto is_too_high = [&](std::string_view piece) {
        return ui.measure(piece, spec, room.w, Ui::At::Floor).height > room.h;
    };
    std::vector<std::string> pieces = sentences_of(markup);
    for (const Ends ends : {Ends::OfClauses, Ends::OfWords}) {
        std::vector<std::string> finer;
        for (std::string& piece : pieces) {
            if (!is_too_high(piece)) {
                finer.push_back(std::move(piece));
                continue;
            }
            for (std::string& part : cut_after(piece, ends)) finer.push_back(std::move(part));
        }
        pieces = std::move(finer);
    }
    return pieces;
}

std::vector<std::string> pieces_of(std::string_view markup, std::size_t count) {
    std::vector<std::string> pieces(std::max<std::size_t>(count, 1));
    std::size_t used = 0;
    for (const std::string& sentence : sentences_of(markup)) {
        // By the middle of the sentence, so that pieces are alike rather than front-heavy.
        const std::size_t middle = used + sentence.size() / 2;
        const std::size_t index = middle * pieces.size() / std::max<std::size_t>(markup.size(), 1);
        pieces[std::min(index, pieces.size() - 1)] += sentence;
        used += sentence.size();
    }
    return pieces;
}

std::string with_commas(std::int64_t number) {
    std::string digits = std::to_string(number);
    for (int at = static_cast<int>(digits.size()) - 3; at > 0 && digits[at - 1] != '-'; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

}  // namespace machikoe
