// Issue: a picture, one sentence, and what the ward does about it, in pages.
#include <algorithm>

#include "app/ui/button_row.h"
#include "app/ui/issue_pictures.h"
#include "app/ui/screens/flow.h"

namespace machikoe {
namespace {

constexpr float kGap = 20;  // units

std::vector<Section> sections_of(Ui& ui, const View& view, const Issue& issue, const Rect& column) {
    const auto word = [&](std::string_view key) { return std::string(view.str(key)); };
    const auto text = [&](const Text& said) { return std::string(view.say(said)); };
    Section action{"action", "payments", word("issue.action"), text(issue.action.title.plain)};
    if (view.pack.plan.residents) {
        BudgetSum sum = budget_sum_of(view, issue);
        const Rect room = section_room(ui, action, column);
        if (budget_fits(ui, sum, room.w, room.h - ui.u(kGap)))
            action.sum = std::move(sum);
        else
            action.body += "\n" + sum.sentence + "\n" + sum.source + " " + sum.source_ja;
    } else {
        action.note =
            view.str("issue.budget", {with_commas(issue.action.budget_thousand_yen * 1000)});
    }
    return {{"overview", "visibility", word("issue.overview"), text(issue.overview.plain)},
            std::move(action),
            {"done", "event_available", word("issue.done"), text(issue.what_was_done)},
            {"change", "flag", word("issue.change"), text(issue.what_will_change)}};
}

/// The corners that a round picture would not have, in the colour of what lies around it.
void round_off(ImDrawList& list, const Rect& rect, float radius, ImU32 colour) {
    const auto corner = [&](ImVec2 tip, ImVec2 centre, float from) {
        list.PathLineTo(tip);
        list.PathArcTo(centre, radius, from, from + 1.5707964f, 16);
        // A fan from the tip: concave, but seen from the tip every point is in sight.
        const ImVec2 fan = list._Path[0];
        for (int i = 1; i + 1 < list._Path.Size; ++i)
            list.AddTriangleFilled(fan, list._Path[i], list._Path[i + 1], colour);
        list.PathClear();
    };
    constexpr float kQuarter = 1.5707964f;
    const Rect r = rect.inset(-1);
    corner(r.min(), {rect.x + radius, rect.y + radius}, 2 * kQuarter);
    corner({r.right(), r.y}, {rect.right() - radius, rect.y + radius}, 3 * kQuarter);
    corner(r.max(), {rect.right() - radius, rect.bottom() - radius}, 0);
    corner({r.x, r.bottom()}, {rect.x + radius, rect.bottom() - radius}, kQuarter);
}

void draw_picture(Ui& ui, const Rect& rect, const Issue& issue, const Hue& hue) {
    const Theme& theme = ui.theme();
    const float radius = ui.u(24);
    if (issue.picture == IssuePicture::None) {
        fill_rounded(ui.list(), rect, hue.tint, radius);
        ui.icon(issue.icon, rect.centre(), rect.h * 0.62f, hue.on_tint);
    } else {
        draw_issue_picture(ui.list(), rect, issue.picture,
                           {.sky_top = hue.tint,
                            .sky_bottom = mix(hue.tint, theme.surface, 0.75f),
                            .flat = theme.dark,
                            .paper = theme.surface,
                            .ink = theme.ink});
        round_off(ui.list(), rect, radius, theme.surface);
    }
    if (theme.dark) stroke_rounded(ui.list(), rect, theme.outline, radius, ui.u(3));
}

TextSpec issue_title() {
    TextSpec title = title_text();
    title.size = 52;
    title.valign = VAlign::Bottom;
    return title;
}

TextSpec issue_sentence(const Ui& ui) {
    TextSpec line = body_text();
    line.size = 32;
    line.colour = ui.theme().ink_soft;
    return line;
}

/// Of title and sentence; `at` which size.
float words_height(Ui& ui, const View& view, const Issue& issue, float width, Ui::At at) {
    return ui.measure(view.say(issue.short_title), issue_title(), width, at).height +
           ui.measure(view.say(issue.one_sentence), issue_sentence(ui), width, at).height +
           ui.u(10);
}

void draw_words(Ui& ui, const View& view, const Issue& issue, Rect area) {
    const std::string_view title = view.say(issue.short_title), line = view.say(issue.one_sentence);
    const float upper = ui.measure(title, issue_title(), area.w, Ui::At::Floor).height;
    const float lower = ui.measure(line, issue_sentence(ui), area.w, Ui::At::Floor).height;
    const float spare = std::max(0.f, area.h - upper - lower - ui.u(6));
    ui.text("title", cut_top(area, upper + spare * 0.55f, ui.u(6)), title, issue_title());
    ui.text("sentence", area, line, issue_sentence(ui));
}

/// Without the picture: the pictogram, the title and the sentence in one row.
void draw_small_head(Ui& ui, const View& view, const Issue& issue, Rect head) {
    const float side = std::min(head.h, ui.u(150));
    Rect tile = cut_left(head, side, ui.u(28));
    tile.h = side;
    icon_tile(ui, tile, issue.icon, hue_of(ui, view.pack, issue.id));
    draw_words(ui, view, issue, head);
}

/// The picture above, below it the pictogram, half over the picture, and the words.
void draw_large_head(Ui& ui, const View& view, const Issue& issue, const Rect& rect,
                     float words_height) {
    const Hue& hue = hue_of(ui, view.pack, issue.id);
    card(ui, rect, 40);
    Rect inside = rect.inset(ui.u(18));
    Rect words = cut_bottom(inside, words_height, ui.u(14));
    draw_picture(ui, inside, issue, hue);
    const float side = std::min(ui.u(132), words.h * 0.8f);
    words = inset_xy(words, ui.u(14), 0);
    const Rect column = cut_left(words, side, ui.u(26));
    const Rect tile{column.x, inside.bottom() - side * 0.34f, side, side};
    fill_rounded(ui.list(), tile.inset(-ui.u(7)), ui.theme().surface, side * 0.2f);
    icon_tile(ui, tile, issue.icon, hue);
    draw_words(ui, view, issue, words);
}

/// Draws them at the lower end of `body`, which loses what they took.
void cut_issue_buttons(Ui& ui, const View& view, Rect& body) {
    const std::vector<RowButton> buttons = {
        {"back",
         std::string(view.str("back")),
         {.icon_before = "arrow_back", .size = 34},
         0.6f,
         true},
        {"official",
         std::string(view.str("issue.official")),
         {.icon_before = "article", .size = 32},
         0.8f,
         true},
        {"start",
         std::string(view.str("issue.start")),
         {.look = ButtonLook::Primary, .icon_after = "arrow_forward", .size = 40},
         1.2f}};
    const auto pressed = cut_button_row(ui, body, buttons, ui.u(20));
    if (!pressed) return;
    const std::string& id = buttons[*pressed].id;
    if (id == "back") ui.wish(event::Back{});
    if (id == "official") ui.wish(event::ShowOfficial{});
    if (id == "start") ui.wish(event::StartQuestions{});
}

/// Where the parts of the screen go.  Upright the picture is on the first page only, across
/// it stays on the left.
struct Places {
    Rect large_head, small_head, hint, pager;
    FlowArea area;
    float words_height = 0;  // below the picture
    bool has_picture = true;
};

Places places_of(Ui& ui, const View& view, const Issue& issue, Rect body, bool has_pager,
                 bool has_hint) {
    constexpr float kTile = 190;  // units: the pictogram beside the words, and the edges
    Places places;
    const float tight =
        words_height(ui, view, issue, body.w * 0.41f - ui.u(kTile + 50), Ui::At::Floor) + ui.u(20);
    // Large words on a low screen: they stand above the first page, without a picture.
    places.has_picture = ui.portrait() || tight < body.h * 0.55f;
    if (!places.has_picture) {
        if (has_pager) places.pager = cut_bottom(body, pager_height(ui), ui.u(14));
        if (has_hint) places.hint = cut_bottom(body, word_hint_height(ui, view, body.w), ui.u(10));
        places.area = {body, body, 1};
        const float words = words_height(ui, view, issue, body.w - ui.u(kTile), Ui::At::Floor);
        places.small_head = cut_top(places.area.first, words + ui.u(20), ui.u(kGap));
        return places;
    }
    if (!ui.portrait()) {
        places.large_head = cut_left(body, body.w * 0.41f, ui.u(28));
        if (has_hint)
            places.hint = cut_bottom(places.large_head,
                                     word_hint_height(ui, view, places.large_head.w), ui.u(10));
        const float width = places.large_head.w - ui.u(kTile + 50);
        const float least = words_height(ui, view, issue, width, Ui::At::Floor) + ui.u(20);
        places.words_height = std::max(least, places.large_head.h * 0.4f);
    }
    if (has_pager) places.pager = cut_bottom(body, pager_height(ui), ui.u(14));
    if (has_hint && ui.portrait())
        places.hint = cut_bottom(body, word_hint_height(ui, view, body.w), ui.u(10));
    places.area = {body, body, 1};
    if (ui.portrait()) {
        const float wanted = words_height(ui, view, issue, body.w - ui.u(kTile + 50), Ui::At::Full);
        Rect later = body;
        const float small = std::max(ui.u(150), wanted);
        places.small_head = cut_top(later, small, ui.u(kGap));
        places.words_height = std::max(ui.u(150), wanted) + ui.u(26);
        places.large_head = cut_top(places.area.first, places.words_height + ui.u(414), ui.u(kGap));
        places.area.later = later;
    }
    return places;
}

/// What the sections leave free on the first page is the picture's.
void open_out(const Ui& ui, Places& places, FlowPage& page) {
    if (!ui.portrait() || page.empty()) return;
    float end = 0;
    for (const PlacedSection& placed : page) end = std::max(end, placed.rect.bottom());
    const float extra = std::clamp(places.area.first.bottom() - end, 0.f, ui.u(200));
    places.large_head.h += extra;
    for (PlacedSection& placed : page) placed.rect.y += extra;
}

bool has_words(const WordMarks& words, const FlowPage& page) {
    return std::ranges::any_of(
        page, [&](const PlacedSection& placed) { return words.finds(placed.section.body); });
}

}  // namespace

void draw_issue(Ui& ui, const View& view) {
    const Issue* issue = view.pack.plan.issue(view.visit.section);
    if (issue == nullptr) return;
    Rect body = draw_page(ui, view);
    cut_issue_buttons(ui, view, body);
    const Rect column = places_of(ui, view, *issue, body, true, true).area.later;
    const auto sections = sections_of(ui, view, *issue, column);
    WordMarks words(view);
    const bool may_have_words = std::ranges::any_of(
        sections, [&](const Section& section) { return words.finds(section.body); });
    Places places = places_of(ui, view, *issue, body, false, may_have_words);
    auto pages = flow(ui, sections, places.area);
    if (pages.size() > 1) {
        places = places_of(ui, view, *issue, body, true, may_have_words);
        pages = flow(ui, sections, places.area);
    }
    const int count = static_cast<int>(pages.size());
    const int number = page_of(view, count);
    FlowPage& page = pages[static_cast<std::size_t>(number)];
    if (number == 0) open_out(ui, places, page);
    if (!places.has_picture) {
        if (number == 0) draw_small_head(ui, view, *issue, places.small_head);
    } else if (number == 0 || !ui.portrait())
        draw_large_head(ui, view, *issue, places.large_head, places.words_height);
    else
        draw_small_head(ui, view, *issue, places.small_head);
    draw_sections(ui, page, hue_of(ui, view.pack, issue->id), &words);
    if (has_words(words, page)) draw_word_hint(ui, view, places.hint);
    draw_pager(ui, view, places.pager, count);
}

}  // namespace machikoe
