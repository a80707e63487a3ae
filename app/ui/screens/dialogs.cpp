// Dialogs: help, a word explained, "really leave?", "are you still there?".
#include <algorithm>
#include <numbers>

#include "app/ui/screens/page.h"
#include "app/ui/shapes.h"

namespace machikoe {
namespace {

TextSpec dialog_title() {
    TextSpec title = title_text();
    title.size = 50;
    title.min = 30;
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

}  // namespace

void draw_help(Ui& ui, const View& view) {
    const bool wide = !ui.portrait();
    Rect inside =
        draw_dialog(ui, view, "dialog", view.str("help"), wide ? 1560 : 960, wide ? 880 : 1330);
    const Rect close = cut_bottom(inside, ui.u(kBottomButton), ui.u(24));
    ui.text("title", cut_top(inside, ui.u(80), ui.u(16)), view.str("help.title"), dialog_title());
    constexpr std::pair<std::string_view, std::string_view> kLines[] = {
        {"touch_app", "help.touch"},  {"language", "help.language"}, {"format_size", "help.size"},
        {"article", "help.official"}, {"shield", "help.privacy"},    {"groups", "help.staff"}};
    const auto cells = grid(inside, std::size(kLines), wide ? 2 : 1, ui.u(18));
    for (std::size_t i = 0; i < cells.size(); ++i) {
        Rect row = cells[i];
        const auto& [icon, key] = kLines[i];
        const Rect mark = cut_left(row, ui.u(84), ui.u(26));
        ui.list().AddCircleFilled(mark.centre(), ui.u(40), ui.theme().done.tint, 48);
        ui.icon(icon, mark.centre(), ui.u(48), ui.theme().done.on_tint);
        TextSpec line = body_text();
        line.size = 32;
        line.min = 22;
        line.valign = VAlign::Middle;
        ui.text(key, row, view.str(key), line);
    }
    const float width = std::min(close.w, ui.u(480));
    if (button(ui, centred(close, width, close.h), "close", view.str("close"),
               {.look = ButtonLook::Primary}))
        ui.wish(event::Resume{});
}

void draw_word(Ui& ui, const View& view) {
    const auto& glossary = view.pack.plan.glossary;
    const auto entry =
        std::find_if(glossary.begin(), glossary.end(),
                     [&](const GlossaryEntry& one) { return one.id == view.visit.word; });
    if (entry == glossary.end()) return;
    Rect inside = draw_dialog(ui, view, "dialog", view.say(entry->label), 960, 960);
    const Rect close = cut_bottom(inside, ui.u(kBottomButton), ui.u(24));
    inside = draw_sign(ui, inside, ui.u(120), "menu_book", ui.theme().done);
    ui.text("title", cut_top(inside, ui.u(110), ui.u(12)), view.say(entry->label), dialog_title());
    // The word as it stands in the official text, for those who look for it there.
    TextSpec source{.size = 28, .min = 22, .align = Align::Centre, .language = Language::Ja};
    source.colour = ui.theme().ink_soft;
    source.balance = true;
    ui.text("term", cut_top(inside, ui.u(92), ui.u(16)), entry->term + "（" + entry->reading + "）",
            source);
    TextSpec meaning = body_text();
    meaning.size = 38;
    meaning.valign = VAlign::Middle;
    ui.text("meaning", inside, view.say(entry->meaning), meaning);
    const float width = std::min(close.w, ui.u(480));
    if (button(ui, centred(close, width, close.h), "close", view.str("close"),
               {.look = ButtonLook::Primary}))
        ui.wish(event::Resume{});
}

void draw_confirm_quit(Ui& ui, const View& view) {
    Rect inside = draw_dialog(ui, view, "dialog", view.str("confirm.title"), 920, 860);
    const Rect forget = cut_bottom(inside, ui.u(kBottomButton), ui.u(20));
    const Rect resume = cut_bottom(inside, ui.u(kBottomButton), ui.u(28));
    inside = draw_sign(ui, inside, ui.u(120), "help_outline", ui.theme().danger);
    ui.text("title", cut_top(inside, inside.h * 0.45f, ui.u(12)), view.str("confirm.title"),
            dialog_title());
    ui.text("explanation", inside, view.str("confirm.explanation"), dialog_text());
    if (button(ui, resume, "resume", view.str("confirm.resume"),
               {.look = ButtonLook::Primary, .icon_before = "arrow_back"}))
        ui.wish(event::Resume{});
    if (button(ui, forget, "forget", view.str("confirm.forget"), {.icon_before = "close"}))
        ui.wish(event::Forget{});
}

void draw_still_there(Ui& ui, const View& view) {
    Rect inside = draw_dialog(ui, view, "dialog", view.str("still.title"), 920, 980);
    const Rect more = cut_bottom(inside, ui.u(150), ui.u(28));
    ui.text("title", cut_top(inside, ui.u(150), ui.u(12)), view.str("still.title"), dialog_title());
    const int left = seconds_left(view.visit, view.now);
    const float total = static_cast<float>(kWarningLasts.count()) / 1000;
    const Rect dial = cut_top(inside, inside.h * 0.56f, ui.u(16));
    const float radius = dial.h * 0.46f, width = ui.u(18);
    constexpr float kTurn = 2 * std::numbers::pi_v<float>, kTop = -kTurn / 4;
    stroke_circle(ui.list(), dial.centre(), radius, ui.theme().track, width);
    stroke_arc(ui.list(), dial.centre(), radius, kTop,
               kTop + kTurn * std::clamp(static_cast<float>(left) / total, 0.f, 1.f),
               ui.theme().primary.top, width);
    TextSpec number = dialog_title();
    number.size = 120;
    number.role = Role::Text;
    ui.text("seconds", centred(dial, radius * 1.5f, radius * 1.5f), std::to_string(left), number);
    TextSpec text = dialog_text();
    text.valign = VAlign::Middle;
    ui.text("explanation", inside, view.str("still.explanation"), text);
    if (button(ui, more, "more-time", view.str("still.more"),
               {.look = ButtonLook::Primary, .icon_before = "timer", .size = 46}))
        ui.wish(event::Resume{});
}

}  // namespace machikoe
