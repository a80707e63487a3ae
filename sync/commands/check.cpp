#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "sync/commands/common.h"

namespace machikoe {
namespace {

void print_summary(const PackReading& reading) {
    const Plan& plan = reading.pack->plan;
    std::string languages;
    for (const Language language : plan.languages)
        languages += (languages.empty() ? "" : " ") + std::string(tag_of(language));
    std::cout << fmt::format(
        "{}: {} issues, {} questions, {} indicators\nlanguages: {}\nhash: {}\n", plan.id,
        plan.issues.size(), reading.pack->survey.questions.size(), plan.indicators.size(),
        languages, reading.pack->hash);
}

Ended check(const std::string& folder) {
    const Result<PackReading> reading = read_pack(folder);
    if (!reading) {
        const bool operators = reading.error().code == ErrorCode::Unavailable;
        return end_with(operators ? Ended::Environment : Ended::BadInput, reading.error().message);
    }
    for (const PackFault& fault : reading->faults) std::cout << to_string(fault) << "\n";
    if (!reading->pack)
        return end_with(Ended::BadInput,
                        fmt::format("{}: {} fault(s)", folder, reading->faults.size()));
    for (const PackFault& advice : lint_pack(reading->files, *reading->pack))
        std::cout << "advice: " << to_string(advice) << "\n";
    print_summary(*reading);
    return end_after_output();
}

}  // namespace

void add_check(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("check", "reads a content pack and names every fault");
    auto folder = std::make_shared<std::string>();
    command->add_option("pack", *folder, "folder of the content pack")->required();
    command->callback([folder, &chosen] { chosen = [folder] { return check(*folder); }; });
}

}  // namespace machikoe
