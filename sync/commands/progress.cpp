#include "sync/commands/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace machikoe {

Progress::Progress(std::int64_t total)
    : total_(std::max<std::int64_t>(total, 1)), wanted_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
    if (shown_) fmt::print(stderr, "\r\033[K");
}

void Progress::step() {
    ++done_;
    if (!wanted_ || done_ % 64 != 0) return;  // a clock is not read for each row
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + std::chrono::milliseconds(200);
    shown_ = true;
    constexpr std::int64_t kWidth = 40;
    const std::int64_t filled = std::min(kWidth, kWidth * done_ / total_);
    fmt::print(stderr, "\r[{:#<{}}{:.<{}}] {}", "", filled, "", kWidth - filled, done_);
}

}  // namespace machikoe
