// Draft: the text a resident has written so far, within what an answer may be.
//
// Always NFC, without control characters, never longer than the question allows: whatever a key
// or a converter offers beyond that is refused whole, and the text stays as it was.  Nothing of it
// is ever in an error.  forget() overwrites it.
#pragma once

#include <string>
#include <string_view>

#include "app/base/result.h"

namespace machikoe {

/// What became of a touch.
enum class KeyOutcome {
    Done,
    Nothing,  // there is nothing that it could do now
    Full,     // the text would be too long
    Refused,  // holds what no answer may hold
};

class Draft {
  public:
    /// `most_letters` in code points: Question::max_length.
    explicit Draft(std::size_t most_letters = 0) : most_letters_(most_letters) {}
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    ~Draft() { forget(); }

    const std::string& text() const { return text_; }
    std::size_t length() const;
    std::size_t room() const;

    KeyOutcome append(std::string_view piece);
    /// The last character; "" when there is none.
    std::string last() const;
    KeyOutcome remove_last();
    /// REQUIRES: there is a last character.
    KeyOutcome replace_last(std::string_view letter);
    /// A text written before, to go on with.  Invalid: it may not be an answer here.
    Status start_with(std::string_view text, std::size_t most_letters);
    void forget();

  private:
    std::string text_;
    std::size_t most_letters_;
};

/// Overwrites the bytes, also those of a short string, and empties it.
void wipe(std::string& text);

/// The last character of a text of valid UTF-8.
std::string last_letter(std::string_view text);

}  // namespace machikoe
