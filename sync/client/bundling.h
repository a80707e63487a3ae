// Bundling: envelopes as one signed bundle, to be carried instead of sent.
//
// Takes nothing out of the outbox: the envelopes wait on until the server has receipted them.
// Works for a kiosk that was never enrolled, too: the bundle carries its keys.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "sync/outbox/outbox.h"
#include "sync/seal/key_store.h"

namespace machikoe {

struct BundleFile {
    std::string name;
    std::string bytes;           // "": nothing to carry
    std::int64_t responses = 0;  // that its envelopes stand for
};

/// Everything that waits.
Result<BundleFile> bundle_of(const Outbox& outbox, KeyStore& keys);

/// These envelopes of this kiosk, by growing sequence; `responses` is for the one who asks.
Result<BundleFile> bundle_of(const std::string& kiosk,
                             const std::vector<WaitingEnvelope>& envelopes, KeyStore& keys);

}  // namespace machikoe
