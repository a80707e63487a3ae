// SpokenOutput: where a Narrator's words go.
#pragma once

#include <string>

#include "app/narration/wording.h"
#include "app/speech/speech_queue.h"

namespace machikoe {

class SpokenOutput {
  public:
    virtual ~SpokenOutput() = default;

    /// Whether everything can be said in that language.
    virtual bool speaks(Language language) const = 0;
    /// `id`: what it is about, no text.  What tells an answer is said to headphones alone; to
    /// others it is said that it is not.
    virtual void say(std::string id, Wording wording, Urgency urgency, Milliseconds now) = 0;
    /// A key or a touch: whatever is said ends.
    virtual void hush() = 0;
    virtual void repeat(Milliseconds now) = 0;
    virtual void pause_or_resume(Milliseconds now) = 0;
    /// Each frame.  True while something is said, or about to be.
    virtual bool goes_on(Milliseconds now) = 0;
    /// A pause counts as silence.
    virtual bool is_speaking() const = 0;

    /// One step; what it is then, in steps from 1 and in percent.
    virtual int change_volume(bool is_louder) = 0;
    virtual int change_rate_percent(bool is_faster) = 0;

    virtual bool are_headphones_in() const = 0;
    virtual void set_loudspeaker(bool is_chosen) = 0;
    /// The person has gone: volume, rate, loudspeaker and every word with them.
    virtual void forget() = 0;
};

}  // namespace machikoe
