// FakeServer: the server's side of the protocol in memory, and everything that can go
// wrong on the way to it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include "sync/client/client.h"

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
};

class FakeServer : public Transport {
  public:
    Result<HttpReply> post(const std::string& url, const std::string& token,
                           const std::string& body) override {
        ++requests;
        urls.push_back(url);
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
        if (token != known_token) return HttpReply{.status = 401};
        if (batch->envelopes.size() > takes) return HttpReply{.status = 413};
        for (const Envelope& envelope : batch->envelopes)
            if (refuses_all || unreadable.contains(envelope.sequence))
                return HttpReply{.status = 400};
        return HttpReply{.status = 201, .body = encode_receipts(store(*batch))};
    }

    Result<HttpReply> get(const std::string&, const std::string&, const std::string&) override {
        return HttpReply{.status = 404};
    }

    std::string known_token = std::string(64, 'a');
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

  private:
    std::vector<Receipt> store(const Batch& batch) {
        std::vector<Receipt> receipts;
        for (const Envelope& envelope : batch.envelopes) {
            const auto [at, is_new] = held.emplace(envelope.sequence, envelope.payload);
            const bool same = at->second == envelope.payload;
            repeats += !is_new && same;
            conflicts += !same;
            receipts.push_back(
                {envelope.sequence, envelope.hash, same ? Outcome::Stored : Outcome::Conflict});
        }
        return receipts;
    }

    Result<HttpReply> with(Fault fault, const Batch& batch) {
        std::vector<Receipt> receipts;
        switch (fault) {
            case Fault::Timeout:
                return fail(ErrorCode::Unavailable, "timeout");
            case Fault::LostReply:
                store(batch);
                return fail(ErrorCode::Unavailable, "reset");
            case Fault::Portal:
                return HttpReply{.status = 200, .body = "<html>log in</html>"};
            case Fault::PortalEchoes:
                for (const Envelope& envelope : batch.envelopes)
                    receipts.push_back({envelope.sequence, envelope.hash, Outcome::Stored});
                return HttpReply{.status = 200, .body = encode_receipts(receipts)};
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
                return HttpReply{.status = 201, .body = encode_receipts({})};
            case Fault::WrongHash:
                for (const Envelope& envelope : batch.envelopes)
                    receipts.push_back({envelope.sequence, std::string(64, 'f'), Outcome::Stored});
                return HttpReply{.status = 201, .body = encode_receipts(receipts)};
            case Fault::Strangers:
                for (const Envelope& envelope : batch.envelopes)
                    receipts.push_back({envelope.sequence + 1000, envelope.hash, Outcome::Stored});
                return HttpReply{.status = 201, .body = encode_receipts(receipts)};
        }
        return fail(ErrorCode::Unavailable, "");
    }
};

}  // namespace machikoe
