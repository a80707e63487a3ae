// SnapshotFolder: figures with everything that they were computed from, signed.
//
//   manifest.json   software, moment, pack, rules, the digest of the answers, each file's SHA-256
//   manifest.sig    Ed25519 of the manifest by the server's receipt key: key and signature, hex
//   figures.jsonl   every figure, a line each
//   weights.csv     weights by group, when there are any
//   answers.ids     for each response its id and the short hash of what it says, 32 bytes together
//   pack/           the pack; ward.yaml, table.yaml: the ward's data and the year's table
//
// It holds no answer.  docs/evaluation.md says how to read and check it without this program.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "sync/commands/evaluation_input.h"
#include "sync/indicators/answer_digest.h"

namespace machikoe {

inline constexpr std::size_t kAnswerIdBytes = 32;  // 16 of the id, 16 of the hash

/// The files that hold what was computed, by name.
std::map<std::string, std::string> figure_files(const EvaluationInput& input,
                                                const Evaluation& evaluation);

/// A manifest as it is read back.
struct Manifest {
    std::string text;
    std::string software;
    std::string created;
    std::string pack_hash;
    EvaluationRules rules;
    std::int64_t answers = 0;
    std::string answers_digest;
    std::map<std::string, std::string> files;  // name → SHA-256
    std::string signing_key, signature;
    bool is_signed = false;  // the signature is good for signing_key
};
/// NotFound, Invalid: no snapshot, or a manifest that cannot be read.
Result<Manifest> read_manifest(const std::filesystem::path& folder);

/// 32 hex digits as 16 bytes.  REQUIRES: lower-case hex.
std::string bytes_of_hex(std::string_view hex);

}  // namespace machikoe
