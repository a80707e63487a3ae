// VirtualDisplay: an X server without a screen, for tests that open windows.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

namespace machikoe {

/// A display without a screen, gone with the object.
class VirtualDisplay {
  public:
    explicit VirtualDisplay(const char* geometry)
        : VirtualDisplay(std::vector<std::string>{"Xvfb", "-screen", "0", geometry, "-nolisten",
                                                  "tcp", "-noreset"}) {}
    /// Any X server; it is told -displayfd besides.
    explicit VirtualDisplay(std::vector<std::string> command) {
        int ends[2];
        if (::pipe(ends) != 0) return;
        command.insert(command.end(), {"-displayfd", std::to_string(ends[1])});
        child_ = ::fork();
        if (child_ == 0) {
            // Its keyboard compiler's warnings are nobody's; and it goes when the test does.
            ::prctl(PR_SET_PDEATHSIG, SIGTERM);
            ::dup2(::open("/dev/null", O_WRONLY), STDERR_FILENO);
            ::close(ends[0]);
            std::vector<char*> arguments;
            for (std::string& word : command) arguments.push_back(word.data());
            arguments.push_back(nullptr);
            ::execvp(arguments[0], arguments.data());
            ::_exit(127);
        }
        ::close(ends[1]);
        char digits[16] = {};
        std::size_t length = 0;
        while (length < sizeof digits - 1 && ::read(ends[0], digits + length, 1) == 1 &&
               digits[length] != '\n') {
            ++length;
        }
        digits[length] = 0;
        ::close(ends[0]);
        name_ = length > 0 ? ":" + std::string(digits) : "";
    }
    ~VirtualDisplay() {
        if (child_ <= 0) return;
        ::kill(child_, SIGTERM);
        ::waitpid(child_, nullptr, 0);
    }
    /// ":7"; "" when it did not start.
    const std::string& name() const { return name_; }

  private:
    pid_t child_ = -1;
    std::string name_;
};

}  // namespace machikoe
