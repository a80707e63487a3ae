// RateLimit: how often one sender may come, by a bucket each that fills steadily.
//
// Senders are told apart by a text (a credential's hash, an address) and forgotten when their
// bucket is full again.  Beyond kMaxSenders all are forgotten: a flood of strangers shall not
// take memory, and finds other limits.  Belongs to one thread.
#pragma once

#include <string>
#include <unordered_map>

#include "app/base/clock.h"

namespace machikoe {

class RateLimit {
  public:
    static constexpr std::size_t kMaxSenders = 20'000;

    RateLimit(double per_second, double burst) : per_second_(per_second), burst_(burst) {}

    /// 0: welcome, and counted.  Otherwise in how many seconds the next one is.
    int seconds_to_wait(const std::string& sender, Milliseconds monotonic);
    /// The same without counting: for limits on failures, which are known only afterwards.
    int wait_now(const std::string& sender, Milliseconds monotonic) const;

  private:
    struct Bucket {
        double left;
        Milliseconds at;
    };
    double filled(const Bucket& bucket, Milliseconds now) const;
    void forget(Milliseconds now);

    double per_second_;
    double burst_;
    std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace machikoe
