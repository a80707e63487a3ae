#include <simdjson.h>

#include "sync/wire/json.h"
#include "sync/wire/plain.h"

namespace machikoe::wire {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

// A parser keeps some ten times the size of the largest text that it has read.
constexpr std::size_t kLargestKept = 1u << 20;

bool take_hex(const element& value, std::size_t digits, std::string& text) {
    std::string_view view;
    if (value.get(view) || !is_lower_hex(view, digits)) return false;
    text = view;
    return true;
}

bool take_payload(const element& value, std::string& payload) {
    std::string_view view;
    if (value.get(view)) return false;
    auto bytes = from_base64(view);
    if (!bytes || bytes->empty() || bytes->size() > kMaxPayloadBytesOnWire) return false;
    payload = std::move(*bytes);
    return true;
}

/// Each member once: four of them, and a bit for each.
bool take(const element& value, Envelope& envelope) {
    object members;
    if (value.get(members)) return false;
    unsigned seen = 0, count = 0;
    for (const auto& [name, member] : members) {
        bool good = false;
        if (name == "sequence") {
            seen |= 1;
            good = !member.get(envelope.sequence) && envelope.sequence >= 1;
        } else if (name == "previous") {
            seen |= 2;
            good = take_hex(member, 64, envelope.previous);
        } else if (name == "hash") {
            seen |= 4;
            good = take_hex(member, 64, envelope.hash);
        } else if (name == "payload") {
            seen |= 8;
            good = take_payload(member, envelope.payload);
        }
        if (!good) return false;
        ++count;
    }
    return seen == 15 && count == 4 && chain_fault(envelope).member == nullptr;
}

bool take(const element& value, std::vector<Envelope>& envelopes) {
    array items;
    if (value.get(items) || items.size() == 0 || items.size() > kMaxBatchEnvelopes) return false;
    envelopes.reserve(items.size());
    for (const element item : items) {
        Envelope envelope;
        if (!take(item, envelope)) return false;
        if (!envelopes.empty() && chain_fault(envelopes.back(), envelope).member) return false;
        envelopes.push_back(std::move(envelope));
    }
    return true;
}

}  // namespace

ChainFault chain_fault(const Envelope& envelope) {
    if (envelope_hash(envelope.previous, envelope.payload) != envelope.hash)
        return {"hash", "does not match"};
    if ((envelope.sequence == 1) != (envelope.previous == first_previous_hash()))
        return {"previous", "zeros belong to the first envelope and to no other"};
    return {};
}

ChainFault chain_fault(const Envelope& before, const Envelope& envelope) {
    if (envelope.sequence <= before.sequence)
        return {"sequence", "not greater than the one before"};
    // A number may be left out (it was received already), so only neighbours can be held against
    // each other.
    if (envelope.sequence - 1 == before.sequence && envelope.previous != before.hash)
        return {"previous", "does not match the envelope before"};
    return {};
}

std::optional<Batch> read_plain_batch(std::string_view bytes) {
    if (bytes.size() > kMaxBatchBytes) return std::nullopt;
    thread_local simdjson::dom::parser kept;
    simdjson::dom::parser fresh;
    simdjson::dom::parser& parser = bytes.size() > kLargestKept ? fresh : kept;
    object members;
    if (parser.parse(bytes.data(), bytes.size()).get(members)) return std::nullopt;
    Batch batch;
    unsigned seen = 0, count = 0;
    for (const auto& [name, member] : members) {
        bool good = false;
        if (name == "version") {
            std::int64_t version = 0;
            seen |= 1;
            good = !member.get(version) && version == kWireVersion;
        } else if (name == "kiosk") {
            seen |= 2;
            good = take_hex(member, 32, batch.kiosk);
        } else if (name == "signature") {
            seen |= 4;
            good = take_hex(member, 128, batch.signature);
        } else if (name == "envelopes") {
            seen |= 8;
            good = batch.envelopes.empty() && take(member, batch.envelopes);
        }
        if (!good) return std::nullopt;
        ++count;
    }
    if (seen != 15 || count != 4) return std::nullopt;
    return batch;
}

}  // namespace machikoe::wire
