// Button row: buttons side by side, wide and high enough for their words in every language
// and text size.
//
// Words get one line, then two, then a button with a picture gives up its words (a listener
// still hears them), and at last each button has a row of its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ui/widgets.h"

namespace machikoe {

struct RowButton {
    std::string id;
    std::string markup;
    ButtonSpec look;
    float share = 1;              // of the width, where there is more than the words need
    bool may_lose_words = false;  // has an icon_before that says it as well
};

struct ButtonRow {
    std::vector<Rect> cells;     // from 0, 0
    std::vector<bool> wordless;  // for each: only its picture
    float height = 0;
};
ButtonRow lay_button_row(Ui& ui, const std::vector<RowButton>& buttons, float width);

/// Draws them at the bottom of `area`, which loses what they took and `gap`.  Which of them
/// was pressed.  Body: buttons that belong to what stands above them.
std::optional<std::size_t> cut_button_row(Ui& ui, Rect& area, const std::vector<RowButton>& buttons,
                                          float gap, Zone zone = Zone::Foot);

}  // namespace machikoe
