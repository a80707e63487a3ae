#include "app/rehearsal/scenes.h"

#include "app/rehearsal/staff_scenes.h"

#include "app/ui/rest.h"
#include "app/ui/stage.h"

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

/// Turns to the last page, whichever it is.
constexpr int kLastPage = 1'000;

/// A few keys of the first board of a language, and on which something is still being composed.
std::vector<WritingWish> some_keys(Language language) {
    const auto keys = [](std::initializer_list<const char*> ids) {
        std::vector<WritingWish> wishes;
        for (const char* id : ids) wishes.push_back(writing_wish::Press{id});
        return wishes;
    };
    switch (language) {
        case Language::Ja:
        case Language::JaEasy:
            return keys({"こ", "う", "え", "ん"});
        case Language::Ko:
            return keys({"ㄱ", "ㅗ", "ㅇ", "ㅇ", "ㅜ", "ㅓ", "ㄴ"});
        case Language::Vi:
            return keys({"d", "stroke", "e", "circumflex", "p"});
        case Language::En:
            return keys({"p", "a", "r", "k"});
        case Language::ZhHans:
        case Language::ZhHant:
            return keys({"g", "o", "n", "g", "y", "u", "a", "n", "d", "e"});
    }
    return {};
}

/// Monday to Thursday 9:00 to 17:30, Friday until noon.
OpeningHours office_hours() {
    OpeningHours hours;
    for (std::size_t day = 0; day < 4; ++day) hours.week[day] = OpenSpan{9 * 60, 17 * 60 + 30};
    hours.week[4] = OpenSpan{9 * 60, 12 * 60};
    return hours;
}

/// While something is written: letters being composed, converted, on every other board, with a
/// telephone number in it, as long as it may be.
void add_writing(const Pack& pack, const Question& question, const Settings& settings,
                 Milliseconds now, std::vector<PreparedScreen>& scenes) {
    PreparedScreen scene{"", prepared_visit(pack, settings, now), {}, {}};
    scene.visit.screen = Screen::Question;
    scene.visit.section = question.section;
    scene.visit.question = question.id;
    scene.visit.page = kLastPage;
    const auto add = [&](const std::string& name, const std::string& text,
                         std::vector<WritingWish> writing) {
        scene.name = "question-" + question.id + "-" + name;
        scene.visit.answers[question.id] = Answer{AnswerStatus::Answered, text};
        if (text.empty()) scene.visit.answers.erase(question.id);
        scene.visit.step = static_cast<std::uint32_t>(scenes.size() + 1);
        scene.writing = std::move(writing);
        scenes.push_back(scene);
    };
    add("writing", "", some_keys(settings.language));
    if (is_japanese(settings.language)) {
        auto converted = some_keys(settings.language);
        converted.push_back(writing_wish::Press{"convert"});
        add("converted", "", converted);
        add("signs", "", {writing_wish::Press{"signs"}});
    }
    for (const BoardKind board : boards_of(settings.language).subspan(1))
        add("board-" + std::string(name_of(board)), "", {writing_wish::UseBoard{board}});
    const std::string number = "06-6915-9987";
    if (question.max_length >= number.size()) add("contact", number, {});
    std::string longest;
    for (std::size_t i = 0; i < question.max_length; ++i) longest += i % 9 == 8 ? " " : "o";
    add("full", longest, {});
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
    for (const Question& question : pack.survey.questions)
        if (question.type == QuestionType::FreeText)
            add_writing(pack, question, settings, now, scenes);
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

void put_on_stage(Stage& stage, const PreparedScreen& prepared, Now now) {
    stage.show(prepared.visit, prepared.staff, prepared.place);
    for (const WritingWish& wish : prepared.writing) stage.write(wish, now);
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
