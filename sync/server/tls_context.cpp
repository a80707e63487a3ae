#include "sync/server/tls_context.h"

#include <boost/asio/buffer.hpp>

namespace machikoe {

namespace net = boost::asio;

std::unique_ptr<net::ssl::context> tls_context(const TlsIdentity& identity) {
    auto tls = std::make_unique<net::ssl::context>(net::ssl::context::tls_server);
    SSL_CTX* context = tls->native_handle();
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);  // idle kiosks cost little memory
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
