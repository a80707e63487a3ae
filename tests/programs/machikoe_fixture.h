// What the tests of the `machikoe` program share: a folder of their own, the small pack, and
// a database filled without a network.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "sync/store/store.h"
#include "tests/programs/process.h"

namespace machikoe {

class MachikoeTest : public testing::Test {
  protected:
    MachikoeTest() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-program-" + random_hex(8));
        std::filesystem::create_directories(folder_ / "runs");
    }
    ~MachikoeTest() override { std::filesystem::remove_all(folder_); }

    std::unique_ptr<Process> start(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), MACHIKOE_BINARY_DIR "/machikoe");
        return std::make_unique<Process>(folder_ / "runs", std::move(arguments));
    }
    Ran run(std::vector<std::string> arguments) { return start(std::move(arguments))->wait(); }

    /// One plain line, and nothing a program would have to read past.
    static void expect_one_line(const Ran& ran) {
        EXPECT_THAT(ran.err, testing::StartsWith("machikoe: "));
        EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
    }

    std::string pack() const { return MACHIKOE_SOURCE_DIR "/tests/programs/testward-r4"; }
    std::string data() const { return (folder_ / "data").string(); }
    std::string out() const { return (folder_ / "out").string(); }
    /// Plain HTTP: what is tested with a bare client.  Kiosks come by HTTPS (kiosk_fixture.h).
    std::vector<std::string> serving(const std::string& port) const {
        return {"serve",       "--data",      data(),
                "--pack",      pack(),        "--port",
                port,          "--port-file", (folder_ / "port").string(),
                "--plain-http"};
    }
    /// The port once the server has said it; "" when it did not start.
    std::string port() const {
        for (int i = 0; i < 2000; ++i) {
            if (const auto port = load_file(folder_ / "port"))
                return port->substr(0, port->find('\n'));
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return "";
    }
    /// The code and fingerprint that a kiosk is to be given.
    std::string enrolment_code(const std::vector<std::string>& more = {}) {
        std::vector<std::string> arguments = {"enroll", "--data", data(),  "--name",
                                              "hall",   "--site", "office"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const Ran ran = run(arguments);
        EXPECT_EQ(ran.code, 0) << ran.err;
        return ran.out.substr(0, ran.out.find('\n'));
    }
    /// An operator closes the day: everything that waits is among the responses.
    void release_rest() {
        const Ran ran = run({"ledger", "--data", data(), "--release-rest"});
        EXPECT_EQ(ran.code, 0) << ran.err;
    }
    /// Figures alone.
    std::vector<std::string> exporting_figures(const std::string& format = "csv") const {
        return {"export", "--format", format, "--data", data(), "--pack", pack(), "--out", out()};
    }
    /// With every response.
    std::vector<std::string> exporting(const std::string& format = "csv") const {
        std::vector<std::string> arguments = exporting_figures(format);
        for (const char* more : {"--microdata", "--reason", "a test"}) arguments.push_back(more);
        return arguments;
    }

    /// Takes responses in as the server does, without one.
    void keep(const std::vector<Response>& responses) {
        auto store = open_sqlite_store(data());
        ASSERT_TRUE(store) << store.error().message;
        const std::string kiosk(32, 'c');
        const NewKiosk known{kiosk, sha256_hex("token"), std::string(64, '1'), "", ""};
        ASSERT_TRUE((*store)->add_code(sha256_hex("code"), "lobby", "office", Milliseconds{1000}));
        ASSERT_TRUE((*store)->use_code(sha256_hex("code"), known, Milliseconds{1}));
        std::vector<Incoming> incoming;
        std::string previous = first_previous_hash();
        for (std::size_t i = 0; i < responses.size(); ++i) {
            Incoming next;
            next.envelope.sequence = static_cast<std::int64_t>(i) + 1;
            next.envelope.previous = previous;
            next.envelope.payload = std::to_string(i);
            next.envelope.hash = previous = envelope_hash(previous, next.envelope.payload);
            next.judgement = CarriesResponse{"office", ""};
            incoming.push_back(std::move(next));
        }
        const auto receipts = (*store)->append(kiosk, incoming, Milliseconds{1});
        ASSERT_TRUE(receipts) << receipts.error().message;
        const auto waiting = (*store)->waiting("office", "").value();
        std::vector<std::string> ids;
        for (const WaitingResponse& each : waiting) ids.push_back(each.id);
        ASSERT_TRUE((*store)->release(ids, responses));
    }

    std::filesystem::path folder_;
};

}  // namespace machikoe
