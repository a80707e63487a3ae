#include "app/speech/stretcher.h"

#include <sonic.h>

#include <cassert>
#include <new>

#include "app/speech/block_queue.h"

namespace machikoe {

void Stretcher::Destroy::operator()(sonicStreamStruct* stream) const {
    sonicDestroyStream(stream);
}

Stretcher::Stretcher(int rate, int speed_percent) : stream_(sonicCreateStream(rate, 1)) {
    assert(rate >= 8'000 && rate <= 96'000 && speed_percent >= 50 && speed_percent <= 200);
    if (!stream_) throw std::bad_alloc();
    sonicSetSpeed(stream_.get(), static_cast<float>(speed_percent) / 100);
    // Sonic's "rate" is that of a tape: the same samples, fewer or more of them.
    if (rate != kSpeechRate)
        sonicSetRate(stream_.get(), static_cast<float>(rate) / static_cast<float>(kSpeechRate));
}

// Both fail only when there is no memory.
void Stretcher::write(std::span<std::int16_t> samples) {
    if (samples.empty()) return;
    if (!sonicWriteShortToStream(stream_.get(), samples.data(), static_cast<int>(samples.size())))
        throw std::bad_alloc();
}

void Stretcher::flush() {
    if (!sonicFlushStream(stream_.get())) throw std::bad_alloc();
}

std::size_t Stretcher::read(std::span<std::int16_t> to) {
    return static_cast<std::size_t>(
        sonicReadShortFromStream(stream_.get(), to.data(), static_cast<int>(to.size())));
}

}  // namespace machikoe
