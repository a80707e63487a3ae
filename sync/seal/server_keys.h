// ServerKeys: what opens the answers and signs receipts; a folder of its own.
//
// keys/ in the server's data folder, readable by its owner only: sealing.key, receipts.key, and
// a file for each set-up key that somebody unlocked (handed-ID.key).  Whoever has this folder
// and the database reads what still waits in it; whoever has the database alone does not.  A
// lost sealing.key makes waiting answers unreadable for ever: the operator keeps a copy.
#pragma once

#include <filesystem>
#include <vector>

#include "app/base/result.h"
#include "sync/seal/keys.h"
#include "sync/seal/opener.h"

namespace machikoe {

struct ServerKeys {
    SealingKey sealing;
    SigningKey receipts;
    std::vector<SealingKey> handed;
};

/// New ones, kept nowhere.
ServerKeys generate_server_keys();
/// Makes what is missing.  Corrupt: a file that is no key.  Unavailable: cannot be read or
/// written, or others may read it (the message says chmod).
Result<ServerKeys> load_server_keys(const std::filesystem::path& data);
Status keep_handed_key(const std::filesystem::path& data, const SealingKey& key);

/// Opens whatever any of the keys can open.
Opener opener_of(const ServerKeys& keys);

}  // namespace machikoe
