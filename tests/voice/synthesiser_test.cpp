// What Open JTalk and flite make of a text, where they are installed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/base/crypto.h"
#include "app/voice/synthesiser.h"

namespace machikoe {
namespace {

using testing::IsEmpty;

class SynthesiserTest : public testing::TestWithParam<Language> {
  protected:
    void SetUp() override {
        crypto_ready();
        if (auto found = find_synthesiser(GetParam()); !found)
            GTEST_SKIP() << found.error().message;
    }
    static Synthesised spoken(std::string_view text, const Lexicon& lexicon = {}) {
        auto made = synthesise(spoken_form(text, GetParam(), lexicon), GetParam());
        EXPECT_TRUE(made) << made.error().message;
        return made ? *std::move(made) : Synthesised{};
    }
};

class JapaneseVoiceTest : public SynthesiserTest {};

TEST_P(SynthesiserTest, AWordIsHeardAtOnceAndIsTheSameEachTime) {
    const Synthesised word = spoken(is_japanese(GetParam()) ? "つぎへ" : "Next");
    EXPECT_GT(word.sound.seconds(), 0.3);
    EXPECT_LT(word.sound.seconds(), 1.2);
    EXPECT_LT(static_cast<double>(silence_around(word.sound).before), 0.1 * word.sound.rate);
    EXPECT_EQ(spoken(is_japanese(GetParam()) ? "つぎへ" : "Next").sound.samples,
              word.sound.samples);
}

TEST_P(JapaneseVoiceTest, WhatItMisreadsItIsGivenAsKana) {
    Lexicon lexicon;
    lexicon.add(Language::Ja, "支え手", "ささえて");
    // By itself it says ささえしゅ, which is as long, so the doubts are what tells.
    EXPECT_THAT(spoken("支え手", lexicon).doubts, IsEmpty());
    EXPECT_NE(spoken("支え手", lexicon).sound.samples, spoken("支え手").sound.samples);
    EXPECT_THAT(spoken("{鶴見区|つるみく}の28%、{3|さん}。").doubts, IsEmpty());
}

TEST_P(JapaneseVoiceTest, ASignThatIsAWordIsSaid) {
    Lexicon lexicon;
    lexicon.add(Language::Ja, " / ", "ぜんぶで");
    EXPECT_GT(spoken(" / ", lexicon).sound.seconds(), 0.4);
}

TEST_P(JapaneseVoiceTest, NoSentenceOfALongTextIsLost) {
    // Half as long again as the line that it can read.
    const std::string sentence = "これは、とてもながいぶんしょうの、ひとつのぶんです。";
    std::string text;
    while (text.size() < 1500) text += sentence;
    const double times = static_cast<double>(text.size()) / static_cast<double>(sentence.size());
    EXPECT_NEAR(spoken(text).sound.seconds() / (spoken(sentence).sound.seconds() * times), 1.0,
                0.25);
}

INSTANTIATE_TEST_SUITE_P(Voices, SynthesiserTest, testing::Values(Language::Ja, Language::En));
INSTANTIATE_TEST_SUITE_P(Voices, JapaneseVoiceTest, testing::Values(Language::Ja));

}  // namespace
}  // namespace machikoe
