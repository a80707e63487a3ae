// How much time somebody has: one card for each length, with what it means.
#include <algorithm>

#include "app/ui/screens/page.h"

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

void draw_choice(Ui& ui, const View& view, const Choice& choice, Rect inside, const Hue& hue) {
    const bool stacked = !ui.portrait();
    const float side = std::min(ui.u(stacked ? 190 : 210), inside.h * (stacked ? 0.4f : 0.9f));
    const Rect tile = stacked ? cut_top(inside, side, ui.u(24)) : cut_left(inside, side, ui.u(40));
    icon_tile(ui, centred(tile, side, side), choice.icon, hue);
    const Align align = stacked ? Align::Centre : Align::Left;
    TextSpec name = label_text();
    name.size = 58;
    name.weight = Weight::Black;
    name.align = align;
    name.valign = stacked ? VAlign::Middle : VAlign::Bottom;
    ui.text("", cut_top(inside, inside.h * 0.4f, ui.u(8)), view.str(choice.name), name);
    TextSpec count = heading_text();
    count.size = 36;
    count.align = align;
    count.valign = VAlign::Middle;
    count.colour = hue.on_tint;
    ui.text("", cut_top(inside, inside.h * 0.36f, ui.u(6)), questions_of(view, choice.length),
            count);
    TextSpec line = body_text();
    line.size = 30;
    line.align = align;
    line.balance = true;
    line.colour = ui.theme().ink_soft;
    ui.text("", inside, view.str(choice.text), line);
}

}  // namespace

void draw_length(Ui& ui, const View& view) {
    Rect body = draw_page(ui, view);
    Rect bottom = cut_bottom(body, ui.u(kBottomButton), ui.u(24));
    body = draw_title(ui, body, "title", view.str("length.title"), ui.portrait() ? 150 : 110);
    TextSpec later = body_text();
    later.size = 30;
    later.valign = VAlign::Middle;
    later.colour = ui.theme().ink_soft;
    ui.text("later", cut_top(body, ui.u(ui.portrait() ? 96 : 60), ui.u(20)),
            view.str("length.later"), later);
    const float most = ui.u(ui.portrait() ? 1080.f : 640.f);
    const auto cells = grid({body.x, body.y, body.w, std::min(body.h, most)}, std::size(kChoices),
                            ui.portrait() ? 1 : std::size(kChoices), ui.u(26));
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Choice& choice = kChoices[i];
        const bool chosen = view.visit.length == choice.length;
        const TouchCard touched =
            touch_card(ui, cells[i],
                       {"length:" + std::string(name_of(choice.length)), Role::Choice,
                        without_ruby(view.str(choice.name)),
                        without_ruby(questions_of(view, choice.length)), cells[i], true, chosen});
        if (chosen)
            stroke_rounded(ui.list(), cells[i], ui.theme().selected.on_tint, ui.u(30), ui.u(6));
        draw_choice(ui, view, choice, touched.content.inset(ui.u(36)), ui.theme().issues[i]);
        if (touched.clicked) ui.wish(event::SetLength{choice.length});
    }
    const Rect left = cut_left(bottom, bottom.w * 0.36f, ui.u(20));
    if (button(ui, left, "back", view.str("back"), {.icon_before = "arrow_back"}))
        ui.wish(event::Back{});
    assistance_button(ui, view, bottom);
}

}  // namespace machikoe
