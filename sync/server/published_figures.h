// PublishedFigures: what everybody is shown, on every server and after every restart the same.
//
// One row of the store holds the counts that it is computed from: the public page, its files and
// /v1/totals are all of that moment.  A server whose counts are kPublicStep responses away from
// it, either way, writes the next; of two servers the first is taken and both show it.  So
// nobody can take one publication from another and see a single answer.
//
// A deletion alone publishes nothing until it makes that difference: of a few deleted answers the
// difference would be exactly those.  Each version of a pack has a publication of its own in the
// row, and servers of two versions (during a change) do not take each other's away.
//
// Belongs to the thread of the Routes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sync/indicators/evaluation.h"
#include "sync/store/store.h"

namespace machikoe {

inline constexpr std::int64_t kPublicStep = 10;

class PublishedFigures {
  public:
    explicit PublishedFigures(std::shared_ptr<const Pack> pack);

    std::int64_t generation() const { return generation_; }
    /// What the store holds.
    void take(const Publication& publication);
    /// What is to be written next, when there is a step to be taken.
    std::optional<Publication> next(const EvaluationCounter& counter) const;

    /// nullptr: nothing yet, or by other software.
    const std::shared_ptr<const Evaluation>& figures() const { return figures_; }
    const Totals& totals() const { return totals_; }

  private:
    /// One version of a pack.
    struct Edition {
        std::string pack_hash;
        std::int64_t responses = 0;
        std::string counts;
    };
    template <class Archive>
    static void walk(Archive& archive, std::vector<Edition>& editions);

    std::shared_ptr<const Pack> pack_;
    std::int64_t generation_ = 0;
    std::vector<Edition> others_;            // the newest last
    std::optional<std::int64_t> responses_;  // in ours; nullopt: there is none
    std::shared_ptr<const Evaluation> figures_;
    Totals totals_;
};

}  // namespace machikoe
