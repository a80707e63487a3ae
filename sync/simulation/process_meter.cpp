#include "sync/simulation/process_meter.h"

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace machikoe::simulation {
namespace {

std::ifstream open_proc(int pid, const char* name) {
    return std::ifstream("/proc/" + std::to_string(pid) + "/" + name);
}

}  // namespace

std::optional<double> cpu_seconds_of(int pid) {
    std::string line;
    if (std::ifstream in = open_proc(pid, "stat"); !std::getline(in, line)) return std::nullopt;
    // The program's name is in brackets and may hold anything, brackets and blanks too.
    std::istringstream fields(line.substr(line.rfind(')') + 1));
    constexpr int kFieldsBefore = 11;  // state … cmajflt: proc(5), fields 3 to 13
    std::string skipped;
    for (int i = 0; i < kFieldsBefore; ++i) fields >> skipped;
    std::int64_t user = 0, system = 0;
    if (!(fields >> user >> system)) return std::nullopt;
    return static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::optional<std::int64_t> memory_of(int pid) {
    std::ifstream in = open_proc(pid, "status");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("RssAnon:")) return std::stoll(line.substr(8)) * 1024;
    return std::nullopt;
}

}  // namespace machikoe::simulation
