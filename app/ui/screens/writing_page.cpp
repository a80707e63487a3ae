#include "app/ui/screens/writing_page.h"

#include <algorithm>

#include "app/ui/screens/key_board.h"
#include "app/ui/screens/written_text.h"

namespace machikoe {
namespace {

constexpr float kGap = 14;            // units, between the parts
constexpr float kLeastLeft = 480;     // units: a column beside the board
constexpr float kNoticeRoom = 76;     // units
constexpr float kLeastKeyMm = 15.2f;  // high, where the screen is too low; 15 and a pixel

/// The parts of the board's page, from the top; a part of no height is not there.
struct BoardLayout {
    Rect head, reminder, notice, tools, field, candidates, keys;
    CardPage card;
};

std::vector<Piece> short_pieces(const Question& question) {
    if (question.note.empty()) return {Piece::Words};
    return {Piece::Words, Piece::Note};
}

float field_floor(Ui& ui) {
    return std::max(ui.touch(), written_height(ui, 1, Ui::At::Floor));
}

/// What stands below one another at least: the keys and what belongs to them.
float least_board(Ui& ui, const Rect& body, int candidate_rows, bool merged) {
    const float keys = key_board_height(ui, body.w), gap = ui.u(kGap);
    const float tools = merged ? 0 : ui.touch() + gap;
    const float words = candidate_rows > 0 ? candidates_height(ui, candidate_rows) + gap : 0;
    return keys + gap + field_floor(ui) + tools + words;
}

bool offers_words(const View& view) {
    const Conversion conversion = view.writing->conversion;
    return conversion == Conversion::Ready || conversion == Conversion::Starting;
}

bool is_abreast(const Ui& ui, const Rect& body) {
    return body.w >= wide_board_width(ui) + ui.u(28) + ui.u(kLeastLeft);
}

/// Does the whole card have room beside or above the board?  nullopt: no.
std::optional<CardPage> card_beside_board(Ui& ui, const View& view, const Question& question,
                                          const std::vector<std::vector<Piece>>& choices,
                                          float width, float height) {
    for (const auto& pieces : choices)
        for (const float scale : kCardScales)
            if (card_height(ui, view, question, pieces, width, scale) <= height)
                return CardPage{pieces, scale};
    return std::nullopt;
}

/// The boards that one may change to.
std::vector<BoardKind> other_boards(const View& view) {
    std::vector<BoardKind> others;
    for (const BoardKind kind : boards_of(view.language()))
        if (kind != view.writing->board->kind) others.push_back(kind);
    return others;
}

std::string_view name_of_board(const View& view, BoardKind kind) {
    if (kind == boards_of(view.language()).front()) return view.str("text.own-board");
    return view.str(kind == BoardKind::Kana ? "text.kana" : "text.letters");
}

float tools_width(Ui& ui, const View& view) {
    float width = 2 * ui.touch() + ui.u(8);
    for (const BoardKind kind : other_boards(view))
        width += word_key_width(ui, name_of_board(view, kind)) + ui.u(8);
    return width;
}

/// Of the reminder or a notice on one line, as small as words may be.
float line_height(Ui& ui, const View& view) {
    return notice_height(ui, reminder(view), 0, Ui::At::Floor);
}

bool is_low(Ui& ui, const View& view, const Rect& body) {
    return least_board(ui, body, offers_words(view) ? 1 : 0, true) + line_height(ui, view) +
               ui.u(kGap) >
           body.h;
}

/// Field, tools, words and keys below one another; what is left over, above them.
Rect stack_board(Ui& ui, const Rect& body, int rows, bool tools_apart, BoardLayout& layout) {
    const float gap = ui.u(kGap), keys = key_board_height(ui, body.w);
    Rect above = body;
    const float spare = body.h - least_board(ui, body, rows, !tools_apart);
    layout.keys = cut_bottom(
        above, std::clamp(keys + spare * 0.3f, keys, most_key_board_height(ui, body.w)), gap);
    if (rows > 0) layout.candidates = cut_bottom(above, candidates_height(ui, rows), gap);
    const float wanted = std::max(field_floor(ui), written_height(ui, 2, Ui::At::Full));
    const float room = above.h - (tools_apart ? ui.touch() + gap : 0);
    layout.field = cut_bottom(above, std::clamp(room * 0.4f, field_floor(ui), wanted), gap);
    if (tools_apart) layout.tools = cut_bottom(above, ui.touch(), gap);
    return above;
}

/// The same on a screen that is low: keys give way, tools stand beside the field, and there is
/// always a line for what has to be said.
Rect squeeze_board(Ui& ui, const View& view, const Rect& body, BoardLayout& layout) {
    const float gap = ui.u(kGap);
    float words = offers_words(view) ? candidates_height(ui, 1) + gap : 0;
    const float lowest = key_board_height(ui, body.w, kLeastKeyMm);
    // Hardly anywhere: the convert key still goes from word to word.
    if (lowest + gap + words + field_floor(ui) > body.h) words = 0;
    const float others = words + field_floor(ui) + line_height(ui, view) + 2 * gap;
    Rect above = body;
    layout.keys =
        cut_bottom(above, std::clamp(body.h - others, lowest, key_board_height(ui, body.w)), gap);
    if (words > 0) layout.candidates = cut_bottom(above, words - gap, gap);
    layout.field = cut_bottom(above, field_floor(ui), gap);
    layout.tools = cut_right(layout.field, tools_width(ui, view), gap);
    return above;
}

void lay_notice(Ui& ui, const View& view, Rect& above, BoardLayout& layout) {
    const auto notice = notice_of(view);
    if (!notice) return;
    const float full = notice_height(ui, *notice, above.w);
    const float least = notice_height(ui, *notice, above.w, Ui::At::Floor);
    if (least <= above.h) {
        layout.notice = cut_bottom(above, std::min(full, above.h), ui.u(kGap));
        return;
    }
    above.h = 0;
    if (layout.candidates.h < least) {
        layout.notice = cut_left(layout.field, layout.field.h, ui.u(kGap));  // a sign
        return;
    }
    // Rather this than words that may be chosen: it comes rarely, and they come back.
    layout.field.y = above.y;
    layout.tools.y = above.y;
    const float top = layout.field.bottom() + ui.u(kGap);
    layout.notice = {above.x, top, above.w, layout.keys.y - ui.u(kGap) - top};
    layout.candidates.h = 0;
}

/// As much of the card as has room, at least a reminder.  False: not even that, or the question
/// stands nowhere else and is not among it.
bool lay_head(Ui& ui, const View& view, const Question& question, Rect above, BoardLayout& layout) {
    if (question.note.empty()) {
        const float wanted = notice_height(ui, reminder(view), above.w);
        if (wanted <= above.h) layout.reminder = cut_bottom(above, wanted, ui.u(kGap));
    }
    std::vector<std::vector<Piece>> choices = {pieces_of(view, question), short_pieces(question)};
    if (!question.note.empty()) choices.push_back({Piece::Note});
    if (const auto card = card_beside_board(ui, view, question, choices, above.w, above.h)) {
        layout.card = *card;
        layout.head = above;
        return !question.phrases.empty() || card->pieces == choices.front();
    }
    if (layout.reminder.h == 0 &&
        notice_height(ui, reminder(view), above.w, Ui::At::Floor) <= above.h)
        layout.reminder =
            cut_bottom(above, std::min(notice_height(ui, reminder(view), above.w), above.h));
    return layout.reminder.h > 0;
}

BoardLayout lay_board(Ui& ui, const View& view, const Question& question, Rect body) {
    if (is_abreast(ui, body)) {
        BoardLayout layout;
        Rect left = cut_left(body, body.w - wide_board_width(ui) - ui.u(28), ui.u(28));
        layout.tools = cut_bottom(left, ui.touch(), ui.u(kGap));
        lay_notice(ui, view, left, layout);
        lay_head(ui, view, question, left, layout);
        stack_board(ui, body, offers_words(view) ? 1 : 0, false, layout);
        // What nobody wants is the field's.
        layout.field = {body.x, body.y, body.w, layout.field.bottom() - body.y};
        return layout;
    }
    // Two rows of words where they leave room for what has to be said.
    const int most = offers_words(view) ? 2 : 0, least = offers_words(view) ? 1 : 0;
    for (int rows = most; rows >= least && !is_low(ui, view, body); --rows) {
        if (least_board(ui, body, rows, false) > body.h) continue;
        BoardLayout layout;
        Rect above = stack_board(ui, body, rows, true, layout);
        lay_notice(ui, view, above, layout);
        if (lay_head(ui, view, question, above, layout) || rows == least) return layout;
    }
    BoardLayout layout;
    Rect above = squeeze_board(ui, view, body, layout);
    lay_notice(ui, view, above, layout);
    lay_head(ui, view, question, above, layout);
    return layout;
}

void draw_tools(Ui& ui, const View& view, Rect row) {
    const float gap = ui.u(8);
    const auto others = other_boards(view);
    for (auto kind = others.rbegin(); kind != others.rend(); ++kind) {
        const std::string_view words = name_of_board(view, *kind);
        if (word_key(ui, cut_right(row, word_key_width(ui, words), gap),
                     "key:board:" + std::string(name_of(*kind)), words))
            ui.wish(writing_wish::UseBoard{*kind});
    }
    if (picture_key(ui, cut_right(row, ui.touch(), gap), "clear", "delete_sweep",
                    view.str("text.clear")))
        ui.wish(event::SetText{""});
    draw_ask(ui, view, cut_left(row, ask_width(ui, view, row.w), gap));
}

/// A note alone needs no card around its box.
void draw_head(Ui& ui, const View& view, const Question& question, const BoardLayout& layout) {
    const CardPage& card = layout.card;
    if (card.pieces != std::vector{Piece::Note})
        return draw_card(ui, view, question, card.pieces, layout.head, card.scale);
    info_box(ui, layout.head, "note", view.say(question.note),
             {.size = 31 * card.scale, .valign = VAlign::Middle});
}

}  // namespace

float ask_width(Ui& ui, const View& view, float room) {
    return picture_key_width(ui, view.str("text.ask"), room);
}

void draw_ask(Ui& ui, const View& view, const Rect& rect) {
    if (picture_key(ui, rect, "ask", "support_agent", view.str("text.ask")))
        ui.wish(event::ShowHelp{});
}

bool has_room_for_card(Ui& ui, const View& view, const Question& question, const Rect& body) {
    const bool abreast = is_abreast(ui, body);
    const float width = abreast ? body.w - wide_board_width(ui) - ui.u(28) : body.w;
    const float taken = abreast ? ui.touch() : least_board(ui, body, 1, false);
    return card_beside_board(ui, view, question, {pieces_of(view, question)}, width,
                             body.h - taken - ui.u(kNoticeRoom))
        .has_value();
}

bool is_too_low(Ui& ui, const View& view, const Rect& body) {
    return !is_abreast(ui, body) && is_low(ui, view, body);
}

void draw_writing_page(Ui& ui, const View& view, const Question& question, const Rect& body) {
    BoardLayout layout = lay_board(ui, view, question, body);
    if (layout.head.h > 0) draw_head(ui, view, question, layout);
    if (layout.reminder.h > 0) draw_notice(ui, reminder(view), layout.reminder);
    if (layout.notice.h > 0) draw_notice(ui, *notice_of(view), layout.notice);
    // Until words are offered the field may have their room.
    if (layout.candidates.h > 0 && view.writing->preedit.candidates.empty())
        layout.field.h = layout.candidates.bottom() - layout.field.y;
    draw_tools(ui, view, layout.tools);
    draw_written(ui, view, layout.field);
    if (layout.candidates.h > 0) draw_candidates(ui, view, layout.candidates);
    draw_key_board(ui, view, layout.keys);
}

}  // namespace machikoe
