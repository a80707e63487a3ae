// The card of a question: its words, what to do, an explanation, and the hard words.
#include <algorithm>

#include "app/ui/button_row.h"
#include "app/ui/screens/question_parts.h"

namespace machikoe {
namespace {

constexpr float kGap = 20;  // units, between the pieces

float pad_of(const Ui& ui, float scale) {
    return ui.u(scale < 1 || !ui.portrait() ? 24 : 36);
}

TextSpec question_text(float scale) {
    TextSpec spec = title_text();
    spec.size = 58 * scale;
    spec.valign = VAlign::Middle;
    return spec;
}

TextSpec hint_text(const Ui& ui, float scale) {
    TextSpec spec = body_text();
    spec.size = 30 * scale;
    spec.valign = VAlign::Middle;
    spec.colour = ui.theme().ink_soft;
    return spec;
}

TextSpec note_text(float scale) {
    return {.size = 31 * scale, .valign = VAlign::Middle};
}

std::string hint_of(const View& view, const Question& question) {
    if (question.type == QuestionType::Multiple) return std::string(view.str("question.any"));
    if (question.type == QuestionType::Ranking)
        return view.str("question.rank", {std::to_string(question.rank_count)});
    if (question.type == QuestionType::Number) return range_of(view, question);
    return "";
}

std::vector<RowButton> hard_words(const View& view, const Question& question, float scale) {
    std::vector<RowButton> words;
    for (const std::string& id : question.glossary)
        for (const GlossaryEntry& entry : view.pack.plan.glossary)
            if (entry.id == id)
                words.push_back({"word:" + id,
                                 std::string(view.say(entry.label)),
                                 {.icon_before = "help_outline", .size = 29 * scale}});
    return words;
}

float piece_height(Ui& ui, const View& view, const Question& question, Piece piece, float width,
                   float scale) {
    const Ui::At at = scale > 0 ? Ui::At::Full : Ui::At::Floor;
    switch (piece) {
        case Piece::Words: {
            const auto extent =
                ui.measure(view.say(question.text), question_text(scale), width, at);
            const bool broken = scale > 0 ? extent.broke_phrase : extent.broke_word;
            return broken ? kNever : extent.height;
        }
        case Piece::Hint:
            return ui.measure(hint_of(view, question), hint_text(ui, scale), width, at).height;
        case Piece::Note:
            return info_box_height(ui, view.say(question.note), width, note_text(scale), at);
        case Piece::HardWords:
            return lay_button_row(ui, hard_words(view, question, scale), width).height;
    }
    return 0;
}

void draw_piece(Ui& ui, const View& view, const Question& question, Piece piece, Rect rect,
                float scale) {
    switch (piece) {
        case Piece::Words:
            ui.text("question", rect, view.say(question.text), question_text(scale));
            return;
        case Piece::Hint:
            ui.text("hint", rect, hint_of(view, question), hint_text(ui, scale));
            return;
        case Piece::Note:
            info_box(ui, rect, "note", view.say(question.note), note_text(scale));
            return;
        case Piece::HardWords: {
            // Each opens its explanation over the question; the answer stays.
            const auto words = hard_words(view, question, scale);
            if (const auto pressed = cut_button_row(ui, rect, words, 0, Zone::Body))
                ui.wish(event::ShowWord{words[*pressed].id.substr(5)});
            return;
        }
    }
}

}  // namespace

std::vector<Piece> pieces_of(const View& view, const Question& question) {
    std::vector<Piece> pieces = {Piece::Words};
    if (!hint_of(view, question).empty()) pieces.push_back(Piece::Hint);
    if (!question.note.empty()) pieces.push_back(Piece::Note);
    if (!hard_words(view, question, 1).empty()) pieces.push_back(Piece::HardWords);
    return pieces;
}

float card_height(Ui& ui, const View& view, const Question& question,
                  const std::vector<Piece>& pieces, float width, float scale) {
    const float pad = pad_of(ui, scale);
    float height = 2 * pad - ui.u(kGap);
    for (const Piece piece : pieces)
        height += piece_height(ui, view, question, piece, width - 2 * pad, scale) + ui.u(kGap);
    return height;
}

void draw_card(Ui& ui, const View& view, const Question& question, const std::vector<Piece>& pieces,
               const Rect& rect, float scale) {
    card(ui, rect, 36);
    Rect inside = rect.inset(pad_of(ui, scale));
    std::vector<float> heights;
    float spare = inside.h + ui.u(kGap);
    for (const Piece piece : pieces) {
        heights.push_back(piece_height(ui, view, question, piece, inside.w, scale));
        spare -= heights.back() + ui.u(kGap);
    }
    // The question itself gets what is left over.
    heights.front() += std::max(0.f, spare);
    for (std::size_t i = 0; i < pieces.size(); ++i)
        draw_piece(ui, view, question, pieces[i], cut_top(inside, heights[i], ui.u(kGap)), scale);
}

}  // namespace machikoe
