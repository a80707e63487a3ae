// The contract of Store: what every adapter must do, whatever it keeps its rows in.  Answers and
// their groups here, the rest in the other *_contract_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/store/store_contract.h"

namespace machikoe {
namespace {

// ---- answers --------------------------------------------------------------------------

TEST_P(StoreTest, AResponseReadsBackAsItWas) {
    const Incoming sent = next_saying("静かな町");
    const auto receipts = append({sent});
    ASSERT_EQ(receipts.size(), 1u);
    EXPECT_EQ(receipts[0], (Receipt{1, sent.envelope.hash, Outcome::Stored}));
    reopen();
    const auto waiting = store_->waiting("office", "spring").value();
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_EQ(waiting[0].kiosk, kKiosk);
    EXPECT_EQ(waiting[0].payload, "静かな町");
    ASSERT_TRUE(release_all());
    reopen();
    std::vector<Response> read;
    std::string id;
    ASSERT_TRUE(store_->for_each_response([&](const std::string& its_id, const Response& response) {
        id = its_id;
        read.push_back(response);
        return true;
    }));
    ASSERT_EQ(read.size(), 1u);
    EXPECT_EQ(read[0], response_saying("静かな町"));
    EXPECT_EQ(id.size(), 32u);
    EXPECT_NE(id, waiting[0].id);
    EXPECT_EQ(counts().waiting, 0);
}

TEST_P(StoreTest, WhatIsSentAgainIsHeldOnceAndGetsTheSameReceipt) {
    const std::vector<Incoming> group{next_saying("a"), next_quarantined("unknown pack version"),
                                      next_saying("b")};
    const auto first = append(group);
    reopen();
    EXPECT_EQ(append(group), first);
    EXPECT_EQ(append({group[1]}).front(), first[1]);
    EXPECT_EQ(counts().waiting, 2);
    EXPECT_EQ(counts().ledger, 3);
    EXPECT_EQ(counts().quarantined, 1);
}

TEST_P(StoreTest, WhatIsTwiceInOneGroupIsHeldOnce) {
    const Incoming sent = next_saying("a");
    const auto receipts = append({sent, sent});
    ASSERT_EQ(receipts.size(), 2u);
    EXPECT_EQ(receipts[0], receipts[1]);
    EXPECT_EQ(counts().waiting, 1);
}

TEST_P(StoreTest, OtherBytesUnderOneNumberAreKeptAsideOnce) {
    const Incoming first = next_saying("first");
    const Incoming other = changed(first);
    append({first});
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(append({other}).front(), (Receipt{1, other.envelope.hash, Outcome::Conflict}));
    EXPECT_EQ(counts().conflicts, 1);
    EXPECT_EQ(counts().ledger, 1);
    EXPECT_EQ(waiting_words(), std::vector<std::string>{"first"});
    EXPECT_EQ(append({first}).front().outcome, Outcome::Stored);
}

TEST_P(StoreTest, TheSameNumberOfTwoKiosksIsTwoAnswers) {
    const Incoming sent = next_saying("same words");
    append({sent});
    ASSERT_TRUE(store_->append(kOtherKiosk, {sent}, kNow));
    EXPECT_EQ(counts().waiting, 2);
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
    EXPECT_EQ(counts().waiting, 3);
}

TEST_P(StoreTest, AMixedGroupComesOutAsItIsOrWaitsAsItCame) {
    Group group{kKiosk, {next_saying("a"), next("opening", CarriesOpening{std::string(32, 'e')})}};
    group.incoming.push_back(next_saying("b"));
    group.mixed = {response_saying("b, mixed"), response_saying("a, mixed")};
    const Group theirs{kOtherKiosk, {group.incoming[0]}};
    const auto results = store_->append_together({&group, &theirs}, kNow).value();
    const auto came_out = results[0][0].came_out;
    EXPECT_FALSE(results[0][1].came_out) << "an opening is no response";
    EXPECT_EQ(results[0][2].came_out, came_out);
    EXPECT_FALSE(results[1][0].came_out);
    EXPECT_EQ(counts().ledger, 4);
    EXPECT_EQ(counts().openings, 1);
    EXPECT_EQ(counts().responses, 2);
    EXPECT_EQ(counts().waiting, 1);
    const auto released = store_->released_after({}).value();
    ASSERT_EQ(released.size(), 1u);
    ASSERT_TRUE(came_out);
    EXPECT_EQ(released[0].place.writer, came_out->writer);
    EXPECT_EQ(released[0].place.number, came_out->number);
    EXPECT_EQ(released[0].responses.size(), 2u);
    EXPECT_GT(store_->release({}, {response_saying("later")})->number, came_out->number);
}

TEST_P(StoreTest, AMixedGroupOfWhichSomeIsHereAlreadyWaits) {
    Group group{kKiosk, {next_saying("a"), next_saying("b"), next_saying("c")}};
    append({group.incoming[1]});
    group.mixed = {response_saying("a"), response_saying("b"), response_saying("c")};
    for (int i = 0; i < 2; ++i) {
        const auto appended = store_->append_together({&group}, kNow)->front();
        for (const Appended& each : appended) EXPECT_FALSE(each.came_out);
        EXPECT_EQ(counts().responses, 0);
        EXPECT_EQ(counts().waiting, 3);
    }
    group.incoming[2] = changed(group.incoming[2]);
    EXPECT_EQ(store_->append_together({&group}, kNow)->front()[2].receipt.outcome,
              Outcome::Conflict);
    EXPECT_EQ(counts().responses, 0);
    EXPECT_EQ(counts().waiting, 3);
}

TEST_P(StoreTest, AMixedGroupThatCannotBeWrittenLeavesNothing) {
    Group group{kKiosk, {next_saying("a"), next_saying("b")}};
    group.mixed = {response_saying("a"), response_saying("b")};
    group.mixed[1].pack_hash = "no hash";
    EXPECT_EQ(store_->append_together({&group}, kNow).error().code, ErrorCode::Invalid);
    EXPECT_EQ(counts().ledger, 0);
    EXPECT_EQ(counts().responses, 0);
    EXPECT_EQ(counts().waiting, 0);
    EXPECT_TRUE(store_->released_after({})->empty());
}

TEST_P(StoreTest, AGroupThatCannotBeWrittenLeavesNothing) {
    const Incoming good = next_saying("good");
    Incoming bad = next_saying("bad");
    bad.envelope.hash = "no hash";
    const Group group{kKiosk, {good, bad}};
    EXPECT_FALSE(store_->append_together({&group}, kNow));
    EXPECT_EQ(counts().ledger, 0);
    EXPECT_EQ(counts().waiting, 0);
    EXPECT_TRUE(store_->kiosks()->empty());
    append({good});
    EXPECT_EQ(counts().waiting, 1);
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
    ASSERT_TRUE(release_all());
    EXPECT_EQ(stored_words(), sent);
    std::vector<std::string> ids, read;
    ASSERT_TRUE(store_->for_each_response_by_id([&](const std::string& id, const Response& each) {
        ids.push_back(id);
        read.push_back(std::get<std::string>(each.answers.at("words").value));
        return true;
    }));
    EXPECT_NE(read, sent);  // the same order by chance: once in 40!
    EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
    EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), ids.size());
}

TEST_P(StoreTest, ReadingStopsWhenTheReaderHasEnough) {
    append({next_saying("a"), next_saying("b")});
    ASSERT_TRUE(release_all());
    int read = 0;
    ASSERT_TRUE(store_->for_each_response([&](const std::string&, const Response&) {
        ++read;
        return false;
    }));
    EXPECT_EQ(read, 1);
}

// ---- groups ---------------------------------------------------------------------------

TEST_P(StoreTest, WaitingOnesAreCountedBySiteAndEvent) {
    append({next("a", CarriesResponse{"office", ""}), next("b", CarriesResponse{"office", ""}),
            next("c", CarriesResponse{"hall", "fair"})});
    const auto groups = store_->waiting_groups().value();
    ASSERT_EQ(groups.size(), 2u);
    EXPECT_EQ(groups[0].site, "hall");
    EXPECT_EQ(groups[0].event, "fair");
    EXPECT_EQ(groups[0].count, 1);
    EXPECT_EQ(groups[1].count, 2);
    EXPECT_EQ(store_->waiting("office", "").value().size(), 2u);
    EXPECT_TRUE(store_->waiting("office", "fair")->empty());
}

TEST_P(StoreTest, AGroupIsReleasedWholeOrNotAtAll) {
    append({next_saying("a"), next_saying("b")});
    const auto waiting = store_->waiting("office", "spring").value();
    ASSERT_EQ(waiting.size(), 2u);
    const std::vector<Response> both{response_saying("a"), response_saying("b")};
    EXPECT_EQ(store_->release({waiting[0].id, random_hex(16)}, both).error().code,
              ErrorCode::Conflict);
    EXPECT_EQ(counts().waiting, 2);
    EXPECT_EQ(counts().responses, 0);
    Response unwritable = response_saying("b");
    unwritable.when.hour = 24;
    EXPECT_FALSE(
        store_->release({waiting[0].id, waiting[1].id}, {response_saying("a"), unwritable}));
    EXPECT_EQ(counts().waiting, 2);
    EXPECT_EQ(counts().responses, 0);
    ASSERT_TRUE(store_->release({waiting[0].id, waiting[1].id}, both));
    EXPECT_EQ(store_->release({waiting[0].id, waiting[1].id}, both).error().code,
              ErrorCode::Conflict);
    EXPECT_EQ(counts().responses, 2);
    EXPECT_EQ(counts().ledger, 2);
}

TEST_P(StoreTest, APartOfWhatCameTogetherMayComeOutAndTheRestWaits) {
    append({next_saying("a"), next_saying("b"), next_saying("c")});
    const auto waiting = store_->waiting("office", "spring").value();
    const auto of = [&](const std::string& words) {
        return std::ranges::find(waiting, words, &WaitingResponse::payload)->id;
    };
    ASSERT_TRUE(store_->release({of("a"), of("c")}, {response_saying("a"), response_saying("c")}));
    EXPECT_EQ(waiting_words(), std::vector<std::string>{"b"});
    EXPECT_EQ(counts().waiting, 1);
    // Its id is another now: who read it before must read again.
    EXPECT_EQ(store_->release({of("b")}, {response_saying("b")}).error().code, ErrorCode::Conflict);
    ASSERT_TRUE(release_all());
    EXPECT_EQ(stored_words(), (std::vector<std::string>{"a", "b", "c"}));
}

TEST_P(StoreTest, ABatchThatOverlapsWhatIsHereIsTakenInWhereItIsNew) {
    std::vector<Incoming> chain;
    for (int i = 0; i < 90; ++i) chain.push_back(next_saying("answer " + std::to_string(i)));
    const auto part = [&](int from, int to) {
        return std::vector<Incoming>(chain.begin() + from, chain.begin() + to);
    };
    append(part(40, 60));
    append(part(0, 50));
    append(part(55, 90));
    EXPECT_EQ(counts().ledger, 90);
    EXPECT_EQ(counts().waiting, 90);
    EXPECT_TRUE(store_->gaps(kKiosk)->empty());
    EXPECT_EQ(store_->kiosks()->front().held, 90);
    EXPECT_EQ(store_->kiosks()->front().highest_sequence, 90);
    for (const Receipt& each : append(part(0, 90))) EXPECT_EQ(each.outcome, Outcome::Stored);
    EXPECT_EQ(counts().waiting, 90);
}

TEST_P(StoreTest, ABlurredTimeIsStoredAsItIs) {
    append({next_saying("a"), next_saying("b"), next_saying("c")});
    std::vector<std::string> ids;
    const auto waiting = store_->waiting("office", "spring").value();
    for (const auto& each : waiting) ids.push_back(each.id);
    std::vector<Response> blurred(3, response_saying("x"));
    blurred[0].when = {"2024-05-01", -1};
    blurred[1].when = {"2024-05", -1};
    blurred[2].when = {"", -1};
    ASSERT_TRUE(store_->release(ids, blurred));
    std::set<std::string> days;
    ASSERT_TRUE(store_->for_each_response([&](const std::string&, const Response& response) {
        days.insert(response.when.day);
        EXPECT_EQ(response.when.hour, -1);
        return true;
    }));
    EXPECT_EQ(days, (std::set<std::string>{"", "2024-05", "2024-05-01"}));
}

INSTANTIATE_TEST_SUITE_P(Adapters, StoreTest, testing::ValuesIn(adapters()), name_of_adapter);

}  // namespace
}  // namespace machikoe
