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

/// Of a pack that has clips: names every clip that is missing in the languages that were built, and
/// opens none.  Without the program's texts beside it (CheckVoice::assets) it says that and checks
/// nothing.
Ended check_clips_are_there(const std::string& folder, const Pack& pack, const CheckVoice& options);

/// Prints clips, minutes and megabytes of each language, and names every clip that is missing,
/// damaged, silent or said by nothing.
Ended check_voice(const std::string& folder, const Pack& pack, const CheckVoice& options);

}  // namespace machikoe
