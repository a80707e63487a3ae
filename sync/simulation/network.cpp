#include "sync/simulation/network.h"

namespace machikoe::simulation {
namespace {

constexpr Milliseconds kTimeout{30'000};  // TransportLimits::total
constexpr std::size_t kMaxLate = 20;

std::string path_of(const std::string& url) {
    const std::size_t host = url.find("//");
    return url.substr(url.find('/', host + 2));
}

tl::unexpected<Error> no_reply() {
    return fail(ErrorCode::Unavailable, "no reply");
}

}  // namespace

enum class Network::Fault {
    None,
    LostRequest,
    LostReply,
    HalfOpen,
    Late,
    Twice,
    Portal,
    Redirect,
    Overload,
    ChangedRequest,
    CutReply,
};

Network::Fault Network::throw_fault() {
    if (!faulty_ || !dice_.one_in(3)) return Fault::None;
    return static_cast<Fault>(1 + dice_.below(10));
}

Result<HttpReply> Network::ask(const HttpRequest& request) {
    const auto response = serve_(request);
    if (!response) return no_reply();
    HttpReply reply;
    reply.status = static_cast<long>(response->status);
    reply.body = response->body;
    reply.etag = response->etag;
    if (response->retry_after_s > 0)
        reply.retry_after = std::chrono::seconds(response->retry_after_s);
    return reply;
}

Result<HttpReply> Network::carry(HttpRequest request) {
    time_.now += Milliseconds{dice_.between(1, 200)};
    const auto note = [&](const char* what) { ++injected_[what]; };
    switch (throw_fault()) {
        case Fault::None:
            return ask(request);
        case Fault::LostRequest:
            note("requests lost");
            return no_reply();
        case Fault::LostReply:
            note("replies lost");
            (void)ask(request);
            return no_reply();
        case Fault::HalfOpen:
            note("half-open connections");
            time_.now += kTimeout;
            if (dice_.one_in(2)) (void)ask(request);
            return no_reply();
        case Fault::Late:
            note("requests late");
            if (late_.size() < kMaxLate) late_.push_back(std::move(request));
            time_.now += kTimeout;
            return no_reply();
        case Fault::Twice: {
            note("requests twice");
            auto reply = ask(request);
            if (late_.size() < kMaxLate) late_.push_back(std::move(request));
            return reply;
        }
        case Fault::Portal:
            note("captive portals");
            return HttpReply{.status = 200, .body = "<html>Welcome</html>"};
        case Fault::Redirect:
            note("redirects");
            return HttpReply{.status = 302};
        case Fault::Overload:
            note("overloads");
            return HttpReply{.status = 503, .retry_after = std::chrono::seconds(20)};
        case Fault::ChangedRequest:
            // Inside TLS nothing changes unseen: a changed one is no request at all, but a batch
            // must not depend on that.
            if (request.target != "/v1/batch" || request.body.empty()) return no_reply();
            note("requests changed");
            request.body[dice_.index(request.body.size())] ^=
                static_cast<char>(1 << dice_.below(7));
            return ask(request);
        case Fault::CutReply: {
            note("replies cut off");
            auto reply = ask(request);
            if (reply && !reply->body.empty()) reply->body.resize(dice_.index(reply->body.size()));
            return reply;
        }
    }
    return no_reply();
}

void Network::deliver_late() {
    if (late_.empty()) return;
    const std::size_t which = dice_.index(late_.size());
    const HttpRequest request = std::move(late_[which]);
    late_.erase(late_.begin() + static_cast<std::ptrdiff_t>(which));
    (void)serve_(request);
}

Result<HttpReply> SimulatedTransport::post(const std::string& url, const std::string& token,
                                           const std::string& body) {
    auto reply = network_.carry({.method = "POST",
                                 .target = path_of(url),
                                 .authorization = token.empty() ? "" : "Bearer " + token,
                                 .body = body});
    waiting_();
    return reply;
}

Result<HttpReply> SimulatedTransport::get(const std::string& url, const std::string& token,
                                          const std::string& etag) {
    auto reply = network_.carry({.method = "GET",
                                 .target = path_of(url),
                                 .authorization = token.empty() ? "" : "Bearer " + token,
                                 .if_none_match = etag});
    waiting_();
    return reply;
}

}  // namespace machikoe::simulation
