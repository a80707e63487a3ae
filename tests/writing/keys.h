// Keys: touches on boards, written as the text that stands on the keys.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "app/plan/text_rules.h"
#include "app/writing/composer.h"

namespace machikoe {

inline std::string letter_of(char32_t c) {
    std::string utf8;
    if (c < 0x80) return {static_cast<char>(c)};
    if (c < 0x800) {
        utf8 += static_cast<char>(0xC0 | (c >> 6));
    } else {
        utf8 += static_cast<char>(0xE0 | (c >> 12));
        utf8 += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    }
    utf8 += static_cast<char>(0x80 | (c & 0x3F));
    return utf8;
}

/// A composer with its board under a finger.
class Hand {
  public:
    Hand(std::unique_ptr<Composer> composer, BoardKind kind, std::size_t most_letters = 200)
        : draft(most_letters), composer_(std::move(composer)), kind_(kind) {}

    /// By id, on whichever layer has it.
    KeyOutcome press(std::string_view id) {
        for (const Layer layer : {Layer::Plain, Layer::Shifted, Layer::Signs})
            if (const Key* key = board_of(kind_, layer).key(id))
                return composer_->press(*key, draft);
        ADD_FAILURE() << "no key " << id;
        return KeyOutcome::Nothing;
    }
    /// A key for each character; what is between braces is an id: "d{stroke}i".
    KeyOutcome type(std::string_view keys) {
        KeyOutcome last = KeyOutcome::Nothing;
        const std::u32string letters = code_points(keys);
        for (std::size_t i = 0; i < letters.size(); ++i) {
            std::string id = letter_of(letters[i]);
            if (id == " ") id = "space";
            if (id == "{")
                for (id.clear(); letters[++i] != U'}';) id += letter_of(letters[i]);
            last = press(id);
        }
        return last;
    }
    KeyOutcome choose(std::size_t candidate) { return composer_->choose(candidate, draft); }
    KeyOutcome commit() { return composer_->commit(draft); }
    void forget() { composer_->forget(); }
    std::string preedit() const { return composer_->preedit().text(); }
    const Preedit& parts() const { return composer_->preedit(); }
    const std::vector<std::string>& candidates() const { return composer_->preedit().candidates; }
    Conversion conversion() const { return composer_->conversion(); }
    /// "text|preedit"
    std::string screen() const { return draft.text() + "|" + preedit(); }

    Draft draft;

  private:
    std::unique_ptr<Composer> composer_;
    BoardKind kind_;
};

}  // namespace machikoe
