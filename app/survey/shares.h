// Shares: what those who answered chose, as far as it may be shown.
//
// Plain counts by question and option, already under disclosure control: they moved in steps
// of kTotalsStep responses, and a question that fewer than kTotalsMinimum answered has none.
// They speak of respondents, never of residents.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace machikoe {

/// docs/protocol.md, "Totals in steps": the server and the kiosk show nothing finer.
inline constexpr std::int64_t kTotalsStep = 10;
inline constexpr int kTotalsMinimum = 10;

struct QuestionTotals {
    std::string question;
    std::int64_t n = 0;  // who answered it
    bool enough = false;
    std::map<std::string, std::int64_t> by_option;  // empty unless enough
    bool operator==(const QuestionTotals&) const = default;
};

/// One snapshot.  Nobody's before the first full step.
struct Totals {
    std::string pack_hash;
    std::int64_t responses = 0;
    std::vector<QuestionTotals> questions;
    bool operator==(const Totals&) const = default;

    /// The totals of a question if they may be shown, else nullptr.  A small number, none and
    /// a question that is not there are the same to whoever asks.
    const QuestionTotals* shown(std::string_view question) const;
};

/// Whole percent, half up.  REQUIRES: 0 ≤ count ≤ n, n > 0.
int percent_of(std::int64_t count, std::int64_t n);

/// What the screen "what your neighbours said" is given.
struct Shares {
    enum class Source { Server, ThisKiosk };
    Source source = Source::ThisKiosk;
    Totals totals;
    bool operator==(const Shares&) const = default;
};

}  // namespace machikoe
