// Copy: a whole store into an empty one, SQLite or PostgreSQL either way, and the proof.
//
// Reads one moment of the source, row by row in the order of keys, so that the copy keeps no trace
// of the order in which anything came.  Then reads the copy back: per table the number of rows and
// the SHA-256 over all rows in the order of keys must be equal.  Until then the copy is marked, and
// no server opens it.  keys/ is no part of a store.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sync/store/location.h"

namespace machikoe {

struct CopiedTable {
    std::string name;
    std::int64_t rows = 0, rows_there = 0;
    std::string sha256, sha256_there;  // of the source's rows, and of the copy's
    bool is_equal() const { return rows == rows_there && sha256 == sha256_there; }
};

/// `step` is called with each row that was read, on either side.
/// Conflict: `to` is not empty.  Corrupt, after `tables` was filled: what was read
/// back differs; the copy stays marked, as after any other error.
Status copy_store(
    const StoreLocation& from, const StoreLocation& to, std::vector<CopiedTable>& tables,
    const std::function<void()>& step = [] {});

}  // namespace machikoe
