// LoadKiosk: one enrolled kiosk of a load: its credential, its chain, its epoch, no disk.
//
// Belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sync/client/client.h"
#include "sync/seal/epoch.h"
#include "sync/simulation/dice.h"

namespace machikoe::simulation {

/// A batch that was made ready, and what its receipts must say.
struct ReadyBatch {
    std::string body;
    std::vector<Receipt> wanted;       // numbers and hashes
    std::vector<std::uint64_t> seeds;  // of its responses, by which they are known again
    std::int64_t openings = 0;
    std::int64_t last_sequence = 0;
};

class LoadKiosk {
  public:
    /// Enrols with a printed code and proves it, as a kiosk does.  `keys`: a folder with the
    /// keys.db of a kiosk, which is copied: locking the set-up key of each would take 0.2 s, on
    /// purpose.  Errors as machikoe::enrol(); Invalid, too, for a site that is not synthetic.
    static Result<LoadKiosk> enrol(const std::string& code, const std::string& url,
                                   const std::filesystem::path& keys, Transport& transport);

    const std::string& id() const { return enrolment_.kiosk; }
    const Enrolment& enrolment() const { return enrolment_; }
    std::int64_t acknowledged() const { return acknowledged_; }

    /// Of up to `envelopes` and up to `responses`; `site` is where they are from.
    ReadyBatch next(const Pack& pack, const std::string& site, std::size_t envelopes,
                    std::int64_t responses, const SigningKey& key, Dice& dice);
    /// Does the reply acknowledge all of the batch, signed by the server that this kiosk enrolled
    /// with?  How many of it are held in quarantine.  Invalid: no.
    Result<std::int64_t> take_receipts(const ReadyBatch& batch, const std::string& reply);

  private:
    explicit LoadKiosk(Enrolment enrolment);
    void append(std::string payload, std::vector<WaitingEnvelope>& envelopes);

    Enrolment enrolment_;
    Sealer sealer_;
    std::int64_t sequence_ = 0;
    std::string previous_ = first_previous_hash();
    std::int64_t acknowledged_ = 0;  // up to this number
};

}  // namespace machikoe::simulation
