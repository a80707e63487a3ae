// The programs on PostgreSQL: everything that works on server.db works on a database that servers
// share, and `machikoe move` takes everything along.
#include "tests/programs/machikoe_fixture.h"
#include "tests/store/postgres_cluster.h"

namespace machikoe {
namespace {

using testing::HasSubstr;
using testing::Not;

class DatabaseTest : public MachikoeTest {
  protected:
    DatabaseTest() : database_(schema_in(shared_postgres(), "program_" + random_hex(8))) {}

    Ran with_database(std::vector<std::string> arguments) {
        for (const std::string& more :
             {std::string("--data"), data(), std::string("--database"), database_})
            arguments.push_back(more);
        return run(arguments);
    }
    Ran move(const std::string& from, const std::string& to) {
        return run({"move", "--from", from, "--to", to});
    }
    void make_answers(int count) {
        const Ran ran = run({"simulate", "answers", "--data", data(), "--pack", pack(),
                             "--responses", std::to_string(count), "--seed", "7"});
        ASSERT_EQ(ran.code, 0) << ran.err;
    }
    std::string database_;
};

TEST_F(DatabaseTest, TheSameAnswersGiveTheSameBytesWhereverTheyAre) {
    make_answers(3000);
    const std::string back = (folder_ / "back").string();
    const Ran there = move(data(), database_);
    ASSERT_EQ(there.code, 0) << there.err;
    EXPECT_THAT(there.out, HasSubstr("keys/"));
    EXPECT_THAT(there.out, Not(HasSubstr("DIFFERS")));
    ASSERT_EQ(move(database_, back).code, 0);
    const Ran before = run({"indicators", "--json", "--data", data(), "--pack", pack()});
    ASSERT_EQ(before.code, 0) << before.err;
    EXPECT_THAT(before.out, HasSubstr("3000"));
    EXPECT_EQ(with_database({"indicators", "--json", "--pack", pack()}).out, before.out);
    EXPECT_EQ(run({"indicators", "--json", "--data", back, "--pack", pack()}).out, before.out);
    const Ran again = move(data(), database_);
    EXPECT_EQ(again.code, 1);
    expect_one_line(again);
    EXPECT_THAT(again.err, HasSubstr("not empty"));
}

TEST_F(DatabaseTest, AServerRunsOnItAndNothingIsInTheFolderButKeys) {
    auto arguments = serving("0");
    for (const std::string& more : {std::string("--database"), database_})
        arguments.push_back(more);
    const auto server = start(arguments);
    ASSERT_NE(port(), "");
    const Ran code =
        with_database({"enroll", "--name", "hall", "--site", "office", "--plain-http"});
    EXPECT_EQ(code.code, 0) << code.err;
    EXPECT_EQ(in_postgres(database_, "SELECT name FROM enrolment_code"), "hall");
    for (const std::string& command :
         {std::string("kiosks"), std::string("audit"), std::string("ledger")}) {
        const Ran ran = with_database({command});
        EXPECT_EQ(ran.code, 0) << command << ": " << ran.err;
    }
    EXPECT_FALSE(std::filesystem::exists(folder_ / "data" / "server.db"));
    EXPECT_TRUE(std::filesystem::exists(folder_ / "data" / "keys"));
    server->send(SIGTERM);
    EXPECT_EQ(server->wait().code, 0);
}

TEST_F(DatabaseTest, AnExportWritesTheAuditLogOfTheDatabase) {
    ASSERT_EQ(with_database({"simulate", "answers", "--pack", pack(), "--responses", "50"}).code,
              0);
    auto arguments = exporting();
    arguments.push_back("--database");
    arguments.push_back(database_);
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(with_database({"audit"}).out, HasSubstr("export-microdata"));
}

TEST_F(DatabaseTest, ABackupGoesBackIntoEitherKindOfStore) {
    ASSERT_EQ(with_database({"simulate", "answers", "--pack", pack(), "--responses", "700"}).code,
              0);
    const auto figures = [&](std::vector<std::string> of) {
        of.insert(of.begin(), {"indicators", "--json", "--pack", pack()});
        const Ran ran = run(of);
        EXPECT_EQ(ran.code, 0) << ran.err;
        return ran.out;
    };
    const std::string before = figures({"--data", data(), "--database", database_});
    EXPECT_THAT(before, HasSubstr("700"));
    const std::string file = (folder_ / "backup.db").string();
    const Ran made = with_database({"backup", "--out", file});
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_THAT(made.out, HasSubstr("700 responses"));
    EXPECT_FALSE(std::filesystem::exists(file + ".rows")) << "no second copy stays behind";
    EXPECT_THAT(with_database({"audit"}).out, HasSubstr("backup"));

    // The keys are not there: it says so, and what was restored stays.
    const std::string folder = (folder_ / "restored").string();
    EXPECT_EQ(run({"restore", "--from", file, "--data", folder}).code, 1);
    EXPECT_EQ(figures({"--data", folder}), before);
    const std::string other = schema_in(shared_postgres(), "restored_" + random_hex(8));
    const std::vector<std::string> into = {"restore", "--from", file,        "--data",
                                           folder,    "--database", other};
    const Ran restored = run(into);
    EXPECT_EQ(restored.code, 1);
    EXPECT_THAT(restored.err, HasSubstr("sealing.key is not there"));
    EXPECT_EQ(figures({"--data", folder, "--database", other}), before);
    const Ran again = run(into);
    EXPECT_EQ(again.code, 1);
    expect_one_line(again);
    EXPECT_THAT(again.err, HasSubstr("not empty"));
    EXPECT_FALSE(std::filesystem::exists(folder + "/restore.rows"));
}

TEST_F(DatabaseTest, NobodyIsToldThePassword) {
    for (const char* url : {"postgresql://ward:s3cr3t@127.0.0.1:1/machikoe",
                            "postgresql://ward:s3cr3t@[nonsense/machikoe", "s3cr3t"}) {
        const Ran ran = run({"kiosks", "--data", data(), "--database", url});
        EXPECT_NE(ran.code, 0);
        expect_one_line(ran);
        EXPECT_THAT(ran.err, Not(HasSubstr("s3cr3t")));
    }
    const Ran ran = move("postgresql://ward:s3cr3t@127.0.0.1:1/machikoe", data());
    EXPECT_EQ(ran.code, 3);
    EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("s3cr3t")));
}

}  // namespace
}  // namespace machikoe
