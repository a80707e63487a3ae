#include "sync/store/ledger_run.h"

#include "app/base/hex.h"

namespace machikoe {
namespace {

constexpr char kStored = 's', kQuarantined = 'q';

}  // namespace

Status LedgerStretch::load(LedgerRun run) {
    if (run.outcomes.empty() || run.hashes.size() != run.outcomes.size() * kHashBytes ||
        run.outcomes.find_first_not_of({kStored, kQuarantined}) != std::string::npos)
        return fail(ErrorCode::Corrupt, "a row of the ledger cannot be read");
    const std::int64_t first = run.first;
    runs_[first] = {std::move(run), false};
    return {};
}

std::optional<LedgerStretch::Held> LedgerStretch::find(std::int64_t sequence) const {
    auto after = runs_.upper_bound(sequence);
    if (after == runs_.begin()) return std::nullopt;
    const LedgerRun& run = std::prev(after)->second.run;
    if (sequence >= run.end()) return std::nullopt;
    const auto index = static_cast<std::size_t>(sequence - run.first);
    return Held{to_hex(std::string_view(run.hashes).substr(index * kHashBytes, kHashBytes)),
                run.outcomes[index] == kStored ? Outcome::Stored : Outcome::Quarantined};
}

Status LedgerStretch::add(std::int64_t sequence, std::string_view hash, Outcome outcome) {
    const auto bytes = from_hex(hash, kHashBytes);
    if (!bytes) return fail(ErrorCode::Invalid, "an envelope whose hash is none");
    const auto after = runs_.upper_bound(sequence);
    const bool continues = after != runs_.begin() &&
                           std::prev(after)->second.run.end() == sequence &&
                           std::prev(after)->second.run.outcomes.size() < kMostInRun;
    Known& known = continues ? std::prev(after)->second : runs_[sequence];
    if (!continues) known.run.first = sequence;
    known.run.hashes += *bytes;
    known.run.outcomes += outcome == Outcome::Stored ? kStored : kQuarantined;
    known.is_changed = true;
    return {};
}

std::vector<const LedgerRun*> LedgerStretch::changed() const {
    std::vector<const LedgerRun*> all;
    for (const auto& [first, known] : runs_)
        if (known.is_changed) all.push_back(&known.run);
    return all;
}

}  // namespace machikoe
