// Speaker: says utterances, and does with them what a person with headphones wants.
//
// Only headphones are heard unless the person has chosen the loudspeaker, and what is private is
// said in headphones alone, whatever was chosen.  Pulling them out ends all speech.  Volume and
// rate are the person's; reset() forgets both, and every word, before the next one comes.
//
//   say, repeat, a change of rate   a new generation; the SpeechRenderer fades the old one out (5
//   ms) work()                          decodes it, half a second ahead, into the BlockQueue
//   render()                        hands it out, 5 ms at a time
//
// No threads in here: SpeakerDrive has them, and a test calls work() and render() itself.  Any
// thread may call what is public, except that work() is for one thread and render() for one.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/speech/block_queue.h"
#include "app/speech/feeder.h"
#include "app/speech/levels.h"
#include "app/speech/speech_renderer.h"
#include "app/speech/utterance.h"

namespace machikoe {

enum class SpeechState {
    Nothing,   // was said to this person
    Speaking,  // or about to
    Paused,
    Stopped,  // before its end, or refused by the headphones
    Ended,
};

struct SpeechProgress {
    SpeechState state = SpeechState::Nothing;
    std::string id;     // of the utterance
    SpeechPoint point;  // what is heard now, or was last

    bool is_underway() const {
        return state == SpeechState::Speaking || state == SpeechState::Paused;
    }
};

class Speaker {
  public:
    Speaker();
    Speaker(const Speaker&) = delete;
    Speaker& operator=(const Speaker&) = delete;

    /// Instead of whatever is being said.  Denied: it is private and there are no headphones, or
    /// there are none and the loudspeaker was not chosen; what was being said ends all the same.
    /// Invalid: no clips, or more than kMostClips.  What is wrong with single clips comes later:
    /// take_errors().
    Status say(Utterance utterance);
    /// The last utterance from its beginning, also after stop() and after its end.  NotFound: there
    /// is none.  Denied: as say().
    Status repeat();
    void pause();
    void resume();
    void stop();

    /// False: it is as loud, quiet, fast or slow as it gets.
    bool louder();
    bool quieter();
    bool faster();
    bool slower();
    int volume_db() const;  // of the output in use
    int rate_percent() const;

    /// A fact, told by whoever watches the jack.
    void set_headphones(bool are_plugged_in);
    /// The person's choice, after a warning that others will hear it.
    void set_loudspeaker(bool is_chosen);
    bool can_say(Privacy privacy) const;

    /// As for a person who has just come.  Headphones are as they are.
    void reset();

    SpeechProgress progress() const;
    /// What was wrong with clips since the last call, for a log; the oldest are dropped after 16.
    std::vector<Error> take_errors();

    // ---- for whoever drives it

    /// Decodes one piece.  False: nothing to do now; see wait_for_work().
    bool work();
    /// Until there is something to say, or the decoder may go on, or `stop`.
    void wait_for_work(const std::stop_token& stop, Milliseconds at_most);
    /// Never waits or allocates.
    void render(std::span<float> to) noexcept { renderer_.render(to); }
    /// Grows when it would be a good time to look for a sound device again.
    std::uint32_t device_wishes() const;
    /// Samples handed out since the beginning, silence included.
    std::uint64_t frames() const { return renderer_.frames(); }
    /// Times that speech was late in the middle of an utterance.
    std::uint32_t gaps() const { return renderer_.gaps(); }

  private:
    // All with mutex_ held.
    bool may_say(Privacy privacy) const;
    Output output() const;
    Status begin(std::shared_ptr<const Utterance> utterance);
    void order_from(SpeechPoint point);
    void end_speech();
    void set_gain();
    SpeechPoint point() const;
    SpeechState state() const;
    bool change_volume(int by_db);
    bool change_rate(int by);

    mutable std::mutex mutex_;
    std::condition_variable_any something_new_;
    BlockQueue queue_;
    SpeechRenderer renderer_{queue_};
    Feeder feeder_;  // of the thread that works

    std::shared_ptr<const Utterance> last_;  // that was said, or is
    std::uint32_t generation_ = 0;
    SpeechPoint from_;                    // where generation_ begins
    std::optional<SpeechPoint> stopped_;  // where
    bool is_paused_ = false;
    std::optional<SpeechOrder> order_;  // that the working thread has not seen
    bool are_headphones_in_ = false;
    bool is_loudspeaker_chosen_ = false;
    std::array<int, 2> volumes_db_{};
    std::size_t rate_ = kFirstRate;
    std::vector<Error> errors_;
    std::uint32_t device_wishes_ = 0;
};

}  // namespace machikoe
