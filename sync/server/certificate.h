// Certificate: X.509 by OpenSSL, as little of it as the server needs.
//
// Functions without state.  Nothing here knows files; what OpenSSL refuses comes back as null
// or as an empty text, and its error queue is left empty.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "app/base/clock.h"
#include "sync/seal/secret.h"

namespace machikoe::certificate {

struct Freed {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed>;
using Certificate = std::unique_ptr<X509, Freed>;

Key new_key();  // P-256
Key key_of(std::string_view pem);
Secret to_pem(EVP_PKEY& key);  // empty: refused

Certificate certificate_of(std::string_view pem);
std::string to_pem(X509& certificate);
std::string to_der(X509& certificate);

/// An authority that signs servers and nothing below them.  Its name follows from the key: made
/// again from the same key, it is the same authority to whoever pinned it.
Certificate sign_authority(EVP_PKEY& key, Milliseconds until);
/// REQUIRES: names from plain_name(), not none.
Certificate sign_server(EVP_PKEY& key, const std::set<std::string>& names, X509& authority,
                        EVP_PKEY& authority_key, Milliseconds until);

bool belong_together(X509& certificate, EVP_PKEY& key);
bool is_signed_by(X509& certificate, EVP_PKEY& authority_key);
bool lasts_until(X509& certificate, Milliseconds when);
std::set<std::string> names_in(X509& certificate);

/// A DNS name in lower case, or an address in its one spelling; "": neither.
std::string plain_name(std::string_view name);
/// Those that other machines could call this one by, now.
std::set<std::string> addresses_of_interfaces();

}  // namespace machikoe::certificate
