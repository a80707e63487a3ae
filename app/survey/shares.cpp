#include "app/survey/shares.h"

#include <algorithm>

namespace machikoe {

const QuestionTotals* Totals::shown(std::string_view question) const {
    const auto found = std::ranges::find(questions, question, &QuestionTotals::question);
    if (found == questions.end() || !found->enough || found->n < kTotalsMinimum) return nullptr;
    return &*found;
}

int percent_of(std::int64_t count, std::int64_t n) {
    return static_cast<int>((200 * count + n) / (2 * n));
}

}  // namespace machikoe
