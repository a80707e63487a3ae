// `machikoe-kiosk`, as whoever sets it up meets it: what it refuses and how it says so, and
// that no server is a normal state.
#include <SQLiteCpp/SQLiteCpp.h>

#include "tests/programs/kiosk_fixture.h"

namespace machikoe {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class KioskTest : public KioskProgramTest {
  protected:
    /// The ward's pack without the first `type:` of its survey.
    std::string broken_pack() const {
        const std::filesystem::path copy = folder_ / "tsurumi-r4";
        std::filesystem::copy(ward(), copy);
        std::string survey = bytes_of(copy / "survey.yaml");
        const std::size_t begin = survey.find("\n    type:");
        EXPECT_NE(begin, std::string::npos);
        survey.erase(begin, survey.find('\n', begin + 1) - begin);
        EXPECT_TRUE(replace_file(copy / "survey.yaml", survey));
        return copy.string();
    }
    /// Refused before anybody touched it, in words for an operator.
    static void expect_refused(const Ran& ran, int code) {
        EXPECT_EQ(ran.code, code) << ran.err;
        EXPECT_EQ(ran.out, "");
        EXPECT_THAT(ran.err, HasSubstr("[error]"));
        EXPECT_THAT(ran.err, Not(HasSubstr("terminate")));
        EXPECT_THAT(ran.err, Not(HasSubstr("Sanitizer")));
    }
};

TEST_F(KioskTest, WrongOptionsAreAUsageError) {
    for (const std::vector<std::string>& more : {std::vector<std::string>{"--size", "large"},
                                                 {"--universe", "mayor"},
                                                 {"--robots", "-1"},
                                                 {"--deliver-within", "soon"},
                                                 {"--enrol", "code-without-server"}}) {
        const Ran ran = run_kiosk(more);
        EXPECT_EQ(ran.code, 2) << more.front();
        EXPECT_THAT(ran.err, HasSubstr(more.front()));
    }
    EXPECT_FALSE(std::filesystem::exists(kiosk_data()));
}

TEST_F(KioskTest, ABrokenPackIsRefusedWithFileAndLine) {
    const Ran ran = start_kiosk({"--robots", "1"}, broken_pack())->wait();
    expect_refused(ran, 1);
    EXPECT_THAT(ran.err, ContainsRegex("survey.yaml:[1-9][0-9]*: .*type"));
    EXPECT_FALSE(std::filesystem::exists(kiosk_data() / "kiosk.db"));
}

TEST_F(KioskTest, ADamagedDatabaseIsPutAsideAndTheKioskGoesOn) {
    std::filesystem::create_directories(kiosk_data());
    const std::string damaged(8192, 'x');
    ASSERT_TRUE(replace_file(kiosk_data() / "kiosk.db", damaged));
    const Ran ran = run_kiosk({"--robots", "1", "--deliver-within", "0"});
    EXPECT_THAT(ran.out, HasSubstr("1 visits: "));
    EXPECT_THAT(ran.err, HasSubstr("kiosk.db was damaged and is now in"));
    EXPECT_THAT(ran.err, HasSubstr("enrol this kiosk again"));
    EXPECT_EQ(bytes_of(kiosk_data() / "damaged-1" / "kiosk.db"), damaged);
}

TEST_F(KioskTest, ADatabaseOfANewerProgramIsRefusedAndLeftAsItIs) {
    ASSERT_THAT(run_kiosk({"--robots", "1", "--deliver-within", "0"}).out, HasSubstr("1 visits: "));
    SQLite::Database((kiosk_data() / "kiosk.db").string(), SQLite::OPEN_READWRITE)
        .exec("PRAGMA user_version = 99");
    const Ran ran = run_kiosk({"--robots", "1"});
    expect_refused(ran, 3);
    EXPECT_THAT(ran.err, HasSubstr("newer program"));
    EXPECT_FALSE(std::filesystem::exists(kiosk_data() / "damaged-1"));
}

TEST_F(KioskTest, DamagedKeysArePutAsideAndWhatWaitsStaysWaiting) {
    const Ran before = run_kiosk({"--robots", "4", "--deliver-within", "0"});
    const std::int64_t kept = said(before.err, "answers are kept here and still wait");
    for (const char* name : {"keys.db-wal", "keys.db-shm"})
        std::filesystem::remove(kiosk_data() / name);
    ASSERT_TRUE(replace_file(kiosk_data() / "keys.db", std::string(8192, 'x')));
    const Ran ran = run_kiosk({"--robots", "1", "--deliver-within", "0"});
    EXPECT_THAT(ran.out, HasSubstr("1 visits: "));
    EXPECT_THAT(ran.err, HasSubstr("keys.db was damaged and is now in"));
    EXPECT_THAT(ran.err, HasSubstr("enrol it again"));
    EXPECT_GE(said(ran.err, "answers are kept here and still wait"), kept);
    EXPECT_EQ(bytes_of(kiosk_data() / "damaged-1" / "keys.db"), std::string(8192, 'x'));
}

TEST_F(KioskTest, ASecondKioskOnOneFolderIsRefused) {
    const auto first = start_kiosk({});
    for (int i = 0; i < 1000 && first->output_so_far().find("first frame") == std::string::npos;
         ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    ASSERT_TRUE(first->running()) << first->output_so_far();
    const Ran second = run_kiosk({"--robots", "1"});
    expect_refused(second, 3);
    EXPECT_THAT(second.err, HasSubstr("another program works on this folder"));
    EXPECT_TRUE(first->running());
    first->send(SIGTERM);
    EXPECT_EQ(first->wait().code, 0);
}

TEST_F(KioskTest, WithoutAServerAnswersAreKeptAndALaterStartDeliversThem) {
    const std::string passphrase = (folder_ / "passphrase").string();
    ASSERT_TRUE(replace_file(passphrase, "correct horse battery\n"));
    const Ran alone = run_kiosk(
        {"--robots", "8", "--deliver-within", "1", "--staff-passphrase-file", passphrase});
    EXPECT_EQ(alone.code, 3);
    EXPECT_THAT(alone.out, HasSubstr("8 visits: "));
    const std::int64_t kept = said(alone.err, "answers are kept here and still wait");
    EXPECT_GE(kept, 1) << alone.err;
    EXPECT_EQ(kept, said(alone.out, "finished,"));
    EXPECT_THAT(alone.err, HasSubstr("not enrolled"));

    const auto server = start_server();
    const Ran later = run_kiosk(enrolled({"--robots", "2", "--robot-seed", "7"}));
    EXPECT_EQ(later.code, 0) << later.err;
    const std::int64_t added = said(later.out, "answers saved and delivered");
    EXPECT_GE(added, 0);
    EXPECT_EQ(on_server(), added);
    // What was sealed before there was a server is there, and opens with the passphrase.
    const Ran held = run({"ledger", "--data", data()});
    EXPECT_EQ(held.code, 1);
    EXPECT_THAT(held.out, HasSubstr("held back (unknown-key)"));
    const std::string kiosk =
        open_sqlite_store(data(), StoreMode::ReadOnly).value()->kiosks()->front().id;
    const auto unlock = [&](const std::string& words) {
        EXPECT_TRUE(replace_file(folder_ / "words", words));
        return run({"ledger", "--data", data(), "--unlock", kiosk, "--passphrase-file",
                    (folder_ / "words").string()});
    };
    EXPECT_EQ(unlock("wrong\n").code, 1);
    EXPECT_EQ(on_server(), added);
    const Ran unlocked = unlock("correct horse battery\n");
    EXPECT_EQ(unlocked.code, 0) << unlocked.err;
    EXPECT_EQ(on_server(), kept + added);
    EXPECT_EQ(run({"ledger", "--data", data()}).code, 0);
    stop(*server);
}

TEST_F(KioskTest, AServerThatIsAwayIsNamedAndAnswersAreKept) {
    const auto server = start_server();
    const Ran first = run_kiosk(enrolled({"--robots", "1"}));
    ASSERT_EQ(first.code, 0) << first.err;
    const std::int64_t before = on_server();
    stop(*server);
    const Ran alone = run_kiosk({"--robots", "5", "--deliver-within", "1"});
    EXPECT_EQ(alone.code, 3);
    EXPECT_GE(said(alone.err, "answers are kept here and still wait"), 1) << alone.err;
    EXPECT_THAT(alone.err, Not(HasSubstr("not enrolled")));
    EXPECT_EQ(on_server(), before);
}

TEST_F(KioskTest, ResidentsGoHomeWhenTheProgramIsToldToStop) {
    for (const int signal : {SIGTERM, SIGINT}) {
        std::filesystem::remove_all(kiosk_data());  // its database tells that it has started
        const auto kiosk = start_kiosk({"--robots", "1000000"});
        for (int i = 0; i < 1000 && !std::filesystem::exists(kiosk_data() / "kiosk.db"); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        kiosk->send(signal);
        const Ran ran = kiosk->wait(std::chrono::seconds(20));
        EXPECT_EQ(ran.code, 3) << ran.err;
        EXPECT_THAT(ran.err, ContainsRegex("stopped after [0-9]+ of 1000000 residents"));
    }
}

}  // namespace
}  // namespace machikoe
