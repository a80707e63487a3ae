#include "sync/client/client.h"

namespace machikoe {
namespace {

/// https anywhere, http on this machine only.
bool keeps_secrets(std::string_view server) {
    if (server.find_first_of("@?# \t\r\n\\") != server.npos) return false;
    if (server.starts_with("https://")) return server.size() > 8;
    for (std::string_view here : {"http://127.0.0.1", "http://localhost", "http://[::1]"}) {
        if (!server.starts_with(here)) continue;
        const std::string_view rest = server.substr(here.size());
        if (rest.empty() || rest[0] == ':' || rest[0] == '/') return true;
    }
    return false;
}

}  // namespace

Status enrol(Outbox& outbox, Transport& transport, const std::string& server,
             const std::string& code) {
    std::string address = server;
    while (address.ends_with('/')) address.pop_back();
    if (!keeps_secrets(address))
        return fail(ErrorCode::Invalid,
                    "'" + server + "': an https:// address, or http:// on this machine, is needed");
    const auto reply =
        transport.post(address + "/v1/enrol", "", encode(EnrolRequest{code, outbox.kiosk()}));
    if (!reply) return tl::unexpected<Error>(reply.error());
    const std::string said = "the server answered " + std::to_string(reply->status);
    switch (reply->status) {
        case 201:
            break;
        case 401:
        case 403:
            return fail(ErrorCode::Denied, said + ": the code is unknown, used or expired");
        case 400:
            return fail(ErrorCode::Invalid, said + ": it cannot read the request");
        default:
            return fail(ErrorCode::Unavailable, said);
    }
    const auto enrolled = decode_enrol_reply(reply->body);
    if (!enrolled) return fail(ErrorCode::Unavailable, enrolled.error().message);
    return outbox.set_credential(
        Credential{address, enrolled->token, enrolled->name, enrolled->site});
}

}  // namespace machikoe
