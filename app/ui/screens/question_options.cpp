// Options: everything that is answered by touching one or more of what is offered.
#include <algorithm>

#include "app/ui/screens/question_parts.h"

namespace machikoe {
namespace {

constexpr float kGap = 18;       // units, between rows
constexpr float kLeastRow = 88;  // units
constexpr float kMostRow = 172;

/// "Prefer not to say" is the last of the options: it is one thing one can answer.
std::size_t cells_of(const Question& question) {
    return question.options.size() + (question.offers_refusal ? 1 : 0);
}

bool is_tiled(const Question& question) {
    return question.type == QuestionType::Scale && !question.offers_refusal;
}

std::size_t columns_of(const Ui& ui, const Question& question, const Rect& room) {
    const auto fits = [&](std::size_t columns) {
        const std::size_t rows = (cells_of(question) + columns - 1) / columns;
        return static_cast<float>(rows) * ui.u(kLeastRow + kGap) <= room.h * 0.66f;
    };
    const std::size_t most = ui.portrait() || cells_of(question) > 12 ? 3 : 2;
    for (std::size_t columns = cells_of(question) > 6 ? 2 : 1; columns < most; ++columns)
        if (fits(columns)) return columns;
    return most;
}

/// The faces of `count` points, lowest approval first: never the same twice.
int mood_of(std::size_t index, std::size_t count) {
    static constexpr int kTwo[] = {0, 4}, kThree[] = {0, 2, 4}, kFour[] = {0, 1, 3, 4};
    switch (count) {
        case 2:
            return kTwo[index];
        case 3:
            return kThree[index];
        case 4:
            return kFour[index];
        default:
            return static_cast<int>(index);
    }
}

Mark mark_of(const Question& question) {
    if (question.type == QuestionType::Multiple) return Mark::Check;
    if (question.type == QuestionType::Ranking) return Mark::Rank;
    return Mark::Radio;
}

/// One option as it stands now.  `value` outlives the spec.
OptionSpec spec_of(const View& view, const Question& question, const Option& option,
                   const std::string& id, std::string& value) {
    const ChosenOptions& chosen = chosen_of(view.visit, question);
    const auto found = std::find(chosen.begin(), chosen.end(), option.id);
    OptionSpec spec;
    spec.id = id;
    spec.markup = view.say(option.label);
    spec.mark = mark_of(question);
    spec.selected = found != chosen.end();
    if (question.type == QuestionType::Ranking) {
        if (spec.selected) value = std::to_string(found - chosen.begin() + 1);
        spec.enabled = spec.selected || chosen.size() < question.rank_count;
    }
    spec.value = value;
    spec.faded = !chosen.empty() && !spec.selected;
    return spec;
}

void draw_tiles(Ui& ui, const View& view, const Question& question, const Rect& area) {
    const std::size_t count = question.options.size();
    const auto cells = grid(area, count, count, ui.u(16));
    const auto order = option_order(question, view.visit.seed);
    for (std::size_t i = 0; i < count; ++i) {
        const Option& option = question.options[order[i]];
        const std::string id = "option:" + option.id;
        std::string value = std::to_string(order[i] + 1);
        OptionSpec spec = spec_of(view, question, option, id, value);
        if (question.look == ScaleLook::Faces) spec.mood = mood_of(order[i], count);
        if (option_tile(ui, cells[i], spec)) ui.wish(event::TapOption{option.id});
    }
}

}  // namespace

AnswerArea options_area(Ui& ui, const View&, const Question& question, const Rect& room) {
    if (is_tiled(question)) {
        const bool faces = question.look == ScaleLook::Faces;
        return {ui.u(faces ? 300 : 220), ui.u(ui.portrait() ? (faces ? 520 : 400) : 360)};
    }
    const std::size_t columns = columns_of(ui, question, room);
    const auto rows = static_cast<float>((cells_of(question) + columns - 1) / columns);
    return {rows * ui.u(kLeastRow + kGap) - ui.u(kGap), rows * ui.u(kMostRow + kGap) - ui.u(kGap)};
}

void draw_options(Ui& ui, const View& view, const Question& question, const Rect& area) {
    if (is_tiled(question)) return draw_tiles(ui, view, question, area);
    const auto cells = grid(area, cells_of(question), columns_of(ui, question, area), ui.u(kGap));
    const auto order = option_order(question, view.visit.seed);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Option& option = question.options[order[i]];
        const std::string id = "option:" + option.id;
        std::string value;
        if (option_row(ui, cells[i], spec_of(view, question, option, id, value)))
            ui.wish(event::TapOption{option.id});
    }
    if (!question.offers_refusal) return;
    OptionSpec refuse;
    refuse.id = "refuse";
    refuse.markup = view.str("question.refuse");
    refuse.selected = is_refused(view.visit, question);
    if (option_row(ui, cells.back(), refuse)) ui.wish(event::Refuse{});
}

}  // namespace machikoe
