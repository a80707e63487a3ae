// HealthReport: when a kiosk tells how it is, and what.
#include "sync/client/health_report.h"

#include <gtest/gtest.h>

#include "app/base/crypto.h"
#include "sync/wire/health.h"

namespace machikoe {
namespace {

using namespace std::chrono_literals;

class Noting final : public Transport {
  public:
    Result<HttpReply> post(const std::string& url, const std::string& token,
                           const std::string& body) override {
        urls.push_back(url);
        tokens.push_back(token);
        bodies.push_back(body);
        return fail(ErrorCode::Unavailable, "no route");
    }
    Result<HttpReply> get(const std::string&, const std::string&, const std::string&) override {
        return fail(ErrorCode::Unavailable, "");
    }
    std::vector<std::string> urls, tokens, bodies;
};

TEST(HealthReportTest, ItIsToldEveryTenMinutesWhateverBecomesOfIt) {
    crypto_ready();
    const auto folder = std::filesystem::temp_directory_path() / ("machikoe-h-" + random_hex(8));
    std::filesystem::create_directories(folder);
    {
        Outbox outbox = Outbox::open(folder).value();
        Noting noting;
        ManualClock clock;
        HealthReport report(noting, outbox, clock, folder);
        Enrolment enrolment;
        enrolment.server = "https://ward.example";
        enrolment.token = "token";
        const Payload payloads[] = {{"sealed", 1}};
        ASSERT_TRUE(outbox.append(payloads, Milliseconds{1'650'000'000'000}));
        Standing standing;
        standing.event = RunningEvent{"祭り", "2022-11-03", "2022-11-04"};
        EXPECT_EQ(report.step(enrolment, standing), kHealthEvery);
        EXPECT_EQ(noting.urls.at(0), "https://ward.example/v1/health");
        EXPECT_EQ(noting.tokens.at(0), "token");
        const Health told = decode_health(noting.bodies.at(0)).value();
        EXPECT_EQ(told.unsent, 1);
        EXPECT_EQ(told.clock, clock.wall());
        EXPECT_TRUE(told.oldest_unsent);
        EXPECT_EQ(told.event, standing.event);
        EXPECT_FALSE(told.hours);
        EXPECT_GT(told.free_mb.value_or(0), 0);
        clock.advance(9min);
        EXPECT_EQ(report.step(enrolment), 1min);
        EXPECT_EQ(noting.urls.size(), 1u);
        clock.advance(1min);
        report.step(enrolment);
        EXPECT_EQ(noting.urls.size(), 2u);
    }
    std::filesystem::remove_all(folder);
}

TEST(HealthTest, WhatIsNoHealthIsRefused) {
    const Health health{"0.1.0", Milliseconds{5}, 3, Milliseconds{0}, std::nullopt};
    const Health read = decode_health(encode_health(health)).value();
    EXPECT_EQ(read.version, "0.1.0");
    EXPECT_EQ(read.unsent, 3);
    EXPECT_FALSE(read.free_mb);
    for (const char* bytes : {"", "[]", "{}", R"({"version":"a b","clock_ms":1,"unsent":0})",
                              R"({"version":"1","clock_ms":-1,"unsent":0})",
                              R"({"version":"1","clock_ms":1,"unsent":"many"})",
                              R"({"version":"1","clock_ms":1,"unsent":0,"free_mb":-3})"})
        EXPECT_EQ(decode_health(bytes).error().code, ErrorCode::Invalid) << bytes;
    EXPECT_NE(kept_health(health, Milliseconds{65'005}).find("\"clock_skew_s\":-65"),
              std::string::npos);
}

TEST(HealthTest, HoursAndEventComeBackAsTheyWereKept) {
    Health health{"0.1.0", Milliseconds{5}, 3, std::nullopt, 900};
    health.hours.emplace();
    (*health.hours)[0] = OpenMinutes{9 * 60, 17 * 60 + 30};
    (*health.hours)[6] = OpenMinutes{0, 24 * 60};
    health.event = RunningEvent{"祭り", "2022-11-03", "2022-11-04"};
    const Health read = decode_health(encode_health(health)).value();
    EXPECT_EQ(read.hours, health.hours);
    EXPECT_EQ(read.event, health.event);
    const KeptHealth kept = read_kept_health(kept_health(health, Milliseconds{65'005})).value();
    EXPECT_EQ(kept.health.hours, health.hours);
    EXPECT_EQ(kept.health.event, health.event);
    EXPECT_EQ(kept.clock_skew_s, -65);
    EXPECT_EQ(kept.at, Milliseconds{65'005});
    EXPECT_FALSE(read_kept_health(""));
}

TEST(HealthTest, HoursAndEventsThatAreNoneAreRefused) {
    for (const char* more :
         {R"("hours":[])", R"("hours":["","","","","",""])", R"("hours":["","","","","","",1])",
          R"("hours":["","","","","","","09:00-09:00"])",
          R"("hours":["","","","","","","09:00-24:01"])",
          R"("hours":["","","","","","","9:00-17:00"])",
          R"("hours":["","","","","","","09:60-17:00"])",
          R"("hours":["","","","","","","09-00-17:00"])", R"("event":"x")",
          R"("event":{"name":"","from":"2022-11-03","to":"2022-11-03"})",
          R"("event":{"name":"x","from":"2022-11-04","to":"2022-11-03"})",
          R"("event":{"name":"x","from":"<b>2022-11","to":"2022-11-03"})"}) {
        const std::string bytes =
            R"({"version":"1","clock_ms":1,"unsent":0,)" + std::string(more) + "}";
        const auto read = decode_health(bytes);
        ASSERT_FALSE(read) << bytes;
        EXPECT_EQ(read.error().code, ErrorCode::Invalid) << bytes;
    }
}

}  // namespace
}  // namespace machikoe
