// Outside opening hours: dark, dim, and nothing that wants to be read from afar.  No clock: it
// would have to be drawn every minute, and could be wrong.
#include <algorithm>
#include <array>
#include <cstdio>

#include "app/ui/rest.h"
#include "app/ui/screens/page.h"

namespace machikoe {
namespace {

constexpr std::array<std::string_view, OpeningHours::kDays> kDays = {
    "day.mon", "day.tue", "day.wed", "day.thu", "day.fri", "day.sat", "day.sun"};

std::string time_of_day(int minutes) {
    char text[16];
    std::snprintf(text, sizeof text, "%d:%02d", minutes / 60, minutes % 60);
    return text;
}

struct Line {
    std::string days, times;
};

/// Days that follow each other and are open alike, in one line; closed days in none.
std::vector<Line> lines_of(const View& view, const OpeningHours& hours) {
    std::vector<Line> lines;
    for (std::size_t first = 0, next = 0; first < OpeningHours::kDays; first = next) {
        while (next < OpeningHours::kDays && hours.week[next] == hours.week[first]) ++next;
        if (!hours.week[first]) continue;
        const std::string_view from = view.str(kDays[first]), to = view.str(kDays[next - 1]);
        const OpenSpan& span = *hours.week[first];
        lines.push_back({next - first == 1 ? std::string(from) : view.str("sleep.days", {from, to}),
                         time_of_day(span.from_min) + " – " + time_of_day(span.to_min)});
    }
    return lines;
}

TextSpec line_text(ImU32 colour) {
    TextSpec text = body_text();
    text.size = 40;
    text.text_size = TextSize::Standard;  // nobody is there who could have chosen one
    text.align = Align::Centre;
    text.valign = VAlign::Middle;
    text.colour = colour;
    return text;
}

void draw_hours(Ui& ui, const View& view, Rect area, ImU32 colour) {
    if (!view.place.hours) return;
    int number = 0;
    for (const Line& line : lines_of(view, *view.place.hours)) {
        const std::string id = "hours" + std::to_string(++number);
        Rect row = cut_top(area, std::max(ui.u(84), ui.mm(13)), ui.u(4));
        TextSpec days = line_text(colour), times = days;
        days.align = Align::Right;
        times.align = Align::Left;
        ui.text(id + ":days", cut_left(row, row.w / 2 - ui.u(24), ui.u(48)), line.days, days);
        ui.text(id + ":times", row, line.times, times);
    }
}

/// To whoever touches it, in every language: nobody can choose one here.
void draw_answer(Ui& ui, const View& view, Rect area, ImU32 colour) {
    if (!view.place.hours) return;
    const auto opening = next_opening(*view.place.hours, view.now.wall);
    if (!opening) return;
    const auto& languages = view.pack.plan.languages;
    const float row = std::min(ui.u(130), area.h / static_cast<float>(languages.size()));
    for (const Language language : languages) {
        TextSpec text = line_text(colour);
        text.size = 44;
        text.weight = Weight::Bold;
        text.language = language;
        ui.text("opens:" + std::string(tag_of(language)), cut_top(area, row),
                view.strings.format("sleep.opens", language,
                                    {view.strings.get(kDays[opening->day], language),
                                     time_of_day(opening->from_min)}),
                text);
    }
}

}  // namespace

void draw_sleep(Ui& ui, const View& view) {
    const Theme& night = theme_of(ThemeChoice::WhiteOnBlack);
    // Dim, yet 10:1 on black.
    const ImU32 dim = mix(night.ground_top, night.ink, 0.75f);
    const Rect all = ui.screen();
    fill_rounded(ui.list(), all.inset(-kMostShift), night.ground_top, 0);
    Rect body = centred(all, std::min(all.w - ui.u(120), ui.u(1100)), all.h * 0.86f);
    const Rect sign = cut_top(body, ui.u(ui.portrait() ? 150 : 110), ui.u(16));
    ui.icon("brightness_3", sign.centre(), sign.h * 0.8f, dim);
    TextSpec title = line_text(view.visit.was_asked ? night.ink : dim);
    title.size = 52;
    title.role = Role::Heading;
    ui.text("title", cut_top(body, ui.u(120), ui.u(24)), view.str("sleep.title"), title);
    if (view.visit.was_asked)
        draw_answer(ui, view, body, night.ink);
    else
        draw_hours(ui, view, body, dim);
}

}  // namespace machikoe
