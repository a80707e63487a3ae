// kiosk.db as the first program left it, opened by this one: every envelope is there and goes on.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "app/base/crypto.h"
#include "app/base/database.h"
#include "sync/outbox/outbox.h"
#include "tests/outbox/folder.h"

namespace machikoe {
namespace {

/// Takes back, step by step, what later steps of the schema did.
void take_back_to_first(const std::filesystem::path& folder) {
    SQLite::Database database((folder / "kiosk.db").string(), SQLite::OPEN_READWRITE);
    database.exec(R"sql(
DROP TRIGGER envelope_is_final;
ALTER TABLE envelope DROP COLUMN responses;
CREATE TRIGGER envelope_is_final BEFORE UPDATE OF sequence, previous, hash, appended_ms ON envelope
BEGIN SELECT RAISE(ABORT, 'an envelope never changes'); END;
CREATE TABLE credential (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    server TEXT NOT NULL,
    token  TEXT NOT NULL,
    name   TEXT NOT NULL,
    site   TEXT NOT NULL
) STRICT;
INSERT INTO credential VALUES (1, 'http://ward', 'marker-of-a-token', 'lobby', 'office');
PRAGMA user_version = 1;
)sql");
}

TEST(FirstSchemaTest, AKiosksEnvelopesReceiptsAndNameSurvive) {
    TemporaryFolder folder;
    std::string kiosk, last_hash;
    {
        auto outbox = Outbox::open(folder.path).value();
        kiosk = outbox.kiosk();
        for (int i = 1; i <= 5; ++i) ASSERT_TRUE(append_one(outbox, "answer " + std::to_string(i)));
        const auto waiting = outbox.waiting(kAny, kAny).value();
        ASSERT_TRUE(outbox.receipted(1, waiting[0].hash, "stored"));
        ASSERT_TRUE(outbox.receipted(2, waiting[1].hash, "quarantined"));
        last_hash = waiting[4].hash;
    }
    take_back_to_first(folder.path);
    {
        auto outbox = Outbox::open(folder.path);
        ASSERT_TRUE(outbox) << outbox.error().message;
        EXPECT_EQ(outbox->kiosk(), kiosk);
        const auto waiting = outbox->waiting(kAny, kAny).value();
        ASSERT_EQ(waiting.size(), 3u);
        EXPECT_EQ(waiting[0].sequence, 3);
        EXPECT_EQ(waiting[2].payload, "answer 5");
        EXPECT_EQ(outbox->state()->waiting_responses, 3) << "one response in each";
        EXPECT_EQ(append_one(*outbox, "answer 6").value(), 6);
        EXPECT_EQ(outbox->waiting(kAny, kAny)->back().previous, last_hash) << "the chain goes on";
        EXPECT_EQ(outbox->forget_receipted(Milliseconds{4'000'000'000'000}).value(), 2);
    }
    std::ifstream file(folder.path / "kiosk.db", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(bytes.find("marker-of-a-token"), std::string::npos)
        << "overwritten, not only dropped";
}

}  // namespace
}  // namespace machikoe
