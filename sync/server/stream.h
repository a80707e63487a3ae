// Stream: a connection's bytes, through TLS or bare, with a deadline.
//
// OpenSSL reads and writes the socket itself, and Asio only says when to try: Asio's own
// ssl::stream keeps 68 KiB of buffers for each connection, of which a thousand silent kiosks would
// have a thousand.  Beneath it OpenSSL gives its buffers back whenever nothing is in them
// (tls_context.cpp).
//
// As Beast wants a stream, and no more; one operation at a time.  When the deadline passes, the
// operation under way ends with an error and has_expired() says why.  Included by server.cpp only.
#pragma once

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <chrono>
#include <memory>
#include <utility>

namespace machikoe {

class Stream {
  public:
    using Tcp = boost::asio::ip::tcp;
    using executor_type = Tcp::socket::executor_type;
    using ErrorCodeOf = boost::system::error_code;

    /// `tls` nullptr: bare.
    Stream(Tcp::socket socket, boost::asio::ssl::context* tls)
        : socket_(std::move(socket)), deadline_(std::make_shared<Deadline>(socket_)) {
        if (!tls) return;
        ErrorCodeOf ignored;
        socket_.native_non_blocking(true, ignored);
        ssl_.reset(SSL_new(tls->native_handle()));
        if (ssl_) SSL_set_fd(ssl_.get(), static_cast<int>(socket_.native_handle()));
        is_tls_ = true;
    }
    ~Stream() { deadline_->end(); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    executor_type get_executor() { return socket_.get_executor(); }
    Tcp::socket& socket() { return socket_; }
    bool is_bare() const { return !is_tls_; }
    void expires_after(std::chrono::milliseconds time) { deadline_->set(deadline_, time); }
    bool has_expired() const { return deadline_->has_passed; }
    /// What is under way ends with an error.
    void cancel() {
        ErrorCodeOf ignored;
        socket_.cancel(ignored);
    }

    /// REQUIRES: not bare.
    template <class Token>
    auto async_handshake(Token&& token) {
        return boost::asio::async_compose<Token, void(ErrorCodeOf)>(Handshake{*this}, token,
                                                                    socket_);
    }
    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        if (!is_tls_) return socket_.async_read_some(buffers, std::forward<Token>(token));
        return boost::asio::async_compose<Token, void(ErrorCodeOf, std::size_t)>(
            Transfer<Buffers>{*this, buffers}, token, socket_);
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        if (!is_tls_) return socket_.async_write_some(buffers, std::forward<Token>(token));
        return boost::asio::async_compose<Token, void(ErrorCodeOf, std::size_t)>(
            Transfer<Buffers>{*this, buffers}, token, socket_);
    }

  private:
    /// One timer for all deadlines of a connection, which is moved only when the next is sooner.
    struct Deadline {
        explicit Deadline(Tcp::socket& its_socket)
            : socket(&its_socket), timer(its_socket.get_executor()) {}
        void set(const std::shared_ptr<Deadline>& self, std::chrono::milliseconds time) {
            has_passed = false;
            due = std::chrono::steady_clock::now() + time;
            if (!is_armed || due < timer.expiry()) arm(self);
        }
        void arm(const std::shared_ptr<Deadline>& self) {
            is_armed = true;
            timer.expires_at(due);
            timer.async_wait([self](const ErrorCodeOf& ec) {
                if (!ec) self->look(self);
            });
        }
        void look(const std::shared_ptr<Deadline>& self) {
            is_armed = false;
            if (!socket) return;
            if (std::chrono::steady_clock::now() < due) return arm(self);
            has_passed = true;
            ErrorCodeOf ignored;
            socket->cancel(ignored);
        }
        void end() {
            socket = nullptr;
            timer.cancel();
        }
        Tcp::socket* socket;  // nullptr: the stream is gone
        boost::asio::steady_timer timer;
        std::chrono::steady_clock::time_point due;
        bool is_armed = false;
        bool has_passed = false;
    };

    enum class Want { Nothing, ToRead, ToWrite };
    struct Tried {
        Want want = Want::Nothing;
        ErrorCodeOf ec;
        std::size_t size = 0;
    };

    /// Of what OpenSSL returned.
    Tried tried(int result) {
        if (result > 0) return {Want::Nothing, {}, static_cast<std::size_t>(result)};
        const int system = errno;
        switch (SSL_get_error(ssl_.get(), result)) {
            case SSL_ERROR_WANT_READ:
                return {Want::ToRead, {}, 0};
            case SSL_ERROR_WANT_WRITE:
                return {Want::ToWrite, {}, 0};
            case SSL_ERROR_ZERO_RETURN:
                return {Want::Nothing, boost::asio::error::eof, 0};
            case SSL_ERROR_SYSCALL:
                if (system != 0 && result < 0)
                    return {Want::Nothing, {system, boost::system::system_category()}, 0};
                return {Want::Nothing, boost::asio::ssl::error::stream_truncated, 0};
            default:
                return {Want::Nothing,
                        {static_cast<int>(ERR_get_error()), boost::asio::error::get_ssl_category()},
                        0};
        }
    }
    Tried try_handshake() {
        ERR_clear_error();
        if (!ssl_) return {Want::Nothing, boost::asio::error::no_memory, 0};
        return tried(SSL_accept(ssl_.get()));
    }
    Tried try_transfer(const boost::asio::mutable_buffer& buffer) {
        ERR_clear_error();
        return tried(SSL_read(ssl_.get(), buffer.data(), size_of(buffer.size())));
    }
    Tried try_transfer(const boost::asio::const_buffer& buffer) {
        ERR_clear_error();
        return tried(SSL_write(ssl_.get(), buffer.data(), size_of(buffer.size())));
    }
    static int size_of(std::size_t size) { return static_cast<int>(std::min(size, kMaxAtOnce)); }

    template <class Self>
    void wait_for(Want want, Self& self) {
        socket_.async_wait(want == Want::ToRead ? Tcp::socket::wait_read : Tcp::socket::wait_write,
                           std::move(self));
    }

    struct Handshake {
        Stream& stream;
        template <class Self>
        void operator()(Self& self, ErrorCodeOf ec = {}) {
            if (ec) return self.complete(ec);
            const Tried tried = stream.try_handshake();
            if (tried.want != Want::Nothing) return stream.wait_for(tried.want, self);
            self.complete(tried.ec);
        }
    };

    template <class Buffers>
    struct Transfer {
        Stream& stream;
        Buffers buffers;
        bool has_waited = false;
        bool is_done = false;
        Tried last{};

        template <class Self>
        void operator()(Self& self, ErrorCodeOf ec = {}) {
            if (is_done) return self.complete(last.ec, last.size);
            if (ec) return self.complete(ec, 0);
            last = stream.try_all(buffers);
            if (last.want != Want::Nothing) {
                has_waited = true;
                return stream.wait_for(last.want, self);
            }
            if (has_waited) return self.complete(last.ec, last.size);
            // Nothing may complete within the call that began it.
            is_done = true;
            boost::asio::post(stream.get_executor(), std::move(self));
        }
    };

    /// The first buffer that is not empty; small ones to be written go together, because each
    /// write is a record and a system call.
    template <class Buffers>
    Tried try_all(const Buffers& buffers) {
        using Buffer = std::conditional_t<
            std::is_convertible_v<decltype(*boost::asio::buffer_sequence_begin(buffers)),
                                  boost::asio::mutable_buffer>,
            boost::asio::mutable_buffer, boost::asio::const_buffer>;
        Buffer first;
        for (auto at = boost::asio::buffer_sequence_begin(buffers);
             at != boost::asio::buffer_sequence_end(buffers) && first.size() == 0; ++at)
            first = Buffer(*at);
        if (first.size() == 0) return {};
        if constexpr (std::is_same_v<Buffer, boost::asio::const_buffer>) {
            if (first.size() < kMaxAtOnce && boost::asio::buffer_size(buffers) > first.size()) {
                thread_local std::array<char, kMaxAtOnce> together;
                const std::size_t size =
                    boost::asio::buffer_copy(boost::asio::buffer(together), buffers);
                return try_transfer(boost::asio::const_buffer(together.data(), size));
            }
        }
        return try_transfer(first);
    }

    struct EndSsl {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };
    static constexpr std::size_t kMaxAtOnce = 16u << 10;  // a TLS record

    Tcp::socket socket_;
    std::unique_ptr<SSL, EndSsl> ssl_;
    bool is_tls_ = false;
    std::shared_ptr<Deadline> deadline_;
};

}  // namespace machikoe
