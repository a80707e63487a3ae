// Narrator: says what somebody needs who does not see the screen.
//
//   off       headphones are plugged in, or a key is pressed with headphones in   → on, with a
//   welcome
//             a key is pressed without them, where the site has a loudspeaker     → asking
//   asking    Enter                          → on, through the loudspeaker
//             any other key                  → off for this visit; keys work in silence
//             headphones are plugged in      → on
//   on        headphones are pulled out      → off; is somebody still there?
//             the visit ends                 → off, everything as for the next person
//
// On: a new screen is read from its heading to the first thing that can be done, the focus going
// along with what is said; every move of the focus is said, every change of what is in focus, and
// every message that comes up.  Any key but those for listening ends what is being said.  No time
// limit passes while something is said.  Help explains where one is, and then every key that is
// pressed, until it is pressed again.
//
// The welcome is in Japanese and in English.  All else is in the language of the screen.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "app/narration/spoken_output.h"
#include "app/narration/wording.h"
#include "app/ui/stage.h"

namespace machikoe {

struct NarratorOptions {
    /// The site has a loudspeaker that may be asked for.
    bool has_loudspeaker = true;
};

class Narrator final : public StageCompanion {
  public:
    /// REQUIRES: strings and output outlive it.
    Narrator(const Strings& strings, SpokenOutput& output, NarratorOptions options);

    bool take(PadKey key, Milliseconds now) override;
    void touched(Milliseconds now) override;
    void follow(Stage& stage, Now now) override;
    std::optional<Milliseconds> next_due(Milliseconds now) const override;

    bool is_on() const { return mode_ == Mode::On; }

  private:
    enum class Mode { Off, Asking, On };
    /// A frame as it was said.
    struct Seen {
        std::uint32_t step = 0;
        Language language = Language::Ja;
        std::string focus;
        std::map<std::string, Node, std::less<>> nodes;
    };

    void welcome(bool asks, Milliseconds now);
    bool take_while_on(PadKey key, Milliseconds now);
    void take_for_listening(PadKey key, Milliseconds now);
    void watch_headphones(Stage& stage, Now now);
    void end_with_visit();
    /// What is in focus, as it was last seen; nullptr: nothing.
    const Node* focused() const;
    void speak_of(Stage& stage, bool goes_on, Milliseconds now);
    bool say_edge(const Stage& stage, PadKey pressed, Milliseconds now);
    void say_screen(const Stage& stage, Milliseconds now);
    bool say_changes(const Stage& stage, const Seen& before, Milliseconds now);
    void add_writing(Wording& answer, const Node& key, const Seen& before,
                     const Stage& stage) const;
    void read_on(Stage& stage);
    void say_focus(const Stage& stage, Milliseconds now);
    void say(std::string id, Wording wording, Milliseconds now, Urgency urgency = Urgency::Answer);
    static Seen seen_of(const Stage& stage);

    SpokenOutput& output_;
    NarratorOptions options_;
    Worder worder_;
    Mode mode_ = Mode::Off;
    bool is_declined_ = false;    // the loudspeaker, for this visit
    bool is_explaining_ = false;  // keys
    bool reads_on_ = false;
    bool was_visiting_ = false;
    bool has_followed_ = false;
    bool were_headphones_in_ = false;
    bool wants_focus_ = false;
    bool wants_curtain_changed_ = false;
    std::optional<PadKey> pressed_;      // and not answered yet
    std::optional<Milliseconds> acted_;  // when something was last done
    bool waits_for_change_ = false;      // after Enter
    Seen seen_;
    bool has_seen_ = false;
    std::uint64_t said_ = 0;
};

}  // namespace machikoe
