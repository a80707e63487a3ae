// The description of the interfaces against what is really answered (tests/api/validate.py).
#include <cstdio>
#include <fstream>

#include "app/base/file.h"
#include "sync/seal/epoch.h"
#include "sync/wire/health.h"
#include "tests/server/api_fixture.h"

namespace machikoe {
namespace {

using nlohmann::json;

class OpenApiTest : public ApiFixture {
  protected:
    /// Asks, and keeps what came.
    HttpResponse ask(HttpRequest request) {
        json line{{"method", request.method}, {"target", request.target}};
        HttpResponse reply = send(std::move(request));
        line["status"] = reply.status;
        line["type"] = reply.content_type;
        line["body"] = reply.body;
        answers_.push_back(line);
        return reply;
    }
    void read(const std::string& target, const std::string& key) {
        ask({.method = "GET",
             .target = target,
             .authorization = key.empty() ? key : "Bearer " + key});
    }
    void ask_all_of_programs();
    void ask_all_of_kiosks();
    static std::vector<std::string> routes() {
        std::vector<std::string> all;
        for (const auto& route : Routes::kiosk_routes())
            all.push_back(std::string(route.method) + " " + std::string(route.path));
        for (const ApiRoute& route : api_routes()) all.push_back("GET " + std::string(route.path));
        for (const PageRoute& route : page_routes())
            if (route.path.starts_with("/public/"))
                all.push_back(std::string(route.method) + " " + std::string(route.path));
        return all;
    }
    /// What the checker prints; "" when all fits.
    std::string check(const std::string& document, const std::vector<std::string>& lines) const {
        const auto write = [&](const char* name, const std::string& text) {
            EXPECT_TRUE(replace_file(folder_ / name, text));
        };
        std::string answers, all;
        for (const json& answer : answers_)
            answers += answer.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
        for (const std::string& line : lines) all += line + "\n";
        write("openapi.json", document);
        write("routes", all);
        write("answers", answers);
        const std::string command = "python3 " MACHIKOE_SOURCE_DIR "/tests/api/validate.py '" +
                                    (folder_ / "openapi.json").string() + "' '" +
                                    (folder_ / "routes").string() + "' '" +
                                    (folder_ / "answers").string() + "' 2>&1";
        std::FILE* out = ::popen(command.c_str(), "r");
        std::string said;
        for (char bytes[4096]; const std::size_t size = std::fread(bytes, 1, sizeof bytes, out);)
            said.append(bytes, size);
        const int ended = ::pclose(out);
        EXPECT_EQ(ended == 0, said == "\n") << ended << said;
        return said == "\n" ? "" : said;
    }

    std::vector<json> answers_;
};

void OpenApiTest::ask_all_of_programs() {
    const std::string& staff = key();
    const std::string& evaluator = key("evaluator");
    for (const char* target :
         {"/api/v1/ward", "/api/v1/indicators", "/api/v1/breakdowns", "/api/v1/questions",
          "/api/v1/composition", "/api/v1/kiosks", "/odata/", "/odata/Figures", "/odata/$metadata",
          "/odata/Figures/$count", "/odata/Nothing", "/odata/$batch", "/metrics"}) {
        read(target, evaluator);
        read(target, "");
        ask({.method = "PUT", .target = target});
    }
    read("/api/v1/composition", staff);
    for (const IndicatorDefinition& each : pack_.plan.indicators) {
        read("/api/v1/indicators/" + each.id, staff);
        read("/odata/Figures('indicator." + each.id + "')", staff);
    }
    for (const Question& each : pack_.survey.questions) read("/api/v1/questions/" + each.id, staff);
    for (const char* target :
         {"/api/v1/indicators/none", "/odata/Figures('none')", "/odata/Figures(1)",
          "/odata/Figures?$select=Id,Share&$count=true&$top=3", "/odata/Figures?$format=xml",
          "/odata/Figures?$format=application/json;odata.metadata=none",
          "/odata/Figures?$filter=Count%20eq%201", "/odata/Figures?$expand=x",
          "/odata/Figures/$count?$filter=Hidden", "/odata/$metadata?$format=json"})
        read(target, staff);
    HttpRequest paged{
        .method = "GET", .target = "/odata/Figures", .authorization = "Bearer " + staff};
    paged.prefer = "odata.maxpagesize=2";
    EXPECT_NE(ask(paged).body.find("nextLink"), std::string::npos);
    for (const char* target : {"/healthz", "/readyz", "/api/openapi.json", "/public/figures.json",
                               "/public/figures.csv"}) {
        const HttpResponse reply = ask({.method = "GET", .target = target});
        ask({.method = "POST", .target = target, .host = "h", .origin = "http://h"});
        if (!reply.etag.empty())
            ask({.method = "GET", .target = target, .if_none_match = reply.etag});
    }
}

void OpenApiTest::ask_all_of_kiosks() {
    TestKiosk kiosk(*store_, clock_.wall() + std::chrono::hours(1));
    const auto post = [&](const std::string& target, const std::string& body) {
        return ask({.method = "POST",
                    .target = target,
                    .authorization = "Bearer " + kiosk.token,
                    .body = body});
    };
    const HttpResponse enrolled = post("/v1/enrol", kiosk.enrol_body());
    kiosk.enrolled(enrolled.body);
    Epoch epoch(kiosk.id, kiosk.server_key);
    EXPECT_EQ(post("/v1/canary", encode(Canary{epoch.opening(), epoch.seal("bird")})).status, 201u);
    EXPECT_EQ(post("/v1/health", encode_health({.version = "1",
                                                .clock = clock_.wall(),
                                                .unsent = 2,
                                                .oldest_unsent = clock_.wall(),
                                                .free_mb = 3}))
                  .status,
              201u);
    const Envelope envelope = kiosk.next(worked_example(pack_).front());
    EXPECT_EQ(post("/v1/batch", kiosk.batch({envelope})).status, 201u);
    for (const char* target : {"/v1/enrol", "/v1/canary", "/v1/health", "/v1/batch"}) {
        post(target, "{}");
        ask({.method = "POST", .target = target});
        ask({.method = "GET", .target = target});
    }
    for (const char* target : {"/v1/pack", "/v1/totals", "/v1/authority"}) {
        read(target, kiosk.token);
        read(target, "");
        ask({.method = "PUT", .target = target});
    }
    for (int i = 0; i < 60; ++i)
        kiosk.token = random_hex(32), post("/v1/enrol", kiosk.enrol_body());
    read("/api/v1/kiosks", key());
}

TEST_F(OpenApiTest, WhatIsAnsweredIsDescribedAndTheOtherWayRound) {
    read("/public/figures.json", "");
    read("/readyz", "");
    ask_all_of_programs();  // of nobody yet
    answer_all();
    clock_.advance(Milliseconds{1'000});
    follow_now(*routes_, *store_);
    ask_all_of_programs();
    ask_all_of_kiosks();
    restart("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
    read("/v1/authority", "");
    const std::string document(openapi_document());
    EXPECT_EQ(check(document, routes()), "");

    // And what is not described is found.
    std::vector<std::string> more = routes();
    more.push_back("GET /api/v1/secret");
    EXPECT_NE(check(document, more).find("/api/v1/secret is not described"), std::string::npos);
    for (json& answer : answers_)
        if (answer["target"] == "/api/v1/ward" && answer["status"] == 200) {
            json body = json::parse(answer["body"].get<std::string>());
            body["issues"][0]["more"] = 1;
            answer["body"] = body.dump();
        }
    EXPECT_NE(check(document, routes()).find("'more' was unexpected"), std::string::npos);
    json broken = json::parse(document);
    broken["components"]["schemas"].erase("Words");
    broken["paths"]["/healthz"]["get"].erase("responses");
    EXPECT_NE(check(broken.dump(), routes()), "");
}

}  // namespace
}  // namespace machikoe
