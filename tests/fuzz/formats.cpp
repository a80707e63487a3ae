// Harnesses of what is only decoded.
#include "app/base/crypto.h"
#include "app/survey/pack.h"
#include "sync/server/inflate.h"
#include "sync/wire/bundle.h"
#include "sync/wire/record.h"
#include "sync/wire/totals.h"
#include "tests/fuzz/harnesses.h"

namespace machikoe::fuzz {

std::vector<std::pair<std::string, std::string>> parts_of(std::string_view bytes) {
    constexpr std::string_view kMark = "=== ";
    std::vector<std::pair<std::string, std::string>> parts{{"", ""}};
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
        const std::string_view line = bytes.substr(0, end);
        if (line.starts_with(kMark))
            parts.emplace_back(line.substr(kMark.size(), line.find('\n') - kMark.size()), "");
        else
            parts.back().second += line;
        bytes.remove_prefix(end);
    }
    return parts;
}

void pack(std::string_view bytes) {
    PackFiles files;
    for (const auto& [name, text] : parts_of(bytes))
        if (!name.empty()) files[name] = text;
    const auto parsed = parse_pack(files);
    demand(parsed || !parsed.error().empty());
}

/// With a member of another time in it, which the quick readers leave to the strict ones; "" where
/// that could touch a limit.
std::string for_strict_reader(std::string_view object) {
    constexpr std::size_t kSmall = 20'000;
    if (!object.starts_with('{') || object.size() > kSmall) return {};
    return R"({"of another time":0,)" + std::string(object.substr(1));
}

void record(std::string_view bytes) {
    const auto response = decode_record(bytes);
    if (response) demand(decode_record(encode_record(*response)).value() == *response);
    if (const std::string same = for_strict_reader(bytes); !same.empty()) {
        const auto strict = decode_record(same);
        demand(strict.has_value() == response.has_value());
        demand(!strict || *strict == *response);
    }
}

void batch(std::string_view bytes) {
    const auto decoded = decode_batch(bytes);
    if (const std::string same = for_strict_reader(bytes); !same.empty()) {
        const auto strict = decode_batch(same);
        demand(strict.has_value() == decoded.has_value());
        demand(!strict || strict->envelopes == decoded->envelopes);
    }
    if (!decoded) return;
    const auto again = decode_batch(encode_batch(*decoded));
    demand(again && again->envelopes == decoded->envelopes &&
           signed_part(*again) == signed_part(*decoded));
}

void messages(std::string_view bytes) {
    if (bytes.empty()) return;
    const char which = bytes.front();
    bytes.remove_prefix(1);
    switch (which) {
        case 'r':
            if (const auto all = decode_receipts(bytes))
                demand(decode_receipts(encode_receipts(*all))->all == all->all);
            return;
        case 'e':
            if (const auto asked = decode_enrol_request(bytes))
                demand(signed_part(decode_enrol_request(encode(*asked)).value()) ==
                       signed_part(*asked));
            return;
        case 'y':
            if (const auto reply = decode_enrol_reply(bytes))
                demand(decode_enrol_reply(encode(*reply))->name == reply->name);
            return;
        case 'c':
            if (const auto canary = decode_canary(bytes))
                demand(decode_canary(encode(*canary))->sealed == canary->sealed);
            return;
        case 'k':
            (void)decode_canary_reply(bytes);
            return;
        case 'a':
            if (const auto pem = decode_authority(bytes)) (void)certificate_in(*pem);
            return;
        case 'p':
            (void)decode_pack(bytes);
            return;
        case 't':
            (void)decode_totals(bytes);
            return;
        default:
            return;
    }
}

void enrolment_code(std::string_view bytes) {
    const auto code = parse_enrolment_code(bytes);
    if (!code) return;
    const auto again = parse_enrolment_code(to_string(*code));
    demand(again && again->code == code->code && again->fingerprint == code->fingerprint);
}

void bundle(std::string_view bytes) {
    crypto_ready();
    const auto decoded = decode_bundle(bytes);
    if (!decoded) return;
    std::string lines;
    for (const Batch& each : decoded->batches) lines += encode_batch(each) + "\n";
    demand(decode_bundle(encode_bundle(decoded->manifest, lines)).has_value());
}

void inflate(std::string_view bytes) {
    constexpr std::size_t kLimit = 1u << 20;
    if (const auto text = inflate_zstd(bytes, kLimit)) demand(text->size() <= kLimit);
}

}  // namespace machikoe::fuzz
