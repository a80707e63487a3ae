// Reviewing: what a person decides about a free text, for the command and the page alike.
#pragma once

#include <string>
#include <string_view>

#include "app/base/result.h"
#include "sync/review/personal_information.h"
#include "sync/seal/opener.h"
#include "sync/store/store.h"

namespace machikoe {

/// What stands in the place of a text that is withheld.
inline constexpr std::string_view kWithheldText = "［非公開］";

/// "RESPONSE:QUESTION".
std::optional<FreeTextId> free_text_id(std::string_view text);
std::string text_of(const FreeTextId& id);

/// The text as it is now.  NotFound.
Result<FreeText> find_text(Store& store, const FreeTextId& id);

/// What is put in its place, its original sealed to `public_key`: `replacement` when redacted,
/// kWithheldText when withheld.  REQUIRES: redacted with a replacement.
ReviewDecision decision_on(const FreeText& text, ReviewState state, std::string replacement,
                           std::string_view public_key);

/// Corrupt: it does not open with these keys.
Result<std::string> opened_original(const FreeTextId& id, std::string_view sealed, Opener& opener);

}  // namespace machikoe
