// A kiosk's saving, to be seized: seized_child FOLDER COUNT PUBLIC_KEY [SECRET_KEY]
//
// Saves COUNT responses as the kiosk does, says so, and waits.  With the opener's secret key it
// keeps the first key of the epoch, so that the seizure has something to find.
#include <sodium.h>
#include <unistd.h>

#include <cstdio>
#include <vector>

#include "app/base/crypto.h"
#include "sync/client/keeping.h"
#include "sync/seal/layout.h"
#include "sync/wire/record.h"

namespace machikoe {
namespace {

/// What was typed, and where no other program would look for it.
std::string words_of(int number) {
    return "typed-by-resident-" + std::to_string(100'000 + number);
}

void answer(Sealer& sealer, Outbox& outbox, int number, const std::string& key) {
    Response response;
    response.pack_id = "testward-r4";
    response.pack_hash = std::string(64, 'a');
    response.when = {"2022-06-01", 10};
    response.answers["words"] = {AnswerStatus::Answered, AnswerValue(words_of(number))};
    const std::string record = encode_record(response);
    if (!keep({.record = record, .public_key = key, .pack_hash = response.pack_hash}, sealer,
              outbox))
        std::_Exit(3);
}

std::vector<unsigned char> bytes_of_hex(const char* text) {
    std::vector<unsigned char> bytes(std::string_view(text).size() / 2);
    sodium_hex2bin(bytes.data(), bytes.size(), text, 2 * bytes.size(), nullptr, nullptr, nullptr);
    return bytes;
}

}  // namespace
}  // namespace machikoe

int main(int argc, char** argv) {
    using namespace machikoe;
    if (argc < 4) return 2;
    crypto_ready();
    auto outbox = Outbox::open(argv[1]);
    if (!outbox) return 3;
    Sealer sealer(outbox->kiosk());
    for (int i = 0; i < std::atoi(argv[2]); ++i) answer(sealer, *outbox, i, argv[3]);
    std::vector<unsigned char> kept(seal::kOpeningInside);
    if (argc > 4) {
        const auto opening = outbox->waiting(1, 1 << 20)->front().payload;
        const std::string box = opening.substr(seal::kOpeningBoxAt);
        if (crypto_box_seal_open(kept.data(), reinterpret_cast<const unsigned char*>(box.data()),
                                 box.size(), bytes_of_hex(argv[3]).data(),
                                 bytes_of_hex(argv[4]).data()) != 0)
            return 4;
    }
    std::puts("ready");
    std::fflush(stdout);
    char byte = 0;
    return ::read(STDIN_FILENO, &byte, 1) < 0         ? 5
           : kept[0] == 0 && kept[1] == 0 && argc > 4 ? 6
                                                      : 0;
}
