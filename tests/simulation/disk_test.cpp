// The simulated disk, and SQLite on it.
#include <gtest/gtest.h>

#include <set>

#include "app/base/crypto.h"
#include "app/base/database.h"
#include "sync/seal/seeded_randomness.h"
#include "sync/simulation/disk.h"
#include "sync/simulation/sqlite_disk.h"

namespace machikoe::simulation {
namespace {

const std::string kRoot = "/simulated";
const std::string kMachine = "kiosk-1";
const std::string kPath = kRoot + "/" + kMachine + "/kiosk.db";

class DiskTest : public ::testing::Test {
  protected:
    std::string cut_and_read(Disk& disk) {
        disk.cut_power(kMachine);
        disk.boot(kMachine);
        const auto file = disk.open(kPath);
        return file ? std::string(file->read(0, 10'000).value_or("")) : "(no file)";
    }
};

TEST_F(DiskTest, WhatWasSyncedOutlivesThePower) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Disk disk(kRoot, seed);
        const auto file = disk.create(kPath);
        ASSERT_EQ(file->write(0, "kept"), Done::Yes);
        ASSERT_EQ(file->sync(), Done::Yes);
        EXPECT_EQ(cut_and_read(disk), "kept");
    }
}

TEST_F(DiskTest, WhatWasNotSyncedMayBeLost) {
    std::set<std::string> seen;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Disk disk(kRoot, seed);
        const auto file = disk.create(kPath);
        ASSERT_EQ(file->write(0, "aa"), Done::Yes);
        ASSERT_EQ(file->sync(), Done::Yes);
        ASSERT_EQ(file->write(0, "b"), Done::Yes);
        ASSERT_EQ(file->write(1, "c"), Done::Yes);
        EXPECT_EQ(file->read(0, 9), "bc") << "the running program sees its own writes";
        seen.insert(cut_and_read(disk));
    }
    EXPECT_EQ(seen, (std::set<std::string>{"aa", "ba", "ac", "bc"}));
}

TEST_F(DiskTest, AWriteIsTornAtSectors) {
    bool torn = false;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Disk disk(kRoot, seed);
        const auto file = disk.create(kPath);
        ASSERT_EQ(file->write(0, std::string(4096, 'o')), Done::Yes);
        ASSERT_EQ(file->sync(), Done::Yes);
        ASSERT_EQ(file->write(0, std::string(4096, 'n')), Done::Yes);
        const std::string left = cut_and_read(disk);
        ASSERT_EQ(left.size(), 4096u);
        for (std::size_t sector = 0; sector < 4096; sector += 512)
            EXPECT_EQ(left.substr(sector, 512), std::string(512, left[sector]));
        torn |= left.find('o') != left.npos && left.find('n') != left.npos;
    }
    EXPECT_TRUE(torn);
}

TEST_F(DiskTest, AFileThatWasOpenWhenThePowerWentAnswersNothing) {
    Disk disk(kRoot, 1);
    const auto file = disk.create(kPath);
    ASSERT_EQ(file->sync(), Done::Yes);
    disk.cut_power(kMachine);
    EXPECT_EQ(disk.open(kPath), nullptr) << "no power, no file";
    disk.boot(kMachine);
    EXPECT_EQ(file->read(0, 1), std::nullopt);
    EXPECT_EQ(file->write(0, "x"), Done::NoPower);
    EXPECT_EQ(file->sync(), Done::NoPower);
    EXPECT_NE(disk.open(kPath), nullptr);
}

TEST_F(DiskTest, ARemovalThatWasNotSyncedMayBeUndone) {
    std::set<std::string> seen;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Disk disk(kRoot, seed);
        disk.put(kPath, "old");
        ASSERT_EQ(disk.remove(kPath, false), Done::Yes);
        EXPECT_FALSE(disk.exists(kPath));
        seen.insert(cut_and_read(disk));
        disk.put(kPath, "old");
        ASSERT_EQ(disk.remove(kPath, true), Done::Yes);
        EXPECT_EQ(cut_and_read(disk), "(no file)");
    }
    EXPECT_EQ(seen, (std::set<std::string>{"old", "(no file)"}));
}

TEST_F(DiskTest, AnotherMachineKeepsItsPower) {
    Disk disk(kRoot, 1);
    const auto file = disk.create(kRoot + "/server/server.db");
    disk.cut_power(kMachine);
    EXPECT_EQ(file->write(0, "x"), Done::Yes);
    EXPECT_EQ(file->read(0, 1), "x");
}

TEST_F(DiskTest, AFullDiskKeepsWhatIsThereAndDoesNotGrow) {
    Disk disk(kRoot, 1);
    const auto file = disk.create(kPath);
    ASSERT_EQ(file->write(0, "abc"), Done::Yes);
    disk.set_trouble(kMachine, Trouble::Full);
    EXPECT_EQ(file->write(2, "de"), Done::Full);
    EXPECT_EQ(file->write(0, "x"), Done::Yes);
    EXPECT_EQ(file->read(0, 9), "xbc");
    disk.set_trouble(kMachine, Trouble::ReadOnly);
    EXPECT_EQ(file->write(0, "y"), Done::Refused);
    disk.set_trouble(kMachine, Trouble::None);
    EXPECT_EQ(file->write(2, "de"), Done::Yes);
}

TEST_F(DiskTest, WhatAFailedSyncLeftBehindIsNotSyncedByTheNext) {
    bool lost = false;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        Disk disk(kRoot, seed);
        disk.put(kPath, "a");
        const auto file = disk.open(kPath);
        ASSERT_EQ(file->write(0, "b"), Done::Yes);
        disk.set_trouble(kMachine, Trouble::ReadOnly);
        ASSERT_EQ(file->sync(), Done::Refused);
        disk.set_trouble(kMachine, Trouble::None);
        ASSERT_EQ(file->sync(), Done::Yes);
        lost |= cut_and_read(disk) == "a";
    }
    EXPECT_TRUE(lost);
}

// ---- SQLite ---------------------------------------------------------------------------

constexpr Migration kMigrations[] = {
    "CREATE TABLE thing (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;"};

class SqliteDiskTest : public ::testing::Test {
  protected:
    static std::string pragma(SQLite::Database& database, const char* text) {
        return database.execAndGet(text).getString();
    }
    static void insert(SQLite::Database& database, int number) {
        // Several pages each, so that a commit can be torn.
        SQLite::Statement insert(database, "INSERT INTO thing VALUES (?, zeroblob(9000))");
        insert.bind(1, number);
        insert.exec();
    }
};

TEST_F(SqliteDiskTest, ADatabaseLivesInWalOnIt) {
    Disk disk(kRoot, 1);
    const SqliteDisk sqlite(disk);
    {
        auto database = open_database(kPath, kMigrations);
        ASSERT_TRUE(database) << database.error().message;
        EXPECT_EQ(pragma(*database, "PRAGMA journal_mode"), "wal");
        insert(*database, 1);
        // Another connection sees it, as the kiosk's second thread does.
        auto other = open_database(kPath, kMigrations);
        ASSERT_TRUE(other);
        EXPECT_EQ(pragma(*other, "SELECT count(*) FROM thing"), "1");
    }
    EXPECT_TRUE(disk.on_disk(kPath));
    EXPECT_FALSE(disk.exists(kPath + "-wal")) << "the last to close writes everything back";
}

TEST_F(SqliteDiskTest, TwoWritersWaitForEachOther) {
    Disk disk(kRoot, 1);
    const SqliteDisk sqlite(disk);
    auto one = open_database(kPath, kMigrations);
    auto two = open_database(kPath, kMigrations);
    ASSERT_TRUE(one && two);
    one->exec("BEGIN IMMEDIATE");
    EXPECT_THROW(two->exec("BEGIN IMMEDIATE"), SQLite::Exception);
    one->exec("COMMIT");
    EXPECT_NO_THROW(two->exec("BEGIN IMMEDIATE"));
}

TEST_F(SqliteDiskTest, NothingOutsideTheDiskCanBeOpened) {
    Disk disk(kRoot, 1);
    const SqliteDisk sqlite(disk);
    EXPECT_FALSE(open_database("/tmp/elsewhere.db", kMigrations));
}

TEST_F(SqliteDiskTest, ACommitOutlivesAPowerCutAtEveryChange) {
    int cuts = 0;
    for (int seed = 0; seed < 8; ++seed)
        for (int change = 1; change < 60; ++change) {
            Disk disk(kRoot, static_cast<std::uint64_t>(seed * 1000 + change));
            const SqliteDisk sqlite(disk);
            int committed = 0;
            {
                auto database = open_database(kPath, kMigrations);
                ASSERT_TRUE(database);
                disk.cut_power_at(kMachine, change);
                const Status worked = guarded([&] {
                    for (int number = 1; number <= 12; ++number) {
                        insert(*database, number);
                        committed = number;
                        if (number % 4 == 0) database->exec("PRAGMA wal_checkpoint(RESTART)");
                    }
                });
                cuts += !worked;
                disk.cut_power(kMachine);
            }
            disk.boot(kMachine);
            auto database = open_database(kPath, kMigrations);
            ASSERT_TRUE(database) << database.error().message;
            EXPECT_EQ(pragma(*database, "PRAGMA integrity_check"), "ok");
            const int there = database->execAndGet("SELECT count(*) FROM thing").getInt();
            EXPECT_GE(there, committed);
            EXPECT_LE(there, committed + 1) << "the one under way may be in, nothing else";
        }
    EXPECT_GT(cuts, 300);
}

TEST_F(SqliteDiskTest, WithoutSyncsACommitIsLost) {
    bool lost = false;
    for (std::uint64_t seed = 0; seed < 40 && !lost; ++seed) {
        Disk disk(kRoot, seed);
        const SqliteDisk sqlite(disk);
        {
            auto database = open_database(kPath, kMigrations);
            ASSERT_TRUE(database);
            database->exec("PRAGMA synchronous = OFF");
            insert(*database, 1);
            disk.cut_power(kMachine);
        }
        disk.boot(kMachine);
        auto database = open_database(kPath, kMigrations);
        lost = !database || database->execAndGet("SELECT count(*) FROM thing").getInt() == 0;
    }
    EXPECT_TRUE(lost) << "a disk that loses nothing finds nothing";
}

TEST_F(SqliteDiskTest, ATornPageIsReportedOrHealed) {
    // A page of the database itself, synced and later overwritten behind SQLite's back.
    Disk disk(kRoot, 1);
    const SqliteDisk sqlite(disk);
    {
        auto database = open_database(kPath, kMigrations);
        ASSERT_TRUE(database);
        for (int number = 1; number <= 20; ++number) insert(*database, number);
    }
    std::string bytes = *disk.on_disk(kPath);
    ASSERT_GT(bytes.size(), 8192u);
    bytes.replace(4096, 512, std::string(512, '\xff'));
    disk.put(kPath, bytes);
    auto database = open_database(kPath, kMigrations);
    if (database) {
        const Status read =
            guarded([&] { EXPECT_NE(pragma(*database, "PRAGMA integrity_check"), "ok"); });
        if (!read) {
            EXPECT_EQ(read.error().code, ErrorCode::Corrupt);
        }
    } else {
        EXPECT_EQ(database.error().code, ErrorCode::Corrupt);
    }
}

TEST_F(SqliteDiskTest, AFullDiskIsUnavailableAndPasses) {
    Disk disk(kRoot, 1);
    const SqliteDisk sqlite(disk);
    auto database = open_database(kPath, kMigrations);
    ASSERT_TRUE(database);
    disk.set_trouble(kMachine, Trouble::Full);
    const Status full = guarded([&] { insert(*database, 1); });
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, ErrorCode::Unavailable);
    disk.set_trouble(kMachine, Trouble::None);
    EXPECT_TRUE(guarded([&] { insert(*database, 1); }));
    EXPECT_EQ(pragma(*database, "SELECT count(*) FROM thing"), "1");
}

TEST_F(SqliteDiskTest, TheSameSeedGivesTheSameBytes) {
    const auto bytes_of = [](std::uint64_t seed) {
        Disk disk(kRoot, seed);
        const SqliteDisk sqlite(disk);
        auto database = open_database(kPath, kMigrations);
        EXPECT_TRUE(database);
        insert(*database, 1);
        return *disk.on_disk(kPath + "-wal");
    };
    EXPECT_EQ(bytes_of(7), bytes_of(7));
    EXPECT_NE(bytes_of(7), bytes_of(8)) << "the salt of the log is the disk's";
}

TEST(SeededRandomnessTest, TheSameSeedGivesTheSameSecretsAndOnlyWhileItLives) {
    crypto_ready();
    const auto drawn = [](std::uint64_t seed) {
        const SeededRandomness seeded(seed);
        return random_hex(32) + random_code(3);
    };
    EXPECT_EQ(drawn(1), drawn(1));
    EXPECT_NE(drawn(1), drawn(2));
    EXPECT_NE(random_hex(32), random_hex(32));
    const std::string after = random_hex(32);
    EXPECT_NE(drawn(1).substr(0, 64), after);
}

}  // namespace
}  // namespace machikoe::simulation
