// Synthetic residents: whatever is measured with them fits the pack.
#include "sync/simulation/residents.h"

#include <gtest/gtest.h>

namespace machikoe::simulation {
namespace {

TEST(ResidentsTest, EveryResponseFitsItsPack) {
    for (const char* id : {"tsurumi-r4", "mihon-r5"}) {
        const Pack pack = load_pack(std::string(MACHIKOE_SOURCE_DIR "/assets/packs/") + id).value();
        Dice dice(7);
        for (int i = 0; i < 500; ++i) {
            const Status fits = check_response(pack, synthetic_response(pack, dice));
            ASSERT_TRUE(fits) << id << " " << i << ": " << fits.error().message;
        }
    }
}

TEST(ResidentsTest, TheSameSeedIsTheSamePeople) {
    const Pack pack = load_pack(MACHIKOE_SOURCE_DIR "/assets/packs/mihon-r5").value();
    Dice one(3), same(3), other(4);
    const Response first = synthetic_response(pack, one);
    EXPECT_EQ(first, synthetic_response(pack, same));
    EXPECT_NE(first, synthetic_response(pack, other));
}

}  // namespace
}  // namespace machikoe::simulation
