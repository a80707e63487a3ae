// Composer: from keys to text, one way of writing.
//
// A composer holds what is not text yet (the preedit: kana before conversion, an unfinished
// syllable, letters of pinyin) and puts into the Draft what has become text.  It never holds more
// than that, never logs, and after forget() nothing of the person before is left in it.
//
// One composer belongs to one thread.  No call takes longer than the deadline that its converter
// was given.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/writing/board.h"
#include "app/writing/draft.h"

namespace machikoe {

/// What stands at the end of the text and may still change.
struct Preedit {
    std::vector<std::string> parts;       // one while typing, several once converted
    std::size_t focused = 0;              // the part that the candidates are for
    std::vector<std::string> candidates;  // best first, at most kMostCandidates
    std::optional<std::size_t> chosen;    // of the candidates, once converted
    bool converted = false;

    bool empty() const { return parts.empty(); }
    std::string text() const;
    void forget();
};

/// As many big targets as fit beside each other (design: 20 mm high, words of some five letters).
inline constexpr std::size_t kMostCandidates = 8;

/// What the screen can say of conversion.
enum class Conversion {
    NotNeeded,  // these letters are the text
    Starting,   // in a moment
    Ready,
    Unavailable,  // kana (or pinyin letters) only: say so
};

class Composer {
  public:
    virtual ~Composer() = default;
    virtual KeyOutcome press(const Key& key, Draft& draft) = 0;
    /// Takes a candidate: while typing it becomes text, of a converted part it takes the place.
    virtual KeyOutcome choose(std::size_t candidate, Draft& draft) = 0;
    /// What is being composed becomes text.  Anything but Done or Nothing: it is as it was.
    virtual KeyOutcome commit(Draft& draft) = 0;
    virtual const Preedit& preedit() const = 0;
    virtual Conversion conversion() = 0;
    virtual void forget() = 0;
};

/// Letters and marks as they are: English, Vietnamese.
std::unique_ptr<Composer> direct_composer(BoardKind kind);
/// Syllables of libhangul.
std::unique_ptr<Composer> hangul_composer();

}  // namespace machikoe
