// RoutesTest: routes without sockets, with one kiosk that has yet to enrol.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sync/server/routes.h"
#include "tests/server/test_kiosk.h"
#include "tests/server/test_pack.h"

namespace machikoe {

class RoutesTest : public testing::Test {
  protected:
    RoutesTest() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-routes-" + random_hex(8));
        store_ = open_sqlite_store(folder_).value();
        restart();
        kiosk_.emplace(*store_, clock_.wall() + std::chrono::hours(1));
    }
    ~RoutesTest() override {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }

    void restart(const PackFiles& files = test_pack_files()) {
        files_ = files;
        pack_ = test_pack(files);
        routes_.emplace(files_, pack_, load_server_keys(folder_).value(), clock_, options_);
        ASSERT_TRUE(routes_->prepare(*store_));
    }
    HttpResponse send(HttpRequest request) {
        return answer_now(*routes_, *store_, std::move(request), clock_.wall());
    }
    HttpResponse get(const std::string& target, const std::string& token = "") {
        return send({.method = "GET", .target = target, .authorization = "Bearer " + token});
    }
    void enrol() {
        const auto reply =
            send({.method = "POST", .target = "/v1/enrol", .body = kiosk_->enrol_body()});
        ASSERT_EQ(reply.status, 201u) << reply.body;
        kiosk_->enrolled(reply.body);
    }
    HttpResponse post_batch(const std::string& body, const std::string& encoding = "") {
        return send({.method = "POST",
                     .target = "/v1/batch",
                     .authorization = "Bearer " + kiosk_->token,
                     .content_encoding = encoding,
                     .body = body});
    }
    HttpResponse post(std::vector<Envelope> envelopes) {
        return post_batch(zstd(kiosk_->batch(std::move(envelopes))), "zstd");
    }
    HttpResponse post_health(const std::string& body, const std::string& token) {
        return send({.method = "POST",
                     .target = "/v1/health",
                     .authorization = "Bearer " + token,
                     .body = body});
    }
    Outcome outcome_of(const Envelope& envelope) {
        const auto receipts = decode_receipts(post({envelope}).body);
        EXPECT_TRUE(receipts);
        EXPECT_EQ(receipts->all.front().hash, envelope.hash);
        EXPECT_TRUE(is_signed(kiosk_->receipt_key, signed_part(kiosk_->id, receipts->all),
                              receipts->signature));
        return receipts->all.front().outcome;
    }
    Response saying(const std::string& words, const std::string& option = "s4") {
        return test_response(pack_, option, words);
    }
    void a_second_passes() {
        clock_.advance(Milliseconds{1000});
        follow_now(*routes_, *store_);
    }
    HttpResponse totals() {
        a_second_passes();
        return get("/v1/totals");
    }
    Counts counts() { return store_->counts().value(); }

    std::filesystem::path folder_;
    ManualClock clock_;
    // Nobody comes too often here, and answers are released one by one; unlinking_test.cpp
    // has groups.
    RoutesOptions options_{.mix = 1, .batches_per_second = 1e6};
    PackFiles files_;
    Pack pack_;
    std::unique_ptr<Store> store_;
    std::optional<Routes> routes_;
    std::optional<TestKiosk> kiosk_;
};

}  // namespace machikoe
