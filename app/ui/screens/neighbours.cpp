// Neighbours: what others answered to the questions just answered, one question a page, and
// after those of an issue what the policy says to it.
#include <algorithm>

#include "app/ui/button_row.h"
#include "app/ui/screens/flow.h"
#include "app/ui/screens/stack.h"

namespace machikoe {
namespace {

constexpr float kTrack = 38;  // height of a bar

// A wide screen is short of height.
float pad_of(const Ui& ui) {
    return ui.u(ui.portrait() ? 34 : 22);
}
float gap_of(const Ui& ui) {
    return ui.u(ui.portrait() ? 14 : 7);
}

/// One page: blocks about a question, or sections of what the ward says to an issue.
struct Sheet {
    const Issue* issue = nullptr;  // of the sections
    std::vector<Block> blocks;
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
        {"change", "flag", view.str("neighbours.answer-title", {view.say(issue.short_title)}),
         std::string(view.say(issue.what_will_change))}};
    if (!remaining.empty())
        sections.push_back(
            {"remaining", "assignment", word("neighbours.remaining"), std::move(remaining)});
    return sections;
}

struct Bar {
    std::string id, label, share;
    int percent = 0;
    bool is_own = false;
};

TextSpec bar_label(bool is_own) {
    TextSpec label{.size = 31, .valign = VAlign::Middle};
    label.weight = is_own ? Weight::Bold : Weight::Regular;
    return label;
}

TextSpec bar_share() {
    TextSpec number = label_text();
    number.size = 35;
    number.align = Align::Right;
    return number;
}

void draw_track(Ui& ui, const Rect& track, int percent, const Hue& hue) {
    const Theme& theme = ui.theme();
    const float radius = track.h / 2;
    fill_rounded(ui.list(), track, theme.track, radius);
    if (percent == 0) return;
    const float width = std::max(track.w * static_cast<float>(percent) / 100, track.h);
    fill_rounded(ui.list(), {track.x, track.y, width, track.h}, theme.dark ? theme.ink : hue.top,
                 radius);
}

/// "You", beside the words of one's own answer.
float own_width(Ui& ui, const View& view) {
    TextSpec label = label_text();
    label.size = 26;
    return ui.width_of(view.str("neighbours.you"), label) + ui.u(84);
}

float own_height(Ui& ui, const View& view) {
    TextSpec label = label_text();
    label.size = 26;
    return ui.height_of(view.str("neighbours.you"), label, 0) + ui.u(8);
}

float label_width(Ui& ui, const View& view, const Bar& bar, float width) {
    return width - ui.u(40) - (bar.is_own ? own_width(ui, view) + ui.u(8) : 0);
}

/// The words above, the bar and its number below.
Block bar_block(Ui& ui, const View& view, Bar bar, const Hue& hue, float width) {
    const TextSpec label = bar_label(bar.is_own);
    const float room = label_width(ui, view, bar, width);
    const float number = ui.measure("100%", bar_share(), 0, Ui::At::Full).height;
    const float rest = std::max(ui.u(kTrack), number) + ui.u(ui.portrait() ? 24 : 12);
    Block block;
    const float own = bar.is_own ? own_height(ui, view) : 0;
    block.least = std::max(own, ui.measure(bar.label, label, room, Ui::At::Floor).height) + rest;
    block.wanted =
        std::max(own, ui.measure(bar.label, label, room, Ui::At::Full).height) + rest + ui.u(16);
    block.draw = [&ui, &view, &hue, bar = std::move(bar), rest](const Rect& row) {
        const Theme& theme = ui.theme();
        ui.describe({"share:" + bar.id, Role::Image, without_ruby(bar.label), bar.share, row, true,
                     bar.is_own});
        if (bar.is_own) {
            fill_rounded(ui.list(), row, theme.selected.tint, ui.u(20));
            stroke_rounded(ui.list(), row, theme.selected.on_tint, ui.u(20), ui.u(4));
        }
        Rect inside = inset_xy(row, ui.u(20), ui.u(6));
        Rect words = cut_top(inside, inside.h - rest + ui.u(12));
        if (bar.is_own) {
            const Rect mark = cut_right(words, own_width(ui, view), ui.u(8));
            Node you{"own", Role::Text, without_ruby(view.str("neighbours.you")), "", mark};
            you.tells_answer = true;
            ui.describe(std::move(you));
            badge(ui, centred(mark, mark.w, mark.h), "", "person", view.str("neighbours.you"),
                  theme.selected);
        }
        ui.text("", words, bar.label, bar_label(bar.is_own));
        const float share = ui.width_of("100%", bar_share()) + ui.u(4);
        ui.text("", cut_right(inside, share, ui.u(14)), bar.share, bar_share());
        draw_track(ui, centred(inside, inside.w, ui.u(kTrack)), bar.percent, hue);
    };
    return block;
}

/// Whose answers these are, and how many.
Block base_block(Ui& ui, std::string words, const Hue& hue, float width) {
    TextSpec said{.size = 30, .weight = Weight::Bold, .valign = VAlign::Middle};
    said.colour = hue.on_tint;
    const float room = width - ui.u(36 + 54);
    Block block;
    block.least = ui.measure(words, said, room, Ui::At::Floor).height + ui.u(8);
    block.wanted = ui.measure(words, said, room, Ui::At::Full).height + ui.u(14);
    block.draw = [&ui, &hue, words = std::move(words), said](const Rect& rect) {
        fill_rounded(ui.list(), rect, hue.tint, ui.u(18));
        Rect line = inset_xy(rect, ui.u(18), ui.u(4));
        const Rect mark = cut_left(line, ui.u(40), ui.u(14));
        ui.icon("groups", mark.centre(), ui.u(40), hue.on_tint);
        ui.text("base", line, words, said);
    };
    return block;
}

/// The same whether nobody has answered, or nine have.
void add_too_few(std::vector<Block>& blocks, Ui& ui, const View& view, const Question& question,
                 const Rect& room) {
    const float side = ui.u(ui.portrait() ? 170 : 110);
    blocks.push_back({side, side + ui.u(20), [&ui, side](const Rect& rect) {
                          draw_sign(ui, centred(rect, rect.w, side), side, "hourglass_empty",
                                    ui.theme().done);
                      }});
    TextSpec title = heading_text();
    title.align = Align::Centre;
    title.valign = VAlign::Middle;
    add_text(blocks, ui, "few", view.str("neighbours.few"), title, room);
    TextSpec words = body_text();
    words.size = 31;
    words.align = Align::Centre;
    words.balance = true;
    words.valign = VAlign::Middle;
    add_text(blocks, ui, "few:why", view.str("neighbours.few-explanation"), words, room);
    words.weight = Weight::Bold;
    words.tells_answer = true;
    add_text(blocks, ui, "own", view.str("neighbours.your-answer", {own_answer(view, question)}),
             words, room);
}

void add_shares(std::vector<Block>& blocks, Ui& ui, const View& view, const Question& question,
                const QuestionTotals& totals, const Rect& room) {
    const Hue& hue = hue_of(ui, view.pack, question.section);
    const bool is_server = view.neighbours.source == Shares::Source::Server;
    blocks.push_back(
        base_block(ui,
                   view.str(is_server ? "neighbours.base-server" : "neighbours.base-kiosk",
                            {with_commas(totals.n)}),
                   hue, room.w));
    const ChosenOptions& chosen = chosen_of(view, question);
    for (const Option& option : question.options) {
        const auto count = totals.by_option.find(option.id);
        const std::int64_t counted = count == totals.by_option.end() ? 0 : count->second;
        const int percent = percent_of(counted, totals.n);
        blocks.push_back(bar_block(ui, view,
                                   {option.id, std::string(view.say(option.label)),
                                    view.str("neighbours.percent", {std::to_string(percent)}),
                                    percent, std::ranges::find(chosen, option.id) != chosen.end()},
                                   hue, room.w));
    }
    std::string note(view.str("neighbours.respondents"));
    if (question.type == QuestionType::Multiple)
        note = std::string(view.str("neighbours.several")) + " " + note;
    TextSpec small{.size = 26, .valign = VAlign::Middle};
    small.colour = ui.theme().ink_soft;
    add_text(blocks, ui, "respondents", note, small, room);
}

/// Blocks of one question, dealt onto as many pages as they need.
void add_question(std::vector<Sheet>& sheets, Ui& ui, const View& view, const Question& question,
                  const Rect& body) {
    const Rect room = body.inset(pad_of(ui));
    std::vector<Block> blocks;
    TextSpec asked = heading_text();
    asked.size = 42;
    asked.valign = VAlign::Middle;
    add_text(blocks, ui, "question", view.say(question.text), asked, room);
    if (const QuestionTotals* totals = view.neighbours.totals.shown(question.id))
        add_shares(blocks, ui, view, question, *totals, room);
    else
        add_too_few(blocks, ui, view, question, room);
    float y = 0;
    sheets.emplace_back();
    for (Block& block : blocks) {
        if (y > 0 && y + block.least > room.h + 1) {
            sheets.emplace_back();
            y = 0;
        }
        y += block.least + gap_of(ui);
        sheets.back().blocks.push_back(std::move(block));
    }
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
        for (const Question* question : asked) add_question(sheets, ui, view, *question, body);
        for (FlowPage& page : flow(ui, policy_of(view, issue, asked), {body, body, 1}))
            sheets.push_back({.issue = &issue, .sections = std::move(page)});
    }
    return sheets;
}

void draw_blocks(Ui& ui, const Rect& body, const std::vector<Block>& blocks) {
    card(ui, body, 40);
    const Rect area = body.inset(pad_of(ui));
    float least = -gap_of(ui), wanted = least;
    for (const Block& block : blocks) {
        least += block.least + gap_of(ui);
        wanted += block.wanted + gap_of(ui);
    }
    const float share =
        wanted > least ? std::clamp((area.h - least) / (wanted - least), 0.f, 1.f) : 1.f;
    const float spare =
        std::clamp((area.h - wanted) / static_cast<float>(blocks.size()), 0.f, ui.u(34));
    float y = area.y;
    for (const Block& block : blocks) {
        const float height = block.least + (block.wanted - block.least) * share + spare;
        block.draw({area.x, y, area.w, height});
        y += height + gap_of(ui);
    }
}

}  // namespace

void draw_neighbours(Ui& ui, const View& view) {
    Rect body = draw_page(ui, view);
    const std::vector<RowButton> buttons = {{"finish",
                                             std::string(view.str("neighbours.finish")),
                                             {.icon_before = "home", .size = 34}}};
    const auto pressed = cut_button_row(ui, body, buttons, ui.u(18));
    if (pressed) ui.wish(event::Finish{});
    // Several pages always: at least one question and what the ward says to it.
    const StackOptions heading{.title = view.str("neighbours.title"), .title_height = 100};
    const std::vector<Sheet> sheets = sheets_of(ui, view, below_head(ui, body, heading, 2));
    const int count = static_cast<int>(sheets.size());
    const Rect rest = draw_head(ui, view, body, heading, std::max(count, 2));
    if (count == 0) return;
    const Sheet& sheet = sheets[static_cast<std::size_t>(page_of(view, count))];
    if (sheet.issue == nullptr) return draw_blocks(ui, rest, sheet.blocks);
    WordMarks words(view);
    draw_sections(ui, sheet.sections, hue_of(ui, view.pack, sheet.issue->id), &words);
}

}  // namespace machikoe
