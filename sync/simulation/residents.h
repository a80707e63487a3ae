// Residents: made-up responses to a pack, as many as wanted, for measuring and for trying out.
//
// They fit the pack (check_response) and follow its skip logic; what they say is chance, with
// weights by option so that tables do not look uniform.  They say nothing about anybody.
#pragma once

#include "app/survey/response.h"
#include "sync/simulation/dice.h"

namespace machikoe::simulation {

inline constexpr std::string_view kSyntheticSite = "synthetic";

Response synthetic_response(const Pack& pack, Dice& dice);

}  // namespace machikoe::simulation
