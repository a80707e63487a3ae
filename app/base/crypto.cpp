#include "app/base/crypto.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <cstdlib>
#include <fstream>

namespace machikoe {

static std::string hex(const unsigned char* bytes, std::size_t size) {
    std::string text(size * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, size);
    text.pop_back();
    return text;
}

void crypto_ready() {
    if (sodium_init() < 0) std::abort();
}

std::string sha256_hex(std::string_view bytes) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return hex(digest, sizeof digest);
}

struct Sha256::State {
    crypto_hash_sha256_state state;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    crypto_hash_sha256_init(&state_->state);
}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
    crypto_hash_sha256_update(&state_->state, reinterpret_cast<const unsigned char*>(bytes.data()),
                              bytes.size());
}

std::string Sha256::hex() {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(&state_->state, digest);
    return machikoe::hex(digest, sizeof digest);
}

Result<std::string> sha256_of_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(ErrorCode::NotFound, path.string() + ": cannot be read");
    Sha256 hash;
    std::string piece(1 << 16, '\0');
    while (in) {
        in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        hash.add({piece.data(), static_cast<std::size_t>(in.gcount())});
    }
    if (!in.eof()) return fail(ErrorCode::Unavailable, path.string() + ": cannot be read");
    return hash.hex();
}

namespace {

struct EndDigest {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

}  // namespace

// OpenSSL's SHA-256 and not libsodium's: it uses the processor's instructions for it, which makes
// it much faster, and a server hashes every envelope that comes in.
std::string chain_hash(std::string_view previous, std::string_view payload) {
    static const EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    thread_local const std::unique_ptr<EVP_MD_CTX, EndDigest> context(EVP_MD_CTX_new());
    unsigned char digest[EVP_MAX_MD_SIZE];
    const bool hashed = EVP_DigestInit_ex2(context.get(), kSha256, nullptr) == 1 &&
                        EVP_DigestUpdate(context.get(), previous.data(), previous.size()) == 1 &&
                        EVP_DigestUpdate(context.get(), payload.data(), payload.size()) == 1 &&
                        EVP_DigestFinal_ex(context.get(), digest, nullptr) == 1;
    if (!hashed) std::abort();  // no memory: a wrong hash would be worse than an end
    return hex(digest, crypto_hash_sha256_BYTES);
}

std::string random_hex(std::size_t bytes) {
    std::string raw(bytes, '\0');
    randombytes_buf(raw.data(), raw.size());
    return hex(reinterpret_cast<const unsigned char*>(raw.data()), raw.size());
}

std::string random_code(std::size_t groups) {
    std::string code;
    for (std::size_t group = 0; group < groups; ++group) {
        if (group > 0) code += '-';
        for (int i = 0; i < 4; ++i)
            code += kCodeAlphabet[randombytes_uniform(kCodeAlphabet.size())];
    }
    return code;
}

Result<std::string> hash_secret(std::string_view secret) {
    char kept[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str(kept, secret.data(), secret.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return fail(ErrorCode::Unavailable, "not enough memory to hash a secret");
    return std::string(kept);
}

bool is_secret(const std::string& kept, std::string_view secret) {
    return crypto_pwhash_str_verify(kept.c_str(), secret.data(), secret.size()) == 0;
}

std::uint64_t random_seed() {
    std::uint64_t seed = 0;
    randombytes_buf(&seed, sizeof seed);
    return seed;
}

}  // namespace machikoe
