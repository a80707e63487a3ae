// Codebook: what the columns of the response files mean, in every language of the pack.
#pragma once

#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

#include "app/survey/pack.h"
#include "app/survey/response.h"

namespace machikoe {

enum class VariableType { Text, Integer, Category, Flag };

struct VariableValue {
    std::string code;
    Text label;  // empty where the code is a plain word
};

struct Variable {
    std::string name;  // of the column
    VariableType type = VariableType::Text;
    Text label;
    std::vector<VariableValue> values;  // Category
    bool several = false;               // values joined by spaces
    bool paradata = false;              // how it was answered, not what
    std::string question;               // Question::id; "" when it belongs to the response
    std::string option;                 // of a column for one option
    bool is_status = false;
};

/// In the order of the columns of responses.csv.
std::vector<Variable> variables_of(const Pack& pack);

/// A row for each variable and each of its values.
void write_codebook_csv(std::ostream& out, const Pack& pack);

/// What there is instead of an answer, never to be counted as one.
inline constexpr AnswerStatus kMissingKinds[] = {AnswerStatus::Skipped, AnswerStatus::Refused,
                                                 AnswerStatus::NotShown, AnswerStatus::NotAsked};

}  // namespace machikoe
