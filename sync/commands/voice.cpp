// `machikoe voice build`: clips of speech for a pack and for the program's own words.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <thread>

#include "app/voice/clip_building.h"
#include "app/voice/synthesiser.h"
#include "sync/commands/common.h"

namespace machikoe {
namespace {

struct VoiceOptions {
    std::string pack, assets = "assets", out, recordings;
    std::vector<std::string> languages;
};

/// Those that were asked for; without any, those with a voice of their own.  Empty after saying
/// why.
std::set<Language> languages_of(const VoiceOptions& options, const Plan& plan) {
    std::set<Language> chosen;
    const auto offers = [&](Language language) {
        return std::ranges::find(plan.languages, language) != plan.languages.end();
    };
    for (const std::string& tag : options.languages) {
        const auto language = language_of(tag);
        if (!language || !offers(*language)) {
            end_with(Ended::BadInput, fmt::format("the pack has no language {}", tag));
            return {};
        }
        chosen.insert(*language);
    }
    if (options.languages.empty())
        for (const Language language : plan.languages)
            if (has_synthetic_voice(language)) chosen.insert(language);
    return chosen;
}

void show_progress(const std::string& source, std::size_t done, std::size_t all) {
    if (::isatty(STDERR_FILENO) == 0) return;
    std::cerr << fmt::format("\r{}: {} of {} clips{}", source, done, all, done == all ? "\n" : "")
              << std::flush;
}

Ended build(const VoiceOptions& options) {
    Ended ended = Ended::Ok;
    const auto pack = load_pack_for(options.pack, ended);
    if (!pack) return ended;
    const auto languages = languages_of(options, pack->pack.plan);
    if (languages.empty()) return Ended::BadInput;
    const auto sources = load_speech({options.assets, options.pack, options.out}, pack->pack);
    if (!sources) return end_with(Ended::BadInput, sources.error().message);
    for (const SpeechSource& source : *sources) {
        const auto built =
            build_clips(source, {.languages = languages,
                                 .recordings = options.recordings,
                                 .threads = std::max(1u, std::thread::hardware_concurrency()),
                                 .progress = [&](std::size_t done, std::size_t all) {
                                     show_progress(source.name, done, all);
                                 }});
        if (!built) {
            const bool author = built.error().code == ErrorCode::Invalid;
            return end_with(author ? Ended::BadInput : Ended::Environment, built.error().message);
        }
        for (const std::string& doubt : built->doubts)
            std::cout << "check by ear: " << doubt << "\n";
        std::cout << fmt::format("{}: {} made, {} from recordings, {} kept, {} removed\n",
                                 source.name, built->made, built->recorded, built->kept,
                                 built->removed);
    }
    return end_after_output();
}

}  // namespace

void add_voice(CLI::App& app, Command& chosen) {
    auto* voice = app.add_subcommand("voice", "speech of a content pack");
    voice->require_subcommand(1);
    auto* command = voice->add_subcommand("build", "makes the clips that are missing");
    auto options = std::make_shared<VoiceOptions>();
    command->add_option("pack", options->pack, "folder of the content pack")->required();
    command
        ->add_option("--language", options->languages,
                     "ja, ja-easy, en, …; several are possible (default: all with a voice)")
        ->allow_extra_args(false);
    command->add_option("--recordings", options->recordings,
                        "folder of recorded WAV files, named by clip or by key");
    command->add_option("--assets", options->assets,
                        "folder with strings/ and voice/ (default: assets)");
    command->add_option("--out", options->out,
                        "folder for the clips (default: voice/ in the pack and in the assets)");
    command->callback([options, &chosen] { chosen = [options] { return build(*options); }; });
}

}  // namespace machikoe
