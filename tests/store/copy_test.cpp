// Copying whole stores: nothing is forgotten, nothing half is taken for whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <set>

#include "sync/store/copy.h"
#include "sync/store/tables.h"
#include "tests/store/store_contract.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

class CopyTest : public testing::Test {
  protected:
    CopyTest() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-copy-" + random_hex(8));
        std::filesystem::create_directories(folder_);
        postgres_ = {{}, schema_in(shared_postgres(), "copy_" + random_hex(8))};
    }
    ~CopyTest() override { std::filesystem::remove_all(folder_); }
    StoreLocation sqlite(const std::string& name) const { return {folder_ / name, ""}; }
    std::set<std::string> sqlite_columns(const std::string& table) {
        SQLite::Database database((folder_ / "a" / "server.db").string());
        SQLite::Statement info(database, "SELECT name FROM pragma_table_info(?)");
        info.bind(1, table);
        std::set<std::string> names;
        while (info.executeStep()) names.insert(info.getColumn(0).getString());
        return names;
    }
    std::filesystem::path folder_;
    StoreLocation postgres_;
};

Incoming numbered(std::int64_t number, const std::string& payload, Judgement judgement) {
    Incoming incoming;
    incoming.judgement = std::move(judgement);
    incoming.envelope.sequence = number;
    incoming.envelope.previous = first_previous_hash();
    incoming.envelope.payload = payload;
    incoming.envelope.hash = envelope_hash(incoming.envelope.previous, payload);
    return incoming;
}

Account account_of(const std::string& name) {
    Account account;
    account.name = name;
    account.totp_key = std::string("\0\xff'\\", 4);
    account.created = kNow;
    return account;
}

/// At least one row in every table, with what is hard to carry: NULL, every byte, long and
/// Japanese texts, and names that sort differently by byte and by language.
void fill(Store& store) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    ASSERT_TRUE(store.add_code(sha256_hex("spent"), "会館", "office", kNow + Milliseconds{9}));
    ASSERT_TRUE(store.add_code(sha256_hex("open"), "Hall", "office", kNow + Milliseconds{9}));
    ASSERT_TRUE(store.use_code(sha256_hex("spent"),
                               {kKiosk, sha256_hex("t"), std::string(64, '1'), "", ""}, kNow));
    ASSERT_TRUE(store.note_health(kKiosk, R"({"unsent":3})"));
    const CarriesResponse waits{"office", "spring"};
    std::vector<Incoming> all;
    for (int i = 1; i <= 1500; ++i) all.push_back(numbered(i, bytes + std::to_string(i), waits));
    all.push_back(numbered(1501, bytes, CarriesOpening{std::string(32, 'e')}));
    all.push_back(numbered(1502, bytes, Quarantined{Cause::UnknownPack, "unknown pack"}));
    all.push_back(numbered(1, "other bytes", waits));
    ASSERT_TRUE(store.append(kKiosk, all, kNow));
    const auto waiting = store.waiting("office", "spring").value();
    std::vector<std::string> ids;
    std::vector<Response> responses;
    for (std::size_t i = 0; i < 1200; ++i) {
        ids.push_back(waiting[i].id);
        responses.push_back(response_saying("静かな町 " + std::to_string(i)));
    }
    ASSERT_TRUE(store.release(ids, responses));
    const auto texts = store.free_texts(std::nullopt, {}, 2).value();
    ASSERT_TRUE(store.decide(texts[0].id, {ReviewState::Redacted, "[…]", bytes}, kNow));
    for (const char* tag : {"z", "Z", "静"}) ASSERT_TRUE(store.tag(texts[1].id, tag, true));
    ASSERT_TRUE(store.put_checkpoint(0, bytes, {}));
    ASSERT_TRUE(store.put_publication({0, kPackHash, 1200, bytes}));
    ASSERT_TRUE(store.put_pack(kPackHash, "testward-r4", {{"a.yaml", "a"}, {"B.yaml", "b"}}));
    for (const char* name : {"sato", "Abe", "佐藤"})
        ASSERT_TRUE(store.add_account(account_of(name)));
    ASSERT_TRUE(store.put_session({sha256_hex("s"), "sato", "form", kNow, kNow}));
    ASSERT_TRUE(store.add_access_key({sha256_hex("k"), "sato", "Excel", kNow, std::nullopt}));
    AuditEntry entry;
    entry.when = kNow;
    entry.who = "sato";
    entry.what = "test";
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(store.note(entry));
}

TEST_F(CopyTest, BothSchemasHaveTheColumnsThatAreCopied) {
    open_store(sqlite("a")).value();
    open_store(postgres_).value();
    SQLite::Database database((folder_ / "a" / "server.db").string());
    EXPECT_EQ(
        database.execAndGet("SELECT count(*) FROM sqlite_master WHERE type = 'table'").getInt(),
        static_cast<int>(table_shapes().size()));
    EXPECT_EQ(in_postgres(postgres_.url,
                          "SELECT count(*) FROM pg_tables"
                          " WHERE schemaname = current_schema()"),
              std::to_string(table_shapes().size() + 1));  // and machikoe_schema
    for (const TableShape& table : table_shapes()) {
        std::set<std::string> names;
        std::string columns;
        for (const ColumnShape& column : table.columns) names.insert(column.name);
        for (const std::string& name : names) columns += (columns.empty() ? "" : " ") + name;
        EXPECT_EQ(sqlite_columns(table.name), names) << table.name;
        EXPECT_EQ(in_postgres(postgres_.url,
                              "SELECT string_agg(column_name, ' ' ORDER BY column_name COLLATE"
                              " \"C\") FROM information_schema.columns WHERE table_schema ="
                              " current_schema() AND table_name = '" +
                                  std::string(table.name) + "'"),
                  columns);
    }
}

TEST_F(CopyTest, ToPostgresAndBackNothingHasChanged) {
    fill(*open_store(sqlite("a")).value());
    std::vector<CopiedTable> there, back, same;
    const Status moved = copy_store(sqlite("a"), postgres_, there);
    ASSERT_TRUE(moved) << moved.error().message;
    ASSERT_TRUE(copy_store(postgres_, sqlite("b"), back));
    ASSERT_EQ(there.size(), table_shapes().size());
    for (std::size_t i = 0; i < there.size(); ++i) {
        EXPECT_GT(there[i].rows, 0) << there[i].name;
        EXPECT_EQ(there[i].rows, back[i].rows) << there[i].name;
        EXPECT_EQ(there[i].sha256, back[i].sha256) << there[i].name;
        EXPECT_EQ(there[i].sha256, back[i].sha256_there) << there[i].name;
    }
    // And they are stores that go on.
    for (const StoreLocation& location : {postgres_, sqlite("b")}) {
        const auto store = open_store(location).value();
        EXPECT_EQ(store->counts()->responses, 1200);
        EXPECT_EQ(store->kiosk(kKiosk)->held, 1502);
        EXPECT_EQ(broken_link(store->audit().value()), std::nullopt);
        EXPECT_EQ(store
                      ->append(kKiosk,
                               {numbered(2000, "more", CarriesResponse{"office", "spring"})}, kNow)
                      ->front()
                      .outcome,
                  Outcome::Stored);
    }
    // One row more, and the digest says so.
    ASSERT_TRUE(copy_store(sqlite("b"), sqlite("c"), same));
    EXPECT_NE(same[2].sha256, there[2].sha256);
}

TEST_F(CopyTest, WhereSomethingIsNothingIsWritten) {
    fill(*open_store(sqlite("a")).value());
    for (const StoreLocation& to : {postgres_, sqlite("b")}) {
        {
            const auto store = open_store(to).value();
            ASSERT_TRUE(store->put_pack(kPackHash, "testward-r4", {{"a", "a"}}));
        }
        std::vector<CopiedTable> tables;
        const Status refused = copy_store(sqlite("a"), to, tables);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
        const auto store = open_store(to);
        ASSERT_TRUE(store) << store.error().message;
        EXPECT_EQ((*store)->counts()->ledger, 0);
        EXPECT_EQ((*store)->checkpoint()->generation, 0);
    }
}

TEST_F(CopyTest, WhatWasInterruptedIsNoStore) {
    struct Interrupted {};
    fill(*open_store(sqlite("a")).value());
    for (const StoreLocation& to : {postgres_, sqlite("b")}) {
        std::vector<CopiedTable> tables;
        int steps = 0;
        EXPECT_THROW((void)copy_store(sqlite("a"), to, tables,
                                      [&] {
                                          if (++steps == 1700) throw Interrupted{};
                                      }),
                     Interrupted);
        for (const StoreMode mode : {StoreMode::ReadWrite, StoreMode::ReadOnly}) {
            const auto store = open_store(to, mode);
            ASSERT_FALSE(store);
            EXPECT_EQ(store.error().code, ErrorCode::Corrupt);
            EXPECT_THAT(store.error().message, HasSubstr("move"));
        }
        EXPECT_EQ(copy_store(sqlite("a"), to, tables).error().code, ErrorCode::Corrupt);
        EXPECT_EQ(copy_store(to, sqlite("c"), tables).error().code, ErrorCode::Corrupt);
    }
    // As the error says: empty it and again.
    std::filesystem::remove_all(folder_ / "b");
    std::vector<CopiedTable> tables;
    EXPECT_TRUE(copy_store(sqlite("a"), sqlite("b"), tables));
}

TEST_F(CopyTest, FromNothingIsNotFound) {
    std::vector<CopiedTable> tables;
    EXPECT_EQ(copy_store(sqlite("a"), sqlite("b"), tables).error().code, ErrorCode::NotFound);
    EXPECT_EQ(copy_store(postgres_, sqlite("b"), tables).error().code, ErrorCode::NotFound);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "b" / "server.db"));
}

}  // namespace
}  // namespace machikoe
