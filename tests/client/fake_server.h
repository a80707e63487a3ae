// FakeServer: the server's side of the protocol in memory, with real keys and signatures, and
// everything that can go wrong on the way to it.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "app/base/crypto.h"
#include "sync/client/client.h"
#include "sync/seal/opener.h"
#include "tests/outbox/folder.h"

namespace machikoe {

enum class Fault {
    Timeout,       // nothing arrives, nothing comes back
    LostReply,     // the server stores the batch, the reply is lost
    Portal,        // somebody else answers 200, with a page
    PortalEchoes,  // … and even with the right body
    Moved,         // 302
    Missing,       // 404
    Broken,        // 500
    Busy,          // 503, Retry-After: 90
    TooLarge,      // 413
    Garbage,       // 201 and no receipts in it
    NoReceipts,    // 201 and an empty list
    WrongHash,     // 201, right numbers, hashes of other bytes
    Strangers,     // 201, numbers that were never sent
    Unsigned,      // 201, the right receipts, no signature
    Forged,        // … signed by somebody else
    OtherKiosks,   // … signed by the server, but for another kiosk
    Altered,       // … signed by the server with another outcome
};

/// A kiosk's folder: an outbox and its keys.
struct TestKiosk {
    TemporaryFolder folder;
    Outbox outbox = Outbox::open(folder.path).value();
    KeyStore keys = KeyStore::open(folder.path, "a long passphrase").value();
};

class FakeServer : public Transport {
  public:
    Result<HttpReply> post(const std::string& url, const std::string& token,
                           const std::string& body) override {
        ++requests;
        urls.push_back(url);
        if (url.ends_with("/v1/canary")) return canary(token, body);
        const auto batch = decode_batch(body);
        if (!batch) return HttpReply{.status = 400};
        sizes.push_back(batch->envelopes.size());
        if (absent) return fail(ErrorCode::Unavailable, "no route");
        if (batch->envelopes.size() > answers_in_time)
            return fail(ErrorCode::Unavailable, "timeout");
        if (!faults.empty()) {
            const Fault fault = faults.front();
            faults.pop_front();
            return with(fault, *batch);
        }
        if (token != known_token || !is_signed(known_key, signed_part(*batch), batch->signature))
            return HttpReply{.status = 401};
        if (batch->envelopes.size() > takes) return HttpReply{.status = 413};
        for (const Envelope& envelope : batch->envelopes)
            if (refuses_all || unreadable.contains(envelope.sequence))
                return HttpReply{.status = 400};
        return created(batch->kiosk, store(*batch));
    }

    Result<HttpReply> get(const std::string&, const std::string&, const std::string&) override {
        return HttpReply{.status = 404};
    }

    void trust(const std::string& authority) override { trusted.push_back(authority); }

    /// Enrols the kiosk here, as enrol() would, with a token of this digit.
    Enrolment enrols(const Outbox& outbox, KeyStore& keys, char digit = 'a', bool proven = true) {
        const Enrolment enrolment{"http://127.0.0.1:8080",
                                  std::string(64, digit),
                                  outbox.kiosk(),
                                  "hall",
                                  "office",
                                  sealing.public_key(),
                                  receipts.public_key(),
                                  "",
                                  proven};
        EXPECT_TRUE(keys.set_enrolment(enrolment));
        known_key = keys.signing_key().public_key();
        canary_of = outbox.kiosk();
        return enrolment;
    }

    SealingKey sealing = SealingKey::generate();
    SigningKey receipts = SigningKey::generate();
    std::string known_key;  // with which the kiosk signs
    std::string known_token = std::string(64, 'a');
    std::string canary_of;  // the kiosk
    bool opens = true;      // what was sealed to it
    bool absent = false;
    bool refuses_all = false;
    std::size_t takes = kMaxBatchEnvelopes;
    std::size_t answers_in_time = kMaxBatchEnvelopes;
    std::set<std::int64_t> unreadable;
    std::deque<Fault> faults;  // of the next requests

    std::map<std::int64_t, std::string> held;  // number → payload
    int repeats = 0;                           // receipted again, with what was said the first time
    int conflicts = 0;
    int requests = 0;
    std::vector<std::size_t> sizes;
    std::vector<std::string> urls;
    std::vector<std::string> trusted;

  private:
    HttpReply created(const std::string& kiosk, const std::vector<Receipt>& all) {
        return {.status = 201,
                .body = encode_receipts({all, receipts.sign(signed_part(kiosk, all))})};
    }

    Result<HttpReply> canary(const std::string& token, const std::string& body) {
        if (absent) return fail(ErrorCode::Unavailable, "no route");
        if (token != known_token) return HttpReply{.status = 401};
        const auto read = decode_canary(body);
        if (!read || !opens) return HttpReply{.status = 400};
        Opener opener;
        opener.add_key(SealingKey::from_secret(Secret::copy_of(sealing.secret().view())));
        const std::string& kiosk = canary_of;
        if (!opener.open_epoch(kiosk, read->opening)) return HttpReply{.status = 400};
        const auto record = opener.open(kiosk, read->sealed);
        if (!record) return HttpReply{.status = 400};
        return HttpReply{.status = 201, .body = encode_canary_reply(sha256_hex(*record))};
    }

    std::vector<Receipt> store(const Batch& batch) {
        std::vector<Receipt> all;
        for (const Envelope& envelope : batch.envelopes) {
            const auto [at, is_new] = held.emplace(envelope.sequence, envelope.payload);
            const bool same = at->second == envelope.payload;
            repeats += !is_new && same;
            conflicts += !same;
            all.push_back(
                {envelope.sequence, envelope.hash, same ? Outcome::Stored : Outcome::Conflict});
        }
        return all;
    }

    Result<HttpReply> with(Fault fault, const Batch& batch) {
        std::vector<Receipt> all;
        for (const Envelope& envelope : batch.envelopes)
            all.push_back({envelope.sequence, envelope.hash, Outcome::Stored});
        switch (fault) {
            case Fault::Timeout:
                return fail(ErrorCode::Unavailable, "timeout");
            case Fault::LostReply:
                store(batch);
                return fail(ErrorCode::Unavailable, "reset");
            case Fault::Portal:
                return HttpReply{.status = 200, .body = "<html>log in</html>"};
            case Fault::PortalEchoes: {
                HttpReply reply = created(batch.kiosk, all);
                reply.status = 200;
                return reply;
            }
            case Fault::Moved:
                return HttpReply{.status = 302};
            case Fault::Missing:
                return HttpReply{.status = 404};
            case Fault::Broken:
                return HttpReply{.status = 500};
            case Fault::Busy:
                return HttpReply{.status = 503, .retry_after = std::chrono::seconds(90)};
            case Fault::TooLarge:
                return HttpReply{.status = 413};
            case Fault::Garbage:
                return HttpReply{.status = 201, .body = "<html>thanks</html>"};
            case Fault::NoReceipts:
                return created(batch.kiosk, {});
            case Fault::WrongHash:
                for (Receipt& receipt : all) receipt.hash = std::string(64, 'f');
                return created(batch.kiosk, all);
            case Fault::Strangers:
                for (Receipt& receipt : all) receipt.sequence += 1000;
                return created(batch.kiosk, all);
            case Fault::Unsigned:
                return HttpReply{.status = 201,
                                 .body = encode_receipts({all, std::string(128, '0')})};
            case Fault::Forged:
                return HttpReply{
                    .status = 201,
                    .body = encode_receipts(
                        {all, SigningKey::generate().sign(signed_part(batch.kiosk, all))})};
            case Fault::OtherKiosks: {
                const std::string other(32, 'e');
                return HttpReply{
                    .status = 201,
                    .body = encode_receipts({all, receipts.sign(signed_part(other, all))})};
            }
            case Fault::Altered: {
                const std::string signature = receipts.sign(signed_part(batch.kiosk, all));
                all.front().outcome = Outcome::Quarantined;
                return HttpReply{.status = 201, .body = encode_receipts({all, signature})};
            }
        }
        return fail(ErrorCode::Unavailable, "");
    }
};

}  // namespace machikoe
