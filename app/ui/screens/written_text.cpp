#include "app/ui/screens/written_text.h"

#include <algorithm>

#include "app/plan/text_rules.h"

namespace machikoe {
namespace {

TextSpec written_text() {
    TextSpec written = body_text();
    written.size = 38;
    return written;
}

TextSpec notice_text() {
    return {.size = 30, .weight = Weight::Medium, .valign = VAlign::Middle};
}

float pad_of(const Ui& ui) {
    return ui.u(10);
}

/// The end of the text, as much as has room, and how many of its characters are left out.
struct Tail {
    std::string text;
    std::size_t left_out = 0;
    bool is_cut() const { return left_out > 0; }
};

Tail tail_of(Ui& ui, const std::string& text, const Rect& box) {
    Tail tail{text, 0};
    std::string_view rest = text;
    while (!ui.fits(tail.text, written_text(), box.w, box.h)) {
        const std::size_t next = first_letter_size(rest);
        if (next >= rest.size()) break;
        rest.remove_prefix(next);
        ++tail.left_out;
        tail.text = "…" + std::string(rest);
    }
    return tail;
}

/// Characters [begin, end) of the whole text as a span of its tail.
TextSpans::Span span_of(const Tail& tail, std::size_t begin, std::size_t end) {
    const auto place = [&](std::size_t at) {
        return at <= tail.left_out ? std::size_t{tail.is_cut()}
                                   : at - tail.left_out + (tail.is_cut() ? 1 : 0);
    };
    return {place(begin), place(end), {}};
}

void underline(Ui& ui, const Rect& part, bool is_focused) {
    const float thick = ui.u(is_focused ? 7 : 3.5f), y = part.bottom() + ui.u(3);
    fill_rounded(ui.list(), {part.x + ui.u(2), y, part.w - ui.u(4), thick}, ui.theme().ink, 0);
}

/// A frame with a broken line below it: seen without colours too.
void mark_contact(Ui& ui, const Rect& part) {
    const Rect frame = inset_xy(part, -ui.u(1), -ui.u(3));
    stroke_rounded(ui.list(), frame, ui.theme().ink, ui.u(8), ui.u(3.5f));
    const float y = frame.bottom() + ui.u(4), step = ui.u(12);
    for (float x = frame.x; x + step <= frame.right(); x += step) {
        ui.list().AddLine({x, y + ui.u(5)}, {x + step / 2, y}, ui.theme().ink, ui.u(3));
        ui.list().AddLine({x + step / 2, y}, {x + step, y + ui.u(5)}, ui.theme().ink, ui.u(3));
    }
}

void draw_caret(Ui& ui, ImVec2 at, float height) {
    fill_rounded(ui.list(), {at.x + ui.u(2), at.y, ui.u(4), height}, ui.theme().ink, 0);
}

void draw_count(Ui& ui, const WritingView& now, Rect& inside) {
    TextSpec count = label_text();
    count.size = 28;
    count.align = Align::Right;
    count.weight = now.letters >= now.most_letters ? Weight::Black : Weight::Regular;
    const std::string most = std::to_string(now.most_letters);
    const float width = ui.measure(most + " / " + most, count, 0).width + ui.u(6);
    ui.text("count", cut_right(inside, width, ui.u(12)), std::to_string(now.letters) + " / " + most,
            count);
}

/// An invitation, or where its words have no room a pencil.
void draw_nothing_written(Ui& ui, const View& view, const Rect& inside) {
    TextSpec spec = written_text();
    spec.size = 32;
    spec.valign = VAlign::Middle;
    spec.colour = ui.theme().ink_soft;
    const std::string_view invitation = view.str("text.empty");
    if (ui.fits(invitation, spec, inside.w, inside.h))
        ui.text("written", inside, invitation, spec);
    else
        ui.icon("edit", {inside.x + ui.u(24), inside.centre().y}, ui.u(44), ui.theme().ink_soft);
}

}  // namespace

float written_height(Ui& ui, int lines, Ui::At at) {
    const float line = ui.measure("あ", written_text(), 0, at).height;
    return static_cast<float>(lines) * line + 2 * pad_of(ui) + ui.u(10);
}

void draw_written(Ui& ui, const View& view, const Rect& area) {
    const WritingView& now = *view.writing;
    fill_rounded(ui.list(), area, ui.theme().surface, ui.u(24));
    stroke_rounded(ui.list(), area, ui.theme().outline, ui.u(24), ui.u(4));
    Rect inside = inset_xy(area, ui.u(24), pad_of(ui));
    draw_count(ui, now, inside);
    const std::string whole = now.text + now.preedit.text();
    if (whole.empty()) return draw_nothing_written(ui, view, inside);
    inside.h -= ui.u(10);  // for what stands under the last line
    const Tail tail = tail_of(ui, whole, inside);
    TextSpans marks;
    std::size_t at = code_points(now.text).size();
    for (const std::string& part : now.preedit.parts) {
        const std::size_t end = at + code_points(part).size();
        marks.spans.push_back(span_of(tail, at, end));
        at = end;
    }
    const std::size_t parts = marks.spans.size();
    for (const ContactFinding& found : now.contacts)
        marks.spans.push_back(
            span_of(tail, code_points(std::string_view(whole).substr(0, found.begin)).size(),
                    code_points(std::string_view(whole).substr(0, found.end)).size()));
    marks.spans.push_back(span_of(tail, at - 1, at));
    TextSpec spec = written_text();
    if (ui.height_of(tail.text, spec, inside.w) < inside.h) spec.valign = VAlign::Middle;
    // Typed text is never mark-up: a brace is a brace.
    ui.text("", inside, tail.text, spec, &marks);
    Node node{"written", Role::Text, whole, "", inside};
    node.tells_answer = true;
    ui.describe(std::move(node));
    for (std::size_t i = 0; i < marks.spans.size(); ++i)
        for (const Rect& part : marks.spans[i].parts) {
            if (i < parts)
                underline(ui, part, now.preedit.converted && i == now.preedit.focused);
            else if (i + 1 < marks.spans.size())
                mark_contact(ui, part);
            else
                draw_caret(ui, {part.right(), part.y}, part.h);
        }
}

std::optional<WritingNotice> notice_of(const View& view) {
    const WritingView& now = *view.writing;
    if (!now.contacts.empty()) {
        switch (now.contacts.front().kind) {
            case ContactDetail::Telephone:
                return WritingNotice{"contact:telephone", "warning",
                                     std::string(view.str("text.contact-telephone"))};
            case ContactDetail::Email:
                return WritingNotice{"contact:email", "warning",
                                     std::string(view.str("text.contact-email"))};
            case ContactDetail::Address:
                return WritingNotice{"contact:address", "warning",
                                     std::string(view.str("text.contact-address"))};
        }
    }
    if (now.letters >= now.most_letters)
        return WritingNotice{"full", "info", std::string(view.str("text.full"))};
    if (now.conversion == Conversion::Unavailable)
        return WritingNotice{"no-conversion", "info", std::string(view.str("text.no-conversion"))};
    return std::nullopt;
}

WritingNotice reminder(const View& view) {
    return {"reminder", "info", std::string(view.str("text.no-names"))};
}

float notice_height(Ui& ui, const WritingNotice& notice, float width, Ui::At at) {
    const std::string words = at == Ui::At::Full ? notice.words : without_ruby(notice.words);
    const float height = ui.measure(words, notice_text(), width - ui.u(96), at).height;
    return at == Ui::At::Full ? std::max(height + ui.u(14), ui.u(56)) : height + ui.u(10);
}

void draw_notice(Ui& ui, const WritingNotice& notice, const Rect& rect) {
    fill_rounded(ui.list(), rect, ui.theme().tint, ui.u(18));
    stroke_rounded(ui.list(), rect, ui.theme().outline, ui.u(18), ui.u(3));
    if (rect.w < 2 * rect.h) {  // a sign; those who listen hear its words
        ui.icon(notice.icon, rect.centre(), ui.u(48), ui.theme().ink);
        return ui.describe({notice.id, Role::Image, without_ruby(notice.words), "", rect});
    }
    Rect inside = inset_xy(rect, ui.u(18), ui.u(4));
    ui.icon(notice.icon, cut_left(inside, ui.u(44), ui.u(14)).centre(), ui.u(44), ui.theme().ink);
    const bool has_room = ui.fits(notice.words, notice_text(), inside.w, inside.h);
    ui.text(notice.id, inside, has_room ? notice.words : without_ruby(notice.words), notice_text());
}

}  // namespace machikoe
