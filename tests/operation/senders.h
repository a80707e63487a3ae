// Senders: kiosks as bare clients, which send until the server goes, and remember what it
// receipted.
#pragma once

#include <atomic>
#include <set>
#include <thread>

#include "tests/programs/machikoe_fixture.h"
#include "tests/server/http_client.h"
#include "tests/server/test_kiosk.h"

namespace machikoe {

/// Fits tests/programs/testward-r4.
inline Response testward_response(const Pack& pack, const std::string& words,
                                  const std::string& day = "2022-06-01") {
    Response response;
    response.pack_id = pack.plan.id;
    response.pack_hash = pack.hash;
    response.site = "office";
    response.when = {day, 10};
    response.duration_s = 60;
    response.issues_opened = {"living"};
    response.answers["feel"] = {AnswerStatus::Answered, ChosenOptions{"yes"}};
    response.answers["ways"] = {AnswerStatus::Skipped, {}};
    response.answers["words"] = {AnswerStatus::Answered, words};
    response.answers["age"] = {AnswerStatus::Skipped, {}};
    return response;
}

class Sender {
  public:
    /// REQUIRES: a server listens.
    Sender(const std::string& data, std::uint16_t port, const Pack& pack)
        : port_(port), pack_(pack), kiosk_(*open_sqlite_store(data).value(), kFar) {
        HttpClient client(port_);
        kiosk_.enrolled(client.request("POST", "/v1/enrol", "", kiosk_.enrol_body()).body);
    }
    ~Sender() { finish(); }
    void start() {
        thread_ = std::thread([this] { run(); });
    }
    void finish() {
        if (thread_.joinable()) thread_.join();
    }
    const std::string& kiosk() const { return kiosk_.id; }
    std::size_t receipted_so_far() const { return receipted_; }
    /// REQUIRES: finished.  Numbers that got 201.
    const std::set<std::int64_t>& receipted() const { return numbers_; }

  private:
    static constexpr Milliseconds kFar{4'000'000'000'000};
    static constexpr int kBatch = 5;
    void run() {
        HttpClient client(port_);
        for (int round = 0;; ++round) {
            std::vector<Envelope> envelopes;
            if (round == 0) envelopes.push_back(kiosk_.opening());
            for (int i = 0; i < kBatch; ++i)
                envelopes.push_back(kiosk_.sealed(testward_response(pack_, "w")));
            const TestReply reply =
                client.request("POST", "/v1/batch", kiosk_.token, zstd(kiosk_.batch(envelopes)),
                               "Content-Encoding: zstd\r\n");
            if (reply.status != 201) return;
            const auto receipts = decode_receipts(reply.body);
            if (!receipts) return;
            for (const Receipt& each : receipts->all) numbers_.insert(each.sequence);
            receipted_ = numbers_.size();
        }
    }

    std::uint16_t port_;
    const Pack& pack_;
    TestKiosk kiosk_;
    std::set<std::int64_t> numbers_;
    std::atomic<std::size_t> receipted_ = 0;
    std::thread thread_;
};

class OperationTest : public MachikoeTest {
  protected:
    std::unique_ptr<Process> serve(std::vector<std::string> more = {}) {
        std::filesystem::remove(folder_ / "port");
        std::vector<std::string> arguments = serving("0");
        arguments.insert(arguments.end(), more.begin(), more.end());
        auto server = start(arguments);
        const std::string said = port();
        EXPECT_NE(said, "");
        port_ = static_cast<std::uint16_t>(std::atoi(said.c_str()));
        return server;
    }
    void start_senders(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            senders_.push_back(std::make_unique<Sender>(data(), port_, pack_));
        for (const auto& sender : senders_) sender->start();
    }
    /// Until each has so many receipts, or 20 s.
    void wait_for_receipts(std::size_t each) {
        for (int i = 0; i < 4000; ++i) {
            const bool all = std::ranges::all_of(
                senders_, [&](const auto& sender) { return sender->receipted_so_far() >= each; });
            if (all) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        FAIL() << "senders get no receipts";
    }
    std::unique_ptr<Store> store() const {
        return open_sqlite_store(data(), StoreMode::ReadOnly).value();
    }
    std::int64_t held_of(const std::string& kiosk) const { return store()->kiosk(kiosk)->held; }

    const Pack pack_ = load_pack(pack()).value();
    std::uint16_t port_ = 0;
    std::vector<std::unique_ptr<Sender>> senders_;
};

}  // namespace machikoe
