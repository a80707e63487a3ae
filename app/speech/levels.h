// Levels: the steps of volume and rate, and where a new person finds them.
//
// Volume is decibels below the clip as it was published (-20 LUFS).  Steps of 6 dB: VVSG 2.0 7.1-M
// allows 10 at most, and two of them are the 12 dB above the lowest of EN 301 549 8.2.1.2.  The
// amplifier of a site is set once so that the top is 100 dB SPL in the headphones and 80 dBA in
// front of the loudspeaker; then a person begins at 64 dB SPL (7.1-K: 60 to 70) or 62 dBA
// (EN 301 549 5.1.3.13: at most 65).
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace machikoe {

enum class Output { Headphones, Loudspeaker };

inline constexpr int kVolumeStep_db = 6;

/// The lowest, the first and the highest volume, in dB.
struct VolumeRange {
    int lowest_db, first_db, highest_db;
};

constexpr VolumeRange volume_range(Output output) {
    return output == Output::Headphones ? VolumeRange{-84, -36, 0} : VolumeRange{-30, -18, 0};
}

/// Percent of the clip's own speed, at the clip's pitch (VVSG 2.0 7.1-K: 50 to 200, 6 to 8 steps).
inline constexpr std::array kRates_percent{50, 75, 100, 125, 150, 175, 200};
inline constexpr std::size_t kFirstRate = 2;

inline float gain_of(int db) {
    return std::pow(10.0F, static_cast<float>(db) / 20);
}

}  // namespace machikoe
