// ProcessMeter: what another process of this machine has used, as Linux tells it in /proc.
#pragma once

#include <cstdint>
#include <optional>

namespace machikoe::simulation {

/// User and system time of all its threads, in steps of 10 ms; nullopt: no such process.
std::optional<double> cpu_seconds_of(int pid);
/// Memory of its own that is in use now, in bytes (RssAnon: without the file cache).
std::optional<std::int64_t> memory_of(int pid);

}  // namespace machikoe::simulation
