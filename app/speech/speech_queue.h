// SpeechQueue: what is said when, and what makes way for it.
//
//              | answer        | notice | action | repeat | pause  | over
//   silent     | play          | play   |        | again  |        |
//   speaking   | play instead  | waits  | stop   | again  | pause  | next notice
//   paused     | play instead  | waits  | stop   | again  | resume |
//
// An answer is what a person hears for what they did; it always cuts in (EN 301 549 5.1.3.5).
// What is cut off is not taken up again, except by repeat.  Notices that wait survive all but
// forget(): nobody has heard them yet.  A request made twice within the debounce time was made
// once: a hand that trembles must not start a word five times.
//
// Pure: it is told the time and hands out what a Speaker is to do.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <variant>

#include "app/base/clock.h"
#include "app/speech/speaker.h"
#include "app/speech/utterance.h"

namespace machikoe {

enum class Urgency {
    Answer,  // to what the person has just done
    Notice,  // of the machine's own; can wait for the end of a sentence
};

namespace speech {
struct Play {
    Utterance utterance;
};
struct Repeat {};
struct Pause {};
struct Resume {};
struct Stop {};
}  // namespace speech
using SpeechCommand =
    std::variant<speech::Play, speech::Repeat, speech::Pause, speech::Resume, speech::Stop>;

class SpeechQueue {
  public:
    static constexpr std::size_t kMostNotices = 8;  // the oldest gives way
    static constexpr Milliseconds kLongestDebounce{500};

    /// Above kLongestDebounce is kLongestDebounce (EN 301 549 5.8: up to 0.5 s).
    explicit SpeechQueue(Milliseconds debounce = Milliseconds{250});

    /// The time never goes back.  Each returns what the speaker is to do now, if anything.
    std::optional<SpeechCommand> say(Utterance utterance, Urgency urgency, Milliseconds now);
    /// A key or a touch, whatever it does: before its answer, which may take a while or not come.
    std::optional<SpeechCommand> action();
    std::optional<SpeechCommand> repeat(Milliseconds now);
    std::optional<SpeechCommand> pause_or_resume(Milliseconds now);
    /// Each frame, with what the speaker says of itself: finds the end, and what was refused.
    std::optional<SpeechCommand> tick(SpeechState state, Milliseconds now);
    /// The person has gone.
    std::optional<SpeechCommand> forget();

  private:
    enum class State { Silent, Speaking, Paused };
    SpeechCommand play(Utterance utterance, Milliseconds now);
    bool is_bounce(std::optional<Milliseconds>& last, Milliseconds now) const;

    Milliseconds debounce_;
    State state_ = State::Silent;
    std::deque<Utterance> notices_;
    std::string said_;  // id of the last that began
    bool was_anything_said_ = false;
    Milliseconds began_{0};
    std::optional<Milliseconds> repeated_, paused_;
};

/// As say(), repeat() and so on of the speaker.
Status carry_out(SpeechCommand command, Speaker& speaker);

}  // namespace machikoe
