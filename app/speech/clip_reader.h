// ClipReader: the samples of one clip, one piece after another.
//
// An Opus file comes out at 48 kHz, samples from memory at their own rate.  A clip has one channel;
// another number is no clip of ours.  Damage inside a file is told once for each hole, and reading
// goes on behind it.  What is missing at the end of a file cannot be seen here: the index of the
// clips has their hashes.  One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "app/base/result.h"
#include "app/speech/utterance.h"

namespace machikoe {

class ClipReader {
  public:
    virtual ~ClipReader() = default;

    /// Samples a second.
    virtual int rate() const = 0;
    /// Past the end is the end.
    virtual void seek(Milliseconds position) = 0;
    /// How many were written to `to`; 0 at the end.  Corrupt: a hole; read again.
    virtual Result<std::size_t> read(std::span<std::int16_t> to) = 0;
};

/// The reader looks into `clip`, which must outlive it.  NotFound; Unavailable; Corrupt: no Opus
/// file of one channel; Invalid: longer than 16 MiB, or samples at an odd rate.
Result<std::unique_ptr<ClipReader>> open_clip(const SpeechClip& clip);

}  // namespace machikoe
