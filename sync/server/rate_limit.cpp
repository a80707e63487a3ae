#include "sync/server/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace machikoe {

int RateLimit::seconds_to_wait(const std::string& sender, Milliseconds monotonic) {
    if (buckets_.size() >= kMaxSenders) forget(monotonic);
    Bucket& bucket = buckets_.try_emplace(sender, Bucket{burst_, monotonic}).first->second;
    bucket = {filled(bucket, monotonic), monotonic};
    if (bucket.left < 1) return static_cast<int>(std::ceil((1 - bucket.left) / per_second_));
    bucket.left -= 1;
    return 0;
}

double RateLimit::filled(const Bucket& bucket, Milliseconds now) const {
    const double seconds = std::chrono::duration<double>(now - bucket.at).count();
    return std::min(burst_, bucket.left + std::max(0.0, seconds) * per_second_);
}

int RateLimit::wait_now(const std::string& sender, Milliseconds monotonic) const {
    const auto found = buckets_.find(sender);
    if (found == buckets_.end()) return 0;
    const double left = filled(found->second, monotonic);
    return left < 1 ? static_cast<int>(std::ceil((1 - left) / per_second_)) : 0;
}

void RateLimit::forget(Milliseconds now) {
    std::erase_if(buckets_, [&](const auto& each) { return filled(each.second, now) >= burst_; });
    if (buckets_.size() >= kMaxSenders) buckets_.clear();
}

}  // namespace machikoe
