// Review: the page on which staff read what residents wrote before it leaves.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/survey/pack.h"
#include "sync/pages/frame.h"
#include "sync/store/store.h"

namespace machikoe {

struct TextForReview {
    FreeText text;
    std::vector<std::string> findings;  // "telephone", …: what could name a person
    std::string proposal;               // the text without that
};
struct ReviewQueue {
    ReviewState state = ReviewState::Pending;
    std::vector<TextForReview> texts;
    std::string next;  // the place of the next page, "" none
    std::vector<std::pair<std::string, std::int64_t>> tag_counts;
    bool can_find = true;  // false: the dictionary is not there
};
Markup review_page(const Reader& reader, const Pack& pack, const ReviewQueue& queue);

}  // namespace machikoe
