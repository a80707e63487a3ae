#include "sync/seal/epoch.h"

#include <cassert>
#include <cstring>

#include "app/base/hex.h"
#include "sync/seal/keys.h"
#include "sync/seal/layout.h"
#include "sync/seal/raw.h"

namespace machikoe {
namespace {

using namespace seal;

constexpr Milliseconds kLongest = std::chrono::hours(1);

std::string random_bytes(std::size_t size) {
    std::string bytes(size, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string index_bytes(std::uint32_t index) {
    std::string bytes;
    for (int shift = 0; shift < 32; shift += 8)
        bytes += static_cast<char>(static_cast<unsigned char>(index >> shift));
    return bytes;
}

}  // namespace

PayloadKind kind_of(std::string_view payload) {
    if (payload.starts_with(kOpeningMagic))
        return payload.size() > kOpeningBytes ? PayloadKind::Alone : PayloadKind::Opening;
    if (payload.starts_with(kSealedMagic)) return PayloadKind::Sealed;
    return payload.starts_with('{') ? PayloadKind::Record : PayloadKind::Unknown;
}

std::optional<std::string> epoch_of(std::string_view payload) {
    const PayloadKind kind = kind_of(payload);
    if (kind == PayloadKind::Opening && payload.size() == kOpeningBytes)
        return to_hex(payload.substr(kOpeningEpochAt, kIdBytes));
    if (kind == PayloadKind::Sealed && payload.size() >= kSealedBoxAt + kMacBytes)
        return to_hex(payload.substr(kSealedEpochAt, kIdBytes));
    return std::nullopt;
}

std::optional<std::string> key_id_in(std::string_view opening) {
    if (kind_of(opening) != PayloadKind::Opening || opening.size() != kOpeningBytes)
        return std::nullopt;
    return to_hex(opening.substr(kMagicBytes, kIdBytes));
}

std::string seal_alone(std::string_view kiosk, std::string_view public_key,
                       std::string_view record) {
    Epoch epoch(kiosk, public_key);
    return epoch.opening() + epoch.seal(record);
}

std::optional<std::string_view> opening_in(std::string_view payload) {
    if (kind_of(payload) != PayloadKind::Alone) return std::nullopt;
    return payload.substr(0, kOpeningBytes);
}

Epoch::Epoch(std::string_view kiosk, std::string_view public_key)
    : kiosk_(kiosk), id_(random_bytes(kIdBytes)), key_(Secret::random(kKeyBytes)) {
    const auto kiosk_bytes = from_hex(kiosk, kIdBytes);
    const auto opener = from_hex(public_key, crypto_box_PUBLICKEYBYTES);
    const auto key_id = from_hex(key_id_of(public_key), kIdBytes);
    assert(kiosk_bytes && opener && key_id);
    Secret inside(kOpeningInside);
    std::memcpy(inside.data(), key_.data(), kKeyBytes);
    std::memcpy(inside.data() + kKeyBytes, kiosk_bytes->data(), kIdBytes);
    std::memcpy(inside.data() + kKeyBytes + kIdBytes, id_.data(), kIdBytes);
    std::string box(crypto_box_SEALBYTES + kOpeningInside, '\0');
    const int sealed = crypto_box_seal(raw(box), inside.data(), inside.size(), raw(*opener));
    assert(sealed == 0);
    (void)sealed;
    opening_ = std::string(kOpeningMagic) + *key_id + id_ + box;
}

std::string Epoch::seal(std::string_view record) {
    assert(index_ < kMaxEpochRecords);
    Secret padded((record.size() / kPadding + 1) * kPadding);
    std::memcpy(padded.data(), record.data(), record.size());
    std::size_t size = 0;
    sodium_pad(&size, padded.data(), record.size(), kPadding, padded.size());
    assert(size == padded.size());

    Secret record_key(kKeyBytes), next(kKeyBytes);
    crypto_kdf_derive_from_key(record_key.data(), kKeyBytes, kRecordKey, kContext, key_.data());
    crypto_kdf_derive_from_key(next.data(), kKeyBytes, kNextKey, kContext, key_.data());
    key_ = std::move(next);  // the old one is overwritten here: nothing before it can be read again

    std::string payload = std::string(kSealedMagic) + id_ + index_bytes(index_++);
    const std::string beside = associated(payload, kiosk_);
    payload += random_bytes(kNonceBytes);
    payload.resize(kSealedBoxAt + padded.size() + kMacBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(payload) + kSealedBoxAt, nullptr, padded.data(),
                                               padded.size(), raw(beside), beside.size(), nullptr,
                                               raw(payload) + kSealedNonceAt, record_key.data());
    return payload;
}

std::vector<std::string> Sealer::seal(std::string_view record, std::string_view public_key,
                                      std::string_view pack_hash, Milliseconds monotonic) {
    const bool goes_on = epoch_ && public_key_ == public_key && pack_hash_ == pack_hash &&
                         monotonic - began_ < kLongest && epoch_->count() < kMaxEpochRecords;
    if (!goes_on) {
        epoch_.emplace(kiosk_, public_key);
        opening_is_kept_ = false;
        public_key_ = public_key;
        pack_hash_ = pack_hash;
        began_ = monotonic;
    }
    std::vector<std::string> payloads;
    if (!opening_is_kept_) payloads.push_back(epoch_->opening());
    payloads.push_back(epoch_->seal(record));
    return payloads;
}

}  // namespace machikoe
