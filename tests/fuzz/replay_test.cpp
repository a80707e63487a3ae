// The corpus of every harness, and each of its files cut and changed, in the ordinary build.
#include <gtest/gtest.h>

#include <filesystem>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "tests/fuzz/harnesses.h"

namespace machikoe::fuzz {
namespace {

class CorpusTest : public testing::TestWithParam<Harness> {
  protected:
    CorpusTest() { crypto_ready(); }
};

TEST_P(CorpusTest, ComesBack) {
    const auto folder =
        std::filesystem::path(MACHIKOE_SOURCE_DIR) / "tests/fuzz/corpus" / GetParam().name;
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string bytes = load_file(entry.path()).value();
        GetParam().run(bytes);
        const std::size_t step = bytes.size() / 40 + 1;
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            GetParam().run(bytes.substr(0, at));
            std::string changed = bytes;
            changed[at] ^= 0x21;
            GetParam().run(changed);
        }
        ++files;
    }
    EXPECT_GT(files, 0);
    GetParam().run("");
}

INSTANTIATE_TEST_SUITE_P(Harness, CorpusTest, testing::ValuesIn(kHarnesses),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace machikoe::fuzz
