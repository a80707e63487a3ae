// LineProcess: another program that is given lines and answers in lines, never waited for longer
// than is said.
//
// The program gets a HOME, a PATH and nothing else of our environment, none of our open files, and
// no place to complain to: what it writes to stderr could hold what it was given.  It may hang, die
// or talk nonsense; here that is an Unavailable.  On destruction it is killed and waited for.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/clock.h"
#include "app/base/result.h"

namespace machikoe {

class LineProcess {
  public:
    /// `command`: an absolute path and its arguments.  Unavailable: it cannot be started.
    static Result<std::unique_ptr<LineProcess>> start(const std::vector<std::string>& command,
                                                      const std::filesystem::path& home);
    ~LineProcess();
    LineProcess(const LineProcess&) = delete;
    LineProcess& operator=(const LineProcess&) = delete;

    /// Without waiting.  Unavailable: the program is gone, or does not read.
    Status send(std::string_view lines);
    /// The next line without its end.  nullopt: not yet, after `patience` (0: only looks).
    /// Unavailable: the program is gone, or its line is longer than 1 MiB.
    Result<std::optional<std::string>> line(Milliseconds patience);

  private:
    LineProcess(int process, int socket) : process_(process), socket_(socket) {}
    int process_;
    int socket_;
    std::string unread_;
};

}  // namespace machikoe
