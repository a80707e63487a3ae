#include "app/robot/resident.h"

namespace machikoe {

// The shares are chosen so that in a few hundred visits everything happens often enough to be
// tested and most visits are still finished.  They are no estimate of real residents.
Personality personality_of(std::uint64_t seed, Crowd crowd) {
    Dice dice(seed);
    const auto some = [&](double probability, double low, double high) {
        return dice.chance(probability) ? dice.between(low, high) : 0.0;
    };
    Personality person;
    person.seed = dice.next();
    person.language = dice.share();
    person.leisure = dice.chance(0.5) ? 1.0 : dice.share();
    const double interest = dice.share();
    person.interest = interest < 0.3 ? 0.0 : interest < 0.65 ? dice.between(0.2, 0.8) : 1.0;
    person.approval = dice.between(-1, 1);
    person.decided = dice.between(0.4, 0.7);
    person.tempo = dice.between(0.5, 1.0);
    person.skips = some(0.5, 0.02, 0.3);
    person.refuses = some(0.4, 0.05, 0.4);
    person.goes_back = some(0.3, 0.02, 0.1);
    person.changes_mind = some(0.4, 0.05, 0.3);
    person.is_curious = some(0.5, 0.05, 0.25);
    person.adjusts = some(0.3, 0.02, 0.1);
    person.double_taps = some(0.25, 0.02, 0.2);
    person.drags_off = some(0.2, 0.02, 0.1);
    person.tells_about_self = dice.chance(0.7);
    if (dice.chance(0.1)) person.walks_away_after = 1 + static_cast<int>(dice.below(30));
    if (dice.chance(0.08)) person.quits_after = 1 + static_cast<int>(dice.below(25));
    person.means_to_quit = dice.chance(0.7);
    person.comes_back = dice.chance(0.3);
    if (crowd == Crowd::Invited) {
        person.interest = 1.0;
        person.leisure = 1.0;
        person.walks_away_after.reset();
        person.quits_after.reset();
    }
    return person;
}

}  // namespace machikoe
