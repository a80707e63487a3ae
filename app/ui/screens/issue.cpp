#include <algorithm>

#include "app/ui/screens/flow.h"

namespace machikoe {
namespace {

std::vector<Section> sections_of(const View& view, const Issue& issue) {
    const auto word = [&](std::string_view key) { return std::string(view.str(key)); };
    const auto text = [&](const Text& said) { return std::string(view.say(said)); };
    const std::string budget =
        view.str("issue.budget", {with_commas(issue.action.budget_thousand_yen * 1000)});
    return {
        {"overview", "visibility", word("issue.overview"), text(issue.overview.plain), "", {}},
        {"done", "check_circle", word("issue.done"), text(issue.what_was_done), "", {}},
        {"action", "payments", word("issue.action"), text(issue.action.title.plain), budget, {}},
        {"change", "flag", word("issue.change"), text(issue.what_will_change), "", {}}};
}

void draw_issue_head(Ui& ui, const View& view, const Issue& issue, Rect head) {
    const float side = head.h;
    icon_tile(ui, cut_left(head, side, ui.u(28)), issue.icon, hue_of(ui, view.pack, issue.id));
    TextSpec title = title_text();
    title.size = 52;
    title.valign = VAlign::Bottom;
    ui.text("title", cut_top(head, head.h * 0.54f, ui.u(4)), view.say(issue.short_title), title);
    TextSpec line = body_text();
    line.size = 32;
    line.colour = ui.theme().ink_soft;
    ui.text("sentence", head, view.say(issue.one_sentence), line);
}

void draw_issue_buttons(Ui& ui, const View& view, Rect row) {
    const Rect back = cut_left(row, row.w * 0.235f, ui.u(18));
    if (button(ui, back, "back", view.str("back"), {.icon_before = "arrow_back", .size = 34}))
        ui.wish(event::Back{});
    const Rect official = cut_left(row, row.w * 0.4f, ui.u(18));
    if (button(ui, official, "official", view.str("issue.official"),
               {.icon_before = "article", .size = 32}))
        ui.wish(event::ShowOfficial{});
    if (button(ui, row, "start", view.str("issue.start"),
               {.look = ButtonLook::Primary, .icon_after = "arrow_forward", .size = 40}))
        ui.wish(event::StartQuestions{});
}

}  // namespace

void draw_issue(Ui& ui, const View& view) {
    const Issue* issue = view.pack.plan.issue(view.visit.section);
    if (issue == nullptr) return;
    Rect body = draw_page(ui, view);
    const Rect bottom = cut_bottom(body, ui.u(kBottomButton), ui.u(24));
    draw_issue_head(ui, view, *issue, cut_top(body, ui.u(ui.portrait() ? 190 : 150), ui.u(24)));
    const std::size_t columns = ui.portrait() ? 1 : 2;
    const auto sections = sections_of(view, *issue);
    auto pages = flow(ui, sections, body, columns);
    if (pages.size() > 1) {
        const Rect pager = cut_bottom(body, ui.touch(), ui.u(20));
        pages = flow(ui, sections, body, columns);
        draw_sections(
            ui, pages[static_cast<std::size_t>(page_of(view, static_cast<int>(pages.size())))],
            hue_of(ui, view.pack, issue->id));
        draw_pager(ui, view, pager, static_cast<int>(pages.size()));
    } else {
        draw_sections(ui, pages.front(), hue_of(ui, view.pack, issue->id));
    }
    draw_issue_buttons(ui, view, bottom);
}

}  // namespace machikoe
