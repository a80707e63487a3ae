// Memory: keeps what this program holds in memory from leaving it.
//
// An unfinished answer is nowhere but in memory.  So no core dump is written, no other program of
// this user may read the memory, and its pages are not written to swap, as far as the system
// allows; what it does not allow is told, for whoever runs the kiosk.
#pragma once

#include <string>

namespace machikoe {

struct MemoryProtection {
    bool no_dumps = false;
    bool locked = false;     // no page will be swapped out
    bool swap_used = false;  // there is swap that pages could go to
    bool is_good() const { return no_dumps && (locked || !swap_used); }
};

/// Once, at the start of a program.  Pages are locked when they are first used, so that memory
/// that was only reserved stays free.
MemoryProtection protect_memory();

/// One line for a log: what is not protected, and what an operator can do; "" when all is well.
std::string advice_on(const MemoryProtection& protection);

}  // namespace machikoe
