#include "app/rehearsal/scenes.h"

#include "app/rehearsal/staff_scenes.h"

#include "app/ui/rest.h"

namespace machikoe {
namespace {

Answer first_answer(const Question& question) {
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

/// Monday to Thursday 9:00 to 17:30, Friday until noon.
OpeningHours office_hours() {
    OpeningHours hours;
    for (std::size_t day = 0; day < 4; ++day) hours.week[day] = OpenSpan{9 * 60, 17 * 60 + 30};
    hours.week[4] = OpenSpan{9 * 60, 12 * 60};
    return hours;
}

}  // namespace

Visit prepared_visit(const Pack& pack, const Settings& settings, Milliseconds now) {
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

std::vector<PreparedScreen> prepared_screens(const Pack& pack, const Settings& settings,
                                             Milliseconds now) {
    std::vector<PreparedScreen> scenes;
    const Visit base = prepared_visit(pack, settings, now);
    const auto add = [&](const std::string& name, auto change) {
        PreparedScreen scene{name, base, {}, {}};
        change(scene.visit);
        scene.visit.step = static_cast<std::uint32_t>(scenes.size() + 1);
        scenes.push_back(std::move(scene));
    };
    const auto screen = [&](Screen which) {
        add(std::string(name_of(which)), [&](Visit& visit) { visit.screen = which; });
    };
    for (const Screen which :
         {Screen::Attract, Screen::Language, Screen::Length, Screen::Overview, Screen::Review,
          Screen::Saving, Screen::SaveFailed, Screen::Thanks, Screen::Neighbours})
        screen(which);
    for (int slide = 1; slide < 4; ++slide)
        add("attract-slide" + std::to_string(slide), [&](Visit& visit) {
            visit.screen = Screen::Attract;
            visit.entered = now - slide * kSlideLasts;
        });
    for (const bool was_asked : {false, true}) {
        add(was_asked ? "sleep-asked" : "sleep", [&](Visit& visit) {
            visit.screen = Screen::Sleep;
            visit.was_asked = was_asked;
        });
        scenes.back().place.hours = office_hours();
    }
    add("overview-helped", [](Visit& visit) { visit.assistance = Assistance::Interpreter; });
    for (const Issue& issue : pack.plan.issues)
        add("issue-" + issue.id, [&](Visit& visit) {
            visit.screen = Screen::Issue;
            visit.section = issue.id;
        });
    for (const Issue& issue : pack.plan.issues)
        add("official-" + issue.id, [&](Visit& visit) {
            visit.screen = Screen::Issue;
            visit.section = issue.id;
            visit.overlay = Overlay::Official;
        });
    add("policy", [&](Visit& visit) { visit.overlay = Overlay::Policy; });
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
    for (const Overlay overlay : {Overlay::Help, Overlay::Display, Overlay::Languages,
                                  Overlay::Assistance, Overlay::ConfirmQuit, Overlay::StillThere})
        add(std::string(name_of(overlay)), [&](Visit& visit) {
            visit.overlay = overlay;
            if (overlay == Overlay::StillThere) visit.last_input = now - kIdleBeforeWarning;
        });
    for (PreparedScreen& staff : staff_screens(pack, settings, now))
        scenes.push_back(std::move(staff));
    return scenes;
}

Shares made_up_shares(const Pack& pack) {
    Shares shares;
    shares.source = Shares::Source::Server;
    shares.totals = {pack.hash, 120, {}};
    bool is_enough = true;
    for (const Question& question : pack.survey.questions) {
        QuestionTotals totals{.question = question.id};
        if (is_enough && !question.options.empty()) {
            totals.n = 120;
            totals.enough = true;
            std::int64_t count = 60;
            for (const Option& option : question.options) totals.by_option[option.id] = count /= 2;
        }
        is_enough = !is_enough;
        shares.totals.questions.push_back(std::move(totals));
    }
    return shares;
}

}  // namespace machikoe
