#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "sync/commands/check_voice.h"
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

Ended check(const std::string& folder, const CheckVoice& voice, bool hears) {
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
    return hears ? check_voice(folder, *reading->pack, voice)
                 : check_clips_are_there(folder, *reading->pack, voice);
}

}  // namespace

void add_check(CLI::App& app, Command& chosen) {
    auto* command = app.add_subcommand("check", "reads a content pack and names every fault");
    auto folder = std::make_shared<std::string>();
    command->add_option("pack", *folder, "folder of the content pack")->required();
    auto voice = std::make_shared<CheckVoice>();
    auto hears = std::make_shared<bool>(false);
    auto* flag = command->add_flag("--voice", *hears, "its speech, too: every clip is listened to");
    command->add_option("--language", voice->languages, "to be spoken (default: those with clips)")
        ->allow_extra_args(false)
        ->needs(flag);
    command->add_option("--assets", voice->assets,
                        "folder with strings/ and voice/ (default: assets)");
    command->add_option("--clips", voice->clips, "folder that voice build --out has filled")
        ->needs(flag);
    command->callback([folder, voice, hears, &chosen] {
        chosen = [folder, voice, hears] { return check(*folder, *voice, *hears); };
    });
}

}  // namespace machikoe
