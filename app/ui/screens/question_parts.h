// Parts of the question screen and of the review, for the files that they are made from.
//
// A question is a card (words, explanation, hard words) and an answer area whose shape is
// the question's type.  Each part measures itself for a width and a size of words before
// anything is drawn; plan_question() chooses the largest that fits, and where nothing fits
// deals the parts onto pages.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "app/ui/screens/page.h"

namespace machikoe {

/// What the resident has said so far; nothing chosen when nothing was.
const ChosenOptions& chosen_of(const Visit& visit, const Question& question);
bool is_refused(const Visit& visit, const Question& question);
bool is_answered(const Visit& visit, const Question& question);
bool has_answer_area(const Question& question);

/// An answer in words, for the review: "感じる", "1. 水  2. 食べ物", "3 日".
std::string words_of(const View& view, const Question& question);

// The card.
enum class Piece { Words, Hint, Note, HardWords };
/// Those that this question has.
std::vector<Piece> pieces_of(const View& view, const Question& question);
/// `scale` multiplies the size of the words, which never goes below its floor; 0 is that
/// floor, and phrases may be broken.
float card_height(Ui& ui, const View& view, const Question& question,
                  const std::vector<Piece>& pieces, float width, float scale);
/// Those to try, the largest first.
inline constexpr std::array<float, 5> kCardScales = {1, 0.88f, 0.76f, 0.64f, 0};
void draw_card(Ui& ui, const View& view, const Question& question, const std::vector<Piece>& pieces,
               const Rect& rect, float scale);

/// How the options are laid out.
struct OptionsShape {
    float scale = 1;
    std::size_t columns = 1;
    bool tiled = false;  // faces or numbers side by side
};
/// "Prefer not to say" is the last of the options: it is one thing one can answer.
std::size_t cells_of(const Question& question);
bool may_be_tiled(const Question& question);
/// Of the cells [from, to); kNever where words would be broken.
float options_height(Ui& ui, const View& view, const Question& question, float width,
                     const OptionsShape& shape, std::size_t from, std::size_t to);
/// Higher than this they would look lost.
float options_most(Ui& ui, const OptionsShape& shape, std::size_t cells);
void draw_options(Ui& ui, const View& view, const Question& question, const Rect& area,
                  const OptionsShape& shape, std::size_t from, std::size_t to);

float number_height(Ui& ui, const View& view, const Question& question, float scale);
void draw_number(Ui& ui, const View& view, const Question& question, const Rect& area);
/// "From 1 to 10", or what is wrong with the number given.
std::string range_of(const View& view, const Question& question);

/// The whole of a free-text question, below the header.  REQUIRES: view.writing.
void draw_text_question(Ui& ui, const View& view, const Question& question, Rect body);

/// The least that the answers take.
float answers_height(Ui& ui, const View& view, const Question& question, float width,
                     const OptionsShape& shape);

inline constexpr float kCardShare = 0.44f;  // of the width, where card and answers stand abreast

/// A part of the card on a page of its own, as large as there is room for.
struct CardPage {
    std::vector<Piece> pieces;
    float scale = 0;
};

/// What stands on which page.
struct QuestionPlan {
    OptionsShape shape;
    bool abreast = false;                   // card and answers side by side
    std::vector<CardPage> card_pages;       // before the answers; empty: beside them
    std::vector<std::size_t> starts = {0};  // the first cell of each page of answers
    float repeated = 0;  // px above the answers, for the question once more where it is short
    int pages() const { return static_cast<int>(card_pages.size() + starts.size()); }
};
TextSpec repeated_text();
/// The card on as many pages as it needs.
std::vector<CardPage> deal_pieces(Ui& ui, const View& view, const Question& question,
                                  const Rect& body);
QuestionPlan plan_question(Ui& ui, const View& view, const Question& question, const Rect& body);

/// Which page, and whether the question may be left from it.
struct Turn {
    int page = 0, pages = 1;
    bool offers_next = true;
    bool is_first() const { return page == 0; }
    bool is_last() const { return page + 1 == pages; }
};
/// What is around a question, whatever its type.
struct QuestionFrame {
    Rect strip;  // where in the survey this is
    Rect body;   // between strip and row
    Rect whole;  // the same with the strip's room
    Rect row;    // the buttons that lead on and back
};
QuestionFrame frame_of(Ui& ui, const View& view, const Question& question, Rect body);
void draw_strip(Ui& ui, const View& view, Rect strip);
void draw_leading_row(Ui& ui, const View& view, const Question& question, Rect row, Turn place);

}  // namespace machikoe
