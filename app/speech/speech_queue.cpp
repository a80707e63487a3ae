#include "app/speech/speech_queue.h"

#include <algorithm>
#include <utility>

namespace machikoe {

SpeechQueue::SpeechQueue(Milliseconds debounce)
    : debounce_(std::clamp(debounce, Milliseconds{0}, kLongestDebounce)) {}

std::optional<SpeechCommand> SpeechQueue::say(Utterance utterance, Urgency urgency,
                                              Milliseconds now) {
    const bool is_the_same = state_ != State::Silent && utterance.id == said_;
    if (urgency == Urgency::Answer && is_the_same && now - began_ < debounce_) return std::nullopt;
    if (urgency != Urgency::Notice || state_ == State::Silent)
        return play(std::move(utterance), now);
    const auto is_waiting = [&](const Utterance& other) { return other.id == utterance.id; };
    if (is_the_same || std::any_of(notices_.begin(), notices_.end(), is_waiting))
        return std::nullopt;
    if (notices_.size() == kMostNotices) notices_.pop_front();
    notices_.push_back(std::move(utterance));
    return std::nullopt;
}

SpeechCommand SpeechQueue::play(Utterance utterance, Milliseconds now) {
    state_ = State::Speaking;
    said_ = utterance.id;
    was_anything_said_ = true;
    began_ = now;
    return speech::Play{std::move(utterance)};
}

std::optional<SpeechCommand> SpeechQueue::action() {
    if (std::exchange(state_, State::Silent) == State::Silent) return std::nullopt;
    return speech::Stop{};
}

bool SpeechQueue::is_bounce(std::optional<Milliseconds>& last, Milliseconds now) const {
    const bool is_bounce = last && now - *last < debounce_;
    if (!is_bounce) last = now;
    return is_bounce;
}

std::optional<SpeechCommand> SpeechQueue::repeat(Milliseconds now) {
    if (!was_anything_said_ || is_bounce(repeated_, now)) return std::nullopt;
    state_ = State::Speaking;
    began_ = now;
    return speech::Repeat{};
}

std::optional<SpeechCommand> SpeechQueue::pause_or_resume(Milliseconds now) {
    if (state_ == State::Silent || is_bounce(paused_, now)) return std::nullopt;
    if (state_ == State::Paused) {
        state_ = State::Speaking;
        return speech::Resume{};
    }
    state_ = State::Paused;
    return speech::Pause{};
}

std::optional<SpeechCommand> SpeechQueue::tick(SpeechState state, Milliseconds now) {
    if (state == SpeechState::Speaking || state == SpeechState::Paused) return std::nullopt;
    state_ = State::Silent;
    if (notices_.empty()) return std::nullopt;
    Utterance next = std::move(notices_.front());
    notices_.pop_front();
    return play(std::move(next), now);
}

std::optional<SpeechCommand> SpeechQueue::forget() {
    const std::optional<SpeechCommand> stop = action();
    notices_.clear();
    said_.clear();
    was_anything_said_ = false;
    repeated_.reset();
    paused_.reset();
    return stop;
}

Status carry_out(SpeechCommand command, Speaker& speaker) {
    struct CarryOut {
        Speaker& speaker;
        Status operator()(speech::Play& play) { return speaker.say(std::move(play.utterance)); }
        Status operator()(speech::Repeat&) { return speaker.repeat(); }
        Status operator()(speech::Pause&) { return speaker.pause(), Status{}; }
        Status operator()(speech::Resume&) { return speaker.resume(), Status{}; }
        Status operator()(speech::Stop&) { return speaker.stop(), Status{}; }
    };
    return std::visit(CarryOut{speaker}, command);
}

}  // namespace machikoe
