#include "app/speech/feeder.h"

#include <algorithm>
#include <array>

namespace machikoe {

void Feeder::begin(SpeechOrder order) {
    close();
    order_ = std::move(order);
    is_done_ = !order_.utterance;
    first_block_ = queue_.written();
    clip_ = order_.from.clip;
    from_ = order_.from.position;
}

bool Feeder::has_room() const {
    return queue_.written() - std::max(queue_.read(), first_block_) < kBlocksAhead;
}

bool Feeder::fill() {
    if (is_done_ || !has_room()) return false;
    if (!reader_ && !open_next()) {
        SpeechBlock* block = queue_.back();
        if (!block) return false;
        block->generation = order_.generation;
        block->clip = static_cast<std::uint32_t>(clip_);
        block->is_last = true;
        queue_.push();
        is_done_ = true;
        return false;
    }
    if (!pass_on()) return false;
    if (!is_read_) {
        read_piece();
        return pass_on();
    }
    close();
    ++clip_;
    from_ = Milliseconds{0};
    return true;
}

bool Feeder::open_next() {
    for (; clip_ < order_.utterance->clips.size(); ++clip_, from_ = Milliseconds{0}) {
        auto opened = open_clip(order_.utterance->clips[clip_]);
        if (!opened) {
            tell_(opened.error());
            continue;
        }
        reader_ = std::move(*opened);
        if (from_ > Milliseconds{0}) reader_->seek(from_);
        stretcher_.emplace(reader_->rate(), order_.rate_percent);
        return true;
    }
    return false;
}

void Feeder::close() {
    reader_.reset();
    stretcher_.reset();
    passed_on_ = 0;
    is_read_ = false;
}

void Feeder::read_piece() {
    std::array<std::int16_t, 5'760> piece{};  // the longest Opus packet: 120 ms
    const Result<std::size_t> count = reader_->read(piece);
    if (!count) {
        tell_(count.error());
        return;
    }
    if (*count > 0) {
        stretcher_->write(std::span(piece).first(*count));
        return;
    }
    is_read_ = true;
    stretcher_->flush();
}

bool Feeder::pass_on() {
    for (;;) {
        SpeechBlock* block = queue_.back();
        if (!block) return false;
        const std::size_t count = stretcher_->read(block->samples);
        if (count == 0) return true;
        const auto rate = static_cast<std::uint32_t>(order_.rate_percent);
        block->generation = order_.generation;
        block->clip = static_cast<std::uint32_t>(clip_);
        block->position_ms = static_cast<std::uint32_t>(static_cast<std::uint64_t>(from_.count()) +
                                                        passed_on_ * rate / (kSpeechRate / 10));
        block->rate_percent = rate;
        block->count = static_cast<std::uint32_t>(count);
        block->is_last = false;
        passed_on_ += count;
        queue_.push();
    }
}

}  // namespace machikoe
