// The server's pages in a real Chromium: from the one-time code to the audit log.  Pictures of
// every page are left in build/…/screens.
#include <liboath/oath.h>

#include "tests/browser/web_driver.h"
#include "tests/programs/machikoe_fixture.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

const std::string kWard = MACHIKOE_SOURCE_DIR "/assets/packs/mihon-r5";

class JourneyTest : public MachikoeTest {
  protected:
    void SetUp() override {
        ASSERT_EQ(run({"simulate", "answers", "--data", data(), "--pack", kWard, "--responses",
                       "400", "--seed", "7"})
                      .code,
                  0);
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
    static std::string digits(const std::string& base32, int steps_ahead) {
        char* key = nullptr;
        std::size_t size = 0;
        oath_base32_decode(base32.data(), base32.size(), &key, &size);
        char shown[7] = {};
        oath_totp_generate(key, size, std::time(nullptr) + 30 * steps_ahead, 30, 0, 6, shown);
        free(key);
        return shown;
    }
    void picture(const std::string& name) { browser_->save_picture(screens_ / (name + ".png")); }
    void expect_no_complaint(const std::string& where) {
        for (const auto& entry : browser_->complaints())
            if (entry.value("level", "") != "DEBUG" &&
                entry.value("source", "") != "network")  // a 403 that is meant
                ADD_FAILURE() << where << ": " << entry.dump();
    }
    /// The code, the app, the password; then in.
    void arrive() {
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
        browser_->type("input[name=digits]", digits(base32, 0));
        browser_->follow("main button");
        ASSERT_EQ(browser_->url(), root_ + "/login");
        browser_->type("input[name=name]", "administrator");
        browser_->type("input[name=password]", "correct horse battery");
        browser_->type("input[name=digits]", digits(base32, 0));
        browser_->follow("main button");
        EXPECT_THAT(browser_->text("main"), HasSubstr("ログインできませんでした"))
            << "these six digits were used";
        browser_->type("input[name=name]", "administrator");
        browser_->type("input[name=password]", "correct horse battery");
        browser_->type("input[name=digits]", digits(base32, 1));
        browser_->follow("main button");
        ASSERT_EQ(browser_->url(), root_ + "/");
    }

    const std::filesystem::path screens_ = MACHIKOE_BINARY_DIR "/screens";
    std::unique_ptr<Process> server_;
    std::unique_ptr<WebDriver> browser_;
    std::string root_;
};

TEST_F(JourneyTest, FromTheOneTimeCodeToTheAuditLog) {
    arrive();
    const std::string overview = browser_->text("main");
    EXPECT_THAT(overview, HasSubstr("回答者の割合です"));
    EXPECT_THAT(overview, HasSubstr("400"));
    EXPECT_GE(browser_->run("return document.querySelectorAll('figure.chart canvas').length"), 2);
    EXPECT_GE(browser_->run("return document.querySelectorAll('table[data-chart]').length"), 2);
    expect_no_complaint("overview");
    picture("overview");
    browser_->save_print(screens_ / "overview.pdf");

    // By keyboard alone: the first stop leads to the content.
    browser_->press("\uE004");
    EXPECT_EQ(browser_->run("return document.activeElement.className"), "skip");
    browser_->press("\uE007");
    EXPECT_THAT(browser_->url(), HasSubstr("#main"));

    browser_->follow("a[href='/questions']");
    picture("questions");
    browser_->follow("main table a");
    EXPECT_THAT(browser_->text("main"), HasSubstr("クロス集計"));
    picture("question");
    browser_->go(root_ + "/exports");
    picture("exports");
    browser_->click("a[href='/exports/evaluation.xlsx']");
    const auto book = browser_->downloads() / "evaluation.xlsx";
    for (int i = 0; i < 1000 && !std::filesystem::exists(book); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_THAT(bytes_of(book), testing::StartsWith("PK"));
    browser_->follow("a[href='/audit']");
    EXPECT_THAT(browser_->text("tbody tr"), HasSubstr("evaluation.xlsx"));
    EXPECT_THAT(browser_->text("tbody tr"), HasSubstr("administrator"));
    picture("audit");
    expect_no_complaint("audit");

    browser_->go(root_ + "/review");
    picture("review");
    browser_->follow("button[value=withhold]");
    browser_->go(root_ + "/review?state=withheld");
    EXPECT_EQ(browser_->text("blockquote"), "［非公開］");
    browser_->go(root_ + "/kiosks");
    picture("kiosks");
    browser_->go(root_ + "/accounts");
    browser_->type("input[name=name]", "sato");
    browser_->follow("form[action='/accounts/new'] button");
    EXPECT_THAT(browser_->text(".good"), HasSubstr("sato"));
    picture("accounts");
    browser_->follow(".language button");
    EXPECT_THAT(browser_->text("h1"), HasSubstr("Accounts"));
    browser_->go(root_ + "/");
    EXPECT_THAT(browser_->text("main"), HasSubstr("Share of respondents"));
    picture("overview-en");
    browser_->follow("form[action='/logout'] button");
    EXPECT_EQ(browser_->url(), root_ + "/login");
    browser_->go(root_ + "/public");
    EXPECT_THAT(browser_->text("main"), HasSubstr("CC BY 4.0"));
    picture("public-en");
    browser_->set_size(420, 900);
    browser_->go(root_ + "/public");
    picture("public-phone");
    expect_no_complaint("public");
}

}  // namespace
}  // namespace machikoe
