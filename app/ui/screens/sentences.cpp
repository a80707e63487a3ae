// Sentences: cutting a text where a page may end.
#include <algorithm>

#include "app/ui/screens/page.h"

namespace machikoe {
namespace {

constexpr std::string_view kStop = "。";
constexpr std::string_view kClosers[] = {"」", "』", "）", ")"};

/// Length of the end of a sentence at `at`, 0 where none is.
std::size_t stop_at(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("\n")) return 1;
    if (rest.starts_with(". ") || rest.starts_with("? ") || rest.starts_with("! ")) return 2;
    if (!rest.starts_with(kStop)) return 0;
    std::size_t length = kStop.size();
    for (const std::string_view closer : kClosers)
        if (rest.substr(length).starts_with(closer)) return length + closer.size();
    return length;
}

}  // namespace

std::vector<std::string> sentences_of(std::string_view markup) {
    std::vector<std::string> sentences;
    std::size_t start = 0;
    for (std::size_t i = 0; i < markup.size();) {
        const std::size_t stop = stop_at(markup, i);
        i += stop > 0 ? stop : 1;
        if (stop == 0 && i < markup.size()) continue;
        sentences.emplace_back(markup.substr(start, i - start));
        start = i;
    }
    return sentences;
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
