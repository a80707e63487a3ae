// Golden pictures: one screen in one language of each script, painted on the CPU.
//
// They notice what numbers do not: a face taken from another font, a colour, a line gone.
// When a change is meant, look at the new picture and take it over:
//   build/dev/machikoe-kiosk --pack assets/packs/tsurumi-r4 --screen question-s1
//       --size 540x960 --lang ko --screenshot tests/goldens/ko.png
#include <gtest/gtest.h>
#include <png.h>

#include <cstdlib>
#include <filesystem>

#include "app/rehearsal/painting.h"
#include "app/rehearsal/scenes.h"

namespace machikoe {
namespace {

constexpr Panel kPanel{540, 960};
constexpr int kVisible = 24;             // of 255: a difference that an eye would see
constexpr std::size_t kTolerated = 200;  // pixels: rounding of another compiler or library

std::vector<std::uint8_t> read_png(const std::filesystem::path& file) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_file(&image, file.c_str())) return {};
    image.format = PNG_FORMAT_RGB;
    std::vector<std::uint8_t> pixels(PNG_IMAGE_SIZE(image));
    if (!png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr)) return {};
    return pixels;
}

std::size_t visible_differences(const std::vector<std::uint8_t>& a,
                                const std::vector<std::uint8_t>& b) {
    std::size_t count = 0;
    for (std::size_t i = 0; i + 2 < a.size(); i += 3) {
        bool differs = false;
        for (std::size_t c = 0; c < 3; ++c) differs |= std::abs(a[i + c] - b[i + c]) > kVisible;
        count += differs ? 1 : 0;
    }
    return count;
}

class GoldenTest : public testing::TestWithParam<Language> {
  protected:
    std::vector<std::uint8_t> painted(const std::string& screen, const Settings& settings) {
        const Pack pack = load_pack(kRoot / "assets/packs/tsurumi-r4").value();
        const Strings strings =
            Strings::load(kRoot / "assets/strings", pack.plan.languages).value();
        auto text = TextEngine::create().value();
        Stage stage(
            pack, strings, *text,
            {.width = kPanel.width, .height = kPanel.height, .mm_per_px = mm_per_px(kPanel)});
        const Milliseconds now{1'000'000};
        for (const PreparedScreen& prepared : prepared_screens(pack, settings, now))
            if (prepared.name == screen) stage.show(prepared.visit);
        return paint(stage, *text, kPanel, {now, now});
    }
    const std::filesystem::path kRoot = MACHIKOE_SOURCE_DIR;
};

TEST_P(GoldenTest, TheQuestionLooksAsItDid) {
    const std::string tag(tag_of(GetParam()));
    const auto golden = read_png(kRoot / "tests/goldens" / (tag + ".png"));
    const auto now = painted("question-s1", {.language = GetParam()});
    ASSERT_EQ(golden.size(), now.size());
    EXPECT_LE(visible_differences(golden, now), kTolerated);
}

TEST_P(GoldenTest, AnotherThemeOrRubyWouldBeNoticed) {
    const auto golden =
        read_png(kRoot / "tests/goldens" / (std::string(tag_of(GetParam())) + ".png"));
    const auto other =
        painted("question-s1", {.language = GetParam(), .theme = ThemeChoice::LowGlare});
    ASSERT_EQ(golden.size(), other.size());
    EXPECT_GT(visible_differences(golden, other), kTolerated);
}

INSTANTIATE_TEST_SUITE_P(Scripts, GoldenTest,
                         testing::Values(Language::Ja, Language::En, Language::ZhHans,
                                         Language::ZhHant, Language::Ko, Language::Vi),
                         [](const auto& language) {
                             std::string name(tag_of(language.param));
                             std::erase(name, '-');
                             return name;
                         });

}  // namespace
}  // namespace machikoe
