// Wire: the bytes that kiosk and server agree on.  docs/protocol.md is the reference.
//
// A response becomes a record (JSON, UTF-8), a sealed record travels in an envelope, envelopes
// travel in a batch that the kiosk signs, and receipts come back that the server signs.
// Decoding never throws: bytes from outside are Invalid or a value.  Unknown members are
// ignored, so that either side may be newer.  Signatures are made and checked by those who have
// the keys; here is only which bytes they are over.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/survey/pack.h"
#include "app/survey/response.h"

namespace machikoe {

inline constexpr int kRecordVersion = 1;  // of records, packs and totals
inline constexpr int kWireVersion = 2;    // of batches, receipts and enrolment: signed
inline constexpr std::size_t kMaxRecordBytes = 64u << 10;
inline constexpr std::size_t kMaxPayloadBytesOnWire = 66u << 10;  // a record, padded and sealed
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
    std::string signature;  // 128 hex digits, of signed_part() by the kiosk's key
};
/// Kiosk, and number and hash of every envelope: the hashes cover the payloads and all that
/// came before them.
std::string signed_part(const Batch& batch);
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
struct Receipts {
    std::vector<Receipt> all;
    std::string signature;  // 128 hex digits, of signed_part() by the server's receipt key
};
std::string signed_part(std::string_view kiosk, const std::vector<Receipt>& receipts);
std::string encode_receipts(const Receipts& receipts);
Result<Receipts> decode_receipts(std::string_view bytes);

/// POST /v1/enrol.  The same request again gets the same reply while the code is good: a kiosk
/// whose reply was lost loses nothing.
struct EnrolRequest {
    std::string code;               // one-time
    std::string kiosk;              // kiosk id
    std::string token_hash;         // SHA-256 hex of the credential that the kiosk made for itself
    std::string signing_key;        // 64 hex digits
    std::string set_up_key;         // 64 hex digits: what was sealed to before enrolment …
    std::string locked_set_up_key;  // … and its secret half, locked with the staff's passphrase
    std::string signature;          // of signed_part() by signing_key: it is the kiosk's own
};
struct EnrolReply {
    std::string name;
    std::string site;
    std::string sealing_key;  // 64 hex digits
    std::string receipt_key;  // 64 hex digits
};
std::string signed_part(const EnrolRequest& request);
std::string encode(const EnrolRequest& request);
std::string encode(const EnrolReply& reply);
Result<EnrolRequest> decode_enrol_request(std::string_view bytes);
Result<EnrolReply> decode_enrol_reply(std::string_view bytes);

/// POST /v1/canary: can the server open what this kiosk seals?  Before the first visit.
struct Canary {
    std::string opening;
    std::string sealed;  // of random bytes
};
std::string encode(const Canary& canary);
Result<Canary> decode_canary(std::string_view bytes);
/// The reply: SHA-256 hex of what was sealed.
std::string encode_canary_reply(std::string_view sha256);
Result<std::string> decode_canary_reply(std::string_view bytes);

/// GET /v1/authority: the certificate that the server's own one is signed with, as PEM.  Who
/// asks for it trusts it only by its fingerprint, which came with the one-time code.
std::string encode_authority(std::string_view pem);
Result<std::string> decode_authority(std::string_view bytes);

/// The one certificate of a PEM text, as DER.  Invalid: none, several, or anything beside it: who
/// trusts the text must trust what the fingerprint was taken of, and no more.
Result<std::string> certificate_in(std::string_view pem);
std::string pem_of(std::string_view der);

/// What `machikoe enroll` prints: the one-time code and, unless the server talks plain HTTP on
/// one machine, after a "+" how to know its authority: "7K3M-Q9TX-B4WP+H2RD-…".
struct EnrolmentCode {
    std::string code;
    std::string fingerprint;  // 20 signs of random_code()'s alphabet, without "-"; "": none
};
std::string to_string(const EnrolmentCode& code);
/// Takes lower case, blanks and missing "-" as people type them.  Invalid: no such code.
Result<EnrolmentCode> parse_enrolment_code(std::string_view text);
/// The fingerprint of a certificate in DER: 20 signs, 99 bits of its SHA-256.
std::string fingerprint_of(std::string_view der);

/// A pack as it travels: {"id", "hash", "files": {name: text}}.
std::string encode_pack(const PackFiles& files, std::string_view id, std::string_view hash);
Result<PackFiles> decode_pack(std::string_view bytes);

}  // namespace machikoe
