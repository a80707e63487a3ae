// What Open JTalk read, held against what should be read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/voice/jtalk_trace.h"

namespace machikoe {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string trace_of(std::initializer_list<const char*> lines) {
    std::string trace = "[Text analysis result]\n";
    for (const char* line : lines) trace += std::string(line) + ",0/1,C1,-1\n";
    return trace + "\n[Output label]\n0 3100000 xx\n";
}

TEST(TraceTest, AKanjiThatIsReadOtherwiseIsFound) {
    const auto tokens =
        parse_trace(trace_of({"支え,名詞,*,*,*,*,*,支え,ササエ,ササエ",
                              "手,名詞,*,*,*,*,*,手,シュ,シュ", "は,助詞,*,*,*,*,*,は,ハ,ワ"}));
    EXPECT_THAT(misread_pieces({{"支え手", "ササエテ"}, {"は", ""}}, tokens), ElementsAre(0u));
    EXPECT_THAT(misread_pieces({{"支え手", "ササエシュ"}, {"は", ""}}, tokens), IsEmpty());
}

TEST(TraceTest, LongVowelsAndParticlesMayBeSpeltEitherWay) {
    const auto tokens = parse_trace(
        trace_of({"東京,名詞,*,*,*,*,*,東京,トウキョウ,トーキョー", "は,助詞,*,*,*,*,*,は,ハ,ワ"}));
    EXPECT_THAT(misread_pieces({{"東京", "トウキョウ"}, {"は", ""}}, tokens), IsEmpty());
}

TEST(TraceTest, NumbersAreFoundThoughTheTraceWritesThemAsKanji) {
    const auto tokens = parse_trace(
        trace_of({"二,名詞,*,*,*,*,*,二,ニ,ニ", "十,名詞,*,*,*,*,*,十,ジュウ,ジュー",
                  "九,名詞,*,*,*,*,*,九,キュウ,キュー", "歳,名詞,*,*,*,*,*,歳,サイ,サイ",
                  "の,助詞,*,*,*,*,*,の,ノ,ノ", "一人,名詞,*,*,*,*,*,一人,ヒトリ,ヒ’トリ"}));
    EXPECT_THAT(
        misread_pieces({{"29歳", "ニジュウキュウサイ"}, {"の", ""}, {"1人", "ヒトリ"}}, tokens),
        IsEmpty());
    EXPECT_THAT(
        misread_pieces({{"29歳", "ニジュウクサイ"}, {"の", ""}, {"1人", "イチニン"}}, tokens),
        ElementsAre(0u, 2u));
}

TEST(TraceTest, AKanaThatTheTraceWritesAsANumeralIsStillThatKana) {
    const auto tokens = parse_trace(
        trace_of({"二,名詞,数,*,*,*,*,二,ニ,ニ", "ジュウ,名詞,数,*,*,*,*,ジュウ,ジュウ,ジュー",
                  "人,名詞,*,*,*,*,*,人,ヒト,ヒト"}));
    EXPECT_THAT(misread_pieces({{"ニジュウ", "ニジュウ"}, {"人", "ヒト"}}, tokens), IsEmpty());
    EXPECT_THAT(misread_pieces({{"ニジュウ", "ニジュウ"}, {"人", "ニン"}}, tokens),
                ElementsAre(1u));
}

TEST(TraceTest, AWordAcrossTwoReadingsIsComparedAsOne) {
    const auto tokens =
        parse_trace(trace_of({"茨田北,名詞,*,*,*,*,*,茨田北,マムタキタ,マムタキタ"}));
    EXPECT_THAT(misread_pieces({{"茨田", "マッタ"}, {"北", "キタ"}}, tokens), ElementsAre(0u, 1u));
}

TEST(TraceTest, WhenNothingFitsNothingIsBelieved) {
    EXPECT_THAT(misread_pieces({{"区", "ク"}, {"の", ""}, {"人", "ヒト"}}, {}),
                ElementsAre(0u, 2u));
    EXPECT_THAT(parse_trace("what is this"), IsEmpty());
    EXPECT_THAT(parse_trace("[Text analysis result]\na,b\n"), IsEmpty());
}

}  // namespace
}  // namespace machikoe
