// The audit log: nothing can be taken out or changed unseen.
#include <gtest/gtest.h>

#include "app/base/crypto.h"
#include "app/base/database.h"
#include "sync/store/store.h"

namespace machikoe {
namespace {

class AuditTest : public testing::Test {
  protected:
    AuditTest() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-audit-" + random_hex(8));
        store_ = open_sqlite_store(folder_).value();
        for (const char* who : {"hanako (1000)", "taro (1001)", "hanako (1000)"}) {
            AuditEntry entry;
            entry.when = Milliseconds{1'700'000'000'000};
            entry.who = who;
            entry.what = "export-microdata";
            entry.detail = "for a question of a citizen";
            EXPECT_TRUE(store_->note(entry));
        }
    }
    ~AuditTest() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    void by_hand(const std::string& sql) {
        SQLite::Database database((folder_ / "server.db").string(), SQLite::OPEN_READWRITE);
        database.exec(sql);
    }
    std::filesystem::path folder_;
    std::unique_ptr<Store> store_;
};

TEST_F(AuditTest, EveryEntryFollowsFromTheOneBefore) {
    const auto entries = store_->audit().value();
    ASSERT_EQ(entries.size(), 3u);
    EXPECT_EQ(entries[1].number, 2);
    EXPECT_EQ(entries[1].who, "taro (1001)");
    EXPECT_EQ(entries[1].previous_hash, entries[0].hash);
    EXPECT_EQ(broken_link(entries), std::nullopt);
}

TEST_F(AuditTest, NothingIsChangedOrTakenOutByMistake) {
    EXPECT_THROW(by_hand("UPDATE audit SET who = 'nobody'"), SQLite::Exception);
    EXPECT_THROW(by_hand("DELETE FROM audit WHERE number = 2"), SQLite::Exception);
    EXPECT_EQ(store_->audit().value().size(), 3u);
}

TEST_F(AuditTest, WhatIsChangedOrTakenOutOnPurposeIsSeen) {
    by_hand("DROP TRIGGER audit_stays; UPDATE audit SET who = 'nobody' WHERE number = 2");
    EXPECT_EQ(broken_link(store_->audit().value()), 2);
    by_hand("DROP TRIGGER audit_is_kept; DELETE FROM audit WHERE number = 2");
    EXPECT_EQ(broken_link(store_->audit().value()), 3);
}

}  // namespace
}  // namespace machikoe
