// Progress: a bar on a terminal, once the work has taken longer than a person likes to wait
// blindly.  Nothing where standard error is no terminal.
#pragma once

#include <chrono>
#include <cstdint>

namespace machikoe {

class Progress {
  public:
    explicit Progress(std::int64_t total);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();
    void step();

  private:
    using Time = std::chrono::steady_clock::time_point;
    std::int64_t total_;
    std::int64_t done_ = 0;
    bool wanted_;
    bool shown_ = false;
    Time next_ = std::chrono::steady_clock::now() + std::chrono::seconds(1);
};

}  // namespace machikoe
