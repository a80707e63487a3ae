#include "app/rehearse.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <map>

#include "app/base/file.h"
#include "app/platform/renderer.h"
#include "app/rehearsal/fixture.h"
#include "app/rehearsal/made_up_words.h"
#include "app/rehearsal/painting.h"
#include "app/rehearsal/path.h"
#include "app/rehearsal/scenes.h"
#include "app/rehearsal/walk.h"

namespace machikoe {
namespace {

constexpr Milliseconds kShownAt{1'000'000};

/// What both need, opened; or the exit code.
struct Opened {
    Pack pack;
    Strings strings;
    std::unique_ptr<TextEngine> text;
};

Result<Opened> open(const KioskOptions& options) {
    auto pack = load_pack(options.pack);
    if (!pack) return tl::unexpected(pack.error());
    auto strings = Strings::load(options.assets / "strings", pack->plan.languages);
    if (!strings) return tl::unexpected(strings.error());
    auto text = TextEngine::create();
    if (!text) return tl::unexpected(text.error());
    return Opened{std::move(*pack), std::move(*strings), std::move(*text)};
}

int refuse(const Error& error) {
    spdlog::error("{}", error.message);
    return error.code == ErrorCode::Invalid ? 1 : 3;
}

/// The same fault in many places is one line: the first place, and how many more.
void print(const WalkReport& report) {
    struct Places {
        std::string first;
        int count = 0;
    };
    std::map<std::string, Places> by_problem;
    for (const Finding& finding : report.findings) {
        const std::string screen = finding.where.substr(0, finding.where.find(" page"));
        Places& places = by_problem[fmt::format("{}: {}: {}", name_of(finding.problem.kind), screen,
                                                finding.problem.what)];
        if (places.count++ == 0) places.first = finding.where;
    }
    for (const auto& [problem, places] : by_problem)
        fmt::print("{}\n    {} x, first on {}\n", problem, places.count, places.first);
    fmt::print("walked {} screens in {} combinations of language, text size, theme and panel\n",
               report.frames, report.combinations);
}

void print(const PathReport& report) {
    for (const std::string& id : report.unreached) fmt::print("unreachable: question {}\n", id);
    fmt::print("reached {} of {} questions by touch; the longest visit: {} taps, {} s\n",
               report.questions - report.unreached.size(), report.questions, report.longest_taps,
               report.longest_s);
}

/// The panels asked for: all four, or the one of --size.
std::vector<Panel> panels_of(const KioskOptions& options) {
    std::vector<Panel> panels = all_panels();
    if (options.width == 0) return panels;
    std::erase_if(panels, [&](const Panel& panel) {
        return panel.width != options.width || panel.height != options.height;
    });
    if (panels.empty()) panels = {{options.width, options.height}};
    return panels;
}

/// The screen of --screen as --fixture wants it.
Result<PreparedScreen> screen_of(const KioskOptions& options, const Pack& pack) {
    const Settings settings{.language = options.language.value_or(pack.plan.languages.front())};
    for (PreparedScreen& prepared : prepared_screens(pack, settings, kShownAt)) {
        if (prepared.name != options.screen) continue;
        if (options.fixture.empty()) return prepared;
        const auto json = load_file(options.fixture);
        if (!json) return tl::unexpected(json.error());
        auto visit = with_fixture(pack, prepared.visit, *json);
        if (!visit) return tl::unexpected(visit.error());
        prepared.visit = std::move(*visit);
        return prepared;
    }
    std::string names;
    for (const PreparedScreen& prepared : prepared_screens(pack, settings, kShownAt))
        names += " " + prepared.name;
    return fail(ErrorCode::Invalid, "no screen \"" + options.screen + "\"; there is:" + names);
}

}  // namespace

int rehearse(const KioskOptions& options) {
    auto opened = open(options);
    if (!opened) return refuse(opened.error());
    WalkOptions walk;
    walk.only = options.screen;
    walk.panels = panels_of(options);
    if (options.language) walk.languages = {*options.language};
    const WalkReport screens = walk_screens(opened->pack, opened->strings, *opened->text, walk);
    print(screens);
    std::size_t problems = screens.findings.size();
    for (const Panel& panel : walk.panels) {
        const auto paths = walk_paths(opened->pack, opened->strings, *opened->text, panel);
        if (!paths) return refuse(paths.error());
        fmt::print("{}x{}: ", panel.width, panel.height);
        print(*paths);
        problems += paths->unreached.size();
    }
    fmt::print("{} problems\n", problems);
    return problems == 0 ? 0 : 1;
}

int draw_one_screen(const KioskOptions& options) {
    auto opened = open(options);
    if (!opened) return refuse(opened.error());
    const auto prepared = screen_of(options, opened->pack);
    if (!prepared) return refuse(prepared.error());
    const Panel panel = panels_of(options).front();
    Stage stage(opened->pack, opened->strings, *opened->text,
                {.width = panel.width,
                 .height = panel.height,
                 .mm_per_px = mm_per_px(panel),
                 .writing = made_up_engines()});
    stage.set_neighbours(made_up_shares(opened->pack));
    put_on_stage(stage, *prepared, {kShownAt, kPreparedWall});
    const auto pixels = paint(stage, *opened->text, panel, {kShownAt, kPreparedWall});
    const Status saved = save_png(options.screenshot, panel.width, panel.height, pixels);
    return saved ? 0 : refuse(saved.error());
}

}  // namespace machikoe
