// Flow: sections of reading dealt onto pages.  A section that is too long for a column is
// cut between sentences and goes on in the next; nothing is made smaller to fit, so that
// a larger text size really is larger.
#pragma once

#include <string>
#include <vector>

#include "app/ui/screens/issue_budget.h"
#include "app/ui/screens/page.h"
#include "app/ui/screens/word_marks.h"

namespace machikoe {

struct Section {
    std::string id;
    std::string icon;
    std::string heading;
    std::string body;
    std::string note;                  // in a tinted box below the body: an amount, a caution
    std::optional<BudgetSum> sum;      // below the body
    std::optional<Language> language;  // of the body, where it is not the resident's
};

struct PlacedSection {
    Section section;  // with the part of the body that is here
    Rect rect;
};
using FlowPage = std::vector<PlacedSection>;

/// Columns of one width, side by side; the first page may be shorter than the others.
struct FlowArea {
    Rect first, later;  // px, of like width
    std::size_t columns = 1;
};

/// What a card that fills a column has for body, note and sum.
Rect section_room(Ui& ui, const Section& section, const Rect& column);

/// At least one page.
std::vector<FlowPage> flow(Ui& ui, const std::vector<Section>& sections, const FlowArea& area);
/// With `words`, glossary words of the bodies become targets.
void draw_sections(Ui& ui, const FlowPage& page, const Hue& hue, WordMarks* words = nullptr);

/// Official statements beside their plain wording, in pages; the whole screen.
struct PairedStatement {
    std::string id;
    std::string label;
    Statement statement;
    std::string note;
};
void draw_statements(Ui& ui, const View& view, std::string_view title,
                     const std::vector<PairedStatement>& pairs);

}  // namespace machikoe
