// Trace: what happened in a simulated run, line by line, and one digest of it all.
//
// Lines hold virtual time, machines, numbers and codes; no address, no path, no text of an
// error, so that two runs of one seed give the same bytes wherever they run.
#pragma once

#include <deque>
#include <fstream>
#include <string>
#include <string_view>

#include "app/base/clock.h"

namespace machikoe::simulation {

class Trace {
  public:
    static constexpr std::size_t kLastLines = 60;

    /// `file`: gets every line; "": none.
    explicit Trace(const std::string& file);

    void say(Milliseconds now, std::string_view what);
    /// SHA-256 hex of all lines so far.
    const std::string& digest() const { return digest_; }
    /// The last kLastLines.
    const std::deque<std::string>& last() const { return last_; }

  private:
    std::string digest_;
    std::deque<std::string> last_;
    std::ofstream file_;
};

}  // namespace machikoe::simulation
