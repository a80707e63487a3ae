// A kiosk as the server sees it: an id, keys, a credential, a chain of envelopes.
#pragma once

#include <gtest/gtest.h>
#include <zstd.h>

#include <optional>
#include <string>
#include <vector>

#include "app/base/crypto.h"
#include "sync/seal/epoch.h"
#include "sync/seal/keys.h"
#include "sync/store/store.h"
#include "sync/wire/record.h"

namespace machikoe {

class TestKiosk {
  public:
    /// Makes a code in the store, as `machikoe enroll` does.
    explicit TestKiosk(Store& store, Milliseconds expires) {
        EXPECT_TRUE(store.add_code(sha256_hex(code), "Hall", "office", expires));
    }

    Envelope next(const std::string& payload) {
        Envelope envelope;
        envelope.sequence = ++sequence_;
        envelope.previous = previous_;
        envelope.payload = payload;
        previous_ = envelope.hash = envelope_hash(envelope.previous, payload);
        return envelope;
    }
    /// One envelope; sealed once the server's key is known.
    Envelope next(const Response& response) {
        const std::string record = encode_record(response);
        return next(server_key.empty() ? record : seal_alone(id, server_key, record));
    }
    /// Begins an epoch; sealed() records are of it.
    Envelope opening(const std::string& key) {
        epoch_.emplace(id, key);
        return next(epoch_->opening());
    }
    Envelope opening() { return opening(server_key); }
    Envelope sealed(const Response& response) {
        return next(epoch_->seal(encode_record(response)));
    }

    std::string batch(std::vector<Envelope> envelopes) const {
        Batch batch{id, std::move(envelopes), ""};
        batch.signature = signing.sign(signed_part(batch));
        return encode_batch(batch);
    }
    std::string enrol_body() const {
        EnrolRequest request{code,
                             id,
                             sha256_hex(token),
                             signing.public_key(),
                             set_up.public_key(),
                             locked_set_up_key,
                             ""};
        request.signature = signing.sign(signed_part(request));
        return encode(request);
    }
    void enrolled(const std::string& reply) {
        const auto decoded = decode_enrol_reply(reply);
        ASSERT_TRUE(decoded) << reply;
        server_key = decoded->sealing_key;
        receipt_key = decoded->receipt_key;
    }

    std::string code = random_code(3);
    std::string id = random_hex(16);
    std::string token = random_hex(32);
    SigningKey signing = SigningKey::generate();
    SealingKey set_up = SealingKey::generate();
    std::string locked_set_up_key = random_hex(60);
    std::string server_key, receipt_key;  // once enrolled

  private:
    std::int64_t sequence_ = 0;
    std::string previous_ = first_previous_hash();
    std::optional<Epoch> epoch_;
};

/// The same number, other bytes.
inline Envelope other_bytes(Envelope envelope, const Response& response) {
    envelope.payload = encode_record(response);
    envelope.hash = envelope_hash(envelope.previous, envelope.payload);
    return envelope;
}

inline std::string zstd(const std::string& bytes) {
    std::string packed(ZSTD_compressBound(bytes.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), bytes.data(), bytes.size(), 3));
    return packed;
}

}  // namespace machikoe
