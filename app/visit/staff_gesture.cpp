#include "app/visit/staff_gesture.h"

#include <algorithm>

namespace machikoe {
namespace {

constexpr float kCorner = 0.12f;  // of the shorter side: 36 mm on a 23.8" panel
constexpr int kCorners = 4;

/// 0 upper left, then clockwise; -1 anywhere else.
int corner_of(float x, float y, float width, float height) {
    const float side = std::min(width, height) * kCorner;
    const bool left = x < side, right = x >= width - side;
    const bool top = y < side, bottom = y >= height - side;
    if (top && left) return 0;
    if (top && right) return 1;
    if (bottom && right) return 2;
    if (bottom && left) return 3;
    return -1;
}

}  // namespace

bool StaffGesture::touched(float x, float y, float width, float height, bool may_begin,
                           Milliseconds now) {
    const int corner = corner_of(x, y, width, height);
    if (done_ > 0 && (corner != done_ || now - began_ > kLasts)) done_ = 0;
    if (corner == 0 && done_ == 0 && may_begin) {
        done_ = 1;
        began_ = now;
    } else if (done_ > 0) {
        ++done_;
    }
    if (done_ < kCorners) return false;
    done_ = 0;
    return true;
}

}  // namespace machikoe
