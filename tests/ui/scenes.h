// Scenes: prepared visits that show every screen and overlay there is, in every language.
#pragma once

#include <string>
#include <vector>

#include "app/ui/stage.h"

namespace machikoe {

struct Scene {
    std::string name;  // "issue-living-ja"
    Visit visit;
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
    for (const Screen which :
         {Screen::Attract, Screen::Language, Screen::Overview, Screen::Review, Screen::Saving,
          Screen::SaveFailed, Screen::Thanks, Screen::Neighbours})
        screen(which);
    for (const Issue& issue : pack.plan.issues)
        for (int page = 0; page < 5; ++page)
            add("issue-" + issue.id + std::to_string(page), [&](Visit& visit) {
                visit.screen = Screen::Issue;
                visit.section = issue.id;
                visit.page = page;
            });
    for (int page = 1; page < 9; ++page)
        add("neighbours" + std::to_string(page), [&](Visit& visit) {
            visit.screen = Screen::Neighbours;
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
    return scenes;
}

/// Totals made up for scenes: every second question has enough, with plain shares.
inline Shares made_up_shares(const Pack& pack) {
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
