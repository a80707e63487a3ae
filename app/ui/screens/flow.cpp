#include "app/ui/screens/flow.h"

#include <algorithm>

namespace machikoe {
namespace {

constexpr float kPad = 30;  // units, inside a card
constexpr float kGap = 20;  // between cards

TextSpec section_heading() {
    TextSpec spec = heading_text();
    spec.size = 36;
    spec.valign = VAlign::Middle;
    return spec;
}

TextSpec section_body(const Section& section) {
    TextSpec spec = body_text();
    spec.size = 33;
    spec.language = section.language;
    return spec;
}

constexpr TextSpec kNote{.size = 31, .weight = Weight::Medium, .valign = VAlign::Middle};

float heading_height(Ui& ui, const Section& section, float inner) {
    if (section.heading.empty()) return 0;
    return std::max(ui.u(64), ui.height_of(section.heading, section_heading(), inner - ui.u(80))) +
           ui.u(12);
}

float note_height(Ui& ui, const Section& section, float inner) {
    if (section.note.empty()) return 0;
    return info_box_height(ui, section.note, inner, kNote) + ui.u(18);
}

float card_height(Ui& ui, const Section& section, float width) {
    const float inner = width - ui.u(2 * kPad);
    return ui.u(2 * kPad) + heading_height(ui, section, inner) +
           ui.height_of(section.body, section_body(section), inner) +
           note_height(ui, section, inner);
}

/// Takes as many sentences off the front of `rest` as make a card of this height; of a
/// sentence that is higher than a page a part.  False: not even one fits.
bool split_off(Ui& ui, Section& rest, Section& front, float width, float height,
               float page_height) {
    front = rest;
    front.note.clear();
    front.body.clear();
    const float inner = width - ui.u(2 * kPad);
    const float frame = ui.u(2 * kPad) + heading_height(ui, rest, inner);
    const auto sentences =
        sentences_within(ui, rest.body, section_body(rest), {0, 0, inner, page_height - frame});
    std::size_t taken = 0;
    for (; taken < sentences.size(); ++taken) {
        Section longer = front;
        longer.body += sentences[taken];
        if (card_height(ui, longer, width) > height) break;
        front = std::move(longer);
    }
    if (taken == 0) return false;
    rest.body.clear();
    for (std::size_t i = taken; i < sentences.size(); ++i) rest.body += sentences[i];
    rest.id += "+";
    return true;
}

/// Shares out what is left below the last card of a column, up to a little each.
void spread(FlowPage& page, std::size_t from, float left, float most) {
    if (from >= page.size()) return;
    const auto count = static_cast<float>(page.size() - from);
    const float extra = std::min(left / count, most);
    for (std::size_t i = from; i < page.size(); ++i) {
        page[i].rect.y += extra * static_cast<float>(i - from);
        page[i].rect.h += extra;
    }
}

}  // namespace

std::vector<FlowPage> flow(Ui& ui, const std::vector<Section>& sections, const Rect& area,
                           std::size_t columns) {
    const float gap = ui.u(kGap);
    const float width =
        (area.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    std::vector<FlowPage> pages(1);
    std::size_t column = 0, column_start = 0;
    float y = 0;
    const auto next_column = [&] {
        spread(pages.back(), column_start, area.h - (y - gap), ui.u(90));
        y = 0;
        if (++column == columns) {
            column = 0;
            pages.emplace_back();
        }
        column_start = pages.back().size();
    };
    const auto put = [&](Section section, float height) {
        const float x = area.x + static_cast<float>(column) * (width + gap);
        pages.back().push_back({std::move(section), {x, area.y + y, width, height}});
        y += height + gap;
    };
    for (Section rest : sections) {
        while (true) {
            const float whole = card_height(ui, rest, width);
            if (whole <= area.h - y) {
                put(std::move(rest), whole);
                break;
            }
            Section front;
            if (whole > area.h && split_off(ui, rest, front, width, area.h - y, area.h)) {
                const float height = card_height(ui, front, width);
                put(std::move(front), height);
            } else if (y == 0) {
                put(std::move(rest), area.h);  // one sentence larger than a screen: shrinks
                break;
            }
            next_column();
        }
    }
    if (y > 0) spread(pages.back(), column_start, area.h - (y - gap), ui.u(90));
    if (pages.back().empty() && pages.size() > 1) pages.pop_back();
    return pages;
}

void draw_sections(Ui& ui, const FlowPage& page, const Hue& hue) {
    for (const PlacedSection& placed : page) {
        const Section& section = placed.section;
        card(ui, placed.rect);
        Rect inside = placed.rect.inset(ui.u(kPad));
        if (!section.heading.empty()) {
            Rect top = cut_top(inside, heading_height(ui, section, inside.w) - ui.u(12), ui.u(12));
            const Rect mark = cut_left(top, ui.u(60), ui.u(20));
            ui.list().AddCircleFilled(mark.centre(), ui.u(30), hue.tint, 48);
            ui.icon(section.icon, mark.centre(), ui.u(38), hue.on_tint);
            ui.text(section.id + ":heading", top, section.heading, section_heading());
        }
        if (!section.note.empty()) {
            const float height = note_height(ui, section, inside.w) - ui.u(18);
            info_box(ui, cut_bottom(inside, height, ui.u(18)), section.id + ":note", section.note,
                     kNote);
        }
        TextSpec body = section_body(section);
        body.valign = VAlign::Middle;
        ui.text(section.id, inside, section.body, body);
    }
}

}  // namespace machikoe
