// Program: another program run to its end, with nothing to read and nothing heard of it.
#pragma once

#include <string>
#include <vector>

namespace machikoe {

inline constexpr int kNoSuchProgram = 127;

/// Its exit code; kNoSuchProgram when it is not on the PATH or cannot be started, -1 when a signal
/// ended it.  `arguments`: the program's name first.  Waits for it.
int run_program(std::vector<std::string> arguments);

}  // namespace machikoe
