#include "sync/wire/json.h"
#include "sync/wire/record.h"

namespace machikoe {
namespace {

using wire::Members;

constexpr wire::JsonLimits kLimits{.bytes = 4u << 10, .values = 100};
constexpr std::size_t kMaxNameBytes = 200;
constexpr std::size_t kMaxCodeBytes = 64;

}  // namespace

std::string encode(const EnrolRequest& request) {
    return wire::to_bytes(
        {{"version", kWireVersion}, {"code", request.code}, {"kiosk", request.kiosk}});
}

std::string encode(const EnrolReply& reply) {
    return wire::to_bytes({{"version", kWireVersion},
                           {"token", reply.token},
                           {"name", reply.name},
                           {"site", reply.site}});
}

Result<EnrolRequest> decode_enrol_request(std::string_view bytes) {
    const auto parsed = wire::parse_object(bytes, "enrol", kLimits);
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    std::string fault;
    Members members(*parsed, "enrol", fault);
    EnrolRequest request;
    members.integer("version", kWireVersion, kWireVersion);
    request.code = members.text("code", 1, kMaxCodeBytes);
    request.kiosk = members.hex("kiosk", 32);
    if (!fault.empty()) return fail(ErrorCode::Invalid, fault);
    return request;
}

Result<EnrolReply> decode_enrol_reply(std::string_view bytes) {
    const auto parsed = wire::parse_object(bytes, "enrolled", kLimits);
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    std::string fault;
    Members members(*parsed, "enrolled", fault);
    EnrolReply reply;
    members.integer("version", kWireVersion, kWireVersion);
    reply.token = members.hex("token", 64);
    reply.name = members.text("name", 0, kMaxNameBytes);
    reply.site = members.text("site", 0, kMaxNameBytes);
    if (!fault.empty()) return fail(ErrorCode::Invalid, fault);
    return reply;
}

}  // namespace machikoe
