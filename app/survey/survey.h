// Survey: the questions of a pack.  Plain data, complete once loaded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/plan/language.h"
#include "app/plan/plan.h"

namespace machikoe {

enum class QuestionType {
    Single,    // one option
    Scale,     // one option of an ordered set, lowest approval first: 4-point, 5-point, faces
    Multiple,  // any options; an exclusive option stands alone
    Ranking,   // options in order of preference, the first `rank_count`
    Number,    // a whole number between bounds
    AgeBand,   // a Single whose options are age bands
    Area,      // a Single whose options are areas, with "don't know" and "outside"
    FreeText,  // text up to `max_length` characters
    Note,      // no answer: something to read
};
std::string_view name_of(QuestionType type);
std::optional<QuestionType> question_type_of(std::string_view name);

enum class ScaleLook { Plain, Faces };
enum class OptionOrder { Fixed, ReversedForHalf, Shuffled };

struct Option {
    std::string id;
    Text label;
    bool exclusive = false;  // Multiple: chosen alone ("none", "don't know")
    bool pinned = false;     // keeps its place when the others are shuffled
};

/// When a question is asked: the answer to `question` is (or is not) one of `options`.
/// All conditions of a question must hold.  An unanswered `question` satisfies neither.
struct Condition {
    std::string question;
    bool negated = false;
    std::vector<std::string> options;
};

struct NumberBounds {
    std::int64_t min = 0;
    std::int64_t max = 0;
    Text message;  // said when an answer is outside
};

struct Question {
    std::string id;       // ^[a-z][a-z0-9]{0,19}$ : also a column name elsewhere
    std::string section;  // Issue::id, or "about"
    QuestionType type = QuestionType::Single;
    Text text;
    Text note;            // in-question explanation; may be empty
    std::vector<std::string> glossary;  // GlossaryEntry::id explained on this screen
    bool required = false;
    bool offers_refusal = false;        // shows "prefer not to say"
    bool core = false;       // asked in the shortest form too
    bool sensitive = false;  // not asked of whoever is helped
    std::vector<Option> options;
    ScaleLook look = ScaleLook::Plain;
    OptionOrder order = OptionOrder::Fixed;
    std::size_t rank_count = 0;         // Ranking
    std::optional<NumberBounds> bounds; // Number: always there
    Text unit;                          // Number: "people", may be empty
    std::size_t max_length = 0;         // FreeText, in code points
    std::vector<Text> phrases;          // FreeText: ready-made; written_phrase() of each fits
    std::vector<Condition> relevant;
    std::vector<Universe> universes;    // empty: everyone

    const Option* option(std::string_view id) const;
};

/// A phrase as it is written into an answer: without ruby and marks for line breaks.
std::string written_phrase(std::string_view marked_up);

inline constexpr std::string_view kAboutSection = "about";

struct Survey {
    Text purpose;                  // what the answers are used for; shown before the first question
    std::vector<Question> questions;  // in the order they are asked

    const Question* question(std::string_view id) const;
};

/// Is the question asked of people of this universe?
bool is_for(const Question& question, Universe universe);

}  // namespace machikoe
