// WaitingRow: sealed payloads that one kiosk brought at once, as one row of a store of either kind.
//
// A payload is a 4-byte length, the most significant byte first, and its bytes.  Each waiting
// response has an id of its own, "<id of the row>/<index>", because not all of a row need come out
// together: what is left is then written as a new row.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sync/store/store.h"

namespace machikoe {

/// By site and event; payloads that live elsewhere.
using WaitingRows = std::map<std::pair<std::string, std::string>, std::vector<std::string_view>>;

std::string joined(const std::vector<std::string_view>& payloads);
/// Pointing into `joined`.  Corrupt: damaged.
Result<std::vector<std::string_view>> payloads_in(std::string_view joined);

std::string waiting_id(const std::string& row, std::size_t index);
/// Each row with its indexes.  Conflict: not all are ids of waiting responses.
Result<std::map<std::string, std::set<std::size_t>>> rows_of(const std::vector<std::string>& ids);
/// Without those.  Conflict: one of them is not there.
Result<std::vector<std::string_view>> left_over(std::string_view joined,
                                                const std::set<std::size_t>& indexes);

}  // namespace machikoe
