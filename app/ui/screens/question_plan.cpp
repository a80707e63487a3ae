// The plan of a question: as large as fits on one page, else on several.
#include <algorithm>
#include <array>

#include "app/ui/screens/question_parts.h"

namespace machikoe {

float answers_height(Ui& ui, const View& view, const Question& question, float width,
                     const OptionsShape& shape) {
    switch (question.type) {
        case QuestionType::Number:
            return number_height(ui, view, question, shape.scale);
        case QuestionType::FreeText:
        case QuestionType::Note:
            return 0;
        default:
            return options_height(ui, view, question, width, shape, 0, cells_of(question));
    }
}

namespace {

// The last is the floor of every size, with phrases still whole; 0 lets them be broken.
constexpr float kWholePhrases = 0.01f;
constexpr std::array<float, 5> kScales = {1, 0.88f, 0.76f, 0.64f, kWholePhrases};

constexpr float kMostRepeated = 0.3f;  // of the height

struct Trial {
    Ui& ui;
    const View& view;
    const Question& question;
    const Rect& body;
    std::vector<Piece> pieces;

    float gap() const { return ui.u(28); }

    float answers_height(float width, const OptionsShape& shape) const {
        return machikoe::answers_height(ui, view, question, width, shape);
    }
    float card(float width, float scale) const {
        return card_height(ui, view, question, pieces, width, scale);
    }
    bool fits_stacked(const OptionsShape& shape) const {
        return card(body.w, shape.scale) + gap() + answers_height(body.w, shape) <= body.h;
    }
    bool fits_abreast(const OptionsShape& shape) const {
        const float left = body.w * kCardShare, right = body.w - left - ui.u(32);
        return card(left, shape.scale) <= body.h && answers_height(right, shape) <= body.h;
    }
    bool fits(const OptionsShape& shape, bool abreast) const {
        return abreast ? fits_abreast(shape) : fits_stacked(shape);
    }

    std::vector<OptionsShape> shapes(float scale) const {
        const std::size_t cells = cells_of(question);
        std::vector<OptionsShape> shapes;
        if (may_be_tiled(question)) shapes.push_back({scale, question.options.size(), true});
        if (cells > 6) shapes.push_back({scale, 2});
        if (cells > 12) shapes.push_back({scale, 3});
        if (cells <= 6) shapes.push_back({scale, 1});
        if (cells <= 6) shapes.push_back({scale, 2});
        if (cells > 6) shapes.push_back({scale, 1});
        return shapes;
    }
    /// Side by side first on a wide screen, but for what needs its whole width.
    std::vector<bool> arrangements(const OptionsShape& shape) const {
        if (ui.portrait() || shape.tiled) return {false};
        return {true, false};
    }
};

/// The widest shape at the floor, and as many options on each page as have room.
void deal_options(const Trial& trial, const Rect& area, QuestionPlan& plan) {
    const std::size_t cells = cells_of(trial.question);
    const auto height = [&](std::size_t from, std::size_t to) {
        return options_height(trial.ui, trial.view, trial.question, area.w, plan.shape, from, to);
    };
    if (may_be_tiled(trial.question)) {
        plan.shape = {kWholePhrases, cells, true};
        if (height(0, cells) <= area.h) return;
    }
    for (const OptionsShape& shape : {OptionsShape{kWholePhrases, 2}, {kWholePhrases, 1}, {0, 1}}) {
        plan.shape = shape;
        if (height(0, cells) < kNever) break;
    }
    plan.starts.clear();
    for (std::size_t from = 0; from < cells;) {
        plan.starts.push_back(from);
        std::size_t to = from + 1;
        while (to < cells && height(from, to + 1) <= area.h) ++to;
        from = to;
    }
}

}  // namespace

std::vector<CardPage> deal_pieces(Ui& ui, const View& view, const Question& question,
                                  const Rect& body) {
    const auto height = [&](const std::vector<Piece>& pieces, float scale) {
        return card_height(ui, view, question, pieces, body.w, scale);
    };
    std::vector<CardPage> pages(1);
    for (const Piece piece : pieces_of(view, question)) {
        auto longer = pages.back().pieces;
        longer.push_back(piece);
        if (height(longer, 0) > body.h && !pages.back().pieces.empty())
            pages.push_back({{piece}});
        else
            pages.back().pieces = std::move(longer);
    }
    for (CardPage& page : pages) {
        const auto fits = [&](float scale) { return height(page.pieces, scale) <= body.h; };
        const auto scale = std::ranges::find_if(kScales, fits);
        if (scale != kScales.end()) page.scale = *scale;
    }
    return pages;
}

TextSpec repeated_text() {
    TextSpec spec = heading_text();
    spec.size = 0;
    spec.valign = VAlign::Middle;
    return spec;
}

QuestionPlan plan_question(Ui& ui, const View& view, const Question& question, const Rect& body) {
    const Trial trial{ui, view, question, body, pieces_of(view, question)};
    QuestionPlan plan;
    for (const float scale : kScales)
        for (const OptionsShape& shape : trial.shapes(scale))
            for (const bool abreast : trial.arrangements(shape))
                if (trial.fits(shape, abreast)) {
                    plan.shape = shape;
                    plan.abreast = abreast;
                    return plan;
                }
    plan.card_pages = deal_pieces(ui, view, question, body);
    plan.shape = {0, 1, false};
    if (question.type == QuestionType::Note) {
        plan.starts.clear();
        return plan;
    }
    const float words =
        ui.measure(view.say(question.text), repeated_text(), body.w, Ui::At::Floor).height;
    Rect rest = body;
    if (words <= body.h * kMostRepeated) {
        plan.repeated = words;
        cut_top(rest, words, ui.u(10));
    }
    if (question.type == QuestionType::Number) {
        if (trial.answers_height(body.w, plan.shape) > rest.h) plan.repeated = 0;
    } else {
        deal_options(trial, rest, plan);
    }
    return plan;
}

}  // namespace machikoe
