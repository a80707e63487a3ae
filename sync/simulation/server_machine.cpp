#include "sync/simulation/server_machine.h"

#include "app/base/crypto.h"
#include "sync/server/admission.h"
#include "sync/simulation/factory.h"

namespace machikoe::simulation {

ServerMachine::ServerMachine(const std::filesystem::path& root, Disk& disk, const VirtualTime& time,
                             Dice dice)
    : folder_(root / kName), disk_(disk), clock_(time), dice_(dice) {
    std::filesystem::create_directories(folder_);
}

ServerKeys ServerMachine::copy_of_keys() const {
    const auto copy = [](const SealingKey& key) {
        return SealingKey::from_secret(Secret::copy_of(key.secret().view()));
    };
    ServerKeys keys{copy(keys_.sealing),
                    SigningKey::from_seed(Secret::copy_of(keys_.receipts.seed().view())),
                    {}};
    for (const SealingKey& key : keys_.handed) keys.handed.push_back(copy(key));
    return keys;
}

Status ServerMachine::start() {
    if (is_up()) return {};
    disk_.boot(kName);
    auto store = open_sqlite_store(folder_);
    if (!store) return tl::unexpected<Error>(store.error());
    const PackFiles files = pack_files(edition_);
    routes_.emplace(files, pack_of(files), copy_of_keys(), clock_);
    if (Status ready = routes_->prepare(**store); !ready) {
        routes_.reset();
        return ready;
    }
    store_ = std::move(*store);
    return {};
}

void ServerMachine::pull_plug() {
    ++crashes_;
    disk_.cut_power(kName);
    routes_.reset();
    store_.reset();
}

bool ServerMachine::crashes_here() {
    if (!disk_.has_power(kName) || (faulty_ && dice_.one_in(400))) pull_plug();
    return !is_up();
}

std::optional<HttpResponse> ServerMachine::serve(const HttpRequest& request) {
    if (!is_up()) return std::nullopt;
    Step step = routes_->answer(request);
    while (!crashes_here()) {
        if (auto* response = std::get_if<HttpResponse>(&step.next)) return std::move(*response);
        if (auto* ask = std::get_if<AskStore>(&step.next)) {
            const Continuation next = (*ask)(*store_);
            if (crashes_here()) break;
            step = next();
            continue;
        }
        const AppendToStore append = std::move(std::get<AppendToStore>(step.next));
        auto appended = store_->append_together({append.group.get()}, clock_.wall());
        if (crashes_here()) break;
        step = appended ? append.then(std::move(appended->front()))
                        : append.then(tl::unexpected<Error>(appended.error()));
    }
    return std::nullopt;
}

std::string ServerMachine::new_code(const std::string& name, const std::string& site) {
    if (!is_up()) return "";
    const std::string code = random_code(3);
    const Status added =
        store_->add_code(sha256_hex(code), name, site, clock_.wall() + std::chrono::minutes(10));
    crashes_here();
    return added ? to_string(EnrolmentCode{code, ""}) : "";
}

Status ServerMachine::revoke(const std::string& kiosk) {
    if (!is_up()) return fail(ErrorCode::Unavailable, "down");
    Status revoked = store_->revoke(kiosk);
    crashes_here();
    return revoked;
}

Status ServerMachine::import(const std::string& bytes) {
    if (!is_up()) return fail(ErrorCode::Unavailable, "down");
    const auto bundle = decode_bundle(bytes);
    if (!bundle) return tl::unexpected<Error>(bundle.error());
    const auto kiosk = store_->kiosk(bundle->manifest.kiosk);
    if (!kiosk || kiosk->revoked || kiosk->signing_key != bundle->manifest.signing_key)
        return fail(ErrorCode::Denied, "not admitted");
    Intake intake(keys_);
    const PackFiles files = pack_files(edition_);
    Status put = store_->put_pack(pack_of(files).hash, "simulated", files);
    const auto tally = put ? take_in(intake, *store_, *bundle, clock_.wall())
                           : Result<Tally>(tl::unexpected<Error>(put.error()));
    crashes_here();
    if (!tally) return tl::unexpected<Error>(tally.error());
    return {};
}

void ServerMachine::unlock(const SealingKey& key) {
    keys_.handed.push_back(SealingKey::from_secret(Secret::copy_of(key.secret().view())));
}

Status ServerMachine::release_rest() {
    Intake intake(keys_);
    const auto groups = store_->waiting_groups();
    if (!groups) return tl::unexpected<Error>(groups.error());
    for (const WaitingGroup& group : *groups)
        if (const auto rest = machikoe::release_rest(intake, *store_, group); !rest)
            return tl::unexpected<Error>(rest.error());
    return {};
}

}  // namespace machikoe::simulation
