// MozcReply: what mozc_emacs_helper answers, taken out of its s-expressions.
//
// A reply is one line, ((emacs-event-id . 3)(emacs-session-id . 1)(output . (…))).  Lines come from
// another program: whatever they hold, this gives a reply or Invalid, and no error holds text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"

namespace machikoe {

/// A list, or else an atom or a string, which are not told apart.  (key . value) is the list of
/// "key", "." and the value.
struct SExpression {
    bool is_list = false;
    std::string text;
    std::vector<SExpression> items;

    /// What belongs to a key of an association list: the value of (key . value), a list of the
    /// values of (key value …).  nullptr: no such key.
    const SExpression* at(std::string_view key) const;
};

/// Invalid: not exactly one expression, or nested deeper than 32.
Result<SExpression> parse_s_expression(std::string_view line);

struct MozcCandidate {
    std::size_t index = 0;  // in Mozc's list
    std::string value;
};

struct MozcReply {
    std::vector<std::string> parts;          // of the preedit
    std::optional<std::size_t> highlighted;  // of the parts: converting
    std::vector<MozcCandidate> candidates;
    std::optional<std::size_t> focused;  // index of a candidate
};

bool is_greeting(std::string_view line);

/// Invalid: an error of the helper's, another event's reply, or no reply at all.
Result<MozcReply> parse_mozc_reply(std::string_view line, std::uint32_t event);

}  // namespace machikoe
