// Outbox: what it accepts is kept, whatever happens to the file, the disk or the program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "app/base/crypto.h"
#include "app/base/database.h"
#include "app/base/file.h"
#include "sync/outbox/folder_lock.h"
#include "sync/outbox/outbox.h"
#include "tests/outbox/folder.h"

namespace machikoe {
namespace {

constexpr Milliseconds kWall{1'656'601'234'567};
constexpr Milliseconds kHour{3'600'000};
constexpr std::size_t kAny = 1'000'000'000;

class OutboxTest : public testing::Test {
  protected:
    Outbox open() { return Outbox::open(folder_.path).value(); }
    std::vector<WaitingEnvelope> all(const Outbox& outbox) {
        return outbox.waiting(kAny, kAny).value();
    }
    std::filesystem::path file() const { return folder_.path / "kiosk.db"; }
    std::string bytes() const { return load_file(file()).value(); }
    /// All in kiosk.db itself, nothing beside it.
    void fold_log() {
        SQLite::Database database(file().string(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA journal_mode = DELETE");
    }

    TemporaryFolder folder_;
};

TEST_F(OutboxTest, AMissingFolderIsUnavailable) {
    const auto outbox = Outbox::open(folder_.path / "none");
    ASSERT_FALSE(outbox);
    EXPECT_EQ(outbox.error().code, ErrorCode::Unavailable);
}

TEST_F(OutboxTest, AnEmptyOrOversizedPayloadIsInvalidAndNotStored) {
    Outbox outbox = open();
    EXPECT_EQ(outbox.append("", kWall).error().code, ErrorCode::Invalid);
    EXPECT_EQ(outbox.append(std::string(kMaxPayloadBytes + 1, 'x'), kWall).error().code,
              ErrorCode::Invalid);
    EXPECT_EQ(outbox.append(std::string(kMaxPayloadBytes, 'x'), kWall).value(), 1);
    EXPECT_EQ(outbox.state()->waiting, 1);
}

TEST_F(OutboxTest, GarbageIsCorruptAndStaysAsItIs) {
    ASSERT_TRUE(replace_file(file(), std::string(8192, 'x')));
    const auto outbox = Outbox::open(folder_.path);
    ASSERT_FALSE(outbox);
    EXPECT_EQ(outbox.error().code, ErrorCode::Corrupt);
    EXPECT_THAT(outbox.error().message, testing::HasSubstr("copy it"));
    EXPECT_EQ(bytes(), std::string(8192, 'x'));
}

TEST_F(OutboxTest, ADamagedPageIsCorruptAtOpeningAndStaysAsItIs) {
    {
        Outbox outbox = open();
        for (int i = 0; i < 100; ++i)
            ASSERT_TRUE(outbox.append(std::string(2000, static_cast<char>('a' + i % 26)), kWall));
    }
    fold_log();
    std::string damaged = bytes();
    for (std::size_t page = 4; page < damaged.size() / 4096; ++page)
        for (std::size_t i = 0; i < 16; ++i) damaged[page * 4096 + i] = '\xee';
    ASSERT_TRUE(replace_file(file(), damaged));
    const auto outbox = Outbox::open(folder_.path);
    ASSERT_FALSE(outbox);
    EXPECT_EQ(outbox.error().code, ErrorCode::Corrupt);
    EXPECT_THAT(outbox.error().message, testing::HasSubstr("copy it"));
    // Bytes 18…27 of the header are SQLite's own (journal mode, change counter).
    EXPECT_EQ(bytes().substr(100), damaged.substr(100));
}

TEST_F(OutboxTest, AFileCutAnywhereIsCorruptOrWhole) {
    {
        Outbox outbox = open();
        for (int i = 0; i < 20; ++i) ASSERT_TRUE(outbox.append(std::string(1000, 'p'), kWall));
    }
    fold_log();
    const std::string whole = bytes();
    for (std::size_t size = 100; size < whole.size(); size += 1777) {
        std::filesystem::remove(file().string() + "-wal");
        std::filesystem::remove(file().string() + "-shm");
        ASSERT_TRUE(replace_file(file(), whole.substr(0, size)));
        const auto outbox = Outbox::open(folder_.path);
        ASSERT_FALSE(outbox) << size;
        EXPECT_EQ(outbox.error().code, ErrorCode::Corrupt) << size;
    }
}

TEST_F(OutboxTest, ASchemaFromTheFutureIsRefusedAndStaysAsItIs) {
    {
        Outbox outbox = open();
        ASSERT_TRUE(outbox.append("one", kWall));
    }
    {
        SQLite::Database database(file().string(), SQLite::OPEN_READWRITE);
        database.exec("PRAGMA user_version = 99");
    }
    const auto outbox = Outbox::open(folder_.path);
    ASSERT_FALSE(outbox);
    EXPECT_EQ(outbox.error().code, ErrorCode::Corrupt);
    SQLite::Database database(file().string(), SQLite::OPEN_READONLY);
    EXPECT_EQ(database.execAndGet("SELECT count(*) FROM envelope").getInt(), 1);
}

TEST_F(OutboxTest, TheKioskKeepsItsId) {
    const std::string kiosk = open().kiosk();
    EXPECT_EQ(kiosk.size(), 32u);
    EXPECT_EQ(open().kiosk(), kiosk);
    TemporaryFolder other;
    EXPECT_NE(Outbox::open(other.path)->kiosk(), kiosk);
}

TEST_F(OutboxTest, PayloadsAreKeptByteForByteAcrossReopening) {
    const std::string binary("\0\xff{\n\x80", 5);
    EXPECT_EQ(open().append("one", kWall).value(), 1);
    EXPECT_EQ(open().append(binary, kWall).value(), 2);
    const auto waiting = all(open());
    ASSERT_EQ(waiting.size(), 2u);
    EXPECT_EQ(waiting[0].payload, "one");
    EXPECT_EQ(waiting[1].payload, binary);
}

TEST_F(OutboxTest, EachEnvelopeNamesTheHashOfTheOneBefore) {
    Outbox outbox = open();
    for (const char* payload : {"one", "two", "two"}) ASSERT_TRUE(outbox.append(payload, kWall));
    const auto waiting = all(outbox);
    ASSERT_EQ(waiting.size(), 3u);
    EXPECT_EQ(waiting[0].previous, std::string(64, '0'));
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(waiting[i].sequence, static_cast<std::int64_t>(i) + 1);
        EXPECT_EQ(waiting[i].hash, sha256_hex(waiting[i].previous + waiting[i].payload));
        if (i > 0) {
            EXPECT_EQ(waiting[i].previous, waiting[i - 1].hash);
        }
    }
    EXPECT_NE(waiting[1].hash, waiting[2].hash);
}

TEST_F(OutboxTest, OnlyTheHourIsKept) {
    Outbox outbox = open();
    ASSERT_TRUE(outbox.append("one", kWall));
    EXPECT_EQ(outbox.state()->oldest_waiting, Milliseconds{1'656'601'200'000});
}

TEST_F(OutboxTest, AClockBefore1970DoesNotStopAnAnswer) {
    Outbox outbox = open();
    EXPECT_EQ(outbox.append("one", Milliseconds{-5}).value(), 1);
    EXPECT_EQ(outbox.state()->oldest_waiting, Milliseconds{0});
}

TEST_F(OutboxTest, WaitingIsLimitedByNumberAndBytesButNeverToNothing) {
    Outbox outbox = open();
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(outbox.append(std::string(100, 'x'), kWall));
    EXPECT_EQ(outbox.waiting(2, kAny)->size(), 2u);
    EXPECT_EQ(outbox.waiting(kAny, 300)->size(), 3u);
    EXPECT_EQ(outbox.waiting(kAny, 299)->size(), 2u);
    EXPECT_EQ(outbox.waiting(kAny, 1)->size(), 1u);
    EXPECT_EQ(outbox.waiting(2, kAny, {1, 3})->at(1).sequence, 4);
}

TEST_F(OutboxTest, AReceiptEndsTheWaitOnceAndOnlyWithTheRightHash) {
    Outbox outbox = open();
    ASSERT_TRUE(outbox.append("one", kWall));
    ASSERT_TRUE(outbox.append("two", kWall));
    const auto waiting = all(outbox);
    ASSERT_TRUE(outbox.receipted(1, waiting[1].hash, "stored"));
    ASSERT_TRUE(outbox.receipted(3, waiting[1].hash, "stored"));
    EXPECT_EQ(outbox.state()->waiting, 2);
    ASSERT_TRUE(outbox.receipted(1, waiting[0].hash, "stored"));
    ASSERT_TRUE(outbox.receipted(1, waiting[0].hash, "conflict"));
    const OutboxState state = outbox.state().value();
    EXPECT_EQ(state.last_sequence, 2);
    EXPECT_EQ(state.waiting, 1);
    EXPECT_EQ(state.receipted, 1);
    EXPECT_EQ(all(open()).at(0).payload, "two");
}

TEST_F(OutboxTest, AnOutcomeThatNobodyKnowsChangesNothing) {
    Outbox outbox = open();
    ASSERT_TRUE(outbox.append("one", kWall));
    for (const char* unknown : {"lost", "duplicate", ""})
        EXPECT_FALSE(outbox.receipted(1, all(outbox)[0].hash, unknown));
    EXPECT_EQ(outbox.state()->waiting, 1);
}

TEST_F(OutboxTest, ForgettingTakesOnlyReceiptedPayloadsAndLeavesTheChain) {
    {
        Outbox outbox = open();
        for (const char* payload : {"FORGOTTEN", "recent", "waits"})
            ASSERT_TRUE(outbox.append(
                payload, payload == std::string("recent") ? kWall + 2 * kHour : kWall));
        const auto before = all(outbox);
        for (int i : {0, 1})
            ASSERT_TRUE(outbox.receipted(before[i].sequence, before[i].hash, "stored"));
        EXPECT_EQ(outbox.forget_receipted(kWall + kHour).value(), 1);
        EXPECT_EQ(outbox.forget_receipted(kWall + kHour).value(), 0);
        EXPECT_EQ(outbox.append("next", kWall).value(), 4);
        EXPECT_EQ(all(outbox).at(0).payload, "waits");
        EXPECT_EQ(all(outbox).at(1).previous, before[2].hash);
    }
    fold_log();
    EXPECT_EQ(bytes().find("FORGOTTEN"), std::string::npos);
    EXPECT_NE(bytes().find("recent"), std::string::npos);
}

TEST_F(OutboxTest, TheFileItselfRefusesToLoseAnEnvelope) {
    {
        Outbox outbox = open();
        ASSERT_TRUE(outbox.append("one", kWall));
    }
    SQLite::Database database(file().string(), SQLite::OPEN_READWRITE);
    EXPECT_THROW(database.exec("DELETE FROM envelope"), SQLite::Exception);
    EXPECT_THROW(database.exec("UPDATE envelope SET payload = NULL"), SQLite::Exception);
    EXPECT_THROW(database.exec("UPDATE envelope SET payload = x'00'"), SQLite::Exception);
    EXPECT_THROW(database.exec("UPDATE envelope SET sequence = 2"), SQLite::Exception);
    EXPECT_EQ(all(open()).at(0).payload, "one");
}

TEST_F(OutboxTest, TwoConnectionsShareOneChain) {
    Outbox screen = open();
    Outbox sync = open();
    ASSERT_TRUE(screen.append("one", kWall));
    const auto waiting = all(sync);
    ASSERT_EQ(waiting.size(), 1u);
    ASSERT_TRUE(sync.receipted(1, waiting[0].hash, "stored"));
    EXPECT_EQ(screen.append("two", kWall).value(), 2);
    EXPECT_EQ(screen.state()->waiting, 1);
}

TEST_F(OutboxTest, TheCredentialIsKeptAndReplaced) {
    EXPECT_FALSE(open().credential().value());
    ASSERT_TRUE(open().set_credential({"http://127.0.0.1:1", "t1", "a", "s"}));
    ASSERT_TRUE(open().set_credential({"http://127.0.0.1:2", "t2", "窓口", "s"}));
    const Credential credential = open().credential().value().value();
    EXPECT_EQ(credential.server, "http://127.0.0.1:2");
    EXPECT_EQ(credential.token, "t2");
    EXPECT_EQ(credential.name, "窓口");
}

TEST_F(OutboxTest, NobodyElseMayReadTheFiles) {
    Outbox outbox = open();
    ASSERT_TRUE(outbox.append("one", kWall));
    using std::filesystem::perms;
    for (const char* name : {"kiosk.db", "kiosk.db-wal"})
        EXPECT_EQ(std::filesystem::status(folder_.path / name).permissions(),
                  perms::owner_read | perms::owner_write)
            << name;
}

TEST_F(OutboxTest, ASecondProgramOnTheFolderIsRefused) {
    auto first = lock_folder(folder_.path);
    ASSERT_TRUE(first);
    const auto second = lock_folder(folder_.path);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::Unavailable);
    { const FolderLock released = std::move(*first); }
    EXPECT_TRUE(lock_folder(folder_.path));
    EXPECT_FALSE(lock_folder(folder_.path / "none"));
}

}  // namespace
}  // namespace machikoe
