// Ending: saving, what to say when it fails, and thanks.
#include <algorithm>
#include <cmath>

#include "app/ui/button_row.h"
#include "app/ui/screens/stack.h"

namespace machikoe {
namespace {

TextSpec message_title() {
    TextSpec title = title_text();
    title.size = 62;
    title.align = Align::Centre;
    title.valign = VAlign::Middle;
    return title;
}

TextSpec message_text() {
    TextSpec text = body_text();
    text.size = 38;
    text.align = Align::Centre;
    text.balance = true;
    text.valign = VAlign::Middle;
    return text;
}

struct Message {
    std::string_view icon, title, explanation;
    const Hue& hue;
    std::vector<RowButton> buttons;
};

/// A panel in the middle: a large round sign, words, buttons.  Which one was pressed.
std::optional<std::size_t> draw_message(Ui& ui, const View& view, const Rect& body,
                                        const Message& message) {
    const float pad = ui.u(ui.portrait() ? 56 : 36), gap = ui.u(24);
    const Rect most{body.x, body.y, std::min(body.w, ui.u(ui.portrait() ? 1040 : 1300)), body.h};
    Rect room = most.inset(pad);
    const float foot =
        message.buttons.empty() ? 0 : lay_button_row(ui, message.buttons, room.w).height + gap;
    room.h -= foot;
    std::vector<Block> blocks;
    add_text(blocks, ui, "title", message.title, message_title(), room);
    add_text(blocks, ui, "explanation", message.explanation, message_text(), room);
    const StackOptions options{.gap = 24, .stretch = 30};
    const float side = std::min(ui.u(220), room.h - wanted_height(ui, blocks, options) - gap);
    if (side >= ui.u(100))
        blocks.insert(blocks.begin(), {side, side, [&](const Rect& rect) {
                                           draw_sign(ui, rect, side, message.icon, message.hue);
                                       }});
    const float height =
        wanted_height(ui, blocks, options) + foot + 2 * pad + ui.u(ui.portrait() ? 90 : 30);
    const Rect panel = centred(body, most.w, std::min(body.h, height));
    card(ui, panel, 44);
    Rect inside = panel.inset(pad);
    std::optional<std::size_t> pressed;
    if (!message.buttons.empty()) pressed = cut_button_row(ui, inside, message.buttons, gap);
    draw_stack(ui, view, inside, blocks, options);
    return pressed;
}

}  // namespace

void draw_saving(Ui& ui, const View& view) {
    const Rect body = draw_page(ui, view, {.languages = false, .quit = false});
    draw_message(ui, view, body,
                 {"hourglass_empty",
                  view.str("saving.title"),
                  view.str("saving.explanation"),
                  ui.theme().done,
                  {}});
}

void draw_save_failed(Ui& ui, const View& view) {
    const Rect body = draw_page(ui, view);
    const std::vector<RowButton> buttons = {
        {"give-up", std::string(view.str("failed.quit")), {.icon_before = "close"}},
        {"again",
         std::string(view.str("failed.again")),
         {.look = ButtonLook::Primary, .icon_before = "autorenew"}}};
    const auto pressed = draw_message(ui, view, body,
                                      {"warning", view.str("failed.title"),
                                       view.str("failed.explanation"), ui.theme().danger, buttons});
    if (pressed && buttons[*pressed].id == "again") ui.wish(event::Submit{});
    if (pressed && buttons[*pressed].id == "give-up") ui.wish(event::Quit{});
}

void draw_thanks(Ui& ui, const View& view) {
    const Rect body = draw_page(ui, view, {.quit = false});
    if (draw_message(ui, view, body,
                     {"favorite",
                      view.str("thanks.title"),
                      view.str("thanks.explanation"),
                      ui.theme().done,
                      {{"finish",
                        std::string(view.str("thanks.finish")),
                        {.look = ButtonLook::Primary, .icon_before = "home"}}}}))
        ui.wish(event::Finish{});
}

}  // namespace machikoe
