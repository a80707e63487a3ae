#include "app/speech/speaker.h"

#include <algorithm>
#include <utility>

namespace machikoe {
namespace {

constexpr std::size_t kMostErrors = 16;

constexpr std::array<int, 2> kFirstVolumes_db{volume_range(Output::Headphones).first_db,
                                              volume_range(Output::Loudspeaker).first_db};

}  // namespace

Speaker::Speaker()
    : feeder_(queue_,
              [this](Error error) {
                  const std::lock_guard lock(mutex_);
                  if (errors_.size() == kMostErrors) errors_.erase(errors_.begin());
                  errors_.push_back(std::move(error));
              }),
      volumes_db_(kFirstVolumes_db) {
    set_gain();
}

Status Speaker::say(Utterance utterance) {
    const std::lock_guard lock(mutex_);
    if (utterance.clips.empty() || utterance.clips.size() > kMostClips)
        return fail(ErrorCode::Invalid, utterance.id + ": not a number of clips that can be said");
    return begin(std::make_shared<const Utterance>(std::move(utterance)));
}

Status Speaker::repeat() {
    const std::lock_guard lock(mutex_);
    if (!last_) return fail(ErrorCode::NotFound, "nothing was said");
    return begin(last_);
}

Status Speaker::begin(std::shared_ptr<const Utterance> utterance) {
    if (!may_say(utterance->privacy)) {
        end_speech();
        return fail(ErrorCode::Denied, utterance->id + ": not without headphones");
    }
    last_ = std::move(utterance);
    stopped_.reset();
    is_paused_ = false;
    order_from({});
    renderer_.hold(false);  // after the order: see SpeechRenderer::render()
    return {};
}

void Speaker::order_from(SpeechPoint point) {
    from_ = point;
    generation_ = (generation_ + 1) % SpeechRenderer::kGenerations;
    order_ = SpeechOrder{generation_, last_, point, kRates_percent[rate_]};
    renderer_.want(generation_);
    something_new_.notify_one();
}

void Speaker::end_speech() {
    if (last_ && !stopped_ && state() != SpeechState::Ended) stopped_ = point();
    is_paused_ = false;
    generation_ = (generation_ + 1) % SpeechRenderer::kGenerations;
    order_ = SpeechOrder{};
    renderer_.want(generation_);
    renderer_.hold(false);  // after what is wanted
    something_new_.notify_one();
}

void Speaker::pause() {
    const std::lock_guard lock(mutex_);
    if (state() != SpeechState::Speaking) return;
    is_paused_ = true;
    renderer_.hold(true);
}

void Speaker::resume() {
    const std::lock_guard lock(mutex_);
    is_paused_ = false;
    renderer_.hold(false);
}

void Speaker::stop() {
    const std::lock_guard lock(mutex_);
    end_speech();
}

bool Speaker::louder() {
    const std::lock_guard lock(mutex_);
    return change_volume(kVolumeStep_db);
}

bool Speaker::quieter() {
    const std::lock_guard lock(mutex_);
    return change_volume(-kVolumeStep_db);
}

bool Speaker::faster() {
    const std::lock_guard lock(mutex_);
    return change_rate(+1);
}

bool Speaker::slower() {
    const std::lock_guard lock(mutex_);
    return change_rate(-1);
}

bool Speaker::change_volume(int by_db) {
    int& volume_db = volumes_db_[static_cast<std::size_t>(output())];
    const VolumeRange range = volume_range(output());
    if (volume_db + by_db < range.lowest_db || volume_db + by_db > range.highest_db) return false;
    volume_db += by_db;
    set_gain();
    return true;
}

bool Speaker::change_rate(int by) {
    const std::size_t changed = rate_ + static_cast<std::size_t>(by);
    if (changed >= kRates_percent.size()) return false;  // below 0 is a large number
    rate_ = changed;
    // What is decoded ahead is at the old rate: from here on anew.
    if (const SpeechState now = state(); now == SpeechState::Speaking || now == SpeechState::Paused)
        order_from(point());
    return true;
}

int Speaker::volume_db() const {
    const std::lock_guard lock(mutex_);
    return volumes_db_[static_cast<std::size_t>(output())];
}

int Speaker::rate_percent() const {
    const std::lock_guard lock(mutex_);
    return kRates_percent[rate_];
}

void Speaker::set_headphones(bool are_plugged_in) {
    const std::lock_guard lock(mutex_);
    if (are_headphones_in_ == are_plugged_in) return;
    are_headphones_in_ = are_plugged_in;
    if (are_plugged_in) {
        ++device_wishes_;
        something_new_.notify_one();
    } else {
        end_speech();
        // Whoever plugs in next may be somebody else.
        if (last_ && last_->privacy == Privacy::Private) last_.reset();
    }
    set_gain();
}

void Speaker::set_loudspeaker(bool is_chosen) {
    const std::lock_guard lock(mutex_);
    is_loudspeaker_chosen_ = is_chosen;
    if (!is_chosen && !are_headphones_in_) end_speech();
}

bool Speaker::can_say(Privacy privacy) const {
    const std::lock_guard lock(mutex_);
    return may_say(privacy);
}

bool Speaker::may_say(Privacy privacy) const {
    return are_headphones_in_ || (is_loudspeaker_chosen_ && privacy == Privacy::Public);
}

Output Speaker::output() const {
    return are_headphones_in_ ? Output::Headphones : Output::Loudspeaker;
}

void Speaker::set_gain() {
    renderer_.set_gain(gain_of(volumes_db_[static_cast<std::size_t>(output())]));
}

void Speaker::reset() {
    const std::lock_guard lock(mutex_);
    end_speech();
    last_.reset();
    stopped_.reset();
    from_ = {};
    is_loudspeaker_chosen_ = false;
    volumes_db_ = kFirstVolumes_db;
    rate_ = kFirstRate;
    set_gain();
    ++device_wishes_;
}

SpeechPoint Speaker::point() const {
    if (stopped_) return *stopped_;
    const RenderPoint at = renderer_.at();
    if (at.generation != generation_ || !last_) return from_;
    return {std::min<std::size_t>(at.clip, last_->clips.size() - 1), Milliseconds{at.position_ms}};
}

SpeechState Speaker::state() const {
    if (!last_) return SpeechState::Nothing;
    if (stopped_) return SpeechState::Stopped;
    const RenderPoint at = renderer_.at();
    if (at.generation == generation_ && at.is_over) return SpeechState::Ended;
    return is_paused_ ? SpeechState::Paused : SpeechState::Speaking;
}

SpeechProgress Speaker::progress() const {
    const std::lock_guard lock(mutex_);
    return {state(), last_ ? last_->id : "", point()};
}

std::vector<Error> Speaker::take_errors() {
    const std::lock_guard lock(mutex_);
    return std::exchange(errors_, {});
}

bool Speaker::work() {
    std::optional<SpeechOrder> order;
    {
        const std::lock_guard lock(mutex_);
        order = std::exchange(order_, std::nullopt);
    }
    if (order) feeder_.begin(std::move(*order));
    return feeder_.fill();
}

void Speaker::wait_for_work(const std::stop_token& stop, Milliseconds at_most) {
    // The renderer, which makes room, must not wake anybody: that may cost it a lock.
    constexpr Milliseconds kUntilThereIsRoom{5};
    if (!feeder_.is_done()) at_most = std::min(at_most, kUntilThereIsRoom);
    std::unique_lock lock(mutex_);
    const std::uint32_t wishes = device_wishes_;
    something_new_.wait_for(lock, stop, at_most,
                            [&] { return order_.has_value() || device_wishes_ != wishes; });
}

std::uint32_t Speaker::device_wishes() const {
    const std::lock_guard lock(mutex_);
    return device_wishes_;
}

}  // namespace machikoe
