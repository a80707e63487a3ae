// How much time somebody has: one card for each length, with what it means.
#include <algorithm>

#include "app/ui/screens/stack.h"

namespace machikoe {
namespace {

struct Choice {
    SurveyLength length;
    std::string_view icon, name, text;
};
constexpr Choice kChoices[] = {
    {SurveyLength::OneMinute, "timer", "length.one", "length.one.text"},
    {SurveyLength::ThreeMinutes, "schedule", "length.three", "length.three.text"},
    {SurveyLength::Everything, "format_list_numbered", "length.all", "length.all.text"}};

/// "1 to 3 questions on each topic", as it will be with this very seed.
std::string questions_of(const View& view, SurveyLength length) {
    Form form = form_of(view.place, view.visit);
    form.length = length;
    const QuestionRange range = questions_per_issue(view.pack.survey, form);
    const std::string least = std::to_string(range.least), most = std::to_string(range.most);
    return view.str("length.per-issue",
                    {least == most ? most : view.str("length.range", {least, most})});
}

constexpr float kPad = 30, kTile = 150, kTileGap = 34;  // units

struct Line {
    std::string words;
    TextSpec spec;
};

/// What a card says, from top to bottom.
std::vector<Line> lines_of(const Ui& ui, const View& view, const Choice& choice, const Hue& hue,
                           Align align) {
    TextSpec name = label_text();
    name.size = 54;
    name.weight = Weight::Black;
    name.align = align;
    TextSpec count = heading_text();
    count.size = 36;
    count.align = align;
    count.valign = VAlign::Middle;
    count.colour = hue.on_tint;
    TextSpec line = body_text();
    line.size = 30;
    line.align = align;
    line.balance = true;
    line.valign = VAlign::Middle;
    line.colour = ui.theme().ink_soft;
    return {{std::string(view.str(choice.name)), name},
            {questions_of(view, choice.length), count},
            {std::string(view.str(choice.text)), line}};
}

struct Shape {
    bool tall = false;  // tile above the words
    float width = 0;
    float words(const Ui& ui) const {
        return width - ui.u(2 * kPad) - (tall ? 0 : ui.u(kTile + kTileGap));
    }
};

float height_of(Ui& ui, const std::vector<Line>& lines, const Shape& shape, Ui::At at) {
    float height = ui.u(2 * 20) + (shape.tall ? ui.u(kTile + 16) : 0);
    for (const Line& line : lines) {
        const Ui::Extent extent = ui.measure(line.words, line.spec, shape.words(ui), at);
        height += extent.broke_word ? kNever : extent.height;
    }
    return height;
}

void draw_choice(Ui& ui, const View& view, std::size_t index, const Rect& rect, bool tall) {
    const Choice& choice = kChoices[index];
    const Hue& hue = ui.theme().issues[index];
    const bool chosen = view.visit.length == choice.length;
    const TouchCard touched =
        touch_card(ui, rect,
                   {"length:" + std::string(name_of(choice.length)), Role::Choice,
                    without_ruby(view.str(choice.name)),
                    without_ruby(questions_of(view, choice.length)), rect, true, chosen});
    if (chosen) stroke_rounded(ui.list(), rect, ui.theme().selected.on_tint, ui.u(30), ui.u(6));
    if (touched.clicked) ui.wish(event::SetLength{choice.length});
    const Shape shape{tall, rect.w};
    const auto lines = lines_of(ui, view, choice, hue, tall ? Align::Centre : Align::Left);
    const float least = height_of(ui, lines, shape, Ui::At::Floor);
    const float full = height_of(ui, lines, shape, Ui::At::Full);
    const float share =
        full > least ? std::clamp((rect.h - least) / (full - least), 0.f, 1.f) : 1.f;
    const float spare = std::max(0.f, rect.h - full) / static_cast<float>(lines.size() + 1);
    Rect inside = inset_xy(touched.content, ui.u(kPad), ui.u(20) + spare / 2);
    const float side = std::min(ui.u(kTile), inside.h);
    const Rect tile = tall ? cut_top(inside, ui.u(kTile), ui.u(16))
                           : cut_left(inside, ui.u(kTile), ui.u(kTileGap));
    icon_tile(ui, centred(tile, side, side), choice.icon, hue);
    for (const Line& line : lines) {
        const float low = ui.measure(line.words, line.spec, inside.w, Ui::At::Floor).height;
        const float high = ui.measure(line.words, line.spec, inside.w).height;
        ui.text("", cut_top(inside, low + (high - low) * share + spare), line.words, line.spec);
    }
}

Block choices_block(Ui& ui, const View& view, std::size_t from, std::size_t columns, float width) {
    const float gap = ui.u(24);
    const bool tall = columns > 1;
    const Shape shape{tall, grid({0, 0, width, 1}, columns, columns, gap).front().w};
    Block block;
    for (std::size_t i = from; i < from + columns; ++i) {
        const auto lines = lines_of(ui, view, kChoices[i], ui.theme().issues[i], Align::Left);
        block.least =
            std::max({block.least, ui.touch(), height_of(ui, lines, shape, Ui::At::Floor)});
        block.wanted = std::max(block.wanted, height_of(ui, lines, shape, Ui::At::Full));
    }
    block.draw = [=, &ui, &view](const Rect& rect) {
        const auto cells = grid(rect, columns, columns, gap);
        for (std::size_t i = 0; i < columns; ++i) draw_choice(ui, view, from + i, cells[i], tall);
    };
    return block;
}

}  // namespace

void draw_length(Ui& ui, const View& view) {
    Rect body = draw_page(ui, view);
    const std::vector<RowButton> buttons = {
        {"back", std::string(view.str("back")), {.icon_before = "arrow_back"}, 0.36f, true},
        assistance_item(view)};
    const auto pressed = cut_button_row(ui, body, buttons, ui.u(ui.portrait() ? 24 : 14));
    if (pressed && buttons[*pressed].id == "back") ui.wish(event::Back{});
    if (pressed && buttons[*pressed].id == "assistance") ui.wish(event::ShowAssistance{});

    TextSpec later = body_text();
    later.size = 30;
    later.valign = VAlign::Middle;
    later.colour = ui.theme().ink_soft;
    const StackOptions options{.gap = 24,
                               .stretch = 60,
                               .title = view.str("length.title"),
                               .title_height = ui.portrait() ? 150.f : 110.f};
    const Rect area = below_head(ui, body, options, 1);
    constexpr std::size_t kAll = std::size(kChoices);
    std::vector<Block> blocks;
    add_text(blocks, ui, "later", view.str("length.later"), later, area);
    blocks.back().stretches = false;
    const Block abreast = choices_block(ui, view, 0, kAll, body.w);
    if (!ui.portrait() && blocks.front().least + abreast.least + ui.u(24) <= area.h)
        blocks.push_back(abreast);
    else
        for (std::size_t i = 0; i < kAll; ++i)
            blocks.push_back(choices_block(ui, view, i, 1, body.w));
    draw_stack(ui, view, body, blocks, options);
}

}  // namespace machikoe
