// Server: HTTP in front of the store.  docs/protocol.md lists routes and limits.
//
//   POST /v1/enrol    one-time code → known by its credential 201, 403
//   POST /v1/canary   can it be opened?                       201, 400, 401
//   POST /v1/batch    envelopes → receipts, after COMMIT      201, 400, 401, 413, 415, 503
//   GET  /v1/authority  what the server's certificate is signed with   200, 404
//   GET  /v1/pack     the pack now published, with ETag       200, 304, 401
//   GET  /v1/totals   disclosure-controlled counts            200
//
// The routes of pages (pages.h) and programs (api.h) beside them.
//
// Boost.Beast with coroutines in one translation unit; the store lives on a thread of its
// own, which commits what has gathered as one group.  Whole-message deadline 30 s, header
// 8 KiB, body 4 MiB, connections and requests of one sender limited (429).  TLS 1.2 or newer;
// plain HTTP only on loopback.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/survey/pack.h"
#include "sync/seal/server_keys.h"
#include "sync/server/mix.h"
#include "sync/server/proxies.h"
#include "sync/server/routes.h"
#include "sync/server/tls.h"
#include "sync/store/store.h"

namespace machikoe {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::shared_ptr<const TlsIdentity> tls;  // nullptr: plain HTTP, on loopback only
    std::uint16_t port = 0;                  // 0: any free port
    std::size_t max_connections = 2000;      // above: 503 with Retry-After
    std::size_t max_waiting = 256;           // steps that wait for the store; above: 503
    std::size_t max_body_bytes = 64u << 20;  // of all bodies being read at once; above: 503
    Milliseconds message_limit{30'000};      // from a request's first byte to its last
    Milliseconds idle_limit{60'000};         // between two requests of a connection
    Milliseconds stop_limit{5'000};          // for what is still coming in or going out at stop()
    double batches_per_second = 50;          // of one credential
    double tries_per_second = 0.5;           // to enrol, of one address
    double log_ins_per_second = 0.2;         // tries, of one address
    TrustedProxies trusted_proxies;          // whose X-Forwarded-For is believed
    std::string public_origin;               // what browsers call us, behind a proxy; "": by Host
    std::size_t mix = kDefaultMix;           // answers of one site and event released together
    std::string version;                     // of the software
    std::filesystem::path data;              // where exports are made; "": nowhere
    /// A further store on the same database, read-only, for exports and for counting anew after a
    /// deletion; nullptr: no exports, and such a deletion is counted at the next start.
    OpenStore open_reader;
    std::shared_ptr<Metrics> metrics;  // made by start() for all of its parts
};

/// What of them concerns the answers.
RoutesOptions routes_options_of(const ServerOptions& options);

class Server {
  public:
    /// Binds and starts serving on threads of its own.  Invalid: no address, or without TLS one
    /// that is not loopback.  Corrupt: a certificate that cannot be used.  Unavailable: the port is
    /// taken.
    static Result<std::unique_ptr<Server>> start(ServerOptions options,
                                                 std::unique_ptr<Store> store, PackFiles files,
                                                 Pack pack, ServerKeys keys, const Clock& clock);
    virtual ~Server() = default;  // stop() if still running
    virtual std::uint16_t port() const = 0;
    /// The totals that follow every commit.  From any thread but the server's own.
    virtual Routes::Live live() = 0;
    /// Both threads, that of the sockets and that of the store, did something new within `limit`.
    /// From any thread but those.
    virtual bool answers_within(Milliseconds limit) = 0;
    /// Takes no more connections.  Requests that came in whole are answered; what is still on its
    /// way in or out has stop_limit, idle connections are closed.  No accepted batch goes
    /// without its receipt, but to whom does not read it; then returns.  From any thread, any
    /// number of times.
    virtual void stop() = 0;
};

}  // namespace machikoe
