// Interfaces without sockets: who may read what, and what is told.
#include "sync/wire/health.h"
#include "tests/server/api_fixture.h"

namespace machikoe {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class ApiTest : public ApiFixture {};

/// A path of the route that exists.
std::string target_of(std::string_view path) {
    std::string target(path);
    const auto put = [&](const std::string& what, const std::string& with) {
        if (const auto at = target.find(what); at != std::string::npos)
            target.replace(at, what.size(), with);
    };
    if (target.starts_with("/api/v1/questions/")) put("{id}", "safe");
    if (target.starts_with("/odata/")) put("{id}", "indicator.safe-town");
    put("{id}", "safe-town");
    put("{resource}", "Nothing");
    return target;
}

TEST_F(ApiTest, EveryRouteWithEveryRole) {
    answer_all();
    const std::pair<Access, std::string> callers[] = {
        {Access::Anyone, ""},
        {Access::Staff, key("staff")},
        {Access::Evaluator, key("evaluator")},
        {Access::Administrator, key("administrator")}};
    for (const ApiRoute& route : api_routes())
        for (const auto& [access, secret] : callers) {
            const std::string target = target_of(route.path);
            const unsigned status = get(target, secret).status;
            const unsigned good = route.path == "/odata/{resource}" ? 404 : 200;
            const unsigned expected = access >= route.access ? good : secret.empty() ? 401 : 403;
            EXPECT_EQ(status, expected) << target << " " << static_cast<int>(access);
            EXPECT_EQ(Routes::route_name(target), route.path);
            for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"})
                EXPECT_EQ(send({.method = method,
                                .target = target,
                                .authorization = "Bearer " + key("administrator")})
                              .status,
                          405u)
                    << method << " " << target;
        }
}

TEST_F(ApiTest, AKeyComesAsBearerOrAsPasswordOfItsAccount) {
    const std::string target = "/api/v1/ward";
    EXPECT_EQ(get_basic(target, "sato:" + key()).status, 200u);
    const HttpResponse refused = get_basic(target, "tanaka:" + key());
    const HttpResponse unknown = get_basic(target, "sato:mk_" + random_hex(32));
    for (const HttpResponse& reply :
         {refused, unknown, get_basic(target, "nobody:" + key()), get_basic(target, key()),
          get_basic(target, ":"), get_basic(target, ""), get(target, "mk_" + random_hex(32)),
          get(target, "mk_"), get(target, random_hex(32)),
          send({.method = "GET", .target = target, .authorization = "Digest x"}),
          send({.method = "GET", .target = target, .authorization = "Basic !!!!"})}) {
        EXPECT_EQ(reply.status, 401u);
        EXPECT_EQ(reply.body, refused.body) << "whatever is wrong reads the same";
        EXPECT_THAT(header(reply, "WWW-Authenticate"), HasSubstr("Basic realm="));
    }
}

TEST_F(ApiTest, AKeyRestsWithItsAccount) {
    const std::string target = "/api/v1/indicators";
    const auto change = [&](const std::function<void(Account&)>& what) {
        ASSERT_TRUE(store_->change_account("sato", [&](Account& account) -> Status {
            what(account);
            return {};
        }));
    };
    change([](Account& account) { account.disabled = true; });
    EXPECT_EQ(get(target, key()).status, 401u);
    change([](Account& account) { account.disabled = false; });
    EXPECT_EQ(get(target, key()).status, 200u);
    change([](Account& account) { account.password = ""; });
    EXPECT_EQ(get(target, key()).status, 401u) << "who was invited again has not come yet";
    change([](Account& account) { account.password = "set"; });
    ASSERT_TRUE(store_->remove_access_key(sha256_hex(key())));
    EXPECT_EQ(get(target, key()).status, 401u);
    ASSERT_TRUE(store_->remove_account("tanaka"));
    EXPECT_EQ(get(target, key("evaluator")).status, 401u);
}

TEST_F(ApiTest, ItsUseIsNotedOnceADay) {
    const auto used = [&] { return store_->access_key(sha256_hex(key()))->last_used; };
    EXPECT_FALSE(used());
    get("/api/v1/ward", key());
    const auto first = used();
    ASSERT_TRUE(first);
    const std::size_t entries = store_->audit()->size();
    EXPECT_EQ(store_->audit()->back().what, "access-key-used");
    EXPECT_EQ(store_->audit()->back().who, "sato");
    EXPECT_EQ(store_->audit()->back().detail, "Excel");
    clock_.advance(std::chrono::hours(23));
    get("/api/v1/ward", key());
    EXPECT_EQ(used(), first);
    EXPECT_EQ(store_->audit()->size(), entries);
    clock_.advance(std::chrono::hours(2));
    get("/api/v1/ward", key());
    EXPECT_GT(*used(), *first);
    EXPECT_EQ(store_->audit()->size(), entries + 1);
}

TEST_F(ApiTest, WrongKeysWaitAndRightOnesOfOtherAddressesDoNot) {
    HttpResponse last;
    int tries = 0;
    for (; tries < 40 && last.status != 429; ++tries) last = get("/api/v1/ward", "mk_wrong");
    EXPECT_EQ(tries, 21);
    EXPECT_GT(last.retry_after_s, 0);
    EXPECT_EQ(get("/odata/", key()).status, 429u);
    const auto elsewhere = [&] {
        return send({.address = "192.0.2.8",
                     .method = "GET",
                     .target = "/api/v1/ward",
                     .authorization = "Bearer " + key()});
    };
    for (int i = 0; i < 100; ++i) ASSERT_EQ(elsewhere().status, 200u);
    clock_.advance(Milliseconds{6'000});
    EXPECT_EQ(get("/api/v1/ward", key()).status, 200u);
}

TEST_F(ApiTest, ASessionOfABrowserReads) {
    ASSERT_TRUE(
        store_->put_session({sha256_hex("token"), "sato", "form", clock_.wall(), clock_.wall()}));
    const auto with = [&](const std::string& cookie) {
        return send({.method = "GET", .target = "/api/v1/indicators", .cookie = cookie}).status;
    };
    EXPECT_EQ(with("session=token"), 200u);
    EXPECT_EQ(with("session=other"), 401u);
    EXPECT_EQ(with("lang=en"), 401u);
    EXPECT_EQ(
        send({.method = "GET", .target = "/api/v1/composition", .cookie = "session=token"}).status,
        403u);
}

TEST_F(ApiTest, AnswersSayWhatTheyWereMadeFromAndAreRevalidated) {
    answer_all();
    const HttpResponse first = get("/api/v1/indicators", key());
    const json body = json::parse(first.body);
    EXPECT_EQ(body["generated_from"], 88);
    EXPECT_EQ(body["provenance"]["pack"]["hash"], pack_.hash);
    EXPECT_EQ(first.caching, Caching::Revalidated);
    const HttpResponse again = send({.method = "GET",
                                     .target = "/api/v1/indicators",
                                     .authorization = "Bearer " + key(),
                                     .if_none_match = first.etag});
    EXPECT_EQ(again.status, 304u);
    EXPECT_EQ(again.body, "");
    const json one = json::parse(get("/api/v1/indicators/safe-town", key()).body);
    EXPECT_EQ(one["indicator"]["counted_n"], 51);
    EXPECT_EQ(get("/api/v1/indicators/nothing", key()).status, 404u);
    EXPECT_EQ(get("/api/v1/questions/nothing", key()).status, 404u);
    EXPECT_EQ(get("/api/v1/questions/", key()).status, 404u);
    EXPECT_EQ(get("/api/v1/questions/a/b", key()).status, 404u);
    EXPECT_EQ(get("/api/v2/ward", key()).status, 404u);
}

/// No cell of any interface is shown where the table of the same evaluation hides it.
TEST_F(ApiTest, WhatPagesHideIsNullEverywhere) {
    answer_all();
    EvaluationCounter counter(pack_, kNoWardData);
    for (const Response& response : worked_example(pack_)) counter.add(response);
    const Evaluation evaluation = counter.evaluate();
    int hidden = 0, shown = 0;
    for (const CrossTable& table : evaluation.crosses) {
        const Question& question = *pack_.survey.question(table.question);
        const json body = json::parse(get("/api/v1/questions/" + table.question, key()).body);
        const auto cross = std::ranges::find_if(
            body["cross_tables"], [&](const json& each) { return each["by"] == table.by.id; });
        ASSERT_NE(cross, body["cross_tables"].end());
        for (std::size_t g = 0; g < table.by.groups.size(); ++g)
            for (std::size_t o = 0; o < question.options.size(); ++o) {
                const auto& count = table.counts[o][g];
                const json in_api = (*cross)["groups"][g]["options"][o]["count"];
                const std::string group = table.by.groups[g].empty() ? "-" : table.by.groups[g];
                const json row = json::parse(get("/odata/Figures('answer." + table.question + "." +
                                                     question.options[o].id + "." + table.by.id +
                                                     "." + group + "')",
                                                 key())
                                                 .body);
                if (count) {
                    EXPECT_EQ(in_api, *count);
                    EXPECT_EQ(row["Count"], *count);
                    ++shown;
                } else {
                    EXPECT_TRUE(in_api.is_null());
                    EXPECT_TRUE(row["Count"].is_null() && row["Share"].is_null());
                    EXPECT_EQ(row["Hidden"], true);
                    ++hidden;
                }
            }
    }
    EXPECT_GT(hidden, 0);
    EXPECT_GT(shown, 0);
}

TEST_F(ApiTest, WeeksSitesAndEventsAreThoseOfTheEvaluation) {
    answer_all();
    EvaluationCounter counter(pack_, kNoWardData);
    for (const Response& response : worked_example(pack_)) counter.add(response);
    const Evaluation evaluation = counter.evaluate();
    const json body = json::parse(get("/api/v1/breakdowns", key()).body);
    const auto same = [](const json& told, const auto& figure) {
        return figure ? told == *figure : told.is_null();
    };
    int cells = 0;
    ASSERT_EQ(body["breakdowns"].size(), evaluation.breakdowns.size());
    for (std::size_t b = 0; b < evaluation.breakdowns.size(); ++b) {
        const Breakdown& breakdown = evaluation.breakdowns[b];
        const std::string by(name_of(breakdown.by));
        EXPECT_EQ(body["breakdowns"][b]["by"], by);
        for (std::size_t g = 0; g < breakdown.groups.size(); ++g) {
            const json& group = body["breakdowns"][b]["groups"][g];
            EXPECT_EQ(group["id"], breakdown.groups[g]);
            EXPECT_TRUE(same(group["responses"], breakdown.responses[g]));
            const std::string told = breakdown.groups[g].empty() ? "-" : breakdown.groups[g];
            for (std::size_t i = 0; i < breakdown.indicators.size(); ++i, ++cells) {
                const IndicatorBreakdown& indicator = breakdown.indicators[i];
                EXPECT_TRUE(same(group["indicators"][i]["n"], indicator.n[g]));
                EXPECT_TRUE(same(group["indicators"][i]["share"], indicator.share[g]));
                const std::string id = "indicator." + indicator.indicator + "." + by + "." + told;
                const json row = json::parse(get("/odata/Figures('" + id + "')", key()).body);
                EXPECT_EQ(row["Indicator"], indicator.indicator) << id;
                EXPECT_TRUE(same(row["Base"], indicator.n[g])) << id;
                EXPECT_TRUE(same(row["Share"], indicator.share[g])) << id;
                EXPECT_EQ(row["Hidden"], !indicator.share[g].has_value());
            }
        }
    }
    EXPECT_GT(cells, 0);
}

TEST_F(ApiTest, ExcelReadsTheFeed) {
    answer_all();
    // Excel asks without a credential first, and asks its owner when it is refused.
    HttpRequest request{.method = "GET", .target = "/odata"};
    request.accept =
        "application/json;odata.metadata=minimal;q=1.0,application/json;odata=minimalmetadata;q=0."
        "9,application/atomsvc+xml;q=0.8,application/atom+xml;q=0.8,application/xml;q=0.7,"
        "text/plain;q=0.7";
    request.odata_version = "4.0";
    request.odata_max_version = "4.0";
    const HttpResponse asked = send(request);
    EXPECT_EQ(asked.status, 401u);
    EXPECT_THAT(header(asked, "WWW-Authenticate"), HasSubstr("Basic"));
    EXPECT_EQ(json::parse(asked.body)["error"]["code"], "Unauthorized");
    request.authorization = "Basic " + base64("sato:" + key());
    const auto read = [&](const std::string& target) {
        request.target = target;
        const HttpResponse reply = send(request);
        EXPECT_EQ(reply.status, 200u) << target << reply.body;
        EXPECT_EQ(header(reply, "OData-Version"), "4.0");
        return reply.body;
    };
    EXPECT_EQ(json::parse(read("/odata"))["@odata.context"], "http://ward.example/odata/$metadata");
    EXPECT_THAT(read("/odata/$metadata"), HasSubstr("<EntitySet Name=\"Figures\""));
    EXPECT_THAT(read("/odata/%24metadata"), HasSubstr("<EntitySet Name=\"Figures\""));
    EXPECT_EQ(json::parse(read("/odata/Figures?$top=1000"))["value"][0]["Kind"], "answer");
    const json figures = json::parse(read(
        "/odata/Figures?$filter=Kind%20eq%20'indicator'%20and%20Indicator%20eq%20'safe-town'"));
    EXPECT_EQ(figures["value"][0]["Count"], 51);
    EXPECT_EQ(get("/odata/Figures?$filter=Count%20eq%201", key()).status, 400u);
    request.host = "a\" b";
    EXPECT_EQ(send(request).status, 400u);
}

TEST_F(ApiTest, MetricsAreForThisMachineAndKeysOnly) {
    const auto from = [&](const std::string& address, const std::string& host, bool forwarded) {
        HttpRequest request{
            .address = address, .method = "GET", .target = "/metrics", .host = host};
        request.forwarded = forwarded;
        return send(request).status;
    };
    EXPECT_EQ(from("127.0.0.1", "127.0.0.1:8787", false), 200u);
    EXPECT_EQ(from("::1", "[::1]:8787", false), 200u);
    EXPECT_EQ(from("127.0.0.1", "localhost:8787", true), 401u) << "a proxy passed it on";
    EXPECT_EQ(from("127.0.0.1", "rebound.example", false), 401u);
    EXPECT_EQ(from("192.0.2.1", "127.0.0.1", false), 401u);
    const HttpResponse reply = get("/metrics", key());
    EXPECT_EQ(reply.content_type, "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_THAT(reply.body, HasSubstr("machikoe_build_info{version=\"1\"} 1"));
    EXPECT_THAT(reply.body, HasSubstr("machikoe_responses 0"));
}

TEST_F(ApiTest, EnvelopesAreCountedByWhatBecameOfThem) {
    TestKiosk kiosk(*store_, clock_.wall() + std::chrono::hours(1));
    const HttpResponse enrolled =
        send({.method = "POST", .target = "/v1/enrol", .body = kiosk.enrol_body()});
    kiosk.enrolled(enrolled.body);
    const auto post = [&](const Envelope& envelope) {
        EXPECT_EQ(send({.method = "POST",
                        .target = "/v1/batch",
                        .authorization = "Bearer " + kiosk.token,
                        .body = kiosk.batch({envelope})})
                      .status,
                  201u);
    };
    EXPECT_EQ(send({.method = "POST",
                    .target = "/v1/health",
                    .authorization = "Bearer " + kiosk.token,
                    .body = encode_health({.version = "1", .clock = clock_.wall()})})
                  .status,
              201u);
    const Envelope good = kiosk.next(std::string("{\"version\":1}"));
    post(good);
    post(good);
    post(other_bytes(good, worked_example(pack_).front()));
    const std::string text = get("/metrics", key()).body;
    EXPECT_THAT(text, HasSubstr("machikoe_envelopes_total{outcome=\"quarantined\"} 1"));
    EXPECT_THAT(text, HasSubstr("machikoe_envelopes_total{outcome=\"duplicate\"} 1"));
    EXPECT_THAT(text, HasSubstr("machikoe_envelopes_total{outcome=\"conflict\"} 1"));
    EXPECT_THAT(text, HasSubstr("machikoe_envelopes_quarantined 1"));
    EXPECT_THAT(text, HasSubstr("machikoe_kiosks 1"));
    EXPECT_THAT(text, HasSubstr("machikoe_kiosks_silent 0"));
    EXPECT_THAT(text, Not(HasSubstr(kiosk.id)));
    clock_.advance(std::chrono::hours(3));
    EXPECT_THAT(get("/metrics", key()).body, HasSubstr("machikoe_kiosks_silent 1"));
}

TEST_F(ApiTest, ReadyOnceCountsAreThereAndNotWhenStopping) {
    Routes fresh(files_, pack_, load_server_keys(folder_).value(), clock_, {});
    const auto ask = [&](Routes& routes, const std::string& target) {
        return answer_now(routes, *store_, {.method = "GET", .target = target}, clock_.wall());
    };
    EXPECT_EQ(ask(fresh, "/readyz").status, 503u);
    EXPECT_EQ(ask(fresh, "/healthz").status, 200u);
    ASSERT_TRUE(fresh.prepare(*store_));
    EXPECT_EQ(ask(fresh, "/readyz").status, 200u);
    fresh.begin_stop();
    EXPECT_EQ(ask(fresh, "/readyz").status, 503u);
    EXPECT_GT(ask(fresh, "/readyz").retry_after_s, 0);
    EXPECT_EQ(ask(fresh, "/healthz").status, 200u);
}

}  // namespace
}  // namespace machikoe
