// A kiosk as the server sees it: an id, a credential, a chain of envelopes.
#pragma once

#include <gtest/gtest.h>
#include <zstd.h>

#include <string>
#include <vector>

#include "app/base/crypto.h"
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
    Envelope next(const Response& response) { return next(encode_record(response)); }

    std::string batch(std::vector<Envelope> envelopes) const {
        return encode_batch({id, std::move(envelopes)});
    }
    std::string enrol_body() const { return encode(EnrolRequest{code, id}); }

    std::string code = random_code(3);
    std::string id = random_hex(16);
    std::string token;

  private:
    std::int64_t sequence_ = 0;
    std::string previous_ = first_previous_hash();
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
