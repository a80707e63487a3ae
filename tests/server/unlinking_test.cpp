// The attacker who holds the server's whole database, a copy of it after every batch, and a list
// of who stood at which kiosk when.  What can be said of whose answer is whose?
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <random>
#include <set>

#include "app/base/file.h"
#include "sync/server/routes.h"
#include "tests/server/test_kiosk.h"
#include "tests/server/test_pack.h"
#include "tests/store/readable.h"

namespace machikoe {
namespace {

/// What the attacker wrote down.
struct Seen {
    std::size_t kiosk = 0;
    DayHour when;
    std::string words;  // the truth, to measure the attacker by
};

class UnlinkingTest : public testing::Test {
  protected:
    UnlinkingTest() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-unlink-" + random_hex(8));
        store_ = open_sqlite_store(folder_).value();
    }
    ~UnlinkingTest() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    void serve(std::size_t mix) {
        const PackFiles files = test_pack_files();
        pack_ = test_pack(files);
        routes_.emplace(files, pack_, generate_server_keys(), clock_, RoutesOptions{.mix = mix});
        ASSERT_TRUE(routes_->prepare(*store_));
        for (int i = 0; i < 2; ++i) {
            kiosks_.emplace_back(*store_, clock_.wall() + std::chrono::hours(1));
            kiosks_.back().enrolled(send("/v1/enrol", "", kiosks_.back().enrol_body()).body);
            post(kiosks_.back(), {kiosks_.back().opening()});
        }
    }
    HttpResponse send(const std::string& target, const std::string& token,
                      const std::string& body) {
        return answer_now(
            *routes_, *store_,
            {.method = "POST", .target = target, .authorization = "Bearer " + token, .body = body},
            clock_.wall());
    }
    void post(const TestKiosk& kiosk, std::vector<Envelope> envelopes) {
        ASSERT_EQ(send("/v1/batch", kiosk.token, kiosk.batch(std::move(envelopes))).status, 201u);
    }

    /// Days of visits at two kiosks, sent as they come: one, two or three at a time.  After each
    /// batch `look` sees the database.
    template <class Look>
    void live_through(int visits, Look look) {
        std::mt19937 random(20220601);
        std::vector<std::vector<Envelope>> outbox(kiosks_.size());
        for (int i = 0; i < visits; ++i) {
            const std::size_t at = random() % kiosks_.size();
            Seen seen{at,
                      {"2022-06-0" + std::to_string(1 + i * 3 / visits), 9 + (i * 24 / visits) % 8},
                      "answer-of-person-" + std::to_string(1000 + i)};
            Response response = test_response(pack_, "s4", seen.words);
            response.when = seen.when;
            response.duration_s = 20 + static_cast<int>(random() % 900);
            outbox[at].push_back(kiosks_[at].sealed(response));
            list_.push_back(std::move(seen));
            if (outbox[at].size() <= random() % 3) continue;
            post(kiosks_[at], std::exchange(outbox[at], {}));
            look();
        }
    }
    std::map<std::string, Response> rows() {
        std::map<std::string, Response> all;
        EXPECT_TRUE(store_->for_each_response([&](const std::string& id, const Response& response) {
            all.emplace(id, response);
            return true;
        }));
        return all;
    }
    static std::string words_of(const Response& response) {
        return std::get<std::string>(response.answers.at("words").value);
    }
    std::string all_bytes() const {
        std::string bytes;
        for (const auto& entry : std::filesystem::directory_iterator(folder_))
            if (entry.is_regular_file()) bytes += load_file(entry.path()).value();
        return bytes;
    }
    /// The fewest answers that any person on the list could have given, for who knows when each
    /// row appeared and reads its published time; and how many persons that was counted for.
    std::pair<std::size_t, std::size_t> smallest_choice() {
        std::size_t smallest = SIZE_MAX, people = 0;
        std::map<std::string, Response> before;
        live_through(240, [&] {
            const auto now = rows();
            std::vector<const Response*> fresh;
            for (const auto& [id, response] : now)
                if (!before.contains(id)) fresh.push_back(&response);
            for (const Response* mine : fresh) {
                const Seen& seen = *std::ranges::find(list_, words_of(*mine), &Seen::words);
                const auto possible = static_cast<std::size_t>(
                    std::ranges::count_if(fresh, [&](const Response* each) {
                        return seen.when.day.starts_with(each->when.day) &&
                               (each->when.hour == -1 || each->when.hour == seen.when.hour);
                    }));
                smallest = std::min(smallest, possible);
                ++people;
            }
            before = now;
        });
        return {smallest, people};
    }

    std::filesystem::path folder_;
    ManualClock clock_;
    Pack pack_;
    std::unique_ptr<Store> store_;
    std::optional<Routes> routes_;
    std::vector<TestKiosk> kiosks_;
    std::vector<Seen> list_;
};

TEST_F(UnlinkingTest, WhoeverWatchedEveryBatchLearnsNoMoreThanOneOfFive) {
    serve(5);
    const auto [smallest, people] = smallest_choice();
    EXPECT_GT(people, 200u);
    EXPECT_GE(smallest, 5u);
}

TEST_F(UnlinkingTest, WithoutTheGroupsTheSameAttackerKnowsEverybody) {
    serve(1);
    const auto [smallest, people] = smallest_choice();
    EXPECT_GT(people, 200u);
    EXPECT_EQ(smallest, 1u);
}

TEST_F(UnlinkingTest, NoHashInTheLedgerCanBeTriedAgainstAnAnswer) {
    serve(5);
    live_through(60, [] {});
    std::set<std::string> ledger;
    const std::string bytes = all_bytes();
    // Everything of 64 hex digits that is in the files, whatever table it is in.
    for (std::size_t i = 0, run = 0; i < bytes.size(); ++i) {
        const bool hex = std::isdigit(static_cast<unsigned char>(bytes[i])) ||
                         (bytes[i] >= 'a' && bytes[i] <= 'f');
        run = hex ? run + 1 : 0;
        if (run >= 64) ledger.insert(bytes.substr(i - 63, 64));
    }
    for (std::string& hash : ledger_hashes(folder_)) ledger.insert(std::move(hash));
    ASSERT_GT(ledger.size(), 60u);
    for (const auto& [id, response] : rows()) {
        Response guess = response;
        for (int hour = 9; hour < 18; ++hour) {
            guess.when.hour = hour;
            for (const std::string& previous : ledger)
                ASSERT_FALSE(ledger.contains(envelope_hash(previous, encode_record(guess))));
        }
        break;  // one is as good as all, and there are many hashes
    }
}

TEST_F(UnlinkingTest, WhatStillWaitsIsNotReadableAnywhereInTheFiles) {
    serve(5);
    live_through(63, [] {});
    std::set<std::string> released;
    for (const auto& [id, response] : rows()) released.insert(words_of(response));
    const std::string bytes = all_bytes() + readable_responses(folder_);
    std::size_t waiting = 0;
    for (const Seen& seen : list_) {
        if (released.contains(seen.words)) {
            EXPECT_NE(bytes.find(seen.words), std::string::npos);
        } else {
            EXPECT_EQ(bytes.find(seen.words), std::string::npos) << seen.words;
            ++waiting;
        }
    }
    EXPECT_GT(waiting, 0u);
}

TEST_F(UnlinkingTest, TheOrderOnThePagesIsNotTheOrderOfArrival) {
    serve(50);
    live_through(600, [] {});
    const std::string bytes = readable_responses(folder_);
    // Of neighbours on the list, the later one should lie behind as often as before.
    int behind = 0, pairs = 0;
    std::size_t last = std::string::npos;
    for (const Seen& seen : list_) {
        const std::size_t at = bytes.find(seen.words);
        if (at == std::string::npos) {
            last = at;
            continue;
        }
        if (last != std::string::npos) {
            ++pairs;
            behind += at > last ? 1 : 0;
        }
        last = at;
    }
    ASSERT_GT(pairs, 400);
    // Groups of 50 follow one another; within them it is a coin: five standard deviations.
    const double expected = 0.5 * pairs;
    EXPECT_LT(std::abs(behind - expected), 5 * std::sqrt(0.25 * pairs) + pairs / 50.0);
}

}  // namespace
}  // namespace machikoe
