// Courier: one step of delivery at a time, and how long to rest before the next.
//
//   what happened            what comes next
//   ---------------------    ------------------------------------------------------------
//   receipts                 the rest at once; batches grow back to their full size
//   nothing to send          rest until woken
//   no reply                 back-off; half the batch, in case the line is too slow for it
//   429, 503                 back-off, and not before Retry-After
//   200, 3xx, 404, 5xx, …    back-off: whoever answered, it was not our server at work
//   401                      back-off, until the enrolment is another one
//   not proven yet           the canary first, with back-off
//   receipts without the     back-off: it was not our server
//   server's signature
//   400, 413                 half the batch; a batch of one is set aside as stuck
//
// Stuck envelopes are tried again alone, after 10 minutes, then later and later; a
// restart tries them at once.  Decides by the clock it is given and sleeps nowhere.
// Belongs to the thread of its Outbox and KeyStore.
#pragma once

#include <functional>
#include <map>

#include "sync/client/client.h"

namespace machikoe {

enum class Pace {
    Patient,
    Hurried,  // somebody waits: back-off of a second at most; Retry-After still holds
};

class Courier {
  public:
    using Jitter = std::function<double()>;  // 0…1
    Courier(Outbox& outbox, KeyStore& keys, Transport& transport, const Clock& clock,
            Jitter jitter);

    /// Sends one batch, if it is time.  How long to rest; a wake may come sooner.
    Milliseconds step(Pace pace = Pace::Patient);
    const SyncStatus& status() const { return status_; }
    /// nullopt, too, when it is not this kiosk.db that was enrolled.
    const std::optional<Enrolment>& enrolment() const { return enrolment_; }

  private:
    struct Stuck {
        int refusals = 0;
        Milliseconds retry_at{0};
    };

    Status refresh();
    Milliseconds prove_first(Milliseconds now, Pace pace);
    Milliseconds deliver(Milliseconds now);
    Milliseconds succeeded(const BatchAttempt& attempt);
    void failed(const BatchAttempt& attempt, Milliseconds now);
    void refused(const BatchAttempt& attempt, Milliseconds now);
    void rest(Milliseconds now, int failures);
    Milliseconds rest_left(Milliseconds now, Pace pace) const;
    void forget_old(Milliseconds now);

    Outbox& outbox_;
    KeyStore& keys_;
    Transport& transport_;
    const Clock& clock_;
    Jitter jitter_;

    SyncStatus status_;
    std::optional<Enrolment> enrolment_;
    std::size_t limit_ = kMaxBatchEnvelopes;
    int failures_ = 0;              // in a row
    int refusals_ = 0;              // since the last receipt
    Milliseconds rest_from_{0};     // our own back-off began …
    Milliseconds rest_until_{0};    // … and ends
    Milliseconds server_until_{0};  // Retry-After
    std::map<std::int64_t, Stuck> stuck_;
    std::optional<Milliseconds> forget_at_;
};

}  // namespace machikoe
