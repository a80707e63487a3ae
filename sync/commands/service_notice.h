// ServiceNotice: what the service manager (systemd) is told: ready, stopping, alive.
//
// Without a service manager nothing is told to anybody.  What goes wrong in telling is no reason
// not to serve.  For the one thread that waits for signals.
#pragma once

#include <optional>
#include <string>

#include "app/base/clock.h"

namespace machikoe {

class ServiceNotice {
  public:
    ServiceNotice();

    /// Whoever waits for the start shall wait so much longer.
    void starting(const std::string& status, Milliseconds at_most);
    void ready(const std::string& status);
    void stopping();
    /// Alive, as the manager wants to hear every half of what it grants.
    void alive();
    /// nullopt: it does not want to hear that.
    std::optional<Milliseconds> interval() const { return interval_; }

  private:
    std::optional<Milliseconds> interval_;
};

}  // namespace machikoe
