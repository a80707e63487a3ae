#include "app/ui/screens/stack.h"

#include <algorithm>

namespace machikoe {
namespace {

using Page = std::vector<const Block*>;

std::vector<Page> deal(const std::vector<Block>& blocks, float room, float gap) {
    std::vector<Page> pages(1);
    float y = 0;
    for (const Block& block : blocks) {
        if (y > 0 && y + block.least > room + 1) {
            pages.emplace_back();
            y = 0;
        }
        y += block.least + gap;
        pages.back().push_back(&block);
    }
    return pages;
}

void draw_page_of_blocks(const Page& page, const Rect& area, float gap, float stretch) {
    float least = gap * (static_cast<float>(page.size()) - 1), wanted = least;
    for (const Block* block : page) {
        least += block->least;
        wanted += block->wanted;
    }
    // Between the two in like measure for all, so that texts of one kind stay of one size.
    const float share =
        wanted > least ? std::clamp((area.h - least) / (wanted - least), 0.f, 1.f) : 1.f;
    const float spare = std::max(0.f, area.h - wanted) / static_cast<float>(page.size());
    float y = area.y;
    for (const Block* block : page) {
        const float height = block->least + (block->wanted - block->least) * share +
                             (share < 1 ? 0 : std::min(spare, stretch));
        block->draw({area.x, y, area.w, height});
        y += height + gap;
    }
}

}  // namespace

void add_text(std::vector<Block>& blocks, Ui& ui, const std::string& id, std::string_view markup,
              const TextSpec& spec, const Rect& room) {
    const auto least = [&](std::string_view words) {
        return ui.measure(words, spec, room.w, Ui::At::Floor).height;
    };
    const auto add = [&](const std::string& name, const std::string& words) {
        blocks.push_back(
            {least(words), ui.height_of(words, spec, room.w),
             [&ui, name, words, spec](const Rect& rect) { ui.text(name, rect, words, spec); }});
    };
    std::string taken;
    int part = 0;
    const auto flush = [&] {
        if (!taken.empty()) add(part == 0 ? id : id + "+" + std::to_string(part), taken);
        if (!taken.empty()) ++part;
        taken.clear();
    };
    if (least(markup) <= room.h) return add(id, std::string(markup));
    for (const std::string& piece : sentences_within(ui, markup, spec, room)) {
        if (least(taken + piece) > room.h) flush();
        taken += piece;
    }
    flush();
}

float wanted_height(Ui& ui, const std::vector<Block>& blocks, const StackOptions& options) {
    float height = ui.u(options.gap) * (static_cast<float>(blocks.size()) - 1);
    for (const Block& block : blocks) height += block.wanted;
    return height;
}

namespace {

TextSpec head_text() {
    TextSpec title = title_text();
    title.valign = VAlign::Middle;
    return title;
}

/// Share of a wide screen's row that the turning of pages takes from the title.
constexpr float kPagerShare = 0.42f;

float head_height(Ui& ui, const Rect& area, const StackOptions& options, bool with_pager) {
    const float width = area.w * (with_pager ? 1 - kPagerShare : 1);
    const float least = ui.measure(options.title, head_text(), width, Ui::At::Floor).height;
    const float pager = with_pager ? pager_height(ui) : 0;
    return std::max({least, pager, with_pager ? 0 : ui.u(options.title_height)});
}

struct Head {
    Rect title, pager;  // empty where there is none
};

/// Takes what the head needs off `area`.
Head cut_head(Ui& ui, Rect& area, const StackOptions& options, int pages) {
    Head head;
    const bool beside = !ui.portrait() && pages > 1 && !options.title.empty();
    if (!options.title.empty())
        head.title =
            cut_top(area, head_height(ui, area, options, beside), ui.u(ui.portrait() ? 16 : 10));
    if (beside) {
        head.pager = cut_right(head.title, head.title.w * kPagerShare, ui.u(16));
        head.pager = centred(head.pager, head.pager.w, pager_height(ui));
    } else if (pages > 1) {
        head.pager = cut_bottom(area, pager_height(ui), ui.u(14));
    }
    return head;
}

}  // namespace

Rect below_head(Ui& ui, Rect area, const StackOptions& options, int pages) {
    cut_head(ui, area, options, pages);
    return area;
}

Rect draw_head(Ui& ui, const View& view, Rect area, const StackOptions& options, int pages) {
    const Head head = cut_head(ui, area, options, pages);
    if (!options.title.empty()) ui.text("title", head.title, options.title, head_text());
    if (pages > 1) draw_pager(ui, view, head.pager, pages);
    return area;
}

void draw_stack(Ui& ui, const View& view, Rect area, const std::vector<Block>& blocks,
                const StackOptions& options) {
    const float gap = ui.u(options.gap);
    int count = 1;
    auto pages = deal(blocks, below_head(ui, area, options, count).h, gap);
    if (pages.size() > 1) {
        count = 2;  // any number above one takes the same room
        pages = deal(blocks, below_head(ui, area, options, count).h, gap);
        count = std::max(count, static_cast<int>(pages.size()));
    }
    area = draw_head(ui, view, area, options, count);
    const auto page = static_cast<std::size_t>(page_of(view, static_cast<int>(pages.size())));
    draw_page_of_blocks(pages[page], area, gap, ui.u(options.stretch));
}

}  // namespace machikoe
