// Factory: what a simulated run begins with: two versions of a small pack, and kiosks' keys.
//
// Locking a set-up key takes some 0.2 s, on purpose, so each kiosk's keys are made once a process
// and copied onto every run's disk; they follow from the kiosk's number alone.
#pragma once

#include <string>

#include "app/survey/response.h"
#include "sync/seal/keys.h"

namespace machikoe::simulation {

/// Edition 1 or 2, two versions of one pack: "feel", a scale, and "words", free text.
PackFiles pack_files(int edition);
Pack pack_of(const PackFiles& files);

/// Fits the pack; `words` is how it will be known again.
Response response_to(const Pack& pack, const std::string& site, const std::string& event,
                     const DayHour& when, int option, const std::string& words);

struct FactoryKeys {
    std::string keys_db;  // the file
    SealingKey set_up;    // as the staff's passphrase unlocks it
};
/// REQUIRES: no simulated disk and no seeded randomness lives.
const FactoryKeys& factory_keys(int kiosk);

}  // namespace machikoe::simulation
