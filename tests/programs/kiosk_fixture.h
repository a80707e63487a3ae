// What the tests of the `machikoe-kiosk` program add: a display of their own, the ward's pack,
// and a server to deliver to.
#pragma once

#include <set>

#include "tests/platform/virtual_display.h"
#include "tests/programs/machikoe_fixture.h"

namespace machikoe {

class KioskProgramTest : public MachikoeTest {
  protected:
    KioskProgramTest() {
        ::setenv("DISPLAY", display_.name().c_str(), 1);
        // The graphics driver is unloaded before leaks are counted: what it never gives back
        // has no name then, and the exit code would be that of the leak check.
        ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
    }
    void SetUp() override { ASSERT_NE(display_.name(), "") << "Xvfb does not start"; }
    void TearDown() override { EXPECT_EQ(still_running(), std::set<std::string>{}); }

    std::string ward() const { return MACHIKOE_SOURCE_DIR "/assets/packs/tsurumi-r4"; }
    std::filesystem::path kiosk_data() const { return folder_ / "kiosk"; }

    std::unique_ptr<Process> start_kiosk(const std::vector<std::string>& more,
                                         const std::string& pack = {}) {
        std::vector<std::string> arguments = {MACHIKOE_BINARY_DIR "/machikoe-kiosk",
                                              "--pack",
                                              pack.empty() ? ward() : pack,
                                              "--assets",
                                              MACHIKOE_SOURCE_DIR "/assets",
                                              "--data",
                                              kiosk_data().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return std::make_unique<Process>(folder_ / "runs", std::move(arguments));
    }
    Ran run_kiosk(const std::vector<std::string>& more) { return start_kiosk(more)->wait(); }

    /// Serves the ward's pack until the object goes.
    std::unique_ptr<Process> start_server() {
        auto server = start({"serve", "--data", data(), "--pack", ward(), "--port", "0",
                             "--port-file", (folder_ / "port").string()});
        url_ = "https://127.0.0.1:" + port();
        return server;
    }
    void stop(Process& server) {
        server.send(SIGTERM);
        EXPECT_EQ(server.wait().code, 0);
    }
    /// The options of a kiosk that enrols now.  REQUIRES: a server.
    std::vector<std::string> enrolled(std::vector<std::string> options) {
        options.insert(options.end(), {"--server", url_, "--enrol", enrolment_code()});
        return options;
    }
    /// How many responses are on the server, released or waiting for their group.
    std::int64_t on_server() const {
        const auto counts = open_sqlite_store(data(), StoreMode::ReadOnly).value()->counts();
        return counts->responses + counts->waiting;
    }

    /// Programs that were started on this test's folder and have not ended.
    std::set<std::string> still_running() const {
        std::set<std::string> found;
        for (const auto& process : std::filesystem::directory_iterator("/proc")) {
            std::string command = bytes_of(process.path() / "cmdline");
            std::replace(command.begin(), command.end(), '\0', ' ');
            if (command.find(folder_.string()) != std::string::npos) found.insert(command);
        }
        return found;
    }

    /// The number before `words`, e.g. of "12 answers saved"; -1 when it is not said.
    static std::int64_t said(const std::string& text, const std::string& words) {
        const std::size_t end = text.find(" " + words);
        if (end == std::string::npos || end == 0) return -1;
        std::size_t begin = end;
        while (begin > 0 && std::isdigit(static_cast<unsigned char>(text[begin - 1]))) --begin;
        return begin == end ? -1 : std::stoll(text.substr(begin, end - begin));
    }

    std::string url_;

  private:
    VirtualDisplay display_{"1080x1920x24"};
};

}  // namespace machikoe
