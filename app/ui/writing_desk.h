// Writing desk: free text on a stage: who writes, and what the visit is told of it.
//
// The visit keeps the text; this keeps what the visit need not know: the board, what is being
// composed, the converter.  follow() begins when a free-text question comes up, begins anew where
// the language or the text became another without a key, and forgets as soon as nothing can be
// written any more, whichever way that came about.  No text leaves it but as a return value.
#pragma once

#include <optional>
#include <string>

#include "app/visit/visit.h"
#include "app/writing/writing.h"

namespace machikoe {

class WritingDesk {
  public:
    explicit WritingDesk(WritingEngines engines) : writing_(std::move(engines)) {}

    /// After every change of the visit.
    void follow(const Pack& pack, const Visit& visit);
    bool is_writing() const { return !question_.empty(); }

    /// A touch; the text as the visit is to have it from now on, what is being composed included.
    /// REQUIRES: is_writing().
    std::string take(const WritingWish& wish);
    /// The text, nothing being composed.  REQUIRES: is_writing().
    std::string finish();
    /// REQUIRES: is_writing().
    WritingView view();
    /// When the screen should look again by itself: a converter is starting.
    std::optional<Milliseconds> next_due(Milliseconds last_frame) const;

  private:
    const std::string& told(std::string text);
    void forget();

    Writing writing_;
    std::string question_;  // Question::id; "": none on the screen
    Language language_ = Language::Ja;
    std::size_t most_letters_ = 0;
    std::string told_;        // the text as the visit has it
    std::uint64_t seed_ = 0;  // of the visit that began
    bool has_begun_ = false;
    bool is_starting_ = false;  // the converter, when last looked at
};

/// What the resident has written to this question; "" before anything.
const std::string& text_written(const Visit& visit, const Question& question);

}  // namespace machikoe
