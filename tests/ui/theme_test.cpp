#include "app/ui/theme.h"

#include <gtest/gtest.h>

#include "app/ui/paint.h"

namespace machikoe {
namespace {

TEST(ThemeTest, ContrastIsTheRatioOfWcag) {
    EXPECT_NEAR(contrast(rgb(0x000000), rgb(0xFFFFFF)), 21.0, 0.01);
    EXPECT_NEAR(contrast(rgb(0x777777), rgb(0xFFFFFF)), 4.48, 0.01);
    EXPECT_NEAR(contrast(rgb(0xFFFFFF), rgb(0x777777)), 4.48, 0.01);
}

TEST(ThemeTest, WhatCarriesInformationHasTenToOne) {
    for (const ThemeChoice choice :
         {ThemeChoice::Standard, ThemeChoice::WhiteOnBlack, ThemeChoice::YellowOnBlack})
        for (const ContrastPair& pair : contrast_pairs(theme_of(choice)))
            EXPECT_GE(contrast(pair.foreground, pair.background), 10.0)
                << pair.name << " of theme " << static_cast<int>(choice);
}

TEST(ThemeTest, BlackThemesReachTheRatiosOfVvsg) {
    const Theme& white = theme_of(ThemeChoice::WhiteOnBlack);
    EXPECT_GE(contrast(white.ink, white.ground_top), 18.0);
    const Theme& yellow = theme_of(ThemeChoice::YellowOnBlack);
    EXPECT_GE(contrast(yellow.ink, yellow.ground_top), 17.5);
}

TEST(ThemeTest, LowGlareStaysBetweenItsBounds) {
    for (const ContrastPair& pair : contrast_pairs(theme_of(ThemeChoice::LowGlare))) {
        EXPECT_GE(contrast(pair.foreground, pair.background), 4.5) << pair.name;
        EXPECT_LE(contrast(pair.foreground, pair.background), 8.0) << pair.name;
    }
}

TEST(ThemeTest, LargerChoicesAreLarger) {
    EXPECT_LT(text_scale_of(TextSize::Small), text_scale_of(TextSize::Standard));
    EXPECT_LT(text_scale_of(TextSize::Standard), text_scale_of(TextSize::Large));
    EXPECT_LT(text_scale_of(TextSize::Large), text_scale_of(TextSize::Largest));
}

}  // namespace
}  // namespace machikoe
