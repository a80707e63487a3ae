// Connection: one socket of somebody who asks, and what became of reading from it.  Included by
// server.cpp only, so that Beast is compiled once.
#pragma once

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <optional>
#include <string>

#include <spdlog/spdlog.h>

#include "sync/server/http_message.h"
#include "sync/server/routes.h"
#include "sync/server/stream.h"

namespace machikoe {

namespace net = boost::asio;
namespace beast = boost::beast;
using ErrorOf = beast::error_code;

// Reserved at once: an empty flat_buffer makes Beast read 512 bytes at a time, which doubles
// the processor time of a 7 KiB body.
inline constexpr std::size_t kReadBufferBytes = 16u << 10;
// While nothing comes; the rest of a request is read into a buffer of the full size.
inline constexpr std::size_t kIdleBufferBytes = 64;

/// Where a connection stands decides what stop() does to it.
enum class Phase {
    Idle,       // nothing of a request is there: closed at once
    Reading,    // a request is on its way: stop_limit
    Answering,  // a request is in: finished
    Replying,   // the reply goes out, and somebody must read it: stop_limit
};

struct Connection {
    Connection(net::ip::tcp::socket socket, net::ssl::context* tls)
        : stream(std::move(socket), tls) {}
    /// What a thousand silent kiosks need not have a thousand of.
    void forget_buffer() {
        if (buffer.size() == 0) buffer = beast::flat_buffer();
    }
    Stream stream;
    std::string address;  // of the other side, as text
    beast::flat_buffer buffer;
    Phase phase = Phase::Idle;
};

inline auto into(ErrorOf& ec) {
    return net::redirect_error(net::use_awaitable, ec);
}

/// A block at a time, each with the deadline of a message: a file may take longer than that.
/// False: not all of it went.
inline net::awaitable<bool> send_file(Connection& connection, const HttpResponse& answer,
                                      bool keep_alive, Milliseconds block_limit,
                                      const bool& stopping) {
    beast::http::file_body::value_type body;
    ErrorOf ec;
    body.open(answer.file.c_str(), beast::file_mode::scan, ec);
    if (ec) co_return false;  // deleted just now; the browser says that nothing came
    beast::http::response<beast::http::file_body> message{beast::http::status::ok, 11};
    set_headers(message, answer, keep_alive);
    message.body() = std::move(body);
    message.prepare_payload();
    beast::http::response_serializer<beast::http::file_body> serializer(message);
    while (!ec && !serializer.is_done() && !stopping) {
        connection.stream.expires_after(block_limit);
        co_await beast::http::async_write_some(connection.stream, serializer, into(ec));
    }
    co_return !ec && serializer.is_done();
}

struct ReadOutcome {
    bool broken = false;                  // nobody is there to be answered
    std::optional<HttpResponse> refusal;  // answer this and end; otherwise the request is whole
};

inline ReadOutcome outcome_of(const ErrorOf& ec, const Stream& stream) {
    if (stream.has_expired()) spdlog::info("server: a slow request was cut off");
    if (ec == beast::http::error::header_limit)
        return {.refusal = error_response(431, "the header is too large")};
    if (ec == beast::http::error::body_limit)
        return {.refusal = error_response(413, "the body is too large")};
    const bool malformed = ec.category() == ErrorOf(beast::http::error::bad_version).category() &&
                           ec != beast::http::error::end_of_stream &&
                           ec != beast::http::error::partial_message;
    if (malformed) return {.refusal = error_response(400, "not an HTTP request")};
    return {.broken = true};
}

}  // namespace machikoe
