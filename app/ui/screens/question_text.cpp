// Free text: ready-made phrases, where the question has any, and a board to write with.
//
//   phrases      the card and the phrases on one page, else each on pages of their own
//   the board    what was written, the words offered, the keys; above or beside them the card or,
//                where it has no room, as much of it as says what not to write
//
// The keys keep their place whatever is said or offered above them.
#include <algorithm>
#include <cassert>

#include "app/ui/screens/phrases.h"
#include "app/ui/screens/writing_page.h"
#include "app/ui/screens/written_text.h"
#include "app/ui/writing_desk.h"

namespace machikoe {
namespace {

constexpr float kGap = 14;  // units, between the parts

struct TextPage {
    enum class Kind { Card, Phrases, Board } kind = Kind::Board;
    CardPage card;  // on it, or the whole of it
    bool abreast = false;
    PhraseRange phrases;
};

// ---- pages ------------------------------------------------------------------------------

/// Card and phrases on one page, as large as fits; nullopt: nothing does.
std::optional<TextPage> together(Ui& ui, const View& view, const Question& question,
                                 const Rect& body) {
    const auto pieces = pieces_of(view, question);
    const PhraseRange all{0, question.phrases.size()};
    for (const float scale : kCardScales) {
        const auto card = [&](float width) {
            return card_height(ui, view, question, pieces, width, scale);
        };
        const auto list = [&](float width) {
            return phrases_height(ui, view, question, width, scale, all);
        };
        const float left = body.w * kCardShare, right = body.w - left - ui.u(32);
        if (!ui.portrait() && card(left) <= body.h && list(right) <= body.h)
            return TextPage{TextPage::Kind::Phrases, {pieces, scale}, true, all};
        if (card(body.w) + ui.u(28) + list(body.w) <= body.h)
            return TextPage{TextPage::Kind::Phrases, {pieces, scale}, false, all};
    }
    return std::nullopt;
}

void deal_phrases(Ui& ui, const View& view, const Question& question, const Rect& body,
                  std::vector<TextPage>& pages) {
    const std::size_t count = question.phrases.size();
    for (std::size_t from = 0; from < count;) {
        std::size_t to = from + 1;
        while (to < count &&
               phrases_height(ui, view, question, body.w, 0, {from, to + 1}) <= body.h)
            ++to;
        pages.push_back({TextPage::Kind::Phrases, {}, false, {from, to}});
        from = to;
    }
}

std::vector<TextPage> pages_of(Ui& ui, const View& view, const Question& question,
                               const Rect& body) {
    std::vector<TextPage> pages;
    if (!question.phrases.empty()) {
        if (auto page = together(ui, view, question, body)) pages.push_back(std::move(*page));
    } else if (has_room_for_card(ui, view, question, body)) {
        return {TextPage{}};
    }
    if (pages.empty()) {
        for (CardPage& card : deal_pieces(ui, view, question, body))
            pages.push_back({TextPage::Kind::Card, std::move(card), false, {}});
        deal_phrases(ui, view, question, body, pages);
    }
    pages.push_back({});
    return pages;
}

// ---- the page with the phrases ----------------------------------------------------------

void draw_phrase_page(Ui& ui, const View& view, const Question& question, const TextPage& page,
                      Rect body, int board_page) {
    if (page.card.pieces.empty())
        return draw_phrases(ui, view, question, body, 0, page.phrases, board_page);
    const float scale = page.card.scale;
    const bool is_written = !text_written(view.visit, question).empty();
    const float field = written_height(ui, 1, Ui::At::Full);
    const float least = [&] {
        const float width = page.abreast ? body.w * kCardShare : body.w;
        return card_height(ui, view, question, page.card.pieces, width, page.card.scale);
    }();
    if (page.abreast) {
        Rect left = cut_left(body, body.w * kCardShare, ui.u(32));
        if (is_written && left.h - field - ui.u(kGap) >= least)
            draw_written(ui, view, cut_bottom(left, field, ui.u(kGap)));
        draw_card(ui, view, question, page.card.pieces, left, page.card.scale);
        return draw_phrases(ui, view, question, body, scale, page.phrases, board_page);
    }
    const float list = phrases_height(ui, view, question, body.w, scale, page.phrases);
    const float spare = std::max(0.f, body.h - list - least - ui.u(28));
    const Rect rows = cut_bottom(body, list + std::min(spare * 0.4f, ui.u(200)), ui.u(28));
    if (is_written && body.h - field - ui.u(kGap) >= least)
        draw_written(ui, view, cut_bottom(body, field, ui.u(kGap)));
    draw_card(ui, view, question, page.card.pieces, body, page.card.scale);
    draw_phrases(ui, view, question, rows, scale, page.phrases, board_page);
}

}  // namespace

void draw_text_question(Ui& ui, const View& view, const Question& question, Rect body) {
    assert(view.writing != nullptr);
    QuestionFrame frame = frame_of(ui, view, question, body);
    const auto pages = pages_of(ui, view, question, frame.body);
    const auto last = static_cast<int>(pages.size()) - 1;
    Turn place{page_of(view, last + 1), last + 1};
    const TextPage& page = pages[static_cast<std::size_t>(place.page)];
    place.offers_next =
        place.page == last || (page.kind == TextPage::Kind::Phrases && place.page + 1 == last);
    const bool is_board = page.kind == TextPage::Kind::Board;
    // A board of 20 mm keys is as high as a small screen is between its buttons.
    if (is_board && is_too_low(ui, view, frame.body))
        frame.body = frame.whole;
    else
        draw_strip(ui, view, frame.strip);
    if (is_board)
        draw_writing_page(ui, view, question, frame.body);
    else if (page.kind == TextPage::Kind::Phrases)
        draw_phrase_page(ui, view, question, page, frame.body, last);
    else
        draw_card(ui, view, question, page.card.pieces, frame.body, page.card.scale);
    draw_leading_row(ui, view, question, frame.row, place);
}

}  // namespace machikoe
