#include "app/plan/sentences.h"

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

}  // namespace machikoe
