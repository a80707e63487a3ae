#include "sync/server/intake.h"

#include <spdlog/spdlog.h>

namespace machikoe {
namespace {

std::variant<Response, CarriesOpening, Quarantined> record_in(std::string_view bytes) {
    Result<Response> record = decode_record(bytes);
    if (!record) return Quarantined{Cause::Unfit, "unreadable record: " + record.error().message};
    return std::move(*record);
}

}  // namespace

Intake::Intake(const ServerKeys& keys)
    : own_key_(keys.sealing.public_key()), opener_(opener_of(keys)) {}

void Intake::add_key(const SealingKey& key) {
    opener_.add_key(SealingKey::from_secret(Secret::copy_of(key.secret().view())));
}

void Intake::learn_pack(std::shared_ptr<const Pack> pack) {
    const std::string hash = pack->hash;
    packs_[hash] = std::move(pack);
}

void Intake::learn_pack(const std::string& hash, const PackFiles& files) {
    auto pack = parse_pack(files);
    if (pack && pack->hash == hash) {
        learn_pack(std::make_shared<const Pack>(std::move(*pack)));
    } else {
        spdlog::error("server: the stored pack {} cannot be read by this program", hash);
        packs_[hash] = nullptr;
    }
}

std::set<std::string> Intake::epochs_wanted(const std::vector<Envelope>& envelopes) const {
    std::set<std::string> wanted, here;
    for (const Envelope& envelope : envelopes) {
        const auto epoch = epoch_of(envelope.payload);
        if (!epoch || opener_.knows_epoch(*epoch)) continue;
        (kind_of(envelope.payload) == PayloadKind::Opening ? here : wanted).insert(*epoch);
    }
    for (const std::string& epoch : here) wanted.erase(epoch);
    return wanted;
}

void Intake::open_epoch(const std::string& kiosk, const std::string& opening) {
    if (const Status opened = opener_.open_epoch(kiosk, opening); !opened)
        spdlog::warn("server: an opening of kiosk {} that is held does not open: {}", kiosk,
                     opened.error().message);
}

Reading Intake::read(const std::string& kiosk, Envelope envelope) {
    Reading reading{std::move(envelope), Quarantined{}};
    std::string& payload = reading.envelope.payload;
    reading.content = content_of(kiosk, payload);
    if (kind_of(payload) == PayloadKind::Record) payload = seal_alone(kiosk, own_key_, payload);
    return reading;
}

Intake::Content Intake::content_of(const std::string& kiosk, const std::string& payload) {
    switch (kind_of(payload)) {
        case PayloadKind::Record:
            return record_in(payload);
        case PayloadKind::Opening:
            return opening(kiosk, payload);
        case PayloadKind::Sealed:
            return sealed(kiosk, payload);
        case PayloadKind::Alone: {
            const std::string_view first = *opening_in(payload);
            if (Content opened = opening(kiosk, std::string(first));
                std::holds_alternative<Quarantined>(opened))
                return opened;
            return sealed(kiosk, std::string_view(payload).substr(first.size()));
        }
        case PayloadKind::Unknown:
            break;
    }
    return Quarantined{Cause::Unfit, "neither sealed nor a record"};
}

Intake::Content Intake::opening(const std::string& kiosk, const std::string& payload) {
    const Status opened = opener_.open_epoch(kiosk, payload);
    if (opened) return CarriesOpening{*epoch_of(payload)};
    const bool no_key = opened.error().code == ErrorCode::NotFound;
    return Quarantined{no_key ? Cause::UnknownKey : Cause::Unfit, opened.error().message};
}

Intake::Content Intake::sealed(const std::string& kiosk, std::string_view payload) {
    Result<std::string> record = opener_.open(kiosk, payload);
    if (!record && record.error().code == ErrorCode::NotFound)
        return Quarantined{Cause::UnknownEpoch, "the opening of its epoch is not here"};
    if (!record) return Quarantined{Cause::Unfit, record.error().message};
    Content content = record_in(*record);
    wipe(*record);
    return content;
}

std::optional<std::string> Intake::pack_wanted(const Reading& reading) const {
    const auto* record = std::get_if<Response>(&reading.content);
    if (!record || packs_.contains(record->pack_hash)) return std::nullopt;
    return record->pack_hash;
}

Judgement Intake::judge(const Reading& reading) const {
    if (const auto* opening = std::get_if<CarriesOpening>(&reading.content)) return *opening;
    if (const auto* held = std::get_if<Quarantined>(&reading.content)) return *held;
    const Response& record = std::get<Response>(reading.content);
    const auto known = packs_.find(record.pack_hash);
    if (known == packs_.end())
        return Quarantined{Cause::UnknownPack, "pack version " + record.pack_hash + " is not here"};
    if (!known->second)
        return Quarantined{Cause::UnknownPack,
                           "pack version " + record.pack_hash + " cannot be read by this program"};
    if (const Status fits = check_response(*known->second, record); !fits)
        return Quarantined{Cause::Unfit, "does not fit its pack: " + fits.error().message};
    return CarriesResponse{record.site, record.event};
}

Result<Response> Intake::read_again(const std::string& kiosk, const std::string& payload) {
    Content content = content_of(kiosk, payload);
    if (auto* record = std::get_if<Response>(&content)) return std::move(*record);
    const auto* held = std::get_if<Quarantined>(&content);
    return fail(ErrorCode::Corrupt, held ? held->reason : "it carries no response");
}

}  // namespace machikoe
