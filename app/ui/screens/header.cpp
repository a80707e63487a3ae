#include "app/ui/screens/header.h"

#include <algorithm>

namespace machikoe {
namespace {

constexpr float kMargin = 48;  // units
constexpr float kGap = 14;
constexpr float kBarPad = 16, kGlobe = 50;  // inside the bar
constexpr float kCellPad = 22;              // beside a language's name, together
constexpr float kTile = 68;

TextSpec fixed_label(float size) {
    TextSpec label = label_text();
    label.size = size;
    label.text_size = TextSize::Standard;
    return label;
}

TextSpec language_label(Language language) {
    TextSpec label = fixed_label(28);
    label.language = language;
    label.balance = true;
    return label;
}

ButtonSpec quit_look() {
    return {.icon_before = "close", .size = 29, .text_size = TextSize::Standard};
}
ButtonSpec display_look() {
    return {.icon_before = "format_size", .size = 29, .text_size = TextSize::Standard};
}
TextSpec ruby_label() {
    TextSpec label = fixed_label(29);
    label.align = Align::Left;
    return label;
}

/// How the names are set: on one line, the two long ones on two, all on two.
enum class Names { OneLine, LongOnTwo, OnTwo };

float cell_width(Ui& ui, Language language, Names names) {
    const TextSpec label = language_label(language);
    const bool is_long = language == Language::JaEasy || language == Language::Vi;
    const int lines = names == Names::OnTwo || (names == Names::LongOnTwo && is_long) ? 2 : 1;
    return std::max(ui.touch(),
                    least_width(ui, native_name_of(language), label, lines) + ui.u(kCellPad));
}

float bar_width(Ui& ui, const View& view, Names names) {
    float width = ui.u(2 * kBarPad + kGlobe);
    for (const Language language : view.pack.plan.languages)
        width += cell_width(ui, language, names) + ui.u(8);
    return width;
}

/// The first that fits.
Names names_in(Ui& ui, const View& view, float width) {
    for (const Names names : {Names::OneLine, Names::LongOnTwo})
        if (bar_width(ui, view, names) <= width) return names;
    return Names::OnTwo;
}

float bar_height(const Ui& ui) {
    return std::max(ui.u(96), ui.touch() + ui.u(12));
}

TextSpec ward_text() {
    TextSpec name = heading_text();
    name.size = 34;
    name.text_size = TextSize::Standard;
    name.valign = VAlign::Middle;
    name.role = Role::Text;
    return name;
}

float ward_width(Ui& ui, const View& view) {
    return ui.u(kTile + 18) + least_width(ui, view.say(view.pack.plan.ward), ward_text(), 2);
}

float buttons_width(const Ui& ui, const HeaderPlan& plan) {
    float width = 0;
    for (const float one : {plan.quit, plan.help, plan.display, plan.ruby})
        width += one > 0 ? one + ui.u(kGap) : 0;
    return width;
}

float globe_width(Ui& ui, const View& view) {
    const Language language = view.language();
    return least_width(ui, native_name_of(language), language_label(language), 2) +
           ui.u(kGlobe + 2 * kBarPad + 12);
}

void place_languages(Ui& ui, const View& view, HeaderPlan& plan, float width) {
    const Rect all = ui.screen();
    const float room = width - buttons_width(ui, plan) - ward_width(ui, view) - ui.u(kGap);
    const bool wide = !ui.portrait();
    plan.languages = LanguagePlace::Bottom;
    if (wide && bar_width(ui, view, Names::OnTwo) <= room) {
        plan.languages = LanguagePlace::Header;
        plan.bar = std::min(room, bar_width(ui, view, names_in(ui, view, room)) + ui.u(40));
    } else if (wide || bar_width(ui, view, Names::OnTwo) > width) {
        plan.languages = LanguagePlace::Globe;
        plan.bar = std::max(ui.touch(), globe_width(ui, view));
    }
    const float height = bar_height(ui), below = ui.u(ui.portrait() ? 36 : 20);
    plan.bottom = {ui.u(kMargin), all.h - height - below, width, height};
}

/// Each language in its own name and face, so that it is found by those who need it.
void draw_language_bar(Ui& ui, const View& view, const Rect& bar) {
    const Theme& theme = ui.theme();
    card(ui, bar, 48);
    Rect inside = inset_xy(bar, ui.u(kBarPad), (bar.h - ui.touch()) / 2);
    const Rect globe = cut_left(inside, ui.u(kGlobe - 8), ui.u(8));
    ui.icon("language", globe.centre(), ui.u(38), theme.ink_soft);
    const auto& languages = view.pack.plan.languages;
    const Names names = names_in(ui, view, bar.w);
    float wanted = -ui.u(8);
    for (const Language language : languages) wanted += cell_width(ui, language, names) + ui.u(8);
    const float extra = (inside.w - wanted) / static_cast<float>(languages.size());
    for (const Language language : languages) {
        const Rect cell = cut_left(inside, cell_width(ui, language, names) + extra, ui.u(8));
        const bool current = language == view.language();
        const std::string_view name = native_name_of(language);
        const auto press = ui.press({"language:" + std::string(tag_of(language)), Role::Choice,
                                     std::string(name), "", cell, true, current});
        const Rect pill = inset_xy(cell, 0, ui.u(2));
        const float radius = std::min(pill.h / 2, ui.u(34));
        if (current)
            fill_rounded(ui.list(), pill, theme.chip.top, radius);
        else if (press.depth > 0)
            fill_rounded(ui.list(), pill, with_alpha(theme.track, press.depth), radius);
        TextSpec label = language_label(language);
        label.colour = current ? theme.chip.on_fill : theme.ink;
        ui.text("", inset_xy(pill, ui.u(kCellPad / 2 - 2), 0), name, label);
        if (press.clicked) ui.wish(event::SetLanguage{language});
    }
}

void draw_globe(Ui& ui, const View& view, const Rect& rect) {
    const std::string_view name = native_name_of(view.language());
    const TouchCard touched = touch_card(
        ui, rect,
        {"languages", Role::Button, without_ruby(view.str("languages")), std::string(name), rect},
        42);
    Rect inside = inset_xy(touched.content, ui.u(kBarPad), ui.u(2));
    ui.icon("language", cut_left(inside, ui.u(kGlobe - 8), ui.u(8)).centre(), ui.u(42),
            ui.theme().ink);
    ui.text("", inside, name, language_label(view.language()));
    if (!touched.clicked) return;
    // Before anybody has begun, the screen of languages is the one that comes first.
    if (view.visit.screen == Screen::Attract)
        ui.wish(event::Begin{});
    else
        ui.wish(event::ShowLanguages{});
}

void draw_ward(Ui& ui, const View& view, Rect rest) {
    const std::string_view ward = view.say(view.pack.plan.ward);
    const float side = ui.u(kTile);
    // Who helps stands in the place of the ward's own sign.
    if (view.visit.assistance != Assistance::None)
        draw_assistance_sign(ui, view, centred(cut_left(rest, side, ui.u(18)), side, side));
    else if (ward_width(ui, view) <= rest.w)
        icon_tile(ui, centred(cut_left(rest, side, ui.u(18)), side, side), "forum",
                  ui.theme().done);
    ui.text("ward", rest, ward, ward_text());
}

std::string value_of(const View& view) {
    static constexpr std::string_view kThemes[] = {"theme.standard", "theme.white-on-black",
                                                   "theme.yellow-on-black", "theme.low-glare"};
    static constexpr std::string_view kSizes[] = {"size.small", "size.standard", "size.large",
                                                  "size.largest"};
    const Settings& now = view.visit.settings;
    return without_ruby(view.str(kSizes[static_cast<int>(now.text_size)])) + ", " +
           without_ruby(view.str(kThemes[static_cast<int>(now.theme)]));
}

Rect header_rect(const Ui& ui, const HeaderPlan& plan) {
    return {ui.u(kMargin), 0, ui.screen().w - ui.u(2 * kMargin), plan.height};
}

/// From the right end to the left; returns what is left.
Rect draw_buttons(Ui& ui, const View& view, Rect header, const HeaderPlan& plan) {
    const float side = ui.touch();
    const auto slot = [&](float width) {
        return centred(cut_right(header, width, ui.u(kGap)), width, side);
    };
    if (plan.quit > 0) {
        const Rect rect = slot(plan.quit);
        const bool pressed = plan.quit_words
                                 ? button(ui, rect, "quit", view.str("quit"), quit_look())
                                 : icon_button(ui, rect, "quit", "close", view.str("quit"));
        if (pressed) ui.wish(event::Quit{});
    }
    if (plan.help > 0 && icon_button(ui, slot(plan.help), "help", "help_outline", view.str("help")))
        ui.wish(event::ShowHelp{});
    if (plan.display > 0) {
        const Rect rect = slot(plan.display);
        const std::string value = value_of(view);
        ButtonSpec look = display_look();
        look.value = value;
        const bool pressed =
            plan.display_words
                ? button(ui, rect, "display", view.str("display"), look)
                : icon_button(ui, rect, "display", "format_size", view.str("display"), value);
        if (pressed) ui.wish(event::ShowDisplay{});
    }
    if (plan.ruby > 0) {
        const bool on = view.visit.settings.ruby;
        if (toggle(ui, slot(plan.ruby), "ruby", view.str("ruby"), on, ruby_label()))
            ui.wish(event::SetRuby{!on});
    }
    return header;
}

}  // namespace

HeaderPlan plan_header(Ui& ui, const View& view, const PageOptions& options) {
    HeaderPlan plan;
    plan.height =
        ui.portrait() ? std::max(ui.u(140), ui.touch() + ui.u(40)) : ui.touch() + ui.u(28);
    const float width = header_rect(ui, plan).w;
    if (options.quit) {
        plan.quit = button_width(ui, view.str("quit"), quit_look());
        plan.help = options.help ? ui.touch() : 0;
        plan.display = button_width(ui, view.str("display"), display_look());
    }
    if (is_japanese(view.language()))
        plan.ruby = ui.width_of(view.str("ruby"), ruby_label()) + toggle_frame(ui) + ui.u(4);
    const float left = width - ward_width(ui, view);
    if (plan.display > 0 && (!ui.portrait() || buttons_width(ui, plan) > left)) {
        plan.display_words = false;
        plan.display = ui.touch();
    }
    if (plan.quit > 0 && buttons_width(ui, plan) > left) {
        plan.quit_words = false;
        plan.quit = ui.touch();
    }
    if (options.languages) place_languages(ui, view, plan, width);
    return plan;
}

void draw_header(Ui& ui, const View& view, const HeaderPlan& plan) {
    const ZoneScope tools(ui, Zone::Tools);
    Rect header = draw_buttons(ui, view, header_rect(ui, plan), plan);
    if (plan.languages == LanguagePlace::Header || plan.languages == LanguagePlace::Globe)
        cut_right(header, plan.bar, ui.u(kGap));
    draw_header_languages(ui, view, plan);
    draw_ward(ui, view, header);
}

void draw_header_languages(Ui& ui, const View& view, const HeaderPlan& plan) {
    const ZoneScope languages(ui, Zone::Languages);
    Rect header = header_rect(ui, plan);
    header.w -= buttons_width(ui, plan);
    const Rect place = cut_right(header, plan.bar);
    switch (plan.languages) {
        case LanguagePlace::None:
            return;
        case LanguagePlace::Bottom:
            return draw_language_bar(ui, view, plan.bottom);
        case LanguagePlace::Header:
            return draw_language_bar(ui, view, centred(place, place.w, bar_height(ui)));
        case LanguagePlace::Globe:
            return draw_globe(ui, view, centred(place, place.w, ui.touch()));
    }
}

}  // namespace machikoe
