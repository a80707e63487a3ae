// Keeping: one record, sealed and durable in the outbox.
//
// What is said here once: the opening of an epoch goes before its first record, both in one
// transaction, and only what is on disk counts as kept.  Nothing readable touches the disk.
#pragma once

#include <string>
#include <string_view>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "sync/outbox/outbox.h"
#include "sync/seal/epoch.h"

namespace machikoe {

struct ToKeep {
    std::string_view record;
    std::string_view public_key;  // that it is sealed to, 64 hex digits
    std::string_view pack_hash;
    Milliseconds monotonic{0};
    Milliseconds wall{0};
};

/// Durable when it returns; the sequence number given.  Errors as Outbox::append(); the record may
/// then be kept again.
Result<std::int64_t> keep(const ToKeep& what, Sealer& sealer, Outbox& outbox);

}  // namespace machikoe
