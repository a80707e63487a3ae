// Backup while the server takes answers in, and the way back.
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "app/base/database.h"
#include "sync/server/accounts.h"
#include "sync/store/sqlite_copy.h"
#include "tests/operation/senders.h"

namespace machikoe {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class BackupTest : public OperationTest {
  protected:
    std::string file() const { return (folder_ / "backup.db").string(); }
    std::string restored() const { return (folder_ / "restored").string(); }
    Ran back_up() { return run({"backup", "--data", data(), "--out", file()}); }
    Ran restore() { return run({"restore", "--from", file(), "--data", restored()}); }
    void bring_keys() {
        std::filesystem::create_directories(restored());
        std::filesystem::copy(data() + "/keys", restored() + "/keys",
                              std::filesystem::copy_options::recursive);
    }
    static mode_t mode_of(const std::string& path) {
        struct stat status {};
        ::stat(path.c_str(), &status);
        return status.st_mode & 0777;
    }
    /// One HTTPS start makes the authority's files as well.
    void make_keys() {
        std::vector<std::string> https = serving("0");
        https.pop_back();
        const auto server = start(https);
        ASSERT_NE(port(), "");
        server->send(SIGTERM);
        ASSERT_EQ(server->wait().code, 0);
    }
};

TEST_F(BackupTest, UnderLoadItIsOfOneMomentAndTheServerGoesOn) {
    make_keys();
    auto server = serve();
    start_senders(3);
    wait_for_receipts(40);
    const Ran made = back_up();
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("whole, schema "));
    const std::size_t then = senders_[0]->receipted_so_far();
    wait_for_receipts(then + 20);  // nobody is held up
    server->send(SIGKILL);
    server.reset();
    for (const auto& sender : senders_) sender->finish();

    EXPECT_EQ(mode_of(file()), 0600u);
    EXPECT_EQ(mode_of(file() + ".json"), 0600u);
    EXPECT_FALSE(std::filesystem::exists(file() + "-wal"));
    const json note = json::parse(bytes_of(file() + ".json"));
    EXPECT_EQ(note.at("sha256"), sha256_of_file(file()).value());
    EXPECT_THAT(made.out, HasSubstr(note.at("sha256").get<std::string>()));

    bring_keys();
    const Ran back = restore();
    ASSERT_EQ(back.code, 0) << back.err;
    EXPECT_THAT(back.out, HasSubstr("keys/ fits"));
    EXPECT_EQ(mode_of(restored() + "/server.db"), 0600u);
    const auto store = open_sqlite_store(restored(), StoreMode::ReadOnly).value();
    const Counts counts = store->counts().value();
    EXPECT_EQ(note.at("counts").at("ledger"), counts.ledger);
    EXPECT_GE(counts.ledger, 3 * 40);
    EXPECT_LT(counts.ledger,
              open_sqlite_store(data(), StoreMode::ReadOnly).value()->counts()->ledger);
    EXPECT_EQ(counts.responses + counts.waiting + counts.openings, counts.ledger);
    std::int64_t held = 0;
    const auto kiosks = store->kiosks().value();
    for (const KioskRow& kiosk : kiosks) {
        held += kiosk.held;
        EXPECT_TRUE(store->gaps(kiosk.id)->empty());
    }
    EXPECT_EQ(held, counts.ledger);
    EXPECT_EQ(store->audit()->back().what, "restore");
    EXPECT_EQ(open_sqlite_store(data(), StoreMode::ReadOnly).value()->audit()->back().what,
              "backup");
}

TEST_F(BackupTest, AServerOnTheRestoredFolderShowsWhatARecountFinds) {
    make_keys();
    auto server = serve();
    start_senders(2);
    wait_for_receipts(30);
    ASSERT_EQ(back_up().code, 0);
    server->send(SIGTERM);
    EXPECT_EQ(server->wait().code, 0);
    for (const auto& sender : senders_) sender->finish();
    bring_keys();
    ASSERT_EQ(restore().code, 0);
    std::filesystem::rename(data(), folder_ / "lost");
    std::filesystem::rename(restored(), data());
    server = serve();
    const Ran recount = run({"indicators", "--data", data(), "--pack", pack(), "--recount"});
    EXPECT_EQ(recount.code, 0) << recount.err;
    EXPECT_THAT(recount.out, HasSubstr("totals equal a recount"));
    server->send(SIGTERM);
    EXPECT_EQ(server->wait().code, 0);
}

TEST_F(BackupTest, NothingIsOverwrittenAndNothingIsMadeOfNothing) {
    EXPECT_EQ(back_up().code, 3);
    EXPECT_FALSE(std::filesystem::exists(file()));
    keep({});
    EXPECT_EQ(run({"backup", "--data", "postgresql://localhost/x", "--out", file()}).code, 2);
    ASSERT_EQ(back_up().code, 0);
    const std::string before = bytes_of(file());
    const Ran again = back_up();
    EXPECT_EQ(again.code, 2);
    EXPECT_THAT(again.err, HasSubstr("there already"));
    EXPECT_EQ(bytes_of(file()), before);
    ASSERT_EQ(restore().code, 1) << "no keys";
    const Ran second = restore();
    EXPECT_EQ(second.code, 2);
    EXPECT_THAT(second.err, HasSubstr("without one"));
    EXPECT_EQ(run({"backup", "--data", data(), "--out", (folder_ / "no" / "where").string()}).code,
              3);
}

TEST_F(BackupTest, ADamagedBackupIsNotRestored) {
    keep({testward_response(pack_, "w")});
    ASSERT_EQ(back_up().code, 0);
    const std::string whole = bytes_of(file()), note = bytes_of(file() + ".json");
    const auto refused = [&](const std::string& bytes, const std::string& said) {
        ASSERT_TRUE(replace_file(file(), bytes));
        const Ran ran = restore();
        EXPECT_EQ(ran.code, 1) << said;
        EXPECT_THAT(ran.err, HasSubstr(said));
        EXPECT_FALSE(std::filesystem::exists(restored() + "/server.db"));
        EXPECT_FALSE(std::filesystem::exists(restored() + "/server.db.new"));
    };
    std::string changed = whole;
    changed[whole.size() / 2] = static_cast<char>(changed[whole.size() / 2] ^ 1);
    refused(changed, "cut off or changed");
    refused(whole.substr(0, whole.size() / 2), "cut off or changed");
    refused("", "cut off or changed");
    // Somebody who writes a fitting note does not get a damaged file in either.
    std::string holes = whole;
    holes.replace(4096, 64, 64, '\xee');
    json fitting = json::parse(note);
    fitting["sha256"] = sha256_hex(holes);
    ASSERT_TRUE(replace_file(file() + ".json", fitting.dump()));
    refused(holes, "nothing was restored");
    fitting["sha256"] = sha256_hex(whole);
    fitting["counts"]["responses"] = 2;
    ASSERT_TRUE(replace_file(file() + ".json", fitting.dump()));
    refused(whole, "its note says");
    ASSERT_TRUE(replace_file(file() + ".json", "{}"));
    refused(whole, "not the note");
    std::filesystem::remove(file() + ".json");
    refused(whole, "is missing");
    ASSERT_TRUE(replace_file(file() + ".json", note));
    EXPECT_THAT(restore().out, HasSubstr("restored, 1 responses"));
}

TEST_F(BackupTest, WithoutTheRightKeysItSaysWhatStaysSealed) {
    make_keys();
    {
        auto server = serve();
        start_senders(1);
        wait_for_receipts(3);
        server->send(SIGTERM);
        EXPECT_EQ(server->wait().code, 0);
        senders_[0]->finish();
    }
    const std::int64_t waiting = store()->counts()->waiting;
    ASSERT_EQ(back_up().code, 0);
    const Ran without = restore();
    EXPECT_EQ(without.code, 1);
    EXPECT_THAT(without.err, HasSubstr("sealing.key is not there"));
    EXPECT_THAT(without.err, HasSubstr(std::to_string(waiting) + " answers that wait"));
    EXPECT_FALSE(std::filesystem::exists(restored() + "/keys")) << "none are made up";
}

TEST_F(BackupTest, SessionsOfThenAreOver) {
    keep({});
    const Milliseconds now = SystemClock().wall();
    std::string token;
    {
        auto store = open_sqlite_store(data()).value();
        ASSERT_TRUE(invite(*store, "sato", AccountRole::Staff, now));
        token = begin_session(*store, "sato", now)->token;
        ASSERT_TRUE(caller_of(*store, token, now));
    }
    ASSERT_EQ(back_up().code, 0);
    restore();
    auto store = open_sqlite_store(restored()).value();
    EXPECT_TRUE(store->account("sato"));
    EXPECT_FALSE(caller_of(*store, token, now));
}

TEST_F(BackupTest, AFileThatIsNoServersIsNotExamined) {
    ASSERT_TRUE(replace_file(file(), std::string(8192, 'x')));
    EXPECT_EQ(examine_sqlite_file(file()).error().code, ErrorCode::Corrupt);
    SQLite::Database other((folder_ / "other.db").string(),
                           SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    other.exec("CREATE TABLE t (a); PRAGMA user_version = 2");
    EXPECT_EQ(examine_sqlite_file(folder_ / "other.db").error().code, ErrorCode::Corrupt);
    other.exec("CREATE TABLE ledger (a); PRAGMA user_version = 99");
    EXPECT_THAT(examine_sqlite_file(folder_ / "other.db").error().message, HasSubstr("newer"));
}

}  // namespace
}  // namespace machikoe
