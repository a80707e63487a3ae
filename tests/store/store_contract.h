// The contract of Store: the fixture, and the adapters that must hold to it.  Another adapter is
// one more in adapters().
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "app/base/crypto.h"
#include "sync/store/location.h"
#include "sync/store/store.h"
#include "tests/store/postgres_cluster.h"

namespace machikoe {

inline constexpr Milliseconds kNow{1'700'000'000'000};
inline const std::string kKiosk(32, 'a');
inline const std::string kOtherKiosk(32, 'b');
inline const std::string kPackHash(64, 'c');

struct Adapter {
    std::string name;
    /// Opened twice on one folder it is the same store.
    std::function<Result<std::unique_ptr<Store>>(const std::filesystem::path&)> open;
};

inline Response response_saying(const std::string& words) {
    Response response;
    response.pack_id = "testward-r4";
    response.pack_hash = kPackHash;
    response.site = "office";
    response.event = "spring";
    response.when = {"2024-05-01", 14};
    response.seed = 0xfedcba9876543210u;
    response.duration_s = 95;
    response.issues_opened = {"living"};
    response.answers["words"] = {AnswerStatus::Answered, AnswerValue(words)};
    return response;
}

class StoreTest : public testing::TestWithParam<Adapter> {
  protected:
    StoreTest() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-store-" + random_hex(8));
        std::filesystem::create_directories(folder_);
        reopen();
    }
    ~StoreTest() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    void reopen() {
        store_.reset();
        auto opened = GetParam().open(folder_);
        ASSERT_TRUE(opened) << opened.error().message;
        store_ = std::move(*opened);
    }

    /// The next link of the chain of the kiosk under test.  Nothing here can be opened by the
    /// store; that the bytes are not even sealed is nothing to it.
    Incoming next(const std::string& payload, Judgement judgement) {
        Incoming incoming;
        incoming.judgement = std::move(judgement);
        incoming.envelope.sequence = ++sequence_;
        incoming.envelope.previous = previous_;
        incoming.envelope.payload = payload;
        previous_ = incoming.envelope.hash = envelope_hash(previous_, payload);
        return incoming;
    }
    Incoming next_saying(const std::string& words) {
        return next(words, CarriesResponse{"office", "spring"});
    }
    Incoming next_quarantined(const std::string& reason, Cause cause = Cause::UnknownPack) {
        return next("held " + std::to_string(sequence_), Quarantined{cause, reason});
    }
    /// The same number, other bytes.
    static Incoming changed(Incoming incoming) {
        incoming.envelope.payload += " else";
        incoming.envelope.hash =
            envelope_hash(incoming.envelope.previous, incoming.envelope.payload);
        return incoming;
    }
    /// Whatever waits of the office's spring event.
    std::vector<std::string> waiting_words() {
        std::vector<std::string> words;
        const auto waiting = store_->waiting("office", "spring").value();
        for (const WaitingResponse& each : waiting) words.push_back(each.payload);
        std::sort(words.begin(), words.end());
        return words;
    }
    Result<ReleasePlace> release_all() {
        std::vector<std::string> ids;
        std::vector<Response> responses;
        const auto waiting = store_->waiting("office", "spring").value();
        for (const WaitingResponse& each : waiting) {
            ids.push_back(each.id);
            responses.push_back(response_saying(each.payload));
        }
        return store_->release(ids, responses);
    }

    std::vector<Receipt> append(const std::vector<Incoming>& incoming) {
        auto receipts = store_->append(kKiosk, incoming, kNow);
        EXPECT_TRUE(receipts) << receipts.error().message;
        return receipts.value_or(std::vector<Receipt>{});
    }
    Counts counts() { return store_->counts().value(); }
    std::vector<std::string> stored_words() {
        std::vector<std::string> words;
        EXPECT_TRUE(store_->for_each_response([&](const std::string&, const Response& response) {
            words.push_back(std::get<std::string>(response.answers.at("words").value));
            return true;
        }));
        return words;
    }
    static NewKiosk new_kiosk(const std::string& token) {
        return {kKiosk, sha256_hex(token), std::string(64, '1'), std::string(64, '2'), "33"};
    }
    Result<KioskRow> enrol(const std::string& code, const std::string& token,
                           Milliseconds now = kNow) {
        return store_->use_code(sha256_hex(code), new_kiosk(token), now);
    }
    void add_code(const std::string& code) {
        ASSERT_TRUE(
            store_->add_code(sha256_hex(code), "Hall", "office", kNow + std::chrono::hours(1)));
    }

    std::filesystem::path folder_;
    std::unique_ptr<Store> store_;
    std::int64_t sequence_ = 0;
    std::string previous_ = first_previous_hash();
};

inline void PrintTo(const Adapter& adapter, std::ostream* out) {
    *out << adapter.name;
}

inline std::string name_of_adapter(const testing::TestParamInfo<Adapter>& adapter) {
    return adapter.param.name;
}

inline std::vector<Adapter> adapters() {
    return {
        {"Sqlite", [](const std::filesystem::path& folder) { return open_sqlite_store(folder); }},
        {"Postgres", [](const std::filesystem::path& folder) {
             std::string name = folder.filename().string();
             std::ranges::replace(name, '-', '_');
             return open_postgres_store(schema_in(shared_postgres(), name));
         }}};
}

}  // namespace machikoe
