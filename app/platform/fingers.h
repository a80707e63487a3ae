// Fingers: many fingers on the glass, one pointer for the screens.
//
// The newest finger is the pointer: whoever rests a palm or a sleeve on the glass can still tap.
// What the finger before it had begun is cancelled, and when the newest one lifts none of the
// others takes over, for none of them means anything by lying there.
//
// Values only; no threads, no window system.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace machikoe {

enum class PointerKind { Down, Move, Up, Cancel };

struct PointerChange {
    PointerKind kind;
    float x, y;  // physical px
    bool operator==(const PointerChange&) const = default;
};

struct TouchEvent {
    enum class Kind { Begin, Update, End } kind;
    std::uint64_t finger;  // the same from Begin to End
    float x, y;            // physical px
};

class Fingers {
  public:
    /// What this does to the pointer, in this order.
    std::vector<PointerChange> next(const TouchEvent& event);
    /// The touch in progress counts no longer.
    void forget() { newest_.reset(); }
    bool touching() const { return newest_.has_value(); }

  private:
    std::optional<std::uint64_t> newest_;
    float x_ = 0, y_ = 0;
};

}  // namespace machikoe
