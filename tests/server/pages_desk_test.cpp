// Pages without sockets: kiosks that are missed, keys, exports of single responses.
#include "tests/server/pages_fixture.h"

#include <thread>

#include "app/base/file.h"
#include "sync/wire/health.h"
#include "tests/server/test_kiosk.h"

namespace machikoe {
namespace {

/// A kiosk that enrols and reports through the routes, as the real one does.
class KioskPagesTest : public PagesTest {
  protected:
    KioskPagesTest() {
        kiosk_.emplace(*store_, clock_.wall() + std::chrono::hours(1));
        const HttpResponse reply =
            send({.method = "POST", .target = "/v1/enrol", .body = kiosk_->enrol_body()});
        EXPECT_EQ(reply.status, 201u) << reply.body;
        kiosk_->enrolled(reply.body);
    }
    Health well() {
        return {"1", clock_.wall(), 0, std::nullopt, 9000, std::nullopt, std::nullopt};
    }
    void report(const Health& health) {
        EXPECT_EQ(send({.method = "POST",
                        .target = "/v1/health",
                        .authorization = "Bearer " + kiosk_->token,
                        .body = encode_health(health)})
                      .status,
                  201u);
    }
    std::optional<TestKiosk> kiosk_;
};

TEST_F(KioskPagesTest, WhenNoKioskOfAPlaceIsHeardOfEveryPageSaysSo) {
    const std::string banner = "どのキオスクからも連絡がありません";
    const Person staff = arrive("staff", AccountRole::Staff);
    report(well());
    EXPECT_EQ(get("/", staff.cookie).body.find(banner), std::string::npos);
    clock_.advance(std::chrono::minutes(29));
    EXPECT_EQ(get("/questions", staff.cookie).body.find(banner), std::string::npos);
    clock_.advance(std::chrono::minutes(2));
    for (const char* page : {"/", "/questions", "/kiosks", "/review"})
        EXPECT_NE(get(page, staff.cookie).body.find(banner), std::string::npos) << page;
    EXPECT_EQ(get("/public").body.find(banner), std::string::npos) << "nobody's business";
    report(well());
    clock_.advance(std::chrono::minutes(1));
    EXPECT_EQ(get("/", staff.cookie).body.find(banner), std::string::npos);
}

TEST_F(KioskPagesTest, WhatIsBeyondItsLimitIsMarked) {
    const Person staff = arrive("staff", AccountRole::Staff);
    report(well());
    const std::string fine = get("/kiosks", staff.cookie).body;
    EXPECT_NE(fine.find("気をつけるべきキオスクはありません"), std::string::npos);
    EXPECT_EQ(fine.find("mark bad"), std::string::npos);
    report({"0.9", clock_.wall() + std::chrono::minutes(3), 7,
            clock_.wall() - std::chrono::hours(25), 400, std::nullopt,
            RunningEvent{"秋祭り", "2022-11-03", "2022-11-04"}});
    const std::string bad = get("/kiosks", staff.cookie).body;
    for (const char* mark : {"版が違う", "時計のずれ", "空き容量が少ない", "未送信が滞留", "仮定"})
        EXPECT_NE(bad.find(mark), std::string::npos) << mark;
    EXPECT_NE(bad.find("1 台のキオスクを確かめてください"), std::string::npos);
    const std::string events = get("/events", staff.cookie).body;
    EXPECT_NE(events.find("秋祭り"), std::string::npos);
    EXPECT_NE(events.find("2022-11-03 – 2022-11-04"), std::string::npos);
}

TEST_F(PagesTest, AKeyIsShownOnceAndRemovedByItsOwnerAlone) {
    const Person evaluator = arrive("evaluator", AccountRole::Evaluator);
    const Person other = arrive("other", AccountRole::Evaluator);
    const Person administrator = arrive("boss", AccountRole::Administrator);
    const HttpResponse made =
        post("/keys/new", "label=budget-sheet&form_token=" + evaluator.form_token, evaluator.cookie);
    EXPECT_EQ(made.status, 200u);
    const std::string key = between(made.body, "<p class=\"code\">", "</p>");
    EXPECT_EQ(key.size(), 67u);
    EXPECT_TRUE(key.starts_with("mk_"));
    const AccessKey kept = store_->access_key(sha256_hex(key)).value();
    EXPECT_EQ(kept.account, "evaluator");
    EXPECT_EQ(kept.label, "budget-sheet");
    EXPECT_EQ(store_->audit()->back().what, "key-made");
    EXPECT_EQ(get("/keys", evaluator.cookie).body.find(key), std::string::npos);
    EXPECT_NE(get("/keys", evaluator.cookie).body.find("budget-sheet"), std::string::npos);
    EXPECT_EQ(get("/keys", other.cookie).body.find("budget-sheet"), std::string::npos);
    EXPECT_NE(get("/keys", administrator.cookie).body.find("budget-sheet"), std::string::npos);
    const auto remove = [&](const Person& who) {
        return post("/keys/remove", "id=" + kept.key_hash + "&form_token=" + who.form_token,
                    who.cookie)
            .status;
    };
    EXPECT_EQ(remove(other), 404u);
    EXPECT_TRUE(store_->access_key(kept.key_hash));
    EXPECT_EQ(remove(evaluator), 303u);
    EXPECT_FALSE(store_->access_key(kept.key_hash));
    EXPECT_EQ(store_->audit()->back().what, "key-removed");
    EXPECT_EQ(
        post("/keys/new", "label=&form_token=" + evaluator.form_token, evaluator.cookie).status,
        400u);
}

TEST_F(PagesTest, SingleResponsesAreMadeWithAReasonAndFetchedByWhoAskedForThem) {
    const Person evaluator = arrive("evaluator", AccountRole::Evaluator);
    const Person other = arrive("other", AccountRole::Administrator);
    answer_times(12);
    const auto start = [&](const std::string& fields) {
        return post("/exports/start", fields + "&form_token=" + evaluator.form_token,
                    evaluator.cookie);
    };
    EXPECT_EQ(start("format=csv&reason=").status, 400u);
    EXPECT_EQ(start("format=csv&reason=+++").status, 400u);
    EXPECT_EQ(start("format=xlsx&reason=x").status, 400u);
    const auto entries = store_->audit();
    for (const AuditEntry& entry : *entries) EXPECT_NE(entry.what, "export-microdata");
    EXPECT_EQ(start("format=csv&reason=study").location, "/exports");
    EXPECT_EQ(store_->audit()->back().what, "export-microdata");
    EXPECT_NE(store_->audit()->back().detail.find("csv: study"), std::string::npos);
    std::string id;
    for (int i = 0; i < 1000 && id.empty(); ++i) {
        id = between(get("/exports", evaluator.cookie).body, "/exports/file?id=", "\"");
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ASSERT_EQ(id.size(), 32u);
    EXPECT_EQ(get("/exports", other.cookie).body.find(id), std::string::npos);
    EXPECT_EQ(get("/exports/file?id=" + id, other.cookie).status, 404u);
    const HttpResponse file = get("/exports/file?id=" + id, evaluator.cookie);
    EXPECT_EQ(file.status, 200u);
    EXPECT_EQ(file.file_name, "machikoe-csv.zip");
    EXPECT_EQ(load_file(file.file).value().substr(0, 2), "PK");
    EXPECT_EQ(store_->audit()->back().what, "export-fetched");
    EXPECT_EQ(post("/exports/cancel", "id=" + id + "&form_token=" + other.form_token, other.cookie)
                  .status,
              404u);
    EXPECT_EQ(post("/exports/cancel", "id=" + id + "&form_token=" + evaluator.form_token,
                   evaluator.cookie)
                  .location,
              "/exports");
    EXPECT_FALSE(std::filesystem::exists(file.file));
}

}  // namespace
}  // namespace machikoe
