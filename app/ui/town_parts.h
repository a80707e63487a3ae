// Parts of the town: each drawn on a canvas whose origin is where the part stands.
#pragma once

#include "app/ui/paint.h"

namespace machikoe::town {

/// Every colour of the town.
inline constexpr ImU32 kSunTop = rgb(0xFFD873), kSunBottom = rgb(0xF8AE55);
inline constexpr ImU32 kFarHillTop = rgb(0xC3DDA4), kFarHillBottom = rgb(0x8CC08A);
inline constexpr ImU32 kMidHillTop = rgb(0xA9D19A), kMidHillBottom = rgb(0x78B57C);
inline constexpr ImU32 kMeadowTop = rgb(0x8AC27F), kMeadowBottom = rgb(0x5FA86A);
inline constexpr ImU32 kLawnTop = rgb(0x6DB16F), kLawnBottom = rgb(0x3C8057);
inline constexpr ImU32 kRoad = rgb(0xEFE3CB), kRoadEdge = rgb(0xDCCCAC), kRoadMark = rgb(0xFFFFFF);
inline constexpr ImU32 kWall = rgb(0xFFF8EA), kDoor = rgb(0x9A5B3C), kFrame = rgb(0xE4D3B8);
inline constexpr ImU32 kWindowLit = rgb(0xFFE08A), kWindowDay = rgb(0xE9F3F4);
inline constexpr ImU32 kRoofs[] = {rgb(0x4A8BA6), rgb(0xD8624A), rgb(0xDFA03F), rgb(0x7A6BB0)};
inline constexpr ImU32 kBlocks[] = {rgb(0xF0B48E), rgb(0x6DAFBB), rgb(0xEBCD8B), rgb(0xCFA1BE)};
inline constexpr ImU32 kTrunk = rgb(0x8A6248);
inline constexpr ImU32 kLeafTop = rgb(0x9CCB75), kLeafBottom = rgb(0x4F9A58);
inline constexpr ImU32 kPineTop = rgb(0x7FBF86), kPineBottom = rgb(0x3A8A63);
inline constexpr ImU32 kSkin[] = {rgb(0xF7CDAA), rgb(0xF3BE95), rgb(0xE3A77C)};
inline constexpr ImU32 kHair = rgb(0x3B2A2A), kBrownHair = rgb(0x5F3B2A), kGreyHair = rgb(0xD2CED2);
inline constexpr ImU32 kFeatures = rgb(0x4A3330), kMouth = rgb(0xC4553F), kBlush = rgb(0xF0907A);
inline constexpr ImU32 kPurple = rgb(0x7B62AE), kOrange = rgb(0xD9703A), kYellow = rgb(0xEFB440);
inline constexpr ImU32 kTeal = rgb(0x2A8191), kRed = rgb(0xC9534C), kNavy = rgb(0x3E4A6E);
inline constexpr ImU32 kBeige = rgb(0xD8BFA0), kShoe = rgb(0x5A4038), kMetal = rgb(0x6B7480);
inline constexpr ImU32 kBusBody = rgb(0xFBFDFD), kBusBand = rgb(0x2F8F9D),
                       kBusGlass = rgb(0xBFE3EA);
inline constexpr ImU32 kTyre = rgb(0x38393F), kHub = rgb(0xC9D0D4), kLamp = rgb(0xFFD66B);
inline constexpr ImU32 kPetalWhite = rgb(0xFFFFFF), kPetalPink = rgb(0xF3A79A);
inline constexpr ImU32 kPetalYellow = rgb(0xFFDB7D);
inline constexpr ImU32 kCloudTop = rgb(0xFFFFFF), kCloudBottom = rgb(0xFFF1DF);
inline constexpr ImU32 kShade = IM_COL32(30, 70, 40, 46);

struct Canvas {
    ImDrawList& list;
    ImVec2 origin;
    float unit;  // px of one design unit

    ImVec2 at(float x, float y) const { return {origin.x + x * unit, origin.y + y * unit}; }
    Rect rect(float x, float y, float w, float h) const {
        return {origin.x + x * unit, origin.y + y * unit, w * unit, h * unit};
    }
    Canvas moved(float x, float y, float scale = 1) const { return {list, at(x, y), unit * scale}; }
};

void disc(const Canvas& canvas, float x, float y, float radius, ImU32 colour);
void box(const Canvas& canvas, float x, float y, float w, float h, ImU32 colour, float radius);

void draw_cloud(const Canvas& canvas);
void draw_block(const Canvas& canvas, float width, float height, int kind);
void draw_house(const Canvas& canvas, int kind);
void draw_tree(const Canvas& canvas);
void draw_pine(const Canvas& canvas);
void draw_bus(const Canvas& canvas);
void draw_flowers(const Canvas& canvas, ImU32 colour);

void draw_grandmother(const Canvas& canvas);
void draw_parent(const Canvas& canvas);
void draw_child(const Canvas& canvas);
void draw_wheelchair_user(const Canvas& canvas);
void draw_young_man(const Canvas& canvas);

}  // namespace machikoe::town
