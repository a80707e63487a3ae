#include "app/rehearsal/scenes.h"

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
        PreparedScreen scene{name, base};
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
                                  Overlay::ConfirmQuit, Overlay::StillThere})
        add(std::string(name_of(overlay)), [&](Visit& visit) {
            visit.overlay = overlay;
            if (overlay == Overlay::StillThere) visit.last_input = now - kIdleBeforeWarning;
        });
    return scenes;
}

}  // namespace machikoe
