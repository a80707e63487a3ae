#include "app/rehearsal/walk.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "app/rehearsal/fixture.h"
#include "app/rehearsal/made_up_words.h"
#include "app/rehearsal/scenes.h"
#include "app/ui/stage.h"

namespace machikoe {
namespace {

constexpr int kMostPages = 60;  // more than anybody would turn
constexpr Milliseconds kNow{1'000'000};

struct Combination {
    Panel panel;
    Settings settings;

    std::string name() const {
        return fmt::format("{}, {}, {}, {}x{}", tag_of(settings.language),
                           name_of(settings.text_size), name_of(settings.theme), panel.width,
                           panel.height);
    }
};

/// All pages of one prepared screen.
class Reading {
  public:
    Reading(Stage& stage, const Combination& combination, WalkReport& report)
        : stage_(stage), combination_(combination), report_(report) {}

    void read(const Pack& pack, const PreparedScreen& prepared) {
        PreparedScreen turned = prepared;
        Visit& visit = turned.visit;
        Staff& staff = turned.staff;
        for (bool is_more = true; is_more; staff.page = ++visit.page, ++visit.step, ++staff.step) {
            where_ =
                fmt::format("{} page {}, {}", prepared.name, visit.page + 1, combination_.name());
            put_on_stage(stage_, turned, {kNow, kPreparedWall});
            stage_.frame({kNow, kPreparedWall});
            look(visit);
            const Node* more = stage_.find("page-more");
            is_more = more != nullptr && more->enabled;
            if (is_more && visit.page >= kMostPages) {
                find(ProblemKind::Text, "has no last page");
                is_more = false;
            }
        }
        if (visit.screen == Screen::Question && visit.overlay == Overlay::None &&
            turned.writing.empty())
            check_options(*pack.survey.question(visit.question));
    }

  private:
    void look(const Visit& visit) {
        ++report_.frames;
        for (Problem& problem :
             problems_of({static_cast<float>(combination_.panel.width),
                          static_cast<float>(combination_.panel.height),
                          mm_per_px(combination_.panel), stage_.nodes(), stage_.faults()}))
            report_.findings.push_back({where_, std::move(problem)});
        for (const Node& node : stage_.nodes()) seen_.insert(node.id);
        if (visit.screen != Screen::Question || visit.overlay != Overlay::None) return;
        // A question on several pages leads on and back through them.
        for (const auto& [way, page] : {std::pair{"next", "page-more"}, {"back", "page-back"}})
            if (stage_.find(way) == nullptr && stage_.find(page) == nullptr)
                find(ProblemKind::Text, fmt::format("no \"{}\"", way));
    }

    void check_options(const Question& question) {
        for (const Option& option : question.options)
            if (!seen_.contains("option:" + option.id))
                find(ProblemKind::Text, "on no page: option " + option.id);
    }

    void find(ProblemKind kind, std::string what) {
        report_.findings.push_back({where_, {kind, std::move(what)}});
    }

    Stage& stage_;
    const Combination& combination_;
    WalkReport& report_;
    std::string where_;
    std::set<std::string> seen_;
};

void walk_combination(const Pack& pack, Stage& stage, const Combination& combination,
                      const std::string& only, WalkReport& report) {
    for (const PreparedScreen& prepared : prepared_screens(pack, combination.settings, kNow))
        if (prepared.name.find(only) != std::string::npos)
            Reading(stage, combination, report).read(pack, prepared);
    ++report.combinations;
}

}  // namespace

float mm_per_px(const Panel& panel) {
    constexpr float kMmPerInch = 25.4f;
    return panel.diagonal_inches * kMmPerInch /
           std::hypot(static_cast<float>(panel.width), static_cast<float>(panel.height));
}

const std::vector<Panel>& all_panels() {
    static const std::vector<Panel> kPanels = {
        {1080, 1920, 23.8f}, {1920, 1080, 23.8f}, {1280, 800, 15.4f}, {2160, 3840, 43.0f}};
    return kPanels;
}

WalkReport walk_screens(const Pack& pack, const Strings& strings, TextEngine& text,
                        const WalkOptions& options,
                        const std::function<void(const WalkReport&)>& progress) {
    WalkReport report;
    const auto& languages = options.languages.empty() ? pack.plan.languages : options.languages;
    for (const Panel& panel : options.panels) {
        Stage stage(pack, strings, text,
                    {.width = panel.width,
                     .height = panel.height,
                     .mm_per_px = mm_per_px(panel),
                     .writing = made_up_engines()});
        stage.set_neighbours(made_up_shares(pack));
        // Themes innermost: the layouts of the first are there for the other three.
        for (const Language language : languages)
            for (const TextSize size : options.sizes)
                for (const ThemeChoice theme : options.themes) {
                    const Settings settings{
                        .language = language, .text_size = size, .theme = theme};
                    walk_combination(pack, stage, {panel, settings}, options.only, report);
                    if (progress) progress(report);
                }
    }
    return report;
}

}  // namespace machikoe
