#include "sync/wire/bundle.h"

#include <sodium.h>

#include <array>

#include "app/base/crypto.h"
#include "sync/wire/json.h"

namespace machikoe {
namespace {

using wire::Members;

constexpr std::string_view kFormat = "machikoe-bundle";
constexpr wire::JsonLimits kManifestLimits{.bytes = 4u << 10, .values = 100};
constexpr std::int64_t kMaxNumber = std::numeric_limits<std::int64_t>::max();

template <std::size_t size>
std::optional<std::array<unsigned char, size>> bytes_of_hex(std::string_view digits) {
    std::array<unsigned char, size> bytes{};
    std::size_t read = 0;
    if (digits.size() != 2 * size ||
        sodium_hex2bin(bytes.data(), size, digits.data(), digits.size(), nullptr, &read, nullptr) !=
            0 ||
        read != size)
        return std::nullopt;
    return bytes;
}

bool signed_by(std::string_view key, std::string_view message, std::string_view signature) {
    const auto public_key = bytes_of_hex<crypto_sign_PUBLICKEYBYTES>(key);
    const auto bytes = bytes_of_hex<crypto_sign_BYTES>(signature);
    return public_key && bytes &&
           crypto_sign_verify_detached(bytes->data(),
                                       reinterpret_cast<const unsigned char*>(message.data()),
                                       message.size(), public_key->data()) == 0;
}

Result<BundleManifest> decode_manifest(std::string_view line) {
    const auto parsed = wire::parse_object(line, "bundle", kManifestLimits);
    if (!parsed) return fail(ErrorCode::Invalid, "this is not a bundle of a kiosk");
    std::string fault;
    Members members(*parsed, "bundle", fault);
    if (members.text("format", 1, 40) != kFormat)
        return fail(ErrorCode::Invalid, "this is not a bundle of a kiosk");
    if (members.integer("version", 1, kMaxNumber) != kWireVersion && fault.empty())
        return fail(ErrorCode::Invalid,
                    "this bundle is of another version: export it again with the kiosk's program "
                    "of today, or import it with the server's newest");
    BundleManifest manifest;
    manifest.kiosk = members.hex("kiosk", 32);
    manifest.number = members.integer("number", 1, kMaxNumber);
    manifest.first = members.integer("first", 1, kMaxNumber);
    manifest.last = members.integer("last", manifest.first, kMaxNumber);
    manifest.count = members.integer("count", 1, manifest.last - manifest.first + 1);
    manifest.signing_key = members.hex("signing_key", 64);
    manifest.set_up_key = members.hex("set_up_key", 64);
    manifest.locked_set_up_key = members.long_hex("locked_set_up_key", wire::kMaxLockedDigits);
    manifest.sha256 = members.hex("sha256", 64);
    manifest.signature = members.hex("signature", 128);
    if (!fault.empty()) return fail(ErrorCode::Invalid, fault);
    return manifest;
}

/// "" or what is wrong with a batch that follows those before it.
std::string fault_in(const Batch& batch, const Bundle& bundle) {
    const BundleManifest& manifest = bundle.manifest;
    if (batch.kiosk != manifest.kiosk) return "a batch in it is another kiosk's";
    if (!signed_by(manifest.signing_key, signed_part(batch), batch.signature))
        return "a batch in it is not signed by the kiosk";
    if (bundle.batches.empty()) return {};
    const Envelope& before = bundle.batches.back().envelopes.back();
    const Envelope& next = batch.envelopes.front();
    if (next.sequence <= before.sequence) return "its envelopes are not in order";
    if (next.sequence - 1 == before.sequence && next.previous != before.hash)
        return "the chain of its envelopes is broken";
    return {};
}

}  // namespace

std::string signed_part(const BundleManifest& manifest) {
    std::string text = "machikoe bundle 2\n" + manifest.kiosk + "\n";
    for (const std::int64_t number :
         {manifest.number, manifest.first, manifest.last, manifest.count})
        text += std::to_string(number) + "\n";
    for (const std::string* part : {&manifest.signing_key, &manifest.set_up_key,
                                    &manifest.locked_set_up_key, &manifest.sha256})
        text += *part + "\n";
    return text;
}

std::string encode_bundle(const BundleManifest& manifest, std::string_view batch_lines) {
    std::string bytes = wire::to_bytes({{"format", kFormat},
                                        {"version", kWireVersion},
                                        {"kiosk", manifest.kiosk},
                                        {"number", manifest.number},
                                        {"first", manifest.first},
                                        {"last", manifest.last},
                                        {"count", manifest.count},
                                        {"signing_key", manifest.signing_key},
                                        {"set_up_key", manifest.set_up_key},
                                        {"locked_set_up_key", manifest.locked_set_up_key},
                                        {"sha256", manifest.sha256},
                                        {"signature", manifest.signature}});
    bytes += '\n';
    return bytes.append(batch_lines);
}

Result<Bundle> decode_bundle(std::string_view bytes) {
    if (bytes.size() > kMaxBundleBytes)
        return fail(ErrorCode::Invalid, "this file is too large for a bundle");
    const std::size_t end = bytes.find('\n');
    if (end == bytes.npos)
        return fail(ErrorCode::Invalid, "this is not a bundle, or it was cut off at its beginning");
    auto manifest = decode_manifest(bytes.substr(0, end));
    if (!manifest) return tl::unexpected<Error>(manifest.error());
    Bundle bundle{std::move(*manifest), {}};
    if (!signed_by(bundle.manifest.signing_key, signed_part(bundle.manifest),
                   bundle.manifest.signature))
        return fail(ErrorCode::Invalid,
                    "the bundle's first line was changed: its signature is not "
                    "that of the kiosk that it names");
    std::string_view lines = bytes.substr(end + 1);
    if (sha256_hex(lines) != bundle.manifest.sha256)
        return fail(ErrorCode::Invalid,
                    "the bundle was cut off or changed after the kiosk wrote it: export it again");
    std::int64_t count = 0;
    while (!lines.empty()) {
        const std::size_t stop = lines.find('\n');
        if (stop == lines.npos)
            return fail(ErrorCode::Invalid, "the bundle's last line has no end");
        auto batch = decode_batch(lines.substr(0, stop));
        if (!batch) return fail(ErrorCode::Invalid, "the bundle: " + batch.error().message);
        if (const std::string fault = fault_in(*batch, bundle); !fault.empty())
            return fail(ErrorCode::Invalid, "the bundle: " + fault);
        count += static_cast<std::int64_t>(batch->envelopes.size());
        bundle.batches.push_back(std::move(*batch));
        lines.remove_prefix(stop + 1);
    }
    const BundleManifest& said = bundle.manifest;
    if (count != said.count || bundle.batches.empty() ||
        bundle.batches.front().envelopes.front().sequence != said.first ||
        bundle.batches.back().envelopes.back().sequence != said.last)
        return fail(ErrorCode::Invalid, "the bundle does not hold what its first line says");
    return bundle;
}

}  // namespace machikoe
