// The contract of Store: what every adapter must do, whatever it keeps its rows in.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/store/store_contract.h"

namespace machikoe {
namespace {

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

TEST_P(StoreTest, TheSameKioskMayAskAgainForTheSameCredentialWhileTheCodeLasts) {
    add_code("CODE");
    ASSERT_TRUE(enrol("CODE", "t"));
    EXPECT_TRUE(enrol("CODE", "t"));
    EXPECT_EQ(enrol("CODE", "t", kNow + std::chrono::hours(1)).error().code, ErrorCode::Denied);
    NewKiosk other = new_kiosk("t");
    other.id = kOtherKiosk;
    EXPECT_EQ(store_->use_code(sha256_hex("CODE"), other, kNow).error().code, ErrorCode::Denied);
}

TEST_P(StoreTest, AnotherSigningKeyIsDeniedUntilTheKioskIsRevoked) {
    for (const char* code : {"ONE", "TWO"}) add_code(code);
    ASSERT_TRUE(enrol("ONE", "t"));
    NewKiosk changed = new_kiosk("u");
    changed.signing_key = std::string(64, '9');
    EXPECT_EQ(store_->use_code(sha256_hex("TWO"), changed, kNow).error().code, ErrorCode::Denied);
    EXPECT_TRUE(store_->kiosk_by_token(sha256_hex("t")));
    ASSERT_TRUE(store_->revoke(kKiosk));
    EXPECT_EQ(store_->use_code(sha256_hex("TWO"), changed, kNow)->signing_key, changed.signing_key);
}

TEST_P(StoreTest, AnAdoptedKioskIsKnownAndHasNoCredential) {
    ASSERT_TRUE(store_->adopt(new_kiosk("unused"), "Stick", "hall", kNow));
    EXPECT_EQ(store_->kiosk(kKiosk)->site, "hall");
    EXPECT_EQ(store_->kiosk(kKiosk)->signing_key, std::string(64, '1'));
    EXPECT_EQ(store_->kiosk_by_token(sha256_hex("unused")).error().code, ErrorCode::Denied);
    EXPECT_EQ(store_->kiosk(kOtherKiosk).error().code, ErrorCode::NotFound);
    NewKiosk changed = new_kiosk("unused");
    changed.signing_key = std::string(64, '9');
    EXPECT_EQ(store_->adopt(changed, "Stick", "hall", kNow).error().code, ErrorCode::Denied);
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
    EXPECT_EQ(enrolled->signing_key, std::string(64, '1'));
    EXPECT_EQ(enrolled->set_up_key, std::string(64, '2'));
    EXPECT_EQ(enrolled->locked_set_up_key, "33");
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
    EXPECT_EQ(waiting_words(), std::vector<std::string>{"kept"});
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

// A store may let a group wait that could come out; then it says so.
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
    EXPECT_EQ(counts().responses, came_out ? 2 : 0);
    EXPECT_EQ(counts().waiting, came_out ? 1 : 3);
    const auto released = store_->released_after({}).value();
    ASSERT_EQ(released.size(), came_out ? 1u : 0u);
    if (!came_out) return;
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
    // PostgreSQL lets all of them wait and has nothing of it to write.
    const bool waits = GetParam().name == "Postgres";
    EXPECT_EQ(store_->append_together({&group}, kNow).has_value(), waits);
    EXPECT_EQ(counts().ledger, waits ? 2 : 0);
    EXPECT_EQ(counts().responses, 0);
    EXPECT_EQ(counts().waiting, waits ? 2 : 0);
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

// ---- openings and the quarantine --------------------------------------------------------

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

INSTANTIATE_TEST_SUITE_P(Adapters, StoreTest, testing::ValuesIn(adapters()), name_of_adapter);

}  // namespace
}  // namespace machikoe
