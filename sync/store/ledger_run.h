// LedgerRun: neighbours in a kiosk's chain, as one row of the ledger in a store of either kind.
//
// The ledger remembers every envelope for ever, and looks one up only when it comes again.  A row
// for each would cost more than all else that a commit writes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/store/store.h"

namespace machikoe {

inline constexpr std::size_t kHashBytes = 32;
/// As many as fit a page of SQLite without a page of their own, and a row of PostgreSQL without
/// being put aside.
inline constexpr std::size_t kMostInRun = 24;

struct LedgerRun {
    std::int64_t first = 0;  // number of the first; the others follow without a gap
    std::string hashes;      // kHashBytes of each
    std::string outcomes;    // a letter of each: s stored, q quarantined

    std::int64_t size() const { return std::ssize(outcomes); }
    std::int64_t end() const { return first + size(); }
};

/// What the ledger holds of one kiosk in a stretch of numbers, and what is being added to it.
class LedgerStretch {
  public:
    /// One that lies in the store.  Corrupt: damaged.
    Status load(LedgerRun run);

    struct Held {
        std::string hash;  // 64 hex digits
        Outcome outcome = Outcome::Stored;
    };
    std::optional<Held> find(std::int64_t sequence) const;
    /// Invalid: no hash.  REQUIRES: not held; Stored or Quarantined; everything that the store
    /// holds between the run before the stretch and its end was loaded.
    Status add(std::int64_t sequence, std::string_view hash, Outcome outcome);
    /// Runs that are new, or longer than they lie in the store, in order.
    std::vector<const LedgerRun*> changed() const;

  private:
    struct Known {
        LedgerRun run;
        bool is_changed = false;
    };
    std::map<std::int64_t, Known> runs_;  // by their first
};

}  // namespace machikoe
