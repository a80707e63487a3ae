#include "sync/server/live_counts.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "sync/indicators/count_bytes.h"

namespace machikoe {
namespace {

constexpr std::string_view kLiveName = "machikoe-live\n";
constexpr int kLooks = 5;  // until no checkpoint comes in between
// Of a writer that is long gone; without it another pack's checkpoint may cost a recount.
constexpr std::size_t kMostWriters = 200;


struct Saved {
    Watermark seen;
    std::int64_t responses = 0;
    std::string counts;
};

template <class Archive>
void walk(Archive& archive, Saved& saved) {
    archive.map(
        saved.seen, [&](std::string& writer) { archive.text(writer); },
        [&](std::int64_t& number) { archive.count(number); });
    archive.count(saved.responses);
    archive.text(saved.counts);
}

std::optional<Saved> saved_in(const std::string& bytes) {
    const auto body = opened_counts(kLiveName, bytes);
    if (!body) return std::nullopt;
    CountReader reader(*body);
    Saved saved;
    walk(reader, saved);
    if (reader.failed() || !reader.at_end()) return std::nullopt;
    return saved;
}

bool is_seen(const Watermark& seen, const ReleasePlace& place) {
    const auto found = seen.find(place.writer);
    return found != seen.end() && place.number <= found->second;
}

void note(Watermark& seen, const std::string& writer, std::int64_t number) {
    std::int64_t& last = seen[writer];
    last = std::max(last, number);
}

}  // namespace

LiveCounts::LiveCounts(std::shared_ptr<const Pack> pack)
    : pack_(std::move(pack)), counter_(std::make_unique<EvaluationCounter>(*pack_, kNoWardData)) {}

void LiveCounts::add(const Response& response) {
    counter_->add(response);
    ++responses_;
}

Status LiveCounts::start(Store& store) {
    const auto news = look(store, {}, -1);
    if (!news) return tl::unexpected<Error>(news.error());
    if (!load(news->checkpoint)) return count_all(store);
    if (seen_.size() > kMostWriters) seen_.clear();
    for (const ReleasedGroup& group : news->groups) count(group.place, group.responses);
    return {};
}

Status LiveCounts::count_all(Store& store) {
    for (int i = 0; i < kLooks; ++i) {
        const auto before = store.checkpoint();
        if (!before) return tl::unexpected<Error>(before.error());
        counter_ = std::make_unique<EvaluationCounter>(*pack_, kNoWardData);
        responses_ = 0;
        const auto seen = store.count_all([this](const Response& response) { add(response); });
        if (!seen) return tl::unexpected<Error>(seen.error());
        const auto after = store.checkpoint();
        if (!after) return tl::unexpected<Error>(after.error());
        if (after->generation != before->generation) continue;
        seen_ = *seen;
        if (const auto saved = saved_in(after->counts))
            for (const auto& [writer, number] : saved->seen) note(seen_, writer, number);
        generation_ = after->generation;
        unsaved_ = kRemembered;
        ++changes_;
        return {};
    }
    return fail(ErrorCode::Unavailable, "checkpoints are written faster than answers are counted");
}

/// Takes the counts of a checkpoint; false: it has none for us, and nothing was changed.
bool LiveCounts::load(const Checkpoint& checkpoint) {
    const auto saved = saved_in(checkpoint.counts);
    if (!saved) return false;
    auto counter = std::make_unique<EvaluationCounter>(*pack_, kNoWardData);
    if (!counter->restore(saved->counts)) return false;
    counter_ = std::move(counter);
    responses_ = saved->responses;
    // Of writers that are not in it everything was forgotten before; ours may still be on its way
    // to us.
    for (const auto& [writer, number] : saved->seen) seen_[writer] = number;
    generation_ = checkpoint.generation;
    unsaved_ = 0;
    unsaved_since_.reset();
    draft_.reset();
    ++changes_;
    return true;
}

void LiveCounts::count(const ReleasePlace& place, const std::vector<Response>& responses) {
    if (is_seen(seen_, place)) return;
    seen_[place.writer] = place.number;
    for (const Response& response : responses) add(response);
    if (recounting_) since_.push_back({{place, responses}});
    ++unsaved_;
    ++changes_;
}

// The checkpoint is read after the releases: while its number is the one we know, nothing was
// forgotten before they were read.
Result<LiveCounts::News> LiveCounts::look(Store& store, const Watermark& seen,
                                          std::int64_t generation) {
    News news;
    auto groups = store.released_after(seen);
    if (!groups) return tl::unexpected<Error>(groups.error());
    auto checkpoint = store.checkpoint();
    if (!checkpoint) return tl::unexpected<Error>(checkpoint.error());
    news.groups = std::move(*groups);
    if (checkpoint->generation == generation) return news;
    news.has_moved = true;
    for (int i = 0; i < kLooks; ++i) {
        news.checkpoint = std::move(*checkpoint);
        auto all = store.released_after({});
        if (!all) return tl::unexpected<Error>(all.error());
        news.groups = std::move(*all);
        checkpoint = store.checkpoint();
        if (!checkpoint) return tl::unexpected<Error>(checkpoint.error());
        if (checkpoint->generation == news.checkpoint.generation) return news;
    }
    return fail(ErrorCode::Unavailable, "checkpoints are written too fast");
}

void LiveCounts::take(const News& news) {
    // Of our own write, which was told here in the meantime.
    const bool is_known = news.has_moved && news.checkpoint.generation <= generation_;
    if (news.has_moved && !is_known) {
        const auto saved = saved_in(news.checkpoint.counts);
        const bool has_all = saved && news.checkpoint.generation == generation_ + 1 &&
                             std::ranges::all_of(saved->seen, [&](const auto& each) {
                                 return is_seen(seen_, {each.first, each.second});
                             });
        draft_.reset();
        if (has_all) {
            generation_ = news.checkpoint.generation;
            saved_up_to(saved->seen);
            for (Since& each : since_)
                if (is_seen(saved->seen, each.group.place))
                    each.forgotten = std::min(each.forgotten, generation_);
        } else if (load(news.checkpoint)) {
            // What is still in the store is in no checkpoint, whatever was seen of it before.
            for (const ReleasedGroup& group : news.groups) {
                std::int64_t& last = seen_[group.place.writer];
                last = std::min(last, group.place.number - 1);
            }
            recounting_ = false;
            since_.clear();
            recounted_.reset();
        } else {
            generation_ = news.checkpoint.generation;
            begin_recount();
        }
    }
    for (const ReleasedGroup& group : news.groups) count(group.place, group.responses);
    settle();
}

// ---- checkpoints ----------------------------------------------------------------------

std::string LiveCounts::bytes() const {
    Saved saved{seen_, responses_, counter_->save()};
    CountWriter writer;
    walk(writer, saved);
    return sealed_counts(kLiveName, writer.take());
}

std::optional<LiveCounts::Draft> LiveCounts::to_write(Milliseconds now) {
    if (draft_ && now - draft_->made >= kSettle) return std::exchange(draft_, std::nullopt);
    if (unsaved_ == 0 || draft_ || recounting_) return std::nullopt;
    if (!unsaved_since_) unsaved_since_ = now;
    const bool is_due = unsaved_ >= kRemembered || now - *unsaved_since_ >= kLongest;
    if (is_due && (!written_at_ || now - *written_at_ >= kPause))
        draft_ = Draft{generation_, bytes(), seen_, now};
    return std::nullopt;
}

void LiveCounts::wrote(const Draft& draft, const Result<std::int64_t>& generation,
                       Milliseconds now) {
    written_at_ = now;
    if (!generation) return;  // the next look says what is there instead
    generation_ = *generation;
    saved_up_to(draft.seen);
}

void LiveCounts::saved_up_to(const Watermark& saved) {
    unsaved_ = 0;
    for (const auto& [writer, number] : seen_) {
        const auto found = saved.find(writer);
        unsaved_ +=
            found == saved.end() ? number : std::max<std::int64_t>(0, number - found->second);
    }
    unsaved_since_.reset();
}

// ---- counting anew --------------------------------------------------------------------

void LiveCounts::begin_recount() {
    spdlog::info("server: counts the answers anew; pages show the figures of before until then");
    recounting_ = true;
    handed_out_ = false;
    ++recount_number_;
    since_.clear();
    recounted_.reset();
}

std::optional<std::int64_t> LiveCounts::wants_recount() {
    if (!recounting_ || std::exchange(handed_out_, true)) return std::nullopt;
    return recount_number_;
}

Result<LiveCounts::Recount> LiveCounts::recount(const Pack& pack, Store& reader,
                                                std::int64_t number,
                                                const std::atomic<bool>& stopped) {
    if (Status held = reader.hold_moment(); !held) return tl::unexpected<Error>(held.error());
    const auto checkpoint = reader.checkpoint();
    if (!checkpoint) return tl::unexpected<Error>(checkpoint.error());
    const auto groups = reader.released_after({});
    if (!groups) return tl::unexpected<Error>(groups.error());
    Recount recount;
    recount.number = number;
    recount.generation = checkpoint->generation;
    for (const ReleasedGroup& group : *groups)
        note(recount.seen, group.place.writer, group.place.number);
    recount.counter = std::make_unique<EvaluationCounter>(pack, kNoWardData);
    const Status read = reader.for_each_response([&](const std::string&, const Response& response) {
        recount.counter->add(response);
        ++recount.responses;
        return !stopped;
    });
    if (!read) return tl::unexpected<Error>(read.error());
    if (stopped) return fail(ErrorCode::Unavailable, "the server stops");
    return recount;
}

void LiveCounts::adopt(Result<Recount> recount) {
    if (!recount) {
        spdlog::error("server: the answers could not be counted: {}", recount.error().message);
        handed_out_ = false;
        return;
    }
    if (!recounting_ || recount->number != recount_number_) return;
    recounted_ = std::move(*recount);
    settle();
}

/// A recount is of one moment; what came out after that moment is added to it.  Which that is can
/// be said once the checkpoint of that moment is known here.
void LiveCounts::settle() {
    if (!recounted_ || recounted_->generation > generation_) return;
    Recount recount = std::move(*recounted_);
    recounted_.reset();
    counter_ = std::move(recount.counter);
    responses_ = recount.responses;
    for (const Since& each : since_)
        if (!is_seen(recount.seen, each.group.place) && each.forgotten > recount.generation)
            for (const Response& response : each.group.responses) add(response);
    for (const auto& [writer, number] : recount.seen) note(seen_, writer, number);
    since_.clear();
    recounting_ = false;
    unsaved_ = kRemembered;
    ++changes_;
    spdlog::info("server: {} answers counted anew", responses_);
}

const std::shared_ptr<const Evaluation>& LiveCounts::figures(Milliseconds now) {
    const bool is_old = figures_of_ != changes_ && now - figures_at_ >= kFresh;
    if (!figures_ || is_old) {
        figures_ = std::make_shared<const Evaluation>(counter_->evaluate());
        figures_of_ = changes_;
        figures_at_ = now;
    }
    return figures_;
}

}  // namespace machikoe
