// Base: files, clock, crypto, database.
#include <gtest/gtest.h>

#include <fstream>

#include "app/base/clock.h"
#include "app/base/crypto.h"
#include "app/base/database.h"
#include "app/base/file.h"

namespace machikoe {
namespace {

class BaseTest : public testing::Test {
  protected:
    BaseTest() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-base-" + random_hex(8));
        std::filesystem::create_directories(folder_);
    }
    ~BaseTest() override { std::filesystem::remove_all(folder_); }
    std::filesystem::path folder_;
};

TEST_F(BaseTest, AMissingFileIsNotFound) {
    EXPECT_EQ(load_file(folder_ / "nothing").error().code, ErrorCode::NotFound);
}

TEST_F(BaseTest, AReplacedFileReadsBack) {
    ASSERT_TRUE(replace_file(folder_ / "a", "first"));
    ASSERT_TRUE(replace_file(folder_ / "a", std::string("sec\0ond", 7)));
    EXPECT_EQ(load_file(folder_ / "a").value(), std::string("sec\0ond", 7));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "a.new"));
}

TEST_F(BaseTest, AnEmptyFileReadsAsNoBytes) {
    ASSERT_TRUE(replace_file(folder_ / "a", ""));
    EXPECT_EQ(load_file(folder_ / "a").value(), "");
}

TEST_F(BaseTest, AFileOverItsLimitIsRefused) {
    ASSERT_TRUE(replace_file(folder_ / "a", "12345"));
    EXPECT_EQ(load_file(folder_ / "a", 4).error().code, ErrorCode::Invalid);
}

TEST_F(BaseTest, ReplacingInAMissingFolderIsUnavailable) {
    EXPECT_EQ(replace_file(folder_ / "no" / "a", "x").error().code, ErrorCode::Unavailable);
}

TEST_F(BaseTest, TheDayTurnsAtMidnightInJapan) {
    // 2022-06-30 14:59:59.999 UTC is 23:59 in Japan.
    EXPECT_EQ(day_hour_in_japan(Milliseconds{1'656'601'199'999}), (DayHour{"2022-06-30", 23}));
    EXPECT_EQ(day_hour_in_japan(Milliseconds{1'656'601'200'000}), (DayHour{"2022-07-01", 0}));
}

TEST_F(BaseTest, AManualClockStandsStillUntilAdvanced) {
    ManualClock clock;
    const Milliseconds before = clock.wall();
    EXPECT_EQ(clock.monotonic(), Milliseconds{0});
    clock.advance(Milliseconds{1500});
    EXPECT_EQ(clock.monotonic(), Milliseconds{1500});
    EXPECT_EQ(clock.wall() - before, Milliseconds{1500});
}

TEST_F(BaseTest, Sha256MatchesThePublishedVector) {
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_F(BaseTest, OneTimeCodesAreReadableAndDiffer) {
    const std::string code = random_code(3);
    EXPECT_EQ(code.size(), 14u);
    EXPECT_EQ(code.find_first_of("01OIL"), std::string::npos);
    EXPECT_NE(code, random_code(3));
}

constexpr Migration kFirst[] = {"CREATE TABLE t (n INTEGER NOT NULL) STRICT;"};
constexpr Migration kSecond[] = {"CREATE TABLE t (n INTEGER NOT NULL) STRICT;",
                                 "ALTER TABLE t ADD COLUMN s TEXT;"};
constexpr Migration kBroken[] = {"CREATE TABLE t (n INTEGER NOT NULL) STRICT;",
                                 "ALTER TABLE t ADD COLUMN s TEXT; ALTER TABLE nowhere ADD x;"};

TEST_F(BaseTest, ADatabaseIsDurableAndMigrated) {
    auto database = open_database(folder_ / "a.db", kFirst);
    ASSERT_TRUE(database) << database.error().message;
    EXPECT_EQ(database->execAndGet("PRAGMA journal_mode").getString(), "wal");
    EXPECT_EQ(database->execAndGet("PRAGMA synchronous").getInt(), 2);  // FULL
    EXPECT_EQ(database->execAndGet("PRAGMA user_version").getInt(), 1);
}

TEST_F(BaseTest, MigrationKeepsWhatIsThere) {
    {
        auto database = open_database(folder_ / "a.db", kFirst);
        database->exec("INSERT INTO t VALUES (7)");
    }
    auto database = open_database(folder_ / "a.db", kSecond);
    ASSERT_TRUE(database) << database.error().message;
    EXPECT_EQ(database->execAndGet("SELECT n FROM t").getInt(), 7);
}

TEST_F(BaseTest, AFailedMigrationLeavesTheOldSchema) {
    { ASSERT_TRUE(open_database(folder_ / "a.db", kFirst)); }
    EXPECT_FALSE(open_database(folder_ / "a.db", kBroken));
    auto database = open_database(folder_ / "a.db", kFirst);
    ASSERT_TRUE(database) << database.error().message;
    EXPECT_EQ(database->execAndGet("SELECT count(*) FROM pragma_table_info('t')").getInt(), 1);
}

TEST_F(BaseTest, ASchemaFromTheFutureIsRefusedAndUntouched) {
    {
        auto database = open_database(folder_ / "a.db", kSecond);
        database->exec("INSERT INTO t VALUES (7, 'x')");
    }
    const auto refused = open_database(folder_ / "a.db", kFirst);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Corrupt);
    auto database = open_database(folder_ / "a.db", kSecond);
    EXPECT_EQ(database->execAndGet("SELECT count(*) FROM t").getInt(), 1);
}

TEST_F(BaseTest, AFileThatIsNoDatabaseIsCorrupt) {
    std::ofstream(folder_ / "a.db") << std::string(4096, 'x');
    const auto refused = open_database(folder_ / "a.db", kFirst);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Corrupt);
}

TEST_F(BaseTest, ReadingNeverCreates) {
    const auto refused = open_database(folder_ / "a.db", kFirst, DatabaseMode::ReadOnly);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::NotFound);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "a.db"));
}

}  // namespace
}  // namespace machikoe
