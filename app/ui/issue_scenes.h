// Issue scenes: what stands in each issue picture, without ground and sky.  The origin is the
// middle of the ground line; about 800 design units wide, 300 high, 80 below the line.
#pragma once

#include "app/ui/town_parts.h"

namespace machikoe::town {

/// People who greet each other over the garden fence.
void draw_neighbours_scene(const Canvas& canvas);
/// A playground with a parent.
void draw_families_scene(const Canvas& canvas);
/// An open book, and who reads in it.
void draw_learning_scene(const Canvas& canvas);
/// A shelter, what one takes along, and rain.
void draw_readiness_scene(const Canvas& canvas);
/// A table under a tent, where things are decided together.
void draw_gathering_scene(const Canvas& canvas);

}  // namespace machikoe::town
