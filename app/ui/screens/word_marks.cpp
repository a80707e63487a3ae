#include "app/ui/screens/word_marks.h"

#include <algorithm>

#include "app/ui/layout.h"

namespace machikoe {
namespace {

bool touches(const Rect& a, const Rect& b) {
    return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

/// The part grown to a target, moved into the room.
Rect target_of(const Ui& ui, const Rect& part, const Rect& room) {
    const float least = ui.touch();
    const ImVec2 centre = part.centre();
    const float w = std::max(part.w, least), h = std::max(part.h, least);
    Rect target{centre.x - w / 2, centre.y - h / 2, w, h};
    target.x = std::clamp(target.x, room.x, std::max(room.x, room.right() - w));
    target.y = std::clamp(target.y, room.y, std::max(room.y, room.bottom() - h));
    return target;
}

void underline(Ui& ui, const Rect& part) {
    const float radius = ui.u(2.3f), step = ui.u(9);
    const float y = part.bottom() + ui.u(5);
    for (float x = part.x + radius; x <= part.right() - radius; x += step)
        ui.list().AddCircleFilled({x, y}, radius, ui.theme().ink, 12);
}

}  // namespace

float WordMarks::text(Ui& ui, std::string_view id, const Rect& box, std::string_view markup,
                      const TextSpec& spec, const Rect& room) {
    TextSpans spans;
    const std::vector<FoundWord> found = finder_.find(markup);
    for (const FoundWord& word : found) spans.spans.push_back({word.begin, word.end, {}});
    const float height = ui.text(id, box, markup, spec, &spans);
    for (std::size_t i = 0; i < found.size(); ++i) mark(ui, found[i].entry, spans.spans[i], room);
    return height;
}

void WordMarks::mark(Ui& ui, const std::string& entry, const TextSpans::Span& span,
                     const Rect& room) {
    if (marked_.contains(entry) || span.parts.empty()) return;
    const auto widest = std::ranges::max_element(span.parts, {}, &Rect::w);
    const Rect target = target_of(ui, *widest, room);
    const bool is_free =
        target.w <= room.w && target.h <= room.h &&
        std::ranges::none_of(taken_, [&](const Rect& other) { return touches(target, other); });
    if (!is_free) return;
    marked_.insert(entry);
    taken_.push_back(target);
    const auto& glossary = view_.pack.plan.glossary;
    const auto known = std::ranges::find(glossary, entry, &GlossaryEntry::id);
    const auto press = ui.press({"word:" + entry, Role::Link, without_ruby(view_.say(known->label)),
                                 without_ruby(view_.str("words.explain")), target});
    for (const Rect& part : span.parts) {
        underline(ui, part);
        if (press.depth > 0)
            fill_rounded(ui.list(), inset_xy(part, -ui.u(6), -ui.u(6)),
                         with_alpha(ui.theme().track, 0.5f * press.depth), ui.u(10));
    }
    if (press.clicked) ui.wish(event::ShowWord{entry});
}

namespace {

constexpr float kHintSigns = 118;  // units: the finger and the dots before the words

TextSpec hint_text() {
    return {.size = 27, .weight = Weight::Medium, .valign = VAlign::Middle};
}

}  // namespace

float word_hint_height(Ui& ui, const View& view, float width) {
    return std::max(ui.u(52), ui.measure(view.str("words.hint"), hint_text(),
                                         width - ui.u(kHintSigns), Ui::At::Floor)
                                  .height);
}

void draw_word_hint(Ui& ui, const View& view, const Rect& row) {
    const std::string_view words = view.str("words.hint");
    const float wanted =
        std::min(ui.width_of(words, hint_text()) + ui.u(4), row.w - ui.u(kHintSigns));
    Rect line = centred(row, wanted + ui.u(kHintSigns), row.h);
    const Rect mark = cut_left(line, ui.u(42), ui.u(10));
    ui.icon("touch_app", mark.centre(), ui.u(38), ui.theme().ink);
    const Rect dots = cut_left(line, ui.u(52), ui.u(14));
    underline(ui, {dots.x, dots.y, dots.w, dots.h * 0.6f});
    ui.text("words:hint", line, words, hint_text());
}

}  // namespace machikoe
