#include <algorithm>

#include "app/ui/button_row.h"
#include "app/ui/screens/stack.h"

namespace machikoe {
namespace {

Node node_of(const View& view, const Issue& issue, bool done) {
    return {"issue:" + issue.id,
            Role::Button,
            without_ruby(view.say(issue.short_title)),
            done ? std::string(without_ruby(view.str("overview.answered"))) : "",
            {}};
}

constexpr float kPad = 24, kArrow = 56, kGap = 22;  // units
constexpr float kLeastTile = 84, kMostTile = 170, kTallPad = 20;

TextSpec card_title(Align align) {
    TextSpec title = heading_text();
    title.size = 44;
    title.align = align;
    title.valign = VAlign::Middle;
    return title;
}

TextSpec card_line(const Ui& ui, Align align) {
    TextSpec line = body_text();
    line.size = 30;
    line.align = align;
    line.balance = align == Align::Centre;
    line.valign = VAlign::Middle;
    line.colour = ui.theme().ink_soft;
    return line;
}

/// What an issue's words take; kNever where one would be broken.
struct Heights {
    float title = 0, line = 0;
    float sum() const { return title + line; }
};

Heights heights_of(Ui& ui, const View& view, const Issue& issue, float width, Align align,
                   Ui::At at) {
    const auto height = [&](std::string_view words, const TextSpec& spec) {
        const Ui::Extent extent = ui.measure(words, spec, width, at);
        return extent.broke_word ? kNever : extent.height;
    };
    return {height(view.say(issue.short_title), card_title(align)),
            height(view.say(issue.one_sentence), card_line(ui, align))};
}

/// Title and sentence share the height as each needs it.
void draw_words(Ui& ui, const View& view, const Issue& issue, Rect rect, Align align) {
    const Heights least = heights_of(ui, view, issue, rect.w, align, Ui::At::Floor);
    const Heights full = heights_of(ui, view, issue, rect.w, align, Ui::At::Full);
    const float between = full.sum() - least.sum();
    const float share = between > 0 ? std::clamp((rect.h - least.sum()) / between, 0.f, 1.f) : 1.f;
    const float spare = std::max(0.f, rect.h - full.sum());
    const float title = least.title + (full.title - least.title) * share + spare * 0.45f;
    ui.text("", cut_top(rect, title), view.say(issue.short_title), card_title(align));
    ui.text("", rect, view.say(issue.one_sentence), card_line(ui, align));
}

bool done_fits(Ui& ui, const View& view, const Rect& rect) {
    TextSpec label = label_text();
    label.size = 26;
    return ui.fits(view.str("overview.answered"), label, rect.w - ui.u(86), rect.h);
}

/// That it was answered: in words where they fit, as a sign anyway.
void draw_done(Ui& ui, const View& view, const Rect& rect) {
    if (done_fits(ui, view, rect)) {
        badge(ui, rect, "", "check_circle", view.str("overview.answered"), ui.theme().done);
        return;
    }
    const ImVec2 at{rect.right() - ui.u(26), rect.centre().y};
    ui.list().AddCircleFilled(at, ui.u(26), ui.theme().done.tint, 48);
    ui.icon("check_circle", at, ui.u(40), ui.theme().done.on_tint);
}

void draw_arrow(Ui& ui, const Rect& rect, const Hue& hue) {
    ui.list().AddCircleFilled(rect.centre(), ui.u(28), hue.tint, 48);
    ui.icon("chevron_right", rect.centre(), ui.u(44), hue.on_tint);
}

float tile_side(const Ui& ui, float width) {
    return std::clamp(width * 0.19f, ui.u(kLeastTile), ui.u(kMostTile));
}
float wide_words(const Ui& ui, float width) {
    return width - 2 * ui.u(kPad) - tile_side(ui, width) - ui.u(28 + 12 + kArrow);
}
float done_height(Ui& ui) {
    return ui.u(52);
}

/// Tile on the left, words on the right.
void draw_wide(Ui& ui, const View& view, const Issue& issue, const Rect& rect, bool done) {
    const Hue& hue = hue_of(ui, view.pack, issue.id);
    Rect inside = inset_xy(rect, ui.u(kPad), ui.u(14));
    const float side = tile_side(ui, rect.w);
    const float shown = std::min(side, inside.h);
    icon_tile(ui, centred(cut_left(inside, side, ui.u(28)), shown, shown), issue.icon, hue);
    const Rect arrow = cut_right(inside, ui.u(kArrow), ui.u(12));
    draw_words(ui, view, issue, inside, Align::Left);
    const float title = ui.width_of(view.say(issue.short_title), card_title(Align::Left));
    const Rect corner{inside.x + title + ui.u(20), inside.y, inside.w - title - ui.u(20),
                      done_height(ui)};
    const bool has_corner = done && corner.w > ui.u(86) && done_fits(ui, view, corner);
    if (has_corner) draw_done(ui, view, corner);
    if (done && !has_corner)
        draw_done(ui, view, {arrow.x, arrow.centre().y - ui.u(26), arrow.w, done_height(ui)});
    else
        draw_arrow(ui, arrow, hue);
}

/// The same for all cards of a row, so that they stand in line.
float tall_side(Ui& ui, const View& view, const Rect& rect) {
    float words = 0;
    for (const Issue& issue : view.pack.plan.issues)
        words = std::max(words, heights_of(ui, view, issue, rect.w - ui.u(2 * kTallPad),
                                           Align::Centre, Ui::At::Full)
                                    .sum());
    const float spare = rect.h - words - ui.u(2 * 22 + 14 + 8) - done_height(ui);
    return std::clamp(spare, ui.u(kLeastTile), ui.u(kMostTile));
}

/// Tile above, words below.
void draw_tall(Ui& ui, const View& view, const Issue& issue, const Rect& rect, bool done) {
    const Hue& hue = hue_of(ui, view.pack, issue.id);
    Rect inside = inset_xy(rect, ui.u(kTallPad), ui.u(22));
    const float side = tall_side(ui, view, rect);
    const Rect top = cut_top(inside, side, ui.u(14));
    icon_tile(ui, centred(top, side, side), issue.icon, hue);
    const Rect foot = cut_bottom(inside, done_height(ui), ui.u(8));
    if (done)
        draw_done(ui, view, centred(foot, std::min(foot.w, ui.u(230)), foot.h));
    else
        draw_arrow(ui, foot, hue);
    draw_words(ui, view, issue, inside, Align::Centre);
}

float card_height(Ui& ui, const View& view, const Issue& issue, float width, bool tall, Ui::At at) {
    if (tall)
        return heights_of(ui, view, issue, width - ui.u(2 * kTallPad), Align::Centre, at).sum() +
               ui.u(2 * 22 + kLeastTile + 14 + 8) + done_height(ui);
    const float words =
        heights_of(ui, view, issue, wide_words(ui, width), Align::Left, at).sum() + ui.u(32);
    return std::max({words, ui.u(at == Ui::At::Full ? 170.f : 90.f), ui.touch()});
}

/// The issues [from, to) side by side.
Block cards_block(Ui& ui, const View& view, std::size_t from, std::size_t columns, float width) {
    const auto& issues = view.pack.plan.issues;
    const std::size_t to = std::min(from + columns, issues.size());
    const bool tall = columns > 2;
    const float gap = ui.u(kGap);
    const float each = grid({0, 0, width, 1}, columns, columns, gap).front().w;
    Block block;
    for (std::size_t i = from; i < to; ++i) {
        block.least =
            std::max(block.least, card_height(ui, view, issues[i], each, tall, Ui::At::Floor));
        block.wanted =
            std::max(block.wanted, card_height(ui, view, issues[i], each, tall, Ui::At::Full));
    }
    block.draw = [=, &ui, &view, &issues](const Rect& rect) {
        const auto cells = grid(rect, columns, columns, gap);
        for (std::size_t i = from; i < to; ++i) {
            const bool done = is_issue_done(view.pack, view.place, view.visit, issues[i].id);
            const TouchCard touched =
                touch_card(ui, cells[i - from], node_of(view, issues[i], done));
            if (tall)
                draw_tall(ui, view, issues[i], touched.content, done);
            else
                draw_wide(ui, view, issues[i], touched.content, done);
            if (touched.clicked) ui.wish(event::OpenIssue{issues[i].id});
        }
    };
    return block;
}

std::vector<Block> card_blocks(Ui& ui, const View& view, std::size_t columns, float width) {
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < view.pack.plan.issues.size(); i += columns)
        blocks.push_back(cards_block(ui, view, i, columns, width));
    return blocks;
}

Block purpose_block(Ui& ui, const View& view, float width) {
    const std::string_view purpose = view.say(view.pack.survey.purpose);
    const TextSpec small{.size = 28, .valign = VAlign::Middle};
    return {
        info_box_height(ui, purpose, width, small, Ui::At::Floor),
        info_box_height(ui, purpose, width, small),
        [&ui, purpose, small](const Rect& rect) { info_box(ui, rect, "purpose", purpose, small); },
        false};
}

/// All on one page if any shape of the cards allows it, then one below the other.
std::vector<Block> blocks_of(Ui& ui, const View& view, const Rect& area) {
    const std::size_t issues = view.pack.plan.issues.size();
    std::vector<std::size_t> shapes = {1};
    if (!ui.portrait()) shapes = {issues > 5 ? (issues + 1) / 2 : issues, 2, 1};
    for (const std::size_t columns : shapes) {
        std::vector<Block> blocks = card_blocks(ui, view, columns, area.w);
        blocks.insert(blocks.begin(), purpose_block(ui, view, area.w));
        float least = -ui.u(kGap);
        for (const Block& block : blocks) least += block.least + ui.u(kGap);
        const bool last = columns == shapes.back();
        const bool may_turn = columns == 2 && std::ranges::all_of(blocks, [&](const Block& block) {
                                  return block.least <= area.h;
                              });
        if (least <= area.h || last || may_turn) return blocks;
    }
    return {};
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
std::vector<RowButton> terms_of(const View& view) {
    return {{"length",
             std::string(name_of_length(view)),
             {.icon_before = "timer", .size = 32},
             0.44f,
             true},
            assistance_item(view)};
}

std::vector<RowButton> ways_on(const View& view) {
    return {{"policy",
             std::string(view.str("overview.policy")),
             {.icon_before = "menu_book", .size = 34},
             0.44f,
             true},
            {"finish",
             std::string(view.str("overview.finish")),
             {.look = ButtonLook::Primary,
              .icon_after = "arrow_forward",
              .enabled = has_answers(view.visit),
              .size = 38},
             0.56f,
             false}};
}

void draw_row(Ui& ui, Rect& body, const std::vector<RowButton>& row, float gap) {
    const auto pressed = cut_button_row(ui, body, row, gap);
    if (!pressed) return;
    const std::string& id = row[*pressed].id;
    if (id == "length") ui.wish(event::ChangeLength{});
    if (id == "assistance") ui.wish(event::ShowAssistance{});
    if (id == "policy") ui.wish(event::ShowPolicy{});
    if (id == "finish") ui.wish(event::Finish{});
}

}  // namespace

void draw_overview(Ui& ui, const View& view) {
    Rect body = draw_page(ui, view);
    std::vector<RowButton> terms = terms_of(view), on = ways_on(view);
    if (ui.portrait()) {
        draw_row(ui, body, on, ui.u(20));
        draw_row(ui, body, terms, ui.u(20));
    } else {
        // Where height is short they share one row.
        terms.insert(terms.end(), on.begin(), on.end());
        draw_row(ui, body, terms, ui.u(14));
    }
    const StackOptions options{.gap = kGap,
                               .stretch = 130,
                               .title = view.str("overview.title"),
                               .title_height = ui.portrait() ? 140.f : 100.f};
    draw_stack(ui, view, body, blocks_of(ui, view, below_head(ui, body, options, 1)), options);
}

}  // namespace machikoe
