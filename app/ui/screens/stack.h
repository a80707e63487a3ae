// Stack: blocks one below the other, on as many pages as they need.
//
// A block says how high it must be at the floor of its words and how high it would like to
// be.  Where everything has room at the floor there is one page, else blocks go onto pages
// with a visible "more" below them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/ui/screens/page.h"

namespace machikoe {

struct Block {
    float least = 0, wanted = 0;  // px
    std::function<void(const Rect&)> draw;
};

struct StackOptions {
    float gap = 20;               // units, between blocks
    float stretch = 60;           // units: what a block gets beyond what it wants, at most
    std::string_view title = {};  // of the screen, above the blocks
    float title_height = 130;     // units
};

/// Above the area, in one row where the screen is wide: what draw_stack() begins with.
/// Returns what is below.  `pages` may be asked for with the area that would be left.
Rect draw_head(Ui& ui, const View& view, Rect area, const StackOptions& options, int pages);
/// What is left of the area below and above the head of so many pages.
Rect below_head(Ui& ui, Rect area, const StackOptions& options, int pages);

/// A text as one block; as several, cut between sentences, where it is higher than `room`.
void add_text(std::vector<Block>& blocks, Ui& ui, const std::string& id, std::string_view markup,
              const TextSpec& spec, const Rect& room);

/// Height of all blocks as they want to be.
float wanted_height(Ui& ui, const std::vector<Block>& blocks, const StackOptions& options = {});
/// Draws the blocks of page_of(view).  On a wide screen the title and the turning of pages
/// share one row.
void draw_stack(Ui& ui, const View& view, Rect area, const std::vector<Block>& blocks,
                const StackOptions& options = {});

}  // namespace machikoe
