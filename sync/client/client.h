// Client: moves waiting envelopes to the server, decides when to try again.
//
// Delivery is at least once; the server's ledger makes it exactly once.  Only 201 and
// 202 are success: a captive portal answers 200.  Every request has a connect and a
// total limit.  No server, for ever, is a normal state: answers wait on disk.
//
// Whom the kiosk believes is settled at enrolment: TLS by the one authority whose fingerprint came
// with the code, receipts by the server's signature.  Whatever else answers is nobody.
//
// An envelope that the server cannot read never blocks those behind it: it is set aside,
// tried again later and later, and counted in the status.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "sync/outbox/outbox.h"
#include "sync/seal/key_store.h"
#include "sync/wire/health.h"
#include "sync/wire/record.h"
#include "sync/wire/totals.h"

namespace machikoe {

struct HttpReply {
    long status = 0;
    std::string body;
    std::string etag;  // as it stands in the header, quotation marks included
    std::optional<Milliseconds> retry_after;
    std::optional<Milliseconds> date;  // wall, as the server sees it
};

/// The network, as this house needs it; a fake in tests.  One thread, except cancel().
class Transport {
  public:
    virtual ~Transport() = default;
    /// Unavailable when no complete reply came within the limits.  An empty token or etag
    /// is not sent.
    virtual Result<HttpReply> post(const std::string& url, const std::string& token,
                                   const std::string& body) = 0;
    virtual Result<HttpReply> get(const std::string& url, const std::string& token,
                                  const std::string& etag) = 0;
    /// A GET from whoever answers there: only for what is believed by its fingerprint.
    virtual Result<HttpReply> get_unverified(const std::string& url) { return get(url, "", ""); }
    /// From now on https is believed if this authority (PEM) signed it, and no other; "": none.
    virtual void trust(const std::string& authority) { (void)authority; }
    /// From any thread, for good: the request under way ends with Unavailable within about
    /// a second, and so does every later one.
    virtual void cancel() {}
};

struct TransportLimits {
    Milliseconds connect{5'000};
    Milliseconds total{30'000};
    std::size_t reply_bytes = 16u << 20;
    std::string from;  // the address of this machine that calls; "": whichever
};

/// libcurl: bodies of 1 KiB and more sent with Content-Encoding: zstd, replies only as they
/// are (no decompression), no redirects, http and https only, TLS 1.2 or newer, no proxy
/// from the environment.  Trusts no authority of the system: only what trust() gave.
std::unique_ptr<Transport> make_curl_transport(TransportLimits limits = {});

/// How long to wait after `failures` (≥ 1) failures in a row: doubling from 2 s to 5 min,
/// and up to half of that on top (`jitter` in 0…1), so that kiosks do not come back
/// together.
Milliseconds backoff(int failures, double jitter);

struct SendReport {
    std::size_t sent = 0;  // envelopes receipted by this call
    bool more = false;     // others still wait
};

/// The batch of these, signed.
Batch signed_batch(const std::string& kiosk, const std::vector<WaitingEnvelope>& waiting,
                   const SigningKey& key);

/// Sends one batch.  Denied: not enrolled and proven, enrolled as another kiosk, credential unknown
/// or revoked (keep waiting, tell staff).  Invalid: the server cannot read the batch (a defect; a
/// smaller batch may pass).  Unavailable: try again later; also when receipts came that the
/// enrolled server did not sign, and of those nothing is marked.
/// REQUIRES: `transport` trusts the enrolment's authority.
Result<SendReport> send_one_batch(Outbox& outbox, const KeyStore& keys, Transport& transport,
                                  std::size_t limit = kMaxBatchEnvelopes);

/// The same, with what is needed to decide what to do next.
struct BatchAttempt {
    Result<SendReport> result;
    std::vector<std::int64_t> numbers;  // of the envelopes that were in it
    bool replied = false;               // the server, or somebody in its place, said something
    std::optional<Milliseconds> retry_after;
};
BatchAttempt attempt_batch(Outbox& outbox, const KeyStore& keys, Transport& transport,
                           std::size_t limit, const std::set<std::int64_t>& except);

/// Enrols with what `machikoe enroll` printed, and proves it.  The same call again, after whatever
/// cut it off, goes on where it stood while the code lasts; with a code that has done its work
/// it asks nobody.  Denied: the code is unknown, spent or expired, or the server is not the one
/// that the code is of (nothing was sent to it).  Invalid: no such code, or an address that is
/// neither https nor this machine; a credential does not travel in the clear.  Unavailable: try
/// again, nothing has changed.
Status enrol(const std::string& kiosk, KeyStore& keys, Transport& transport,
             const std::string& server, const std::string& printed_code);

/// The canary: seals random bytes to the server's key and is enrolled once the server has told
/// what they were.  Nothing to do when proven already.  Denied: not enrolled, enrolled as another
/// kiosk, revoked.  Unavailable: not proven, try again.  Has the transport trust the enrolment.
Status prove(const std::string& kiosk, KeyStore& keys, Transport& transport);

/// This kiosk's enrolment.  Denied: none, or that of another kiosk.db than this folder's.
Result<Enrolment> enrolment_of(const std::string& kiosk, const KeyStore& keys);

/// The one small value that the sync thread shares with the screens.
struct SyncStatus {
    bool enrolled = false;  // and proven
    std::int64_t waiting_responses = 0;
    std::int64_t waiting_envelopes = 0;
    std::int64_t stuck = 0;  // of the envelopes, set aside because the server cannot read them
    std::optional<Milliseconds> last_success;      // wall
    std::string last_error;                        // for operators; "" after a success
    ErrorCode last_code = ErrorCode::Unavailable;  // of last_error
};

/// What staff set that the server's people want to know.
struct Standing {
    std::optional<OpenWeek> hours;
    std::optional<RunningEvent> event;
    bool operator==(const Standing&) const = default;
};

/// The second thread of the kiosk.  Opens its own Outbox and KeyStore on the same files, which must
/// be there.
class SyncThread {
  public:
    SyncThread(std::filesystem::path folder, std::unique_ptr<Transport> transport);
    ~SyncThread();  // within about a second, even during a request
    SyncThread(const SyncThread&) = delete;
    SyncThread& operator=(const SyncThread&) = delete;

    /// Told with the next report.
    void set_standing(Standing standing);
    void wake();  // something was appended, or the kiosk was enrolled
    SyncStatus status() const;
    /// The server's totals as last fetched, whatever pack they are of; nullptr: none yet.
    std::shared_ptr<const Totals> totals() const;
    /// Blocks until nothing waits or `limit` passed; false when something still waits.
    /// Meanwhile the pauses after failures are short.
    bool drain(Milliseconds limit);

  private:
    struct Data;
    std::unique_ptr<Data> data_;
};

}  // namespace machikoe
