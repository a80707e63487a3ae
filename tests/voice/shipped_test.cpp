// The clips that are committed: those of the shipped pack and of the program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "app/voice/clip_check.h"
#include "app/voice/clip_store.h"
#include "app/voice/sound_clip.h"

namespace machikoe {
namespace {

class ShippedTest : public testing::Test {
  protected:
    ShippedTest() {
        crypto_ready();
        const SpeechPlaces places{
            MACHIKOE_SOURCE_DIR "/assets", MACHIKOE_SOURCE_DIR "/assets/packs/tsurumi-r4", {}};
        pack_ = *load_pack(places.pack);
        sources_ = *load_speech(places, pack_);
    }
    Pack pack_;
    std::vector<SpeechSource> sources_;
};

/// Loudness, length and silence of every clip: what `machikoe check --voice` demands.
TEST_F(ShippedTest, EveryTextHasAClipThatCanBeHeard) {
    const std::vector<Language> spoken{Language::Ja, Language::JaEasy, Language::En};
    EXPECT_EQ(*built_languages(sources_), spoken);
    const auto report = check_clips(sources_, spoken, ClipCheck::IsHeard, 2);
    ASSERT_TRUE(report) << report.error().message;
    for (const ClipFault& fault : report->faults) ADD_FAILURE() << to_string(fault);
    for (const Language language : spoken)
        EXPECT_GT(report->totals.at(std::string(tag_of(language))).prompts, 600u);
}

TEST_F(ShippedTest, ClipsAreSmallEnoughToBeCommitted) {
    std::uintmax_t bytes = 0;
    for (const SpeechSource& source : sources_) {
        const auto index = load_clip_index(source.folder);
        ASSERT_TRUE(index);
        for (const auto& [name, clip] : index->clips) bytes += clip.bytes;
    }
    EXPECT_LT(bytes, 16u << 20);
}

TEST_F(ShippedTest, SpeechIsNoPartOfThePacksHash) {
    const auto files = load_pack_files(MACHIKOE_SOURCE_DIR "/assets/packs/tsurumi-r4");
    ASSERT_TRUE(files);
    EXPECT_EQ(files->size(), 6u);
}

}  // namespace
}  // namespace machikoe
