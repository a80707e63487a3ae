// Statements: what the ward published, word for word, beside what it means.
#include <algorithm>

#include "app/ui/screens/flow.h"

namespace machikoe {
namespace {

constexpr float kPad = 28, kGap = 20, kLabel = 52;  // units

TextSpec official_text() {
    return {.size = 31, .min = 26, .language = Language::Ja};
}
TextSpec plain_text() {
    return {.size = 33, .min = 26};
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

float row_height(Ui& ui, const Row& row, float width) {
    const Columns columns = columns_of(ui, width);
    const float frame = ui.u(kLabel + 2 * 20 + 8);
    const float official = ui.height_of(row.official, official_text(), columns.official) + frame;
    const float plain = ui.height_of(row.plain, plain_text(), columns.plain) + frame;
    const float texts = columns.beside ? std::max(official, plain) : official + plain + ui.u(14);
    const float note =
        row.note.empty() ? 0 : info_box_height(ui, row.note, width - ui.u(2 * kPad)) + ui.u(14);
    return ui.u(2 * kPad + 54) + texts + note;
}

/// The statement in as few rows as let each fit a page.
std::vector<Row> rows_of(Ui& ui, const PairedStatement& pair, const View& view, const Rect& area) {
    const std::string_view plain = view.say(pair.statement.plain);
    constexpr std::size_t kMost = 12;
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
            row.height = row_height(ui, row, area.w);
            tallest = std::max(tallest, row.height);
            rows.push_back(std::move(row));
        }
        if (tallest <= area.h) break;
    }
    return rows;
}

std::vector<std::vector<Row>> pages_of(Ui& ui, const View& view,
                                       const std::vector<PairedStatement>& pairs,
                                       const Rect& area) {
    std::vector<std::vector<Row>> pages(1);
    float y = 0;
    for (const PairedStatement& pair : pairs)
        for (Row& row : rows_of(ui, pair, view, area)) {
            if (y > 0 && y + row.height > area.h) {
                pages.emplace_back();
                y = 0;
            }
            y += row.height + ui.u(kGap);
            pages.back().push_back(std::move(row));
        }
    return pages;
}

struct Voice {
    std::string_view id, icon, label;
    bool tinted = false;
};

void draw_voice(Ui& ui, const Rect& rect, const Voice& voice, std::string_view markup,
                const TextSpec& spec) {
    const Theme& theme = ui.theme();
    if (voice.tinted) fill_rounded(ui.list(), rect, theme.tint, ui.u(22));
    stroke_rounded(ui.list(), rect, theme.hairline, ui.u(22), ui.u(2));
    Rect inside = inset_xy(rect, ui.u(kPad), ui.u(20));
    Rect top = cut_top(inside, ui.u(kLabel), ui.u(8));
    const Rect mark = cut_left(top, ui.u(36), ui.u(12));
    ui.icon(voice.icon, mark.centre(), ui.u(36), theme.ink);
    TextSpec label{.size = 26, .min = 20, .weight = Weight::Bold, .valign = VAlign::Middle};
    ui.text(std::string(voice.id) + ":label", top, voice.label, label);
    ui.text(voice.id, inside, markup, spec);
}

void draw_row(Ui& ui, const View& view, const Row& row, const Rect& rect) {
    card(ui, rect);
    Rect inside = rect.inset(ui.u(kPad));
    TextSpec label = heading_text();
    label.size = 34;
    label.min = 24;
    label.valign = VAlign::Middle;
    ui.text(row.id + ":heading", cut_top(inside, ui.u(46), ui.u(8)), row.label, label);
    if (!row.note.empty()) {
        const float height = info_box_height(ui, row.note, inside.w);
        info_box(ui, cut_bottom(inside, height, ui.u(14)), row.id + ":note", row.note);
    }
    const Voice official{row.id, "article", view.str("official.verbatim")};
    const std::string plain_id = row.id + ":plain";
    const Voice plain{plain_id, "forum", view.str("official.plain"), true};
    if (columns_of(ui, rect.w).beside) {
        const Rect left = cut_left(inside, (inside.w - ui.u(kGap)) / 2, ui.u(kGap));
        draw_voice(ui, left, official, row.official, official_text());
        draw_voice(ui, inside, plain, row.plain, plain_text());
        return;
    }
    const float frame = ui.u(kLabel + 48);
    const float wanted = ui.height_of(row.official, official_text(), inside.w - ui.u(2 * kPad));
    const float plain_wanted = ui.height_of(row.plain, plain_text(), inside.w - ui.u(2 * kPad));
    const float spare = inside.h - wanted - plain_wanted - 2 * frame - ui.u(14);
    const Rect top = cut_top(inside, wanted + frame + spare / 2, ui.u(14));
    draw_voice(ui, top, official, row.official, official_text());
    draw_voice(ui, inside, plain, row.plain, plain_text());
}

}  // namespace

void draw_statements(Ui& ui, const View& view, std::string_view title,
                     const std::vector<PairedStatement>& pairs) {
    Rect body = draw_page(ui, view);
    Rect bottom = cut_bottom(body, ui.u(kBottomButton), ui.u(24));
    body = draw_title(ui, body, "title", title, 96);
    const auto pages = pages_of(ui, view, pairs, body);
    const int page = page_of(view, static_cast<int>(pages.size()));
    const auto& rows = pages[static_cast<std::size_t>(page)];
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
    const Rect close = cut_left(bottom, bottom.w * 0.25f, ui.u(16));
    if (button(ui, close, "close", view.str("close"), {.icon_before = "close", .size = 34}))
        ui.wish(event::Resume{});
    draw_pager(ui, view, bottom, static_cast<int>(pages.size()));
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
