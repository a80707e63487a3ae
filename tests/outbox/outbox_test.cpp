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

constexpr Milliseconds kHour{3'600'000};

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
    EXPECT_EQ(append_one(outbox, "", kWall).error().code, ErrorCode::Invalid);
    EXPECT_EQ(append_one(outbox, std::string(kMaxPayloadBytes + 1, 'x'), kWall).error().code,
              ErrorCode::Invalid);
    EXPECT_EQ(append_one(outbox, std::string(kMaxPayloadBytes, 'x'), kWall).value(), 1);
    EXPECT_EQ(outbox.state()->waiting_envelopes, 1);
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
            ASSERT_TRUE(
                append_one(outbox, std::string(2000, static_cast<char>('a' + i % 26)), kWall));
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
        for (int i = 0; i < 20; ++i) ASSERT_TRUE(append_one(outbox, std::string(1000, 'p'), kWall));
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
        ASSERT_TRUE(append_one(outbox, "one", kWall));
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
    EXPECT_EQ(append_one(open(), "one", kWall).value(), 1);
    EXPECT_EQ(append_one(open(), binary, kWall).value(), 2);
    const auto waiting = all(open());
    ASSERT_EQ(waiting.size(), 2u);
    EXPECT_EQ(waiting[0].payload, "one");
    EXPECT_EQ(waiting[1].payload, binary);
}

TEST_F(OutboxTest, EachEnvelopeNamesTheHashOfTheOneBefore) {
    Outbox outbox = open();
    for (const char* payload : {"one", "two", "two"})
        ASSERT_TRUE(append_one(outbox, payload, kWall));
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
    ASSERT_TRUE(append_one(outbox, "one", kWall));
    EXPECT_EQ(outbox.state()->oldest_waiting, Milliseconds{1'656'601'200'000});
}

TEST_F(OutboxTest, AClockBefore1970DoesNotStopAnAnswer) {
    Outbox outbox = open();
    EXPECT_EQ(append_one(outbox, "one", Milliseconds{-5}).value(), 1);
    EXPECT_EQ(outbox.state()->oldest_waiting, Milliseconds{0});
}

TEST_F(OutboxTest, WaitingIsLimitedByNumberAndBytesButNeverToNothing) {
    Outbox outbox = open();
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(append_one(outbox, std::string(100, 'x'), kWall));
    EXPECT_EQ(outbox.waiting(2, kAny)->size(), 2u);
    EXPECT_EQ(outbox.waiting(kAny, 300)->size(), 3u);
    EXPECT_EQ(outbox.waiting(kAny, 299)->size(), 2u);
    EXPECT_EQ(outbox.waiting(kAny, 1)->size(), 1u);
    EXPECT_EQ(outbox.waiting(2, kAny, {1, 3})->at(1).sequence, 4);
}

TEST_F(OutboxTest, AReceiptEndsTheWaitOnceAndOnlyWithTheRightHash) {
    Outbox outbox = open();
    ASSERT_TRUE(append_one(outbox, "one", kWall));
    ASSERT_TRUE(append_one(outbox, "two", kWall));
    const auto waiting = all(outbox);
    ASSERT_TRUE(outbox.receipted(1, waiting[1].hash, "stored"));
    ASSERT_TRUE(outbox.receipted(3, waiting[1].hash, "stored"));
    EXPECT_EQ(outbox.state()->waiting_envelopes, 2);
    ASSERT_TRUE(outbox.receipted(1, waiting[0].hash, "stored"));
    ASSERT_TRUE(outbox.receipted(1, waiting[0].hash, "conflict"));
    const OutboxState state = outbox.state().value();
    EXPECT_EQ(state.last_sequence, 2);
    EXPECT_EQ(state.waiting_envelopes, 1);
    EXPECT_EQ(state.receipted_envelopes, 1);
    EXPECT_EQ(all(open()).at(0).payload, "two");
}

TEST_F(OutboxTest, AnOutcomeThatNobodyKnowsChangesNothing) {
    Outbox outbox = open();
    ASSERT_TRUE(append_one(outbox, "one", kWall));
    for (const char* unknown : {"lost", "duplicate", ""})
        EXPECT_FALSE(outbox.receipted(1, all(outbox)[0].hash, unknown));
    EXPECT_EQ(outbox.state()->waiting_envelopes, 1);
}

TEST_F(OutboxTest, ForgettingTakesOnlyReceiptedPayloadsAndLeavesTheChain) {
    {
        Outbox outbox = open();
        for (const char* payload : {"FORGOTTEN", "recent", "waits"})
            ASSERT_TRUE(append_one(outbox, payload,
                                   payload == std::string("recent") ? kWall + 2 * kHour : kWall));
        const auto before = all(outbox);
        for (int i : {0, 1})
            ASSERT_TRUE(outbox.receipted(before[i].sequence, before[i].hash, "stored"));
        EXPECT_EQ(outbox.forget_receipted(kWall + kHour).value(), 1);
        EXPECT_EQ(outbox.forget_receipted(kWall + kHour).value(), 0);
        EXPECT_EQ(append_one(outbox, "next", kWall).value(), 4);
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
        ASSERT_TRUE(append_one(outbox, "one", kWall));
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
    ASSERT_TRUE(append_one(screen, "one", kWall));
    const auto waiting = all(sync);
    ASSERT_EQ(waiting.size(), 1u);
    ASSERT_TRUE(sync.receipted(1, waiting[0].hash, "stored"));
    EXPECT_EQ(append_one(screen, "two", kWall).value(), 2);
    EXPECT_EQ(screen.state()->waiting_envelopes, 1);
}

/// kiosk.db as version 0.1 left it: a credential in it, and two answers that wait.
constexpr const char* kFirstSchema = R"sql(
CREATE TABLE kiosk (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL) STRICT;
CREATE TABLE envelope (
    sequence INTEGER PRIMARY KEY, previous TEXT NOT NULL, hash TEXT NOT NULL,
    payload BLOB CHECK (payload IS NOT NULL OR outcome IS NOT NULL),
    appended_ms INTEGER NOT NULL,
    outcome TEXT CHECK (outcome IN ('stored', 'conflict', 'quarantined'))
) STRICT;
CREATE INDEX envelope_waiting ON envelope (sequence) WHERE outcome IS NULL;
CREATE TRIGGER envelope_stays BEFORE DELETE ON envelope
BEGIN SELECT RAISE(ABORT, 'an envelope is never deleted'); END;
CREATE TRIGGER envelope_is_final BEFORE UPDATE OF sequence, previous, hash, appended_ms ON envelope
BEGIN SELECT RAISE(ABORT, 'an envelope never changes'); END;
CREATE TABLE credential (one INTEGER PRIMARY KEY CHECK (one = 1), server TEXT NOT NULL,
    token TEXT NOT NULL, name TEXT NOT NULL, site TEXT NOT NULL) STRICT;
INSERT INTO kiosk VALUES (1, '0123456789abcdef0123456789abcdef');
INSERT INTO credential VALUES (1, 'http://127.0.0.1', 'the-old-token', 'hall', 'office');
PRAGMA user_version = 1;
)sql";

TEST_F(OutboxTest, AnOlderFileKeepsItsAnswersAndLosesItsCredentialForGood) {
    {
        SQLite::Database database(file().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec("PRAGMA secure_delete = OFF; PRAGMA journal_mode = WAL");
        database.exec(kFirstSchema);
        std::string previous(64, '0');
        for (const char* payload : {"one", "two"}) {
            SQLite::Statement insert(
                database,
                "INSERT INTO envelope SELECT count(*) + 1, ?, ?, CAST(? AS BLOB), 3600000, NULL "
                "FROM envelope");
            insert.bind(1, previous);
            insert.bind(2, previous = chain_hash(previous, payload));
            insert.bind(3, payload);
            insert.exec();
        }
    }
    ASSERT_THAT(bytes(), testing::HasSubstr("the-old-token"));
    Outbox outbox = open();
    EXPECT_EQ(outbox.kiosk(), "0123456789abcdef0123456789abcdef");
    EXPECT_EQ(outbox.state()->waiting_responses, 2);
    EXPECT_EQ(all(outbox).at(1).payload, "two");
    EXPECT_EQ(append_one(outbox, "three", kWall).value(), 3);
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path))
        EXPECT_THAT(load_file(entry.path()).value(), testing::Not(testing::HasSubstr("old-token")))
            << entry.path();
}

TEST_F(OutboxTest, PayloadsOfOneCallAreAllInOrNone) {
    Outbox outbox = open();
    const std::vector<Payload> bad{{"opening", 0}, {std::string(kMaxPayloadBytes + 1, 'x'), 1}};
    EXPECT_EQ(outbox.append(bad, kWall).error().code, ErrorCode::Invalid);
    EXPECT_EQ(outbox.append(std::vector<Payload>{}, kWall).error().code, ErrorCode::Invalid);
    EXPECT_EQ(outbox.append(std::vector<Payload>{{"x", -1}}, kWall).error().code,
              ErrorCode::Invalid);
    EXPECT_EQ(outbox.state()->last_sequence, 0);
    EXPECT_EQ(outbox.append(std::vector<Payload>{{"opening", 0}, {"sealed", 1}}, kWall).value(), 2);
    const auto waiting = all(open());
    ASSERT_EQ(waiting.size(), 2u);
    EXPECT_EQ(waiting[1].previous, waiting[0].hash);
}

TEST_F(OutboxTest, PeopleCountResponsesAndTheCourierEnvelopes) {
    Outbox outbox = open();
    ASSERT_TRUE(outbox.append(std::vector<Payload>{{"opening", 0}, {"sealed", 1}}, kWall));
    ASSERT_TRUE(append_one(outbox, "sealed", kWall));
    OutboxState state = outbox.state().value();
    EXPECT_EQ(state.waiting_envelopes, 3);
    EXPECT_EQ(state.waiting_responses, 2);
    const auto waiting = all(outbox);
    ASSERT_TRUE(outbox.receipted(1, waiting[0].hash, "stored"));
    ASSERT_TRUE(outbox.receipted(2, waiting[1].hash, "stored"));
    state = outbox.state().value();
    EXPECT_EQ(state.waiting_envelopes, 1);
    EXPECT_EQ(state.waiting_responses, 1);
    EXPECT_EQ(state.receipted_envelopes, 2);
}

TEST_F(OutboxTest, NobodyElseMayReadTheFiles) {
    Outbox outbox = open();
    ASSERT_TRUE(append_one(outbox, "one", kWall));
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
