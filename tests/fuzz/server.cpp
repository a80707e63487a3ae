// Harnesses of what the server does with bytes: intake, routes, a real store in a folder of its
// own.  Whatever comes, the ledger adds up.
#include <spdlog/spdlog.h>

#include <filesystem>

#include "app/base/crypto.h"
#include "sync/seal/epoch.h"
#include "sync/server/routes.h"
#include "tests/fuzz/harnesses.h"
#include "tests/fuzz/small_world.h"

namespace machikoe::fuzz {
namespace {

/// A server with one enrolled kiosk, made anew now and then so that it stays small.
class Target {
  public:
    Target() {
        crypto_ready();
        spdlog::set_level(spdlog::level::off);
        // In memory: what is fuzzed is not the disk.
        folder_ = std::filesystem::path("/dev/shm") / ("machikoe-fuzz-" + random_hex(8));
        begin();
    }
    ~Target() {
        store_.reset();
        std::filesystem::remove_all(folder_);
    }
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;

    HttpResponse ask(HttpRequest request) {
        if (++requests_ % kRequestsOfOne == 0) begin();
        clock_.advance(std::chrono::seconds(1));
        return answer_now(*routes_, *store_, std::move(request), clock_.wall());
    }
    /// What an enrolled kiosk sends: everything is right but the payloads.
    HttpResponse send(const std::vector<std::string>& contents) {
        Batch batch{kiosk_, {}, ""};
        for (const std::string& payload : contents) {
            Envelope envelope{++sequence_, previous_, "", payload};
            previous_ = envelope.hash = envelope_hash(envelope.previous, payload);
            batch.envelopes.push_back(std::move(envelope));
        }
        batch.signature = signing_.sign(signed_part(batch));
        return ask({.method = "POST",
                    .target = "/v1/batch",
                    .authorization = "Bearer " + token_,
                    .body = encode_batch(batch)});
    }
    bool adds_up() {
        const Counts counts = store_->counts().value();
        return counts.ledger ==
               counts.openings + counts.waiting + counts.responses + counts.quarantined;
    }
    const std::string& token() const { return token_; }
    const std::string& kiosk() const { return kiosk_; }
    const std::string& server_key() const { return server_key_; }

  private:
    static constexpr std::int64_t kRequestsOfOne = 300;

    void begin() {
        routes_.reset();
        store_.reset();
        std::filesystem::remove_all(folder_);
        store_ = open_sqlite_store(folder_).value();
        const PackFiles files = small_pack_files();
        ServerKeys keys = generate_server_keys();
        server_key_ = keys.sealing.public_key();
        routes_.emplace(files, parse_pack(files).value(), std::move(keys), clock_,
                        RoutesOptions{.batches_per_second = 1e9, .tries_per_second = 1e9});
        demand(routes_->prepare(*store_).has_value());
        const NewKiosk kiosk{kiosk_, sha256_hex(token_), signing_.public_key(), "", ""};
        const std::string code = sha256_hex("code");
        demand(store_->add_code(code, "hall", "office", clock_.wall() + Milliseconds{1}) &&
               store_->use_code(code, kiosk, clock_.wall()));
        sequence_ = 0;
        previous_ = first_previous_hash();
    }

    std::filesystem::path folder_;
    ManualClock clock_;
    std::unique_ptr<Store> store_;
    std::optional<Routes> routes_;
    std::string kiosk_ = std::string(32, 'a');
    std::string token_ = std::string(64, 'b');
    std::string server_key_;
    SigningKey signing_ = [] {
        crypto_ready();
        return SigningKey::generate();
    }();
    std::int64_t sequence_ = 0;
    std::string previous_;
    std::int64_t requests_ = 0;
};

Target& target() {
    static Target only;
    return only;
}

}  // namespace

void envelope(std::string_view bytes) {
    static const ServerKeys keys = [] {
        crypto_ready();
        return generate_server_keys();
    }();
    static Intake intake(keys);
    const std::string kiosk(32, 'a');
    Envelope one{1, first_previous_hash(), "", std::string(bytes)};
    const Reading reading = intake.read(kiosk, one);
    (void)intake.judge(reading);
    // The same bytes under a key that is right: sealed by the kiosk itself.
    static Epoch epoch(kiosk, keys.sealing.public_key());
    if (epoch.count() + 1 >= kMaxEpochRecords) epoch = Epoch(kiosk, keys.sealing.public_key());
    if (epoch.count() == 0) intake.open_epoch(kiosk, epoch.opening());
    one.payload = epoch.seal(bytes);
    const Reading sealed = intake.read(kiosk, one);
    const bool is_record = decode_record(bytes).has_value();
    demand(std::holds_alternative<Response>(sealed.content) == is_record);
    (void)intake.judge(sealed);
}

void request(std::string_view bytes) {
    HttpRequest request;
    for (const auto& [name, text] : parts_of(bytes)) {
        const std::string line = text.substr(0, text.find('\n'));
        if (name == "method") request.method = line;
        if (name == "target") request.target = line;
        if (name == "encoding") request.content_encoding = line;
        if (name == "etag") request.if_none_match = line;
        if (name == "credential") request.authorization = line;
        if (name == "enrolled") request.authorization = "Bearer " + target().token();
        if (name == "body") request.body = text;
    }
    const HttpResponse response = target().ask(std::move(request));
    demand(response.status >= 200 && response.status < 600 && response.status != 500);
    demand(target().adds_up());
}

void payloads(std::string_view bytes) {
    std::vector<std::string> contents;
    for (auto& [name, text] : parts_of(bytes)) {
        if (text.empty() || text.size() > kMaxPayloadBytesOnWire || contents.size() == 20) continue;
        contents.push_back(name == "alone" && text.size() <= kMaxRecordBytes
                               ? seal_alone(target().kiosk(), target().server_key(), text)
                               : text);
    }
    if (contents.empty()) return;
    demand(target().send(contents).status == 201);
    demand(target().adds_up());
}

}  // namespace machikoe::fuzz
