#include "sync/simulation/load_kiosk.h"

#include <algorithm>

#include "app/base/crypto.h"
#include "sync/simulation/residents.h"

namespace machikoe::simulation {
namespace {

namespace fs = std::filesystem;

/// A folder for as long as a kiosk enrols.
class EnrolFolder {
  public:
    explicit EnrolFolder(const fs::path& keys) : path_(keys / random_hex(8)) {
        std::error_code ec;
        fs::create_directories(path_, ec);
        fs::copy_file(keys / "keys.db", path_ / "keys.db", ec);
    }
    ~EnrolFolder() {
        std::error_code ec;
        fs::remove_all(path_, ec);
    }
    EnrolFolder(const EnrolFolder&) = delete;
    EnrolFolder& operator=(const EnrolFolder&) = delete;
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

}  // namespace

LoadKiosk::LoadKiosk(Enrolment enrolment)
    : enrolment_(std::move(enrolment)), sealer_(enrolment_.kiosk) {}

Result<LoadKiosk> LoadKiosk::enrol(const std::string& code, const std::string& url,
                                   const fs::path& keys, Transport& transport) {
    const EnrolFolder folder(keys);
    auto store = KeyStore::open_again(folder.path());
    if (!store) return tl::unexpected<Error>(store.error());
    const std::string id = random_hex(16);
    if (const Status enrolled = machikoe::enrol(id, *store, transport, url, code); !enrolled)
        return tl::unexpected<Error>(enrolled.error());
    auto enrolment = enrolment_of(id, *store);
    if (!enrolment) return tl::unexpected<Error>(enrolment.error());
    if (!enrolment->site.starts_with(kSyntheticSite))
        return fail(ErrorCode::Invalid, "the code is of the site '" + enrolment->site +
                                            "', not of '" + std::string(kSyntheticSite) +
                                            "': made-up answers would be among real ones");
    return LoadKiosk(std::move(*enrolment));
}

void LoadKiosk::append(std::string payload, std::vector<WaitingEnvelope>& envelopes) {
    WaitingEnvelope envelope{++sequence_, previous_, "", std::move(payload)};
    previous_ = envelope.hash = envelope_hash(envelope.previous, envelope.payload);
    envelopes.push_back(std::move(envelope));
}

ReadyBatch LoadKiosk::next(const Pack& pack, const std::string& site, std::size_t envelopes,
                           std::int64_t responses, const SigningKey& key, Dice& dice) {
    ReadyBatch batch;
    std::vector<WaitingEnvelope> waiting;
    while (waiting.size() < envelopes && std::ssize(batch.seeds) < responses) {
        Response response = synthetic_response(pack, dice);
        response.site = site;
        std::vector<std::string> payloads = sealer_.seal(
            encode_record(response), enrolment_.sealing_key, response.pack_hash, Milliseconds{0});
        sealer_.kept();
        batch.openings += std::ssize(payloads) - 1;
        batch.seeds.push_back(response.seed);
        for (std::string& payload : payloads) append(std::move(payload), waiting);
    }
    for (const WaitingEnvelope& envelope : waiting)
        batch.wanted.push_back({envelope.sequence, envelope.hash, Outcome::Stored});
    batch.last_sequence = sequence_;
    batch.body = encode_batch(signed_batch(id(), waiting, key));
    return batch;
}

Result<std::int64_t> LoadKiosk::take_receipts(const ReadyBatch& batch, const std::string& reply) {
    const auto receipts = decode_receipts(reply);
    if (!receipts) return tl::unexpected<Error>(receipts.error());
    if (!is_signed(enrolment_.receipt_key, signed_part(id(), receipts->all), receipts->signature))
        return fail(ErrorCode::Invalid, "receipts that the server did not sign");
    const bool is_all = std::ranges::equal(
        receipts->all, batch.wanted, [](const Receipt& given, const Receipt& wanted) {
            return given.sequence == wanted.sequence && given.hash == wanted.hash;
        });
    if (!is_all) return fail(ErrorCode::Invalid, "receipts for something else than was sent");
    acknowledged_ = batch.last_sequence;
    return std::ranges::count_if(
        receipts->all, [](const Receipt& receipt) { return receipt.outcome != Outcome::Stored; });
}

}  // namespace machikoe::simulation
