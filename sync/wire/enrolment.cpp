#include <algorithm>

#include "app/base/crypto.h"
#include "sync/wire/json.h"
#include "sync/wire/record.h"
#include "sync/wire/record_rules.h"

namespace machikoe {
namespace {

using wire::kMaxNameBytes;
using wire::Members;

constexpr wire::JsonLimits kEnrolmentLimits{.bytes = 4u << 10, .values = 100};
constexpr wire::JsonLimits kAuthorityLimits{.bytes = 16u << 10, .values = 100};
constexpr std::size_t kMaxCodeBytes = 64;
constexpr std::size_t kMaxPemBytes = 8u << 10;

template <class Value, class Read>
Result<Value> decode(std::string_view bytes, std::string_view what, wire::JsonLimits limits,
                     Read&& read) {
    const auto parsed = wire::parse_object(bytes, what, limits);
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    std::string fault;
    Members members(*parsed, std::string(what), fault);
    members.integer("version", kWireVersion, kWireVersion);
    Value value = read(members);
    if (!fault.empty()) return fail(ErrorCode::Invalid, fault);
    return value;
}

}  // namespace

std::string signed_part(const EnrolRequest& request) {
    std::string text = "machikoe enrol 2\n";
    for (const std::string* part :
         {&request.code, &request.kiosk, &request.token_hash, &request.signing_key,
          &request.set_up_key, &request.locked_set_up_key})
        text += *part + "\n";
    return text;
}

std::string encode(const EnrolRequest& request) {
    return wire::to_bytes({{"version", kWireVersion},
                           {"code", request.code},
                           {"kiosk", request.kiosk},
                           {"token_hash", request.token_hash},
                           {"signing_key", request.signing_key},
                           {"set_up_key", request.set_up_key},
                           {"locked_set_up_key", request.locked_set_up_key},
                           {"signature", request.signature}});
}

std::string encode(const EnrolReply& reply) {
    return wire::to_bytes({{"version", kWireVersion},
                           {"name", reply.name},
                           {"site", reply.site},
                           {"sealing_key", reply.sealing_key},
                           {"receipt_key", reply.receipt_key}});
}

Result<EnrolRequest> decode_enrol_request(std::string_view bytes) {
    return decode<EnrolRequest>(bytes, "enrol", kEnrolmentLimits, [](Members& members) {
        EnrolRequest request;
        request.code = members.text("code", 1, kMaxCodeBytes);
        request.kiosk = members.hex("kiosk", 32);
        request.token_hash = members.hex("token_hash", 64);
        request.signing_key = members.hex("signing_key", 64);
        request.set_up_key = members.hex("set_up_key", 64);
        request.locked_set_up_key = members.long_hex("locked_set_up_key", wire::kMaxLockedDigits);
        request.signature = members.hex("signature", 128);
        return request;
    });
}

Result<EnrolReply> decode_enrol_reply(std::string_view bytes) {
    return decode<EnrolReply>(bytes, "enrolled", kEnrolmentLimits, [](Members& members) {
        EnrolReply reply;
        reply.name = members.text("name", 0, kMaxNameBytes);
        reply.site = members.text("site", 0, kMaxNameBytes);
        reply.sealing_key = members.hex("sealing_key", 64);
        reply.receipt_key = members.hex("receipt_key", 64);
        return reply;
    });
}

std::string encode(const Canary& canary) {
    return wire::to_bytes({{"version", kWireVersion},
                           {"opening", wire::to_base64(canary.opening)},
                           {"sealed", wire::to_base64(canary.sealed)}});
}

Result<Canary> decode_canary(std::string_view bytes) {
    return decode<Canary>(bytes, "canary", kEnrolmentLimits, [](Members& members) {
        Canary canary;
        canary.opening = members.bytes("opening", 1, kEnrolmentLimits.bytes);
        canary.sealed = members.bytes("sealed", 1, kEnrolmentLimits.bytes);
        return canary;
    });
}

std::string encode_canary_reply(std::string_view sha256) {
    return wire::to_bytes({{"version", kWireVersion}, {"sha256", sha256}});
}

Result<std::string> decode_canary_reply(std::string_view bytes) {
    return decode<std::string>(bytes, "canary", kEnrolmentLimits,
                               [](Members& members) { return members.hex("sha256", 64); });
}

std::string encode_authority(std::string_view pem) {
    return wire::to_bytes({{"version", kWireVersion}, {"authority", pem}});
}

Result<std::string> decode_authority(std::string_view bytes) {
    return decode<std::string>(bytes, "authority", kAuthorityLimits, [](Members& members) {
        std::string pem = members.free_text("authority", kMaxPemBytes);
        if (pem.empty()) members.refuse("authority", "empty");
        return pem;
    });
}

}  // namespace machikoe
