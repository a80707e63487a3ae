// Wire: the bytes that kiosk and server agree on.  docs/protocol.md is the reference.
//
// A response becomes a record (JSON, UTF-8), a record travels in an envelope, envelopes
// travel in a batch, and a receipt comes back for each.  Decoding never throws: bytes
// from outside are Invalid or a value.  Unknown members are ignored, so that either side
// may be newer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/survey/pack.h"
#include "app/survey/response.h"

namespace machikoe {

inline constexpr int kWireVersion = 1;
inline constexpr std::size_t kMaxRecordBytes = 64u << 10;
inline constexpr std::size_t kMaxBatchEnvelopes = 100;
inline constexpr std::size_t kMaxBatchBytes = 8u << 20;      // after decompression
inline constexpr std::size_t kMaxBatchWireBytes = 4u << 20;  // as sent

/// One response as bytes.  Equal responses give equal bytes.
std::string encode_record(const Response& response);
Result<Response> decode_record(std::string_view bytes);

/// An opaque payload in a kiosk's gap-free chain.
/// hash = SHA-256 hex of (previous + payload); the first `previous` is 64 zeros.
struct Envelope {
    std::int64_t sequence = 0;  // 1, 2, 3, … per kiosk
    std::string previous;       // hash of the envelope before
    std::string hash;
    std::string payload;
    bool operator==(const Envelope&) const = default;
};
std::string first_previous_hash();
std::string envelope_hash(std::string_view previous, std::string_view payload);

struct Batch {
    std::string kiosk;  // kiosk id, 32 hex digits, made by the kiosk itself
    std::vector<Envelope> envelopes;
};
std::string encode_batch(const Batch& batch);
Result<Batch> decode_batch(std::string_view bytes);  // checks limits and every hash

/// What became of an envelope.  Whatever it is, the server holds the bytes.  The same bytes
/// under the same number get the same outcome each time they are sent: a kiosk whose receipt
/// was lost learns from the repeat what it would have learnt from the first.
enum class Outcome {
    Stored,
    Conflict,     // same number, other bytes: kept aside and reported; the first stays
    Quarantined,  // held, but does not fit its pack (unknown version, bad answer)
};
std::string_view name_of(Outcome outcome);

struct Receipt {
    std::int64_t sequence = 0;
    std::string hash;
    Outcome outcome = Outcome::Stored;
    bool operator==(const Receipt&) const = default;
};
std::string encode_receipts(const std::vector<Receipt>& receipts);
Result<std::vector<Receipt>> decode_receipts(std::string_view bytes);

struct EnrolRequest {
    std::string code;   // one-time
    std::string kiosk;  // kiosk id
};
struct EnrolReply {
    std::string token;  // bearer credential, 64 hex digits; the server keeps only its hash
    std::string name;
    std::string site;
};
std::string encode(const EnrolRequest& request);
std::string encode(const EnrolReply& reply);
Result<EnrolRequest> decode_enrol_request(std::string_view bytes);
Result<EnrolReply> decode_enrol_reply(std::string_view bytes);

/// A pack as it travels: {"id", "hash", "files": {name: text}}.
std::string encode_pack(const PackFiles& files, std::string_view id, std::string_view hash);
Result<PackFiles> decode_pack(std::string_view bytes);

}  // namespace machikoe
