// Pages without sockets: every route with every role, coming and going, forms that are not ours.
#include "tests/server/pages_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace machikoe {
namespace {

TEST_F(PagesTest, EveryRouteWithEveryRole) {
    const std::pair<Access, std::optional<Person>> people[] = {
        {Access::Anyone, std::nullopt},
        {Access::Staff, arrive("staff", AccountRole::Staff)},
        {Access::Evaluator, arrive("evaluator", AccountRole::Evaluator)},
        {Access::Administrator, arrive("administrator2", AccountRole::Administrator)}};
    int tried = 0;
    for (const PageRoute& route : page_routes()) {
        if (route.path == "/logout") continue;  // would end the session: a test of its own
        for (const auto& [access, person] : people) {
            const std::string where = std::string(route.method) + " " + std::string(route.path) +
                                      " as " + (person ? person->name : "nobody");
            const std::string cookie = person ? person->cookie : "";
            const bool is_form = route.method == "POST";
            const HttpResponse reply =
                is_form
                    ? post(std::string(route.path),
                           "name=nobody&form_token=" + (person ? person->form_token : ""), cookie)
                    : get(std::string(route.path), cookie);
            ++tried;
            if (access >= route.access) {
                const bool is_refusal =
                    reply.body.find("may not") != std::string::npos || reply.location == "/login";
                EXPECT_FALSE(is_refusal) << where;
                EXPECT_LT(reply.status, 500u) << where;
            } else if (access == Access::Anyone && !is_form) {
                EXPECT_EQ(reply.status, 303u) << where;
                EXPECT_EQ(reply.location, "/login") << where;
            } else {
                EXPECT_EQ(reply.status, 403u) << where;
            }
            if (is_form && person && route.access != Access::Anyone) {
                EXPECT_EQ(post(std::string(route.path), "name=nobody", cookie).status, 403u)
                    << where << " without the token";
            }
            if (is_form) {
                EXPECT_EQ(post(std::string(route.path),
                               "form_token=" + (person ? person->form_token : ""), cookie,
                               "https://elsewhere.example")
                              .status,
                          403u)
                    << where << " from elsewhere";
            }
        }
    }
    EXPECT_EQ(tried, 4 * static_cast<int>(page_routes().size() - 1));
}

TEST_F(PagesTest, TheFirstAdministratorInvitesAStaffMember) {
    const Person first = arrive("administrator", *invite_first(*store_, clock_.wall()).value());
    const HttpResponse made =
        post("/accounts/new", "name=sato&role=staff&form_token=" + first.form_token, first.cookie);
    EXPECT_EQ(made.status, 200u);
    const Person sato = arrive("sato", between(made.body, "<p class=\"code\">", "</p>"));
    EXPECT_EQ(get("/accounts", sato.cookie).status, 403u);
    EXPECT_EQ(
        post("/accounts/disable", "name=sato&form_token=" + first.form_token, first.cookie).status,
        200u);
    EXPECT_EQ(get("/", sato.cookie).location, "/login");
    const HttpResponse log = get("/audit", first.cookie);
    for (const char* deed : {"account-set-up", "log-in", "account-invited", "account-disable"})
        EXPECT_NE(log.body.find(deed), std::string::npos) << deed;
    EXPECT_EQ(
        post("/accounts/remove", "name=administrator&form_token=" + first.form_token, first.cookie)
            .status,
        400u)
        << "nobody shuts themselves out";
}

TEST_F(PagesTest, AWrongPasswordAndAnUnknownNameReadTheSame) {
    const Person sato =
        set_up("sato", invite(*store_, "sato", AccountRole::Staff, clock_.wall()).value());
    const HttpResponse wrong = log_in_as(sato, "wrong horse battery");
    const HttpResponse unknown = log_in_as({"tanaka", sato.base32, "", ""});
    EXPECT_EQ(wrong.status, 403u);
    EXPECT_EQ(wrong.body, unknown.body);
    EXPECT_TRUE(wrong.cookies.empty());
}

TEST_F(PagesTest, LoggingOutEndsTheSession) {
    const Person sato = arrive("sato", AccountRole::Staff);
    EXPECT_EQ(get("/kiosks", sato.cookie).status, 200u);
    EXPECT_EQ(post("/logout", "form_token=" + sato.form_token, sato.cookie).location, "/login");
    EXPECT_EQ(get("/kiosks", sato.cookie).location, "/login");
}

TEST_F(PagesTest, AddressesThatTryTooOftenWait) {
    HttpResponse last;
    for (int i = 0; i < 30 && last.status != 429; ++i)
        last = answer_now(*routes_, *store_,
                          {.address = "192.0.2.1",
                           .method = "POST",
                           .target = "/invitation",
                           .body = "code=AAAA",
                           .host = "h",
                           .origin = "http://h"},
                          clock_.wall());
    EXPECT_EQ(last.status, 429u);
    EXPECT_GT(last.retry_after_s, 0);
}

TEST_F(PagesTest, TheAuditLogComesInPagesOfAHundred) {
    const Person first = arrive("administrator2", AccountRole::Administrator);
    for (int i = 0; i < 250; ++i)
        ASSERT_TRUE(note_deed(*store_, "sato", "deed", "no-" + std::to_string(i), clock_.wall()));
    const auto rows = [](const std::string& page) {
        std::size_t count = 0;
        for (std::size_t at = 0; (at = page.find("no-", at)) != std::string::npos; ++at) ++count;
        return count;
    };
    std::string page = get("/audit", first.cookie).body;
    EXPECT_EQ(rows(page), 100u);
    EXPECT_NE(page.find("no-249<"), std::string::npos);
    std::size_t seen = 0, pages = 0;
    for (std::string older = "/audit"; !older.empty(); ++pages) {
        page = get(older, first.cookie).body;
        EXPECT_NE(page.find("class=\"good\""), std::string::npos) << older;
        seen += rows(page);
        const std::string before = between(page, "/audit?before=", "\"");
        older = before.empty() ? "" : "/audit?before=" + before;
    }
    EXPECT_EQ(seen, 250u);
    EXPECT_EQ(pages, 3u);
    for (const char* odd :
         {"/audit?before=-5", "/audit?before=x", "/audit?before=99999999999999999999"})
        EXPECT_EQ(rows(get(odd, first.cookie).body), 100u) << odd;
    EXPECT_NE(get("/audit?whole=1", first.cookie).body.find("class=\"good\""), std::string::npos);
    SQLite::Database by_hand((folder_ / "server.db").string(), SQLite::OPEN_READWRITE);
    by_hand.exec("DROP TRIGGER audit_stays; UPDATE audit SET who = 'nobody' WHERE number = 9");
    EXPECT_NE(get("/audit", first.cookie).body.find("class=\"good\""), std::string::npos);
    EXPECT_EQ(get("/audit?whole=1", first.cookie).body.find("class=\"good\""), std::string::npos);
}

TEST_F(PagesTest, ThereAreNeverMoreAccountsThanAPageShows) {
    const Person first = arrive("administrator2", AccountRole::Administrator);
    for (std::size_t i = 1; i < kMaxAccounts; ++i) {
        Account account;
        account.name = "a" + std::to_string(i);
        ASSERT_TRUE(store_->add_account(account));
    }
    const HttpResponse refused =
        post("/accounts/new", "name=sato&role=staff&form_token=" + first.form_token, first.cookie);
    EXPECT_EQ(refused.status, 400u);
    EXPECT_EQ(store_->accounts()->size(), kMaxAccounts);
}

TEST_F(PagesTest, AFreeTextIsReadMarkedAndReplaced) {
    const Person staff = arrive("staff", AccountRole::Staff);
    ASSERT_TRUE(store_->release({}, {test_response(pack_, "s4", "<b>電話は090-1234-5678</b>"),
                                     test_response(pack_, "s4", "公園")}));
    const HttpResponse queue = get("/review", staff.cookie);
    EXPECT_NE(queue.body.find("&lt;b&gt;電話は090-1234-5678"), std::string::npos);
    EXPECT_NE(queue.body.find("電話番号?"), std::string::npos);
    EXPECT_NE(queue.body.find("電話は［電話番号］"), std::string::npos) << "the proposal";
    const auto texts = store_->free_texts(std::nullopt, {}, 9).value();
    std::string id;
    for (const FreeText& text : texts)
        if (text.text != "公園") id = text.id.response + ":" + text.id.question;
    const std::string form = "&form_token=" + staff.form_token + "&id=" + id;
    EXPECT_EQ(post("/review/tag", "tag=two words" + form, staff.cookie).status, 400u);
    EXPECT_EQ(post("/review/tag", "tag=公園" + form, staff.cookie).location, "/review");
    EXPECT_EQ(post("/review/decide", "action=redact&text=" + form, staff.cookie).status, 400u);
    EXPECT_EQ(post("/review/decide", "action=redact&text=なし" + form, staff.cookie).location,
              "/review");
    const auto redacted = store_->free_texts(ReviewState::Redacted, {}, 9).value();
    ASSERT_EQ(redacted.size(), 1u);
    EXPECT_EQ(redacted[0].text, "なし");
    EXPECT_EQ(redacted[0].tags, std::vector<std::string>{"公園"});
    EXPECT_TRUE(store_->sealed_original(redacted[0].id));
    EXPECT_EQ(get("/review", staff.cookie).body.find("1234"), std::string::npos);
    EXPECT_EQ(store_->audit()->back().what, "review-redact");
    EXPECT_EQ(store_->audit()->back().detail, id);
    EXPECT_EQ(
        post("/review/decide", "action=approve&id=0:x&form_token=" + staff.form_token, staff.cookie)
            .status,
        404u);
}

TEST_F(PagesTest, NothingThatSomebodyTypedIsMarkup) {
    const HttpResponse page = post("/invitation", "code=%3Cscript%3Ealert(1)%3C/script%3E");
    EXPECT_EQ(page.body.find("<script>alert"), std::string::npos);
    EXPECT_EQ(page.showing, Showing::Page);
    EXPECT_EQ(post("/language", "to=en&back=//elsewhere.example").location, "/");
    EXPECT_EQ(post("/language", "to=en&back=/kiosks").location, "/kiosks");
}

}  // namespace
}  // namespace machikoe
