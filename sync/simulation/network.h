// Network: what lies between a simulated kiosk and the server, and what goes wrong there.
//
// A request may be lost, its reply may be lost, both may be late, the same request may arrive
// again later and out of order, the line may hang half open, somebody else may answer (a log-in
// page, a redirect, a proxy that is overloaded), bytes may be cut off or changed.  Virtual time
// passes meanwhile.  Enrolment travels inside TLS, so there bytes are only ever cut off.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sync/client/client.h"
#include "sync/server/routes.h"
#include "sync/simulation/dice.h"

namespace machikoe::simulation {

/// The one time that all machines share; their own clocks differ from it.
struct VirtualTime {
    Milliseconds now{0};
};

class MachineClock final : public Clock {
  public:
    explicit MachineClock(const VirtualTime& time) : time_(time) {}
    Milliseconds monotonic() const override { return time_.now; }
    Milliseconds wall() const override { return kBegin + time_.now + jump_; }
    void jump(Milliseconds by) { jump_ = std::max(jump_ + by, -kBegin); }
    void set_right() { jump_ = Milliseconds{0}; }

  private:
    static constexpr Milliseconds kBegin{1'654'041'600'000};  // 2022-06-01, 9:00 in Japan
    const VirtualTime& time_;
    Milliseconds jump_{0};
};

class Network {
  public:
    /// The server's answer; nullopt: it is down, or went down over it.
    using Serve = std::function<std::optional<HttpResponse>(const HttpRequest&)>;

    Network(VirtualTime& time, Dice dice, Serve serve)
        : time_(time), dice_(dice), serve_(std::move(serve)) {}

    Result<HttpReply> carry(HttpRequest request);
    /// One of the requests that were thought lost arrives after all; its answer reaches nobody.
    void deliver_late();
    void heal() { faulty_ = false; }

    const std::map<std::string, std::int64_t>& injected() const { return injected_; }

  private:
    enum class Fault;
    Fault throw_fault();
    Result<HttpReply> ask(const HttpRequest& request);

    VirtualTime& time_;
    Dice dice_;
    Serve serve_;
    bool faulty_ = true;
    std::vector<HttpRequest> late_;
    std::map<std::string, std::int64_t> injected_;
};

/// A kiosk's end of it.  `waiting` is called while a request is under way: the plug may be
/// pulled then.
class SimulatedTransport final : public Transport {
  public:
    SimulatedTransport(Network& network, std::function<void()> waiting)
        : network_(network), waiting_(std::move(waiting)) {}
    Result<HttpReply> post(const std::string& url, const std::string& token,
                           const std::string& body) override;
    Result<HttpReply> get(const std::string& url, const std::string& token,
                          const std::string& etag) override;

  private:
    Network& network_;
    std::function<void()> waiting_;
};

}  // namespace machikoe::simulation
