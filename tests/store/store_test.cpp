// The contract of Store: what every adapter must do, whatever it keeps its rows in.
// Another adapter is one more INSTANTIATE_TEST_SUITE_P.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "app/base/crypto.h"
#include "sync/store/store.h"

namespace machikoe {
namespace {

constexpr Milliseconds kNow{1'700'000'000'000};
const std::string kKiosk(32, 'a');
const std::string kOtherKiosk(32, 'b');
const std::string kPackHash(64, 'c');

struct Adapter {
    std::string name;
    /// Opened twice on one folder it is the same store.
    std::function<Result<std::unique_ptr<Store>>(const std::filesystem::path&)> open;
};

Response response_saying(const std::string& words) {
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

    /// The next link of the chain of the kiosk under test.
    Incoming next_saying(const std::string& words) {
        Incoming incoming;
        incoming.response = response_saying(words);
        incoming.envelope.sequence = ++sequence_;
        incoming.envelope.previous = previous_;
        incoming.envelope.payload = encode_record(*incoming.response);
        previous_ = incoming.envelope.hash = envelope_hash(previous_, incoming.envelope.payload);
        return incoming;
    }
    Incoming next_quarantined(const std::string& reason) {
        Incoming incoming = next_saying("of an unknown pack");
        incoming.response.reset();
        incoming.reason = reason;
        return incoming;
    }
    /// The same number, other bytes.
    static Incoming changed(Incoming incoming) {
        incoming.response = response_saying("something else");
        incoming.envelope.payload = encode_record(*incoming.response);
        incoming.envelope.hash =
            envelope_hash(incoming.envelope.previous, incoming.envelope.payload);
        return incoming;
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
    Result<KioskRow> enrol(const std::string& code, const std::string& token,
                           Milliseconds now = kNow) {
        return store_->use_code(sha256_hex(code), kKiosk, sha256_hex(token), now);
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

// ---- enrolment ------------------------------------------------------------------------

TEST_P(StoreTest, AnUnknownCodeIsDenied) {
    EXPECT_EQ(enrol("NOPE", "t").error().code, ErrorCode::Denied);
    EXPECT_TRUE(store_->kiosks()->empty());
}

TEST_P(StoreTest, AnExpiredCodeIsDenied) {
    add_code("CODE");
    EXPECT_EQ(enrol("CODE", "t", kNow + std::chrono::hours(1)).error().code, ErrorCode::Denied);
    EXPECT_TRUE(enrol("CODE", "t", kNow + std::chrono::minutes(59)));
}

TEST_P(StoreTest, ACodeIsSpentOnce) {
    add_code("CODE");
    ASSERT_TRUE(enrol("CODE", "first"));
    EXPECT_EQ(enrol("CODE", "second").error().code, ErrorCode::Denied);
    EXPECT_TRUE(store_->kiosk_by_token(sha256_hex("first")));
    EXPECT_EQ(store_->kiosk_by_token(sha256_hex("second")).error().code, ErrorCode::Denied);
}

TEST_P(StoreTest, ACodeCannotBeAddedTwice) {
    add_code("CODE");
    EXPECT_FALSE(store_->add_code(sha256_hex("CODE"), "Other", "x", kNow));
}

TEST_P(StoreTest, AnEnrolledKioskIsKnownByItsToken) {
    add_code("CODE");
    const auto enrolled = enrol("CODE", "token");
    ASSERT_TRUE(enrolled);
    EXPECT_EQ(enrolled->id, kKiosk);
    EXPECT_EQ(enrolled->name, "Hall");
    EXPECT_EQ(enrolled->site, "office");
    EXPECT_EQ(enrolled->enrolled, kNow);
    EXPECT_FALSE(enrolled->last_seen);
    reopen();
    EXPECT_EQ(store_->kiosk_by_token(sha256_hex("token"))->id, kKiosk);
    EXPECT_EQ(store_->kiosk_by_token("token").error().code, ErrorCode::Denied);
}

TEST_P(StoreTest, ARevokedTokenIsDeniedAndTheAnswersStay) {
    add_code("CODE");
    ASSERT_TRUE(enrol("CODE", "token"));
    append({next_saying("kept")});
    ASSERT_TRUE(store_->revoke(kKiosk));
    EXPECT_EQ(store_->kiosk_by_token(sha256_hex("token")).error().code, ErrorCode::Denied);
    EXPECT_TRUE(store_->kiosks()->front().revoked);
    EXPECT_EQ(stored_words(), std::vector<std::string>{"kept"});
}

TEST_P(StoreTest, RevokingAnUnknownKioskIsNotFound) {
    EXPECT_EQ(store_->revoke(kKiosk).error().code, ErrorCode::NotFound);
}

TEST_P(StoreTest, AKioskThatEnrolsAgainKeepsItsLedgerAndLosesItsOldToken) {
    add_code("ONE");
    add_code("TWO");
    ASSERT_TRUE(enrol("ONE", "old"));
    append({next_saying("a"), next_saying("b")});
    ASSERT_TRUE(store_->revoke(kKiosk));
    const auto again = enrol("TWO", "new");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->held, 2);
    EXPECT_EQ(again->highest_sequence, 2);
    EXPECT_FALSE(again->revoked);
    EXPECT_EQ(store_->kiosk_by_token(sha256_hex("old")).error().code, ErrorCode::Denied);
    EXPECT_TRUE(store_->kiosk_by_token(sha256_hex("new")));
}

// ---- answers --------------------------------------------------------------------------

TEST_P(StoreTest, AResponseReadsBackAsItWas) {
    const Incoming sent = next_saying("静かな町");
    const auto receipts = append({sent});
    ASSERT_EQ(receipts.size(), 1u);
    EXPECT_EQ(receipts[0], (Receipt{1, sent.envelope.hash, Outcome::Stored}));
    reopen();
    std::vector<Response> read;
    std::string id;
    ASSERT_TRUE(store_->for_each_response([&](const std::string& its_id, const Response& response) {
        id = its_id;
        read.push_back(response);
        return true;
    }));
    ASSERT_EQ(read.size(), 1u);
    EXPECT_EQ(read[0], *sent.response);
    EXPECT_EQ(id.size(), 32u);
}

TEST_P(StoreTest, WhatIsSentAgainIsHeldOnceAndGetsTheSameReceipt) {
    const std::vector<Incoming> group{next_saying("a"), next_quarantined("unknown pack version"),
                                      next_saying("b")};
    const auto first = append(group);
    reopen();
    EXPECT_EQ(append(group), first);
    EXPECT_EQ(append({group[1]}).front(), first[1]);
    EXPECT_EQ(counts().responses, 2);
    EXPECT_EQ(counts().ledger, 3);
    EXPECT_EQ(counts().quarantined, 1);
}

TEST_P(StoreTest, WhatIsTwiceInOneGroupIsHeldOnce) {
    const Incoming sent = next_saying("a");
    const auto receipts = append({sent, sent});
    ASSERT_EQ(receipts.size(), 2u);
    EXPECT_EQ(receipts[0], receipts[1]);
    EXPECT_EQ(counts().responses, 1);
}

TEST_P(StoreTest, OtherBytesUnderOneNumberAreKeptAsideOnce) {
    const Incoming first = next_saying("first");
    const Incoming other = changed(first);
    append({first});
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(append({other}).front(), (Receipt{1, other.envelope.hash, Outcome::Conflict}));
    EXPECT_EQ(counts().conflicts, 1);
    EXPECT_EQ(counts().ledger, 1);
    EXPECT_EQ(stored_words(), std::vector<std::string>{"first"});
    EXPECT_EQ(append({first}).front().outcome, Outcome::Stored);
}

TEST_P(StoreTest, TheSameNumberOfTwoKiosksIsTwoAnswers) {
    const Incoming sent = next_saying("same words");
    append({sent});
    ASSERT_TRUE(store_->append(kOtherKiosk, {sent}, kNow));
    EXPECT_EQ(counts().responses, 2);
    EXPECT_EQ(counts().conflicts, 0);
}

TEST_P(StoreTest, OnlyTheCallThatTookItInIsFresh) {
    const Group group{kKiosk, {next_saying("a")}};
    EXPECT_TRUE(store_->append_together({&group}, kNow)->front().front().fresh);
    EXPECT_FALSE(store_->append_together({&group}, kNow)->front().front().fresh);
}

TEST_P(StoreTest, GroupsOfSeveralKiosksGetReceiptsInTheirOwnOrder) {
    const Group mine{kKiosk, {next_saying("a"), next_saying("b")}};
    const Group theirs{kOtherKiosk, {mine.incoming[0]}};
    const auto results = store_->append_together({&mine, &theirs}, kNow);
    ASSERT_TRUE(results);
    ASSERT_EQ(results->size(), 2u);
    ASSERT_EQ((*results)[0].size(), 2u);
    EXPECT_EQ((*results)[0][1].receipt.sequence, 2);
    EXPECT_EQ((*results)[1].size(), 1u);
    EXPECT_EQ(counts().responses, 3);
}

TEST_P(StoreTest, AGroupThatCannotBeWrittenLeavesNothing) {
    const Incoming good = next_saying("good");
    Incoming bad = next_saying("bad");
    bad.response->when.hour = 24;
    const Group group{kKiosk, {good, bad}};
    EXPECT_FALSE(store_->append_together({&group}, kNow));
    EXPECT_EQ(counts().ledger, 0);
    EXPECT_EQ(counts().responses, 0);
    EXPECT_TRUE(store_->kiosks()->empty());
    append({good});
    EXPECT_EQ(counts().responses, 1);
}

TEST_P(StoreTest, AKioskTellsWhatIsHeldOfItAndWhenItCame) {
    add_code("CODE");
    ASSERT_TRUE(enrol("CODE", "token"));
    append({next_saying("a")});
    next_saying("lost on the way");
    const Incoming third = next_saying("c");
    ASSERT_TRUE(store_->append(kKiosk, {third, third, changed(third)}, kNow + Milliseconds{5}));
    const auto row = store_->kiosk_by_token(sha256_hex("token"));
    ASSERT_TRUE(row);
    EXPECT_EQ(row->held, 2);
    EXPECT_EQ(row->highest_sequence, 3);
    EXPECT_EQ(row->last_seen, kNow + Milliseconds{5});
    EXPECT_EQ(store_->kiosks()->front().held, 2);
}

TEST_P(StoreTest, ResponsesComeInTheOrderOfTheirIdsNotOfTheirArrival) {
    std::vector<std::string> sent;
    std::vector<Incoming> group;
    for (int i = 0; i < 40; ++i) {
        sent.push_back("answer " + std::to_string(100 + i));
        group.push_back(next_saying(sent.back()));
    }
    append(group);
    auto read = stored_words();
    EXPECT_NE(read, sent);  // the same order by chance: once in 40!
    std::sort(read.begin(), read.end());
    EXPECT_EQ(read, sent);
    std::vector<std::string> ids;
    ASSERT_TRUE(store_->for_each_response([&](const std::string& id, const Response&) {
        ids.push_back(id);
        return true;
    }));
    EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
    EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), ids.size());
}

TEST_P(StoreTest, ReadingStopsWhenTheReaderHasEnough) {
    append({next_saying("a"), next_saying("b")});
    int read = 0;
    ASSERT_TRUE(store_->for_each_response([&](const std::string&, const Response&) {
        ++read;
        return false;
    }));
    EXPECT_EQ(read, 1);
}

// ---- packs ----------------------------------------------------------------------------

TEST_P(StoreTest, AnUnknownPackIsNotFound) {
    EXPECT_EQ(store_->pack(kPackHash).error().code, ErrorCode::NotFound);
    EXPECT_TRUE(store_->pack_hashes()->empty());
}

TEST_P(StoreTest, APackReadsBackAndIsNeverOverwritten) {
    const PackFiles files{{"pack.yaml", "format: 1\n"}, {"survey.yaml", "questions: []\n"}};
    ASSERT_TRUE(store_->put_pack(kPackHash, "testward-r4", files));
    ASSERT_TRUE(store_->put_pack(kPackHash, "testward-r4", {{"pack.yaml", "other"}}));
    reopen();
    EXPECT_EQ(store_->pack(kPackHash).value(), files);
    EXPECT_EQ(store_->pack_hashes().value(), std::vector<std::string>{kPackHash});
}

void PrintTo(const Adapter& adapter, std::ostream* out) { *out << adapter.name; }

std::string name_of_adapter(const testing::TestParamInfo<Adapter>& adapter) {
    return adapter.param.name;
}

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreTest,
                         testing::Values(Adapter{"Sqlite",
                                                 [](const std::filesystem::path& folder) {
                                                     return open_sqlite_store(folder);
                                                 }}),
                         name_of_adapter);

}  // namespace
}  // namespace machikoe
