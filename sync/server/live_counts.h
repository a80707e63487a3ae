// LiveCounts: every count of the answers, in memory, following every commit on the store: our own
// releases, those of other servers, and those of programs that work on the same database.
//
// The answers are the truth and this is derived: start() takes the checkpoint and what came out
// since, or counts everything.  From then on look() asks the store about once a second what others
// let out; our own releases are counted at once.  Each release has a place (writer, number), and
// what was counted of every writer is remembered, so none is missed and none counted twice.
//
// Checkpoints are written by whichever server is first.  Writing one makes the store forget the
// releases that are in it, so that the order in which answers came out is not kept for long.  A
// draft is made of what is counted *now* and written kSettle later, when every server that looks
// once a second has seen those releases.  When a checkpoint is not ours:
//   all in it was counted here, and it is the next one   go on, nothing is missing
//   it can be read                                       its counts, and what came out since
//   it was emptied (a deletion), or is another pack's    count anew
// While a recount runs (minutes for ten million answers, on a thread and a connection of its own)
// the old counts go on following and are shown; nothing is published, and no checkpoint written.
//
// Belongs to one thread, that of the Routes.  What runs on the store's thread is in the functions
// that take a Store and touch nothing else.
#pragma once

#include <atomic>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "sync/indicators/evaluation.h"
#include "sync/store/store.h"

namespace machikoe {

class LiveCounts {
  public:
    static constexpr std::int64_t kRemembered = 50;  // releases; then a checkpoint is due …
    static constexpr Milliseconds kLongest{60'000};  // … or so long after the first of them
    static constexpr Milliseconds kPause{5'000};     // at least, between two of ours
    static constexpr Milliseconds kSettle{3'000};
    static constexpr Milliseconds kFresh{1'000};  // figures are not computed more often

    explicit LiveCounts(std::shared_ptr<const Pack> pack);

    /// On the thread that has the store.  Quick from a checkpoint, else as long as a recount.
    Status start(Store& store);

    /// What came out, counted unless it was already.
    void count(const ReleasePlace& place, const std::vector<Response>& responses);

    /// What is new in the store since `seen` and `generation`.
    struct News {
        bool has_moved = false;  // somebody wrote a checkpoint; then `groups` is all since that
        Checkpoint checkpoint;   // when it has
        std::vector<ReleasedGroup> groups;
    };
    static Result<News> look(Store& store, const Watermark& seen, std::int64_t generation);
    void take(const News& news);
    const Watermark& seen() const { return seen_; }
    std::int64_t generation() const { return generation_; }

    /// Counts as they were drafted, to be written now.
    struct Draft {
        std::int64_t generation = 0;
        std::string counts;
        Watermark seen;
        Milliseconds made{0};
    };
    std::optional<Draft> to_write(Milliseconds now);
    /// What Store::put_checkpoint() said.
    void wrote(const Draft& draft, const Result<std::int64_t>& generation, Milliseconds now);

    /// A count of everything, of one moment.
    struct Recount {
        std::int64_t number = 0;      // which of our recounts
        std::int64_t generation = 0;  // of that moment's checkpoint
        std::int64_t responses = 0;
        Watermark seen;
        std::unique_ptr<EvaluationCounter> counter;
    };
    /// The number of a recount that is wanted and was not handed out yet.
    std::optional<std::int64_t> wants_recount();
    /// REQUIRES: `reader` is ReadOnly.  Unavailable when stopped.
    static Result<Recount> recount(const Pack& pack, Store& reader, std::int64_t number,
                                   const std::atomic<bool>& stopped);
    /// Another one is wanted when it failed.
    void adopt(Result<Recount> recount);
    bool is_recounting() const { return recounting_; }

    const EvaluationCounter& counter() const { return *counter_; }
    std::int64_t responses() const { return responses_; }  // of every pack
    /// Computed when something changed, for all who ask within kFresh.
    const std::shared_ptr<const Evaluation>& figures(Milliseconds now);

  private:
    struct Since {  // seen during a recount
        ReleasedGroup group;
        std::int64_t forgotten = std::numeric_limits<std::int64_t>::max();  // by this generation
    };
    Status count_all(Store& store);
    bool load(const Checkpoint& checkpoint);
    void add(const Response& response);
    void begin_recount();
    void saved_up_to(const Watermark& saved);
    void settle();
    std::string bytes() const;

    std::shared_ptr<const Pack> pack_;
    std::unique_ptr<EvaluationCounter> counter_;
    std::int64_t responses_ = 0;
    Watermark seen_;
    std::int64_t generation_ = 0;

    std::int64_t unsaved_ = 0;  // groups that are in no checkpoint
    std::optional<Milliseconds> unsaved_since_, written_at_;
    std::optional<Draft> draft_;

    bool recounting_ = false, handed_out_ = false;
    std::int64_t recount_number_ = 0;
    std::vector<Since> since_;
    std::optional<Recount> recounted_;

    std::int64_t changes_ = 0, figures_of_ = -1;
    Milliseconds figures_at_{0};
    std::shared_ptr<const Evaluation> figures_;
};

}  // namespace machikoe
