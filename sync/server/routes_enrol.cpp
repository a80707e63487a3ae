#include <spdlog/spdlog.h>

#include "app/base/crypto.h"
#include "sync/server/replies.h"
#include "sync/server/routes.h"
#include "sync/wire/health.h"

namespace machikoe {

Step Routes::enrol(const HttpRequest& request) {
    // Nobody guesses 59 bits in ten minutes; who tries shall not even keep the store busy.
    if (const int wait = tries_.seconds_to_wait(request.address, clock_.monotonic()))
        return done(too_often_response(wait));
    const Result<EnrolRequest> wanted = decode_enrol_request(request.body);
    if (!wanted) return done(error_response(400, wanted.error().message));
    if (!is_signed(wanted->signing_key, signed_part(*wanted), wanted->signature))
        return done(error_response(400, "not signed by the key that it names"));
    const NewKiosk kiosk{wanted->kiosk, wanted->token_hash, wanted->signing_key, wanted->set_up_key,
                         wanted->locked_set_up_key};
    return Step{AskStore([this, code = sha256_hex(wanted->code), kiosk,
                          now = clock_.wall()](Store& store) {
        const Result<KioskRow> known = store.use_code(code, kiosk, now);
        return Continuation([this, known] {
            if (!known && known.error().code == ErrorCode::Denied)
                return done(error_response(403, known.error().message));
            if (!known) return done(store_failure(known.error()));
            spdlog::info("server: kiosk {} enrolled for site {}", known->id, known->site);
            HttpResponse response;
            response.status = 201;
            response.body = encode(EnrolReply{known->name, known->site, keys_.sealing.public_key(),
                                              keys_.receipts.public_key()});
            return done(std::move(response));
        });
    })};
}

Step Routes::canary(const HttpRequest& request) {
    const std::string_view token = bearer(request.authorization);
    if (token.empty()) return done(error_response(401, "credential missing"));
    if (const int wait = tries_.seconds_to_wait(request.address, clock_.monotonic()))
        return done(too_often_response(wait));
    const Result<Canary> canary = decode_canary(request.body);
    if (!canary) return done(error_response(400, canary.error().message));
    return Step{AskStore([this, canary = *canary, hash = sha256_hex(token)](Store& store) {
        const Result<KioskRow> kiosk = store.kiosk_by_token(hash);
        return Continuation([this, canary, kiosk] {
            if (!kiosk) return done(store_failure(kiosk.error()));
            // Opened with the keys alone, as after a restart: nothing that was learnt helps.
            Opener opener = opener_of(keys_);
            const Status epoch = opener.open_epoch(kiosk->id, canary.opening);
            const Result<std::string> inside =
                epoch ? opener.open(kiosk->id, canary.sealed)
                      : Result<std::string>(tl::unexpected<Error>(epoch.error()));
            if (!inside) return done(error_response(400, inside.error().message));
            HttpResponse response;
            response.status = 201;
            response.body = encode_canary_reply(sha256_hex(*inside));
            return done(std::move(response));
        });
    })};
}

Step Routes::health(const HttpRequest& request) {
    const std::string_view token = bearer(request.authorization);
    if (token.empty()) return done(error_response(401, "credential missing"));
    if (const int wait = batches_.seconds_to_wait(sha256_hex(token), clock_.monotonic()))
        return done(too_often_response(wait));
    const Result<Health> health = decode_health(request.body);
    if (!health) return done(error_response(400, health.error().message));
    return Step{AskStore([this, health = *health, hash = sha256_hex(token)](Store& store) {
        const Result<KioskRow> kiosk = store.kiosk_by_token(hash);
        const Status noted = kiosk
                                 ? store.note_health(kiosk->id, kept_health(health, clock_.wall()))
                                 : tl::unexpected<Error>(kiosk.error());
        return Continuation([noted] {
            if (!noted) return done(store_failure(noted.error()));
            HttpResponse response;
            response.status = 201;
            response.body = "{}";
            return done(std::move(response));
        });
    })};
}

HttpResponse Routes::authority() const {
    if (options_.authority.empty())
        return error_response(404, "this server has no authority; it talks plain HTTP");
    HttpResponse response;
    response.body = encode_authority(options_.authority);
    return response;
}

}  // namespace machikoe
