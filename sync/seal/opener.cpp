#include "sync/seal/opener.h"

#include <algorithm>

#include "app/base/hex.h"
#include "sync/seal/layout.h"
#include "sync/seal/raw.h"

namespace machikoe {
namespace {

using namespace seal;

std::uint32_t index_in(std::string_view payload) {
    std::uint32_t index = 0;
    for (std::size_t i = 0; i < 4; ++i)
        index |= std::uint32_t{static_cast<unsigned char>(payload[kSealedIndexAt + i])} << (8 * i);
    return index;
}

}  // namespace

Opener::~Opener() {
    for (auto& [id, epoch] : epochs_) {
        wipe(epoch.first);
        wipe(epoch.latest);
    }
}

void Opener::add_key(SealingKey key) {
    std::string id = key.id();
    keys_.insert_or_assign(std::move(id), std::move(key));
}

Status Opener::open_epoch(std::string_view kiosk, std::string_view opening) {
    const auto id = epoch_of(opening);
    const auto key_id = key_id_in(opening);
    if (!id || !key_id) return fail(ErrorCode::Invalid, "not the opening of an epoch");
    if (const auto known = epochs_.find(*id);
        known != epochs_.end() && known->second.kiosk == kiosk)
        return {};
    const auto key = keys_.find(*key_id);
    if (key == keys_.end())
        return fail(ErrorCode::NotFound, "sealed to the key " + *key_id + ", which is not here");
    const auto public_key = from_hex(key->second.public_key(), crypto_box_PUBLICKEYBYTES);
    Secret inside(kOpeningInside);
    const std::string_view box = opening.substr(kOpeningBoxAt);
    const bool opened = crypto_box_seal_open(inside.data(), raw(box), box.size(), raw(*public_key),
                                             key->second.secret().data()) == 0;
    if (!opened || to_hex(inside.view().substr(kKeyBytes, kIdBytes)) != kiosk ||
        to_hex(inside.view().substr(kKeyBytes + kIdBytes)) != *id)
        return fail(ErrorCode::Invalid, "the opening of an epoch is not authentic");
    OpenEpoch epoch;
    epoch.kiosk = kiosk;
    std::copy_n(inside.data(), kKeyBytes, epoch.first.begin());
    epoch.latest = epoch.first;
    epoch.age = by_age_.insert(by_age_.end(), *id);
    if (!epochs_.try_emplace(*id, epoch).second) {
        by_age_.erase(epoch.age);
        return fail(ErrorCode::Invalid, "another kiosk has an epoch of this name");
    }
    if (epochs_.size() > kKeptEpochs) forget_oldest();
    return {};
}

Result<std::string> Opener::open(std::string_view kiosk, std::string_view payload) {
    const auto id = epoch_of(payload);
    if (!id || kind_of(payload) != PayloadKind::Sealed)
        return fail(ErrorCode::Invalid, "not a sealed record");
    const auto found = epochs_.find(*id);
    if (found == epochs_.end()) return fail(ErrorCode::NotFound, "its epoch is not open");
    OpenEpoch& epoch = found->second;
    by_age_.splice(by_age_.end(), by_age_, epoch.age);
    const std::uint32_t index = index_in(payload);
    if (index >= kMaxEpochRecords) return fail(ErrorCode::Invalid, "no epoch has so many records");
    if (index < epoch.index) {
        epoch.latest = epoch.first;
        epoch.index = 0;
    }
    for (; epoch.index < index; ++epoch.index)
        crypto_kdf_derive_from_key(epoch.latest.data(), kKeyBytes, kNextKey, kContext,
                                   Key(epoch.latest).data());
    Key key;
    crypto_kdf_derive_from_key(key.data(), kKeyBytes, kRecordKey, kContext, epoch.latest.data());

    const std::string beside = associated(payload, kiosk);
    const std::string_view box = payload.substr(kSealedBoxAt);
    std::string record(box.size() - kMacBytes, '\0');
    std::size_t size = 0;
    const bool opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
                            raw(record), nullptr, nullptr, raw(box), box.size(), raw(beside),
                            beside.size(), raw(payload) + kSealedNonceAt, key.data()) == 0 &&
                        sodium_unpad(&size, raw(record), record.size(), kPadding) == 0;
    wipe(key);
    if (!opened) return fail(ErrorCode::Invalid, "a sealed record is not authentic");
    record.resize(size);
    return record;
}

void Opener::forget_oldest() {
    const auto oldest = epochs_.find(by_age_.front());
    wipe(oldest->second.first);
    wipe(oldest->second.latest);
    epochs_.erase(oldest);
    by_age_.pop_front();
}

}  // namespace machikoe
