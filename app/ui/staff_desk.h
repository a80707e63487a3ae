// Staff desk: the staff mode on a stage: its state, its gesture, its orders.
//
// The stage asks it whether it has the glass, and draws and hands over wishes accordingly.
// Orders wait here until whoever can carry them out takes them; news comes back by tell().
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "app/ui/screens/staff_screen.h"
#include "app/ui/ui.h"
#include "app/visit/staff.h"
#include "app/visit/staff_gesture.h"

namespace machikoe {

class StaffDesk {
  public:
    const Staff& staff() const { return staff_; }
    bool is_open() const { return staff_.screen != StaffScreen::Closed; }
    bool is_paused() const { return !is_open() && staff_.kept.paused; }

    /// Fingers, before a screen sees them.  `may_begin`: nobody's answers would be disturbed.
    /// True when the mode has just been opened.
    bool watch(const std::vector<PointerEvent>& fingers, const Rect& screen, bool may_begin,
               const Settings& settings, Now now);
    /// What staff wished on the screen of this frame, or that somebody is there.
    void take(const Ui& ui, Now now);
    void tell(const StaffEvent& news, Now now);
    std::optional<StaffOrder> take_order();

    /// The visit as the frame of a staff screen: settings, page, a step of its own.
    Visit as_visit(const Visit& behind) const;
    /// True once after something has changed.
    bool take_changed();
    bool has_changed() const { return changed_; }
    std::optional<Milliseconds> next_due(Now now) const { return next_deadline(staff_, now); }
    /// For pictures and tests.
    void show(const Staff& staff) { staff_ = staff; }

  private:
    Staff staff_;
    StaffGesture gesture_;
    std::deque<StaffOrder> orders_;
    bool changed_ = false;
};

}  // namespace machikoe
