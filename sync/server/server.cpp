#include <utility>  // first: Boost 1.74's coroutine support forgets it

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <future>
#include <optional>
#include <set>

#include <spdlog/spdlog.h>

#include "sync/server/connection.h"
#include "sync/server/driver.h"
#include "sync/server/http_message.h"
#include "sync/server/limits.h"
#include "sync/server/log_lines.h"
#include "sync/server/metrics.h"
#include "sync/server/routes.h"
#include "sync/server/server.h"
#include "sync/server/stream.h"
#include "sync/server/tls_context.h"

// GCC 12 inlines the operator new of a coroutine frame but not its operator delete, and takes
// the two for strangers.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"

namespace machikoe {
namespace {

namespace http = beast::http;
using tcp = net::ip::tcp;

constexpr std::uint32_t kMaxHeaderBytes = 8u << 10;
constexpr std::size_t kMaxRefusals = 64;
constexpr std::size_t kMaxLingerBytes = 8u << 20;
constexpr std::chrono::seconds kLinger{2};
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::chrono::seconds kFollow{1};

/// One I/O thread runs all coroutines, so nothing here is locked; the Driver has the
/// others.
class BeastServer final : public Server {
  public:
    BeastServer(ServerOptions options, std::unique_ptr<net::ssl::context> tls,
                std::unique_ptr<Store> store, Routes routes, const Clock& clock)
        : options_(std::move(options)),
          tls_(std::move(tls)),
          clock_(clock),
          routes_(std::move(routes)),
          driver_(io_, std::move(store), clock, options_.metrics, options_.max_waiting) {
        watch();
    }
    ~BeastServer() override { stop(); }

    Status listen(const net::ip::address& address);
    std::uint16_t port() const override { return port_; }
    Routes::Live live() override;
    bool answers_within(Milliseconds limit) override;
    void stop() override;

  private:
    net::awaitable<void> accept();
    net::awaitable<void> refuse(tcp::socket socket);
    net::awaitable<void> serve(tcp::socket socket);
    net::awaitable<bool> shake_hands(Connection& connection);
    net::awaitable<bool> serve_one(Connection& connection);
    net::awaitable<bool> wait_for_request(Connection& connection);
    net::awaitable<ReadOutcome> read_request(Connection& connection, Parser& parser,
                                             Reservation& reservation);
    void watch();
    net::awaitable<void> follow();
    net::awaitable<void> count_anew(Routes::Counting counting);
    net::awaitable<bool> reply(Connection& connection, HttpResponse answer, bool keep_alive);
    net::awaitable<void> linger(Connection& connection);
    void begin_stop();
    void cancel_all(Phase phase);
    void stopped_when_empty();

    const ServerOptions options_;
    const std::unique_ptr<net::ssl::context> tls_;  // nullptr: plain HTTP
    const Clock& clock_;
    Routes routes_;
    std::atomic<bool> counting_stopped_ = false;
    net::io_context io_{1};
    Driver driver_;
    net::executor_work_guard<net::io_context::executor_type> work_{io_.get_executor()};
    tcp::acceptor acceptor_{io_};
    net::steady_timer stop_timer_{io_};
    net::steady_timer follow_timer_{io_};
    std::uint16_t port_ = 0;
    bool stopping_ = false;
    std::set<Connection*> connections_;
    std::size_t refusals_ = 0;
    std::size_t body_bytes_ = 0;  // reserved for bodies being read or answered
    std::once_flag stop_once_;
    std::thread thread_;
};

Status BeastServer::listen(const net::ip::address& address) {
    ErrorOf ec;
    const tcp::endpoint endpoint(address, options_.port);
    acceptor_.open(endpoint.protocol(), ec);
    if (!ec) acceptor_.set_option(net::socket_base::reuse_address(true), ec);
    if (!ec) acceptor_.bind(endpoint, ec);
    if (!ec) acceptor_.listen(net::socket_base::max_listen_connections, ec);
    if (ec)
        return fail(
            ErrorCode::Unavailable,
            address.to_string() + ":" + std::to_string(options_.port) + ": " + ec.message());
    port_ = acceptor_.local_endpoint().port();
    raise_file_limit(options_.max_connections + 2 * kMaxRefusals);
    // OpenSSL writes to sockets whose other side may be gone.
    std::signal(SIGPIPE, SIG_IGN);
    net::co_spawn(io_, accept(), net::detached);
    net::co_spawn(io_, follow(), net::detached);
    thread_ = std::thread([this] { io_.run(); });
    return {};
}

Routes::Live BeastServer::live() {
    std::promise<Routes::Live> told;
    net::post(io_, [&] { told.set_value(routes_.live()); });
    return told.get_future().get();
}

bool BeastServer::answers_within(Milliseconds limit) {
    auto answer = std::make_shared<std::promise<void>>();
    net::post(io_, [this, answer] {
        if (!stopping_) driver_.knock([answer] { answer->set_value(); });
    });
    return answer->get_future().wait_for(limit) == std::future_status::ready;
}

net::awaitable<void> BeastServer::accept() {
    while (!stopping_) {
        ErrorOf ec;
        tcp::socket socket = co_await acceptor_.async_accept(into(ec));
        if (stopping_) break;
        if (ec) {
            // Out of descriptors, most likely: sessions that end give some back.
            net::steady_timer pause(io_, kAcceptPause);
            co_await pause.async_wait(into(ec));
        } else if (connections_.size() < options_.max_connections) {
            net::co_spawn(io_, serve(std::move(socket)), net::detached);
        } else if (refusals_ < kMaxRefusals) {
            net::co_spawn(io_, refuse(std::move(socket)), net::detached);
        }
    }
}

/// Too many connections: says so without reading.
net::awaitable<void> BeastServer::refuse(tcp::socket socket) {
    ++refusals_;
    Connection connection(std::move(socket), tls_.get());
    connections_.insert(&connection);
    spdlog::warn("server: connection refused, {} are open", options_.max_connections);
    options_.metrics->failed(Metrics::Trouble::ConnectionRefused);
    if (co_await shake_hands(connection)) {
        co_await reply(connection, busy_response("too many connections"), false);
        co_await linger(connection);
    }
    connections_.erase(&connection);
    --refusals_;
    stopped_when_empty();
}

net::awaitable<void> BeastServer::serve(tcp::socket socket) {
    Connection connection(std::move(socket), tls_.get());
    connections_.insert(&connection);
    ErrorOf ec;
    tcp::socket& client = connection.stream.socket();
    client.set_option(tcp::no_delay(true), ec);
    if (const auto other = client.remote_endpoint(ec); !ec)
        connection.address = other.address().to_string();
    if (co_await shake_hands(connection))
        while (co_await serve_one(connection)) {
        }
    connections_.erase(&connection);
    stopped_when_empty();
}

/// False: it will not be understood.  A stranger who hangs has as long as for a request.
net::awaitable<bool> BeastServer::shake_hands(Connection& connection) {
    if (connection.stream.is_bare()) co_return true;
    connection.phase = Phase::Reading;
    ErrorOf ec;
    connection.stream.expires_after(options_.message_limit);
    co_await connection.stream.async_handshake(into(ec));
    if (ec) spdlog::info("server: no TLS with a caller: {}", ec.message());
    if (ec) options_.metrics->failed(Metrics::Trouble::HandshakeFailed);
    co_return !ec;
}

/// One request and its reply.  False when the connection is to end.
net::awaitable<bool> BeastServer::serve_one(Connection& connection) {
    if (connection.buffer.size() == 0 && !co_await wait_for_request(connection)) co_return false;
    connection.phase = Phase::Reading;
    const Milliseconds started = clock_.monotonic();
    Parser parser;
    parser.header_limit(kMaxHeaderBytes);
    parser.body_limit(kMaxBatchWireBytes);
    Reservation reservation(body_bytes_);
    const ReadOutcome read = co_await read_request(connection, parser, reservation);
    if (read.broken) options_.metrics->failed(Metrics::Trouble::RequestBroken);
    if (read.broken) co_return false;

    connection.phase = Phase::Answering;
    const std::string_view route = Routes::route_name(text_of(parser.get().target()));
    const std::string method = text_of(parser.get().method_string());
    HttpResponse response;
    if (read.refusal)
        response = *read.refusal;
    else
        response = co_await driver_.answer(
            routes_.answer(request_of(parser, options_.trusted_proxies.client_of(
                                                  connection.address, forwarded_for(parser)))));
    const Milliseconds took = clock_.monotonic() - started;
    spdlog::info(request_line(route, method, response.status, took, response.body.size()));
    options_.metrics->answered(route, method, response.status,
                               std::chrono::duration<double>(took).count());
    const bool keep_alive = !read.refusal && parser.keep_alive() && !stopping_;
    const bool sent = co_await reply(connection, std::move(response), keep_alive);
    if (sent && read.refusal) co_await linger(connection);
    co_return sent&& keep_alive;
}

/// Until the first bytes of a request are in the buffer.
net::awaitable<bool> BeastServer::wait_for_request(Connection& connection) {
    connection.phase = Phase::Idle;
    if (stopping_) co_return false;
    ErrorOf ec;
    connection.forget_buffer();
    connection.stream.expires_after(options_.idle_limit);
    const std::size_t size = co_await connection.stream.async_read_some(
        connection.buffer.prepare(kIdleBufferBytes), into(ec));
    connection.buffer.commit(size);
    connection.buffer.reserve(kReadBufferBytes);
    co_return !ec;
}

net::awaitable<ReadOutcome> BeastServer::read_request(Connection& connection, Parser& parser,
                                                      Reservation& reservation) {
    ErrorOf ec;
    // One deadline for header and body together: a byte a second gets nobody far.
    connection.stream.expires_after(options_.message_limit);
    co_await http::async_read_header(connection.stream, connection.buffer, parser, into(ec));
    if (ec) co_return outcome_of(ec, connection.stream);
    const std::size_t limit = Routes::body_limit(text_of(parser.get().target()));
    const std::uint64_t length = parser.content_length().value_or(parser.chunked() ? limit : 0);
    if (length > limit) co_return outcome_of(http::error::body_limit, connection.stream);
    if (!reservation.take(length, options_.max_body_bytes))
        co_return ReadOutcome{.refusal = busy_response("too many requests at once")};
    if (!parser.is_done()) parser.body_limit(limit);
    if (!parser.is_done() && beast::iequals(parser.get()[http::field::expect], "100-continue")) {
        http::response<http::empty_body> go_on{http::status::continue_, 11};
        co_await http::async_write(connection.stream, go_on, into(ec));
        if (ec) co_return outcome_of(ec, connection.stream);
    }
    co_await http::async_read(connection.stream, connection.buffer, parser, into(ec));
    if (ec) co_return outcome_of(ec, connection.stream);
    co_return ReadOutcome{};
}

/// What others do on the store is seen within a second.
net::awaitable<void> BeastServer::follow() {
    while (!stopping_) {
        Step step = routes_.follow();
        while (auto* ask = std::get_if<AskStore>(&step.next)) {
            const Continuation next = co_await driver_.on_store(std::move(*ask));
            step = next();
        }
        if (options_.open_reader && !stopping_)
            if (auto counting = routes_.recount())
                net::co_spawn(io_, count_anew(std::move(*counting)), net::detached);
        ErrorOf ec;
        follow_timer_.expires_after(kFollow);
        if (!stopping_) co_await follow_timer_.async_wait(into(ec));
    }
}

net::awaitable<void> BeastServer::count_anew(Routes::Counting counting) {
    const Continuation next = co_await driver_.aside(
        [this, &counting] { return counting(options_.open_reader, counting_stopped_); });
    next();
}

net::awaitable<bool> BeastServer::reply(Connection& connection, HttpResponse answer,
                                        bool keep_alive) {
    ErrorOf ec;
    connection.phase = Phase::Replying;
    const Milliseconds limit = stopping_ ? options_.stop_limit : options_.message_limit;
    if (!answer.file.empty())
        co_return co_await send_file(connection, answer, keep_alive, limit, stopping_);
    const auto message = message_of(std::move(answer), keep_alive);
    connection.stream.expires_after(limit);
    co_await http::async_write(connection.stream, message, into(ec));
    co_return !ec;
}

/// Reads on for a moment after a refusal: closing a socket that still has bytes to read
/// resets the connection, and the other side would never see why it was refused.
net::awaitable<void> BeastServer::linger(Connection& connection) {
    connection.phase = Phase::Idle;
    ErrorOf ec;
    connection.stream.socket().shutdown(tcp::socket::shutdown_send, ec);
    connection.buffer.clear();
    connection.stream.expires_after(kLinger);
    for (std::size_t total = 0; !ec && !stopping_ && total < kMaxLingerBytes;)
        total += co_await connection.stream.socket().async_read_some(
            connection.buffer.prepare(kReadBufferBytes), into(ec));
}

void BeastServer::stop() {
    std::call_once(stop_once_, [this] {
        if (thread_.joinable()) {
            net::post(io_, [this] { begin_stop(); });
            thread_.join();
        }
        driver_.stop();
    });
}

/// What nobody counts and somebody may ask for.
void BeastServer::watch() {
    const auto count = [](std::size_t number) { return static_cast<double>(number); };
    Metrics& metrics = *options_.metrics;
    metrics.gauge("machikoe_connections", "Connections that are open.",
                  [this, count] { return count(connections_.size()); });
    metrics.gauge("machikoe_body_bytes", "Bytes reserved for bodies of requests.",
                  [this, count] { return count(body_bytes_); });
    metrics.gauge("machikoe_store_queue", "Steps that wait for the store.",
                  [this, count] { return count(driver_.waiting()); });
    metrics.gauge("machikoe_labours", "Pieces of work that wait or are being done.",
                  [this, count] { return count(driver_.labours()); });
}

void BeastServer::begin_stop() {
    stopping_ = true;
    routes_.begin_stop();
    counting_stopped_ = true;
    follow_timer_.cancel();
    ErrorOf ignored;
    acceptor_.close(ignored);
    cancel_all(Phase::Idle);
    stop_timer_.expires_after(options_.stop_limit);
    stop_timer_.async_wait([this](const ErrorOf& ec) {
        for (const Phase phase : {Phase::Reading, Phase::Replying})
            if (!ec) cancel_all(phase);
    });
    stopped_when_empty();
}

void BeastServer::cancel_all(Phase phase) {
    for (Connection* connection : connections_)
        if (connection->phase == phase) connection->stream.cancel();
}

/// Lets the I/O thread end once nobody waits for a reply.
void BeastServer::stopped_when_empty() {
    if (!stopping_ || !connections_.empty()) return;
    work_.reset();
    stop_timer_.cancel();
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, std::unique_ptr<Store> store,
                                              PackFiles files, Pack pack, ServerKeys keys,
                                              const Clock& clock) {
    ErrorOf ec;
    const net::ip::address address = net::ip::make_address(options.address, ec);
    if (ec) return fail(ErrorCode::Invalid, "'" + options.address + "' is not an address");
    if (!options.tls && !address.is_loopback())
        return fail(ErrorCode::Invalid, "'" + options.address +
                                            "' is not a loopback address; without TLS the server "
                                            "listens on no other");
    std::unique_ptr<net::ssl::context> tls;
    if (options.tls && !(tls = tls_context(*options.tls)))
        return fail(ErrorCode::Corrupt, "the server's certificate and its key cannot be used");
    options.metrics = std::make_shared<Metrics>(options.version);
    Routes routes(std::move(files), std::move(pack), std::move(keys), clock,
                  routes_options_of(options));
    if (Status ready = routes.prepare(*store); !ready) return tl::unexpected<Error>(ready.error());
    auto server = std::make_unique<BeastServer>(std::move(options), std::move(tls),
                                                std::move(store), std::move(routes), clock);
    if (Status listening = server->listen(address); !listening)
        return tl::unexpected<Error>(listening.error());
    return server;
}

}  // namespace machikoe
