#include "app/ui/pad.h"

namespace machikoe {

bool Pad::is_meant(PadKey key, Milliseconds now) {
    const auto before = pressed_.find(key);
    const bool is_tremor = before != pressed_.end() && now - before->second < options_.debounce;
    pressed_[key] = now;
    return !is_tremor;
}

Pad::Taken Pad::take(Milliseconds now) {
    constexpr int kRounds = 3;
    if (!keys_.empty()) {
        const PadKey key = keys_.front();
        keys_.pop_front();
        moved_ = now;
        rounds_ = 0;
        return {true, focus_.press(key)};
    }
    if (!scans() || now - moved_ < options_.scan) return {};
    moved_ = now;
    focus_.press(PadKey::Next);
    // Nobody has chosen anything: it need not blink for ever.
    if (focus_.is_at_edge() && ++rounds_ == kRounds) focus_.hide();
    return {};
}

std::optional<Milliseconds> Pad::next_due() const {
    return scans() ? std::optional(moved_ + options_.scan) : std::nullopt;
}

}  // namespace machikoe
