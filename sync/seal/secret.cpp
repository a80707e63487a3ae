#include "sync/seal/secret.h"

#include <sodium.h>

#include <cstdlib>
#include <cstring>

namespace machikoe {

void Secret::Free::operator()(unsigned char* bytes) const {
    sodium_free(bytes);
}

Secret::Secret(std::size_t size)
    : bytes_(static_cast<unsigned char*>(sodium_malloc(size))), size_(size) {
    if (!bytes_) std::abort();
    sodium_memzero(data(), size_);
}

Secret Secret::random(std::size_t size) {
    Secret secret(size);
    randombytes_buf(secret.data(), size);
    return secret;
}

Secret Secret::copy_of(std::string_view bytes) {
    Secret secret(bytes.size());
    std::memcpy(secret.data(), bytes.data(), bytes.size());
    return secret;
}

void wipe(void* bytes, std::size_t size) {
    sodium_memzero(bytes, size);
}

}  // namespace machikoe
