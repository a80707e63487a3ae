#include "app/ui/button_row.h"

#include <algorithm>
#include <numeric>

namespace machikoe {
namespace {

constexpr float kGap = 16;    // units
constexpr int kFullSize = 0;  // instead of a number of lines: one, not made smaller

float sum(const std::vector<float>& widths) {
    return std::accumulate(widths.begin(), widths.end(), 0.f);
}

/// Shares `width` out, no button getting less than it needs.
std::vector<float> share_out(const std::vector<RowButton>& buttons, std::vector<float> needs,
                             float width) {
    std::vector<bool> settled(buttons.size(), false);
    for (bool again = true; again;) {
        again = false;
        float left = width, shares = 0;
        for (std::size_t i = 0; i < buttons.size(); ++i) {
            left -= settled[i] ? needs[i] : 0;
            shares += settled[i] ? 0 : buttons[i].share;
        }
        for (std::size_t i = 0; i < buttons.size() && !again; ++i)
            if (!settled[i] && left * buttons[i].share / shares < needs[i])
                settled[i] = again = true;
        if (again) continue;
        for (std::size_t i = 0; i < buttons.size(); ++i)
            if (!settled[i]) needs[i] = left * buttons[i].share / shares;
    }
    return needs;
}

class RowLayout {
  public:
    RowLayout(Ui& ui, const std::vector<RowButton>& buttons, float width)
        : ui_(ui), buttons_(buttons), width_(width), gap_(ui.u(kGap)) {}

    /// All in one row, words as small as need be in so many lines; nullopt: too narrow.
    std::optional<ButtonRow> abreast(int lines, bool wordless) const {
        ButtonRow row;
        std::vector<float> needs;
        row.height = std::max(ui_.u(kBottomButton), ui_.touch());
        for (const RowButton& button : buttons_) {
            row.wordless.push_back(wordless && button.may_lose_words);
            needs.push_back(row.wordless.back() ? row.height : width_of(button, lines));
            if (!row.wordless.back())
                row.height = std::max(row.height, height_in(button, needs.back()));
        }
        const float room = width_ - gap_ * static_cast<float>(buttons_.size() - 1);
        if (sum(needs) > room) return std::nullopt;
        // One alone is no wider than it looks well, in the middle.
        const float most = buttons_.size() == 1 ? std::max(needs[0], ui_.u(520)) : room;
        float x = std::max(0.f, (room - most) / 2);
        for (const float width : share_out(buttons_, needs, std::min(room, most))) {
            row.cells.push_back({x, 0, width, row.height});
            x += width + gap_;
        }
        return row;
    }

    ButtonRow stacked() const {
        ButtonRow row;
        row.wordless.assign(buttons_.size(), false);
        for (const RowButton& button : buttons_) {
            const float height = std::max(ui_.touch(), height_in(button, width_));
            row.cells.push_back({0, row.height, width_, height});
            row.height += height + gap_;
        }
        row.height -= gap_;
        return row;
    }

  private:
    float width_of(const RowButton& button, int lines) const {
        if (lines == kFullSize) return button_width(ui_, button.markup, button.look);
        return std::max(ui_.touch(), least_button_width(ui_, button.markup, button.look, lines));
    }
    float height_in(const RowButton& button, float width) const {
        return least_button_height(ui_, button.markup, button.look, width);
    }

    Ui& ui_;
    const std::vector<RowButton>& buttons_;
    float width_, gap_;
};

}  // namespace

ButtonRow lay_button_row(Ui& ui, const std::vector<RowButton>& buttons, float width) {
    const RowLayout layout(ui, buttons, width);
    for (const auto& [lines, wordless] :
         {std::pair{kFullSize, false}, {1, false}, {2, false}, {1, true}, {2, true}})
        if (auto row = layout.abreast(lines, wordless)) return *row;
    return layout.stacked();
}

std::optional<std::size_t> cut_button_row(Ui& ui, Rect& area, const std::vector<RowButton>& buttons,
                                          float gap, Zone zone) {
    const ZoneScope scope(ui, zone);
    const ButtonRow row = lay_button_row(ui, buttons, area.w);
    const Rect place = cut_bottom(area, row.height, gap);
    std::optional<std::size_t> pressed;
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        const RowButton& button = buttons[i];
        Rect cell = row.cells[i];
        cell.x += place.x;
        cell.y += place.y;
        const bool clicked =
            row.wordless[i] ? icon_button(ui, centred(cell, cell.w, cell.h), button.id,
                                          button.look.icon_before, button.markup)
                            : machikoe::button(ui, cell, button.id, button.markup, button.look);
        if (clicked) pressed = i;
    }
    return pressed;
}

}  // namespace machikoe
