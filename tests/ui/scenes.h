// Scenes: prepared visits that show every screen and overlay there is, in every language.
#pragma once

#include <string>
#include <vector>

#include "app/ui/stage.h"

namespace machikoe {

struct Scene {
    std::string name;  // "issue-living-ja"
    Visit visit;
    Staff staff = {};  // closed: the visit is what is seen
    Place place = {};

    /// These fill the glass and have no language bar.
    bool is_bare() const {
        return staff.screen == StaffScreen::TouchTest || staff.screen == StaffScreen::ScreenTest ||
               staff.screen == StaffScreen::Cleaning ||
               (staff.screen == StaffScreen::Closed && staff.kept.paused);
    }
};

inline Answer first_answer(const Question& question) {
    Answer answer{AnswerStatus::Answered, std::monostate{}};
    if (!question.options.empty()) {
        answer.value = ChosenOptions{question.options.front().id};
    } else if (question.type == QuestionType::Number) {
        answer.value = question.bounds->min;
    } else if (question.type == QuestionType::FreeText) {
        answer.value = std::string("町");
    } else {
        answer.status = AnswerStatus::Skipped;
    }
    return answer;
}

/// Everything of the first issue answered.
inline Visit base_visit(const Pack& pack, Settings settings, Milliseconds now) {
    Visit visit;
    visit.screen = Screen::Overview;
    visit.settings = settings;
    visit.last_input = visit.started = visit.entered = now;
    visit.seed = 7;
    const Issue& issue = pack.plan.issues.front();
    visit.issues_opened.insert(issue.id);
    for (const Question& question : pack.survey.questions)
        if (question.section == issue.id) visit.answers[question.id] = first_answer(question);
    return visit;
}

/// Staff who have been everywhere: every screen has something to show.
inline Staff busy_staff(const Pack& pack, Settings settings, Milliseconds now) {
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

inline std::vector<Scene> staff_scenes(const Pack& pack, Settings settings, Milliseconds now,
                                       const std::string& suffix) {
    std::vector<Scene> scenes;
    const Place at_event{"office", "まちのおまつり", Universe::CommunityOrganisation, true};
    const auto add = [&](const std::string& name, auto change) {
        Scene scene{"staff-" + name + suffix, {}, busy_staff(pack, settings, now), at_event};
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

inline std::vector<Scene> scenes_with(const Pack& pack, Settings settings, Milliseconds now,
                                      const std::string& suffix) {
    std::vector<Scene> scenes;
    const Visit base = base_visit(pack, settings, now);
    const auto add = [&](const std::string& name, auto change) {
        Scene scene{name + suffix, base};
        change(scene.visit);
        scene.visit.step = static_cast<std::uint32_t>(scenes.size() + 1);
        scenes.push_back(std::move(scene));
    };
    const auto screen = [&](Screen which) {
        add(std::string(name_of(which)), [&](Visit& visit) { visit.screen = which; });
    };
    for (const Screen which : {Screen::Attract, Screen::Language, Screen::Overview, Screen::Review,
                               Screen::Saving, Screen::SaveFailed, Screen::Thanks})
        screen(which);
    for (const Issue& issue : pack.plan.issues)
        for (int page = 0; page < 2; ++page)
            add("issue-" + issue.id + std::to_string(page), [&](Visit& visit) {
                visit.screen = Screen::Issue;
                visit.section = issue.id;
                visit.page = page;
            });
    for (const Issue& issue : pack.plan.issues)
        for (int page = 0; page < 8; ++page)
            add("official-" + issue.id + std::to_string(page), [&](Visit& visit) {
                visit.screen = Screen::Issue;
                visit.section = issue.id;
                visit.overlay = Overlay::Official;
                visit.page = page;
            });
    for (int page = 0; page < 8; ++page)
        add("policy" + std::to_string(page), [&](Visit& visit) {
            visit.overlay = Overlay::Policy;
            visit.page = page;
        });
    for (const Question& question : pack.survey.questions)
        add("question-" + question.id, [&](Visit& visit) {
            visit.screen = Screen::Question;
            visit.section = question.section;
            visit.question = question.id;
        });
    for (const GlossaryEntry& entry : pack.plan.glossary)
        add("word-" + entry.id, [&](Visit& visit) {
            visit.overlay = Overlay::Word;
            visit.word = entry.id;
        });
    for (const Overlay overlay : {Overlay::Help, Overlay::ConfirmQuit, Overlay::StillThere})
        add(std::string(name_of(overlay)), [&](Visit& visit) {
            visit.overlay = overlay;
            if (overlay == Overlay::StillThere) visit.last_input = now - kIdleBeforeWarning;
        });
    for (Scene& scene : staff_scenes(pack, settings, now, suffix))
        scenes.push_back(std::move(scene));
    return scenes;
}

inline std::vector<Scene> scenes_of(const Pack& pack, Milliseconds now) {
    std::vector<Scene> scenes;
    const auto more = [&](Settings settings, const std::string& suffix) {
        for (Scene& scene : scenes_with(pack, settings, now, suffix))
            scenes.push_back(std::move(scene));
    };
    for (const Language language : pack.plan.languages)
        more({.language = language}, "-" + std::string(tag_of(language)));
    more({.text_size = TextSize::Largest}, "-largest");
    more({.theme = ThemeChoice::WhiteOnBlack}, "-white-on-black");
    return scenes;
}

}  // namespace machikoe
