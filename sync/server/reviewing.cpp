#include "sync/server/reviewing.h"

#include "sync/seal/epoch.h"

namespace machikoe {
namespace {

constexpr std::size_t kMaxTextsOfOne = 50;

}  // namespace

std::optional<FreeTextId> free_text_id(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    return FreeTextId{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

std::string text_of(const FreeTextId& id) {
    return id.response + ":" + id.question;
}

Result<FreeText> find_text(Store& store, const FreeTextId& id) {
    // The keyset just before it: ids are hex, and no question's id is empty.
    auto texts = store.free_texts(std::nullopt, {id.response, ""}, kMaxTextsOfOne);
    if (!texts) return tl::unexpected<Error>(texts.error());
    for (FreeText& text : *texts)
        if (text.id == id) return std::move(text);
    return fail(ErrorCode::NotFound, "no free text " + text_of(id));
}

ReviewDecision decision_on(const FreeText& text, ReviewState state, std::string replacement,
                           std::string_view public_key) {
    ReviewDecision decision{state, std::nullopt, ""};
    if (state == ReviewState::Withheld) decision.new_text = kWithheldText;
    if (state == ReviewState::Redacted) decision.new_text = std::move(replacement);
    if (decision.new_text)
        decision.sealed_original = seal_alone(text.id.response, std::string(public_key), text.text);
    return decision;
}

Result<std::string> opened_original(const FreeTextId& id, std::string_view sealed, Opener& opener) {
    const auto opening = opening_in(sealed);
    if (!opening) return fail(ErrorCode::Corrupt, "the sealed original is damaged");
    if (const Status opened = opener.open_epoch(id.response, *opening); !opened)
        return tl::unexpected<Error>(opened.error());
    return opener.open(id.response, sealed.substr(opening->size()));
}

}  // namespace machikoe
