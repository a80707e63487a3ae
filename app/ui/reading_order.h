// ReadingOrder: the order in which nodes are read, whatever the order they were drawn in.
//
// By zone: what the screen is about, its foot, then what is on every screen.  Within a zone what
// stands above comes before what stands below it in the same column; beyond that as they were
// registered, so that columns are read one after the other.
#pragma once

#include <vector>

#include "app/ui/ui.h"

namespace machikoe {

/// Does `upper` stand wholly above `lower`, in a common column?
bool stands_above(const Node& upper, const Node& lower);

/// Stable.  O(n²) comparisons of rectangles: some 20 us for a hundred nodes.
void put_in_reading_order(std::vector<Node>& nodes);

}  // namespace machikoe
