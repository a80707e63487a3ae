#include "sync/client/courier.h"

#include <algorithm>

namespace machikoe {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kFirstRest = 2s;
constexpr Milliseconds kLongestRest = 5min;
constexpr Milliseconds kHurriedRest = 1s;
constexpr Milliseconds kIdle = 1min;  // a look at the file without being woken

// Finding one bad envelope among a hundred takes some seven halvings, so as many refusals
// keep the shortest rest; more of them mean that the server refuses everything.
constexpr int kQuickRefusals = 8;
constexpr Milliseconds kFirstStuckRest = 10min;
constexpr Milliseconds kLongestStuckRest = 24h;

// Long enough for a server to be restored from last night's copy after a weekend.
constexpr Milliseconds kKeepReceipted = 7 * 24h;
constexpr Milliseconds kForgetEvery = 24h;

Milliseconds doubled(Milliseconds first, int times, Milliseconds longest) {
    Milliseconds value = first;
    for (int i = 0; i < times && value < longest; ++i) value *= 2;
    return std::min(value, longest);
}

}  // namespace

Milliseconds backoff(int failures, double jitter) {
    const Milliseconds base = doubled(kFirstRest, failures - 1, kLongestRest);
    const double extra = static_cast<double>(base.count()) / 2 * std::clamp(jitter, 0.0, 1.0);
    return base + Milliseconds{static_cast<std::int64_t>(extra)};
}

Courier::Courier(Outbox& outbox, KeyStore& keys, Transport& transport, const Clock& clock,
                 Jitter jitter)
    : outbox_(outbox),
      keys_(keys),
      transport_(transport),
      clock_(clock),
      jitter_(std::move(jitter)) {}

Milliseconds Courier::step(Pace pace) {
    const Milliseconds now = clock_.monotonic();
    if (const Status read = refresh(); !read) {
        status_.last_error = read.error().message;
        status_.last_code = ErrorCode::Corrupt;  // our own file
        return kIdle;
    }
    if (!enrolment_) return kIdle;
    if (const Milliseconds left = rest_left(now, pace); left > 0ms) return left;
    if (!enrolment_->proven) return prove_first(now, pace);
    forget_old(now);
    const Milliseconds rest = deliver(now);
    return std::max(rest, rest_left(now, pace));
}

/// What the files say now: another thread appends and may enrol.
Status Courier::refresh() {
    const auto kept = keys_.enrolment();
    if (!kept) return tl::unexpected<Error>(kept.error());
    const auto state = outbox_.state();
    if (!state) return tl::unexpected<Error>(state.error());
    const auto ours = enrolment_of(outbox_.kiosk(), keys_);
    if (ours && (!enrolment_ || enrolment_->token != ours->token)) {
        failures_ = refusals_ = 0;
        rest_until_ = server_until_ = 0ms;
        status_.last_error.clear();
        transport_.trust(ours->authority);
    }
    enrolment_ = ours ? std::optional(*ours) : std::nullopt;
    if (*kept && !ours) {
        status_.last_error = ours.error().message;
        status_.last_code = ours.error().code;
    }
    status_.enrolled = enrolment_ && enrolment_->proven;
    status_.waiting_responses = state->waiting_responses;
    status_.waiting_envelopes = state->waiting_envelopes;
    status_.stuck = static_cast<std::int64_t>(stuck_.size());
    return {};
}

Milliseconds Courier::prove_first(Milliseconds now, Pace pace) {
    if (const Status proven = prove(outbox_.kiosk(), keys_, transport_); !proven) {
        status_.last_error = proven.error().message;
        status_.last_code = proven.error().code;
        rest(now, ++failures_);
        return rest_left(now, pace);
    }
    failures_ = 0;
    status_.last_error.clear();
    return 0ms;
}

Milliseconds Courier::deliver(Milliseconds now) {
    std::set<std::int64_t> except;
    std::optional<std::int64_t> due;
    Milliseconds next_due = kIdle;
    for (const auto& [number, stuck] : stuck_) {
        except.insert(number);
        if (stuck.retry_at <= now)
            due = due.value_or(number);
        else
            next_due = std::min(next_due, stuck.retry_at - now);
    }
    if (due) {
        // All that wait before a stuck one are stuck themselves, so a limit of one takes it.
        except.erase(*due);
        const BatchAttempt attempt = attempt_batch(outbox_, keys_, transport_, 1, except);
        if (attempt.result) return succeeded(attempt);
        return failed(attempt, now), 0ms;
    }
    if (status_.waiting_envelopes <= status_.stuck) return next_due;
    const BatchAttempt attempt = attempt_batch(outbox_, keys_, transport_, limit_, except);
    if (attempt.result) return succeeded(attempt);
    return failed(attempt, now), 0ms;
}

Milliseconds Courier::succeeded(const BatchAttempt& attempt) {
    failures_ = refusals_ = 0;
    limit_ = std::min(limit_ * 2, kMaxBatchEnvelopes);
    for (const std::int64_t number : attempt.numbers) stuck_.erase(number);
    status_.last_success = clock_.wall();
    status_.last_error.clear();
    if (const Status read = refresh(); !read) {
        status_.last_error = read.error().message;
        status_.last_code = ErrorCode::Corrupt;  // our own file
        return kIdle;
    }
    return status_.waiting_envelopes > status_.stuck ? 0ms : kIdle;
}

void Courier::failed(const BatchAttempt& attempt, Milliseconds now) {
    status_.last_error = attempt.result.error().message;
    status_.last_code = attempt.result.error().code;
    if (attempt.retry_after) server_until_ = now + *attempt.retry_after;
    if (attempt.result.error().code == ErrorCode::Invalid) return refused(attempt, now);
    if (!attempt.replied && attempt.numbers.size() > 1) limit_ = attempt.numbers.size() / 2;
    rest(now, ++failures_);
}

void Courier::refused(const BatchAttempt& attempt, Milliseconds now) {
    ++refusals_;
    if (attempt.numbers.size() > 1) {
        limit_ = attempt.numbers.size() / 2;
    } else if (!attempt.numbers.empty()) {
        Stuck& stuck = stuck_[attempt.numbers.front()];
        stuck.retry_at = now + doubled(kFirstStuckRest, stuck.refusals++, kLongestStuckRest);
        status_.stuck = static_cast<std::int64_t>(stuck_.size());
    }
    rest(now, std::max(1, refusals_ - kQuickRefusals));
}

void Courier::rest(Milliseconds now, int failures) {
    rest_from_ = now;
    rest_until_ = now + backoff(failures, jitter_());
}

Milliseconds Courier::rest_left(Milliseconds now, Pace pace) const {
    const Milliseconds ours =
        pace == Pace::Hurried ? std::min(rest_until_, rest_from_ + kHurriedRest) : rest_until_;
    return std::max(0ms, std::max(ours, server_until_) - now);
}

void Courier::forget_old(Milliseconds now) {
    if (forget_at_ && now < *forget_at_) return;
    forget_at_ = now + kForgetEvery;
    // A failure here costs space and nothing else; the next day tries again.
    (void)outbox_.forget_receipted(clock_.wall() - kKeepReceipted);
}

}  // namespace machikoe
