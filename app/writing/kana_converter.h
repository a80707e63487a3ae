// KanaConverter: from a reading in kana to how it is written.
//
// The one thing that the kana composer needs of Mozc; tests put another in its place.  A call that
// fails (Unavailable) ends the converter: it is destroyed and the resident goes on in kana.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"

namespace machikoe {

/// A reading taken apart, each part in its likeliest writing.
struct Converted {
    std::vector<std::string> parts;
    std::size_t focused = 0;
    std::vector<std::string> candidates;  // of the focused part, best first
    std::size_t chosen = 0;               // of the candidates
};

enum class ConverterState { Starting, Ready, Ended };

class KanaConverter {
  public:
    virtual ~KanaConverter() = default;
    /// Looks, and does not wait.
    virtual ConverterState state() = 0;

    // REQUIRES for all that follows: state() was Ready.

    /// Words that begin so, best first.
    virtual Result<std::vector<std::string>> suggest(std::string_view reading) = 0;
    virtual Result<Converted> convert(std::string_view reading) = 0;
    /// REQUIRES for both: converted, and the index is one of what was given last.
    virtual Result<Converted> choose(std::size_t candidate) = 0;
    virtual Result<Converted> focus(std::size_t part) = 0;
    /// Ends the composition; nothing of it counts for the next.
    virtual Status drop() = 0;
};

}  // namespace machikoe
