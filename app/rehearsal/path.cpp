#include "app/rehearsal/path.h"

#include <unicode/unistr.h>

#include <algorithm>
#include <map>

#include "app/ui/stage.h"

namespace machikoe {
namespace {

constexpr double kCharactersPerMinute = 227;
constexpr Milliseconds kBetweenTaps{1'000};
constexpr int kMostTaps = 5'000;  // of one walk; more is going in circles

using Wanted = std::map<std::string, ChosenOptions>;  // answers that this walk must give

std::size_t characters_of(const std::string& name) {
    return static_cast<std::size_t>(icu::UnicodeString::fromUTF8(name).countChar32());
}

class Walker {
  public:
    Walker(const Pack& pack, Stage& stage, Wanted wanted)
        : pack_(pack), stage_(stage), wanted_(std::move(wanted)) {
        frame();
    }

    Status walk() {
        for (taps_ = 0; taps_ < kMostTaps;) {
            if (const Visit& visit = stage_.visit(); visit.screen == Screen::Thanks) return {};
            read();
            if (stage_.visit().screen == Screen::Saving) {
                if (stage_.take_response()) stage_.saved(now());
                frame();
                continue;
            }
            const std::string target = decide();
            if (target.empty() || !tap(target)) return stuck(target);
        }
        return stuck("in circles");
    }

    const std::set<std::string>& seen() const { return questions_; }
    std::size_t taps() const { return static_cast<std::size_t>(taps_); }
    std::size_t seconds() const {
        const double reading = static_cast<double>(characters_) * 60 / kCharactersPerMinute;
        return static_cast<std::size_t>(reading) + taps();
    }

  private:
    Now now() const { return {monotonic_, monotonic_}; }
    void frame() { stage_.frame(now()); }

    const Node* there(std::string_view id) const {
        const Node* node = stage_.find(id);
        return node != nullptr && node->enabled && is_target(*node) ? node : nullptr;
    }

    bool tap(const std::string& id) {
        const Node* node = there(id);
        if (node == nullptr) return false;
        const ImVec2 at = node->bounds.centre();
        monotonic_ += kBetweenTaps;
        frame();
        for (const auto kind : {PointerEvent::Kind::Down, PointerEvent::Kind::Up}) {
            stage_.input().push({kind, at.x, at.y});
            frame();
        }
        frame();
        ++taps_;
        return true;
    }

    /// Counts the words of a page the first time it is up.
    void read() {
        const Visit& visit = stage_.visit();
        const std::string page = std::string(name_of(visit.screen)) + '/' + visit.section + '/' +
                                 visit.question + '/' + std::to_string(visit.page);
        if (!pages_.insert(page).second) return;
        for (const Node& node : stage_.nodes())
            if (node.role == Role::Heading || node.role == Role::Text ||
                node.id.starts_with("option:"))
                characters_ += characters_of(node.name);
        if (visit.screen == Screen::Question) questions_.insert(visit.question);
    }

    /// The first of these that can be touched; "".
    std::string first(std::initializer_list<std::string_view> ids) const {
        for (const std::string_view id : ids)
            if (there(id) != nullptr) return std::string(id);
        return "";
    }

    std::string decide() {
        switch (stage_.visit().screen) {
            case Screen::Attract:
                return "begin";
            case Screen::Language:
                return "choose:" + std::string(tag_of(pack_.plan.languages.front()));
            case Screen::Length:
                return on_some_page("length:everything");
            case Screen::Overview:
                for (const Issue& issue : pack_.plan.issues)
                    if (!stage_.visit().issues_opened.contains(issue.id))
                        return on_some_page("issue:" + issue.id);
                return on_some_page("finish");
            case Screen::Issue:
                return first({"page-more", "start", "back"});
            case Screen::Question:
                return on_question();
            case Screen::Review:
                return on_some_page("submit");
            default:
                return "";
        }
    }

    /// That node, or the way to a further page.
    std::string on_some_page(const std::string& id) const { return first({id, "page-more"}); }

    std::string on_question() {
        const Question& question = *pack_.survey.question(stage_.visit().question);
        if (question.type == QuestionType::Number && !stage_.visit().answers.contains(question.id))
            return on_some_page("plus");
        const ChosenOptions wanted = wanted_of(question);
        const auto answer = stage_.visit().answers.find(question.id);
        const auto* chosen = answer == stage_.visit().answers.end()
                                 ? nullptr
                                 : std::get_if<ChosenOptions>(&answer->second.value);
        for (const std::string& option : wanted)
            if (chosen == nullptr || std::ranges::find(*chosen, option) == chosen->end())
                if (const std::string way = towards("option:" + option); !way.empty()) return way;
        return first({"next", "skip", "page-more"});
    }

    /// The node; else forth to the last page, and from there back to the first, once.
    std::string towards(const std::string& id) {
        if (there(id) != nullptr) return id;
        if (there("page-more") != nullptr && !turning_back_) return "page-more";
        turning_back_ = there("page-back") != nullptr;
        return turning_back_ ? "page-back" : "";
    }

    /// Those that take most taps, unless something else is wanted.
    ChosenOptions wanted_of(const Question& question) const {
        if (const auto found = wanted_.find(question.id); found != wanted_.end())
            return found->second;
        ChosenOptions options;
        for (const Option& option : question.options)
            if (!option.exclusive) options.push_back(option.id);
        std::size_t count = 1;
        if (question.type == QuestionType::Multiple) count = options.size();
        if (question.type == QuestionType::Ranking) count = question.rank_count;
        options.resize(std::min(count, options.size()));
        return options;
    }

    tl::unexpected<Error> stuck(const std::string& target) const {
        std::string message = "rehearsal: nobody gets on from " +
                              std::string(name_of(stage_.visit().screen)) + " " +
                              stage_.visit().question + " by \"" + target + "\"; there is:";
        for (const Node& node : stage_.nodes())
            if (is_target(node)) message += " " + node.id + (node.enabled ? "" : " (off)");
        return fail(ErrorCode::Corrupt, message);
    }

    const Pack& pack_;
    Stage& stage_;
    const Wanted wanted_;
    Milliseconds monotonic_{1'000'000};
    int taps_ = 0;
    std::size_t characters_ = 0;
    bool turning_back_ = false;
    std::set<std::string> pages_, questions_;
};

/// What must be answered so that the question is asked, the conditions of conditions included.
void want(const Pack& pack, const Question& question, Wanted& wanted) {
    for (const Condition& condition : question.relevant) {
        const Question* other = pack.survey.question(condition.question);
        if (other == nullptr) continue;
        for (const Option& option : other->options) {
            const bool is_listed =
                std::ranges::find(condition.options, option.id) != condition.options.end();
            if (is_listed != condition.negated) {
                wanted[other->id] = {option.id};
                break;
            }
        }
        want(pack, *other, wanted);
    }
}

}  // namespace

Result<PathReport> walk_paths(const Pack& pack, const Strings& strings, TextEngine& text,
                              const Panel& panel) {
    PathReport report;
    std::set<std::string> seen;
    const auto walk = [&](Universe universe, const Wanted& wanted) -> Status {
        Stage stage(pack, strings, text,
                    {.width = panel.width,
                     .height = panel.height,
                     .mm_per_px = mm_per_px(panel),
                     .place = {.universe = universe},
                     .seed = 1});
        Walker walker(pack, stage, wanted);
        if (const Status done = walker.walk(); !done) return done;
        seen.insert(walker.seen().begin(), walker.seen().end());
        report.longest_taps = std::max(report.longest_taps, walker.taps());
        report.longest_s = std::max(report.longest_s, walker.seconds());
        return {};
    };
    for (const Universe universe : {Universe::Resident, Universe::Parent,
                                    Universe::CommunityOrganisation, Universe::Participant})
        if (const Status done = walk(universe, {}); !done) return tl::unexpected(done.error());
    for (const Question& question : pack.survey.questions) {
        if (seen.contains(question.id)) continue;
        Wanted wanted;
        want(pack, question, wanted);
        const Universe universe =
            question.universes.empty() ? Universe::Resident : question.universes.front();
        if (const Status done = walk(universe, wanted); !done) return tl::unexpected(done.error());
    }
    report.questions = pack.survey.questions.size();
    for (const Question& question : pack.survey.questions)
        if (!seen.contains(question.id)) report.unreached.push_back(question.id);
    return report;
}

}  // namespace machikoe
