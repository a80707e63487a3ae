// Clock: what time it is, handed to whatever decides.
//
// Two readings that must never be mixed.  monotonic() only ever grows and is for
// delays and durations; a wrong wall clock cannot shorten a resident's time.
// wall() is the calendar, milliseconds since 1970 UTC, and may jump.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace machikoe {

using Milliseconds = std::chrono::milliseconds;

class Clock {
  public:
    virtual ~Clock() = default;
    virtual Milliseconds monotonic() const = 0;
    virtual Milliseconds wall() const = 0;
};

class SystemClock final : public Clock {
  public:
    Milliseconds monotonic() const override;
    Milliseconds wall() const override;
};

/// A clock that stands still until told otherwise: tests and scripted residents.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(Milliseconds wall_start = Milliseconds{1'650'000'000'000});
    Milliseconds monotonic() const override { return elapsed_; }
    Milliseconds wall() const override { return wall_start_ + elapsed_; }
    void advance(Milliseconds by) { elapsed_ += by; }

  private:
    Milliseconds wall_start_;
    Milliseconds elapsed_{0};
};

/// "2022-06-01" and 0…23 in Japan Standard Time (UTC+9, no summer time), which is
/// all of the time of an answer that is ever recorded.
struct DayHour {
    std::string day;
    int hour = 0;
    bool operator==(const DayHour&) const = default;
};
DayHour day_hour_in_japan(Milliseconds wall);

}  // namespace machikoe
