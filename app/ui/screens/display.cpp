// Display: how the screens are shown, each choice looking like what it leads to; and the
// languages, where the header has no room for all of them.
#include <algorithm>
#include <array>

#include "app/ui/screens/stack.h"

namespace machikoe {
namespace {

struct Tile {
    std::string id;
    std::string_view words;
    bool selected = false;
    TextSpec text;
    const Theme* theme = nullptr;  // where not the one in use
};

constexpr float kTilePad = 18;  // units
constexpr float kTick = 46;     // room above the words for the mark of the chosen one

float height_in(Ui& ui, const Tile& tile, float width) {
    return ui.measure(tile.words, tile.text, width - ui.u(2 * kTilePad)).height +
           ui.u(kTick + 2 * kTilePad);
}

bool fits_in(Ui& ui, const Tile& tile, float width) {
    return !ui.measure(tile.words, tile.text, width - ui.u(2 * kTilePad), Ui::At::Floor)
                .broke_phrase;
}

bool draw_tile(Ui& ui, const Rect& rect, const Tile& tile) {
    const auto press =
        ui.press({tile.id, Role::Choice, without_ruby(tile.words), "", rect, true, tile.selected});
    const Theme& theme = tile.theme != nullptr ? *tile.theme : ui.theme();
    const Rect moved{rect.x, rect.y + ui.u(4) * press.depth, rect.w, rect.h};
    const float radius = ui.u(26);
    fill_rounded(ui.list(), moved, theme.surface, radius);
    // The outline lies on the dialog as well as on the tile; the dialog's ink shows on both.
    stroke_rounded(ui.list(), moved, ui.theme().outline, radius, ui.u(tile.selected ? 8.f : 3.f));
    Rect inside = inset_xy(moved, ui.u(kTilePad), ui.u(kTilePad));
    const Rect top = cut_top(inside, ui.u(kTick));
    const float r = ui.u(19);
    if (tile.selected) {
        ui.list().AddCircleFilled(top.centre(), r, theme.selected.top, 40);
        ui.icon("check", top.centre(), r * 1.6f, theme.selected.on_fill);
    } else {
        ui.list().AddCircle(top.centre(), r, theme.outline, 40, ui.u(3));
    }
    TextSpec words = tile.text;
    words.colour = theme.ink;
    ui.text("", inside, tile.words, words);
    return press.clicked;
}

std::size_t columns_of(Ui& ui, const std::vector<Tile>& tiles, float width) {
    for (const std::size_t columns : {std::size_t{4}, std::size_t{2}}) {
        const auto cells = grid({0, 0, width, 1}, tiles.size(), columns, ui.u(16));
        if (std::ranges::all_of(
                tiles, [&](const Tile& tile) { return fits_in(ui, tile, cells.front().w); }))
            return columns;
    }
    return 1;
}

/// Tiles in a grid under a heading; `chosen` is called with the index of one that is pressed.
template <class Chosen>
Block block_of(Ui& ui, std::string_view id, std::string_view heading,
               const std::vector<Tile>& tiles, float width, Chosen chosen) {
    TextSpec title = heading_text();
    title.size = 36;
    const std::size_t columns = columns_of(ui, tiles, width);
    const float gap = ui.u(16);
    const auto cells = grid({0, 0, width, 1}, tiles.size(), columns, gap);
    float tallest = ui.touch();
    for (const Tile& tile : tiles)
        tallest = std::max(tallest, height_in(ui, tile, cells.front().w));
    const auto rows = static_cast<float>((tiles.size() + columns - 1) / columns);
    const float head = ui.measure(heading, title, width, Ui::At::Floor).height;
    const float height = head + ui.u(10) + rows * (tallest + gap) - gap;
    return {height, height, [=, &ui, id = std::string(id)](const Rect& rect) {
                Rect rest = rect;
                ui.text(id, cut_top(rest, head, ui.u(10)), heading, title);
                const auto places = grid(rest, tiles.size(), columns, gap);
                for (std::size_t i = 0; i < tiles.size(); ++i)
                    if (draw_tile(ui, places[i], tiles[i])) chosen(i);
            }};
}

Block sizes_block(Ui& ui, const View& view, float width) {
    static constexpr std::string_view kKeys[] = {"size.small", "size.standard", "size.large",
                                                 "size.largest"};
    std::vector<Tile> tiles;
    for (int i = 0; i < 4; ++i) {
        TextSpec words = label_text();
        words.size = 34;
        words.text_size = static_cast<TextSize>(i);
        tiles.push_back({std::string(kKeys[i]), view.str(kKeys[i]),
                         static_cast<int>(view.visit.settings.text_size) == i, words, nullptr});
    }
    return block_of(ui, "size", view.str("size"), tiles, width, [&ui](std::size_t i) {
        ui.wish(event::SetTextSize{static_cast<TextSize>(i)});
    });
}

Block themes_block(Ui& ui, const View& view, float width) {
    static constexpr std::string_view kKeys[] = {"theme.standard", "theme.white-on-black",
                                                 "theme.yellow-on-black", "theme.low-glare"};
    std::vector<Tile> tiles;
    for (int i = 0; i < 4; ++i) {
        TextSpec words = label_text();
        words.size = 30;
        tiles.push_back({std::string(kKeys[i]), view.str(kKeys[i]),
                         static_cast<int>(view.visit.settings.theme) == i, words,
                         &theme_of(static_cast<ThemeChoice>(i))});
    }
    return block_of(ui, "theme", view.str("theme"), tiles, width, [&ui](std::size_t i) {
        ui.wish(event::SetTheme{static_cast<ThemeChoice>(i)});
    });
}

/// The button that closes a dialog, in the middle below.
void draw_close(Ui& ui, const View& view, const Rect& row) {
    const float width = std::min(row.w, ui.u(480));
    if (button(ui, centred(row, width, row.h), "close", view.str("close"),
               {.look = ButtonLook::Primary}))
        ui.wish(event::Resume{});
}

Block language_block(Ui& ui, const View& view, const std::vector<Language>& row, float gap) {
    TextSpec words = label_text();
    words.size = 44;
    float height = ui.touch() + ui.u(16);
    for (const Language language : row) {
        words.language = language;
        height =
            std::max(height, ui.measure(native_name_of(language), words, 0, Ui::At::Floor).height +
                                 ui.u(36));
    }
    return {height, std::max(height, ui.u(130)), [&ui, &view, row, words, gap](const Rect& rect) {
                const auto cells = grid(rect, 2, 2, gap);
                for (std::size_t i = 0; i < row.size(); ++i) {
                    const Language language = row[i];
                    const std::string_view name = native_name_of(language);
                    const bool current = language == view.language();
                    const TouchCard touched =
                        touch_card(ui, cells[i],
                                   {"language:" + std::string(tag_of(language)), Role::Choice,
                                    std::string(name), "", cells[i], true, current});
                    if (current)
                        stroke_rounded(ui.list(), touched.content, ui.theme().selected.on_tint,
                                       ui.u(30), ui.u(7));
                    TextSpec label = words;
                    label.language = language;
                    ui.text("", inset_xy(touched.content, ui.u(20), ui.u(8)), name, label);
                    if (touched.clicked) ui.wish(event::SetLanguage{language});
                }
            }};
}

}  // namespace

void draw_display(Ui& ui, const View& view) {
    const float width = std::min(dialog_room(ui, view).w, ui.u(1500));
    std::vector<Block> blocks = {sizes_block(ui, view, width), themes_block(ui, view, width)};
    const float close_height =
        std::max(ui.u(kBottomButton), least_button_height(ui, view.str("close"), {}, width));
    const float height =
        wanted_height(ui, blocks, {.gap = 36}) + close_height + ui.u(30) + 2 * dialog_pad(ui);
    Rect inside = draw_dialog(ui, view, "dialog", view.str("display"),
                              (width + 2 * dialog_pad(ui)) / ui.u(1), height / ui.u(1));
    const Rect close = cut_bottom(inside, close_height, ui.u(30));
    draw_stack(ui, view, inside, blocks, {.gap = 36, .stretch = 0});
    draw_close(ui, view, close);
}

void draw_languages(Ui& ui, const View& view) {
    const auto& languages = view.pack.plan.languages;
    std::vector<Block> blocks;
    const float gap = ui.u(18);
    for (std::size_t i = 0; i < languages.size(); i += 2) {
        std::vector<Language> row = {languages[i]};
        if (i + 1 < languages.size()) row.push_back(languages[i + 1]);
        blocks.push_back(language_block(ui, view, row, gap));
    }
    const float close_height =
        std::max(ui.u(kBottomButton), least_button_height(ui, view.str("close"), {}, ui.u(480)));
    const float height =
        wanted_height(ui, blocks, {.gap = 18}) + close_height + ui.u(24) + 2 * dialog_pad(ui);
    Rect inside = draw_dialog(ui, view, "dialog", view.str("languages"), 1400, height / ui.u(1));
    const Rect close = cut_bottom(inside, close_height, ui.u(24));
    draw_stack(ui, view, inside, blocks, {.gap = 18});
    draw_close(ui, view, close);
}

}  // namespace machikoe
