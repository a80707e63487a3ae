// CheckVoice: `machikoe check --voice`, whether a pack can be heard.
#pragma once

#include <string>
#include <vector>

#include "app/survey/pack.h"
#include "sync/commands/commands.h"

namespace machikoe {

struct CheckVoice {
    std::string assets = "assets";
    std::string clips;                   // where `voice build --out` put them; empty: in place
    std::vector<std::string> languages;  // empty: those that were built
};

/// Prints clips, minutes and megabytes of each language, and names every clip that is missing,
/// damaged, silent or said by nothing.
Ended check_voice(const std::string& folder, const Pack& pack, const CheckVoice& options);

}  // namespace machikoe
