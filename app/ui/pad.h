// Pad: the keys of a keypad or of switches on their way to the focus.
//
// Lets no tremor through, hands out one key a frame as a finger is handed out, and with one switch
// moves the focus on by itself.  The time never goes back.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

#include "app/ui/focus.h"

namespace machikoe {

class Pad {
  public:
    explicit Pad(PadOptions options) : options_(options), focus_(options.route) {}

    Focus& focus() { return focus_; }
    const Focus& focus() const { return focus_; }

    /// False: the hand trembled.
    bool is_meant(PadKey key, Milliseconds now);
    void push(PadKey key) { keys_.push_back(key); }
    bool empty() const { return keys_.empty(); }

    struct Taken {
        bool is_pressed = false;  // somebody pressed a key
        std::string activated;    // as Focus::press()
    };
    /// What the keys of this frame do; at most one.
    Taken take(Milliseconds now);
    /// When the focus goes on by itself; nullopt: it does not.
    std::optional<Milliseconds> next_due() const;

  private:
    bool scans() const { return options_.scan > Milliseconds{0} && focus_.is_shown(); }

    PadOptions options_;
    Focus focus_;
    std::deque<PadKey> keys_;
    std::map<PadKey, Milliseconds> pressed_;  // when last
    Milliseconds moved_{0};                   // the focus, by itself or by a key
    int rounds_ = 0;                          // that it has gone in vain
};

}  // namespace machikoe
