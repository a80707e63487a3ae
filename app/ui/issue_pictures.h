// Issue pictures: one illustration for each of the closed set that a pack may name
// (IssuePicture, docs/pack.md), in the manner of the town: people, houses, things, all vectors.
//
// The same every time, whatever the size; clipped to the area.  A flat look for the contrast
// themes: a few steps between two colours, no sky.  Public ImGui API only.
#pragma once

#include "app/plan/plan.h"
#include "app/ui/paint.h"

namespace machikoe {

struct PictureLook {
    ImU32 sky_top = 0, sky_bottom = 0;
    bool flat = false;
    ImU32 paper = 0, ink = 0;  // flat: what is dark and what is light in the picture becomes these
};

/// REQUIRES: picture is not None.
void draw_issue_picture(ImDrawList& list, const Rect& area, IssuePicture picture,
                        const PictureLook& look);

}  // namespace machikoe
