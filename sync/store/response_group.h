// ResponseGroup: responses that came out together, as they lie in a store of either kind.
//
// One row holds all of them, because they are written together and nobody asks the store for one
// alone: a line "<id> <record>" each, in the order of their random ids, which is a shuffle, and
// zstd over the lines.  Answers to the same questions are so alike that a tenth of the bytes is
// left, and a commit changes few pages (docs/performance.md).
//
// The id of a response is made here and has nothing to do with the id of its group: what leaves
// the store shows the one and never the other, and for_each_by_id() keeps who came out together
// from standing together.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/store/store.h"

namespace machikoe {

/// A larger release is more than one row: to find one response, or to replace a text in it, all
/// of its row is read.
inline constexpr std::size_t kMostInGroup = 500;

struct GroupRow {
    std::string id;         // 128 random bits
    std::int64_t size = 0;  // responses
    std::string first_day;  // the earliest of DayHour::day in it that says anything, or ""
    std::string records;    // zstd of the lines
};

/// A free text of a response, and where that lies.
struct TextPlace {
    std::string group;
    FreeTextId text;
    auto operator<=>(const TextPlace&) const = default;
};

struct PackedRelease {
    std::vector<GroupRow> rows;  // in the order of their ids
    std::vector<TextPlace> texts;
    std::string row_ids;  // one behind the other, kRowIdLength each
};
inline constexpr std::size_t kRowIdLength = 32;

/// Under new ids.  Invalid: what would not be read back.
Result<PackedRelease> packed(const std::vector<Response>& responses);

/// A response in a group that is being packed again.
struct StoredResponse {
    std::string id;
    std::string day;
    std::string record;
};
/// REQUIRES: in the order of their ids; at least one.
GroupRow packed_again(std::string group_id, const std::vector<StoredResponse>& responses);

using EachRecord = std::function<bool(std::string_view id, std::string_view record)>;
/// Every line, until `each` returns false.  Corrupt: damaged.
Status for_each_record(std::string_view records, const EachRecord& each);
/// The same read.  Corrupt, too, when a record cannot be read.
Status for_each_stored(std::string_view records, const EachStored& each);

/// The same at the end of `responses`.
Status read_into(std::vector<Response>& responses, std::string_view records);

/// What `response` answered to the question in its own words; "": nothing.  NotFound: no such
/// response.
Result<std::string> text_in(std::string_view records, const FreeTextId& text);
/// The row with other words there.  NotFound: no such response.
Result<GroupRow> with_text(std::string group_id, std::string_view records, const FreeTextId& text,
                           const std::string& words);

/// The row without those that the rule covers, and what their ids were; no row: none is left.
struct Thinned {
    std::optional<GroupRow> row;
    std::vector<std::string> deleted;
};
Result<Thinned> thinned(std::string group_id, std::string_view records, const DeletionRule& rule);

/// Everything that `scan` reads, read.  Corrupt: a record that cannot be.
using Scan = std::function<Status(const EachRecord&)>;
Status for_each_read(const Scan& scan, const EachStored& each);
/// The same in the order of ids.  At most twice `most_bytes` of records
/// are held at a time, so a store that is larger is read more than once.
inline constexpr std::size_t kMostBytesHeld = 64u << 20;
Status for_each_by_id(const Scan& scan, const EachStored& each,
                      std::size_t most_bytes = kMostBytesHeld);

}  // namespace machikoe
