// The demo, program by program as a person would start them: server, enrolment, residents,
// export, figures; and the figures can be recomputed from the rows.
#include <nlohmann/json.hpp>

#include "tests/export/csv_reader.h"
#include "tests/programs/kiosk_fixture.h"

namespace machikoe {
namespace {

using Rows = std::vector<std::map<std::string, std::string>>;

class DemoTest : public KioskProgramTest {
  protected:
    /// PNG files of the screen's size; any other file is a failure.
    static int pictures_in(const std::filesystem::path& folder) {
        int count = 0;
        for (const auto& file : std::filesystem::directory_iterator(folder)) {
            const std::string bytes = bytes_of(file.path());
            EXPECT_EQ(file.path().extension(), ".png");
            EXPECT_EQ(bytes.substr(0, 8), "\x89PNG\r\n\x1a\n") << file.path();
            EXPECT_EQ(bytes.substr(12, 4), "IHDR") << file.path();
            EXPECT_EQ(big_endian(bytes, 16), 1080u) << file.path();
            EXPECT_EQ(big_endian(bytes, 20), 1920u) << file.path();
            ++count;
        }
        return count;
    }
    static std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = at; i < at + 4 && i < bytes.size(); ++i)
            value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
        return value;
    }

    /// n and counted_n of the JSON, from the rows and docs/evaluation.md alone.
    static void expect_recomputes(const nlohmann::json& indicator, const Rows& rows) {
        const std::string question = indicator["question"];
        const std::vector<std::string> counted_options = indicator["counted"];
        const bool wide = indicator["base_rule"] == "include-skipped";
        std::int64_t n = 0, counted = 0;
        for (const auto& row : rows) {
            if (row.at("universe") != indicator["universe"]) continue;
            const std::string& status = row.at(question + "_status");
            if (status == "answered" || (wide && (status == "skipped" || status == "refused"))) ++n;
            std::istringstream words(row.at(question));
            bool counts = false;
            for (std::string word; words >> word;)
                counts |= std::ranges::find(counted_options, word) != counted_options.end();
            counted += counts ? 1 : 0;
        }
        EXPECT_EQ(indicator["n"], n) << indicator["id"];
        if (indicator["counted_n"].is_null())
            EXPECT_LT(n, indicator["minimum_base"].get<std::int64_t>()) << indicator["id"];
        else
            EXPECT_EQ(indicator["counted_n"], counted) << indicator["id"];
    }
};

TEST_F(DemoTest, WhatResidentsSaidOnTheScreenIsWhatTheFiguresCount) {
    const auto server = start_server();
    const std::filesystem::path screens = folder_ / "screens";
    const Ran kiosk = start_kiosk(enrolled({"--robots", "25", "--screens", screens.string()}))
                          ->wait(std::chrono::seconds(200));
    ASSERT_EQ(kiosk.code, 0) << kiosk.out << kiosk.err;
    const std::int64_t delivered = said(kiosk.out, "answers saved and delivered");
    EXPECT_EQ(said(kiosk.out, "visits:"), 25);
    EXPECT_GE(delivered, 10) << kiosk.out;
    EXPECT_GE(pictures_in(screens), 12);

    release_rest();
    const Ran exported = run({"export", "--format", "csv", "--data", data(), "--pack", ward(),
                              "--out", out(), "--microdata", "--reason", "a test"});
    ASSERT_EQ(exported.code, 0) << exported.err;
    const Ran figures = run({"indicators", "--data", data(), "--pack", ward(), "--json"});
    ASSERT_EQ(figures.code, 0) << figures.err;
    stop(*server);

    const Rows rows = read_csv(bytes_of(folder_ / "out" / "responses.csv"));
    const auto json = nlohmann::json::parse(figures.out);
    EXPECT_EQ(rows.size(), static_cast<std::size_t>(delivered));
    EXPECT_EQ(json["responses"], delivered);
    EXPECT_EQ(json["other_versions"], 0);
    ASSERT_GE(json["indicators"].size(), 3u);
    std::int64_t largest_base = 0;
    for (const auto& indicator : json["indicators"]) {
        expect_recomputes(indicator, rows);
        largest_base = std::max(largest_base, indicator["n"].get<std::int64_t>());
    }
    EXPECT_GT(largest_base, 0);
    for (const auto& row : rows) EXPECT_EQ(row.at("site"), "office");
}

}  // namespace
}  // namespace machikoe
