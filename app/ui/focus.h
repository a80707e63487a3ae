// Focus: going through a screen without touching the glass, by a keypad or by switches.
//
// One line leads through the nodes of a screen in reading order.  With a keypad headings and texts
// are on it, too, because who cannot see the screen reads by going through it; with switches only
// what can be done.  A screen begins at its heading, and what changes without a new screen leaves
// the focus where it was.
//
// Pure but for draw_ring(): nodes in, the id of what is to be done out.  ImGui's own navigation
// stays off: it skips texts, and its arrows get stuck.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/ui.h"

namespace machikoe {

/// The first six go through the screen, the others are for who listens.
enum class PadKey {
    Previous,
    Next,
    PageBack,
    PageOn,
    Enter,
    Help,
    Repeat,
    Pause,
    Louder,
    Quieter,
    Faster,
    Slower,
    Curtain
};

enum class Route {
    Everything,  // keypad: to the ends and no further
    Actions,     // switches: round and round
};

struct PadOptions {
    Route route = Route::Everything;
    /// With one switch: the focus goes on by itself so often; 0: only when told to.
    Milliseconds scan{0};
    /// A key that is pressed again so soon is a tremor.
    Milliseconds debounce{0};
};
inline constexpr Milliseconds kLeastScan{1'000}, kMostScan{5'000}, kMostDebounce{500};

class Focus {
  public:
    explicit Focus(Route route) : route_(route) {}

    /// After each frame: what is on the screen now.
    void follow(const std::vector<Node>& nodes, std::uint32_t step);
    /// The id of the node that is to be done; "": none, the focus moved or the end was reached. The
    /// first key after hide() only shows where the focus is, unless it leads somewhere by itself.
    std::string press(PadKey key);
    /// A finger is on the glass, or somebody else stands there.
    void hide() { shown_ = false; }
    /// Without a key: somebody is there who does not see where it is.
    void show() { shown_ = true; }

    bool is_shown() const { return shown_ && at_ < stops_.size(); }
    /// The node is an action, not words to be read.
    bool acts() const { return is_shown() && stops_[at_].acts; }
    /// Of how many, from 1; 0 of 0 when there is none.
    std::size_t place() const { return is_shown() ? at_ + 1 : 0; }
    std::size_t count() const { return is_shown() ? stops_.size() : 0; }
    /// "" when there is none.
    std::string_view id() const { return is_shown() ? stops_[at_].id : std::string_view(); }
    /// Of the screen that the focus is on.
    std::uint32_t step() const { return step_; }
    /// The last key led beyond the first or the last stop, or to what cannot be done.
    bool is_at_edge() const { return at_edge_; }

  private:
    struct Stop {
        std::string id;
        bool acts = false;
    };
    void move(int by);
    /// The first of them that can be done now; "": none.
    std::string first_of(std::initializer_list<std::string_view> ids) const;

    const Route route_;
    std::vector<Stop> stops_;
    std::vector<std::string> actions_;  // ids of all that can be done
    std::size_t at_ = 0;
    std::uint32_t step_ = 0;
    bool has_followed_ = false, shown_ = false, at_edge_ = false;
};

/// Yellow between two black lines, at least 2 mm, cyan where the theme is yellow: seen on every
/// theme and every picture.
void draw_ring(Ui& ui, const Rect& bounds);

}  // namespace machikoe
