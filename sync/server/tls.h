// Tls: the server's own certificate authority, and the certificate that it serves with.
//
// keys/authority.{key,pem} in the data folder are made once and belong in the operator's copy:
// every kiosk pins this authority, so a lost key means enrolling all of them again.
// keys/server.{key,pem} are made from it and made again when the names changed or less than
// 30 days are left; nobody has to notice.  P-256, files readable by their owner only.
//
// Certificates begin in 1970: a kiosk whose clock lost its battery starts there, and must still
// reach the server that tells it the time.  Knows files and certificates, no sockets.  Of two
// programs that make the authority at once, one does, and both use it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "sync/seal/secret.h"

namespace machikoe {

struct TlsOptions {
    std::filesystem::path data;
    std::vector<std::string> names;  // DNS names and addresses that kiosks may call
};

struct TlsIdentity {
    std::string authority;    // PEM
    std::string fingerprint;  // of the authority, as `machikoe enroll` prints it
    std::string certificate;  // PEM
    Secret key;               // PEM
};

/// Makes what is missing and renews what is due.  Invalid: a name that is neither a DNS name nor
/// an address.  Corrupt: a file that is no key or no certificate, or belongs to another.
/// Unavailable: cannot be read or written, or others may read a key (the message says chmod).
Result<TlsIdentity> load_tls_identity(const TlsOptions& options, Milliseconds now);

/// Of the authority, which is made when there is none.  Errors as above.
Result<std::string> authority_fingerprint(const std::filesystem::path& data, Milliseconds now);

/// How this machine may be called by whoever reaches `address`: its host name, localhost, both
/// loopback addresses and the address; of an unspecified one ("0.0.0.0") all that it has now.
std::vector<std::string> names_of_this_machine(const std::string& address);

}  // namespace machikoe
