// KeyStore: the keys of one kiosk and what enrolment gave it, in keys.db beside kiosk.db.
//
// A file of its own, readable by its owner only, so that kiosk.db and its copies hold neither
// answers that can be read nor a key.  It holds no key that opens an answer: of the key that is
// made at set-up the secret half is there only as wrap() locked it with the staff's passphrase.
//
// One KeyStore belongs to one thread.  Another thread opens its own on the same file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/base/result.h"
#include "sync/seal/keys.h"

namespace machikoe {

struct Enrolment {
    std::string server;  // "https://ward.example:8787", without a slash at the end
    std::string token;   // 64 hex digits; the server knows its hash
    std::string kiosk;   // the id that was enrolled
    std::string name;
    std::string site;
    std::string sealing_key;  // the server's, 64 hex digits
    std::string receipt_key;  // the server's, 64 hex digits
    std::string authority;    // PEM, the only one that is trusted; "": plain HTTP on this machine
    bool proven = false;      // the server has opened a canary sealed to sealing_key
    bool operator==(const Enrolment&) const = default;
};

class KeyStore {
  public:
    /// Opens or creates keys.db in the folder.  At the first opening the keys are made and the
    /// set-up key is locked with `passphrase`, or, if that is empty, with one that is made up
    /// and that made_up_passphrase() then tells.  Errors as open_database().
    static Result<KeyStore> open(const std::filesystem::path& folder, std::string_view passphrase);
    /// What open() has made before, for another thread.  NotFound: it has not, and nothing is made.
    static Result<KeyStore> open_again(const std::filesystem::path& folder);
    KeyStore(KeyStore&&) noexcept;
    KeyStore& operator=(KeyStore&&) noexcept;
    ~KeyStore();

    /// Once, right after the opening that made it: for staff to write down.  It is kept nowhere.
    const std::optional<std::string>& made_up_passphrase() const;

    /// Signs batches and bundles.
    const SigningKey& signing_key() const;
    /// 64 hex digits: what is sealed to until enrolment is proven.
    const std::string& set_up_key() const;
    /// Its secret half, as wrap() locked it.
    const std::string& locked_set_up_key() const;

    Result<std::optional<Enrolment>> enrolment() const;
    Status set_enrolment(const Enrolment& enrolment);
    /// The token to ask for with this one-time code: the same for the same code, also after a
    /// restart, so that a request whose reply was lost can be made again.
    Result<std::string> token_for(std::string_view code);
    /// A running number for bundles: 1, 2, 3, …
    Result<std::int64_t> next_bundle_number();

  private:
    struct Data;
    explicit KeyStore(std::unique_ptr<Data> data);
    std::unique_ptr<Data> data_;
};

/// The key that answers are sealed to now: the server's once it has proven that it can open,
/// the set-up key before.
Result<std::string> key_to_seal_to(const KeyStore& keys);

}  // namespace machikoe
