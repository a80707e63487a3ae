#include <algorithm>
#include <ostream>

#include "sync/export/csv.h"
#include "sync/export/export.h"

namespace machikoe {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
    return line;
}

bool has_option_columns(const Question& question) {
    return question.type == QuestionType::Multiple || question.type == QuestionType::Ranking;
}

void add_value(CsvLine& line, const Answer& answer) {
    if (const auto* chosen = std::get_if<ChosenOptions>(&answer.value))
        line.add_plain(joined(*chosen));
    else if (const auto* number = std::get_if<std::int64_t>(&answer.value))
        line.add(*number);
    else if (const auto* text = std::get_if<std::string>(&answer.value))
        line.add(*text);
    else
        line.add_plain("");
}

/// 1/0 for Multiple, the rank from 1 for Ranking.  Empty where nothing was answered: a 0
/// would claim that the option was seen and left.
std::string option_cell(const Question& question, const Answer& answer, const std::string& option) {
    const auto* chosen = std::get_if<ChosenOptions>(&answer.value);
    if (!chosen) return "";
    const auto found = std::find(chosen->begin(), chosen->end(), option);
    if (question.type == QuestionType::Multiple) return found == chosen->end() ? "0" : "1";
    return found == chosen->end() ? "" : std::to_string(found - chosen->begin() + 1);
}

}  // namespace

ResponseCsv::ResponseCsv(std::ostream& out, const Pack& pack) : out_(out), pack_(pack) {
    CsvLine line;
    for (const char* column :
         {"response_id", "pack_id", "pack_hash", "site", "event", "universe", "mode", "day", "hour",
          "language", "duration_s", "issues_opened", "length", "assistance"})
        line.add_plain(column);
    for (const Question& question : pack.survey.questions) {
        if (question.type == QuestionType::Note) continue;
        line.add_plain(question.id);
        line.add_plain(question.id + "_status");
        if (!has_option_columns(question)) continue;
        for (const Option& option : question.options)
            line.add_plain(question.id + "__" + option.id);
    }
    out_ << kUtf8Bom;
    line.end(out_);
}

void ResponseCsv::write(const std::string& id, const Response& response) {
    static const Answer kNoAnswer;
    CsvLine line;
    line.add(id);
    line.add(response.pack_id);
    line.add_plain(response.pack_hash);
    line.add(response.site);
    line.add(response.event);
    line.add_plain(name_of(response.universe));
    line.add_plain(name_of(response.mode));
    line.add_plain(response.when.day);
    if (response.when.hour >= 0)
        line.add(std::int64_t{response.when.hour});
    else
        line.add_plain("");  // blurred: too few shared it
    line.add_plain(tag_of(response.language));
    line.add(std::int64_t{response.duration_s});
    line.add_plain(joined(response.issues_opened));
    line.add_plain(name_of(response.length));
    line.add_plain(name_of(response.assistance));
    for (const Question& question : pack_.survey.questions) {
        if (question.type == QuestionType::Note) continue;
        const auto found = response.answers.find(question.id);
        const Answer& answer = found == response.answers.end() ? kNoAnswer : found->second;
        add_value(line, answer);
        line.add_plain(name_of(answer.status));
        if (!has_option_columns(question)) continue;
        for (const Option& option : question.options)
            line.add_plain(option_cell(question, answer, option.id));
    }
    line.end(out_);
}

}  // namespace machikoe
