// Wreck: what can still be read of a kiosk.db that is damaged.
//
// Reads a copy and changes nothing.  Every envelope that it gives is whole: its hash is that of
// its payload and of the one before.  Where a page is gone it goes on behind it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sync/outbox/outbox.h"

namespace machikoe {

struct Wreck {
    std::string kiosk;                       // "": its id cannot be read
    std::vector<WaitingEnvelope> envelopes;  // that waited, by growing sequence
};

/// kiosk.db and the log beside it in this folder.  An empty wreck where nothing can be read.
Wreck read_wreck(const std::filesystem::path& folder);

/// Whether a newer program wrote this database, and it is whole: then it is only too new.
bool is_of_newer_program(const std::filesystem::path& database, int newest_schema);

}  // namespace machikoe
