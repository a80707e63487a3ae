// Packs on disk: what counts as a file of a pack, and how a folder is refused.
#include <filesystem>
#include <fstream>

#include "tests/survey/pack_fixture.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

class PackFolderTest : public PackTest {
  protected:
    PackFolderTest()
        : parent_(std::filesystem::temp_directory_path() / ("machikoe-pack-" + random_hex(8))),
          folder_(parent_ / "small") {
        std::filesystem::create_directories(folder_);
        for (const auto& [name, bytes] : files_) write(name, bytes);
    }
    ~PackFolderTest() override { std::filesystem::remove_all(parent_); }
    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder_ / name, std::ios::binary) << bytes;
    }
    std::filesystem::path parent_;
    std::filesystem::path folder_;
};

TEST_F(PackFolderTest, AMissingFolderIsNotFound) {
    EXPECT_EQ(load_pack_files(folder_ / "none").error().code, ErrorCode::NotFound);
    EXPECT_EQ(load_pack_files(folder_ / "pack.yaml").error().code, ErrorCode::NotFound);
    EXPECT_EQ(load_pack(folder_ / "none").error().code, ErrorCode::NotFound);
}

TEST_F(PackFolderTest, OnlyRegularYamlFilesOfTheFolderItselfCount) {
    write("source.txt", "x");
    std::filesystem::create_directory(folder_ / "deep.yaml");
    std::ofstream(folder_ / "deep.yaml" / "more.yaml") << "x";
    std::filesystem::create_symlink(folder_ / "pack.yaml", folder_ / "link.yaml");
    const auto loaded = load_pack_files(folder_);
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(*loaded, files_);
}

TEST_F(PackFolderTest, TooLargeAFolderIsInvalid) {
    write("a.yaml", std::string(5u << 20, 'x'));
    write("b.yaml", std::string(5u << 20, 'x'));
    EXPECT_EQ(load_pack_files(folder_).error().code, ErrorCode::Invalid);
}

TEST_F(PackFolderTest, AFaultyPackIsInvalidAndNamesItsFaults) {
    write("pack.yaml", "format: 1\n");
    const auto pack = load_pack(folder_);
    ASSERT_FALSE(pack);
    EXPECT_EQ(pack.error().code, ErrorCode::Invalid);
    EXPECT_THAT(pack.error().message, HasSubstr("pack.yaml:1: missing key 'id'"));
}

TEST_F(PackFolderTest, ALogHoldsTheFirstHundredFaults) {
    std::string keys;
    for (int i = 0; i < 1000; ++i) keys += "k" + std::to_string(i) + ": 1\n";
    write("pack.yaml", files_.at("pack.yaml") + keys);
    const std::string message = load_pack(folder_).error().message;
    EXPECT_EQ(std::count(message.begin(), message.end(), '\n'), 100);
    EXPECT_THAT(message, testing::EndsWith("\nand 900 more"));
}

TEST_F(PackFolderTest, TheFolderBearsThePacksId) {
    EXPECT_TRUE(load_pack(folder_));
    std::filesystem::rename(folder_, parent_ / "other");
    const auto pack = load_pack(parent_ / "other");
    ASSERT_FALSE(pack);
    EXPECT_EQ(pack.error().code, ErrorCode::Invalid);
}

}  // namespace
}  // namespace machikoe
