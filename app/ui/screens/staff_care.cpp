// Care: the queue, the export to a stick, the self-tests.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "app/ui/screens/staff_screen.h"

namespace machikoe {
namespace {

std::string_view key_of(Trouble trouble) {
    static constexpr std::string_view kKeys[] = {
        "staff.trouble.none",    "staff.trouble.not-enrolled", "staff.trouble.no-reply",
        "staff.trouble.refused", "staff.trouble.unreadable",   "staff.trouble.disk"};
    return kKeys[static_cast<int>(trouble)];
}

std::string words_of(const StaffView& view, const ExportNews& news) {
    static constexpr std::string_view kKeys[] = {"staff.export.done",     "staff.export.nothing",
                                                 "staff.export.no-stick", "staff.export.read-only",
                                                 "staff.export.full",     "staff.export.failed"};
    const std::string_view key = kKeys[static_cast<int>(news.result)];
    if (news.result == ExportResult::Done)
        return view.str(key, {std::to_string(news.count), news.file});
    return std::string(view.str(key));
}

/// What a finished test says; "" before it was run.
std::string words_of(const StaffView& view, const std::optional<TestNews>& news) {
    if (!news) return "";
    const std::string value = std::to_string(news->value);
    switch (news->result) {
        case TestResult::NoDevice:
            return std::string(view.str("staff.test.no-device"));
        case TestResult::NotReached:
            return std::string(view.str("staff.trouble.no-reply"));
        case TestResult::NotEnrolled:
            return std::string(view.str("staff.trouble.not-enrolled"));
        case TestResult::Good:
        case TestResult::Bad:
        case TestResult::Doubtful:
            break;
    }
    const bool good = news->result == TestResult::Good;
    switch (news->test) {
        case SelfTest::Sound:
            return std::string(view.str(good ? "staff.test.played" : "staff.test.bad"));
        case SelfTest::Disk:
            if (news->result == TestResult::Bad) return std::string(view.str("staff.test.bad"));
            return view.str(good ? "staff.test.disk" : "staff.test.disk-little", {value});
        case SelfTest::Clock:
            if (news->result == TestResult::Doubtful)
                return std::string(view.str("staff.test.clock-alone"));
            return view.str(good ? "staff.test.clock" : "staff.test.clock-wrong",
                            {std::to_string(std::llabs(news->value))});
        case SelfTest::Network:
            return view.str("staff.test.network", {value});
    }
    return "";
}

void draw_test(Ui& ui, const StaffView& view, const Rect& row, std::string_view id,
               std::string_view icon, std::string_view key, const std::string& result,
               const StaffEvent& wish) {
    const bool enabled = !view.staff.busy;
    Node node{"test:" + std::string(id), Role::Button, without_ruby(view.str(key)),
              without_ruby(result),      row,          enabled};
    const TouchCard touched = touch_card(ui, row, node, 24);
    Rect inside = inset_xy(touched.content, ui.u(20), ui.u(8));
    // Where words are short of room, they go before the picture.
    if (const float side = std::min(inside.h, ui.u(76)); inside.w > ui.mm(130))
        icon_tile(ui, centred(cut_left(inside, side, ui.u(18)), side, side), icon, ui.theme().done);
    TextSpec label = heading_text();
    label.size = 34;
    label.valign = VAlign::Middle;
    TextSpec said = body_text();
    said.size = 28;
    said.valign = VAlign::Middle;
    if (!result.empty()) {
        const Rect below = cut_bottom(inside, inside.h * 0.6f);
        ui.text("", below, with_room(ui, result, said, below), said);
    }
    ui.text("", inside, with_room(ui, std::string(view.str(key)), label, inside), label);
    if (touched.clicked) ui.wish(StaffEvent(wish));
}

}  // namespace

void draw_queue(Ui& ui, const StaffView& view) {
    const StaffPage page = draw_staff_page(ui, view, "staff.queue");
    const QueueNews& queue = view.staff.queue;
    const std::string none(view.str("staff.none"));
    draw_facts(ui, view, page.body,
               {{"staff.queue.waiting", std::to_string(queue.waiting)},
                {"staff.queue.oldest", queue.oldest ? moment_of(*queue.oldest) : none},
                {"staff.queue.receipt", queue.last_receipt ? moment_of(*queue.last_receipt) : none},
                {"staff.queue.stuck", std::to_string(queue.stuck)},
                {"staff.queue.trouble", std::string(view.str(key_of(queue.trouble)))}});
    if (button(ui, page.action, "sync-now", view.str("staff.queue.now"),
               {.look = ButtonLook::Primary, .icon_before = "autorenew"}))
        ui.wish(staff_event::SyncNow{});
}

void draw_export(Ui& ui, const StaffView& view) {
    constexpr std::size_t kMostSticks = 4;
    Rect body = draw_staff_page(ui, view, "staff.export").body;
    const TextSpec spec{.size = 0, .valign = VAlign::Middle};
    const std::string_view warning = view.str("staff.export.warning");
    info_box(ui, cut_top(body, info_box_height(ui, warning, body.w, spec), ui.u(14)), "warning",
             warning, spec);
    TextSpec said = body_text();
    said.size = 34;
    said.weight = Weight::Bold;
    said.valign = VAlign::Middle;
    const auto& sticks = view.staff.sticks;
    const Rect line = cut_top(body, ui.u(110), ui.u(14));
    if (view.staff.busy)
        ui.text("said", line, view.str("staff.export.working"), said);
    else if (view.staff.exported)
        ui.text("said", line, words_of(view, *view.staff.exported), said);
    else
        ui.text("said", line,
                view.str(sticks.empty() ? "staff.export.no-stick" : "staff.export.choose"), said);
    const std::size_t count = std::min(sticks.size(), kMostSticks);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name = std::filesystem::path(sticks[i]).filename().string();
        if (button(ui,
                   cut_top(body, std::max(ui.touch(), std::min(ui.u(110), body.h / 2)), ui.u(14)),
                   "stick:" + std::to_string(i), name,
                   {.icon_before = "usb", .enabled = !view.staff.busy, .size = 34}))
            ui.wish(staff_event::ExportTo{sticks[i]});
    }
    if (button(ui, cut_top(body, ui.touch()), "look-again", view.str("staff.export.again"),
               {.look = ButtonLook::Link, .size = 32}))
        ui.wish(staff_event::Go{StaffScreen::Export});
}

void draw_tests(Ui& ui, const StaffView& view) {
    Rect body = draw_staff_page(ui, view, "staff.tests").body;
    struct Row {
        std::string_view id, icon, key;
        SelfTest test;
    };
    static constexpr Row kRows[] = {
        {"sound", "volume_up", "staff.test.sound", SelfTest::Sound},
        {"disk", "save", "staff.test.disk-title", SelfTest::Disk},
        {"clock", "access_time", "staff.test.clock-title", SelfTest::Clock},
        {"network", "wifi", "staff.test.network-title", SelfTest::Network}};
    const std::size_t columns = ui.portrait() ? 1 : 3;
    body.h = std::min(body.h, static_cast<float>(6 / columns) * ui.u(200));
    const auto cells = grid(body, 6, columns, ui.u(16));
    draw_test(ui, view, cells[0], "touch", "touch_app", "staff.test.touch", "",
              staff_event::Go{StaffScreen::TouchTest});
    draw_test(ui, view, cells[1], "screen", "desktop_windows", "staff.test.screen", "",
              staff_event::Go{StaffScreen::ScreenTest});
    for (std::size_t i = 0; i < std::size(kRows); ++i) {
        const auto& news = view.staff.tests[static_cast<std::size_t>(kRows[i].test)];
        draw_test(ui, view, cells[i + 2], kRows[i].id, kRows[i].icon, kRows[i].key,
                  words_of(view, news), staff_event::Run{kRows[i].test});
    }
}

}  // namespace machikoe
