#include <algorithm>

#include "app/ui/screens/page.h"

namespace machikoe {
namespace {

Node node_of(const View& view, const Issue& issue, bool done) {
    return {"issue:" + issue.id,
            Role::Button,
            without_ruby(view.say(issue.short_title)),
            done ? std::string(without_ruby(view.str("overview.answered"))) : "",
            {}};
}

/// Tile on the left, words on the right.
void draw_wide(Ui& ui, const View& view, const Issue& issue, Rect inside, bool done) {
    const Hue& hue = hue_of(ui, view.pack, issue.id);
    const float side = std::min(inside.h, ui.u(190));
    icon_tile(ui, centred(cut_left(inside, side, ui.u(32)), side, side), issue.icon, hue);
    const Rect arrow = cut_right(inside, ui.u(64), ui.u(16));
    ui.list().AddCircleFilled(arrow.centre(), ui.u(32), hue.tint, 48);
    ui.icon("chevron_right", arrow.centre(), ui.u(48), hue.on_tint);
    Rect words = inset_xy(inside, 0, ui.u(4));
    Rect top = cut_top(words, words.h * 0.44f, ui.u(2));
    if (done) {
        const Rect right = cut_right(top, ui.u(210), ui.u(12));
        badge(ui, centred(right, right.w, ui.u(56)), "", "check_circle",
              view.str("overview.answered"), ui.theme().done);
    }
    TextSpec title = heading_text();
    title.size = 44;
    title.valign = VAlign::Bottom;
    ui.text("", top, view.say(issue.short_title), title);
    TextSpec line = body_text();
    line.size = 30;
    line.colour = ui.theme().ink_soft;
    ui.text("", words, view.say(issue.one_sentence), line);
}

/// Tile above, words below.
void draw_tall(Ui& ui, const View& view, const Issue& issue, Rect inside, bool done) {
    const Hue& hue = hue_of(ui, view.pack, issue.id);
    const float side = std::min(inside.w * 0.62f, inside.h * 0.3f);
    Rect top = cut_top(inside, side, ui.u(14));
    icon_tile(ui, centred(top, side, side), issue.icon, hue);
    const Rect foot = cut_bottom(inside, ui.u(60), ui.u(8));
    if (done) {
        badge(ui, centred(foot, std::min(foot.w, ui.u(230)), ui.u(52)), "", "check_circle",
              view.str("overview.answered"), ui.theme().done);
    } else {
        ui.list().AddCircleFilled(foot.centre(), ui.u(30), hue.tint, 48);
        ui.icon("chevron_right", foot.centre(), ui.u(46), hue.on_tint);
    }
    TextSpec title = heading_text();
    title.align = Align::Centre;
    title.valign = VAlign::Middle;
    ui.text("", cut_top(inside, inside.h * 0.42f, ui.u(8)), view.say(issue.short_title), title);
    TextSpec line = body_text();
    line.size = 28;
    line.align = Align::Centre;
    line.balance = true;
    line.colour = ui.theme().ink_soft;
    ui.text("", inside, view.say(issue.one_sentence), line);
}

void draw_cards(Ui& ui, const View& view, const Rect& area) {
    const auto& issues = view.pack.plan.issues;
    const bool tall = !ui.portrait();
    const std::size_t columns =
        tall ? (issues.size() > 5 ? (issues.size() + 1) / 2 : issues.size()) : 1;
    const auto cells = grid(area, issues.size(), std::max<std::size_t>(columns, 1), ui.u(22));
    for (std::size_t i = 0; i < issues.size(); ++i) {
        const bool done = is_issue_done(view.pack, view.place, view.visit, issues[i].id);
        const TouchCard touched = touch_card(ui, cells[i], node_of(view, issues[i], done));
        if (tall)
            draw_tall(ui, view, issues[i], inset_xy(touched.content, ui.u(20), ui.u(28)), done);
        else
            draw_wide(ui, view, issues[i], touched.content.inset(ui.u(24)), done);
        if (touched.clicked) ui.wish(event::OpenIssue{issues[i].id});
    }
}

std::string_view name_of_length(const View& view) {
    switch (view.visit.length.value_or(SurveyLength::Everything)) {
        case SurveyLength::OneMinute:
            return view.str("length.one");
        case SurveyLength::ThreeMinutes:
            return view.str("length.three");
        case SurveyLength::Everything:
            break;
    }
    return view.str("length.all");
}

/// How much is asked and who helps, each to be changed here.
void draw_terms(Ui& ui, const View& view, Rect row) {
    const Rect left = cut_left(row, row.w * 0.44f, ui.u(20));
    if (button(ui, left, "length", name_of_length(view), {.icon_before = "timer", .size = 32}))
        ui.wish(event::ChangeLength{});
    assistance_button(ui, view, row);
}

}  // namespace

void draw_overview(Ui& ui, const View& view) {
    Rect body = draw_page(ui, view);
    Rect bottom = cut_bottom(body, ui.u(kBottomButton), ui.u(24));
    // Where height is short they share the row with what leads on.
    draw_terms(ui, view,
               ui.portrait() ? cut_bottom(body, ui.u(kTouch + 4), ui.u(20))
                             : cut_left(bottom, bottom.w * 0.48f, ui.u(20)));
    body = draw_title(ui, body, "title", view.str("overview.title"), ui.portrait() ? 140 : 110);
    const std::string_view purpose = view.say(view.pack.survey.purpose);
    const TextSpec small{.size = 28, .valign = VAlign::Middle};
    const float wanted = info_box_height(ui, purpose, body.w, small);
    const float purpose_height = std::min(wanted, body.h * 0.15f);
    info_box(ui, cut_top(body, purpose_height, ui.u(22)), "purpose", purpose, small);
    draw_cards(ui, view, body);

    const bool ready = has_answers(view.visit);
    const Rect left = cut_left(bottom, bottom.w * 0.44f, ui.u(20));
    if (button(ui, left, "policy", view.str("overview.policy"),
               {.icon_before = "menu_book", .size = 34}))
        ui.wish(event::ShowPolicy{});
    if (button(ui, bottom, "finish", view.str("overview.finish"),
               {.look = ButtonLook::Primary,
                .icon_after = "arrow_forward",
                .enabled = ready,
                .size = 38}))
        ui.wish(event::Finish{});
}

}  // namespace machikoe
