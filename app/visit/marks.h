// Marks: what only the kiosk can know of a finished response: given in a hurry, or twice.
//
// Exact times are blurred before they are published, so the kiosk says beforehand what they would
// have shown.  A mark never keeps an answer from being saved; evaluations flag and count it.
#pragma once

#include <optional>

#include "app/base/clock.h"
#include "app/survey/response.h"

namespace machikoe {

/// Under this for each answer nobody has read the question.
inline constexpr int kHurriedSecondsPerAnswer = 2;
/// The same answers so soon after are one person's play more often than two people's opinion.
inline constexpr Milliseconds kRepeatWithin{120'000};

class Marks {
  public:
    /// Sets hurried and repeated.  `now` is monotonic.  The answers just before are remembered as
    /// a hash, and only so long.
    void mark(Response& response, Milliseconds now);

  private:
    struct Last {
        std::string digest;
        Milliseconds when{0};
    };
    std::optional<Last> last_;
};

}  // namespace machikoe
