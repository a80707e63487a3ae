#include "app/rehearse.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <map>

#include "app/rehearsal/walk.h"

namespace machikoe {
namespace {

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
    fmt::print("{} problems\n", report.findings.size());
}

}  // namespace

int rehearse(const KioskOptions& options) {
    auto opened = open(options);
    if (!opened) return refuse(opened.error());
    WalkOptions walk;
    walk.only = options.screen;
    if (options.language) walk.languages = {*options.language};
    if (options.width > 0) {
        std::erase_if(walk.panels, [&](const Panel& panel) {
            return panel.width != options.width || panel.height != options.height;
        });
        if (walk.panels.empty()) walk.panels = {{options.width, options.height}};
    }
    const WalkReport report = walk_screens(opened->pack, opened->strings, *opened->text, walk);
    print(report);
    return report.findings.empty() ? 0 : 1;
}

}  // namespace machikoe
