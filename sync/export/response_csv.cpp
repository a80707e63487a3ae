#include <algorithm>
#include <ostream>

#include "sync/export/codebook.h"
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

void add_place(CsvLine& line, const Response& response) {
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
}

void add_paradata(CsvLine& line, const Pack& pack, const Response& response) {
    const auto flag = [&](bool value) { line.add_plain(value ? "1" : "0"); };
    line.add_plain(tag_of(response.language));
    line.add(std::int64_t{response.duration_s});
    line.add_plain(joined(response.issues_opened));
    line.add_plain(name_of(response.length));
    line.add_plain(name_of(response.assistance));
    flag(response.hurried);
    flag(response.repeated);
    flag(flags_of(pack, response).contains(QualityFlag::StraightLine));
    line.add_plain(joined(response.abandoned));
}

void add_answers(CsvLine& line, const Pack& pack, const Response& response) {
    static const Answer kNoAnswer;
    for (const Question& question : pack.survey.questions) {
        if (question.type == QuestionType::Note) continue;
        const auto found = response.answers.find(question.id);
        const Answer& answer = found == response.answers.end() ? kNoAnswer : found->second;
        add_value(line, answer);
        line.add_plain(name_of(answer.status));
        if (!has_option_columns(question)) continue;
        for (const Option& option : question.options)
            line.add_plain(option_cell(question, answer, option.id));
    }
}

}  // namespace

ResponseCsv::ResponseCsv(std::ostream& out, const Pack& pack, ResponseColumns columns)
    : out_(out), pack_(pack), columns_(columns) {
    CsvLine line;
    for (const Variable& variable : variables_of(pack)) {
        const bool is_key = variable.name == "response_id";
        if (is_key || columns == ResponseColumns::All ||
            variable.paradata == (columns == ResponseColumns::OnlyParadata))
            line.add_plain(variable.name);
    }
    out_ << kUtf8Bom;
    line.end(out_);
}

void ResponseCsv::write(const std::string& id, const Response& response) {
    CsvLine line;
    line.add(id);
    if (columns_ != ResponseColumns::OnlyParadata) add_place(line, response);
    if (columns_ != ResponseColumns::NoParadata) add_paradata(line, pack_, response);
    if (columns_ != ResponseColumns::OnlyParadata) add_answers(line, pack_, response);
    line.end(out_);
}

void write_response_jsonl(std::ostream& out, const std::string& id, const Response& response) {
    nlohmann::ordered_json json{{"response_id", id},
                                {"pack_id", response.pack_id},
                                {"pack_hash", response.pack_hash},
                                {"site", response.site},
                                {"event", response.event},
                                {"universe", name_of(response.universe)},
                                {"mode", name_of(response.mode)},
                                {"day", response.when.day},
                                {"hour", nullptr},
                                {"language", tag_of(response.language)},
                                {"duration_s", response.duration_s},
                                {"issues_opened", response.issues_opened},
                                {"length", name_of(response.length)},
                                {"assistance", name_of(response.assistance)},
                                {"hurried", response.hurried},
                                {"repeated", response.repeated}};
    if (response.when.hour >= 0) json["hour"] = response.when.hour;
    for (const auto& [question, answer] : response.answers) {
        auto& member = json["answers"][question];
        member["status"] = name_of(answer.status);
        if (const auto* chosen = std::get_if<ChosenOptions>(&answer.value))
            member["options"] = *chosen;
        else if (const auto* number = std::get_if<std::int64_t>(&answer.value))
            member["number"] = *number;
        else if (const auto* text = std::get_if<std::string>(&answer.value))
            member["text"] = *text;
    }
    out << json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace machikoe
