// Neighbours: which totals the screen "what your neighbours said" is given.
//
// The server's, once they have been seen for this very version of the pack; they stay when the
// network goes.  Before that, this kiosk's own counts since it started, under the very same
// control (SteppedTotals).  The own counts live in memory only: nothing about answers may lie
// readable on the kiosk's disk.  A kiosk that has seen the server's totals never goes back to
// its own: to watch both move would tell more than either.
#pragma once

#include <memory>

#include "app/survey/shares.h"
#include "sync/indicators/indicators.h"

namespace machikoe {

class Neighbours {
  public:
    /// REQUIRES: pack outlives this.
    explicit Neighbours(const Pack& pack) : hash_(pack.hash), own_(pack) {}

    /// A response that is safe on disk.  REQUIRES: not one that was given for practice.
    void saved(const Response& response) { own_.add(response); }
    /// What the sync thread has; nullptr and other packs' totals change nothing.
    void heard(const std::shared_ptr<const Totals>& totals);
    Shares shares() const;

  private:
    std::string hash_;
    SteppedTotals own_;
    std::shared_ptr<const Totals> server_;
};

}  // namespace machikoe
