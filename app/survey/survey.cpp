#include "app/survey/survey.h"

#include <algorithm>

namespace machikoe {

std::string_view name_of(QuestionType type) {
    switch (type) {
        case QuestionType::Single:
            return "single";
        case QuestionType::Scale:
            return "scale";
        case QuestionType::Multiple:
            return "multiple";
        case QuestionType::Ranking:
            return "ranking";
        case QuestionType::Number:
            return "number";
        case QuestionType::AgeBand:
            return "age-band";
        case QuestionType::Area:
            return "area";
        case QuestionType::FreeText:
            return "free-text";
        case QuestionType::Note:
            return "note";
    }
    return "unknown";
}

std::optional<QuestionType> question_type_of(std::string_view name) {
    for (const QuestionType type :
         {QuestionType::Single, QuestionType::Scale, QuestionType::Multiple, QuestionType::Ranking,
          QuestionType::Number, QuestionType::AgeBand, QuestionType::Area, QuestionType::FreeText,
          QuestionType::Note}) {
        if (name_of(type) == name) return type;
    }
    return std::nullopt;
}

const Option* Question::option(std::string_view wanted) const {
    const auto found = std::ranges::find(options, wanted, &Option::id);
    return found == options.end() ? nullptr : &*found;
}

const Question* Survey::question(std::string_view wanted) const {
    const auto found = std::ranges::find(questions, wanted, &Question::id);
    return found == questions.end() ? nullptr : &*found;
}

std::string written_phrase(std::string_view marked_up) {
    std::string text = without_ruby(marked_up);
    for (const std::string_view mark : {"\u2060", "\u200B"})
        for (std::size_t at = 0; (at = text.find(mark)) != std::string::npos;)
            text.erase(at, mark.size());
    return text;
}

bool is_for(const Question& question, Universe universe) {
    return question.universes.empty() || std::ranges::count(question.universes, universe) > 0;
}

}  // namespace machikoe
