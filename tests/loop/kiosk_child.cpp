// The kiosk program without window and people, to be killed: kiosk_child DATA PACK FIRST.
//
// Finishes one response after the other, numbered from FIRST on, and keeps each the way
// app/kiosk.cpp does: seal, append, and only then say so, and wake the sync thread.
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

#include "app/base/crypto.h"
#include "sync/client/client.h"
#include "sync/client/keeping.h"
#include "sync/outbox/folder_lock.h"
#include "sync/wire/record.h"
#include "tests/loop/acknowledged.h"

namespace machikoe {
namespace {

Response response_of(const Pack& pack, const std::string& site, std::int64_t number) {
    Response response;
    response.pack_id = pack.plan.id;
    response.pack_hash = pack.hash;
    response.site = site;
    response.when = day_hour_in_japan(SystemClock().wall());
    response.seed = static_cast<std::uint64_t>(number);
    response.duration_s = 60;
    response.issues_opened = {"living"};
    response.answers["feel"] = {AnswerStatus::Answered, ChosenOptions{"yes"}};
    response.answers["ways"] = {AnswerStatus::Skipped, {}};
    response.answers["words"] = {AnswerStatus::Answered, std::to_string(number)};
    response.answers["age"] = {AnswerStatus::Skipped, {}};
    return response;
}

bool say(const Acknowledged& said) {
    return ::write(STDOUT_FILENO, &said, sizeof said) == sizeof said;
}

int run(const char* data, const char* folder_of_pack, std::int64_t first) {
    const auto lock = lock_folder(data);
    if (!lock) return 3;
    const auto pack = load_pack(folder_of_pack);
    if (!pack) return 4;
    auto outbox = Outbox::open(data);
    if (!outbox) return 5;
    const auto keys = KeyStore::open_again(data);
    if (!keys) return 6;
    const auto enrolment = enrolment_of(outbox->kiosk(), *keys);
    const auto seal_to = key_to_seal_to(*keys);
    if (!enrolment || !seal_to) return 7;
    Sealer sealer(outbox->kiosk());
    const SystemClock clock;
    SyncThread sync(data, make_curl_transport());
    if (!say({})) return 8;
    for (std::int64_t number = first;; ++number) {
        const std::string record = encode_record(response_of(*pack, enrolment->site, number));
        const auto sequence =
            keep({record, *seal_to, pack->hash, clock.monotonic(), clock.wall()}, sealer, *outbox);
        if (!sequence) return 9;
        if (!say({*sequence, number})) return 10;
        sync.wake();
        // The sync thread gets its turn at the file, as it does between two people: kills are
        // to meet receipts on their way too.
        std::this_thread::sleep_for(std::chrono::milliseconds(number % 5));
    }
}

}  // namespace
}  // namespace machikoe

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    machikoe::crypto_ready();
    return machikoe::run(argv[1], argv[2], std::atoll(argv[3]));
}
