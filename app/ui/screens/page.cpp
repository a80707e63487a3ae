#include "app/ui/screens/page.h"

#include <algorithm>

namespace machikoe {
namespace {

constexpr float kMargin = 48;  // units
constexpr float kHeader = 140;
constexpr float kBar = 96;
constexpr float kGap = 14;
constexpr float kRubyToggle = 250;

TextSpec language_label() {
    TextSpec label = label_text();
    label.size = 30;
    label.min = 20;
    return label;
}

float language_width(Ui& ui, Language language) {
    TextSpec label = language_label();
    label.language = language;
    return std::max(ui.u(kTouch), ui.width_of(native_name_of(language), label) + ui.u(36));
}

float bar_width(Ui& ui, const View& view) {
    float width = ui.u(16 + 56);
    for (const Language language : view.pack.plan.languages)
        width += language_width(ui, language) + ui.u(12);
    return width;
}

/// Each language in its own name and face, so that it is found by those who need it.
void draw_language_bar(Ui& ui, const View& view, const Rect& bar) {
    const Theme& theme = ui.theme();
    card(ui, bar, kBar / 2);
    Rect inside = inset_xy(bar, ui.u(16), (bar.h - ui.u(kTouch)) / 2);
    const Rect globe = cut_left(inside, ui.u(44), ui.u(12));
    ui.icon("language", globe.centre(), ui.u(38), theme.ink_soft);
    const auto& languages = view.pack.plan.languages;
    float wanted = -ui.u(12);
    for (const Language language : languages) wanted += language_width(ui, language) + ui.u(12);
    const float extra = (inside.w - wanted) / static_cast<float>(languages.size());
    for (const Language language : languages) {
        const Rect cell = cut_left(inside, language_width(ui, language) + extra, ui.u(12));
        const bool current = language == view.language();
        const std::string_view name = native_name_of(language);
        const auto press = ui.press({"language:" + std::string(tag_of(language)), Role::Choice,
                                     std::string(name), "", cell, true, current});
        Rect pill = inset_xy(cell, 0, ui.u(6));
        if (current)
            fill_rounded(ui.list(), pill, theme.chip.top, pill.h / 2);
        else if (press.depth > 0)
            fill_rounded(ui.list(), pill, with_alpha(theme.track, press.depth), pill.h / 2);
        TextSpec label = language_label();
        label.language = language;
        label.colour = current ? theme.chip.on_fill : theme.ink;
        ui.text("", inset_xy(pill, ui.u(12), 0), name, label);
        if (press.clicked) ui.wish(event::SetLanguage{language});
    }
}

Rect bottom_bar_of(const Ui& ui) {
    const Rect all = ui.screen();
    return {ui.u(kMargin), all.h - ui.u(kBar + 36), all.w - ui.u(2 * kMargin), ui.u(kBar)};
}

template <class Value>
Value after(Value value, int count) {
    return static_cast<Value>((static_cast<int>(value) + 1) % count);
}

/// The settings, from the right end of the header to the left; returns what is left of it.
Rect draw_header_buttons(Ui& ui, const View& view, Rect header, const PageOptions& options) {
    const float side = ui.u(kTouch), gap = ui.u(kGap);
    const auto slot = [&](float width) {
        return centred(cut_right(header, width, gap), width, side);
    };
    if (options.quit) {
        ButtonSpec look{.icon_before = "close", .size = 29};
        const float width = std::min(button_width(ui, view.str("quit"), look), ui.u(230));
        if (button(ui, slot(width), "quit", view.str("quit"), look)) ui.wish(event::Quit{});
        if (options.help && icon_button(ui, slot(side), "help", "help_outline", view.str("help")))
            ui.wish(event::ShowHelp{});
    }
    const Settings& now = view.visit.settings;
    if (options.quit) {
        static constexpr std::string_view kThemes[] = {"theme.standard", "theme.white-on-black",
                                                       "theme.yellow-on-black", "theme.low-glare"};
        static constexpr std::string_view kSizes[] = {"size.small", "size.standard", "size.large",
                                                      "size.largest"};
        if (icon_button(ui, slot(side), "theme", "contrast", view.str("theme"),
                        view.str(kThemes[static_cast<int>(now.theme)])))
            ui.wish(event::SetTheme{after(now.theme, 4)});
        if (icon_button(ui, slot(side), "text-size", "format_size", view.str("size"),
                        view.str(kSizes[static_cast<int>(now.text_size)])))
            ui.wish(event::SetTextSize{after(now.text_size, 4)});
    }
    if (is_japanese(now.language)) {
        const float width = ui.u(kRubyToggle);
        if (toggle(ui, slot(width), "ruby", view.str("ruby"), now.ruby))
            ui.wish(event::SetRuby{!now.ruby});
    }
    return header;
}

/// What draw_header_buttons() takes of the header on a screen with all of them.
float header_buttons_width(Ui& ui, const View& view) {
    const ButtonSpec look{.icon_before = "close", .size = 29};
    const float quit = std::min(button_width(ui, view.str("quit"), look), ui.u(230));
    const float ruby = is_japanese(view.language()) ? ui.u(kRubyToggle + kGap) : 0;
    return quit + ruby + 3 * ui.u(kTouch) + 4 * ui.u(kGap);
}

void draw_ward(Ui& ui, const View& view, Rect rest) {
    const float side = ui.u(68);
    const Rect mark = centred(cut_left(rest, side, ui.u(18)), side, side);
    icon_tile(ui, mark, "forum", ui.theme().done);
    TextSpec name = heading_text();
    name.size = 34;
    name.min = 18;
    name.valign = VAlign::Middle;
    name.role = Role::Text;
    ui.text("ward", rest, view.say(view.pack.plan.ward), name);
}

/// Wide screens have room for the languages in the header, if there are few.
bool languages_in_header(Ui& ui, const View& view) {
    return !ui.portrait() && ui.screen().w - bar_width(ui, view) > ui.u(1078);
}

void draw_languages(Ui& ui, const View& view, Rect& header, Rect& body) {
    if (languages_in_header(ui, view)) {
        const float width = bar_width(ui, view);
        draw_language_bar(ui, view,
                          centred(cut_right(header, width, ui.u(kGap)), width, ui.u(kBar)));
        return;
    }
    const Rect bar = bottom_bar_of(ui);
    body.h = bar.y - ui.u(26) - body.y;
    draw_language_bar(ui, view, bar);
}

}  // namespace

Rect draw_page(Ui& ui, const View& view, PageOptions options) {
    const Theme& theme = ui.theme();
    fill_gradient(ui.list(), ui.screen(), theme.ground_top, theme.ground_bottom, 0);
    return draw_frame(ui, view, options);
}

Rect draw_frame(Ui& ui, const View& view, PageOptions options) {
    Rect body = inset_xy(ui.screen(), ui.u(kMargin), 0);
    Rect header = cut_top(body, ui.u(kHeader));
    body.h -= ui.u(36);
    header = draw_header_buttons(ui, view, header, options);
    if (options.languages) draw_languages(ui, view, header, body);
    draw_ward(ui, view, header);
    return body;
}

Rect draw_title(Ui& ui, Rect body, std::string_view id, std::string_view markup,
                float height_units) {
    TextSpec title = title_text();
    title.valign = VAlign::Middle;
    ui.text(id, cut_top(body, ui.u(height_units), ui.u(16)), markup, title);
    return body;
}

Rect draw_dialog(Ui& ui, const View& view, std::string_view id, std::string_view name,
                 float width_units, float height_units) {
    const Rect all = ui.screen();
    fill_rounded(ui.list(), all, ui.theme().scrim, 0);
    Rect header = {ui.u(kMargin), 0, all.w - ui.u(2 * kMargin), ui.u(kHeader)};
    Rect room{ui.u(kMargin), ui.u(kHeader), header.w, all.h - ui.u(kHeader + 36)};
    cut_right(header, header_buttons_width(ui, view));
    draw_languages(ui, view, header, room);
    const Rect panel =
        centred(room, std::min(ui.u(width_units), room.w), std::min(ui.u(height_units), room.h));
    ui.describe({std::string(id), Role::Dialog, without_ruby(name), "", panel});
    card(ui, panel, 44);
    return panel.inset(ui.u(52));
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

void draw_pager(Ui& ui, const View& view, const Rect& row, int pages) {
    if (pages < 2) return;
    const int page = page_of(view, pages);
    Rect rest = row;
    const ButtonSpec back{.icon_before = "arrow_back", .enabled = page > 0, .size = 30};
    const ButtonSpec more{.icon_after = "arrow_forward", .enabled = page + 1 < pages, .size = 30};
    const float width = std::min(rest.w * 0.41f, ui.u(360));
    const Rect left = cut_left(rest, width, ui.u(16)), right = cut_right(rest, width, ui.u(16));
    if (button(ui, left, "page-back", view.str("page.back"), back))
        ui.wish(event::TurnPage{page - 1});
    TextSpec number = label_text();
    number.size = 32;
    ui.text("page", rest,
            view.str("page.number", {std::to_string(page + 1), std::to_string(pages)}), number);
    if (button(ui, right, "page-more", view.str("page.more"), more))
        ui.wish(event::TurnPage{page + 1});
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
