#include "app/spoken_guide.h"

#include <spdlog/spdlog.h>

#include <future>

#include "app/plan/language.h"

namespace machikoe {
namespace {

Result<ClipFinder> find_clips(const SpeechPlaces& places, const Pack& pack) {
    auto finder = ClipFinder::load(places, pack);
    if (!finder) return finder;
    std::string tags;
    for (const Language language : finder->languages())
        tags += (tags.empty() ? "" : ", ") + std::string(tag_of(language));
    spdlog::info("speech: {}", tags.empty() ? "no language has all its clips" : tags);
    return finder;
}

std::future<Result<ClipFinder>> finder_for(const SpokenGuideOptions& options, const Pack& pack) {
    // A copy: the languages on offer may change meanwhile.
    return std::async(std::launch::async, [places = SpeechPlaces{options.assets, options.pack, {}},
                                           pack] { return find_clips(places, pack); });
}

ClipOutputOptions output_options(std::function<void(const Wording&)> on_saying) {
    ClipOutputOptions options;
    options.plays = true;
    options.on_saying = std::move(on_saying);
    return options;
}

}  // namespace

SpokenGuide::SpokenGuide(const Pack& pack, const Strings& strings, Stage& stage,
                         SpokenGuideOptions options, std::function<void()> wake)
    : stage_(stage),
      output_(strings, speaker_, finder_for(options, pack),
              output_options([this](const Wording& said) { write_down(said); })),
      narrator_(strings, output_, {.has_loudspeaker = options.speech.has_loudspeaker}) {
    if (!options.spoken.empty()) spoken_.open(options.spoken, std::ios::app);
    watch_jack(options.speech, wake);
    stage_.set_companion(&narrator_);
}

SpokenGuide::~SpokenGuide() {
    stage_.set_companion(nullptr);
}

void SpokenGuide::watch_jack(const SpeechSettings& speech, const std::function<void()>& wake) {
    if (speech.headphones_are_fixed) return speaker_.set_headphones(true);
    jack_ = std::make_unique<JackWatch>(speech.jack, [this, wake](bool is_plugged_in) {
        speaker_.set_headphones(is_plugged_in);
        wake();
    });
    if (const Status status = jack_->status(); !status)
        spdlog::warn("speech: {}", status.error().message);
}

void SpokenGuide::write_down(const Wording& said) {
    if (!spoken_.is_open()) return;
    std::string line;
    for (const Words& words : said)
        line +=
            (line.empty() ? "" : " | ") + std::string(tag_of(words.language)) + ": " + words.text;
    for (char& letter : line)
        if (letter == '\n') letter = ' ';
    spoken_ << line << std::endl;
}

}  // namespace machikoe
