#include "app/ui/screens/page.h"

#include <algorithm>

#include "app/ui/screens/header.h"

namespace machikoe {
namespace {

constexpr float kMargin = 48;  // units

/// The room between header and language bar.
Rect body_of(Ui& ui, const HeaderPlan& plan) {
    const Rect all = ui.screen();
    const float foot = plan.languages == LanguagePlace::Bottom
                           ? plan.bottom.y - ui.u(ui.portrait() ? 26 : 14)
                           : all.h - ui.u(ui.portrait() ? 36 : 20);
    return {ui.u(kMargin), plan.height, all.w - ui.u(2 * kMargin), foot - plan.height};
}

TextSpec page_number() {
    TextSpec number = label_text();
    number.size = 32;
    number.text_size = TextSize::Standard;
    return number;
}

}  // namespace

Rect draw_page(Ui& ui, const View& view, PageOptions options) {
    const Theme& theme = ui.theme();
    fill_gradient(ui.list(), ui.screen(), theme.ground_top, theme.ground_bottom, 0);
    return draw_frame(ui, view, options);
}

Rect draw_frame(Ui& ui, const View& view, PageOptions options) {
    const HeaderPlan plan = plan_header(ui, view, options);
    draw_header(ui, view, plan);
    return body_of(ui, plan);
}

Rect draw_title(Ui& ui, Rect body, std::string_view id, std::string_view markup,
                float height_units) {
    TextSpec title = title_text();
    title.valign = VAlign::Middle;
    const float least = ui.measure(markup, title, body.w, Ui::At::Floor).height;
    const float height = std::max(ui.u(height_units), least);
    ui.text(id, cut_top(body, height, ui.u(ui.portrait() ? 16 : 8)), markup, title);
    return body;
}

Rect dialog_room(Ui& ui, const View& view) {
    const Rect room = body_of(ui, plan_header(ui, view, {}));
    return room.inset(dialog_pad(ui));
}

float dialog_pad(const Ui& ui) {
    return ui.u(ui.portrait() ? 52 : 32);
}

Rect draw_dialog(Ui& ui, const View& view, std::string_view id, std::string_view name,
                 float width_units, float height_units) {
    fill_rounded(ui.list(), ui.screen(), ui.theme().scrim, 0);
    const HeaderPlan plan = plan_header(ui, view, {});
    draw_header_languages(ui, view, plan);
    const Rect room = body_of(ui, plan);
    const Rect panel =
        centred(room, std::min(ui.u(width_units), room.w), std::min(ui.u(height_units), room.h));
    ui.describe({std::string(id), Role::Dialog, without_ruby(name), "", panel});
    card(ui, panel, 44);
    return panel.inset(dialog_pad(ui));
}

Rect draw_sign(Ui& ui, Rect inside, float side, std::string_view icon, const Hue& hue) {
    const Rect top = cut_top(inside, side, ui.u(24));
    ui.list().AddCircleFilled(top.centre(), side / 2, hue.tint, 96);
    ui.icon(icon, top.centre(), side * 0.6f, hue.on_tint);
    return inside;
}

int page_of(const View& view, int pages) {
    return std::clamp(view.visit.page, 0, std::max(pages, 1) - 1);
}

float pager_height(const Ui& ui) {
    return ui.touch();
}

void draw_pager(Ui& ui, const View& view, const Rect& row, int pages) {
    if (pages < 2) return;
    const ZoneScope foot(ui, Zone::Foot);
    const int page = page_of(view, pages);
    Rect rest = row;
    const std::string position =
        view.str("page.number", {std::to_string(page + 1), std::to_string(pages)});
    const float middle = ui.width_of(position, page_number()) + ui.u(40);
    const float most = std::min((rest.w - middle) / 2, std::max(ui.u(400), rest.w * 0.3f));
    const auto turn = [&](const Rect& at, std::string_view id, std::string_view words,
                          const ButtonSpec& look, int to) {
        const float height = least_button_height(ui, words, look, at.w);
        const bool has_room = least_button_width(ui, words, look, 2) <= at.w && height <= at.h;
        const std::string_view icon = to > page ? look.icon_after : look.icon_before;
        const bool pressed = has_room ? button(ui, at, id, words, look)
                                      : icon_button(ui, at, id, icon, words, {}, look.enabled);
        if (pressed) ui.wish(event::TurnPage{to});
    };
    const ButtonSpec back{.icon_before = "arrow_back", .enabled = page > 0, .size = 30};
    const ButtonSpec more{.icon_after = "arrow_forward", .enabled = page + 1 < pages, .size = 30};
    turn(cut_left(rest, most), "page-back", view.str("page.back"), back, page - 1);
    turn(cut_right(rest, most), "page-more", view.str("page.more"), more, page + 1);
    ui.text("page", rest, position, page_number());
}

const Hue& hue_of(const Ui& ui, const Pack& pack, std::string_view issue) {
    const auto& issues = pack.plan.issues;
    const auto found = std::find_if(issues.begin(), issues.end(),
                                    [&](const Issue& one) { return one.id == issue; });
    if (found == issues.end()) return ui.theme().done;
    const auto index = static_cast<std::size_t>(found - issues.begin());
    return ui.theme().issues[index % ui.theme().issues.size()];
}

}  // namespace machikoe
