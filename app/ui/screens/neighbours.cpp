// Neighbours: what others answered to the questions just answered, one question a page, and
// after those of an issue what the policy says to it.
#include <algorithm>

#include "app/ui/screens/flow.h"

namespace machikoe {
namespace {

constexpr float kLeastRow = 76, kMostRow = 172, kRowGap = 14;  // units
constexpr float kStackedRow = 118;  // from this height on, the words stand above the bar

/// One page: some options of a question, or one of what the ward says to an issue.
struct Sheet {
    const Question* question = nullptr;
    std::size_t first = 0, count = 0;  // options
    const Issue* issue = nullptr;
    FlowPage sections;
};

const ChosenOptions& chosen_of(const View& view, const Question& question) {
    return std::get<ChosenOptions>(view.visit.answers.find(question.id)->second.value);
}

std::string own_answer(const View& view, const Question& question) {
    std::string words;
    for (const std::string& id : chosen_of(view, question)) {
        const Option* option = question.option(id);
        if (option == nullptr) continue;
        if (!words.empty()) words += " / ";
        words += view.say(option->label);
    }
    return words;
}

std::vector<Section> policy_of(const View& view, const Issue& issue,
                               const std::vector<const Question*>& asked) {
    const auto word = [&](std::string_view key) { return std::string(view.str(key)); };
    std::string said;
    for (const Question* question : asked) {
        if (!said.empty()) said += "\n";
        said += std::string(view.say(question->text)) + "\n→ " + own_answer(view, *question);
    }
    std::string remaining;
    for (const Statement& statement : issue.remaining)
        remaining += (remaining.empty() ? "" : "\n") + std::string(view.say(statement.plain));
    std::vector<Section> sections = {
        {"said", "record_voice_over", word("neighbours.said"), std::move(said)},
        {"change", "flag", word("neighbours.answer"),
         std::string(view.say(issue.what_will_change))}};
    if (!remaining.empty())
        sections.push_back(
            {"remaining", "assignment", word("neighbours.remaining"), std::move(remaining)});
    return sections;
}

std::size_t columns_of(const Ui& ui, const Question& question) {
    return !ui.portrait() && question.options.size() > 4 ? 2 : 1;
}

/// What a page of a question is divided into.
struct Room {
    Rect card, question, base, bars, foot;
};

Room room_of(const Ui& ui, const Rect& body) {
    Room room;
    room.card = body;
    Rect inside = body.inset(ui.u(34));
    room.question = cut_top(inside, ui.u(ui.portrait() ? 190 : 110), ui.u(8));
    room.base = cut_top(inside, ui.u(58), ui.u(16));
    room.foot = cut_bottom(inside, ui.u(ui.portrait() ? 96 : 62), ui.u(12));
    room.bars = inside;
    return room;
}

std::vector<Sheet> sheets_of(Ui& ui, const View& view, const Rect& body) {
    const auto compared = compared_questions(view.pack, view.place, view.visit);
    std::vector<Sheet> sheets;
    for (const Issue& issue : view.pack.plan.issues) {
        std::vector<const Question*> asked;
        std::ranges::copy_if(compared, std::back_inserter(asked), [&](const Question* question) {
            return question->section == issue.id;
        });
        if (asked.empty()) continue;
        for (const Question* question : asked) {
            const float rows = room_of(ui, body).bars.h / ui.u(kLeastRow);
            const std::size_t most = std::max<std::size_t>(1, static_cast<std::size_t>(rows)) *
                                     columns_of(ui, *question);
            // Without bars there is one page, however many options would have had one.
            const bool is_shown = view.neighbours.totals.shown(question->id) != nullptr;
            const std::size_t count = is_shown ? question->options.size() : 1;
            const std::size_t pages = (count + most - 1) / most;
            for (std::size_t i = 0; i < pages; ++i)
                sheets.push_back({.question = question,
                                  .first = count * i / pages,
                                  .count = count * (i + 1) / pages - count * i / pages});
        }
        for (FlowPage& page : flow(ui, policy_of(view, issue, asked), {body, body, 1}))
            sheets.push_back({.issue = &issue, .sections = std::move(page)});
    }
    return sheets;
}

struct Bar {
    std::string_view id, label, share;
    int percent = 0;
    bool is_own = false;
};

void draw_track(Ui& ui, const Rect& track, int percent, const Hue& hue) {
    const Theme& theme = ui.theme();
    const float radius = track.h / 2;
    fill_rounded(ui.list(), track, theme.track, radius);
    if (percent == 0) return;
    const float width = std::max(track.w * static_cast<float>(percent) / 100, track.h);
    fill_rounded(ui.list(), {track.x, track.y, width, track.h}, theme.dark ? theme.ink : hue.top,
                 radius);
}

void draw_label(Ui& ui, const View& view, Rect words, const Bar& bar) {
    TextSpec label{.size = 31, .min = 19, .valign = VAlign::Middle};
    label.weight = bar.is_own ? Weight::Bold : Weight::Regular;
    if (bar.is_own) {
        const Rect mark = cut_right(words, std::min(words.w * 0.42f, ui.u(150)), ui.u(8));
        badge(ui, centred(mark, mark.w, std::min(ui.u(46), mark.h * 0.8f)), "", "person",
              view.str("neighbours.you"), ui.theme().selected);
    }
    ui.text("", words, bar.label, label);
}

void draw_bar(Ui& ui, const View& view, const Rect& row, const Bar& bar, const Hue& hue) {
    const Theme& theme = ui.theme();
    ui.describe({"share:" + std::string(bar.id), Role::Text, without_ruby(bar.label),
                 std::string(bar.share), row, true, bar.is_own});
    if (bar.is_own) {
        fill_rounded(ui.list(), row, theme.selected.tint, ui.u(20));
        stroke_rounded(ui.list(), row, theme.selected.on_tint, ui.u(20), ui.u(4));
    }
    Rect inside = inset_xy(row, ui.u(20), ui.u(8));
    const bool is_stacked = row.h >= ui.u(kStackedRow);
    Rect words = is_stacked ? cut_top(inside, inside.h * 0.55f, ui.u(4))
                            : cut_left(inside, inside.w * 0.46f, ui.u(16));
    draw_label(ui, view, words, bar);
    TextSpec number = label_text();
    number.size = is_stacked ? 38.f : 33.f;
    number.align = Align::Right;
    ui.text("", cut_right(inside, ui.u(116), ui.u(12)), bar.share, number);
    draw_track(ui, centred(inside, inside.w, std::min(ui.u(38), row.h * 0.46f)), bar.percent, hue);
}

void draw_bars(Ui& ui, const View& view, const Sheet& sheet, const Rect& area,
               const QuestionTotals& totals, const Hue& hue) {
    const Question& question = *sheet.question;
    const ChosenOptions& chosen = chosen_of(view, question);
    const std::size_t columns = columns_of(ui, question);
    const std::size_t rows = (sheet.count + columns - 1) / columns;
    const float gap = ui.u(kRowGap);
    const float height = std::min(area.h, static_cast<float>(rows) * (ui.u(kMostRow) + gap) - gap);
    const auto cells = grid({area.x, area.y, area.w, height}, rows * columns, columns, gap);
    for (std::size_t i = 0; i < sheet.count; ++i) {
        const Option& option = question.options[sheet.first + i];
        const auto count = totals.by_option.find(option.id);
        const std::int64_t counted = count == totals.by_option.end() ? 0 : count->second;
        // Down the first column, then down the second, as the options were read.
        const std::size_t cell = columns == 1 ? i : (i % rows) * columns + i / rows;
        const int percent = percent_of(counted, totals.n);
        const std::string share = view.str("neighbours.percent", {std::to_string(percent)});
        draw_bar(ui, view, cells[cell],
                 {option.id, view.say(option.label), share, percent,
                  std::ranges::find(chosen, option.id) != chosen.end()},
                 hue);
    }
}

/// The same whether nobody has answered, or nine have.
void draw_too_few(Ui& ui, const View& view, const Question& question, Rect area) {
    const float side = std::min(ui.u(170), area.h * 0.3f);
    area = centred(area, std::min(area.w, ui.u(900)), std::min(area.h, ui.u(620)));
    area = draw_sign(ui, area, side, "hourglass_empty", ui.theme().done);
    TextSpec title = heading_text();
    title.align = Align::Centre;
    title.valign = VAlign::Middle;
    ui.text("few", cut_top(area, area.h * 0.3f, ui.u(8)), view.str("neighbours.few"), title);
    TextSpec words = body_text();
    words.size = 31;
    words.min = 20;
    words.align = Align::Centre;
    words.balance = true;
    words.valign = VAlign::Middle;
    ui.text("few:why", cut_top(area, area.h * 0.48f, ui.u(8)),
            view.str("neighbours.few-explanation"), words);
    words.weight = Weight::Bold;
    ui.text("own", area, view.str("neighbours.your-answer", {own_answer(view, question)}), words);
}

void draw_question_sheet(Ui& ui, const View& view, const Sheet& sheet, const Rect& body) {
    const Question& question = *sheet.question;
    const Hue& hue = hue_of(ui, view.pack, question.section);
    const Room room = room_of(ui, body);
    card(ui, room.card, 40);
    TextSpec asked = heading_text();
    asked.size = 42;
    asked.min = 24;
    asked.valign = VAlign::Middle;
    ui.text("question", room.question, view.say(question.text), asked);
    const QuestionTotals* totals = view.neighbours.totals.shown(question.id);
    if (totals == nullptr) {
        Rect rest = room.bars;
        rest.y = room.base.y;
        rest.h = room.foot.bottom() - rest.y;
        return draw_too_few(ui, view, question, rest);
    }
    const bool is_server = view.neighbours.source == Shares::Source::Server;
    const std::string base = view.str(
        is_server ? "neighbours.base-server" : "neighbours.base-kiosk", {with_commas(totals->n)});
    fill_rounded(ui.list(), room.base, hue.tint, ui.u(18));
    Rect line = inset_xy(room.base, ui.u(18), ui.u(4));
    const Rect mark = cut_left(line, ui.u(40), ui.u(14));
    ui.icon("groups", mark.centre(), ui.u(40), hue.on_tint);
    TextSpec said{.size = 30, .min = 19, .weight = Weight::Bold, .valign = VAlign::Middle};
    said.colour = hue.on_tint;
    ui.text("base", line, base, said);
    draw_bars(ui, view, sheet, room.bars, *totals, hue);
    std::string note(view.str("neighbours.respondents"));
    if (question.type == QuestionType::Multiple)
        note = std::string(view.str("neighbours.several")) + " " + note;
    TextSpec small{.size = 26, .min = 18, .valign = VAlign::Middle};
    small.colour = ui.theme().ink_soft;
    ui.text("respondents", room.foot, note, small);
}

}  // namespace

void draw_neighbours(Ui& ui, const View& view) {
    Rect body = draw_page(ui, view);
    Rect bottom = cut_bottom(body, ui.u(kBottomButton), ui.u(20));
    const float title_height = ui.portrait() ? 110 : 84;
    Rect rest = body;
    cut_top(rest, ui.u(title_height), ui.u(16));
    const std::vector<Sheet> sheets = sheets_of(ui, view, rest);
    const int count = static_cast<int>(sheets.size());
    if (count > 0) {
        const Sheet& sheet = sheets[static_cast<std::size_t>(page_of(view, count))];
        if (sheet.issue != nullptr) {
            draw_title(ui, body, "title",
                       view.str("neighbours.answer-title", {view.say(sheet.issue->short_title)}),
                       title_height);
            WordMarks words(view);
            draw_sections(ui, sheet.sections, hue_of(ui, view.pack, sheet.issue->id), words);
        } else {
            draw_title(ui, body, "title", view.str("neighbours.title"), title_height);
            draw_question_sheet(ui, view, sheet, rest);
        }
    }
    const Rect finish = cut_left(bottom, bottom.w * 0.27f, ui.u(18));
    if (button(ui, finish, "finish", view.str("neighbours.finish"),
               {.icon_before = "home", .size = 32}))
        ui.wish(event::Finish{});
    draw_pager(ui, view, bottom, count);
}

}  // namespace machikoe
