// Scenes: prepared visits that show every screen and overlay there is.
//
// Each shows the first page of its text; whoever walks them turns the pages.
#pragma once

#include <string>
#include <vector>

#include "app/survey/shares.h"
#include "app/visit/staff.h"
#include "app/visit/visit.h"
#include "app/writing/wish.h"

namespace machikoe {

struct PreparedScreen {
    std::string name;  // "issue-living", "question-s1", "word-kyojo"
    Visit visit;
    Place place;                            // the opening hours of Sleep are over
    Staff staff;                            // before the kiosk, or nobody
    std::vector<WritingWish> writing = {};  // once it is shown
};

class Stage;
/// Puts it on the stage, and writes what is to be written.
void put_on_stage(Stage& stage, const PreparedScreen& prepared, Now now);

/// A time of day, by the wall clock, at which prepared screens are to be shown: a Wednesday
/// evening.
inline constexpr Milliseconds kPreparedWall{1'654'084'800'000};  // 2022-06-01 21:00 in Japan

/// On the overview, somewhere in the middle of a visit: everything of the first issue answered.
/// `now` is the time, by the monotonic clock, at which it is shown.
Visit prepared_visit(const Pack& pack, const Settings& settings, Milliseconds now);

/// As one resident in the middle of that visit sees them, and those of the staff.
std::vector<PreparedScreen> prepared_screens(const Pack& pack, const Settings& settings,
                                             Milliseconds now);

/// What others answered, made up: every second question has enough answers to be shown.
Shares made_up_shares(const Pack& pack);

}  // namespace machikoe
