// Load: real kiosks against a real server, and whom it refuses to touch.
#include "sync/simulation/load.h"

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <filesystem>

#include "app/base/crypto.h"
#include "sync/server/server.h"
#include "sync/simulation/factory.h"
#include "sync/simulation/residents.h"

namespace machikoe::simulation {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class LoadTest : public testing::Test {
  protected:
    LoadTest() {
        crypto_ready();
        spdlog::set_level(spdlog::level::off);
        folder_ = fs::temp_directory_path() / ("machikoe-load-test-" + random_hex(8));
        store_ = open_sqlite_store(folder_).value();
    }
    ~LoadTest() override {
        server_.reset();
        store_.reset();
        fs::remove_all(folder_);
        spdlog::set_level(spdlog::level::info);
    }

    void serve(ServerOptions options = {}) {
        auto identity =
            load_tls_identity({folder_, names_of_this_machine("127.0.0.1")}, clock_.wall());
        ASSERT_TRUE(identity) << identity.error().message;
        fingerprint_ = identity->fingerprint;
        options.tls = std::make_shared<const TlsIdentity>(std::move(*identity));
        auto started = Server::start(options, open_sqlite_store(folder_).value(), pack_files(1),
                                     pack_, load_server_keys(folder_).value(), clock_);
        ASSERT_TRUE(started) << started.error().message;
        server_ = std::move(*started);
    }
    LoadOptions options(std::size_t kiosks, const std::string& site = "synthetic") {
        LoadOptions load;
        load.url = "https://127.0.0.1:" + std::to_string(server_->port());
        for (std::size_t i = 0; i < kiosks; ++i) {
            const std::string code = random_code(3);
            EXPECT_TRUE(store_->add_code(sha256_hex(code), "Load", site, clock_.wall() + 1h));
            load.codes.push_back(to_string(EnrolmentCode{code, fingerprint_}));
        }
        load.limit = 60s;
        return load;
    }

    SystemClock clock_;
    fs::path folder_;
    std::unique_ptr<Store> store_;
    const Pack pack_ = pack_of(pack_files(1));
    std::string fingerprint_;
    std::unique_ptr<Server> server_;
};

TEST_F(LoadTest, EverythingThatIsAcknowledgedIsThereOnce) {
    serve();
    LoadOptions load = options(25);  // more than one address may enrol at once
    load.responses = 1234;
    load.connections = 4;
    load.sites = 3;
    load.idle = 20;
    const auto report = run_load(load, pack_, store_.get());
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->acknowledged, 1234);
    EXPECT_GT(report->openings, 0);
    EXPECT_LE(report->openings, 25);
    EXPECT_EQ(report->held_back, 0);
    EXPECT_TRUE(report->is_proven);
    EXPECT_EQ(report->lost, 0);
    EXPECT_EQ(report->doubled, 0);
    EXPECT_EQ(std::ssize(report->latencies_ms), report->batches);
    EXPECT_GE(report->slices.size(), 6u);
    const Counts counts = store_->counts().value();
    EXPECT_EQ(counts.responses + counts.waiting, 1234);
    EXPECT_EQ(counts.ledger, 1234 + report->openings);
}

TEST_F(LoadTest, AnOverloadedServerSaysSoAndLosesNothing) {
    ServerOptions narrow;
    narrow.max_waiting = 1;
    serve(narrow);
    LoadOptions load = options(8);
    load.responses = 160;
    load.batch = 10;
    load.connections = 8;
    const auto report = run_load(load, pack_, store_.get());
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_GT(report->busy, 0) << "the limit was never reached";
    EXPECT_EQ(report->acknowledged, 160);
    EXPECT_EQ(report->lost, 0);
    EXPECT_EQ(report->doubled, 0);
}

TEST_F(LoadTest, WhatIsMissingOrThereTwiceIsSaid) {
    serve();
    LoadOptions load = options(2);
    load.responses = 40;
    load.batch = 20;
    load.connections = 1;
    // Another database, where nothing of it is.
    const fs::path other = folder_ / "other";
    const auto elsewhere = open_sqlite_store(other).value();
    const auto report = run_load(load, pack_, elsewhere.get());
    EXPECT_FALSE(report) << "kiosks that are not in the store";
    EXPECT_EQ(report.error().code, ErrorCode::NotFound);
}

TEST_F(LoadTest, AnswersOfPeopleAreNotMixedWithMadeUpOnes) {
    serve();
    const LoadOptions load = options(1, "office");
    const auto report = run_load(load, pack_, store_.get());
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::Invalid);
    EXPECT_EQ(store_->counts()->ledger, 0);

    const NewKiosk kiosk{random_hex(16), "", std::string(64, 'a'), "", ""};
    ASSERT_TRUE(store_->adopt(kiosk, "Hall", "office", clock_.wall()));
    EXPECT_TRUE(may_take_load(*store_)) << "it has sent nothing";
    const Incoming opening{{1, first_previous_hash(), std::string(64, 'b'), "x"},
                           CarriesOpening{std::string(32, 'c')}};
    ASSERT_TRUE(store_->append(kiosk.id, {opening}, clock_.wall()));
    EXPECT_EQ(may_take_load(*store_).error().code, ErrorCode::Invalid);
}

TEST(LoadUrlTest, OnlyThisMachineIsThisMachine) {
    for (const char* url : {"http://127.0.0.1:1", "https://localhost", "https://127.9.9.9:8787/x",
                            "https://[::1]:8787"})
        EXPECT_TRUE(is_loopback(url)) << url;
    for (const char* url :
         {"127.0.0.1:1", "https://ward.example:8787", "https://127.example.org",
          "https://localhost.example", "https://localhost@ward.example", "https://10.0.0.1",
          "https://[::2]", "https://[::1]x", "https://127.0.0.1@ward.example", ""})
        EXPECT_FALSE(is_loopback(url)) << url;
}

}  // namespace
}  // namespace machikoe::simulation
