#include "sync/commands/check_voice.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>
#include <thread>

#include "app/voice/clip_check.h"
#include "app/voice/clip_store.h"
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

/// Names them and ends; nullopt: there are none.
std::optional<Ended> end_with_faults(const std::string& folder, const ClipReport& report,
                                     std::size_t others) {
    for (const ClipFault& fault : report.faults) std::cout << to_string(fault) << "\n";
    const std::size_t faults = report.faults.size() + others;
    if (faults == 0) return std::nullopt;
    std::cout << std::flush;
    return end_with(Ended::BadInput, fmt::format("{}: {} fault(s) of speech", folder, faults));
}

unsigned all_processors() {
    return std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace

Ended check_clips_are_there(const std::string& folder, const Pack& pack,
                            const CheckVoice& options) {
    std::error_code ec;
    if (!std::filesystem::exists(std::filesystem::path(folder) / "voice" / kClipIndex, ec))
        return end_after_output();
    if (!std::filesystem::exists(std::filesystem::path(options.assets) / "strings", ec)) {
        std::cout << "speech: not checked, there is no " << options.assets
                  << "/strings; see --assets\n";
        return end_after_output();
    }
    const auto sources = load_speech({options.assets, folder, {}}, pack);
    if (!sources) return end_with(Ended::BadInput, sources.error().message);
    const auto languages = built_languages(*sources);
    if (!languages) return end_with(Ended::BadInput, languages.error().message);
    const auto report = check_clips(*sources, *languages, ClipCheck::IsThere, 1);
    if (!report) return end_with(Ended::Environment, report.error().message);
    if (const auto ended = end_with_faults(folder, *report, 0)) return *ended;
    std::cout << "speech:";
    for (const Language language : *languages) std::cout << " " << tag_of(language);
    std::cout << "\n";
    return end_after_output();
}

Ended check_voice(const std::string& folder, const Pack& pack, const CheckVoice& options) {
    const auto sources = load_speech({options.assets, folder, options.clips}, pack);
    if (!sources) return end_with(Ended::BadInput, sources.error().message);
    const auto languages = languages_of(options, pack.plan, *sources);
    if (!languages) return end_with(Ended::BadInput, languages.error().message);
    const auto report = check_clips(*sources, *languages, ClipCheck::IsHeard, all_processors());
    if (!report) return end_with(Ended::Environment, report.error().message);
    std::size_t contradictions = 0;
    for (const SpeechSource& source : *sources) {
        for (const std::string& words : contradictions_in(source)) {
            std::cout << words << "\n";
            ++contradictions;
        }
    }
    for (const auto& [tag, totals] : report->totals)
        std::cout << fmt::format("{}: {} prompts, {} clips ({} recorded), {:.1f} min, {:.2f} MB\n",
                                 tag, totals.prompts, totals.clips, totals.recorded,
                                 totals.seconds / 60, static_cast<double>(totals.bytes) / 1e6);
    if (const auto ended = end_with_faults(folder, *report, contradictions)) return *ended;
    return end_after_output();
}

}  // namespace machikoe
