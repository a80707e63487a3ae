// ClipOutput: words as clips, to the ears.
//
// What was typed has no clip: it is synthesised, where a synthesiser is installed, for headphones
// alone, in memory alone, on a thread of its own.  Words without either are named by their id in
// the log, never by their text, and the person hears that something is not spoken.
//
// Belongs to the UI's thread.
#pragma once

#include <functional>
#include <future>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/narration/spoken_output.h"
#include "app/speech/speaker_drive.h"
#include "app/speech/speech_queue.h"
#include "app/voice/clip_finder.h"

namespace machikoe {

struct ClipOutputOptions {
    Milliseconds debounce{250};
    /// A sound device of its own while somebody listens; false: whoever made the speaker drives it.
    bool plays = false;
    /// What is said, as it begins: for tests and rehearsals, never where residents are.
    std::function<void(const Wording&)> on_saying;
};

class ClipOutput final : public SpokenOutput {
  public:
    /// `finder` may come later: until then nothing is spoken.  REQUIRES: strings and speaker
    /// outlive it.
    ClipOutput(const Strings& strings, Speaker& speaker, std::future<Result<ClipFinder>> finder,
               ClipOutputOptions options);
    ~ClipOutput() override;

    bool speaks(Language language) const override;
    void say(std::string id, Wording wording, Urgency urgency, Milliseconds now) override;
    void hush() override;
    void repeat(Milliseconds now) override;
    void pause_or_resume(Milliseconds now) override;
    bool goes_on(Milliseconds now) override;
    bool is_speaking() const override;
    int change_volume(bool is_louder) override;
    int change_rate_percent(bool is_faster) override;
    bool are_headphones_in() const override;
    void set_loudspeaker(bool is_chosen) override;
    void forget() override;

  private:
    using Typed = std::future<std::optional<Pcm>>;
    /// Waits for typed words to be made into sound.
    struct Pending {
        Utterance utterance;
        std::size_t place = 0;  // of the sound among the clips
        Language language = Language::Ja;
        Typed sound;
        Urgency urgency = Urgency::Answer;
    };
    const ClipFinder* finder() const;
    bool add_clips(Utterance& utterance, const Words& words);
    void begin(Utterance utterance, Urgency urgency, Milliseconds now);
    void obey(std::optional<SpeechCommand> command);
    void drop_pending();
    void start_playing();

    const Strings& strings_;
    Speaker& speaker_;
    std::optional<SpeakerDrive> drive_;  // wakes two hundred times a second: only while needed
    bool has_told_of_device_ = false;
    mutable std::future<Result<ClipFinder>> coming_;
    mutable std::optional<ClipFinder> finder_;
    ClipOutputOptions options_;
    SpeechQueue queue_;
    std::optional<Pending> pending_;
    std::vector<Typed> unwanted_;  // still being made
    std::set<std::string> told_;   // ids without a clip, so that each is logged once
};

}  // namespace machikoe
