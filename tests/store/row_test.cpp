// What both kinds of store put into a row: groups of responses, runs of the ledger, what waits.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/base/crypto.h"
#include "sync/store/ledger_run.h"
#include "sync/store/response_group.h"
#include "sync/store/waiting_row.h"
#include "tests/store/store_contract.h"

namespace machikoe {
namespace {

class ResponseGroupTest : public testing::Test {
  protected:
    ResponseGroupTest() { crypto_ready(); }

    static std::vector<Response> some(int count) {
        std::vector<Response> responses;
        for (int i = 0; i < count; ++i)
            responses.push_back(response_saying("words\n" + std::to_string(i)));
        return responses;
    }
    static std::vector<std::pair<std::string, Response>> read(const std::string& records) {
        std::vector<std::pair<std::string, Response>> all;
        EXPECT_TRUE(for_each_stored(records, [&](const std::string& id, const Response& each) {
            all.emplace_back(id, each);
            return true;
        }));
        return all;
    }
    static Scan scan_of(const PackedRelease& release, int& scans) {
        return [&](const EachRecord& each) {
            ++scans;
            for (const GroupRow& row : release.rows)
                if (const Status done = for_each_record(row.records, each); !done) return done;
            return Status{};
        };
    }
};

TEST_F(ResponseGroupTest, HoldsEveryResponseUnderAnIdOfItsOwn) {
    const auto release = packed(some(40)).value();
    ASSERT_EQ(release.rows.size(), 1u);
    EXPECT_EQ(release.rows[0].size, 40);
    EXPECT_EQ(release.row_ids, release.rows[0].id);
    const auto all = read(release.rows[0].records);
    ASSERT_EQ(all.size(), 40u);
    EXPECT_TRUE(std::ranges::is_sorted(all, {}, [](const auto& each) { return each.first; }));
    std::set<std::string> words, ids;
    for (const auto& [id, response] : all) {
        words.insert(std::get<std::string>(response.answers.at("words").value));
        ids.insert(id);
    }
    EXPECT_EQ(words.size(), 40u);
    EXPECT_EQ(ids.size(), 40u);
    EXPECT_FALSE(ids.contains(release.rows[0].id));
}

TEST_F(ResponseGroupTest, NamesEveryTextAndWhereItLies) {
    auto responses = some(3);
    responses[1].answers["words"].value = std::int64_t{4};
    const auto release = packed(responses).value();
    ASSERT_EQ(release.texts.size(), 2u);
    for (const TextPlace& each : release.texts) {
        EXPECT_EQ(each.group, release.rows[0].id);
        EXPECT_EQ(text_in(release.rows[0].records, each.text)->substr(0, 5), "words");
    }
    EXPECT_EQ(text_in(release.rows[0].records, {std::string(32, '0'), "words"}).error().code,
              ErrorCode::NotFound);
}

TEST_F(ResponseGroupTest, ALargeReleaseIsSeveralRows) {
    const auto release = packed(some(2 * static_cast<int>(kMostInGroup) + 1)).value();
    ASSERT_EQ(release.rows.size(), 3u);
    std::int64_t size = 0;
    for (const GroupRow& row : release.rows) size += row.size;
    EXPECT_EQ(size, 2 * std::int64_t{kMostInGroup} + 1);
    EXPECT_EQ(release.row_ids.size(), 3 * kRowIdLength);
}

TEST_F(ResponseGroupTest, KnowsTheFirstDayThatSaysAnything) {
    auto responses = some(3);
    responses[0].when = {"", -1};
    responses[1].when = {"2024-04", -1};
    EXPECT_EQ(packed(responses)->rows[0].first_day, "2024-04");
    EXPECT_EQ(packed({responses[0]})->rows[0].first_day, "");
}

TEST_F(ResponseGroupTest, RefusesWhatWouldNotBeReadBack) {
    for (int fault = 0; fault < 3; ++fault) {
        auto responses = some(2);
        if (fault == 0) responses[1].when.hour = 24;
        if (fault == 1) responses[1].when.day = "tomorrow";
        if (fault == 2) responses[1].pack_hash = "none";
        EXPECT_EQ(packed(responses).error().code, ErrorCode::Invalid) << fault;
    }
}

TEST_F(ResponseGroupTest, EveryDamageIsFound) {
    const std::string good = packed(some(7))->rows[0].records;
    const auto is_read = [](const std::string& records) {
        return for_each_stored(records, [](const auto&, const auto&) { return true; }).has_value();
    };
    ASSERT_TRUE(is_read(good));
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x10);
        // A reserved bit of the frame's head, and nothing else, may change unseen.
        if (is_read(bad)) {
            EXPECT_EQ(read(bad), read(good)) << at;
        }
        EXPECT_FALSE(is_read(good.substr(0, at))) << at;
    }
}

TEST_F(ResponseGroupTest, ATextIsReplacedAndTheRestStays) {
    const auto release = packed(some(5)).value();
    const GroupRow& row = release.rows[0];
    const FreeTextId id = release.texts[2].text;
    const auto changed = with_text(row.id, row.records, id, "(withheld)");
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->id, row.id);
    EXPECT_EQ(text_in(changed->records, id).value(), "(withheld)");
    for (const TextPlace& each : release.texts) {
        if (each.text == id) continue;
        EXPECT_EQ(text_in(changed->records, each.text).value(),
                  text_in(row.records, each.text).value());
    }
}

TEST_F(ResponseGroupTest, WhatARuleCoversIsTakenOut) {
    auto responses = some(4);
    responses[0].when = responses[1].when = {"2023-01-01", -1};
    const GroupRow row = packed(responses)->rows[0];
    const auto left = thinned(row.id, row.records, {"2024-01-01", ""}).value();
    EXPECT_EQ(left.deleted.size(), 2u);
    ASSERT_TRUE(left.row);
    EXPECT_EQ(left.row->size, 2);
    EXPECT_EQ(left.row->first_day, "2024-05-01");
    EXPECT_FALSE(thinned(row.id, row.records, {"2025-01-01", ""})->row);
    EXPECT_TRUE(thinned(row.id, row.records, {"2022-01-01", ""})->deleted.empty());
}

TEST_F(ResponseGroupTest, TheOrderOfIdsCutsAcrossGroupsHoweverLittleIsHeld) {
    constexpr int kAll = 1200;
    const auto release = packed(some(kAll)).value();
    for (const std::size_t most_bytes : {std::size_t{1}, std::size_t{20'000}, kMostBytesHeld}) {
        int scans = 0;
        std::vector<std::string> ids;
        ASSERT_TRUE(for_each_by_id(
            scan_of(release, scans),
            [&](const std::string& id, const Response&) {
                ids.push_back(id);
                return most_bytes > 1 || ids.size() < 5;
            },
            most_bytes));
        EXPECT_TRUE(std::ranges::is_sorted(ids));
        EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), ids.size());
        EXPECT_EQ(ids.size(), most_bytes > 1 ? std::size_t{kAll} : 5u);
        EXPECT_EQ(scans > 1, most_bytes < kMostBytesHeld);
    }
}

// ---- the ledger -------------------------------------------------------------------------

std::string hash_of(std::int64_t number) {
    return sha256_hex(std::to_string(number));
}

TEST(LedgerStretchTest, NeighboursAreOneRunUpToItsMostAndGapsBeginAnother) {
    LedgerStretch ledger;
    for (std::int64_t i = 1; i <= std::int64_t{kMostInRun} + 2; ++i)
        ASSERT_TRUE(ledger.add(i, hash_of(i), Outcome::Stored));
    ASSERT_TRUE(ledger.add(40, hash_of(40), Outcome::Quarantined));
    const auto runs = ledger.changed();
    ASSERT_EQ(runs.size(), 3u);
    EXPECT_EQ(runs[0]->size(), std::int64_t{kMostInRun});
    EXPECT_EQ(runs[1]->first, std::int64_t{kMostInRun} + 1);
    EXPECT_EQ(runs[2]->first, 40);
    EXPECT_EQ(ledger.find(3)->hash, hash_of(3));
    EXPECT_EQ(ledger.find(40)->outcome, Outcome::Quarantined);
    EXPECT_FALSE(ledger.find(39));
    EXPECT_FALSE(ledger.find(0));
}

TEST(LedgerStretchTest, ARunThatIsThereGrowsAndOthersAreLeftAlone) {
    LedgerStretch before;
    for (const std::int64_t i : {1, 2, 7}) ASSERT_TRUE(before.add(i, hash_of(i), Outcome::Stored));
    LedgerStretch ledger;
    for (const LedgerRun* run : before.changed()) ASSERT_TRUE(ledger.load(*run));
    EXPECT_TRUE(ledger.changed().empty());
    ASSERT_TRUE(ledger.add(3, hash_of(3), Outcome::Stored));
    ASSERT_TRUE(ledger.add(6, hash_of(6), Outcome::Stored));
    const auto runs = ledger.changed();
    ASSERT_EQ(runs.size(), 2u);
    EXPECT_EQ(runs[0]->first, 1);
    EXPECT_EQ(runs[0]->size(), 3);
    EXPECT_EQ(runs[1]->first, 6);
    EXPECT_EQ(runs[1]->size(), 1);
}

TEST(LedgerStretchTest, DamagedRunsAndHashesThatAreNoneAreRefused) {
    LedgerStretch ledger;
    EXPECT_EQ(ledger.load({1, std::string(31, 'x'), "s"}).error().code, ErrorCode::Corrupt);
    EXPECT_EQ(ledger.load({1, std::string(32, 'x'), "?"}).error().code, ErrorCode::Corrupt);
    EXPECT_EQ(ledger.load({1, "", ""}).error().code, ErrorCode::Corrupt);
    EXPECT_EQ(ledger.add(1, "no hash", Outcome::Stored).error().code, ErrorCode::Invalid);
    EXPECT_TRUE(ledger.changed().empty());
}

// ---- what waits ---------------------------------------------------------------------------

TEST(WaitingRowTest, PayloadsComeBackAndEveryCutIsFound) {
    const std::string zero("\0\1", 2);
    const std::string bytes = joined({"one", "", zero});
    EXPECT_EQ(payloads_in(bytes).value(), (std::vector<std::string_view>{"one", "", zero}));
    const std::set<std::size_t> between{0, 7, 11};
    for (std::size_t at = 0; at < bytes.size(); ++at)
        EXPECT_EQ(payloads_in(std::string_view(bytes).substr(0, at)).has_value(),
                  between.contains(at))
            << at;
}

TEST(WaitingRowTest, WhatIsLeftOverIsTheRest) {
    const std::string bytes = joined({"a", "b", "c"});
    EXPECT_EQ(left_over(bytes, {0, 2}).value(), std::vector<std::string_view>{"b"});
    EXPECT_EQ(left_over(bytes, {3}).error().code, ErrorCode::Conflict);
    const auto rows = rows_of({waiting_id("x", 0), waiting_id("y", 4), waiting_id("x", 11)});
    EXPECT_EQ(rows->at("x"), (std::set<std::size_t>{0, 11}));
    for (const char* bad : {"x", "x/", "x/1a", "x/-1"})
        EXPECT_EQ(rows_of({bad}).error().code, ErrorCode::Conflict) << bad;
    EXPECT_FALSE(rows_of({"x/1", "x/1"}));
}

}  // namespace
}  // namespace machikoe
