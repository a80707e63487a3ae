// Stream: a connection's bytes, through TLS or bare.
//
// As Beast wants a stream, and no more; deadlines and the end are those of tcp() beneath.  Included
// by server.cpp only.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <optional>
#include <utility>

namespace machikoe {

class Stream {
  public:
    using Tcp = boost::beast::tcp_stream;
    using executor_type = Tcp::executor_type;

    /// `tls` nullptr: bare.
    Stream(boost::asio::ip::tcp::socket socket, boost::asio::ssl::context* tls) {
        if (tls)
            tls_.emplace(std::move(socket), *tls);
        else
            bare_.emplace(std::move(socket));
    }

    executor_type get_executor() { return tcp().get_executor(); }
    Tcp& tcp() { return tls_ ? tls_->next_layer() : *bare_; }
    bool is_bare() const { return bare_.has_value(); }

    /// REQUIRES: not bare.
    template <class Token>
    auto async_handshake(Token&& token) {
        return tls_->async_handshake(boost::asio::ssl::stream_base::server,
                                     std::forward<Token>(token));
    }
    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return tls_ ? tls_->async_read_some(buffers, std::forward<Token>(token))
                    : bare_->async_read_some(buffers, std::forward<Token>(token));
    }
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return tls_ ? tls_->async_write_some(buffers, std::forward<Token>(token))
                    : bare_->async_write_some(buffers, std::forward<Token>(token));
    }

  private:
    std::optional<Tcp> bare_;
    std::optional<boost::beast::ssl_stream<Tcp>> tls_;
};

}  // namespace machikoe
