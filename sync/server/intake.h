// Intake: what an envelope is, for whoever takes it in: the batch route and the import of
// bundles.
//
// read() opens it, judge() says what the store shall do with it.  Both are told beforehand what
// they cannot know: epochs_wanted() and pack_wanted() name it, the store has it.  An epoch or a
// pack that the store has not either is a reason for quarantine, not an error.
//
// A record that came unsealed is sealed to the server's own key here, so that nothing readable
// waits in the store.  Reasons name the place of a fault, never the answer.
//
// Belongs to one thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "app/survey/pack.h"
#include "sync/seal/opener.h"
#include "sync/seal/server_keys.h"
#include "sync/store/store.h"

namespace machikoe {

struct Reading {
    Envelope envelope;  // with the payload that is to be kept
    std::variant<Response, CarriesOpening, Quarantined> content;
};

class Intake {
  public:
    explicit Intake(const ServerKeys& keys);

    /// A key that somebody unlocked.
    void add_key(const SealingKey& key);
    void learn_pack(std::shared_ptr<const Pack> pack);
    /// As stored; what this program cannot read is remembered as such.
    void learn_pack(const std::string& hash, const PackFiles& files);

    /// Epochs whose opening is neither known nor among these.
    std::set<std::string> epochs_wanted(const std::vector<Envelope>& envelopes) const;
    /// What does not open is nobody's epoch: its records will be held with the reason.
    void open_epoch(const std::string& kiosk, const std::string& opening);

    Reading read(const std::string& kiosk, Envelope envelope);
    /// The pack that judge() would have to know.
    std::optional<std::string> pack_wanted(const Reading& reading) const;
    Judgement judge(const Reading& reading) const;

    /// Of one that was taken in: it was read before.
    Result<Response> read_again(const std::string& kiosk, const std::string& payload);

  private:
    using Content = std::variant<Response, CarriesOpening, Quarantined>;
    Content content_of(const std::string& kiosk, const std::string& payload);
    Content opening(const std::string& kiosk, const std::string& payload);
    Content sealed(const std::string& kiosk, std::string_view payload);

    std::string own_key_;  // public
    Opener opener_;
    std::map<std::string, std::shared_ptr<const Pack>> packs_;  // nullptr: unreadable
};

}  // namespace machikoe
