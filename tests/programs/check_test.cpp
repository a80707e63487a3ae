// `machikoe check`, as the author of a pack uses it.
#include "tests/programs/machikoe_fixture.h"

namespace machikoe {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

class CheckTest : public MachikoeTest {
  protected:
    std::string real_pack() const { return MACHIKOE_SOURCE_DIR "/assets/packs/tsurumi-r4"; }
    /// A copy of the real pack without the first line of `file` that begins with `key`.
    std::string pack_without(const std::string& file, const std::string& key) {
        const std::filesystem::path copy = folder_ / "tsurumi-r4";
        std::filesystem::copy(real_pack(), copy, std::filesystem::copy_options::recursive);
        std::istringstream lines(bytes_of(copy / file));
        std::string kept;
        bool removed = false;
        for (std::string line; std::getline(lines, line);) {
            const bool removes = !removed && line.starts_with(key);
            removed |= removes;
            if (!removes) kept += line + "\n";
        }
        EXPECT_TRUE(removed) << key;
        EXPECT_TRUE(replace_file(copy / file, kept));
        return copy.string();
    }
};

TEST_F(CheckTest, AFolderThatIsNotThereIsNamed) {
    const Ran ran = run({"check", (folder_ / "nothing").string()});
    EXPECT_EQ(ran.code, 1);
    expect_one_line(ran);
    EXPECT_THAT(ran.err, HasSubstr("nothing"));
}

TEST_F(CheckTest, TheRealPackHasNoFault) {
    const Ran ran = run({"check", real_pack()});
    EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("tsurumi-r4: 5 issues, "));
    EXPECT_THAT(ran.out, ContainsRegex("languages: ja "));
    EXPECT_THAT(ran.out, ContainsRegex("hash: [0-9a-f]+\n"));
    EXPECT_EQ(ran.err, "");
}

TEST_F(CheckTest, AMissingKeyIsNamedWithFileAndLine) {
    const Ran ran = run({"check", pack_without("survey.yaml", "    type:")});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, ContainsRegex("survey.yaml:[1-9][0-9]*: .*type"));
    expect_one_line(ran);
}

TEST_F(CheckTest, AMissingKeyOfTheHeadIsNamedToo) {
    const Ran ran = run({"check", pack_without("pack.yaml", "fiscal_year:")});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, ContainsRegex("pack.yaml:[0-9]+: .*fiscal_year"));
}

TEST_F(CheckTest, TheIdMustBeTheNameOfTheFolder) {
    const std::filesystem::path renamed = folder_ / "elsewhere-r4";
    std::filesystem::copy(pack(), renamed);
    const Ran ran = run({"check", renamed.string() + "/"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, HasSubstr("pack.yaml"));
    EXPECT_THAT(ran.out, HasSubstr("elsewhere-r4"));
}

TEST_F(CheckTest, TheSmallPackOfTheTestsIsAPack) {
    const Ran ran = run({"check", pack() + "/"});
    EXPECT_EQ(ran.code, 0) << ran.out << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("testward-r4: 1 issues, 4 questions, 2 indicators"));
    EXPECT_THAT(ran.out, HasSubstr("languages: ja en"));
}

}  // namespace
}  // namespace machikoe
