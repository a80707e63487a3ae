#include "app/ui/screens/issue_budget.h"

#include <algorithm>
#include <array>

#include "app/ui/screens/page.h"
#include "app/ui/shapes.h"

namespace machikoe {
namespace {

constexpr float kSign = 54, kPad = 16, kGap = 14, kCoin = 33;  // units
constexpr float kResultShare = 0.47f;       // of the result's box, beside the coins
constexpr float kSourceShare = 0.56f;       // of the width, beside the coins
constexpr std::int64_t kMostInCoins = 999;  // above, it is bank notes, and no longer small change

TextSpec value_text(float size) {
    return {.size = size, .weight = Weight::Bold, .align = Align::Centre, .valign = VAlign::Middle};
}
TextSpec caption_text() {
    return {.size = 26, .align = Align::Centre, .balance = true};
}
TextSpec source_text() {
    return {.size = 24};
}

/// Heights, and the width of a chip.  Wide: all three chips in one row, the coins beside the
/// source; else the result has a row of its own.
struct Sizes {
    bool is_wide = false;
    float chip = 0, value = 0, upper = 0, result = 0, source = 0;
    float total(const Ui& ui) const {
        return upper + result + source + ui.u(is_wide ? kGap : 2 * kGap);
    }
};

/// For the words of the result where it has a row of its own.
float result_width(const Ui& ui, float width) {
    return (width - ui.u(kSign + 2 * kPad)) * kResultShare;
}

Sizes sizes_of(Ui& ui, const BudgetSum& sum, float width) {
    Sizes sizes;
    sizes.is_wide = !ui.portrait();  // where height is what is short
    sizes.chip = sizes.is_wide ? (width - ui.u(2 * kSign)) / 3 : (width - ui.u(kSign)) / 2;
    const float inner = sizes.chip - ui.u(2 * kPad);
    const auto label_height = [&](const std::string& label) {
        return ui.height_of(label, caption_text(), inner);
    };
    sizes.value = std::max(ui.height_of(sum.yen, value_text(40), 0), ui.u(54));
    float captions = std::max(label_height(sum.yen_label), label_height(sum.residents_label));
    if (sizes.is_wide) {
        captions = std::max(captions, label_height(sum.each_label));
        const float words = width * kSourceShare;
        sizes.source = std::max(ui.height_of(sum.source, source_text(), words) +
                                    ui.height_of(sum.source_ja, source_text(), words),
                                ui.u(2 * kCoin + 4));
    } else {
        sizes.result = ui.u(2 * kPad) + ui.height_of(sum.each, value_text(52), 0) +
                       ui.height_of(sum.each_label, caption_text(), result_width(ui, width));
        sizes.source = ui.height_of(sum.source, source_text(), width) +
                       ui.height_of(sum.source_ja, source_text(), width);
    }
    sizes.upper = ui.u(2 * kPad) + sizes.value + captions;
    return sizes;
}

void draw_chip(Ui& ui, const Rect& rect, float value_height, std::string_view value,
               std::string_view label) {
    fill_rounded(ui.list(), rect, ui.theme().tint, ui.u(22));
    stroke_rounded(ui.list(), rect, ui.theme().hairline, ui.u(22), ui.u(1.5f));
    Rect inside = rect.inset(ui.u(kPad));
    ui.text("", cut_top(inside, value_height), value, value_text(40));
    ui.text("", inside, label, caption_text());
}

void draw_sign(Ui& ui, const Rect& rect, std::string_view sign) {
    ui.text("", rect, sign, value_text(46));
}

struct Coin {
    std::int64_t value;
    ImU32 metal, edge;
    bool has_hole;
};
constexpr std::array<Coin, 6> kCoins = {{{500, rgb(0xE3D3A0), rgb(0xA58F4E), false},
                                         {100, rgb(0xDDE0E3), rgb(0x8E959B), false},
                                         {50, rgb(0xDDE0E3), rgb(0x8E959B), true},
                                         {10, rgb(0xE2B58C), rgb(0x9A6437), false},
                                         {5, rgb(0xEBCF7E), rgb(0xA5832F), true},
                                         {1, rgb(0xF1F3F4), rgb(0xA3A9AE), false}}};

void draw_coin(Ui& ui, ImVec2 centre, const Coin& coin) {
    const Theme& theme = ui.theme();
    const float r = ui.u(kCoin);
    ui.list().AddCircleFilled(centre, r, theme.dark ? theme.surface : coin.metal, 48);
    stroke_circle(ui.list(), centre, r - ui.u(2), theme.dark ? theme.ink : coin.edge, ui.u(3));
    if (coin.has_hole) {
        // Above the number, where it hides nothing.
        const ImVec2 hole{centre.x, centre.y - r * 0.52f};
        ui.list().AddCircleFilled(hole, r * 0.2f, theme.dark ? theme.ink : theme.surface, 24);
    }
    const float drop = coin.has_hole ? r * 0.22f : 0;
    // A picture, not something to read: the amount is said beside it.
    TextSpec number = value_text(coin.value >= 100 ? 24.f : 28.f);
    number.text_size = TextSize::Small;
    number.colour = theme.dark ? theme.ink : rgb(0x241A12);
    ui.text("", {centre.x - r, centre.y - r + drop, 2 * r, 2 * r}, std::to_string(coin.value),
            number);
}

/// As many coins as make the amount, the largest first.
void draw_coins(Ui& ui, const Rect& rect, std::int64_t yen) {
    std::vector<const Coin*> coins;
    for (const Coin& coin : kCoins)
        for (; yen >= coin.value; yen -= coin.value) coins.push_back(&coin);
    if (coins.empty()) return;
    const auto count = static_cast<float>(coins.size());
    const float side = ui.u(2 * kCoin);
    const float step = std::min(side + ui.u(6), count > 1 ? (rect.w - side) / (count - 1) : 0);
    const float width = side + step * (count - 1);
    float x = rect.x + (rect.w - width) / 2 + side / 2;
    for (const Coin* coin : coins) {
        draw_coin(ui, {x, rect.centre().y}, *coin);
        x += step;
    }
}

}  // namespace

BudgetSum budget_sum_of(const View& view, const Issue& issue) {
    const Residents& residents = *view.pack.plan.residents;
    const std::int64_t thousand = issue.action.budget_thousand_yen;
    const auto number = [](std::string_view digits) {
        return std::string(digits.starts_with('0') ? digits.substr(1) : digits);
    };
    const std::string& date = residents.date;
    const std::string day = view.str("date.day", {date.substr(0, 4), number(date.substr(5, 2)),
                                                  number(date.substr(8, 2)), date});
    BudgetSum sum;
    sum.each_yen = yen_per_resident(thousand, residents.number);
    const std::string yen = with_commas(thousand * 1000), people = with_commas(residents.number),
                      each = with_commas(sum.each_yen);
    sum.sentence = view.str("issue.sum", {yen, people, each});
    sum.yen = view.str("issue.sum-yen", {yen});
    sum.yen_label = view.str("issue.sum-yen-label", {view.pack.plan.fiscal_year});
    sum.residents = view.str("issue.sum-residents", {people});
    sum.residents_label = view.str("issue.sum-residents-label", {view.say(view.pack.plan.ward)});
    sum.each = view.str("issue.sum-each", {each});
    sum.each_label = view.str("issue.sum-each-label");
    sum.source = view.str("issue.sum-source", {day});
    sum.source_ja = residents.source;
    return sum;
}

float budget_height(Ui& ui, const BudgetSum& sum, float width) {
    return sizes_of(ui, sum, width).total(ui);
}

bool budget_fits(Ui& ui, const BudgetSum& sum, float width, float height) {
    const Sizes sizes = sizes_of(ui, sum, width);
    if (sizes.total(ui) > height) return false;
    const float inner = sizes.chip - ui.u(2 * kPad);
    const auto has_room = [&](const std::string& words, const TextSpec& spec, float room) {
        const Ui::Extent least = ui.measure(words, spec, room, Ui::At::Floor);
        return least.width <= room && !least.broke_word && !least.broke_phrase;
    };
    const float result = sizes.is_wide ? inner : result_width(ui, width);
    const auto in_line = [&](const std::string& words, float size, float room) {
        return ui.measure(words, value_text(size), 0, Ui::At::Floor).width <= room;
    };
    return in_line(sum.yen, 40, inner) && in_line(sum.residents, 40, inner) &&
           in_line(sum.each, sizes.is_wide ? 44 : 52, result) &&
           has_room(sum.yen_label, caption_text(), inner) &&
           has_room(sum.residents_label, caption_text(), inner) &&
           has_room(sum.each_label, caption_text(), result);
}

namespace {

void draw_result_body(Ui& ui, const Rect& rect, const Hue& hue) {
    fill_rounded(ui.list(), rect, hue.tint, ui.u(22));
    stroke_rounded(ui.list(), rect, hue.on_tint, ui.u(22), ui.u(3));
}

void draw_result_words(Ui& ui, Rect words, float value, float size, const BudgetSum& sum,
                       const Hue& hue) {
    TextSpec each = value_text(size), label = caption_text();
    each.colour = label.colour = hue.on_tint;
    ui.text("", cut_top(words, value), sum.each, each);
    ui.text("", words, sum.each_label, label);
}

void draw_source(Ui& ui, Rect area, std::string_view id, const BudgetSum& sum) {
    TextSpec source = source_text();
    source.colour = ui.theme().ink_soft;
    const float wanted = ui.height_of(sum.source, source, area.w);
    const float both = wanted + ui.height_of(sum.source_ja, source, area.w);
    const float first = wanted * std::min(1.f, area.h / std::max(both, 1.f));
    ui.text(std::string(id) + ":source", cut_top(area, first), sum.source, source);
    source.language = Language::Ja;
    ui.text(std::string(id) + ":source-ja", area, sum.source_ja, source);
}

}  // namespace

void draw_budget(Ui& ui, const Rect& rect, std::string_view id, const BudgetSum& sum,
                 const Hue& hue) {
    const Sizes sizes = sizes_of(ui, sum, rect.w);
    ui.describe({std::string(id), Role::Image, without_ruby(sum.sentence), "", rect});
    Rect rest = rect;
    Rect row = cut_top(rest, sizes.upper, ui.u(kGap));
    draw_chip(ui, cut_left(row, sizes.chip), sizes.value, sum.yen, sum.yen_label);
    draw_sign(ui, cut_left(row, ui.u(kSign)), "÷");
    draw_chip(ui, cut_left(row, sizes.chip), sizes.value, sum.residents, sum.residents_label);

    const bool in_coins = sum.each_yen <= kMostInCoins;
    if (sizes.is_wide) {
        draw_sign(ui, cut_left(row, ui.u(kSign)), "=");
        draw_result_body(ui, row, hue);
        draw_result_words(ui, row.inset(ui.u(kPad)), sizes.value, 44, sum, hue);
        draw_source(ui, cut_left(rest, rest.w * kSourceShare, ui.u(20)), id, sum);
        if (in_coins) draw_coins(ui, rest, sum.each_yen);
        return;
    }
    row = cut_top(rest, sizes.result, ui.u(kGap));
    draw_sign(ui, cut_left(row, ui.u(kSign)), "=");
    draw_result_body(ui, row, hue);
    Rect inside = row.inset(ui.u(kPad));
    const Rect words = in_coins ? cut_left(inside, inside.w * kResultShare, ui.u(12)) : inside;
    const float label = ui.height_of(sum.each_label, caption_text(), words.w);
    draw_result_words(ui, words, words.h - label, 52, sum, hue);
    if (in_coins) draw_coins(ui, inside, sum.each_yen);
    draw_source(ui, rest, id, sum);
}

}  // namespace machikoe
