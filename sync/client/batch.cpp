#include <algorithm>

#include "sync/client/client.h"

namespace machikoe {
namespace {

// As base64 in JSON, and not compressible at all, it still fits the server's limits.
constexpr std::size_t kMaxPayload = 2u << 20;
static_assert(kMaxPayload / 3 * 4 + kMaxBatchEnvelopes * 512 < kMaxBatchWireBytes);
static_assert(kMaxBatchWireBytes < kMaxBatchBytes);
static_assert(kMaxPayloadBytes <= kMaxPayloadBytesOnWire,
              "what the outbox takes, the wire carries");

/// What a reply other than 201 and 202 means.
Error error_of(const HttpReply& reply) {
    const std::string said = "the server answered " + std::to_string(reply.status);
    switch (reply.status) {
        case 200:
            return {ErrorCode::Unavailable,
                    "somebody else answered 200 in the server's place; does this network want a "
                    "log-in?"};
        case 400:
            return {ErrorCode::Invalid, said + ": it cannot read what was sent"};
        case 413:
            return {ErrorCode::Invalid, said + ": too large"};
        case 401:
        case 403:
            return {ErrorCode::Denied, said +
                                           ": this kiosk's credential is unknown or revoked; "
                                           "enrol it again"};
        case 429:
        case 503:
            return {ErrorCode::Unavailable, said + ": it is busy"};
        default:
            return {ErrorCode::Unavailable, said};
    }
}

/// Marks what the receipts name, number and hash, among what was sent, if the server signed them.
Result<SendReport> take_receipts(Outbox& outbox, const std::string& receipt_key,
                                 const std::vector<WaitingEnvelope>& sent,
                                 const std::string& body) {
    const auto receipts = decode_receipts(body);
    if (!receipts)
        return fail(ErrorCode::Unavailable, "unreadable receipts: " + receipts.error().message);
    if (!is_signed(receipt_key, signed_part(outbox.kiosk(), receipts->all), receipts->signature))
        return fail(ErrorCode::Unavailable,
                    "the receipts are not signed by the server that this kiosk was enrolled with; "
                    "nothing is taken as delivered");
    std::vector<ReceiptedEnvelope> ours;
    for (const Receipt& receipt : receipts->all) {
        const bool known = std::ranges::any_of(sent, [&](const WaitingEnvelope& envelope) {
            return envelope.sequence == receipt.sequence && envelope.hash == receipt.hash;
        });
        if (known)
            ours.push_back({receipt.sequence, receipt.hash, std::string(name_of(receipt.outcome))});
    }
    const auto changed = outbox.receipted(ours);
    if (!changed) return tl::unexpected<Error>(changed.error());
    // Not a success: the same batch would be sent for ever without a rest.
    if (*changed == 0)
        return fail(ErrorCode::Unavailable, "the server gave no receipt for what was sent");
    const auto state = outbox.state();
    if (!state) return tl::unexpected<Error>(state.error());
    return SendReport{static_cast<std::size_t>(*changed), state->waiting_envelopes > 0};
}

}  // namespace

Batch signed_batch(const std::string& kiosk, const std::vector<WaitingEnvelope>& waiting,
                   const SigningKey& key) {
    Batch batch{kiosk, {}, {}};
    for (const WaitingEnvelope& envelope : waiting)
        batch.envelopes.push_back(
            {envelope.sequence, envelope.previous, envelope.hash, envelope.payload});
    batch.signature = key.sign(signed_part(batch));
    return batch;
}

BatchAttempt attempt_batch(Outbox& outbox, const KeyStore& keys, Transport& transport,
                           std::size_t limit, const std::set<std::int64_t>& except) {
    BatchAttempt attempt;
    const auto stop = [&](Error error) {
        attempt.result = tl::unexpected<Error>(std::move(error));
        return attempt;
    };
    const auto enrolment = enrolment_of(outbox.kiosk(), keys);
    if (!enrolment) return stop(enrolment.error());
    if (!enrolment->proven)
        return stop({ErrorCode::Denied, "the server has not proven yet that it can open answers"});
    const auto waiting =
        outbox.waiting(std::clamp<std::size_t>(limit, 1, kMaxBatchEnvelopes), kMaxPayload, except);
    if (!waiting) return stop(waiting.error());
    if (waiting->empty()) return attempt;
    for (const WaitingEnvelope& envelope : *waiting) attempt.numbers.push_back(envelope.sequence);

    const auto reply =
        transport.post(enrolment->server + "/v1/batch", enrolment->token,
                       encode_batch(signed_batch(outbox.kiosk(), *waiting, keys.signing_key())));
    if (!reply) return stop(reply.error());
    attempt.replied = true;
    attempt.retry_after = reply->retry_after;
    if (reply->status != 201 && reply->status != 202) return stop(error_of(*reply));
    attempt.result = take_receipts(outbox, enrolment->receipt_key, *waiting, reply->body);
    return attempt;
}

Result<SendReport> send_one_batch(Outbox& outbox, const KeyStore& keys, Transport& transport,
                                  std::size_t limit) {
    return attempt_batch(outbox, keys, transport, limit, {}).result;
}

}  // namespace machikoe
