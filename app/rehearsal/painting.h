// Painting: the frame on a stage as pixels, without a window and without OpenGL.
//
// The same draw data gives the same bytes on every machine: golden pictures are compared with
// it.
#pragma once

#include <cstdint>
#include <vector>

#include "app/rehearsal/walk.h"
#include "app/ui/stage.h"

namespace machikoe {

/// Builds frames until nothing moves any more and paints the last: three bytes a pixel, from the
/// top left.  REQUIRES: `text` is the stage's, `panel` its size.
std::vector<std::uint8_t> paint(Stage& stage, TextEngine& text, const Panel& panel, Now now);

}  // namespace machikoe
