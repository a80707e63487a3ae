// Client: moves waiting envelopes to the server, decides when to try again.
//
// Delivery is at least once; the server's ledger makes it exactly once.  Only 201 and
// 202 are success: a captive portal answers 200.  Every request has a connect and a
// total limit.  No server, for ever, is a normal state: answers wait on disk.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "sync/outbox/outbox.h"
#include "sync/wire/record.h"

namespace machikoe {

struct HttpReply {
    long status = 0;
    std::string body;
    std::string etag;
    std::optional<Milliseconds> retry_after;
};

/// The network, as this house needs it; a fake in tests.
class Transport {
  public:
    virtual ~Transport() = default;
    /// Unavailable when no complete reply came within the limits.
    virtual Result<HttpReply> post(const std::string& url, const std::string& token,
                                   const std::string& body) = 0;
    virtual Result<HttpReply> get(const std::string& url, const std::string& token,
                                  const std::string& etag) = 0;
};

/// libcurl: bodies sent with Content-Encoding: zstd, connect limit 5 s, total 30 s, reply
/// body at most 16 MiB, no redirects, http and https only, no proxy from the environment.
std::unique_ptr<Transport> make_curl_transport();

/// How long to wait after `failures` (≥ 1) failures in a row: doubling from 2 s to 5 min,
/// of which a random half (`jitter` in 0…1) is added, so that kiosks do not come back
/// together.
Milliseconds backoff(int failures, double jitter);

struct SendReport {
    std::size_t sent = 0;      // envelopes receipted by this call
    bool more = false;         // others still wait
};

/// Sends one batch.  Denied: credential unknown or revoked (keep waiting, tell staff).
/// Invalid: the server cannot read the batch (a defect; halves the batch next time).
Result<SendReport> send_one_batch(Outbox& outbox, Transport& transport,
                                  std::size_t limit = kMaxBatchEnvelopes);

/// Exchanges a one-time code for a credential and stores it in the outbox.
Status enrol(Outbox& outbox, Transport& transport, const std::string& server,
             const std::string& code);

/// The one small value that the sync thread shares with the screens.
struct SyncStatus {
    bool enrolled = false;
    std::int64_t waiting = 0;
    std::optional<Milliseconds> last_success;  // wall
    std::string last_error;                    // for staff; "" after a success
};

/// The second thread of the kiosk.  Opens its own Outbox on the same file.
class SyncThread {
  public:
    SyncThread(std::filesystem::path folder, std::unique_ptr<Transport> transport);
    ~SyncThread();  // stops within the time of one request at most
    void wake();    // something was appended
    SyncStatus status() const;
    /// Blocks until nothing waits or `limit` passed; false when something still waits.
    bool drain(Milliseconds limit);

  private:
    struct Data;
    std::unique_ptr<Data> data_;
};

}  // namespace machikoe
