// Proof: a snapshot is recomputed, and what was changed afterwards is named.
#include <fstream>

#include "app/base/database.h"
#include "tests/indicators/mihon.h"
#include "tests/programs/machikoe_fixture.h"

namespace machikoe {
namespace {

using testing::HasSubstr;
using testing::Not;

class ProofTest : public MachikoeTest {
  protected:
    static inline const std::string kWard = MACHIKOE_SOURCE_DIR "/assets/packs/mihon-r5";

    std::string snapshot() const { return (folder_ / "snapshot").string(); }
    Ran take() {
        return run({"snapshot", "--data", data(), "--pack", kWard, "--layout", "osaka-r5", "--out",
                    snapshot()});
    }
    Ran verified() { return run({"indicators", "--data", data(), "--verify", snapshot()}); }
    void by_hand(const std::string& sql) {
        SQLite::Database(data() + "/server.db", SQLite::OPEN_READWRITE).exec(sql);
    }
    void change(const std::string& name, const std::string& what, const std::string& with) {
        const std::filesystem::path path = std::filesystem::path(snapshot()) / name;
        std::string text = bytes_of(path);
        const auto at = text.find(what);
        ASSERT_NE(at, std::string::npos);
        text.replace(at, what.size(), with);
        ASSERT_TRUE(replace_file(path, text));
    }
    void add_one() {
        auto store = open_sqlite_store(data()).value();
        ASSERT_TRUE(store->release({}, {worked_example(ward_.pack).front()}));
    }
    Mihon ward_;
};

TEST_F(ProofTest, EveryFigureIsRecomputedToTheLastDigit) {
    keep(worked_example(ward_.pack));
    const Ran taken = take();
    ASSERT_EQ(taken.code, 0) << taken.err;
    EXPECT_THAT(taken.out, HasSubstr("88 responses"));
    const Ran ran = verified();
    EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("signed by this server"));
    EXPECT_THAT(ran.out, HasSubstr("the same to the last digit"));
    EXPECT_THAT(bytes_of(std::filesystem::path(snapshot()) / "figures.jsonl"), HasSubstr("61.4"));
    EXPECT_THAT(bytes_of(std::filesystem::path(snapshot()) / "weights.csv"), HasSubstr("under30"));
}

TEST_F(ProofTest, ASnapshotIsNeverOverwritten) {
    keep(worked_example(ward_.pack));
    ASSERT_EQ(take().code, 0);
    const Ran again = take();
    EXPECT_EQ(again.code, 1);
    EXPECT_THAT(again.err, HasSubstr("there already"));
}

TEST_F(ProofTest, AnswersThatCameSinceAreInNoFigure) {
    keep(worked_example(ward_.pack));
    ASSERT_EQ(take().code, 0);
    add_one();
    const Ran ran = verified();
    EXPECT_EQ(ran.code, 0) << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("1 responses came since"));
}

TEST_F(ProofTest, AnAnswerThatWasTakenOutIsMissedAndTheFiguresShowIt) {
    keep(worked_example(ward_.pack));
    ASSERT_EQ(take().code, 0);
    by_hand("DELETE FROM response WHERE id = (SELECT min(id) FROM response)");
    const Ran ran = verified();
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, HasSubstr("1 responses of the snapshot are not in the database"));
    EXPECT_THAT(ran.out, HasSubstr("figures.jsonl"));
    EXPECT_THAT(ran.out, HasSubstr("why: the answers are not the same any more"));
}

TEST_F(ProofTest, AnAnswerThatWasChangedIsSeenEvenWhereNoFigureMoves) {
    keep(worked_example(ward_.pack));
    ASSERT_EQ(take().code, 0);
    by_hand(
        "UPDATE response SET record = replace(record, '\"duration_s\":180', '\"duration_s\":60')"
        " WHERE id = (SELECT max(id) FROM response)");
    const Ran ran = verified();
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, HasSubstr("1 responses say something else"));
}

TEST_F(ProofTest, AFigureThatWasChangedIsNamedWithBothValues) {
    keep(worked_example(ward_.pack));
    ASSERT_EQ(take().code, 0);
    change("figures.jsonl", "61.4", "71.4");
    const Ran ran = verified();
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, HasSubstr("figures.jsonl was changed after it was signed"));
    EXPECT_THAT(ran.out, HasSubstr("71.4"));
    EXPECT_THAT(ran.out, HasSubstr("61.4"));
}

TEST_F(ProofTest, AManifestThatWasChangedHasNoGoodSignature) {
    keep(worked_example(ward_.pack));
    ASSERT_EQ(take().code, 0);
    change("manifest.json", "\"minimum_base\": 10", "\"minimum_base\": 11");
    const Ran ran = verified();
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, HasSubstr("the signature is not one of this manifest"));
}

TEST_F(ProofTest, ASnapshotOfAnotherServerSaysSo) {
    keep(worked_example(ward_.pack));
    ASSERT_EQ(take().code, 0);
    std::filesystem::remove_all(std::filesystem::path(data()) / "keys");
    const Ran ran = verified();
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, HasSubstr("signed by another key"));
}

TEST_F(ProofTest, WhatIsNoSnapshotIsSaidInOneLine) {
    keep(worked_example(ward_.pack));
    std::filesystem::create_directories(snapshot());
    const Ran ran = verified();
    EXPECT_EQ(ran.code, 1);
    expect_one_line(ran);
}

TEST_F(ProofTest, TheServersTotalsEqualARecount) {
    keep(worked_example(ward_.pack));
    const std::vector<std::string> recount = {"indicators", "--data", data(),
                                              "--pack",     kWard,    "--recount"};
    EXPECT_EQ(run(recount).code, 3);  // no server
    auto server = start({"serve", "--data", data(), "--pack", kWard, "--port", "0", "--port-file",
                         (folder_ / "port").string(), "--plain-http", "--new-keys"});
    ASSERT_NE(port(), "");
    Ran ran = run(recount);
    for (int i = 0; i < 50 && ran.code == 3; ++i)
        ran = run(recount);  // the pid comes a moment later
    EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("88 responses; the server's totals equal a recount"));
    // Something that the server did not count.
    by_hand(
        "UPDATE response SET record = replace(record, '\"known\"', '\"unknown\"')"
        " WHERE record LIKE '%\"known\"%'");
    const Ran differs = run(recount);
    EXPECT_EQ(differs.code, 1);
    EXPECT_THAT(differs.out, HasSubstr("DIFFER"));
}

TEST_F(ProofTest, KilledAndStartedFromACheckpointItStillEqualsARecount) {
    keep(worked_example(ward_.pack));
    const std::vector<std::string> recount = {"indicators", "--data", data(),
                                              "--pack",     kWard,    "--recount"};
    const auto serve = [&] {
        std::filesystem::remove(folder_ / "port");
        auto server =
            start({"serve", "--data", data(), "--pack", kWard, "--port", "0", "--port-file",
                   (folder_ / "port").string(), "--plain-http", "--new-keys"});
        EXPECT_NE(port(), "");
        return server;
    };
    const auto recounted = [&] {
        Ran ran = run(recount);
        for (int i = 0; i < 50 && ran.code == 3; ++i) ran = run(recount);
        EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
        return ran.out;
    };
    auto server = serve();
    const auto has_checkpoint = [&] {
        return open_sqlite_store(data(), StoreMode::ReadOnly).value()->checkpoint()->counts != "";
    };
    for (int i = 0; i < 600 && !has_checkpoint(); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    ASSERT_TRUE(has_checkpoint());
    // Another program lets answers out while the server runs: it sees them by itself.
    std::vector<Response> more = worked_example(ward_.pack);
    more.resize(7);
    ASSERT_TRUE(open_sqlite_store(data()).value()->release({}, more));
    EXPECT_THAT(recounted(), HasSubstr("95 responses; the server's totals equal a recount"));
    server->send(SIGKILL);
    server->wait();
    std::filesystem::remove(std::filesystem::path(data()) / "server.pid");
    ASSERT_TRUE(open_sqlite_store(data()).value()->release({}, more));
    server = serve();
    EXPECT_THAT(recounted(), HasSubstr("102 responses; the server's totals equal a recount"));
}

}  // namespace
}  // namespace machikoe
