// Dialogs: help, a word explained, "really leave?", "are you still there?".
#include <algorithm>
#include <array>
#include <numbers>
#include <numeric>

#include "app/ui/button_row.h"
#include "app/ui/screens/stack.h"
#include "app/ui/shapes.h"

namespace machikoe {
namespace {

TextSpec dialog_title() {
    TextSpec title = title_text();
    title.size = 50;
    title.align = Align::Centre;
    title.valign = VAlign::Middle;
    return title;
}

TextSpec dialog_text() {
    TextSpec text = body_text();
    text.size = 36;
    text.align = Align::Centre;
    text.balance = true;
    return text;
}

RowButton close_button(const View& view) {
    return {"close", std::string(view.str("close")), {.look = ButtonLook::Primary}};
}

/// A dialog as high as its blocks and buttons want, and no higher than there is room; which
/// button was pressed.
std::optional<std::size_t> draw_blocks_dialog(Ui& ui, const View& view, std::string_view name,
                                              const std::vector<Block>& blocks,
                                              const std::vector<RowButton>& buttons, float width,
                                              const StackOptions& options) {
    const float gap = ui.u(24), foot = lay_button_row(ui, buttons, width).height;
    const float height =
        wanted_height(ui, blocks, options) + foot + gap + 2 * dialog_pad(ui) + ui.u(20);
    Rect inside = draw_dialog(ui, view, "dialog", name, (width + 2 * dialog_pad(ui)) / ui.u(1),
                              height / ui.u(1));
    const auto pressed = cut_button_row(ui, inside, buttons, gap);
    draw_stack(ui, view, inside, blocks, options);
    return pressed;
}

float dialog_width(Ui& ui, const View& view, float units) {
    return std::min(dialog_room(ui, view).w, ui.u(units));
}

/// What a dialog's text may take of the height at most.
Rect text_room(Ui& ui, const View& view, float width) {
    const Rect room = dialog_room(ui, view);
    const float foot = lay_button_row(ui, {close_button(view)}, width).height;
    return {room.x, room.y, width, room.h - foot - pager_height(ui) - ui.u(60)};
}

Block sign_block(Ui& ui, std::string_view icon, const Hue& hue) {
    const float side = ui.u(110);
    return {side, side, [&ui, icon, hue, side](const Rect& rect) {
                ui.list().AddCircleFilled(rect.centre(), side / 2, hue.tint, 96);
                ui.icon(icon, rect.centre(), side * 0.6f, hue.on_tint);
            }};
}

/// A picture only where everything else has room beside it.
void add_sign(std::vector<Block>& blocks, Ui& ui, const Rect& room, std::string_view icon,
              const Hue& hue) {
    const float least = std::accumulate(
        blocks.begin(), blocks.end(), ui.u(110 + 20),
        [&](float sum, const Block& block) { return sum + block.least + ui.u(20); });
    if (least <= room.h) blocks.insert(blocks.begin(), sign_block(ui, icon, hue));
}

struct HelpLine {
    std::string_view icon, key;
};

Block help_block(Ui& ui, const View& view, const HelpLine& help, float width) {
    TextSpec line = body_text();
    line.size = 32;
    line.valign = VAlign::Middle;
    const float inner = width - ui.u(84 + 26);
    const std::string_view words = view.str(help.key);
    const float least = ui.measure(words, line, inner, Ui::At::Floor).height;
    return {std::max(least, ui.u(80)), std::max(ui.height_of(words, line, inner), ui.u(100)),
            [&ui, help, words, line](const Rect& rect) {
                Rect row = rect;
                const Rect mark = cut_left(row, ui.u(84), ui.u(26));
                ui.list().AddCircleFilled(mark.centre(), ui.u(40), ui.theme().done.tint, 48);
                ui.icon(help.icon, mark.centre(), ui.u(48), ui.theme().done.on_tint);
                ui.text(help.key, row, words, line);
            }};
}

}  // namespace

void draw_help(Ui& ui, const View& view) {
    constexpr std::array<HelpLine, 6> kLines = {{{"touch_app", "help.touch"},
                                                 {"language", "help.language"},
                                                 {"format_size", "help.size"},
                                                 {"article", "help.official"},
                                                 {"shield", "help.privacy"},
                                                 {"groups", "help.staff"}}};
    const float width = dialog_width(ui, view, ui.portrait() ? 880 : 1300);
    std::vector<Block> blocks;
    add_text(blocks, ui, "title", view.str("help.title"), dialog_title(),
             text_room(ui, view, width));
    for (const HelpLine& line : kLines) blocks.push_back(help_block(ui, view, line, width));
    if (draw_blocks_dialog(ui, view, view.str("help"), blocks, {close_button(view)}, width, {}))
        ui.wish(event::Resume{});
}

void draw_word(Ui& ui, const View& view) {
    const auto& glossary = view.pack.plan.glossary;
    const auto entry =
        std::find_if(glossary.begin(), glossary.end(),
                     [&](const GlossaryEntry& one) { return one.id == view.visit.word; });
    if (entry == glossary.end()) return;
    const float width = dialog_width(ui, view, ui.portrait() ? 860 : 1100);
    const Rect room = text_room(ui, view, width);
    std::vector<Block> blocks;
    add_text(blocks, ui, "title", view.say(entry->label), dialog_title(), room);
    // The word as it stands in the official text, for those who look for it there.
    TextSpec source{.size = 28, .align = Align::Centre, .language = Language::Ja};
    source.colour = ui.theme().ink_soft;
    source.balance = true;
    add_text(blocks, ui, "term", entry->term + "（" + entry->reading + "）", source, room);
    TextSpec meaning = body_text();
    meaning.size = 38;
    meaning.valign = VAlign::Middle;
    add_text(blocks, ui, "meaning", view.say(entry->meaning), meaning, room);
    add_sign(blocks, ui, room, "menu_book", ui.theme().done);
    if (draw_blocks_dialog(ui, view, view.say(entry->label), blocks, {close_button(view)}, width,
                           {}))
        ui.wish(event::Resume{});
}

void draw_confirm_quit(Ui& ui, const View& view) {
    const float width = dialog_width(ui, view, ui.portrait() ? 820 : 1100);
    const std::vector<RowButton> buttons = {
        {"forget", std::string(view.str("confirm.forget")), {.icon_before = "close"}, 1, false},
        {"resume",
         std::string(view.str("confirm.resume")),
         {.look = ButtonLook::Primary, .icon_before = "arrow_back"},
         1,
         false}};
    const Rect room = text_room(ui, view, width);
    std::vector<Block> blocks;
    add_text(blocks, ui, "title", view.str("confirm.title"), dialog_title(), room);
    add_text(blocks, ui, "explanation", view.str("confirm.explanation"), dialog_text(), room);
    add_sign(blocks, ui, room, "help_outline", ui.theme().danger);
    const auto pressed = draw_blocks_dialog(ui, view, view.str("confirm.title"), blocks, buttons,
                                            width, {.gap = 24});
    if (pressed && buttons[*pressed].id == "resume") ui.wish(event::Resume{});
    if (pressed && buttons[*pressed].id == "forget") ui.wish(event::Forget{});
}

namespace {

/// The seconds left, in a ring that empties.
void draw_dial(Ui& ui, const Rect& rect, int left) {
    const float total = static_cast<float>(kWarningLasts.count()) / 1000;
    const float width = ui.u(18), radius = std::min(rect.h, rect.w) * 0.5f - width / 2;
    constexpr float kTurn = 2 * std::numbers::pi_v<float>, kTop = -kTurn / 4;
    stroke_circle(ui.list(), rect.centre(), radius, ui.theme().track, width);
    stroke_arc(ui.list(), rect.centre(), radius, kTop,
               kTop + kTurn * std::clamp(static_cast<float>(left) / total, 0.f, 1.f),
               ui.theme().primary.top, width);
    TextSpec number = dialog_title();
    number.size = 120;
    number.role = Role::Text;
    ui.text("seconds", centred(rect, radius * 1.6f, rect.h), std::to_string(left), number);
}

}  // namespace

void draw_still_there(Ui& ui, const View& view) {
    const float width = dialog_width(ui, view, ui.portrait() ? 820 : 1100);
    const std::vector<RowButton> buttons = {
        {"more-time",
         std::string(view.str("still.more")),
         {.look = ButtonLook::Primary, .icon_before = "timer", .size = 46}}};
    const Rect room = text_room(ui, view, width);
    const int left = seconds_left(view.visit, view.now);
    std::vector<Block> blocks;
    add_text(blocks, ui, "title", view.str("still.title"), dialog_title(), room);
    const float least = ui.measure("00", dialog_title(), 0, Ui::At::Floor).height + ui.u(60);
    blocks.push_back({least, std::max(least, ui.u(360)),
                      [&ui, left](const Rect& rect) { draw_dial(ui, rect, left); }});
    add_text(blocks, ui, "explanation", view.str("still.explanation"), dialog_text(), room);
    if (draw_blocks_dialog(ui, view, view.str("still.title"), blocks, buttons, width,
                           {.stretch = 0}))
        ui.wish(event::Resume{});
}

}  // namespace machikoe
