// WordMarks: glossary words underlined where they stand, each a target that explains itself.
//
// One for each frame of a screen.  An entry is marked once, where it first stands with room
// around it: a target is at least 20 mm high and wide, inside the card it belongs to, and
// none lies over another.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/screens/screens.h"
#include "app/ui/words.h"

namespace machikoe {

class WordMarks {
  public:
    explicit WordMarks(const View& view)
        : view_(view), finder_(view.pack.plan.glossary, view.language()) {}

    /// Ui::text() with its words marked; targets stay inside `room`.
    float text(Ui& ui, std::string_view id, const Rect& box, std::string_view markup,
               const TextSpec& spec, const Rect& room);
    /// Does the text hold a word that could be marked?
    bool finds(std::string_view markup) const { return !finder_.find(markup).empty(); }

  private:
    void mark(Ui& ui, const std::string& entry, const TextSpans::Span& span, const Rect& room);

    const View& view_;
    WordFinder finder_;
    std::set<std::string> marked_;
    std::vector<Rect> taken_;
};

/// The row that says what the dots mean.
void draw_word_hint(Ui& ui, const View& view, const Rect& row);
float word_hint_height(Ui& ui, const View& view, float width);

}  // namespace machikoe
