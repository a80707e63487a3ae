// Path: can every question be reached by touch, and how long is the longest way through?
//
// A walker touches a real stage: opens every issue, turns every page, gives every question the
// answer that needs most taps, and submits.  Where a question is asked only after certain
// answers, one more walk gives those.  Free text is skipped: how long one writes is one's own.
//
// Time is what a slow reader needs: 227 characters a minute, the speed of the voice that older
// people follow well (Open JTalk's default, measured), for each screen that is new, and a
// second for each tap.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/rehearsal/walk.h"

namespace machikoe {

struct PathReport {
    std::size_t questions = 0;           // of the pack
    std::vector<std::string> unreached;  // Question::id
    std::size_t longest_taps = 0;
    std::size_t longest_s = 0;
};

/// REQUIRES: no ImGui context exists.  Corrupt when a walk gets stuck; the message says where.
Result<PathReport> walk_paths(const Pack& pack, const Strings& strings, TextEngine& text,
                              const Panel& panel);

}  // namespace machikoe
