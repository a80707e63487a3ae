// StoredNames: names and limits that both adapters write and read back.
#pragma once

#include "sync/store/store.h"

namespace machikoe {

/// Of name_of(cause); anything else is Unfit.
Cause cause_of(std::string_view name);

inline const Quarantined kEpochIsHere{Cause::Unfit, "an epoch of this name is here already"};

inline constexpr std::size_t kResponseIdLength = 32;
inline constexpr std::int64_t kDayMs = 86'400'000;

}  // namespace machikoe
