// Metrics: how the server is doing, in numbers, for Prometheus.
//
// Labels are names of routes, methods, statuses and outcomes, all from lists of our own: what a
// stranger sends makes no new series, and no kiosk, account, address or answer is ever a label.
//
// Counting is safe from every thread.  What is only looked at when somebody asks (gauge()) is
// read on the thread that calls text(), which is that of the Routes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace machikoe {

class Metrics {
  public:
    explicit Metrics(const std::string& version);
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// `route`: Routes::route_name().
    void answered(std::string_view route, std::string_view method, unsigned status, double seconds);
    /// What became of an envelope: "accepted", "duplicate", "conflict", "quarantined".
    enum class Envelope { Accepted, Duplicate, Conflict, Quarantined };
    void took(Envelope what);
    void committed(double seconds, std::size_t envelopes);
    void released(std::size_t responses);
    /// A connection that was turned away, a TLS handshake that failed, a request that broke off,
    /// a log-in or an access key that was refused.
    enum class Trouble { ConnectionRefused, HandshakeFailed, RequestBroken, AccessRefused };
    void failed(Trouble what);

    /// Sets a gauge by a name of ours.
    void set(const std::string& name, const std::string& help, double value);
    /// Asked at every text().  REQUIRES: callable for as long as text() is called.
    void gauge(const std::string& name, const std::string& help, std::function<double()> read);

    /// The text format that Prometheus reads, version 0.0.4.
    std::string text();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// GET, POST, HEAD, …; "other" for what is none of HTTP's.
std::string_view method_name(std::string_view method);

}  // namespace machikoe
