// TlsContext: how the server speaks TLS, for Asio.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "sync/server/tls.h"

namespace machikoe {

/// TLS 1.2 and 1.3, forward secrecy always; nullptr: the identity does not fit together.
std::unique_ptr<boost::asio::ssl::context> tls_context(const TlsIdentity& identity);

}  // namespace machikoe
