// Verify: recomputes every figure of a snapshot from the answers in the database, and says what
// differs and why.
#pragma once

#include "sync/commands/evaluation_input.h"

namespace machikoe {

/// Prints to standard output.  Ok: every figure is the same to the last digit, and the snapshot is
/// whole and signed by this server.  NeedsCare: something differs.
Ended verify_snapshot(const StoreLocation& location, const std::string& snapshot);

/// Asks the running server for its totals and counts the answers anew.
Ended recount(const EvaluationOptions& options);

}  // namespace machikoe
