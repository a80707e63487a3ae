#include <optional>

#include "app/base/crypto.h"
#include "sync/wire/json.h"
#include "sync/wire/plain.h"
#include "sync/wire/record.h"

namespace machikoe {
namespace {

using nlohmann::json;
using wire::Members;

constexpr std::int64_t kMaxSequence = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kMaxReceiptsBytes = 256u << 10;
constexpr std::size_t kSignedLineBytes = 96;  // about: number, hash, outcome

Envelope envelope_of(Members members) {
    Envelope envelope;
    envelope.sequence = members.integer("sequence", 1, kMaxSequence);
    envelope.previous = members.hex("previous", 64);
    envelope.hash = members.hex("hash", 64);
    envelope.payload = members.bytes("payload", 1, kMaxPayloadBytesOnWire);
    if (const auto fault = wire::chain_fault(envelope); fault.member)
        members.refuse(fault.member, fault.reason);
    return envelope;
}

std::optional<Outcome> outcome_of(std::string_view name) {
    for (Outcome outcome : {Outcome::Stored, Outcome::Conflict, Outcome::Quarantined})
        if (name_of(outcome) == name) return outcome;
    return std::nullopt;
}

std::string item_path(std::string_view path, std::size_t index) {
    return std::string(path) + "[" + std::to_string(index) + "]";
}

}  // namespace

std::string first_previous_hash() {
    return std::string(64, '0');
}

std::string envelope_hash(std::string_view previous, std::string_view payload) {
    return chain_hash(previous, payload);
}

std::string signed_part(const Batch& batch) {
    std::string text = "machikoe batch 2\n" + batch.kiosk + "\n";
    text.reserve(text.size() + batch.envelopes.size() * kSignedLineBytes);
    for (const Envelope& envelope : batch.envelopes)
        text.append(std::to_string(envelope.sequence)).append(" ").append(envelope.hash) += '\n';
    return text;
}

std::string encode_batch(const Batch& batch) {
    json envelopes = json::array();
    for (const Envelope& envelope : batch.envelopes)
        envelopes.push_back({{"sequence", envelope.sequence},
                             {"previous", envelope.previous},
                             {"hash", envelope.hash},
                             {"payload", wire::to_base64(envelope.payload)}});
    return wire::to_bytes({{"version", kWireVersion},
                           {"kiosk", batch.kiosk},
                           {"envelopes", std::move(envelopes)},
                           {"signature", batch.signature}});
}

Result<Batch> decode_batch(std::string_view bytes) {
    if (auto batch = wire::read_plain_batch(bytes)) return std::move(*batch);
    const auto parsed =
        wire::parse_object(bytes, "batch", {.bytes = kMaxBatchBytes, .values = 10'000});
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    std::string fault;
    Members members(*parsed, "batch", fault);
    Batch batch;
    members.integer("version", kWireVersion, kWireVersion);
    batch.kiosk = members.hex("kiosk", 32);
    batch.signature = members.hex("signature", 128);
    const json& envelopes = members.array("envelopes", kMaxBatchEnvelopes);
    if (envelopes.empty()) members.refuse("envelopes", "empty");
    for (std::size_t i = 0; i < envelopes.size() && fault.empty(); ++i) {
        const std::string path = item_path("batch.envelopes", i);
        Members item(envelopes[i], path, fault);
        Envelope envelope = envelope_of(item);
        if (!batch.envelopes.empty() && fault.empty())
            if (const auto broken = wire::chain_fault(batch.envelopes.back(), envelope);
                broken.member)
                item.refuse(broken.member, broken.reason);
        batch.envelopes.push_back(std::move(envelope));
    }
    if (!fault.empty()) return fail(ErrorCode::Invalid, fault);
    return batch;
}

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::Stored:
            return "stored";
        case Outcome::Conflict:
            return "conflict";
        case Outcome::Quarantined:
            return "quarantined";
    }
    return "unknown";
}

std::string signed_part(std::string_view kiosk, const std::vector<Receipt>& receipts) {
    std::string text = "machikoe receipts 2\n" + std::string(kiosk) + "\n";
    text.reserve(text.size() + receipts.size() * kSignedLineBytes);
    for (const Receipt& receipt : receipts) {
        text.append(std::to_string(receipt.sequence)).append(" ").append(receipt.hash);
        text.append(" ").append(name_of(receipt.outcome)) += '\n';
    }
    return text;
}

// Written by hand: hex digits, numbers and names of ours, in which nothing is to be escaped.
std::string encode_receipts(const Receipts& receipts) {
    constexpr std::size_t kReceiptBytes = 160;
    std::string text = R"({"receipts":[)";
    text.reserve((receipts.all.size() + 2) * kReceiptBytes);
    for (const Receipt& receipt : receipts.all) {
        if (text.back() == '}') text += ',';
        text.append(R"({"hash":")").append(receipt.hash);
        text.append(R"(","outcome":")").append(name_of(receipt.outcome));
        text.append(R"(","sequence":)").append(std::to_string(receipt.sequence)).append("}");
    }
    text.append(R"(],"signature":")").append(receipts.signature);
    return text.append(R"(","version":)").append(std::to_string(kWireVersion)).append("}");
}

Result<Receipts> decode_receipts(std::string_view bytes) {
    const auto parsed =
        wire::parse_object(bytes, "receipts", {.bytes = kMaxReceiptsBytes, .values = 2'000});
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    std::string fault;
    Members members(*parsed, "receipts", fault);
    members.integer("version", kWireVersion, kWireVersion);
    Receipts receipts;
    receipts.signature = members.hex("signature", 128);
    const json& items = members.array("receipts", kMaxBatchEnvelopes);
    for (std::size_t i = 0; i < items.size() && fault.empty(); ++i) {
        Members item(items[i], item_path("receipts.receipts", i), fault);
        Receipt receipt;
        receipt.sequence = item.integer("sequence", 1, kMaxSequence);
        receipt.hash = item.hex("hash", 64);
        const auto outcome = outcome_of(item.text("outcome", 1, 40));
        if (!outcome) item.refuse("outcome", "unknown");
        receipt.outcome = outcome.value_or(Outcome::Stored);
        receipts.all.push_back(std::move(receipt));
    }
    if (!fault.empty()) return fail(ErrorCode::Invalid, fault);
    return receipts;
}

}  // namespace machikoe
