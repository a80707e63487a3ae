#include "sync/commands/service_notice.h"

#include <fmt/format.h>
#include <systemd/sd-daemon.h>

namespace machikoe {

ServiceNotice::ServiceNotice() {
    std::uint64_t granted_us = 0;
    if (sd_watchdog_enabled(0, &granted_us) > 0 && granted_us > 0)
        interval_ = Milliseconds{static_cast<std::int64_t>(granted_us / 2000)};
}

void ServiceNotice::starting(const std::string& status, Milliseconds at_most) {
    sd_notify(
        0,
        fmt::format("EXTEND_TIMEOUT_USEC={}\nSTATUS={}", at_most.count() * 1000, status).c_str());
}

void ServiceNotice::ready(const std::string& status) {
    sd_notify(0, ("READY=1\nSTATUS=" + status).c_str());
}

void ServiceNotice::stopping() {
    sd_notify(0, "STOPPING=1\nSTATUS=finishing what came in");
}

void ServiceNotice::alive() {
    sd_notify(0, "WATCHDOG=1");
}

}  // namespace machikoe
