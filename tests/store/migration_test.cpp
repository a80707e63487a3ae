// Databases of every earlier schema, with rows in every table of it, opened by this program:
// nothing is lost, everything works on, figures are what they were.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <iterator>
#include <set>

#include "app/base/crypto.h"
#include "app/base/database.h"
#include "sync/store/sqlite_schema.h"
#include "tests/store/store_contract.h"

namespace machikoe {
namespace {

constexpr int kNewest = static_cast<int>(std::size(kServerMigrations));
constexpr int kResponses = 12;
constexpr int kLedger = kResponses + 2;  // and one that is held, and one that waits or did

std::string in_hex(const std::string& bytes) {
    std::string hex = "x'";
    for (const char sign : bytes) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(sign);
        (hex += kDigits[byte >> 4]) += kDigits[byte & 15];
    }
    return hex + "'";
}
std::string sql_text(const std::string& text) {
    std::string sql = "'";
    for (const char sign : text) sql += sign == '\'' ? std::string("''") : std::string(1, sign);
    return sql + "'";
}
std::string id_of(int number) {
    return sha256_hex("id " + std::to_string(number)).substr(0, 32);
}

/// A server.db as a program of that schema left it.
class OldDatabase {
  public:
    OldDatabase(const std::filesystem::path& folder, int schema) : schema_(schema) {
        std::filesystem::create_directories(folder);
        auto opened = open_database(folder / "server.db",
                                    std::span(kServerMigrations, static_cast<std::size_t>(schema)));
        EXPECT_TRUE(opened) << opened.error().message;
        database_.emplace(std::move(*opened));
        exec("BEGIN");  // one wait for the disk
        add_kiosk();
        add_responses();
        if (schema_ >= 2) add_what_waits();
        if (schema_ >= 3) add_log_and_reviews();
        if (schema_ >= 4) add_accounts();
        if (schema_ >= 5) add_publication();
        exec("COMMIT");
    }
    /// Those that nothing was put into: they would be migrated untested.
    std::set<std::string> empty_tables() {
        std::set<std::string> empty;
        SQLite::Statement tables(*database_, "SELECT name FROM sqlite_schema WHERE type = 'table'");
        while (tables.executeStep()) {
            const std::string name = tables.getColumn(0).getString();
            if (database_->execAndGet("SELECT count(*) FROM " + name).getInt() == 0)
                empty.insert(name);
        }
        return empty;
    }
    static std::vector<Envelope> chain() {
        std::vector<Envelope> all;
        std::string previous = first_previous_hash();
        for (int i = 1; i <= kLedger + 1; ++i) {
            Envelope envelope;
            envelope.sequence = i;
            envelope.previous = previous;
            envelope.payload = "sealed " + std::to_string(i);
            previous = envelope.hash = envelope_hash(previous, envelope.payload);
            all.push_back(std::move(envelope));
        }
        return all;
    }
    static Response response(int number) {
        Response made = response_saying("word's " + std::to_string(number));
        made.when.day = number % 2 ? "2024-05-01" : "2023-04-30";
        return made;
    }

  private:
    void exec(const std::string& sql) { database_->exec(sql); }
    void add_kiosk() {
        exec("INSERT INTO enrolment_code (code_hash, name, site, expires_ms, used_ms) VALUES ('" +
             sha256_hex("spent") + "', 'Hall', 'office', 1700000900000, 1700000000000), ('" +
             sha256_hex("open") + "', 'Hall', 'office', 1700000900000, NULL)");
        exec(
            "INSERT INTO kiosk (id, name, site, token_hash, enrolled_ms, last_seen_ms, held_count)"
            " VALUES ('" +
            kKiosk + "', 'Hall', 'office', '" + sha256_hex("token") +
            "', 1700000000000, 1700000100000, " + std::to_string(kLedger) + ")");
        for (const Envelope& each : chain())
            if (each.sequence <= kLedger)
                exec("INSERT INTO ledger VALUES ('" + kKiosk + "', " +
                     std::to_string(each.sequence) + ", '" + each.previous + "', '" + each.hash +
                     "', '" + (each.sequence == kResponses + 1 ? "quarantined" : "stored") + "')");
        exec("INSERT INTO quarantine (kiosk, sequence, payload, reason) VALUES ('" + kKiosk +
             "', " + std::to_string(kResponses + 1) + ", x'00ff', 'unknown pack version')");
        if (schema_ >= 2) exec("UPDATE quarantine SET cause = 'unknown-pack'");
        exec("INSERT INTO conflict VALUES ('" + kKiosk + "', 3, '" + sha256_hex("other") +
             "', x'01', 1700000200000)");
        exec("INSERT INTO pack VALUES ('" + kPackHash + "', 'testward-r4', 'pack.yaml', 'text')");
    }
    void add_responses() {
        for (int i = 0; i < kResponses; ++i) {
            const Response each = response(i);
            exec(
                "INSERT INTO response (id, pack_hash, day, hour, site, event, universe, record)"
                " VALUES ('" +
                id_of(i) + "', '" + kPackHash + "', '" + each.when.day +
                "', 14, 'office', 'spring', 'resident', " + sql_text(encode_record(each)) + ")");
        }
    }
    void add_what_waits() {
        exec("UPDATE kiosk SET signing_key = '" + std::string(64, '1') + "'");
        exec("INSERT INTO epoch VALUES ('" + std::string(32, 'e') + "', '" + kKiosk + "', 99, " +
             in_hex("opening") + ")");
        exec("INSERT INTO waiting VALUES ('" + std::string(32, 'f') + "', '" + kKiosk +
             "', 'office', 'spring', " + in_hex("sealed 14") + ")");
    }
    void add_log_and_reviews() {
        std::string previous = first_previous_hash();
        for (int i = 1; i <= 3; ++i) {
            AuditEntry entry;
            entry.number = i;
            entry.when = kNow;
            entry.who = "sato";
            entry.what = "export-microdata";
            entry.detail = "it's " + std::to_string(i);
            const std::string hash = chain_hash(previous, audit_text(entry));
            exec("INSERT INTO audit VALUES (" + std::to_string(i) + ", " +
                 std::to_string(kNow.count()) + ", 'sato', 'export-microdata', " +
                 sql_text(entry.detail) + ", '" + previous + "', '" + hash + "')");
            previous = hash;
        }
        for (int i = 0; i < kResponses; ++i)
            exec("INSERT INTO review (response, question) VALUES ('" + id_of(i) + "', 'words')");
        exec("UPDATE review SET state = 'approved', decided_ms = 1700000000000 WHERE response = '" +
             id_of(0) + "'");
        exec("INSERT INTO review_tag VALUES ('" + id_of(0) + "', 'words', 'park')");
    }
    void add_accounts() {
        exec("UPDATE kiosk SET health = '{\"version\":\"1\"}'");
        exec("INSERT INTO released VALUES ('w', 1, '" + id_of(0) + id_of(1) + "')");
        exec("UPDATE checkpoint SET generation = 7, counts = x'0a0b'");
        exec(
            "INSERT INTO account VALUES ('sato', 'evaluator', '$argon2id$', x'00ff', 5, '', 0, 0,"
            " 1, 0, 1700000000000, NULL)");
        exec("INSERT INTO session VALUES ('" + sha256_hex("session") +
             "', 'sato', 'form', 1700000000000, 1700000000000)");
    }
    void add_publication() {
        exec("UPDATE publication SET generation = 3, pack_hash = '" + kPackHash +
             "', responses = 10, counts = x'0c'");
        exec("INSERT INTO access_key VALUES ('" + sha256_hex("key") +
             "', 'sato', 'sheet', 1700000000000, NULL)");
    }

    int schema_;
    std::optional<SQLite::Database> database_;
};

class MigrationTest : public testing::TestWithParam<int> {
  protected:
    MigrationTest() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-old-" + random_hex(8));
        OldDatabase old(folder_, GetParam());
        EXPECT_EQ(old.empty_tables(), std::set<std::string>{}) << "fill them, too";
    }
    ~MigrationTest() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    void SetUp() override {
        auto store = open_sqlite_store(folder_);
        ASSERT_TRUE(store) << store.error().message;
        store_ = std::move(*store);
    }
    std::int64_t waiting() const { return GetParam() >= 2 ? 1 : 0; }

    std::filesystem::path folder_;
    std::unique_ptr<Store> store_;
};

TEST_P(MigrationTest, EveryResponseIsThereAndFiguresAreWhatTheyWere) {
    const Counts counts = store_->counts().value();
    EXPECT_EQ(counts.responses, kResponses);
    EXPECT_EQ(counts.ledger, kLedger);
    EXPECT_EQ(counts.waiting, waiting());
    EXPECT_EQ(counts.openings, waiting());
    EXPECT_EQ(counts.quarantined, 1);
    EXPECT_EQ(counts.conflicts, 1);
    std::multiset<std::string> wanted, read, counted;
    for (int i = 0; i < kResponses; ++i) wanted.insert(encode_record(OldDatabase::response(i)));
    ASSERT_TRUE(store_->for_each_response([&](const std::string&, const Response& each) {
        read.insert(encode_record(each));
        return true;
    }));
    ASSERT_TRUE(
        store_->count_all([&](const Response& each) { counted.insert(encode_record(each)); }));
    EXPECT_EQ(read, wanted);
    EXPECT_EQ(counted, wanted);
}

TEST_P(MigrationTest, TheLedgerStillTakesEachNumberOnce) {
    const auto chain = OldDatabase::chain();
    const auto send = [&](Envelope envelope) {
        Incoming incoming;
        incoming.envelope = std::move(envelope);
        incoming.judgement = CarriesResponse{"office", "spring"};
        const Group group{kKiosk, {incoming}};
        return store_->append_together({&group}, kNow).value().front().front();
    };
    for (int i = 0; i < kLedger; ++i) {
        const Appended again = send(chain[static_cast<std::size_t>(i)]);
        EXPECT_FALSE(again.fresh) << i;
        EXPECT_EQ(again.receipt.outcome, i == kResponses ? Outcome::Quarantined : Outcome::Stored);
    }
    Envelope other = chain[1];
    other.payload = "other bytes";
    other.hash = envelope_hash(other.previous, other.payload);
    EXPECT_EQ(send(other).receipt.outcome, Outcome::Conflict);
    const Appended next = send(chain.back());
    EXPECT_TRUE(next.fresh);
    EXPECT_EQ(next.receipt.outcome, Outcome::Stored);
    EXPECT_EQ(store_->kiosk(kKiosk)->held, kLedger + 1);
    EXPECT_EQ(store_->kiosk(kKiosk)->highest_sequence, kLedger + 1);
    EXPECT_TRUE(store_->gaps(kKiosk)->empty());
}

TEST_P(MigrationTest, KiosksCodesAndPacksAreKnown) {
    EXPECT_EQ(store_->kiosk_by_token(sha256_hex("token"))->name, "Hall");
    const NewKiosk other{kOtherKiosk, sha256_hex("t2"), std::string(64, '3'), "", ""};
    EXPECT_EQ(store_->use_code(sha256_hex("spent"), other, kNow).error().code, ErrorCode::Denied);
    EXPECT_TRUE(store_->use_code(sha256_hex("open"), other, kNow));
    EXPECT_EQ(store_->pack(kPackHash)->at("pack.yaml"), "text");
    const auto held = store_->quarantined(Cause::UnknownPack, {}, 9).value();
    ASSERT_EQ(held.size(), 1u);
    EXPECT_EQ(held[0].payload, std::string("\x00\xff", 2));
    EXPECT_TRUE(store_->readmit(kKiosk, kResponses + 1, CarriesResponse{"office", "spring"}));
    EXPECT_EQ(store_->counts()->waiting, waiting() + 1);
    EXPECT_EQ(store_->conflicts()->front().sequence, 3);
    if (GetParam() >= 2) {
        EXPECT_EQ(store_->opening(std::string(32, 'e')).value(), "opening");
    }
}

TEST_P(MigrationTest, WhatWaitsComesOutAndTextsAreReviewed) {
    std::vector<std::string> ids;
    const auto all = store_->waiting("office", "spring").value();
    for (const WaitingResponse& each : all) ids.push_back(each.id);
    EXPECT_TRUE(store_->release(ids, {response_saying("new")}));
    EXPECT_EQ(store_->counts()->waiting, 0);
    EXPECT_EQ(store_->counts()->responses, kResponses + 1);
    const bool reviewed = GetParam() >= 3;
    EXPECT_EQ(store_->unreviewed()->size(), static_cast<std::size_t>(kResponses + !reviewed));
    EXPECT_EQ(store_->tag_counts()->size(), reviewed ? 1u : 0u);
    EXPECT_TRUE(store_->decide({id_of(1), "words"}, {ReviewState::Withheld, {}, ""}, kNow));
    EXPECT_EQ(store_->delete_responses({"2024-01-01", ""}).value(), kResponses / 2);
}

TEST_P(MigrationTest, TheLogGoesOnAndAccountsAndKeysAreThere) {
    const std::size_t before = GetParam() >= 3 ? 3 : 0;
    AuditEntry entry;
    entry.when = kNow;
    entry.who = "suzuki";
    entry.what = "log-in";
    ASSERT_TRUE(store_->note(entry));
    const auto log = store_->audit().value();
    EXPECT_EQ(log.size(), before + 1);
    EXPECT_EQ(broken_link(log), std::nullopt);
    const bool has_accounts = GetParam() >= 4, has_keys = GetParam() >= 5;
    EXPECT_EQ(store_->accounts()->size(), has_accounts ? 1u : 0u);
    EXPECT_EQ(store_->session(sha256_hex("session")).has_value(), has_accounts);
    EXPECT_EQ(store_->checkpoint()->generation, has_accounts ? 7 : 0);
    EXPECT_EQ(store_->released_after({})->size(), has_accounts ? 1u : 0u);
    EXPECT_EQ(store_->publication()->generation, has_keys ? 3 : 0);
    EXPECT_EQ(store_->access_key(sha256_hex("key")).has_value(), has_keys);
    Account account;
    account.name = "tanaka";
    EXPECT_TRUE(store_->add_account(account));
    EXPECT_TRUE(store_->put_publication({store_->publication()->generation, kPackHash, 20, "c"}));
}

INSTANTIATE_TEST_SUITE_P(FromSchema, MigrationTest, testing::Range(1, kNewest + 1),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace machikoe
