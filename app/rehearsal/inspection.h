// Inspection: what is wrong with one frame, by what was drawn.
//
// Reads the nodes of a frame and what the Ui itself could not do (text that does not fit, a
// glyph that is missing).  Knows no screen by name: what it finds holds for every one.
//
// VVSG 2.0 7.2-I asks for targets of 12.7 mm; the house for 20 mm, and for
// 15 mm where a keyboard needs many of them.  Words within a sentence
// (Role::Link) cannot be 20 mm high without tearing the lines apart: they keep to 12.7 mm.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ui/ui.h"

namespace machikoe {

inline constexpr float kTargetMm = 20;
inline constexpr float kKeyMm = 15;
inline constexpr float kTargetFloorMm = 12.7f;

enum class ProblemKind {
    Text,      // does not fit its box, or breaks a word
    Glyph,     // a character or an icon without a picture
    Overlap,   // two targets, two texts, or a text across the edge of a target
    Outside,   // beyond the edge of the screen
    Target,    // under 20 mm (a key under 15 mm, a word under 12.7 mm)
    Nameless,  // a target that says nothing to those who listen
    Order,     // read before what stands above it
    Twice,     // two nodes of one id
};
std::string_view name_of(ProblemKind kind);  // "text", "glyph", …

struct Problem {
    ProblemKind kind = ProblemKind::Text;
    std::string what;  // "next: 14.2 x 20.1 mm"
    bool operator==(const Problem&) const = default;
};

/// What a frame left behind.
struct Picture {
    float width = 0, height = 0;  // px
    float mm_per_px = 0;
    const std::vector<Node>& nodes;
    const std::vector<std::string>& faults;  // Ui::faults()
};

std::vector<Problem> problems_of(const Picture& picture);

}  // namespace machikoe
