#include "sync/server/tls_context.h"

#include <boost/asio/buffer.hpp>

namespace machikoe {

namespace net = boost::asio;

constexpr std::size_t kReadAheadBytes = 64u << 10;

std::unique_ptr<net::ssl::context> tls_context(const TlsIdentity& identity) {
    auto tls = std::make_unique<net::ssl::context>(net::ssl::context::tls_server);
    SSL_CTX* context = tls->native_handle();
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    // Idle kiosks cost little memory: no buffers, and no sessions kept (tickets resume them).
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    // A record's head and body, and what follows, with one system call.
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_default_read_buffer_len(context, kReadAheadBytes);
    boost::system::error_code ec;
    const bool modern = SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
                        SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1;
    tls->use_certificate_chain(net::buffer(identity.certificate), ec);
    if (ec || !modern) return nullptr;
    tls->use_private_key(net::buffer(identity.key.data(), identity.key.size()),
                         net::ssl::context::pem, ec);
    return ec ? nullptr : std::move(tls);
}

}  // namespace machikoe
