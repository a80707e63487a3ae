#include "app/narration/clip_output.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "app/plan/language.h"
#include "app/voice/synthesiser.h"
#include "app/writing/temporary_home.h"

namespace machikoe {
namespace {

/// On a thread of its own.  nullopt: there is no synthesiser, no memory to work in, or it failed.
std::optional<Pcm> sound_of(const std::string& text, Language language) {
    if (!has_synthetic_voice(language) || !find_synthesiser(language)) return std::nullopt;
    const auto home = TemporaryHome::make();
    if (!home) return std::nullopt;
    const auto made = synthesise(spoken_form(text, language, {}), language, (*home)->path());
    if (!made || made->sound.samples.empty()) return std::nullopt;
    const Sound level = levelled(made->sound);
    return Pcm{level.samples, level.rate};
}

template <typename T>
bool is_ready(const std::future<T>& future) {
    return future.valid() && future.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

}  // namespace

ClipOutput::ClipOutput(const Strings& strings, Speaker& speaker,
                       std::future<Result<ClipFinder>> finder, ClipOutputOptions options)
    : strings_(strings),
      speaker_(speaker),
      coming_(std::move(finder)),
      options_(std::move(options)),
      queue_(options_.debounce) {}

ClipOutput::~ClipOutput() = default;

const ClipFinder* ClipOutput::finder() const {
    if (is_ready(coming_)) {
        auto come = coming_.get();
        if (come)
            finder_ = std::move(*come);
        else
            spdlog::error("no speech: {}", come.error().message);
    }
    return finder_ ? &*finder_ : nullptr;
}

bool ClipOutput::speaks(Language language) const {
    const ClipFinder* found = finder();
    return found != nullptr && found->languages().contains(language);
}

bool ClipOutput::add_clips(Utterance& utterance, const Words& words) {
    const auto clips = finder()->clips_of(words.text, words.language);
    if (!clips) return false;
    utterance.clips.insert(utterance.clips.end(), clips->begin(), clips->end());
    return true;
}

void ClipOutput::say(std::string id, Wording wording, Urgency urgency, Milliseconds now) {
    if (finder() == nullptr) return;
    start_playing();
    if (urgency == Urgency::Answer) drop_pending();
    Utterance utterance{id, {}, Privacy::Public};
    std::optional<Pending> typed;
    Wording said;
    bool is_kept_back = false;
    for (Words words : wording) {
        if (words.tells_answer && !are_headphones_in()) {
            if (std::exchange(is_kept_back, true)) continue;
            words = program_words(strings_, "speech.private", words.language);
        }
        if (words.tells_answer) utterance.privacy = Privacy::Private;
        if (add_clips(utterance, words)) {
            said.push_back(std::move(words));
        } else if (words.tells_answer && !typed) {
            typed = Pending{{},
                            utterance.clips.size(),
                            words.language,
                            std::async(std::launch::async, sound_of, words.text, words.language)};
            said.push_back(std::move(words));
        } else {
            if (told_.insert(id).second) spdlog::warn("speech: no clip for {}", id);
            add_clips(utterance, program_words(strings_, "speech.no-clip", words.language));
        }
    }
    if (options_.on_saying && !said.empty()) options_.on_saying(said);
    if (typed) {
        typed->utterance = std::move(utterance);
        typed->urgency = urgency;
        obey(queue_.action());
        pending_ = std::move(typed);
    } else if (!utterance.clips.empty()) {
        begin(std::move(utterance), urgency, now);
    }
}

void ClipOutput::start_playing() {
    if (!options_.plays || drive_) return;
    drive_.emplace(speaker_);
    const Status device = drive_->device();
    if (!device && !std::exchange(has_told_of_device_, true))
        spdlog::warn("speech: nobody hears anything: {}", device.error().message);
}

void ClipOutput::begin(Utterance utterance, Urgency urgency, Milliseconds now) {
    obey(queue_.say(std::move(utterance), urgency, now));
}

void ClipOutput::obey(std::optional<SpeechCommand> command) {
    if (!command) return;
    // Refused by the headphones: they have just been pulled, and the narrator will see that.
    if (const auto done = carry_out(std::move(*command), speaker_);
        !done && done.error().code == ErrorCode::Invalid)
        spdlog::warn("speech: {}", done.error().message);
}

void ClipOutput::drop_pending() {
    if (pending_) unwanted_.push_back(std::move(pending_->sound));
    pending_.reset();
}

void ClipOutput::hush() {
    drop_pending();
    obey(queue_.action());
}

void ClipOutput::repeat(Milliseconds now) {
    obey(queue_.repeat(now));
}

void ClipOutput::pause_or_resume(Milliseconds now) {
    obey(queue_.pause_or_resume(now));
}

bool ClipOutput::goes_on(Milliseconds now) {
    std::erase_if(unwanted_, [](const Typed& sound) { return is_ready(sound); });
    if (pending_ && is_ready(pending_->sound)) {
        Pending ready = std::move(*pending_);
        pending_.reset();
        if (auto sound = ready.sound.get())
            ready.utterance.clips.insert(
                ready.utterance.clips.begin() + static_cast<std::ptrdiff_t>(ready.place),
                std::move(*sound));
        else
            add_clips(ready.utterance, program_words(strings_, "speech.no-clip", ready.language));
        if (!ready.utterance.clips.empty()) begin(std::move(ready.utterance), ready.urgency, now);
    }
    for (const Error& error : speaker_.take_errors()) spdlog::warn("speech: {}", error.message);
    obey(queue_.tick(speaker_.progress().state, now));
    return pending_.has_value() || speaker_.progress().is_underway();
}

bool ClipOutput::is_speaking() const {
    return pending_.has_value() || speaker_.progress().state == SpeechState::Speaking;
}

int ClipOutput::change_volume(bool is_louder) {
    is_louder ? speaker_.louder() : speaker_.quieter();
    const VolumeRange range =
        volume_range(are_headphones_in() ? Output::Headphones : Output::Loudspeaker);
    return (speaker_.volume_db() - range.lowest_db) / kVolumeStep_db + 1;
}

int ClipOutput::change_rate_percent(bool is_faster) {
    is_faster ? speaker_.faster() : speaker_.slower();
    return speaker_.rate_percent();
}

bool ClipOutput::are_headphones_in() const {
    return speaker_.can_say(Privacy::Private);
}

void ClipOutput::set_loudspeaker(bool is_chosen) {
    speaker_.set_loudspeaker(is_chosen);
}

void ClipOutput::forget() {
    drop_pending();
    obey(queue_.forget());
    speaker_.reset();
    drive_.reset();
}

}  // namespace machikoe
