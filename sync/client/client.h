// Client: moves waiting envelopes to the server, decides when to try again.
//
// Delivery is at least once; the server's ledger makes it exactly once.  Only 201 and
// 202 are success: a captive portal answers 200.  Every request has a connect and a
// total limit.  No server, for ever, is a normal state: answers wait on disk.
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
    /// From any thread, for good: the request under way ends with Unavailable within about
    /// a second, and so does every later one.
    virtual void cancel() {}
};

struct TransportLimits {
    Milliseconds connect{5'000};
    Milliseconds total{30'000};
    std::size_t reply_bytes = 16u << 20;
};

/// libcurl: bodies of 1 KiB and more sent with Content-Encoding: zstd, replies only as they
/// are (no decompression), no redirects, http and https only, TLS 1.2 or newer, no proxy
/// from the environment.
std::unique_ptr<Transport> make_curl_transport(TransportLimits limits = {});

/// How long to wait after `failures` (≥ 1) failures in a row: doubling from 2 s to 5 min,
/// and up to half of that on top (`jitter` in 0…1), so that kiosks do not come back
/// together.
Milliseconds backoff(int failures, double jitter);

struct SendReport {
    std::size_t sent = 0;  // envelopes receipted by this call
    bool more = false;     // others still wait
};

/// Sends one batch.  Denied: not enrolled, credential unknown or revoked (keep waiting,
/// tell staff).  Invalid: the server cannot read the batch (a defect; a smaller batch may
/// pass).  Unavailable: try again later; what was receipted is marked all the same.
Result<SendReport> send_one_batch(Outbox& outbox, Transport& transport,
                                  std::size_t limit = kMaxBatchEnvelopes);

/// The same, with what is needed to decide what to do next.
struct BatchAttempt {
    Result<SendReport> result;
    std::vector<std::int64_t> numbers;  // of the envelopes that were in it
    bool replied = false;               // the server, or somebody in its place, said something
    std::optional<Milliseconds> retry_after;
};
BatchAttempt attempt_batch(Outbox& outbox, Transport& transport, std::size_t limit,
                           const std::set<std::int64_t>& except);

/// Exchanges a one-time code for a credential and stores it in the outbox.  Denied: the
/// code is unknown, spent or expired.  Invalid: the address is neither https nor this
/// machine; a credential and answers do not travel in the clear.
Status enrol(Outbox& outbox, Transport& transport, const std::string& server,
             const std::string& code);

/// The one small value that the sync thread shares with the screens.
struct SyncStatus {
    bool enrolled = false;
    std::int64_t waiting = 0;
    std::int64_t stuck = 0;  // of these, set aside because the server cannot read them
    std::optional<Milliseconds> last_success;      // wall
    std::string last_error;                        // for operators; "" after a success
    ErrorCode last_code = ErrorCode::Unavailable;  // of last_error
};

/// The second thread of the kiosk.  Opens its own Outbox on the same file.
class SyncThread {
  public:
    SyncThread(std::filesystem::path folder, std::unique_ptr<Transport> transport);
    ~SyncThread();  // within about a second, even during a request
    SyncThread(const SyncThread&) = delete;
    SyncThread& operator=(const SyncThread&) = delete;

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
