// Deletion: responses that have been kept long enough go, and the audit log says so.
//
// Ledger, hashes and counts of what came in stay: what was taken in once is never taken in twice.
// What still waits sealed is no response yet; it goes with the first deletion after it came out.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "sync/store/store.h"

namespace machikoe {

/// What a rule would delete.
struct DeletionPreview {
    struct Of {
        std::string month;  // "2024-04"; "": blurred away
        std::string pack_hash;
        auto operator<=>(const Of&) const = default;
    };
    std::int64_t responses = 0;
    std::map<Of, std::int64_t> by;
};
Result<DeletionPreview> preview_of(Store& store, const DeletionRule& rule);
/// As Store::delete_responses() decides it.
bool covers(const DeletionRule& rule, const Response& response);

/// "before 2024-04-01", "pack 0123…", or both: for people and the audit log.
std::string text_of(const DeletionRule& rule);

/// The first day that is kept, when `months` are: in Japan, where the days of responses are.
std::string first_kept_day(Milliseconds now, int months);
/// Deletes what is older, and notes it as "server" when it was anything.  How many.
Result<std::int64_t> delete_outlived(Store& store, int months, Milliseconds now);

}  // namespace machikoe
