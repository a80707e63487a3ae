// The contract of Store about openings, the quarantine, gaps, conflicts, packs and the log.
#include <gtest/gtest.h>

#include "tests/store/store_contract.h"

namespace machikoe {
namespace {

TEST_P(StoreTest, AnOpeningIsKeptUnderItsEpoch) {
    const std::string epoch(32, 'e');
    const Incoming opening = next("opening", CarriesOpening{epoch});
    EXPECT_EQ(append({opening, opening}).back().outcome, Outcome::Stored);
    reopen();
    EXPECT_EQ(store_->opening(epoch).value(), "opening");
    EXPECT_EQ(store_->opening(std::string(32, 'f')).error().code, ErrorCode::NotFound);
    EXPECT_EQ(counts().openings, 1);
    EXPECT_EQ(append({next("twice", CarriesOpening{epoch})}).front().outcome, Outcome::Quarantined);
    EXPECT_EQ(store_->opening(epoch).value(), "opening");
    EXPECT_EQ(counts().openings, 1);
    EXPECT_EQ(counts().quarantined, 1);
}

TEST_P(StoreTest, TheQuarantineIsReadByCauseAndPageByPage) {
    append({next_quarantined("key", Cause::UnknownKey),
            next_quarantined("epoch", Cause::UnknownEpoch),
            next_quarantined("epoch", Cause::UnknownEpoch)});
    EXPECT_EQ(store_->quarantined(std::nullopt, {}, 10)->size(), 3u);
    const auto first = store_->quarantined(Cause::UnknownEpoch, {}, 1).value();
    ASSERT_EQ(first.size(), 1u);
    EXPECT_EQ(first[0].sequence, 2);
    EXPECT_EQ(first[0].payload, "held 1");
    EXPECT_EQ(first[0].why.cause, Cause::UnknownEpoch);
    EXPECT_EQ(first[0].why.reason, "epoch");
    const auto next = store_->quarantined(Cause::UnknownEpoch, {kKiosk, 2}, 10).value();
    ASSERT_EQ(next.size(), 1u);
    EXPECT_EQ(next[0].sequence, 3);
    EXPECT_TRUE(store_->quarantined(Cause::Unfit, {}, 10)->empty());
}

TEST_P(StoreTest, WhatIsReadmittedLeavesTheQuarantineAndKeepsItsReceipt) {
    const Incoming held = next_quarantined("unknown pack version");
    append({held});
    ASSERT_TRUE(store_->readmit(kKiosk, 1, Quarantined{Cause::Unfit, "does not fit"}));
    EXPECT_EQ(store_->quarantined(Cause::Unfit, {}, 10)->front().why.reason, "does not fit");
    ASSERT_TRUE(store_->readmit(kKiosk, 1, CarriesResponse{"office", "spring"}));
    EXPECT_EQ(waiting_words(), std::vector<std::string>{held.envelope.payload});
    EXPECT_EQ(counts().quarantined, 0);
    EXPECT_EQ(store_->readmit(kKiosk, 1, CarriesResponse{"office", "spring"}).error().code,
              ErrorCode::Conflict);
    EXPECT_EQ(append({held}).front().outcome, Outcome::Quarantined);
    EXPECT_EQ(counts().waiting, 1);
}

TEST_P(StoreTest, NumbersThatNeverCameAreGaps) {
    next_saying("1");
    append({next_saying("2")});
    for (int i = 3; i <= 6; ++i) next_saying("lost");
    append({next_saying("7"), next_saying("8")});
    const auto gaps = store_->gaps(kKiosk).value();
    ASSERT_EQ(gaps.size(), 2u);
    EXPECT_EQ(gaps[0].first, 1);
    EXPECT_EQ(gaps[0].last, 1);
    EXPECT_EQ(gaps[1].first, 3);
    EXPECT_EQ(gaps[1].last, 6);
    EXPECT_TRUE(store_->gaps(kOtherKiosk)->empty());
}

TEST_P(StoreTest, AConflictNamesBothHashesAndWhenItWasNoted) {
    const Incoming first = next_saying("first");
    append({first, changed(first)});
    const auto conflicts = store_->conflicts().value();
    ASSERT_EQ(conflicts.size(), 1u);
    EXPECT_EQ(conflicts[0].kiosk, kKiosk);
    EXPECT_EQ(conflicts[0].sequence, 1);
    EXPECT_EQ(conflicts[0].held_hash, first.envelope.hash);
    EXPECT_EQ(conflicts[0].other_hash, changed(first).envelope.hash);
    EXPECT_EQ(conflicts[0].noted, kNow);
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

TEST_P(StoreTest, TheLogIsReadInPartsFromItsNewestEntryOn) {
    for (int i = 1; i <= 5; ++i) {
        AuditEntry entry;
        entry.when = kNow;
        entry.who = "sato";
        entry.what = "deed " + std::to_string(i);
        ASSERT_TRUE(store_->note(entry));
    }
    const auto numbers = [&](std::int64_t before, std::size_t limit) {
        std::vector<std::int64_t> all;
        const auto entries = store_->audit_before(before, limit).value();
        EXPECT_EQ(broken_link_among(entries), std::nullopt);
        for (const AuditEntry& each : entries) all.push_back(each.number);
        return all;
    };
    using Numbers = std::vector<std::int64_t>;
    EXPECT_EQ(numbers(0, 2), (Numbers{5, 4}));
    EXPECT_EQ(numbers(4, 2), (Numbers{3, 2}));
    EXPECT_EQ(numbers(2, 9), (Numbers{1}));
    EXPECT_EQ(numbers(1, 9), Numbers{});
    EXPECT_EQ(numbers(99, 9), (Numbers{5, 4, 3, 2, 1}));
    auto entries = store_->audit_before(0, 9).value();
    EXPECT_EQ(entries[0].what, "deed 5");
    entries[2].who = "tanaka";
    EXPECT_EQ(broken_link_among(entries), 3);
    entries.erase(entries.begin() + 2);
    EXPECT_EQ(broken_link_among(entries), 4);
}

}  // namespace
}  // namespace machikoe
