// Statements: what the ward published, word for word, beside what it means.
#include <algorithm>

#include "app/ui/button_row.h"
#include "app/ui/screens/flow.h"
#include "app/ui/screens/stack.h"

namespace machikoe {
namespace {

constexpr float kPad = 28, kGap = 20, kRise = 20, kMark = 48;  // units

TextSpec official_text() {
    return {.size = 31, .language = Language::Ja};
}
TextSpec plain_text() {
    return {.size = 33};
}

TextSpec heading_of_row() {
    TextSpec spec = heading_text();
    spec.size = 34;
    spec.valign = VAlign::Middle;
    return spec;
}
TextSpec label_of_voice() {
    return {.size = 26, .weight = Weight::Bold, .valign = VAlign::Middle};
}

/// Whose words these are: official, or plain.
struct Voice {
    std::string id;
    std::string_view icon, label;
    bool tinted = false;
};
Voice official_voice(const View& view, const std::string& id) {
    return {id, "article", view.str("official.verbatim")};
}
Voice plain_voice(const View& view, const std::string& id) {
    return {id + ":plain", "forum", view.str("official.plain"), true};
}

struct Row {
    std::string id, label, official, plain, note;
    float height = 0;
};

struct Columns {
    float official = 0, plain = 0;  // widths of the two texts
    bool beside = false;
};

Columns columns_of(const Ui& ui, float width) {
    const float inner = width - ui.u(2 * kPad);
    if (ui.portrait()) return {inner - ui.u(2 * kPad), inner - ui.u(2 * kPad), false};
    const float half = (inner - ui.u(kGap)) / 2 - ui.u(2 * kPad);
    return {half, half, true};
}

float label_height(Ui& ui, const Voice& voice, float width) {
    return std::max(ui.u(52), ui.height_of(voice.label, label_of_voice(), width - ui.u(kMark)));
}

float voice_height(Ui& ui, const Voice& voice, std::string_view words, const TextSpec& spec,
                   float width) {
    return label_height(ui, voice, width) + ui.height_of(words, spec, width) + ui.u(2 * kRise + 8);
}

float heading_height(Ui& ui, const Row& row, float width) {
    return ui.height_of(row.label, heading_of_row(), width - ui.u(2 * kPad));
}

float row_height(Ui& ui, const View& view, const Row& row, float width) {
    const Columns columns = columns_of(ui, width);
    const float official = voice_height(ui, official_voice(view, row.id), row.official,
                                        official_text(), columns.official);
    const float plain =
        voice_height(ui, plain_voice(view, row.id), row.plain, plain_text(), columns.plain);
    const float texts = columns.beside ? std::max(official, plain) : official + plain + ui.u(14);
    const float note =
        row.note.empty() ? 0 : info_box_height(ui, row.note, width - ui.u(2 * kPad)) + ui.u(14);
    return ui.u(2 * kPad + 8) + heading_height(ui, row, width) + texts + note;
}

/// The statement in as few rows as let each fit a page.
std::vector<Row> rows_of(Ui& ui, const PairedStatement& pair, const View& view, const Rect& area) {
    const std::string_view plain = view.say(pair.statement.plain);
    constexpr std::size_t kMost = 24;
    std::vector<Row> rows;
    for (std::size_t count = 1; count <= kMost; ++count) {
        const auto officials = pieces_of(pair.statement.official, count);
        const auto plains = pieces_of(plain, count);
        rows.clear();
        float tallest = 0;
        for (std::size_t i = 0; i < count; ++i) {
            Row row{pair.id + (i == 0 ? "" : "+" + std::to_string(i)),
                    pair.label,
                    officials[i],
                    plains[i],
                    i + 1 == count ? pair.note : "",
                    0};
            if (count > 1)
                row.label += " (" + std::to_string(i + 1) + "/" + std::to_string(count) + ")";
            if (row.official.empty() && row.plain.empty() && row.note.empty()) continue;
            row.height = row_height(ui, view, row, area.w);
            tallest = std::max(tallest, row.height);
            rows.push_back(std::move(row));
        }
        if (tallest <= area.h) break;
    }
    return rows;
}

void draw_voice(Ui& ui, const Rect& rect, const Voice& voice, std::string_view markup,
                const TextSpec& spec) {
    const Theme& theme = ui.theme();
    if (voice.tinted) fill_rounded(ui.list(), rect, theme.tint, ui.u(22));
    stroke_rounded(ui.list(), rect, theme.hairline, ui.u(22), ui.u(2));
    Rect inside = inset_xy(rect, ui.u(kPad), ui.u(kRise));
    Rect top = cut_top(inside, label_height(ui, voice, inside.w), ui.u(8));
    const Rect mark = cut_left(top, ui.u(36), ui.u(12));
    ui.icon(voice.icon, mark.centre(), ui.u(36), theme.ink);
    ui.text(voice.id + ":label", top, voice.label, label_of_voice());
    ui.text(voice.id, inside, markup, spec);
}

void draw_row(Ui& ui, const View& view, const Row& row, const Rect& rect) {
    card(ui, rect);
    Rect inside = rect.inset(ui.u(kPad));
    ui.text(row.id + ":heading", cut_top(inside, heading_height(ui, row, rect.w), ui.u(8)),
            row.label, heading_of_row());
    if (!row.note.empty()) {
        const float height = info_box_height(ui, row.note, inside.w);
        info_box(ui, cut_bottom(inside, height, ui.u(14)), row.id + ":note", row.note);
    }
    const Voice official = official_voice(view, row.id), plain = plain_voice(view, row.id);
    if (columns_of(ui, rect.w).beside) {
        const Rect left = cut_left(inside, (inside.w - ui.u(kGap)) / 2, ui.u(kGap));
        draw_voice(ui, left, official, row.official, official_text());
        draw_voice(ui, inside, plain, row.plain, plain_text());
        return;
    }
    const float width = inside.w - ui.u(2 * kPad);
    const float wanted = voice_height(ui, official, row.official, official_text(), width);
    const float other = voice_height(ui, plain, row.plain, plain_text(), width);
    const float spare = inside.h - wanted - other - ui.u(14);
    const Rect top = cut_top(inside, wanted + spare / 2, ui.u(14));
    draw_voice(ui, top, official, row.official, official_text());
    draw_voice(ui, inside, plain, row.plain, plain_text());
}

/// Official and plain one after the other, for words so large that they cannot stand beside
/// each other on one screen.
std::vector<Section> sections_of(const View& view, const PairedStatement& pair) {
    std::vector<Section> sections;
    for (const Voice& voice : {official_voice(view, pair.id), plain_voice(view, pair.id)}) {
        Section section;
        section.id = voice.id;
        section.icon = voice.icon;
        section.heading = pair.label + "\n" + std::string(voice.label);
        section.body = voice.tinted ? view.say(pair.statement.plain) : pair.statement.official;
        if (voice.tinted)
            section.note = pair.note;
        else
            section.language = Language::Ja;
        sections.push_back(std::move(section));
    }
    return sections;
}

/// One or the other.
struct StatementPage {
    std::vector<Row> rows;
    FlowPage flown;
};

std::vector<StatementPage> pages_of(Ui& ui, const View& view,
                                    const std::vector<PairedStatement>& pairs, const Rect& area) {
    std::vector<StatementPage> pages;
    float y = 0;  // 0: nothing may be added to the last page
    for (const PairedStatement& pair : pairs) {
        auto rows = rows_of(ui, pair, view, area);
        const auto is_too_high = [&](const Row& row) { return row.height > area.h; };
        if (std::ranges::any_of(rows, is_too_high)) {
            for (FlowPage& page : flow(ui, sections_of(view, pair), {area, area, 1}))
                pages.push_back({{}, std::move(page)});
            y = 0;
            continue;
        }
        for (Row& row : rows) {
            if (y == 0 || y + row.height > area.h) {
                pages.emplace_back();
                y = 0;
            }
            y += row.height + ui.u(kGap);
            pages.back().rows.push_back(std::move(row));
        }
    }
    return pages;
}

void draw_rows(Ui& ui, const View& view, const std::vector<Row>& rows, const Rect& body) {
    float used = -ui.u(kGap);
    for (const Row& row : rows) used += row.height + ui.u(kGap);
    // A page with room to spare is opened out a little rather than left ragged.
    const float extra = rows.empty() ? 0
                                     : std::clamp((body.h - used) / static_cast<float>(rows.size()),
                                                  0.f, ui.u(120));
    float y = body.y;
    for (const Row& row : rows) {
        draw_row(ui, view, row, {body.x, y, body.w, row.height + extra});
        y += row.height + extra + ui.u(kGap);
    }
}

}  // namespace

void draw_statements(Ui& ui, const View& view, std::string_view title,
                     const std::vector<PairedStatement>& pairs) {
    Rect body = draw_page(ui, view);
    const std::vector<RowButton> buttons = {
        {"close", std::string(view.str("close")), {.icon_before = "close", .size = 34}}};
    const float gap = ui.u(ui.portrait() ? 24 : 14);
    Rect foot = cut_bottom(body, lay_button_row(ui, buttons, body.w).height, gap);
    foot = centred(foot, std::min(foot.w, ui.u(480)), foot.h);
    if (cut_button_row(ui, foot, buttons, 0)) ui.wish(event::Resume{});

    const StackOptions head{.title = title, .title_height = 96};
    const Rect area = below_head(ui, body, head, 2);
    const auto pages = pages_of(ui, view, pairs, area);
    const auto count = static_cast<int>(pages.size());
    draw_head(ui, view, body, head, count);
    const StatementPage& page = pages[static_cast<std::size_t>(page_of(view, count))];
    draw_rows(ui, view, page.rows, area);
    draw_sections(ui, page.flown, ui.theme().done);
}

void draw_official(Ui& ui, const View& view) {
    const Issue* issue = view.pack.plan.issue(view.visit.section);
    if (issue == nullptr) return;
    const std::string yen =
        view.str("issue.budget", {with_commas(issue->action.budget_thousand_yen * 1000)});
    const auto word = [&](std::string_view key) { return std::string(view.str(key)); };
    const std::string strategy = word("official.strategy") + " " + issue->strategy.number;
    const std::string action = word("official.action") + " " + issue->action.number;
    std::vector<PairedStatement> pairs = {
        {"official:title", word("official.title"), issue->title, ""},
        {"official:overview", word("official.overview"), issue->overview, ""},
        {"official:strategy", strategy, issue->strategy.title, ""},
        {"official:strategy-text", strategy, issue->strategy.description, ""},
        {"official:action", action, issue->action.title, ""},
        {"official:action-text", action, issue->action.description, yen}};
    for (std::size_t i = 0; i < issue->remaining.size(); ++i)
        pairs.push_back({"official:remaining" + std::to_string(i), word("official.remaining"),
                         issue->remaining[i], ""});
    draw_statements(ui, view, view.say(issue->short_title), pairs);
}

void draw_policy(Ui& ui, const View& view) {
    const Plan& plan = view.pack.plan;
    const auto word = [&](std::string_view key) { return std::string(view.str(key)); };
    std::vector<PairedStatement> pairs = {
        {"policy:goal", word("policy.goal"), plan.goal, ""},
        {"policy:mission", word("policy.mission"), plan.mission, ""}};
    for (std::size_t i = 0; i < plan.principles.size(); ++i)
        pairs.push_back({"policy:principle" + std::to_string(i),
                         view.str("policy.principle", {std::to_string(i + 1)}), plan.principles[i],
                         ""});
    for (std::size_t i = 0; i < plan.evaluation.size(); ++i)
        pairs.push_back({"policy:evaluation" + std::to_string(i), word("policy.evaluation"),
                         plan.evaluation[i], ""});
    if (!plan.reform_plain.empty()) {
        std::string rows;
        for (const ReformRow& row : plan.reform) rows += row.item + "　" + row.content + "\n";
        pairs.push_back({"policy:reform",
                         word("policy.reform"),
                         {plan.reform_title + "\n" + rows, plan.reform_plain},
                         ""});
    }
    draw_statements(ui, view, view.say(plan.title), pairs);
}

}  // namespace machikoe
