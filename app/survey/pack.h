// Pack: the content of one ward and year, loaded and checked as a whole.
//
// docs/pack.md describes the files.  A pack is content-addressed: `hash` is the
// SHA-256 of its canonical form (file names and bytes, sorted), and responses name it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/base/result.h"
#include "app/plan/fault.h"
#include "app/plan/plan.h"
#include "app/survey/survey.h"

namespace machikoe {

struct Pack {
    Plan plan;
    Survey survey;
    std::string hash;  // 64 hex digits
};

/// The files of a pack by relative name, as they travel: every *.yaml of the folder.
using PackFiles = std::map<std::string, std::string>;

/// Reads the folder.  NotFound, or Invalid when it is too large (8 MiB in all).
Result<PackFiles> load_pack_files(const std::filesystem::path& folder);

/// Parses and validates.  Never throws, never crashes, whatever the bytes are: either a
/// whole valid pack or at least one fault.  Every fault found is reported, not the first.
tl::expected<Pack, std::vector<PackFault>> parse_pack(const PackFiles& files);

/// load + parse, and the folder must bear the pack's id.  The first 100 faults are joined
/// into one Error for a log.
Result<Pack> load_pack(const std::filesystem::path& folder);

/// Advice that does not refuse the pack: sentences over the plain-language limits,
/// kanji without ruby in やさしい日本語, … (docs/pack.md, "Lint").
std::vector<PackFault> lint_pack(const PackFiles& files, const Pack& pack);

}  // namespace machikoe
