#include "app/base/memory.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

namespace machikoe {
namespace {

/// /proc/swaps has a heading and a line for each.
bool is_there_swap() {
    std::ifstream swaps("/proc/swaps");
    std::string line;
    std::getline(swaps, line);
    return static_cast<bool>(std::getline(swaps, line));
}

/// Only without a limit: with one, the program would end at the page that goes beyond it.
bool may_lock_all() {
    rlimit limit{};
    if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0) return false;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_MEMLOCK, &limit);
    return limit.rlim_max == RLIM_INFINITY || geteuid() == 0;
}

}  // namespace

MemoryProtection protect_memory() {
    MemoryProtection protection;
    const rlimit none{0, 0};
    const bool limited = setrlimit(RLIMIT_CORE, &none) == 0;
    protection.no_dumps = prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && limited;
    protection.locked = may_lock_all() && mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0;
    protection.swap_used = is_there_swap();
    return protection;
}

std::string advice_on(const MemoryProtection& protection) {
    std::string advice;
    if (!protection.no_dumps) advice = "core dumps cannot be switched off";
    if (!protection.locked && protection.swap_used)
        advice += std::string(advice.empty() ? "" : "; ") +
                  "answers in progress may be written to swap: switch it off (swapoff -a), encrypt "
                  "it, or give this program LimitMEMLOCK=infinity";
    return advice;
}

}  // namespace machikoe
