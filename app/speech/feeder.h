// Feeder: an utterance into the queue of blocks, a little ahead of what is heard.
//
// Half a second ahead is enough for a machine that is busy, and little enough to throw away.  A
// clip that cannot be opened or is damaged costs itself, not the utterance: the others are said,
// and the error is kept for the operator.  One thread, which may be slow.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "app/base/result.h"
#include "app/speech/block_queue.h"
#include "app/speech/clip_reader.h"
#include "app/speech/stretcher.h"
#include "app/speech/utterance.h"

namespace machikoe {

/// "Say this from there on."
struct SpeechOrder {
    std::uint32_t generation = 0;
    std::shared_ptr<const Utterance> utterance;
    SpeechPoint from;
    int rate_percent = 100;
};

class Feeder {
  public:
    static constexpr std::size_t kBlocksAhead = 100;  // 0.5 s

    /// `tell` gets what is wrong with a clip.
    Feeder(BlockQueue& queue, std::function<void(Error)> tell)
        : queue_(queue), tell_(std::move(tell)) {}

    void begin(SpeechOrder order);
    /// Forgets the utterance and lets go of its files.
    void drop() { begin({}); }
    /// Writes at most one piece.  True: there is room, and more to write.  False: come back later,
    /// or, when is_done(), there is nothing left.
    bool fill();
    bool is_done() const { return is_done_; }

  private:
    bool has_room() const;
    /// False: there is no further clip.
    bool open_next();
    void close();
    void read_piece();
    /// What is ready into the queue; false when that is full.
    bool pass_on();

    BlockQueue& queue_;
    std::function<void(Error)> tell_;
    SpeechOrder order_;
    bool is_done_ = true;
    std::size_t first_block_ = 0;  // of this order, by the queue's count
    std::size_t clip_ = 0;         // that is open, or the next to open
    Milliseconds from_{0};         // where in clip_ reading began
    std::uint64_t passed_on_ = 0;  // samples of clip_, at 48 kHz
    bool is_read_ = false;         // clip_ is, to its end
    std::unique_ptr<ClipReader> reader_;
    std::optional<Stretcher> stretcher_;
};

}  // namespace machikoe
