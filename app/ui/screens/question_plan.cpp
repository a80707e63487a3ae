// The plan of a question: as large as fits on one page, else on several.
#include <algorithm>
#include <array>

#include "app/ui/screens/question_parts.h"

namespace machikoe {
namespace {

constexpr std::array<float, 5> kScales = {1, 0.88f, 0.76f, 0.64f, 0};

constexpr float kMostRepeated = 0.3f;  // of the height

struct Trial {
    Ui& ui;
    const View& view;
    const Question& question;
    const Rect& body;
    std::vector<Piece> pieces;

    float gap() const { return ui.u(28); }

    float answers_height(float width, const OptionsShape& shape) const {
        switch (question.type) {
            case QuestionType::Number:
                return number_height(ui, view, question, width, shape.scale);
            case QuestionType::FreeText:
                return keyboard_height(ui, width, shape.scale);
            case QuestionType::Note:
                return 0;
            default:
                return options_height(ui, view, question, width, shape, 0, cells_of(question));
        }
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
    plan.shape = {0, 1, may_be_tiled(trial.question)};
    if (plan.shape.tiled && height(0, cells) <= area.h) return;
    for (const std::size_t columns : {std::size_t{2}, std::size_t{1}}) {
        plan.shape = {0, columns, false};
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

std::vector<std::vector<Piece>> deal_pieces(const Trial& trial) {
    std::vector<std::vector<Piece>> pages(1);
    for (const Piece piece : trial.pieces) {
        auto longer = pages.back();
        longer.push_back(piece);
        const float height =
            card_height(trial.ui, trial.view, trial.question, longer, trial.body.w, 0);
        if (height > trial.body.h && !pages.back().empty())
            pages.push_back({piece});
        else
            pages.back() = std::move(longer);
    }
    return pages;
}

}  // namespace

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
    plan.card_pages = deal_pieces(trial);
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
    if (question.type == QuestionType::Number || question.type == QuestionType::FreeText) {
        if (trial.answers_height(body.w, plan.shape) > rest.h) plan.repeated = 0;
    } else {
        deal_options(trial, rest, plan);
    }
    return plan;
}

}  // namespace machikoe
