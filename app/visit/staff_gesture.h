// Staff gesture: four taps into the corners, clockwise from the upper left, within five
// seconds.  Hidden, made by touch alone, and by nobody by accident.
//
// Looks at fingers, not at screens: it works wherever it is let, whatever lies in a corner.
#pragma once

#include "app/base/clock.h"

namespace machikoe {

class StaffGesture {
  public:
    static constexpr Milliseconds kLasts{5'000};

    /// A finger came down; all in px.  `may_begin`: the first tap counts now.  True: done.
    bool touched(float x, float y, float width, float height, bool may_begin, Milliseconds now);

  private:
    int done_ = 0;
    Milliseconds began_{0};
};

}  // namespace machikoe
