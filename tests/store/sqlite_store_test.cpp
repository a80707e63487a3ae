// What only the SQLite adapter promises: its schema, its file, a second process beside it.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "app/base/crypto.h"
#include "app/base/database.h"
#include "app/base/file.h"
#include "sync/store/response_group.h"
#include "sync/store/sqlite_schema.h"

namespace machikoe {
namespace {

constexpr Milliseconds kNow{1'700'000'000'000};
const std::string kKiosk = "c0ffee00c0ffee00c0ffee00c0ffee00";

class SqliteStoreTest : public testing::Test {
  protected:
    SqliteStoreTest() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-sqlite-" + random_hex(8));
        std::filesystem::create_directories(folder_);
    }
    ~SqliteStoreTest() override { std::filesystem::remove_all(folder_); }

    std::unique_ptr<Store> open(StoreMode mode = StoreMode::ReadWrite) {
        auto store = open_sqlite_store(folder_, mode);
        EXPECT_TRUE(store) << store.error().message;
        return store ? std::move(*store) : nullptr;
    }
    static std::vector<Incoming> one_answer() {
        Incoming incoming;
        incoming.judgement = CarriesResponse{"office", ""};
        incoming.envelope.sequence = 7'654'321;
        incoming.envelope.previous = sha256_hex("before");
        incoming.envelope.payload = "sealed, and then forgotten 0123456789abcdef";
        incoming.envelope.hash =
            envelope_hash(incoming.envelope.previous, incoming.envelope.payload);
        return {incoming};
    }
    static void release(Store& store) {
        const auto waiting = store.waiting("office", "").value();
        Response response;
        response.pack_hash = std::string(64, 'a');
        response.site = "office";
        response.when = {"2024-05-01", 9};
        std::vector<std::string> ids;
        for (const WaitingResponse& each : waiting) ids.push_back(each.id);
        ASSERT_TRUE(store.release(ids, std::vector<Response>(ids.size(), response)));
    }
    std::set<std::string> columns(const std::string& table) {
        SQLite::Database database((folder_ / "server.db").string());
        SQLite::Statement info(database, "SELECT name FROM pragma_table_info(?)");
        info.bind(1, table);
        std::set<std::string> names;
        while (info.executeStep()) names.insert(info.getColumn(0).getString());
        return names;
    }

    std::filesystem::path folder_;
};

TEST_F(SqliteStoreTest, AFileThatIsNoDatabaseIsRefusedAndLeftAsItWas) {
    const std::string bytes(4096, 'x');
    ASSERT_TRUE(replace_file(folder_ / "server.db", bytes));
    EXPECT_EQ(open_sqlite_store(folder_).error().code, ErrorCode::Corrupt);
    EXPECT_EQ(load_file(folder_ / "server.db").value(), bytes);
}

TEST_F(SqliteStoreTest, ASchemaFromTheFutureIsRefused) {
    open().reset();
    SQLite::Database((folder_ / "server.db").string(), SQLite::OPEN_READWRITE)
        .exec("PRAGMA user_version = 99");
    EXPECT_EQ(open_sqlite_store(folder_).error().code, ErrorCode::Corrupt);
}

TEST_F(SqliteStoreTest, ReadingWhereNothingIsDoesNotCreateIt) {
    EXPECT_EQ(open_sqlite_store(folder_, StoreMode::ReadOnly).error().code, ErrorCode::NotFound);
    EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(SqliteStoreTest, AReaderSeesWhatTheWriterCommitsAndCannotWrite) {
    const auto writer = open();
    const auto reader = open(StoreMode::ReadOnly);
    ASSERT_TRUE(writer->append(kKiosk, one_answer(), kNow));
    EXPECT_EQ(reader->counts()->waiting, 1);
    EXPECT_FALSE(reader->append(kKiosk, one_answer(), kNow));
}

TEST_F(SqliteStoreTest, ACodeMadeByAnotherConnectionIsGood) {
    const auto server = open();
    ASSERT_TRUE(open()->add_code(sha256_hex("CODE"), "Hall", "office", kNow + Milliseconds{1}));
    EXPECT_TRUE(server->use_code(sha256_hex("CODE"), {kKiosk, sha256_hex("t"), "", "", ""}, kNow));
}

TEST_F(SqliteStoreTest, EveryTableIsStrict) {
    open().reset();
    SQLite::Database database((folder_ / "server.db").string());
    SQLite::Statement tables(database,
                             "SELECT name, strict FROM pragma_table_list WHERE schema = 'main'"
                             " AND name NOT LIKE 'sqlite%'");
    int seen = 0;
    for (; tables.executeStep(); ++seen)
        EXPECT_EQ(tables.getColumn(1).getInt(), 1) << tables.getColumn(0).getString();
    EXPECT_EQ(seen, 18);
}

TEST_F(SqliteStoreTest, AResponseRowKnowsNeitherKioskNorNumberNorArrival) {
    const auto store = open();
    ASSERT_TRUE(store->append(kKiosk, one_answer(), kNow));
    release(*store);
    EXPECT_EQ(columns("response_group"),
              (std::set<std::string>{"id", "size", "first_day", "records"}));
    SQLite::Database database((folder_ / "server.db").string());
    SQLite::Statement row(database, "SELECT id, first_day, records FROM response_group");
    ASSERT_TRUE(row.executeStep());
    std::string all = row.getColumn(0).getString() + row.getColumn(1).getString();
    ASSERT_TRUE(for_each_record(row.getColumn(2).getString(), [&](auto id, auto record) {
        all += std::string(id) + std::string(record);
        return true;
    }));
    EXPECT_NE(all.find("2024-05-01"), std::string::npos);
    EXPECT_EQ(all.find(kKiosk), std::string::npos);
    EXPECT_EQ(all.find("7654321"), std::string::npos);
    EXPECT_EQ(all.find("1700000000"), std::string::npos);
    // Without a rowid there is no count of arrival beneath the table either.
    EXPECT_THROW(SQLite::Statement(database, "SELECT rowid FROM response_group"),
                 SQLite::Exception);
}

TEST_F(SqliteStoreTest, NoCodeAndNoTokenIsInTheFile) {
    const std::string code = "ABCD-EFGH-JKMN", token = "feedfacefeedfacefeedface";
    {
        const auto store = open();
        ASSERT_TRUE(store->add_code(sha256_hex(code), "Hall", "office", kNow + Milliseconds{1}));
        ASSERT_TRUE(
            store->use_code(sha256_hex(code), {kKiosk, sha256_hex(token), "", "", ""}, kNow));
    }
    const std::string bytes = load_file(folder_ / "server.db").value();
    EXPECT_NE(bytes.find("Hall"), std::string::npos);
    EXPECT_EQ(bytes.find(code), std::string::npos);
    EXPECT_EQ(bytes.find(token), std::string::npos);
}

TEST_F(SqliteStoreTest, WhatWasForgottenIsNotInTheFile) {
    const auto store = open();
    ASSERT_TRUE(store->append(kKiosk, one_answer(), kNow));
    {
        SQLite::Database database((folder_ / "server.db").string(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    EXPECT_NE(load_file(folder_ / "server.db")->find("and then forgotten"), std::string::npos);
    release(*store);
    {
        SQLite::Database database((folder_ / "server.db").string(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    EXPECT_EQ(load_file(folder_ / "server.db")->find("and then forgotten"), std::string::npos);
}

TEST_F(SqliteStoreTest, AFileOfTheFirstSchemaKeepsItsAnswersItsLedgerAndItsQuarantine) {
    Response response;
    response.pack_id = "testward-r4";
    response.pack_hash = std::string(64, 'a');
    response.site = "office";
    response.when = {"2024-05-01", 9};
    {
        auto database = open_database(folder_ / "server.db", std::span(kServerMigrations, 1));
        ASSERT_TRUE(database);
        SQLite::Statement add(*database, "INSERT INTO response VALUES ('" + std::string(32, 'b') +
                                             "', '" + response.pack_hash +
                                             "', '2024-05-01', 9, 'office', '', 'resident', ?)");
        add.bind(1, encode_record(response));
        add.exec();
        database->exec("INSERT INTO ledger VALUES ('k', 1, '" + std::string(64, '0') + "', '" +
                       std::string(64, '1') + "', 'stored'), ('k', 2, '" + std::string(64, '1') +
                       "', '" + std::string(64, '2') + "', 'quarantined')");
        database->exec("INSERT INTO quarantine VALUES ('k', 2, x'7B7D', 'unknown pack version')");
    }
    const auto store = open();
    EXPECT_EQ(store->counts()->responses, 1);
    EXPECT_EQ(store->counts()->ledger, 2);
    EXPECT_EQ(store->quarantined(Cause::UnknownPack, {}, 10)->size(), 1u);
    ASSERT_TRUE(store->for_each_response([&](const std::string&, const Response& read) {
        EXPECT_EQ(read, response);
        return true;
    }));
}

TEST_F(SqliteStoreTest, TheCountOfAKioskAgreesWithItsLedger) {
    const auto store = open();
    const auto group = one_answer();
    ASSERT_TRUE(store->append(kKiosk, group, kNow));
    ASSERT_TRUE(store->append(kKiosk, group, kNow));
    SQLite::Database database((folder_ / "server.db").string());
    EXPECT_EQ(database
                  .execAndGet("SELECT count(*) FROM kiosk WHERE held_count <>"
                              " (SELECT sum(size) FROM ledger_run WHERE kiosk = kiosk.id)")
                  .getInt(),
              0);
}

}  // namespace
}  // namespace machikoe
