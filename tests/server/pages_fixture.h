// PagesTest: the pages without sockets, for people who have been invited and have logged in.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/base/crypto.h"
#include "sync/seal/server_keys.h"
#include "sync/server/pages.h"
#include "tests/server/authenticator.h"
#include "tests/server/test_pack.h"

namespace machikoe {

inline const std::string kPassword = "correct horse battery";

inline std::string between(const std::string& text, const std::string& before,
                           const std::string& after) {
    const std::size_t at = text.find(before);
    if (at == std::string::npos) return "";
    const std::size_t begin = at + before.size();
    return text.substr(begin, text.find(after, begin) - begin);
}

/// The pack with one indicator: who feels so, with a target of 60 %.
inline PackFiles with_indicator(PackFiles files) {
    files["indicators.yaml"] = R"(indicators:
  - id: felt
    issue: living
    official: true
    official_wording: "感じる回答者の割合 60%以上"
    label: {ja: "{感|かん}じる{回答者|かいとうしゃ}の{割合|わりあい}"}
    universe: resident
    question: feel
    counted: [s3, s4]
    base: answered-only
    decimals: 1
    minimum_base: 10
    reference_base: 30
    target: {kind: at-least-percent, percent: 60}
)";
    return files;
}

class PagesTest : public testing::Test {
  protected:
    PagesTest() {
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-pages-" + random_hex(8));
        store_ = open_sqlite_store(folder_).value();
        restart();
    }
    ~PagesTest() override {
        routes_.reset();
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    void restart() {
        routes_.emplace(files_, pack_, load_server_keys(folder_).value(), clock_,
                        RoutesOptions{.mix = 1,
                                      .version = "1",
                                      .exports = {folder_ / "exports", "1", [folder = folder_] {
                                                      return open_sqlite_store(folder,
                                                                               StoreMode::ReadOnly);
                                                  }}});
        ASSERT_TRUE(routes_->prepare(*store_));
    }
    HttpResponse send(HttpRequest request) {
        request.address = std::to_string(++addresses_);  // nobody comes too often
        request.host = "ward.example";
        return answer_now(*routes_, *store_, std::move(request), clock_.wall());
    }
    HttpResponse get(const std::string& target, const std::string& cookie = "") {
        return send({.method = "GET", .target = target, .cookie = cookie});
    }
    HttpResponse post(const std::string& target, const std::string& body,
                      const std::string& cookie = "",
                      const std::string& origin = "http://ward.example") {
        return send(
            {.method = "POST", .target = target, .body = body, .origin = origin, .cookie = cookie});
    }

    struct Person {
        std::string name, base32, cookie, form_token;
    };
    /// As somebody with an invitation does it: the code, the app, the password.
    Person set_up(const std::string& name, const std::string& code) {
        const HttpResponse shown = post("/invitation", "code=" + code);
        EXPECT_EQ(shown.status, 200u);
        Person person{name, between(shown.body, "<p class=\"code\">", "</p>"), "", ""};
        const HttpResponse set = post(
            "/invitation/set", "code=" + code + "&password=" + kPassword + "&again=" + kPassword +
                                   "&digits=" + digits_at(person.base32, clock_.wall()));
        EXPECT_EQ(set.status, 303u) << set.body;
        clock_.advance(Milliseconds{60'000});
        return person;
    }
    HttpResponse log_in_as(const Person& person, const std::string& password = kPassword) {
        return post("/login", "name=" + person.name + "&password=" + password +
                                  "&digits=" + digits_at(person.base32, clock_.wall()));
    }
    Person arrive(const std::string& name, const std::string& code) {
        Person person = set_up(name, code);
        const HttpResponse in = log_in_as(person);
        EXPECT_EQ(in.status, 303u);
        EXPECT_EQ(in.location, "/");
        person.cookie = in.cookies.at(0).substr(0, in.cookies.at(0).find(';'));
        person.form_token =
            between(get("/", person.cookie).body, "name=\"form_token\" value=\"", "\"");
        EXPECT_EQ(person.form_token.size(), 64u);
        return person;
    }
    Person arrive(const std::string& name, AccountRole role) {
        return arrive(name, invite(*store_, name, role, clock_.wall()).value());
    }
    void answer(const std::vector<Response>& responses) {
        ASSERT_TRUE(store_->release({}, responses));
        restart();
        follow_now(*routes_, *store_);
    }
    void answer_times(int times) {
        answer(std::vector<Response>(static_cast<std::size_t>(times),
                                     test_response(pack_, "s4", "w")));
    }

    const bool is_ready_ = (crypto_ready(), true);
    std::filesystem::path folder_;
    ManualClock clock_;
    PackFiles files_ = with_indicator(test_pack_files());
    Pack pack_ = test_pack(files_);
    std::unique_ptr<Store> store_;
    std::optional<Routes> routes_;
    int addresses_ = 0;
};

}  // namespace machikoe
