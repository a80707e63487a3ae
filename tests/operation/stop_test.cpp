// `machikoe serve` told to stop, and what the service manager hears of it.
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "tests/operation/senders.h"

namespace machikoe {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

class StopTest : public OperationTest {};

TEST_F(StopTest, UnderLoadEveryReceiptIsTrue) {
    const auto server = serve();
    start_senders(4);
    wait_for_receipts(50);
    const auto told = std::chrono::steady_clock::now();
    server->send(SIGTERM);
    const Ran ran = server->wait();
    EXPECT_LT(std::chrono::steady_clock::now() - told, 8s) << "the stop limit is 5 s";
    EXPECT_EQ(ran.code, 0) << ran.err;
    std::int64_t all = 0;
    const auto after = store();
    for (const auto& sender : senders_) {
        sender->finish();
        // Numbers are receipted in order: all up to the last are in.
        ASSERT_FALSE(sender->receipted().empty());
        EXPECT_GE(after->kiosk(sender->kiosk())->held, *sender->receipted().rbegin());
        EXPECT_TRUE(after->gaps(sender->kiosk())->empty());
        all += after->kiosk(sender->kiosk())->held;
    }
    const Counts counts = after->counts().value();
    EXPECT_EQ(counts.ledger, all);
    EXPECT_EQ(counts.responses + counts.waiting + counts.openings, all);
    EXPECT_EQ(counts.quarantined, 0);
}

TEST_F(StopTest, ARequestThatNeverEndsHasTheStopLimitAndASecondSignalDoesNotWait) {
    for (const bool twice : {false, true}) {
        const auto server = serve({"--stop-limit-s", twice ? "60" : "1"});
        HttpClient slow(port_);
        ASSERT_TRUE(slow.send("POST /v1/batch HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n{"));
        std::this_thread::sleep_for(100ms);
        const auto told = std::chrono::steady_clock::now();
        server->send(SIGTERM);
        std::this_thread::sleep_for(200ms);
        EXPECT_TRUE(server->running());
        if (twice) server->send(SIGTERM);
        const Ran ran = server->wait();
        EXPECT_EQ(ran.code, twice ? -1 : 0) << "-1: ended by the signal";
        EXPECT_LT(std::chrono::steady_clock::now() - told, 10s);
    }
}

TEST_F(StopTest, WhoDoesNotReadTheReplyDoesNotHoldUpTheStop) {
    const auto server = serve({"--stop-limit-s", "1"});
    HttpClient deaf(port_);
    // More than both sides buffer.
    std::string many;
    for (int i = 0; i < 4000; ++i) many += "GET /static/chart.js HTTP/1.1\r\nHost: a\r\n\r\n";
    std::thread pusher([&] { deaf.send(many); });
    std::this_thread::sleep_for(300ms);
    const auto told = std::chrono::steady_clock::now();
    server->send(SIGTERM);
    EXPECT_EQ(server->wait().code, 0);
    EXPECT_LT(std::chrono::steady_clock::now() - told, 10s);
    pusher.join();
}

/// The service manager's end of NOTIFY_SOCKET.
class Manager {
  public:
    explicit Manager(const std::filesystem::path& path)
        : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.string().copy(address.sun_path, sizeof address.sun_path - 1);
        EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    }
    ~Manager() {
        ::unsetenv("NOTIFY_SOCKET");
        ::unsetenv("WATCHDOG_USEC");
        ::close(socket_);
    }
    /// All that is said until something with `word` in it; "" when that does not come.
    std::string heard_until(const std::string& word, std::chrono::milliseconds longest = 20s) {
        const auto limit = std::chrono::steady_clock::now() + longest;
        while (std::chrono::steady_clock::now() < limit) {
            pollfd ready{socket_, POLLIN, 0};
            if (::poll(&ready, 1, 50) <= 0) continue;
            char bytes[2048];
            const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
            if (size > 0) heard_.append(bytes, static_cast<std::size_t>(size)).append("\n");
            if (heard_.find(word) != std::string::npos) return std::exchange(heard_, "");
        }
        return "";
    }

  private:
    int socket_;
    std::string heard_;
};

TEST_F(StopTest, TheServiceManagerHearsReadyAliveAndStopping) {
    Manager manager(folder_ / "notify");
    ::setenv("WATCHDOG_USEC", "600000", 1);
    const auto server = start(serving("0"));
    const std::string start = manager.heard_until("READY=1");
    EXPECT_THAT(start, HasSubstr("EXTEND_TIMEOUT_USEC"));
    EXPECT_THAT(start, HasSubstr("STATUS=http://127.0.0.1:"));
    EXPECT_THAT(start, HasSubstr(", 0 responses"));
    EXPECT_NE(port(), "") << "ready means that it listens";
    EXPECT_NE(manager.heard_until("WATCHDOG=1"), "");
    EXPECT_NE(manager.heard_until("WATCHDOG=1"), "") << "again and again";
    server->send(SIGTERM);
    EXPECT_NE(manager.heard_until("STOPPING=1"), "");
    EXPECT_EQ(server->wait().code, 0);
}

TEST_F(StopTest, WithoutAWatchdogNobodyIsToldThatItLives) {
    Manager manager(folder_ / "notify");
    const auto server = start(serving("0"));
    EXPECT_NE(manager.heard_until("READY=1"), "");
    EXPECT_EQ(manager.heard_until("WATCHDOG=1", 500ms), "");
    server->send(SIGTERM);
    EXPECT_EQ(server->wait().code, 0);
}

TEST_F(StopTest, TheExampleUnitIsOneThatSystemdUnderstands) {
    const std::filesystem::path analyze = "/usr/bin/systemd-analyze";
    if (!std::filesystem::exists(analyze)) GTEST_SKIP() << "no systemd-analyze";
    // Its programs and files are where an installation has them; here they are this build's.
    std::string unit = bytes_of(MACHIKOE_SOURCE_DIR "/docs/machikoe.service");
    EXPECT_THAT(unit, HasSubstr("Type=notify"));
    EXPECT_THAT(unit, HasSubstr("WatchdogSec="));
    const std::string installed = "/usr/local/bin/machikoe";
    const std::size_t at = unit.find(installed);
    ASSERT_NE(at, std::string::npos);
    unit.replace(at, installed.size(), MACHIKOE_BINARY_DIR "/machikoe");
    ASSERT_TRUE(replace_file(folder_ / "machikoe.service", unit));
    Process verify(folder_ / "runs",
                   {analyze.string(), "verify", "--man=no", "--recursive-errors=no",
                    (folder_ / "machikoe.service").string()});
    const Ran ran = verify.wait();
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.err, Not(HasSubstr("machikoe.service:"))) << "a key that it does not know";
}

}  // namespace
}  // namespace machikoe
