// Issue budget: a sum of money made graspable: what it is for each resident, with the
// arithmetic shown and the coins beside it.
#pragma once

#include <string>

#include "app/ui/screens/screens.h"

namespace machikoe {

struct BudgetSum {
    std::string sentence;  // all of it in one, for those who listen
    std::string yen, yen_label;
    std::string residents, residents_label;
    std::string each, each_label;
    std::string source;     // of the number of residents; in the reader's language
    std::string source_ja;  // as published
    std::int64_t each_yen = 0;
};

/// REQUIRES: the plan knows its residents.
BudgetSum budget_sum_of(const View& view, const Issue& issue);

/// Is there room for the picture, with no word broken?  Where not, the sentence says it all.
bool budget_fits(Ui& ui, const BudgetSum& sum, float width, float height);
float budget_height(Ui& ui, const BudgetSum& sum, float width);
void draw_budget(Ui& ui, const Rect& rect, std::string_view id, const BudgetSum& sum,
                 const Hue& hue);

}  // namespace machikoe
