// Options: everything that is answered by touching one or more of what is offered.
#include <algorithm>

#include "app/ui/screens/question_parts.h"

namespace machikoe {
namespace {

constexpr float kGap = 18;       // units, between rows
constexpr float kMostRow = 172;  // units
constexpr float kTileGap = 16;

float gap_of(const Ui& ui, const OptionsShape& shape) {
    return ui.u(shape.scale < 1 ? 12 : kGap);
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

/// A cell as it stands now.  `id` and `value` outlive the spec.
struct Cell {
    std::string id, value;
    OptionSpec spec;
    Event wish;
};

Cell option_cell(const View& view, const Question& question, std::size_t place, float size) {
    const std::size_t index = option_order(question, view.visit.seed)[place];
    const Option& option = question.options[index];
    const ChosenOptions& chosen = chosen_of(view.visit, question);
    const auto found = std::find(chosen.begin(), chosen.end(), option.id);
    Cell cell{"option:" + option.id, "", {}, event::TapOption{option.id}};
    cell.spec.markup = view.say(option.label);
    cell.spec.mark = mark_of(question);
    cell.spec.selected = found != chosen.end();
    cell.spec.faded = !chosen.empty() && !cell.spec.selected;
    cell.spec.size = size;
    if (question.type == QuestionType::Ranking) {
        if (cell.spec.selected) cell.value = std::to_string(found - chosen.begin() + 1);
        cell.spec.enabled = cell.spec.selected || chosen.size() < question.rank_count;
    }
    // A point of a scale has a number besides its place, its words and its face.
    if (question.type == QuestionType::Scale) cell.value = std::to_string(index + 1);
    if (question.look == ScaleLook::Faces) cell.spec.mood = mood_of(index, question.options.size());
    return cell;
}

Cell cell_at(const View& view, const Question& question, std::size_t place, float size) {
    if (place < question.options.size()) return option_cell(view, question, place, size);
    Cell cell{"refuse", "", {}, event::Refuse{}};
    cell.spec.markup = view.str("question.refuse");
    cell.spec.selected = is_refused(view.visit, question);
    cell.spec.size = size;
    return cell;
}

/// Heights of the rows that the cells [from, to) make.
std::vector<float> row_heights(Ui& ui, const View& view, const Question& question, float width,
                               const OptionsShape& shape, std::size_t from, std::size_t to) {
    const float gap = shape.tiled ? ui.u(kTileGap) : gap_of(ui, shape);
    const auto columns = static_cast<float>(shape.columns);
    const float cell_width = (width - gap * (columns - 1)) / columns;
    std::vector<float> heights;
    for (std::size_t place = from; place < to; ++place) {
        const Cell cell = cell_at(view, question, place, 36 * shape.scale);
        const float height = shape.tiled ? option_tile_height(ui, cell.spec, cell_width)
                                         : option_row_height(ui, cell.spec, cell_width);
        if ((place - from) % shape.columns == 0) heights.push_back(0);
        heights.back() = std::max(heights.back(), height);
    }
    return heights;
}

}  // namespace

std::size_t cells_of(const Question& question) {
    return question.options.size() + (question.offers_refusal ? 1 : 0);
}

bool may_be_tiled(const Question& question) {
    return question.type == QuestionType::Scale && !question.offers_refusal;
}

float options_height(Ui& ui, const View& view, const Question& question, float width,
                     const OptionsShape& shape, std::size_t from, std::size_t to) {
    float height = -gap_of(ui, shape);
    for (const float row : row_heights(ui, view, question, width, shape, from, to))
        height += row + gap_of(ui, shape);
    return height;
}

float options_most(Ui& ui, const OptionsShape& shape, std::size_t cells) {
    if (shape.tiled) return ui.u(ui.portrait() ? 520 : 400);
    const auto rows = static_cast<float>((cells + shape.columns - 1) / shape.columns);
    return rows * (ui.u(kMostRow) + gap_of(ui, shape));
}

void draw_options(Ui& ui, const View& view, const Question& question, const Rect& area,
                  const OptionsShape& shape, std::size_t from, std::size_t to) {
    const float gap = gap_of(ui, shape);
    const auto heights = row_heights(ui, view, question, area.w, shape, from, to);
    float spare = area.h + gap;
    for (const float height : heights) spare -= height + gap;
    spare = std::max(0.f, spare / static_cast<float>(heights.size()));
    float y = area.y;
    for (std::size_t row = 0; row < heights.size(); ++row) {
        const Rect line{area.x, y, area.w, heights[row] + spare};
        const auto cells =
            grid(line, shape.columns, shape.columns, shape.tiled ? ui.u(kTileGap) : gap);
        for (std::size_t column = 0; column < shape.columns; ++column) {
            const std::size_t place = from + row * shape.columns + column;
            if (place >= to) break;
            Cell cell = cell_at(view, question, place, 36 * shape.scale);
            cell.spec.id = cell.id;
            cell.spec.value = cell.value;
            const bool pressed = shape.tiled ? option_tile(ui, cells[column], cell.spec)
                                             : option_row(ui, cells[column], cell.spec);
            if (pressed) ui.wish(cell.wish);
        }
        y += line.h + gap;
    }
}

}  // namespace machikoe
