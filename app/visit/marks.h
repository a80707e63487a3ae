// Marks: what only the kiosk can know of a finished response: given in a hurry, or twice.
//
// Exact times are blurred before they are published, so the kiosk says beforehand what they would
// have shown.  A mark never keeps an answer from being saved; evaluations flag and count it.
//
// Visits that were abandoned leave one thing: at which question.  It travels with the next
// response, because nothing else leaves a kiosk.
#pragma once

#include <optional>

#include "app/base/clock.h"
#include "app/survey/response.h"
#include "app/visit/visit.h"

namespace machikoe {

/// Under this for each answer nobody has read the question.
inline constexpr int kHurriedSecondsPerAnswer = 2;
/// The same answers so soon after are one person's play more often than two people's opinion.
inline constexpr Milliseconds kRepeatWithin{120'000};
/// More are not carried: a kiosk whose screen a child plays with all day.
inline constexpr std::size_t kMostAbandoned = 50;

class Marks {
  public:
    /// At every frame.
    void watch(const Visit& visit);
    /// Sets hurried, repeated and abandoned.  `now` is monotonic.  The answers just before are
    /// remembered as a hash, and only so long.
    void mark(Response& response, Milliseconds now);

  private:
    struct Last {
        std::string digest;
        Milliseconds when{0};
    };
    std::optional<Last> last_;
    std::string question_;                // of the visit going on, the last that was shown
    std::vector<std::string> abandoned_;  // since the last response
};

}  // namespace machikoe
