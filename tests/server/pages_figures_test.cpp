// Pages without sockets: what residents answered, for staff, as files and for everybody.
#include "tests/server/pages_fixture.h"

#include <nlohmann/json.hpp>

namespace machikoe {
namespace {

TEST_F(PagesTest, AnIndicatorHasItsTrendByWeekSiteAndEvent) {
    const Person staff = arrive("staff", AccountRole::Staff);
    std::vector<Response> responses;
    for (const auto& [day, option, times] : {std::tuple{"2022-06-01", "s4", 30},
                                             {"2022-06-01", "s1", 30},
                                             {"2022-06-15", "s4", 40},
                                             {"2022-06-15", "s1", 20}})
        for (int i = 0; i < times; ++i) {
            responses.push_back(test_response(pack_, option, "w"));
            responses.back().when.day = day;
            if (i % 2 == 0) responses.back().event = "夏祭り";
        }
    answer(responses);
    EXPECT_EQ(get("/indicators?id=nothing", staff.cookie).status, 404u);
    EXPECT_NE(get("/indicators", staff.cookie).body.find("/indicators?id=felt"), std::string::npos);
    const std::string page = get("/indicators?id=felt", staff.cookie).body;
    EXPECT_NE(page.find("data-chart=\"line\" data-target=\"60\""), std::string::npos);
    for (const char* week : {"2022-05-30", "2022-06-06", "2022-06-13"})
        EXPECT_NE(page.find(week), std::string::npos) << week << ", the empty one too";
    EXPECT_NE(page.find("data-share=\"66.7\""), std::string::npos) << "40 of 60";
    EXPECT_NE(page.find("office"), std::string::npos);
    EXPECT_NE(page.find("夏祭り"), std::string::npos);
    EXPECT_NE(page.find("感じる回答者の割合 60%以上"), std::string::npos) << "official wording";
    EXPECT_NE(page.find("未達成"), std::string::npos) << "70 of 120";
    const std::string events = get("/events", staff.cookie).body;
    EXPECT_NE(events.find("夏祭り"), std::string::npos);
    EXPECT_NE(events.find("2022-06-01 – 2022-06-15"), std::string::npos);
    EXPECT_NE(get("/", staff.cookie).body.find("週ごとの回答数"), std::string::npos);
    EXPECT_EQ(get("/public").body.find("/indicators?id="), std::string::npos);
}

TEST_F(PagesTest, AWeekOfFewPeopleIsNeitherInTheTableNorInTheChart) {
    const Person staff = arrive("staff", AccountRole::Staff);
    std::vector<Response> responses(60, test_response(pack_, "s4", "w"));
    for (std::size_t i = 57; i < 60; ++i) responses[i].when.day = "2022-06-20";
    answer(responses);
    const std::string page = get("/indicators?id=felt", staff.cookie).body;
    EXPECT_EQ(page.find(">57<"), std::string::npos) << "60 less 57 are three";
    EXPECT_EQ(page.find(">3<"), std::string::npos);
    EXPECT_EQ(get("/", staff.cookie).body.find(">57<"), std::string::npos);
}

TEST_F(PagesTest, AnExportIsInTheAuditLog) {
    const Person evaluator = arrive("evaluator", AccountRole::Evaluator);
    answer_times(12);
    const HttpResponse book = get("/exports/evaluation.xlsx", evaluator.cookie);
    EXPECT_EQ(book.status, 200u);
    EXPECT_EQ(book.body.substr(0, 2), "PK");
    EXPECT_EQ(book.file_name, "evaluation.xlsx");
    EXPECT_NE(get("/exports/tables.csv", evaluator.cookie).body.find("feel"), std::string::npos);
    EXPECT_EQ(store_->audit()->back().what, "export");
    EXPECT_EQ(store_->audit()->back().who, "evaluator");
    EXPECT_EQ(store_->audit()->back().detail, "tables.csv");
}

TEST_F(PagesTest, ThePublicPageStepsByTenAlsoAcrossRestarts) {
    EXPECT_EQ(get("/public/figures.json").status, 404u);
    EXPECT_EQ(get("/public").status, 200u);
    answer_times(12);
    const auto published = [&] {
        const HttpResponse reply = get("/public/figures.json");
        return reply.status == 200 ? nlohmann::json::parse(reply.body).at("responses").get<int>()
                                   : 0;
    };
    EXPECT_EQ(published(), 12);
    restart();
    EXPECT_EQ(published(), 12) << "the same moment again";
    answer_times(5);
    EXPECT_EQ(published(), 12) << "nothing may be told of five";
    answer_times(5);
    EXPECT_EQ(published(), 22);
    EXPECT_EQ(get("/public").showing, Showing::Embeddable);
}

}  // namespace
}  // namespace machikoe
