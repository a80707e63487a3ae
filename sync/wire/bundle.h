// Bundle: envelopes carried on a stick instead of over the network (docs/protocol.md).
//
// The first line is the manifest, signed by the kiosk; every further line is a batch as it is
// posted.  All that is said about envelopes is said twice over: by the manifest's digest and
// signature, and by each batch's own signature and hashes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "sync/wire/record.h"

namespace machikoe {

inline constexpr std::size_t kMaxBundleBytes = 1u << 30;

struct BundleManifest {
    std::string kiosk;
    std::int64_t number = 0;  // 1, 2, 3, … of this kiosk's bundles
    std::int64_t first = 0;   // lowest and highest sequence in it
    std::int64_t last = 0;
    std::int64_t count = 0;         // envelopes
    std::string signing_key;        // of the kiosk
    std::string set_up_key;         // for a kiosk that was never enrolled: what it seals to …
    std::string locked_set_up_key;  // … and how a passphrase opens it
    std::string sha256;             // hex, of all bytes after the manifest's line
    std::string signature;          // of signed_part() by signing_key
};
std::string signed_part(const BundleManifest& manifest);

/// Lines of batches, each ended by a line feed.
std::string encode_bundle(const BundleManifest& manifest, std::string_view batch_lines);

struct Bundle {
    BundleManifest manifest;
    std::vector<Batch> batches;
};
/// Checks form, digest, counts, and the manifest's and every batch's signature by the key that
/// the manifest names; whether that key is the kiosk's is for the caller to know.  Invalid: cut
/// off, changed, or not a bundle; the message says which, for whoever holds the stick.
Result<Bundle> decode_bundle(std::string_view bytes);

}  // namespace machikoe
