#include "sync/server/store_queue.h"

#include <cassert>

#include "sync/server/metrics.h"

namespace machikoe {
namespace {

// A commit of this many takes some 10 ms: kiosks do not wait long for one another, and the
// write lock is soon free for another program on the same file.
constexpr std::size_t kMaxTogether = 2000;

Continuation continuation_of(const AppendToStore& step, Result<std::vector<Appended>> appended) {
    return [step, appended = std::move(appended)] { return step.then(appended); };
}

std::size_t envelopes_of(const std::vector<const Group*>& groups) {
    std::size_t envelopes = 0;
    for (const Group* group : groups) envelopes += group->incoming.size();
    return envelopes;
}

}  // namespace

StoreQueue::StoreQueue(std::unique_ptr<Store> store, const Clock& clock,
                       std::shared_ptr<Metrics> metrics)
    : store_(std::move(store)),
      clock_(clock),
      metrics_(std::move(metrics)),
      thread_([this] { run(); }) {}

StoreQueue::~StoreQueue() {
    stop();
}

void StoreQueue::push(StoreStep step, Done done) {
    {
        const std::lock_guard lock(mutex_);
        assert(!stopping_);
        if (auto* ask = std::get_if<AskStore>(&step))
            jobs_.push_back(Ask{std::move(*ask), std::move(done)});
        else
            jobs_.push_back(Append{std::move(std::get<AppendToStore>(step)), std::move(done)});
    }
    wake_.notify_one();
}

std::size_t StoreQueue::waiting() const {
    const std::lock_guard lock(mutex_);
    return jobs_.size();
}

void StoreQueue::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void StoreQueue::run() {
    for (;;) {
        std::deque<Job> jobs;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
            if (jobs_.empty()) return;
            jobs.swap(jobs_);
        }
        std::deque<Append> appends;
        for (Job& job : jobs) {
            if (auto* ask = std::get_if<Ask>(&job))
                ask->done(ask->step(*store_));
            else
                appends.push_back(std::move(std::get<Append>(job)));
        }
        while (!appends.empty()) commit(appends);
    }
}

/// Commits the first of them, as many as go together.
void StoreQueue::commit(std::deque<Append>& appends) {
    std::vector<Append> together;
    std::vector<const Group*> groups;
    std::size_t envelopes = 0;
    while (!appends.empty()) {
        envelopes += appends.front().step.group->incoming.size();
        if (!together.empty() && envelopes > kMaxTogether) break;
        together.push_back(std::move(appends.front()));
        groups.push_back(together.back().step.group.get());
        appends.pop_front();
    }
    const auto start = std::chrono::steady_clock::now();
    auto results = store_->append_together(groups, clock_.wall());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    if (results) metrics_->committed(took.count(), envelopes_of(groups));
    if (results) {
        for (std::size_t i = 0; i < together.size(); ++i)
            together[i].done(continuation_of(together[i].step, std::move((*results)[i])));
    } else if (results.error().code == ErrorCode::Unavailable) {
        for (const Append& append : together)
            append.done(continuation_of(append.step, tl::unexpected<Error>(results.error())));
    } else {
        // One of them cannot be written; the others shall not suffer for it.
        for (const Append& append : together) commit_one(append);
    }
}

void StoreQueue::commit_one(const Append& append) {
    auto result = store_->append_together({append.step.group.get()}, clock_.wall());
    if (result)
        append.done(continuation_of(append.step, std::move(result->front())));
    else
        append.done(continuation_of(append.step, tl::unexpected<Error>(result.error())));
}

}  // namespace machikoe
