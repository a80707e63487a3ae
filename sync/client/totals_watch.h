// TotalsWatch: fetches the server's totals now and then.
//
// At once, two seconds after a delivery, and every ten minutes; after a failure not before a
// minute.  The last good reply is kept whatever comes later: old totals are still true of those
// whom they count.  What a network in the server's place answers is no totals and changes nothing.
// Belongs to the thread of its Transport; what latest() gives may be read by any.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "sync/client/client.h"

namespace machikoe {

inline constexpr Milliseconds kTotalsEvery = std::chrono::minutes(10);
inline constexpr Milliseconds kTotalsRetry = std::chrono::minutes(1);

/// A server looks about once a second whether there is something new to publish.
inline constexpr Milliseconds kTotalsAfterDelivery{2'000};

class TotalsWatch {
  public:
    TotalsWatch(Transport& transport, const Clock& clock) : transport_(transport), clock_(clock) {}

    /// Something was delivered: the totals may move.
    void delivered();
    /// Fetches from this server, if it is time.  How long to rest.
    Milliseconds step(const std::string& server);
    /// nullptr: none yet.
    const std::shared_ptr<const Totals>& latest() const { return latest_; }

  private:
    Transport& transport_;
    const Clock& clock_;
    std::optional<Milliseconds> due_;  // monotonic; nullopt: now
    std::string etag_;                 // of latest_
    std::shared_ptr<const Totals> latest_;
};

}  // namespace machikoe
