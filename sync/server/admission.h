// Admission: into the store, out of quarantine, and out of the waiting group into the answers.
//
// The pieces that the routes take in steps on two threads, and the whole of it in a row for a
// command that has the store to itself for the moment.  Whoever else works on the same file
// loses nothing by it: each change is one transaction, and Conflict means that another program
// was first.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sync/server/intake.h"
#include "sync/store/store.h"
#include "sync/wire/bundle.h"

namespace machikoe {

/// What waits of one site and event, with the openings that it is read with.
struct WaitingRead {
    std::vector<WaitingResponse> waiting;
    std::vector<std::pair<std::string, std::string>> openings;  // kiosk, opening
};
Result<WaitingRead> read_waiting(Store& store, const std::string& site, const std::string& event);

/// Ready for Store::release().
struct Release {
    std::vector<std::string> ids;
    std::vector<Response> responses;
    std::size_t unreadable = 0;  // they go on waiting
};
Release mix_waiting(Intake& intake, const WaitingRead& read, std::size_t mix);

// ---- in a row -------------------------------------------------------------------------

Result<std::vector<Incoming>> judge_all(Intake& intake, Store& store, const std::string& kiosk,
                                        std::vector<Envelope> envelopes);

/// What became of a bundle's envelopes.
struct Tally {
    std::size_t fresh = 0;
    std::size_t known = 0;
    std::size_t conflicts = 0;
    std::size_t held = 0;  // fresh, and in quarantine
};
/// REQUIRES: the bundle's signing key is its kiosk's.  What was held for want of an opening that
/// is in it is readmitted.
Result<Tally> take_in(Intake& intake, Store& store, const Bundle& bundle, Milliseconds now);

/// Judges all that is held anew: a key, an opening, a pack or a newer program may have come.
/// Returns how many left the quarantine.
Result<std::size_t> readmit_all(Intake& intake, Store& store);

/// Releases every group of at least `mix`; the responses, for whoever counts them.
Result<std::vector<Response>> release_ripe(Intake& intake, Store& store, std::size_t mix);
/// Releases one group however small it is, with no more of the time than the month.
struct Rest {
    std::size_t released = 0;
    std::size_t unreadable = 0;
};
Result<Rest> release_rest(Intake& intake, Store& store, const WaitingGroup& group);

}  // namespace machikoe
