// LedgerReport: what the ledger says of every kiosk, for people and for programs.
//
// Read in several steps: while a server writes beside it, a number may be one batch older than
// the next.  Payloads are not in it.
#pragma once

#include <string>
#include <vector>

#include "sync/store/store.h"

namespace machikoe {

/// Numbers that are held for the same reason.
struct HeldRange {
    std::vector<Gap> numbers;
    Quarantined why;
};

struct KioskLedger {
    KioskRow kiosk;
    std::vector<Gap> missing;
    std::vector<HeldRange> held;
    std::vector<ConflictRow> conflicts;
};

struct LedgerReport {
    std::vector<KioskLedger> kiosks;
    std::vector<WaitingGroup> waiting;
    Counts counts;

    /// Every envelope that ever came is one of those that are counted.
    bool adds_up() const {
        return counts.ledger ==
               counts.openings + counts.waiting + counts.responses + counts.quarantined;
    }
    bool needs_care() const;
};

Result<LedgerReport> read_ledger(Store& store);
std::string to_text(const LedgerReport& report);
std::string to_json(const LedgerReport& report);

}  // namespace machikoe
