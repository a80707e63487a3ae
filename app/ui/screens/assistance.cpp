// Who helps: the dialog, the button that opens it, and the sign that stays while somebody does.
#include <algorithm>

#include "app/ui/screens/stack.h"

namespace machikoe {
namespace {

struct Choice {
    Assistance assistance;
    std::string_view icon, name;
};
constexpr Choice kChoices[] = {{Assistance::None, "person", "assistance.none"},
                               {Assistance::Staff, "badge", "assistance.staff"},
                               {Assistance::Family, "people", "assistance.family"},
                               {Assistance::Interpreter, "translate", "assistance.interpreter"}};

const Choice& choice_of(Assistance assistance) {
    return *std::ranges::find(kChoices, assistance, &Choice::assistance);
}

std::string badge_of(const View& view) {
    return view.str("assistance.badge", {view.str(choice_of(view.visit.assistance).name)});
}

constexpr float kMark = 84, kMarkGap = 26, kPad = 28;  // units

TextSpec name_text() {
    TextSpec name = label_text();
    name.size = 38;
    name.align = Align::Left;
    return name;
}

void draw_choice(Ui& ui, const View& view, const Choice& choice, const Rect& rect) {
    const bool chosen = view.visit.assistance == choice.assistance;
    const Hue& hue = chosen ? ui.theme().selected : ui.theme().done;
    const TouchCard touched =
        touch_card(ui, rect,
                   {"assistance:" + std::string(name_of(choice.assistance)), Role::Choice,
                    without_ruby(view.str(choice.name)), "", rect, true, chosen});
    if (chosen) stroke_rounded(ui.list(), rect, ui.theme().selected.on_tint, ui.u(30), ui.u(6));
    Rect row = inset_xy(touched.content, ui.u(kPad), ui.u(6));
    const float side = std::min(ui.u(kMark), row.h);
    const Rect mark = cut_left(row, ui.u(kMark), ui.u(kMarkGap));
    ui.list().AddCircleFilled(mark.centre(), side / 2, hue.tint, 48);
    ui.icon(choice.icon, mark.centre(), side * 0.58f, hue.on_tint);
    ui.text("", row, view.str(choice.name), name_text());
    if (touched.clicked) ui.wish(event::SetAssistance{choice.assistance});
}

/// Choices side by side.
Block choices_block(Ui& ui, const View& view, std::size_t from, std::size_t columns, float width) {
    const float gap = ui.u(18);
    const float each = grid({0, 0, width, 1}, columns, columns, gap).front().w;
    const float inner = each - ui.u(2 * kPad + kMark + kMarkGap);
    float least = ui.touch();
    for (std::size_t i = from; i < from + columns; ++i)
        least = std::max(
            least,
            ui.measure(view.str(kChoices[i].name), name_text(), inner, Ui::At::Floor).height +
                ui.u(12));
    return {least, std::max(least, ui.u(150)), [=, &ui, &view](const Rect& rect) {
                const auto cells = grid(rect, columns, columns, gap);
                for (std::size_t i = 0; i < columns; ++i)
                    draw_choice(ui, view, kChoices[from + i], cells[i]);
            }};
}

}  // namespace

void draw_assistance(Ui& ui, const View& view) {
    const std::size_t columns = ui.portrait() ? 1 : 2;
    Rect room = dialog_room(ui, view);
    room.w = std::min(room.w, ui.u(ui.portrait() ? 880 : 1460));
    const std::vector<RowButton> close = {{"close", std::string(view.str("close")), {}}};
    const float foot = lay_button_row(ui, close, room.w).height + ui.u(24);
    room.h -= foot + pager_height(ui) + ui.u(20);
    TextSpec title = title_text();
    title.size = 50;
    title.align = Align::Centre;
    title.valign = VAlign::Middle;
    TextSpec text = body_text();
    text.size = 32;
    text.valign = VAlign::Middle;
    std::vector<Block> blocks;
    add_text(blocks, ui, "title", view.str("assistance.title"), title, room);
    add_text(blocks, ui, "explanation", view.str("assistance.explanation"), text, room);
    for (std::size_t i = 0; i < std::size(kChoices); i += columns)
        blocks.push_back(choices_block(ui, view, i, columns, room.w));
    const float height = wanted_height(ui, blocks) + foot + 2 * dialog_pad(ui) + ui.u(60);
    Rect inside = draw_dialog(ui, view, "dialog", view.str("assistance.title"),
                              (room.w + 2 * dialog_pad(ui)) / ui.u(1), height / ui.u(1));
    if (cut_button_row(ui, inside, close, ui.u(24))) ui.wish(event::Resume{});
    draw_stack(ui, view, inside, blocks);
}

RowButton assistance_item(const View& view) {
    const bool is_helped = view.visit.assistance != Assistance::None;
    return {"assistance",
            is_helped ? badge_of(view) : std::string(view.str("assistance.button")),
            {.icon_before = "people", .size = 32},
            0.56f,
            true};
}

void draw_assistance_sign(Ui& ui, const View& view, const Rect& area) {
    const Choice& choice = choice_of(view.visit.assistance);
    ui.describe({"assisted", Role::Image, without_ruby(badge_of(view)), "", area});
    icon_tile(ui, area, choice.icon, ui.theme().chip);
}

}  // namespace machikoe
