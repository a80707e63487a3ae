#include "sync/client/totals_watch.h"

namespace machikoe {

void TotalsWatch::delivered() {
    const Milliseconds then = clock_.monotonic() + kTotalsAfterDelivery;
    if (due_ && then < *due_) due_ = then;
}

Milliseconds TotalsWatch::step(const std::string& server) {
    const Milliseconds now = clock_.monotonic();
    if (due_ && now < *due_) return *due_ - now;
    // Without the credential: the totals are open to everybody.
    const auto reply = transport_.get(server + "/v1/totals", "", etag_);
    const bool is_unchanged = reply && reply->status == 304 && latest_;
    bool is_good = is_unchanged;
    if (reply && reply->status == 200) {
        if (auto totals = decode_totals(reply->body)) {
            latest_ = std::make_shared<const Totals>(*std::move(totals));
            etag_ = reply->etag;
            is_good = true;
        }
    }
    const Milliseconds rest = is_good ? kTotalsEvery : kTotalsRetry;
    due_ = now + rest;
    return rest;
}

}  // namespace machikoe
