// The program around a server: start, admit, stop, and refusing to start.
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/programs/machikoe_fixture.h"
#include "tests/server/http_client.h"

namespace machikoe {
namespace {

using testing::HasSubstr;
using testing::Not;

class ServeTest : public MachikoeTest {
  protected:
    static NewKiosk some_kiosk() {
        return {std::string(32, 'd'), sha256_hex("t"), std::string(64, '1'), "", ""};
    }
};

TEST_F(ServeTest, AnUnknownCommandIsAUsageError) {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"dance"}, {}, {"serve"}, {"serve", "--port", "many"}}) {
        const Ran ran = run(arguments);
        EXPECT_EQ(ran.code, 2);
        expect_one_line(ran);
    }
    EXPECT_EQ(run({"--help"}).code, 0);
}

TEST_F(ServeTest, ABadPackIsRefusedInOneLine) {
    const std::filesystem::path broken = folder_ / "testward-r4";
    std::filesystem::copy(pack(), broken);
    ASSERT_TRUE(replace_file(broken / "pack.yaml", "format: 1\n"));
    const Ran ran = run({"serve", "--data", data(), "--pack", broken.string(), "--port", "0"});
    EXPECT_EQ(ran.code, 1);
    expect_one_line(ran);
    EXPECT_THAT(ran.err, HasSubstr("pack.yaml:"));
    EXPECT_THAT(ran.err, HasSubstr("machikoe check"));
}

TEST_F(ServeTest, ADamagedDatabaseIsRefused) {
    std::filesystem::create_directories(data());
    ASSERT_TRUE(replace_file(folder_ / "data" / "server.db", std::string(8192, 'x')));
    for (const std::vector<std::string>& arguments :
         {serving("0"),
          exporting(),
          {"indicators", "--data", data(), "--pack", pack()},
          {"kiosks", "--data", data()},
          {"enroll", "--data", data(), "--name", "a", "--site", "b"}}) {
        const Ran ran = run(arguments);
        EXPECT_EQ(ran.code, 3) << arguments.front();
        expect_one_line(ran);
    }
    EXPECT_EQ(bytes_of(folder_ / "data" / "server.db"), std::string(8192, 'x'));
}

TEST_F(ServeTest, TwoServersDoNotShareAPort) {
    const auto first = start(serving("0"));
    const std::string taken = port();
    ASSERT_NE(taken, "");
    const Ran second =
        run({"serve", "--data", (folder_ / "other").string(), "--pack", pack(), "--port", taken});
    EXPECT_EQ(second.code, 3);
    expect_one_line(second);
    EXPECT_THAT(second.err, HasSubstr(taken));
    EXPECT_EQ(second.out, "");
}

TEST_F(ServeTest, AServerSaysItsAddressAndStopsWhenAsked) {
    for (const int signal : {SIGTERM, SIGINT}) {
        std::filesystem::remove(folder_ / "port");
        const auto server = start(serving("0"));
        const std::string open = port();
        server->send(signal);
        const Ran ran = server->wait();
        EXPECT_EQ(ran.code, 0) << ran.err;
        EXPECT_EQ(ran.out, "http://127.0.0.1:" + open + "\n");
    }
}

TEST_F(ServeTest, TheLogGoesToStandardErrorAndHoldsNoSecret) {
    const auto server = start(serving("0"));
    const std::string open = port();
    ASSERT_NE(open, "");
    HttpClient stranger(static_cast<std::uint16_t>(std::stoi(open)));
    EXPECT_EQ(stranger.request("GET", "/v1/totals?who=somebody").status, 200);
    server->send(SIGTERM);
    const Ran ran = server->wait();
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, "http://127.0.0.1:" + open + "\n");
    EXPECT_THAT(ran.err, HasSubstr("request: route=/v1/totals method=GET status=200 ms="));
    EXPECT_THAT(ran.err, Not(HasSubstr("somebody")));
}

TEST_F(ServeTest, AsJsonEveryLineOfTheLogIsAnObject) {
    std::vector<std::string> arguments = serving("0");
    arguments.insert(arguments.end(), {"--log-format", "json"});
    const auto server = start(arguments);
    const std::string open = port();
    ASSERT_NE(open, "");
    for (const char* target :
         {"/v1/totals?who=somebody", "/%22%0a{}", "/odata/Figures", "/"}) {
        HttpClient stranger(static_cast<std::uint16_t>(std::stoi(open)));
        EXPECT_NE(stranger.request("GET", target).status, 0);
    }
    HttpClient rude(static_cast<std::uint16_t>(std::stoi(open)));
    rude.send("\"}\n\r\n\r\n");
    EXPECT_EQ(rude.read_reply().status, 400);
    server->send(SIGTERM);
    const Ran ran = server->wait();
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.err, Not(HasSubstr("somebody")));
    std::istringstream lines(ran.err);
    int requests = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("machikoe: ")) continue;  // the one-time code, for a person
        const auto json = nlohmann::json::parse(line, nullptr, false);
        ASSERT_TRUE(json.is_object()) << line;
        EXPECT_THAT(json.at("time").get<std::string>(),
                    testing::MatchesRegex("....-..-..T..:..:..[.]...Z"));
        EXPECT_TRUE(json.at("level").is_string() && json.at("event").is_string()) << line;
        if (json.at("event") != "request") continue;
        ++requests;
        EXPECT_TRUE(json.at("status").is_number() && json.at("ms").is_number()) << line;
    }
    EXPECT_EQ(requests, 5);
    EXPECT_EQ(run({"serve", "--data", data(), "--pack", pack(), "--log-format", "xml"}).code, 2);
    EXPECT_EQ(run({"serve", "--data", data(), "--pack", pack(), "--log-level", "x"}).code, 2);
}

TEST_F(ServeTest, AReaderThatGoesAwayDoesNotEndTheServer) {
    const auto server = start(serving("0"));
    const std::string open = port();
    ASSERT_NE(open, "");
    server->send(SIGPIPE);
    HttpClient next(static_cast<std::uint16_t>(std::stoi(open)));
    EXPECT_EQ(next.request("GET", "/healthz").status, 200);
    server->send(SIGTERM);
    EXPECT_EQ(server->wait().code, 0);
}

TEST_F(ServeTest, AnEmptyDatabaseGivesFiguresOfNobody) {
    const auto server = start(serving("0"));
    ASSERT_NE(port(), "");
    EXPECT_EQ(run({"enroll", "--data", data(), "--name", "lobby", "--site", "office"}).code, 0);
    // While the server runs: reading does not disturb it.
    const Ran ran = run({"indicators", "--data", data(), "--pack", pack()});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, testing::ContainsRegex("takes-part +0 +-- +目標値の記載なし"));
    EXPECT_THAT(ran.out, HasSubstr("回答: 0 件"));
    const Ran english = run({"indicators", "--data", data(), "--pack", pack(), "--language", "en"});
    EXPECT_THAT(english.out, HasSubstr("no target value given"));
    EXPECT_EQ(run({"indicators", "--data", data(), "--pack", pack(), "--language", "xx"}).code, 2);
    server->send(SIGTERM);
    EXPECT_EQ(server->wait().code, 0);
}

TEST_F(ServeTest, ACodeIsPrintedAloneAndKeptOnlyAsItsHash) {
    const Ran ran = run({"enroll", "--data", data(), "--name", "ロビー", "--site", "office"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 1) << ran.out;
    const auto printed = parse_enrolment_code(ran.out.substr(0, ran.out.size() - 1));
    ASSERT_TRUE(printed) << ran.out;
    EXPECT_EQ(printed->fingerprint.size(), 20u);
    EXPECT_THAT(ran.err, Not(HasSubstr(printed->code)));
    std::string kept;
    for (const auto& file : std::filesystem::recursive_directory_iterator(data()))
        if (file.is_regular_file()) kept += bytes_of(file.path());
    EXPECT_THAT(kept, Not(HasSubstr(printed->code)));
    EXPECT_THAT(kept, HasSubstr(sha256_hex(printed->code)));
    auto store = open_sqlite_store(data());
    const auto row =
        (*store)->use_code(sha256_hex(printed->code), some_kiosk(), SystemClock().wall());
    ASSERT_TRUE(row) << row.error().message;
    EXPECT_EQ(row->name, "ロビー");
    EXPECT_EQ(row->site, "office");
}

TEST_F(ServeTest, ACodeForPlainHttpNamesNoAuthorityAndAQrCodeHoldsTheAddress) {
    EXPECT_EQ(parse_enrolment_code(enrolment_code({"--plain-http"}))->fingerprint, "");
    const Ran ran = run({"enroll", "--data", data(), "--name", "a", "--site", "b", "--server",
                         "https://ward.example:8787", "--qr"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("▀"));
    EXPECT_TRUE(parse_enrolment_code(ran.out.substr(0, ran.out.size() - 1)));
    EXPECT_EQ(run({"enroll", "--data", data(), "--name", "a", "--site", "b", "--qr"}).code, 2);
}

TEST_F(ServeTest, ACodeExpiresAfterItsMinutes) {
    const auto code = parse_enrolment_code(enrolment_code({"--minutes", "2"}));
    ASSERT_TRUE(code);
    auto store = open_sqlite_store(data());
    const Milliseconds later = SystemClock().wall() + std::chrono::minutes(2);
    EXPECT_FALSE((*store)->use_code(sha256_hex(code->code), some_kiosk(), later));
}

TEST_F(ServeTest, HttpsIsTheDefaultAndPlainHttpStaysOnThisMachine) {
    std::vector<std::string> https = serving("0");
    https.pop_back();
    const auto server = start(https);
    const std::string open = port();
    ASSERT_NE(open, "");
    HttpClient plain(static_cast<std::uint16_t>(std::stoi(open)));
    EXPECT_NE(plain.request("GET", "/healthz").status, 200);
    server->send(SIGTERM);
    const Ran ran = server->wait();
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, "https://127.0.0.1:" + open + "\n");
    std::vector<std::string> reachable = serving("0");
    reachable.insert(reachable.end(), {"--address", "0.0.0.0"});
    const Ran refused = run(reachable);
    EXPECT_EQ(refused.code, 3);
    EXPECT_THAT(refused.err, HasSubstr("loopback"));
}

TEST_F(ServeTest, LostKeysAreNotReplacedSilently) {
    keep({});
    const Ran refused = run(serving("0"));
    EXPECT_EQ(refused.code, 3);
    expect_one_line(refused);
    EXPECT_THAT(refused.err, HasSubstr("--new-keys"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "data" / "keys" / "sealing.key"));
    std::vector<std::string> anyway = serving("0");
    anyway.push_back("--new-keys");
    const auto server = start(anyway);
    EXPECT_NE(port(), "");
    server->send(SIGTERM);
    EXPECT_EQ(server->wait().code, 0);
}

TEST_F(ServeTest, KeysAndDatabaseAreForTheirOwnerOnly) {
    const auto server = start(serving("0"));
    ASSERT_NE(port(), "");
    using std::filesystem::perms;
    for (const auto& file : std::filesystem::recursive_directory_iterator(data()))
        EXPECT_EQ(file.status().permissions() & (perms::group_all | perms::others_all), perms::none)
            << file.path();
    server->send(SIGTERM);
    EXPECT_EQ(server->wait().code, 0);
}

TEST_F(ServeTest, ANameMustBeReadable) {
    for (const std::string& name : {std::string(), std::string("a\nb"), std::string(201, 'x')}) {
        EXPECT_EQ(run({"enroll", "--data", data(), "--name", name, "--site", "b"}).code, 2);
        EXPECT_EQ(run({"enroll", "--data", data(), "--name", "a", "--site", name}).code, 2);
    }
    EXPECT_EQ(
        run({"enroll", "--data", data(), "--name", "a", "--site", "b", "--minutes", "0"}).code, 2);
    EXPECT_FALSE(std::filesystem::exists(data()));
}

TEST_F(ServeTest, KiosksAreListedAndRevoked) {
    keep({});
    const std::string kiosk(32, 'c');
    const Ran listed = run({"kiosks", "--data", data()});
    EXPECT_EQ(listed.code, 0) << listed.err;
    EXPECT_THAT(listed.out, HasSubstr(kiosk + "\tlobby\toffice\t1970-01-01 09h\t"));
    EXPECT_THAT(listed.out, HasSubstr("\tactive\n"));
    const Ran unknown = run({"revoke", "--data", data(), "nobody"});
    EXPECT_EQ(unknown.code, 1);
    expect_one_line(unknown);
    EXPECT_EQ(run({"revoke", "--data", data(), kiosk}).code, 0);
    EXPECT_THAT(run({"kiosks", "--data", data()}).out, HasSubstr("\trevoked\n"));
}

TEST_F(ServeTest, ReadingDoesNotMakeADatabase) {
    const Ran ran = run({"indicators", "--data", data(), "--pack", pack()});
    EXPECT_EQ(ran.code, 3);
    expect_one_line(ran);
    EXPECT_FALSE(std::filesystem::exists(data()));
}

}  // namespace
}  // namespace machikoe
