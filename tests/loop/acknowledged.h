// Acknowledged: what kiosk_child says on its standard output, one after the other.
#pragma once

#include <cstdint>

namespace machikoe {

/// "The outbox gave this sequence number to that response, durably."  Sequence 0, once and
/// first: everything is open, appending begins.
struct Acknowledged {
    std::int64_t sequence = 0;
    std::int64_t number = 0;
};

}  // namespace machikoe
