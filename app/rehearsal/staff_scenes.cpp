#include "app/rehearsal/staff_scenes.h"

namespace machikoe {

namespace {

/// Staff who have been everywhere: every screen has something to show.
Staff busy_staff(const Pack& pack, const Settings& settings, Milliseconds now) {
    Staff staff;
    staff.settings = settings;
    staff.last_input = staff.entered = now;
    staff.has_pin = true;
    staff.typed = "123456";
    staff.facts = {"1.2.3", std::string(32, 'a'), "https://machikoe.example", "office",
                   pack.plan.languages};
    staff.kept.event =
        EventPlan{"まちのおまつり", "2026-11-21", "2026-11-23", Universe::CommunityOrganisation};
    staff.draft = staff.kept;
    staff.draft.volume_percent = 70;  // something to be saved
    staff.text = "まちのおまつり";
    staff.queue = {12, 1, now, now, Trouble::NoReply};
    staff.sticks = {"/media/staff/STICK", "/media/staff/OTHER"};
    staff.events.assign(7, *staff.kept.event);
    staff.exported = ExportNews{ExportResult::Done, 12, "machikoe-aaaaaaaa-1-12.bundle"};
    staff.tests[0] = TestNews{SelfTest::Sound, TestResult::NoDevice, 0};
    staff.tests[1] = TestNews{SelfTest::Disk, TestResult::Doubtful, 120};
    staff.tests[2] = TestNews{SelfTest::Clock, TestResult::Bad, 4000};
    staff.tests[3] = TestNews{SelfTest::Network, TestResult::NotReached, 0};
    for (int cell = 0; cell < 40; ++cell) staff.wiped.insert(cell);
    return staff;
}

}  // namespace

std::vector<PreparedScreen> staff_screens(const Pack& pack, const Settings& settings,
                                          Milliseconds now) {
    std::vector<PreparedScreen> scenes;
    Place at_event{"office", "まちのおまつり", Universe::CommunityOrganisation};
    at_event.practice = true;
    const auto add = [&](const std::string& name, auto change) {
        PreparedScreen scene{"staff-" + name, {}, at_event, busy_staff(pack, settings, now)};
        scene.visit.settings = settings;
        change(scene.staff);
        scene.staff.step = static_cast<std::uint32_t>(scenes.size() + 1);
        scenes.push_back(std::move(scene));
    };
    for (int i = 1; i <= static_cast<int>(StaffScreen::Leave); ++i) {
        const auto screen = static_cast<StaffScreen>(i);
        add(std::string(name_of(screen)), [&](Staff& staff) { staff.screen = screen; });
    }
    const auto pad = [&](const std::string& name, auto change) {
        add(name, [&](Staff& staff) {
            staff.screen = StaffScreen::EnterPin;
            change(staff);
        });
    };
    pad("wrong-pin", [](Staff& staff) { staff.notice = PinNotice::Wrong; });
    pad("damaged-pin", [](Staff& staff) { staff.notice = PinNotice::Damaged; });
    pad("checking", [](Staff& staff) { staff.busy = true; });
    pad("locked", [&](Staff& staff) { staff.locked_until = now + std::chrono::minutes(59); });
    add("damaged-settings", [](Staff& staff) {
        staff.screen = StaffScreen::Menu;
        staff.settings_were_damaged = true;
        staff.was_kept = Kept::No;
    });
    for (const ExportResult result :
         {ExportResult::NothingWaits, ExportResult::NoStick, ExportResult::ReadOnly,
          ExportResult::Full, ExportResult::Failed})
        add("export-" + std::to_string(static_cast<int>(result)), [&](Staff& staff) {
            staff.screen = StaffScreen::Export;
            staff.exported = ExportNews{result, 0, ""};
        });
    for (int trouble = 0; trouble <= static_cast<int>(Trouble::OwnDisk); ++trouble)
        add("trouble-" + std::to_string(trouble), [&](Staff& staff) {
            staff.screen = StaffScreen::Queue;
            staff.queue.trouble = static_cast<Trouble>(trouble);
        });
    add("tests-good", [](Staff& staff) {
        staff.screen = StaffScreen::Tests;
        for (std::size_t i = 0; i < kSelfTests; ++i)
            staff.tests[i] = TestNews{static_cast<SelfTest>(i), TestResult::Good, 12};
    });
    add("paused", [](Staff& staff) { staff.kept.paused = true; });
    return scenes;
}

}  // namespace machikoe
