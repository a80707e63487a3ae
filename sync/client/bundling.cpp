#include "sync/client/bundling.h"

#include <algorithm>
#include <set>

#include "app/base/crypto.h"
#include "sync/client/client.h"
#include "sync/wire/bundle.h"

namespace machikoe {
namespace {

constexpr std::size_t kMaxPayloadBytesInBatch = 2u << 20;  // as those that are posted

/// Collects batches and closes them with a manifest.
class Bundling {
  public:
    Bundling(std::string kiosk, KeyStore& keys) : kiosk_(std::move(kiosk)), keys_(keys) {}

    void add(const std::vector<WaitingEnvelope>& envelopes) {
        if (first_ == 0) first_ = envelopes.front().sequence;
        last_ = envelopes.back().sequence;
        count_ += static_cast<std::int64_t>(envelopes.size());
        lines_ += encode_batch(signed_batch(kiosk_, envelopes, keys_.signing_key())) + "\n";
    }

    Result<BundleFile> close() {
        if (count_ == 0) return BundleFile{};
        const auto number = keys_.next_bundle_number();
        if (!number) return tl::unexpected<Error>(number.error());
        BundleManifest manifest;
        manifest.kiosk = kiosk_;
        manifest.number = *number;
        manifest.first = first_;
        manifest.last = last_;
        manifest.count = count_;
        manifest.signing_key = keys_.signing_key().public_key();
        manifest.set_up_key = keys_.set_up_key();
        manifest.locked_set_up_key = keys_.locked_set_up_key();
        manifest.sha256 = sha256_hex(lines_);
        manifest.signature = keys_.signing_key().sign(signed_part(manifest));
        BundleFile file;
        file.name = "machikoe-" + kiosk_.substr(0, 8) + "-" + std::to_string(first_) + "-" +
                    std::to_string(last_) + ".bundle";
        file.bytes = encode_bundle(manifest, lines_);
        if (file.bytes.size() > kMaxBundleBytes)
            return fail(ErrorCode::Invalid, "what waits is too much for one bundle");
        return file;
    }

  private:
    std::string kiosk_;
    KeyStore& keys_;
    std::string lines_;
    std::int64_t first_ = 0;
    std::int64_t last_ = 0;
    std::int64_t count_ = 0;
};

}  // namespace

Result<BundleFile> bundle_of(const Outbox& outbox, KeyStore& keys) {
    Bundling bundling(outbox.kiosk(), keys);
    const auto state = outbox.state();
    if (!state) return tl::unexpected<Error>(state.error());
    std::set<std::int64_t> taken;
    for (;;) {
        const auto waiting = outbox.waiting(kMaxBatchEnvelopes, kMaxPayloadBytesInBatch, taken);
        if (!waiting) return tl::unexpected<Error>(waiting.error());
        if (waiting->empty()) break;
        for (const WaitingEnvelope& one : *waiting) taken.insert(one.sequence);
        bundling.add(*waiting);
    }
    auto file = bundling.close();
    if (file) file->responses = state->waiting_responses;
    return file;
}

Result<BundleFile> bundle_of(const std::string& kiosk,
                             const std::vector<WaitingEnvelope>& envelopes, KeyStore& keys) {
    Bundling bundling(kiosk, keys);
    std::vector<WaitingEnvelope> batch;
    std::size_t bytes = 0;
    for (const WaitingEnvelope& one : envelopes) {
        const bool is_full = batch.size() == kMaxBatchEnvelopes ||
                             bytes + one.payload.size() > kMaxPayloadBytesInBatch;
        if (is_full && !batch.empty()) {
            bundling.add(batch);
            batch.clear();
            bytes = 0;
        }
        bytes += one.payload.size();
        batch.push_back(one);
    }
    if (!batch.empty()) bundling.add(batch);
    return bundling.close();
}

}  // namespace machikoe
