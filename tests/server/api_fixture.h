// What the tests of interfaces share: the invented ward with 88 answers, accounts and keys.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/base/crypto.h"
#include "sync/seal/server_keys.h"
#include "sync/server/api.h"
#include "tests/indicators/mihon.h"
#include "tests/server/test_kiosk.h"

namespace machikoe {

inline std::string base64(std::string_view bytes) {
    constexpr char kSigns[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group =
                group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0);
        for (std::size_t j = 0; j < 4; ++j)
            text += i + j <= bytes.size() ? kSigns[group >> (18 - 6 * j) & 63] : '=';
    }
    return text;
}

class ApiFixture : public testing::Test {
  protected:
    ApiFixture() {
        crypto_ready();
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-api-" + random_hex(8));
        store_ = open_sqlite_store(folder_).value();
        keys_ = {{"staff", add_key("sato", AccountRole::Staff)},
                 {"evaluator", add_key("tanaka", AccountRole::Evaluator)},
                 {"administrator", add_key("suzuki", AccountRole::Administrator)}};
        restart();
    }
    ~ApiFixture() override {
        routes_.reset();
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    void restart(const std::string& authority = "") {
        routes_.emplace(files_, pack_, load_server_keys(folder_).value(), clock_,
                        RoutesOptions{.mix = 1, .authority = authority, .version = "1"});
        ASSERT_TRUE(routes_->prepare(*store_));
    }
    void answer_all() {
        ASSERT_TRUE(store_->release({}, worked_example(pack_)));
        restart();
    }
    std::string add_key(const std::string& name, AccountRole role) {
        Account account;
        account.name = name;
        account.role = role;
        account.password = "set";
        EXPECT_TRUE(store_->add_account(account));
        const std::string key = "mk_" + random_hex(32);
        EXPECT_TRUE(store_->add_access_key({sha256_hex(key), name, "Excel", clock_.wall(), {}}));
        return key;
    }
    HttpResponse send(HttpRequest request) {
        if (request.host.empty()) request.host = "ward.example";
        if (request.address.empty()) request.address = "192.0.2.7";
        return answer_now(*routes_, *store_, std::move(request), clock_.wall());
    }
    HttpResponse get(const std::string& target, const std::string& key = "") {
        return send({.method = "GET",
                     .target = target,
                     .authorization = key.empty() ? key : "Bearer " + key});
    }
    HttpResponse get_basic(const std::string& target, const std::string& pair) {
        return send({.method = "GET", .target = target, .authorization = "Basic " + base64(pair)});
    }
    const std::string& key(const std::string& role = "staff") { return keys_.at(role); }
    static std::string header(const HttpResponse& response, std::string_view name) {
        for (const auto& [each, value] : response.headers)
            if (each == name) return value;
        return "";
    }

    std::filesystem::path folder_;
    ManualClock clock_;
    PackFiles files_ = load_pack_files(MACHIKOE_SOURCE_DIR "/assets/packs/mihon-r5").value();
    Pack pack_ = parse_pack(files_).value();
    std::unique_ptr<Store> store_;
    std::optional<Routes> routes_;
    std::map<std::string, std::string> keys_;
};

}  // namespace machikoe
