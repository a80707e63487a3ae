#include "app/writing/draft.h"

#include <string.h>

#include <algorithm>
#include <cassert>

#include "app/plan/text_rules.h"

namespace machikoe {

void wipe(std::string& text) {
    text.resize(text.capacity());  // what was longer before lies behind the end
    explicit_bzero(text.data(), text.size());
    text.clear();
}

std::string last_letter(std::string_view text) {
    return std::string(text.substr(text.size() - last_letter_size(text)));
}

std::size_t Draft::length() const {
    return letters_in(text_);
}

std::size_t Draft::room() const {
    return most_letters_ - length();
}

KeyOutcome Draft::append(std::string_view piece) {
    if (piece.empty()) return KeyOutcome::Nothing;
    if (first_bad_byte(piece)) return KeyOutcome::Refused;
    if (letters_in(piece) > room()) return KeyOutcome::Full;
    // The whole: a combining mark may be fine alone and not behind this text.
    if (fault_in_string(text_ + std::string(piece))) return KeyOutcome::Refused;
    text_ += piece;
    return KeyOutcome::Done;
}

std::string Draft::last() const {
    return last_letter(text_);
}

KeyOutcome Draft::remove_last() {
    if (text_.empty()) return KeyOutcome::Nothing;
    text_.resize(text_.size() - last().size());
    return KeyOutcome::Done;
}

KeyOutcome Draft::replace_last(std::string_view letter) {
    assert(!text_.empty());
    const std::string kept = last();
    remove_last();
    const KeyOutcome outcome = append(letter);
    if (outcome != KeyOutcome::Done) text_ += kept;
    return outcome;
}

Status Draft::start_with(std::string_view text, std::size_t most_letters) {
    forget();
    most_letters_ = most_letters;
    if (text.empty() || append(text) == KeyOutcome::Done) return {};
    return fail(ErrorCode::Invalid, "what was written before may not be an answer here");
}

void Draft::forget() {
    wipe(text_);
}

}  // namespace machikoe
