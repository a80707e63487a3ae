#include "sync/commands/check_voice.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <thread>

#include "app/voice/clip_check.h"
#include "sync/commands/common.h"

namespace machikoe {
namespace {

Result<std::vector<Language>> languages_of(const CheckVoice& options, const Plan& plan,
                                           const std::vector<SpeechSource>& sources) {
    if (options.languages.empty()) {
        auto built = built_languages(sources);
        if (built && built->empty())
            return fail(ErrorCode::Invalid, "no language has speech; see machikoe voice build");
        return built;
    }
    std::vector<Language> languages;
    for (const std::string& tag : options.languages) {
        const auto language = language_of(tag);
        if (!language || std::ranges::find(plan.languages, *language) == plan.languages.end())
            return fail(ErrorCode::Invalid, "the pack has no language " + tag);
        languages.push_back(*language);
    }
    return languages;
}

}  // namespace

Ended check_voice(const std::string& folder, const Pack& pack, const CheckVoice& options) {
    const auto sources = load_speech({options.assets, folder, options.clips}, pack);
    if (!sources) return end_with(Ended::BadInput, sources.error().message);
    const auto languages = languages_of(options, pack.plan, *sources);
    if (!languages) return end_with(Ended::BadInput, languages.error().message);
    const auto report =
        check_clips(*sources, *languages, std::max(1u, std::thread::hardware_concurrency()));
    if (!report) return end_with(Ended::Environment, report.error().message);
    std::size_t faults = report->faults.size();
    for (const SpeechSource& source : *sources) {
        for (const std::string& words : source.contradictions) std::cout << words << "\n";
        faults += source.contradictions.size();
    }
    for (const ClipFault& fault : report->faults) std::cout << to_string(fault) << "\n";
    for (const auto& [tag, totals] : report->totals)
        std::cout << fmt::format(
            "{}: {} prompts, {} clips ({} recorded), {:.1f} min, {:.2f} MB\n", tag,
            totals.prompts, totals.clips, totals.recorded, totals.seconds / 60,
            static_cast<double>(totals.bytes) / 1e6);
    if (faults > 0) {
        std::cout << std::flush;
        return end_with(Ended::BadInput, fmt::format("{}: {} fault(s) of speech", folder, faults));
    }
    return end_after_output();
}

}  // namespace machikoe
