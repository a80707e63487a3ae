// An event as it happens: staff set it up on the screen, residents answer while the network is
// down, then it comes back.
#include "tests/programs/kiosk_fixture.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

class EventTest : public KioskProgramTest {
  protected:
    static constexpr int kVisits = 40;

    /// The server goes, and comes back at the same address.
    std::unique_ptr<Process> restart_server(const std::string& at_port) {
        return start({"serve", "--data", data(), "--pack", ward(), "--port", at_port});
    }
    /// Lines of responses.csv that hold all of these words, and all lines of answers.
    std::pair<int, int> exported(const std::vector<std::string>& words) {
        release_rest();
        const Ran ran = run({"export", "--format", "csv", "--data", data(), "--pack", ward(),
                             "--out", out(), "--microdata", "--reason", "a test"});
        EXPECT_EQ(ran.code, 0) << ran.err;
        std::istringstream lines(bytes_of(std::filesystem::path(out()) / "responses.csv"));
        int those = 0, all = -1;  // the first is the heading
        for (std::string line; std::getline(lines, line); ++all)
            those += std::all_of(words.begin(), words.end(), [&](const std::string& word) {
                return line.find(word) != std::string::npos;
            });
        return {those, all};
    }
};

TEST_F(EventTest, FortyVisitsWithTheNetworkDownArriveUnderTheirEventAndUniverse) {
    auto server = start_server();
    const std::string port_used = port();
    ASSERT_EQ(run_kiosk(enrolled({"--robots", "0", "--exit-after", "0"})).code, 0);
    stop(*server);

    const auto kiosk =
        start_kiosk({"--robots", std::to_string(kVisits), "--robots-finish", "--robot-event",
                     "まちのおまつり", "--universe", "participant", "--deliver-within", "40"});
    const std::string done = std::to_string(kVisits) + "/" + std::to_string(kVisits);
    for (int i = 0;
         i < 20'000 && kiosk->running() && kiosk->output_so_far().find(done) == std::string::npos;
         ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ASSERT_THAT(kiosk->output_so_far(), HasSubstr(done));
    EXPECT_EQ(on_server(), 0);

    server = restart_server(port_used);
    const Ran ran = kiosk->wait(std::chrono::seconds(60));
    EXPECT_EQ(ran.code, 0) << ran.err;
    stop(*server);
    EXPECT_EQ(on_server(), kVisits);
    EXPECT_EQ(exported({"まちのおまつり", "participant"}), std::pair(kVisits, kVisits));
    // The PIN is nowhere to be read.
    EXPECT_EQ(ran.err.find("314159"), std::string::npos);
    EXPECT_EQ(bytes_of(kiosk_data() / "pin").find("314159"), std::string::npos);
    EXPECT_THAT(bytes_of(kiosk_data() / "pin"), HasSubstr("$argon2id$"));
    EXPECT_THAT(bytes_of(kiosk_data() / "settings"), HasSubstr("event-universe participant"));
}

TEST_F(EventTest, ADamagedPinFileIsSaidAndDoesNotStopResidents) {
    std::filesystem::create_directories(kiosk_data());
    ASSERT_TRUE(replace_file(kiosk_data() / "pin", "machikoe-pin 1\n"));
    const Ran ran = run_kiosk({"--robots", "1", "--deliver-within", "0"});
    EXPECT_THAT(ran.err, HasSubstr("--staff-pin-file"));
    EXPECT_THAT(ran.out, HasSubstr("1 visits: "));
}

}  // namespace
}  // namespace machikoe
