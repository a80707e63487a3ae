#include "app/base/crypto.h"
#include "sync/client/client.h"
#include "sync/seal/epoch.h"

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

/// The authority of the server that the code is of, as PEM; "" where plain HTTP needs none.
Result<std::string> authority_of(Transport& transport, const std::string& address,
                                 const EnrolmentCode& code) {
    const bool is_plain = address.starts_with("http://");
    if (is_plain != code.fingerprint.empty())
        return fail(ErrorCode::Invalid,
                    is_plain ? "this code is of a server with an https:// address"
                             : "the code lacks its second part, by which the server is known");
    if (is_plain) return std::string();
    const auto reply = transport.get_unverified(address + "/v1/authority");
    if (!reply) return tl::unexpected<Error>(reply.error());
    const auto pem =
        reply->status == 200
            ? decode_authority(reply->body)
            : Result<std::string>(fail(ErrorCode::Unavailable,
                                       "the server answered " + std::to_string(reply->status)));
    const auto der = pem ? certificate_in(*pem) : pem;
    if (!der)
        return fail(ErrorCode::Unavailable,
                    "somebody else answers in the server's place (" + der.error().message + ")");
    if (fingerprint_of(*der) != code.fingerprint)
        return fail(ErrorCode::Denied,
                    "the server at " + address +
                        " is not the one that the code is of: a wrong address, a mistyped code, "
                        "or somebody in between; nothing was sent to it");
    // Written anew from the bytes that the fingerprint was taken of: nothing travels along.
    return pem_of(*der);
}

Result<EnrolReply> ask(const std::string& kiosk, const KeyStore& keys, Transport& transport,
                       const std::string& address, const std::string& code,
                       const std::string& token) {
    EnrolRequest request{code,
                         kiosk,
                         sha256_hex(token),
                         keys.signing_key().public_key(),
                         keys.set_up_key(),
                         keys.locked_set_up_key(),
                         {}};
    request.signature = keys.signing_key().sign(signed_part(request));
    const auto reply = transport.post(address + "/v1/enrol", "", encode(request));
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
    auto enrolled = decode_enrol_reply(reply->body);
    if (!enrolled) return fail(ErrorCode::Unavailable, enrolled.error().message);
    if (!is_sealing_key(enrolled->sealing_key))
        return fail(ErrorCode::Unavailable, "the server's key is none that can be sealed to");
    return enrolled;
}

}  // namespace

Result<Enrolment> enrolment_of(const std::string& kiosk, const KeyStore& keys) {
    auto enrolment = keys.enrolment();
    if (!enrolment) return tl::unexpected<Error>(enrolment.error());
    if (!*enrolment) return fail(ErrorCode::Denied, "this kiosk is not enrolled");
    if ((*enrolment)->kiosk != kiosk)
        return fail(ErrorCode::Denied,
                    "kiosk.db was replaced since this kiosk was enrolled, so it is another kiosk "
                    "now; enrol it again");
    return std::move(**enrolment);
}

Status prove(const std::string& kiosk, KeyStore& keys, Transport& transport) {
    auto enrolment = enrolment_of(kiosk, keys);
    if (!enrolment) return tl::unexpected<Error>(enrolment.error());
    transport.trust(enrolment->authority);
    if (enrolment->proven) return {};
    if (!is_sealing_key(enrolment->sealing_key))
        return fail(ErrorCode::Unavailable, "the server's key is none that can be sealed to");
    const Secret bytes = Secret::random(32);
    Epoch epoch(kiosk, enrolment->sealing_key);
    const std::string sealed = epoch.seal(bytes.view());
    const auto reply = transport.post(enrolment->server + "/v1/canary", enrolment->token,
                                      encode(Canary{epoch.opening(), sealed}));
    if (!reply) return tl::unexpected<Error>(reply.error());
    const std::string said = "the server answered " + std::to_string(reply->status);
    if (reply->status == 401 || reply->status == 403)
        return fail(ErrorCode::Denied,
                    said + ": this kiosk's credential is unknown or revoked; enrol it again");
    if (reply->status == 400)
        return fail(ErrorCode::Unavailable, said + ": it cannot open what this kiosk seals");
    if (reply->status != 201) return fail(ErrorCode::Unavailable, said);
    const auto opened = decode_canary_reply(reply->body);
    if (!opened || *opened != sha256_hex(bytes.view()))
        return fail(ErrorCode::Unavailable, "the server did not open what this kiosk sealed");
    enrolment->proven = true;
    return keys.set_enrolment(*enrolment);
}

Status enrol(const std::string& kiosk, KeyStore& keys, Transport& transport,
             const std::string& server, const std::string& printed_code) {
    std::string address = server;
    while (address.ends_with('/')) address.pop_back();
    if (!keeps_secrets(address))
        return fail(ErrorCode::Invalid,
                    "'" + server + "': an https:// address, or http:// on this machine, is needed");
    const auto code = parse_enrolment_code(printed_code);
    if (!code) return tl::unexpected<Error>(code.error());
    const auto token = keys.token_for(code->code);
    if (!token) return tl::unexpected<Error>(token.error());
    if (const auto before = enrolment_of(kiosk, keys); before && before->token == *token)
        return prove(kiosk, keys, transport);

    auto authority = authority_of(transport, address, *code);
    if (!authority) return tl::unexpected<Error>(authority.error());
    transport.trust(*authority);
    auto enrolled = ask(kiosk, keys, transport, address, code->code, *token);
    if (!enrolled) return tl::unexpected<Error>(enrolled.error());
    const Status kept =
        keys.set_enrolment({address, *token, kiosk, enrolled->name, enrolled->site,
                            enrolled->sealing_key, enrolled->receipt_key, *authority, false});
    if (!kept) return kept;
    return prove(kiosk, keys, transport);
}

}  // namespace machikoe
