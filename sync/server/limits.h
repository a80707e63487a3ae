// Limits: what the process gives out and gets back.
#pragma once

#include <sys/resource.h>

#include <algorithm>
#include <cstddef>

namespace machikoe {

/// A share of the memory that bodies may take, given back at the end.
class Reservation {
  public:
    explicit Reservation(std::size_t& total) : total_(total) {}
    ~Reservation() { total_ -= mine_; }
    Reservation(const Reservation&) = delete;
    Reservation& operator=(const Reservation&) = delete;
    bool take(std::size_t bytes, std::size_t limit) {
        if (bytes > limit - std::min(limit, total_)) return false;
        total_ += mine_ = bytes;
        return true;
    }

  private:
    std::size_t& total_;
    std::size_t mine_ = 0;
};

/// Many connections need many file descriptors; the usual soft limit is 1024.
inline void raise_file_limit(std::size_t wanted) {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, wanted);
    setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace machikoe
