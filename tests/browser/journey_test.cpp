// The server's pages in a real Chromium: from the one-time code to the audit log.  Pictures of
// every page are left in build/…/screens.
#include "sync/seal/server_keys.h"
#include "tests/browser/town.h"
#include "tests/browser/web_driver.h"
#include "tests/programs/machikoe_fixture.h"
#include "tests/server/authenticator.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

const std::string kWard = MACHIKOE_SOURCE_DIR "/assets/packs/mihon-r5";

/// What a reader of the page by ear or by keyboard would stumble over; "" nothing.
constexpr const char* kFaultsOfThePage = R"js(
const faults = [];
const all = (css) => [...document.querySelectorAll(css)];
for (const css of ["header", "main", "h1"])
  if (all(css).length !== 1) faults.push(`${all(css).length} × ${css}`);
let level = 0;
for (const heading of all("h1,h2,h3,h4")) {
  const own = Number(heading.tagName[1]);
  if (own > level + 1) faults.push(`${heading.tagName} after H${level}: ${heading.textContent}`);
  level = own;
}
for (const cell of all("th")) if (!cell.scope) faults.push(`no scope: ${cell.textContent}`);
for (const table of all("table")) if (!table.caption) faults.push("a table without a caption");
for (const field of all("main input:not([type=hidden]),main select,main textarea"))
  if (field.labels.length === 0) faults.push(`no label: ${field.name}`);
for (const drawn of all("canvas"))
  if (!drawn.closest("[aria-hidden=true]")) faults.push("a chart that is read aloud");
for (const empty of all("a,button")) if (!empty.textContent.trim()) faults.push("nothing to read");
if (all("nav").length && all("nav a[aria-current=page]").length > 1) faults.push("two places");
if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the window");
return faults.join("; ");
)js";

class JourneyTest : public MachikoeTest {
  protected:
    void SetUp() override {
        ASSERT_NO_FATAL_FAILURE(settle());
        server_ = start({"serve", "--data", data(), "--pack", kWard, "--port", "0", "--port-file",
                         (folder_ / "port").string(), "--plain-http"});
        root_ = "http://127.0.0.1:" + port();
        browser_ = std::make_unique<WebDriver>(folder_);
        ASSERT_TRUE(browser_->is_there()) << browser_->trouble();
        std::filesystem::create_directories(screens_);
    }
    void TearDown() override {
        browser_.reset();
        server_->send(SIGTERM);
        EXPECT_EQ(server_->wait().code, 0);
    }
    void settle() {
        const Pack pack = load_pack(kWard).value();
        auto store = open_sqlite_store(data());
        ASSERT_TRUE(store) << store.error().message;
        // A server that has kiosks but no keys does not start.
        ASSERT_TRUE(load_server_keys(data()));
        ASSERT_TRUE((*store)->release({}, town_responses(pack)));
        add_kiosks(**store);
    }
    /// What the server printed for the first administrator.
    std::string first_code() {
        for (int i = 0; i < 500; ++i) {
            const std::string said = server_->output_so_far();
            const std::size_t at = said.find("and enter\nmachikoe: ");
            if (at != std::string::npos) return said.substr(at + 20, 24);
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return "";
    }
    /// Looks at the page as it stands, too: no complaint of the browser, nothing to stumble over.
    void picture(const std::string& name) {
        browser_->save_picture(screens_ / (name + ".png"));
        EXPECT_EQ(browser_->run(kFaultsOfThePage), "") << name;
        for (const auto& entry : browser_->complaints())
            if (entry.value("level", "") != "DEBUG" &&
                entry.value("source", "") != "network")  // a 403 that is meant
                ADD_FAILURE() << name << ": " << entry.dump();
    }
    /// As high as the page is, so that all of it is in the picture.
    void whole_picture(const std::string& name) {
        const int height = browser_->run("return document.documentElement.scrollHeight");
        browser_->set_size(1280, std::min(height + 160, 4000));
        std::this_thread::sleep_for(std::chrono::milliseconds(300));  // charts follow the width
        picture(name);
        browser_->set_size(1280, 1500);
    }
    std::string fetched(const std::string& name) {
        const auto file = browser_->downloads() / name;
        for (int i = 0; i < 1500 && !std::filesystem::exists(file); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        return bytes_of(file);
    }
    void arrive();
    void read_figures();
    void export_files();
    void make_a_key();
    void look_after();

    const std::filesystem::path screens_ = MACHIKOE_BINARY_DIR "/screens";
    std::unique_ptr<Process> server_;
    std::unique_ptr<WebDriver> browser_;
    std::string root_;
};

/// The code, the app, the password; then in.
void JourneyTest::arrive() {
    browser_->go(root_ + "/");
    EXPECT_EQ(browser_->url(), root_ + "/login");
    picture("login");
    browser_->go(root_ + "/invitation");
    browser_->type("input[name=code]", first_code());
    browser_->follow("main button");
    const std::string base32 = browser_->text("p.code");
    ASSERT_GE(base32.size(), 32u);
    picture("set-up");
    browser_->type("input[name=password]", "correct horse battery");
    browser_->type("input[name=again]", "correct horse battery");
    const Milliseconds now = SystemClock().wall();
    browser_->type("input[name=digits]", digits_at(base32, now));
    browser_->follow("main button");
    ASSERT_EQ(browser_->url(), root_ + "/login");
    const auto log_in = [&](int steps_ahead) {
        browser_->type("input[name=name]", "administrator");
        browser_->type("input[name=password]", "correct horse battery");
        browser_->type("input[name=digits]", digits_at(base32, now + std::chrono::seconds(30 * steps_ahead)));
        browser_->follow("main button");
    };
    log_in(0);
    EXPECT_THAT(browser_->text("main"), HasSubstr("ログインできませんでした"))
        << "these six digits were used";
    log_in(1);
    ASSERT_EQ(browser_->url(), root_ + "/");
}

void JourneyTest::read_figures() {
    const std::string overview = browser_->text("main");
    EXPECT_THAT(overview, HasSubstr("回答者の割合です"));
    EXPECT_THAT(overview, HasSubstr("1,500"));
    EXPECT_THAT(overview, HasSubstr("週ごとの回答数"));
    EXPECT_GE(browser_->run("return document.querySelectorAll('figure.chart canvas').length"), 3);
    picture("server-overview");
    whole_picture("server-overview-whole");
    browser_->save_print(screens_ / "overview.pdf");

    // By keyboard alone: the first stop leads to the content.
    browser_->go(root_ + "/");
    browser_->press("\uE004");
    EXPECT_EQ(browser_->run("return document.activeElement.className"), "skip");
    browser_->press("\uE007");
    EXPECT_THAT(browser_->url(), HasSubstr("#main"));

    browser_->follow("main table a");
    EXPECT_THAT(browser_->url(), HasSubstr("/indicators?id="));
    EXPECT_THAT(browser_->text("main"), HasSubstr("週ごと"));
    EXPECT_THAT(browser_->text("main"), HasSubstr("60"));
    EXPECT_EQ(browser_->run("return document.querySelectorAll('figure.chart canvas').length"), 3);
    EXPECT_EQ(browser_->run("return document.querySelectorAll('table[data-chart=line] "
                            "td[data-point]').length"),
              8);
    EXPECT_GE(browser_->run("return document.querySelectorAll('table[data-chart=line] "
                            "td[data-point]:not([data-share])').length"),
              1)
        << "a week with too few: a gap";
    whole_picture("indicator");
    browser_->save_print(screens_ / "indicator.pdf");
    browser_->follow("a[href='/events']");
    EXPECT_THAT(browser_->text("main"), HasSubstr("秋のまちあるき"));
    picture("events");
    browser_->follow("a[href='/indicators']");
    picture("indicators");
    browser_->follow("a[href='/questions']");
    picture("questions");
    browser_->follow("main table a");
    EXPECT_THAT(browser_->text("main"), HasSubstr("クロス集計"));
    picture("question");
}

void JourneyTest::export_files() {
    browser_->go(root_ + "/exports");
    browser_->click("a[href='/exports/evaluation.xlsx']");
    EXPECT_THAT(fetched("evaluation.xlsx"), testing::StartsWith("PK"));
    browser_->type("input[name=reason]", "年次報告のため");
    browser_->follow("form[action='/exports/start'] button");
    const std::string is_ready =
        "return document.querySelector(\"a[href^='/exports/file']\") !== null";
    for (int i = 0; i < 100 && browser_->run(is_ready) != true; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        browser_->go(root_ + "/exports");  // before the page asks again by itself
    }
    EXPECT_THAT(browser_->text("main"), HasSubstr("完了"));
    browser_->click("a[href^='/exports/file']");
    EXPECT_THAT(fetched("machikoe-csv.zip"), testing::StartsWith("PK"));
    picture("exports");
}

void JourneyTest::make_a_key() {
    browser_->follow("a[href='/keys']");
    browser_->type("input[name=label]", "Excel(統計係)");
    browser_->follow("form[action='/keys/new'] button");
    EXPECT_THAT(browser_->text("p.code"), testing::MatchesRegex("mk_[0-9a-f]+"));
    picture("keys");
}

void JourneyTest::look_after() {
    browser_->follow("a[href='/audit']");
    const std::string entries = browser_->text("tbody");
    for (const char* deed : {"administrator", "evaluation.xlsx", "export-microdata",
                             "年次報告のため", "export-fetched", "key-made", "Excel(統計係)"})
        EXPECT_THAT(entries, HasSubstr(deed));
    picture("audit");
    browser_->go(root_ + "/review");
    picture("review");
    browser_->follow("button[value=withhold]");
    browser_->go(root_ + "/review?state=withheld");
    EXPECT_EQ(browser_->text("blockquote"), "［非公開］");
    browser_->go(root_ + "/kiosks");
    EXPECT_THAT(browser_->text("main"), HasSubstr("2 台のキオスクを確かめてください"));
    picture("kiosks");
    browser_->go(root_ + "/accounts");
    browser_->type("input[name=name]", "sato");
    browser_->follow("form[action='/accounts/new'] button");
    EXPECT_THAT(browser_->text(".good"), HasSubstr("sato"));
    picture("accounts");
}

TEST_F(JourneyTest, FromTheOneTimeCodeToTheAuditLog) {
    ASSERT_NO_FATAL_FAILURE(arrive());
    read_figures();
    export_files();
    make_a_key();
    look_after();
    browser_->follow(".language button");
    EXPECT_THAT(browser_->text("h1"), HasSubstr("Accounts"));
    browser_->go(root_ + "/");
    EXPECT_THAT(browser_->text("main"), HasSubstr("Share of respondents"));
    picture("server-overview-en");
    for (const char* page : {"kiosks", "exports", "keys", "events"}) {
        browser_->go(root_ + "/" + page);
        picture(std::string(page) + "-en");
    }
    browser_->set_size(420, 900);
    for (const char* page : {"kiosks", "exports", "keys", "events", "indicators"}) {
        browser_->go(root_ + "/" + page);
        picture(std::string(page) + "-phone");
    }
    browser_->follow("main table a");
    picture("indicator-phone");
    browser_->set_size(1280, 1500);
    browser_->follow("form[action='/logout'] button");
    EXPECT_EQ(browser_->url(), root_ + "/login");
    browser_->go(root_ + "/public");
    EXPECT_THAT(browser_->text("main"), HasSubstr("CC BY 4.0"));
    picture("public-en");
    browser_->set_size(420, 900);
    browser_->go(root_ + "/public");
    picture("public-phone");
}

}  // namespace
}  // namespace machikoe
